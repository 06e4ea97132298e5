"""The figures of the study, a module for each kind of question."""

from analysis.studies.attribution.charts import accuracy, along, cost, waterfall
