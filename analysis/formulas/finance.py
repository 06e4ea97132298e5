"""What money costs over time: discounting, capital recovery and taxes."""

from analysis.formulas.number import Number

__all__ = [
    "capital_recovery_factor", "capital_recovery_factor_near_zero", "discount_factor", "project_finance_factor",
]  # fmt: skip


def discount_factor(cost_of_capital: Number, economic_life: Number, payments_per_year: Number) -> Number:
    """Return what a dollar at the end of the economic life is worth today, dimensionless.

    Args:
        cost_of_capital: Interest in a year, in 1/year, compounded at each payment.
        economic_life: Time until the dollar, in years.
        payments_per_year: Payments in a year, in 1/year; 1 is the ATB's annual payment.

    Source of the method: W. Short, D. J. Packey and T. Holt, "A Manual for the Economic Evaluation of Energy
    Efficiency and Renewable Energy Technologies", NREL/TP-462-5173 (1995), chapter 2.
    """
    return (1 + cost_of_capital / payments_per_year) ** (-economic_life * payments_per_year)


def capital_recovery_factor(cost_of_capital: Number, economic_life: Number, payments_per_year: Number) -> Number:
    """Return the share of a capital that is paid in a year to recover it with interest over its life, in 1/year.

    Its limit at zero interest is 1 / economic_life; `capital_recovery_factor_near_zero` takes its place there.

    Args:
        cost_of_capital: Interest in a year (weighted average cost of capital), in 1/year, not zero.
        economic_life: Years over which the capital is recovered.
        payments_per_year: Payments in a year, in 1/year; 1 is the ATB's annual payment.

    Source of the method: NREL Annual Technology Baseline 2024, "Equations and Variables", CRF,
    https://atb.nrel.gov/electricity/2024/equations_&_variables.
    """
    return cost_of_capital / (1 - (1 + cost_of_capital / payments_per_year) ** (-economic_life * payments_per_year))


def capital_recovery_factor_near_zero(
    cost_of_capital: Number, economic_life: Number, payments_per_year: Number
) -> Number:
    """Return the capital recovery factor at next to no interest, in 1/year: its Taylor series to second order.

    Args:
        cost_of_capital: Interest in a year, in 1/year, near or at zero.
        economic_life: Years over which the capital is recovered.
        payments_per_year: Payments in a year, in 1/year.
    """
    return (
        1 / economic_life
        + cost_of_capital * (1 + 1 / (economic_life * payments_per_year)) / 2
        + cost_of_capital**2 * economic_life * (1 - 1 / (economic_life * payments_per_year) ** 2) / 12
    )


def project_finance_factor(tax_rate: Number, depreciation_present_value: Number) -> Number:
    """Return by how much taxes raise the revenue that recovers a capital, dimensionless; 1 without tax.

    Args:
        tax_rate: Tax on income, as a share of it, below 1.
        depreciation_present_value: Present value of the depreciation that the tax allows, as a share of the capital.

    Source of the method: NREL Annual Technology Baseline 2022, "Equations and Variables", ProFinFactor,
    https://atb.nrel.gov/electricity/2022/equations_&_variables.
    """
    return (1 - tax_rate * depreciation_present_value) / (1 - tax_rate)
