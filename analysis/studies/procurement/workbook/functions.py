"""What the procurement workbook computes that is no equation of the analysis: months, sums, ranks, checks."""

from math import ceil

from analysis.exhibits.workbook import Function
from analysis.formulas.fleet import break_even_quote, cost_per_month
from analysis.formulas.ownership import HOURS_PER_YEAR, MONTHS_PER_YEAR
from analysis.formulas.serving import KILOWATTS_PER_MEGAWATT
from analysis.library.values import ROUNDING

YES, NO, NEVER, NOBODY, FINE, LOOK = "yes", "no", "none", "nobody", "fine", "look"
_LESS = f"(1-{ROUNDING!r})"


def _bought(needed: float, growth: float, month: float, held: float, each: float, spare: float) -> float:
    deployments = ceil(needed * (1 + growth) ** (month / 12) * (1 - ROUNDING)) + spare
    return float(ceil(deployments / held * (1 - ROUNDING)) * each)


GPUS_IN_MONTH = Function(
    f"ROUNDUP((ROUNDUP({{needed}}*(1+{{growth}})^({{month}}/12)*{_LESS},0)+{{spare}})/{{held}}*{_LESS},0)*{{each}}",
    _bought,
)
"""GPUs of the whole purchases that carry the load at the end of a month; month 0 is today."""

SUM_OF_TWO = Function("{before}+{now}", lambda before, now: before + now)

STATED = Function(f'IF({{limit}}="","{NEVER}",{{limit}})', lambda limit: NEVER if limit == "" else limit)
"""A limit, or that there is none."""

IN_LAST_MONTH = Function(
    "INDEX({months},1,MIN({horizon},COLUMNS({months})-1)+1)",
    lambda months, horizon: months[min(int(horizon), len(months) - 1)],
)
"""What stands in the month in which the horizon ends, months counted from today as 0."""

OVER_HORIZON = Function(
    "SUMPRODUCT(({numbers}>=1)*({numbers}<={horizon})*{months})",
    lambda numbers, months, horizon: sum(
        amount for month, amount in zip(numbers, months, strict=True) if 1 <= month <= horizon
    ),
)
OVER_HORIZON_AND_ONCE = Function(
    f"{OVER_HORIZON.template}+{{once}}",
    lambda numbers, months, horizon, once: OVER_HORIZON.compute(numbers, months, horizon) + once,
)

_PAID = "MAX({gpus},{minimum})"
BILLED = Function(
    f"{_PAID}*LOOKUP({_PAID},{{starts}},{{prices}})*{HOURS_PER_YEAR}/{MONTHS_PER_YEAR}+{{egress}}",
    lambda gpus, minimum, starts, prices, egress: (
        cost_per_month(max(gpus, minimum), _tier(max(gpus, minimum), starts, prices)) + egress
    ),
)
"""What a quote bills in a month: its minimum of GPUs at least, at the price of their tier, and its egress."""


def _tier(paid: float, starts: list[float], prices: list[float]) -> float:
    return next(price for start, price in reversed([*zip(starts, prices, strict=True)]) if start <= paid)


BEYOND = Function(
    f'IF({{limit}}="","{NEVER}",IF(SUMPRODUCT(--({{costs}}>{{limit}}))=0,"{NEVER}",'
    "SUMPRODUCT(MIN(({costs}<={limit})*1E9+{numbers}))))",
    lambda costs, numbers, limit: next(
        (month for month, cost in zip(numbers, costs, strict=True) if not isinstance(limit, str) and cost > limit),
        NEVER,
    ),
)
"""The first month whose cost is beyond a limit, whether or not costs fall where a tier is reached."""


def _first_beyond(factor: str) -> Function:
    """Return the first month in which a limit is too small; the amounts of the months never fall."""
    within = f"SUMPRODUCT(--({{gpus}}*{factor}<={{limit}}))"
    return Function(
        f'IF({{limit}}="","{NEVER}",IF({within}=COLUMNS({{gpus}}),"{NEVER}",{within}))',
        lambda gpus, each, limit: _month([count * each * _PER[factor] for count in gpus], limit),
    )


def _month(amounts: list[float], limit: float | str) -> float | str:
    within = len(amounts) if isinstance(limit, str) else sum(amount <= limit for amount in amounts)
    return NEVER if within == len(amounts) else float(within)


_PER = {
    f"{{each}}/{KILOWATTS_PER_MEGAWATT}": 1 / KILOWATTS_PER_MEGAWATT,
    f"{{each}}*{HOURS_PER_YEAR}/{MONTHS_PER_YEAR}": HOURS_PER_YEAR / MONTHS_PER_YEAR,
}
BEYOND_POWER, BEYOND_BUDGET = map(_first_beyond, _PER)  # from GPUs by month and the power, or the price, of each

RANKED = Function(
    f'IF(AND({{firm}}="{YES}",{{power}}<>0,{{budget}}<>0),"{YES}","{NO}")',
    lambda firm, power, budget: YES if firm == YES and power != 0 and budget != 0 else NO,
)
"""Whether an offer stands, and carries the load of today within the limits."""

RANK = Function(
    f'IF({{mine}}="{YES}",SUMPRODUCT(({{ranked}}="{YES}")*({{totals}}<{{total}}))+1,"")',
    lambda mine, ranked, totals, total: (
        1 + sum(one == YES and other < total for one, other in zip(ranked, totals, strict=True))
        if mine == YES
        else ""
    ),
)
"""The place of an offer by its total over the horizon among those that are ranked."""

FIRST_RANKED = Function(
    f'IF(COUNTIF({{ranks}},1)=0,"{NOBODY}",INDEX({{amounts}},MATCH(1,{{ranks}},0)))',
    lambda ranks, amounts: amounts[ranks.index(1)] if 1 in ranks else NOBODY,
)
"""What stands beside the first rank."""

_RIVAL = f'_xlfn.MINIFS({{costs}},{{ranked}},"{YES}",{{platforms}},"<>"&{{platform}})'
_HOURS = f"{MONTHS_PER_YEAR}/({{gpus}}*{HOURS_PER_YEAR})"
BREAK_EVEN = Function(
    f'IF(COUNTIFS({{ranked}},"{YES}",{{platforms}},"<>"&{{platform}})=0,"{NOBODY}",{_RIVAL}*{_HOURS})',
    lambda costs, ranked, platforms, platform, gpus: _break_even(
        [
            cost
            for cost, standing, other in zip(costs, ranked, platforms, strict=True)
            if standing == YES and other != platform
        ],
        gpus,
    ),
)
"""The price at which a fleet costs as much as the ranked offer of least cost on another platform."""


def _break_even(costs: list[float], gpus: float) -> float | str:
    return break_even_quote(min(costs), gpus) if costs else NOBODY


BETWEEN = Function(
    f'IF(AND({{low}}<={{amount}},{{amount}}<={{high}}),"{FINE}","{LOOK}")',
    lambda low, amount, high: FINE if low <= amount <= high else LOOK,
)
"""Whether an amount lies between two."""

SAME = Function(
    f'IF(ABS({{one}}-{{other}})<=1E-9*ABS({{other}}),"{FINE}","{LOOK}")',
    lambda one, other: FINE if abs(one - other) <= 1e-9 * abs(other) else LOOK,
)
"""Whether two ways to one amount meet."""

COUNT_LOOK = Function(f'COUNTIF({{checks}},"{LOOK}")', lambda checks: float(checks.count(LOOK)))
