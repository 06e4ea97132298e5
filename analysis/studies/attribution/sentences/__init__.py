"""The sentences of the study that hold values, a module for each kind of question."""

from analysis.studies.attribution.sentences import agents, answer, cost, factors, gains, lengths, serving
