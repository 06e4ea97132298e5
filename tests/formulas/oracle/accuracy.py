"""How two measured accuracies differ."""

from tests.formulas.oracle.units import PERCENTAGE_POINT


def accuracy_difference(accuracy_after, accuracy_before):
    return (accuracy_after - accuracy_before) / PERCENTAGE_POINT
