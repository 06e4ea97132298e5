"""How sure a result is: quantile bands and probabilities from draws, each with the error of the sampling itself."""

from analysis.studies.uncertainty.propagation import (
    DRAWS,
    QUANTILES,
    RANDOMIZATIONS,
    Estimate,
    Model,
    Sample,
    propagate,
)

__all__ = [
    "DRAWS",
    "QUANTILES",
    "RANDOMIZATIONS",
    "Estimate",
    "Model",
    "Sample",
    "propagate",
]
