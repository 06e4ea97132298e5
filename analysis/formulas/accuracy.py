"""How two measured accuracies differ."""

from analysis.formulas.number import Number

__all__ = ["accuracy_difference"]

PERCENT = 100


def accuracy_difference(accuracy_after: Number, accuracy_before: Number) -> Number:
    """Return by how many percentage points accuracy rises with a change, dimensionless.

    Args:
        accuracy_after: Share of questions answered rightly after the change.
        accuracy_before: Share of questions answered rightly before it.
    """
    return PERCENT * (accuracy_after - accuracy_before)
