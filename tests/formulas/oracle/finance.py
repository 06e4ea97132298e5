"""What money costs over time. A payment is made at the end of each period; life times payments is a whole number."""

from fractions import Fraction


def discount_factor(cost_of_capital, economic_life, payments_per_year):
    """A dollar grows by the interest of a period in each; what grows to a dollar is its worth."""
    return 1 / (1 + cost_of_capital / payments_per_year) ** _periods(economic_life, payments_per_year)


def capital_recovery_factor(cost_of_capital, economic_life, payments_per_year):
    """The payments of a year whose present values add up to one dollar: a geometric series of one a period."""
    growth = 1 + cost_of_capital / payments_per_year
    grown = growth ** _periods(economic_life, payments_per_year)
    worth_of_a_dollar_each_period = (grown - 1) / (grown * (growth - 1))
    return payments_per_year / worth_of_a_dollar_each_period


def capital_recovery_factor_near_zero(cost_of_capital, economic_life, payments_per_year):
    """The power series of x / (1 - (1 + x)^-n) up to its third term, with x the interest of a period."""
    periods = economic_life * payments_per_year
    # (1 + x)^-n = 1 - n x + n(n+1)/2 x^2 - n(n+1)(n+2)/6 x^3; the denominator over x begins at its second term.
    below = [periods, -periods * (periods + 1) / 2, periods * (periods + 1) * (periods + 2) / 6]
    above = [Fraction(1), Fraction(0), Fraction(0)]
    series = []
    for degree in range(3):
        known = sum(series[step] * below[degree - step] for step in range(degree))
        series.append((above[degree] - known) / below[0])
    interest = cost_of_capital / payments_per_year
    return payments_per_year * (series[0] + interest * (series[1] + interest * series[2]))


def project_finance_factor(tax_rate, depreciation_present_value):
    """The revenue that leaves exactly the capital: of it, less the depreciation, the tax is taken."""

    def left(revenue):
        return revenue - tax_rate * (revenue - depreciation_present_value) - 1

    return -left(0) / (left(1) - left(0))


def _periods(economic_life, payments_per_year):
    periods = economic_life * payments_per_year
    assert periods.denominator == 1
    return periods.numerator
