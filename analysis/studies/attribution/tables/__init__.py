"""The tables of the study, a module for each kind of question."""

from analysis.studies.attribution.tables import agents, busy, cost, factors, gains, lengths
