"""What a bought GPU returns when its tokens sell at a public price: net present value, payback and rate of return."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from analysis import formulas
from analysis.errors import InputError
from analysis.formulas.steps import Formula, Step, run
from analysis.library.quantities import Quoted
from analysis.library.sources import Library, Platform
from analysis.library.values import Value, calculate
from analysis.studies.business.cash_flows import Path, by_year, cash_flow, first_price, payback_time, rate_of, worth
from analysis.studies.business.economics import Economics
from analysis.studies.ownership.cost_model import own_values
from analysis.studies.ownership.finance import NOTHING, UNSOURCED, Finance, sourced_finance
from analysis.studies.ownership.levelized import CAPITAL, COST_STEPS, Ownership, Performance, on_values
from analysis.studies.ownership.operating_costs import ANY_OWNER, knows_capital

OWNED = (
    *COST_STEPS,
    Step(formulas.revenue_per_gpu_hour),
    Step(formulas.running_cost_per_gpu_hour),
    Step(formulas.gross_margin, "bearable_fall"),
)
"""On from the levelized cost of a token, the price at which an owner earns just the cost of capital, to what a GPU
earns and costs to run, and by how much today's price may fall to that cost."""

NEVER = "not in its life"
WITHOUT_LIMIT = "list prices without a demand limit"  # why a return above 100% a year is that high
_SAME_FOR_ALL = ("economic_life", "cost_of_capital", "electricity_price", "colocation", *UNSOURCED)


@dataclass(frozen=True, eq=False)
class Returns:
    """What an owner gets back for a GPU of one platform."""

    economics: Economics
    amounts: Mapping[str, Value]  # everything given and every step of `OWNED`, by name
    path: Path  # how the revenue goes on after the first year
    # Of the day of purchase, in USD/GPU, and of each year, in USD/GPU/year, until the GPU is idled: in the first year
    # that would cost more than it earns.
    cash_flows: tuple[Value, ...]
    sale: Value  # what it is sold for at the end of its life, used until then or not, in USD/GPU
    worth: Value  # net present value at the cost of capital, in USD/GPU
    # Months until the first year's cash flow, if it stayed, would have returned the capital; None where it returns
    # nothing.
    payback: Value | None
    rate: Value | None  # internal rate of return, in 1/year; None where there is none
    first_price: Value  # the first year's price of a token at which the net present value is nothing, in USD/Mtok

    def __getitem__(self, name: str) -> Value:
        """Return an amount by its name."""
        return self.amounts[name]

    @property
    def idled(self) -> str:
        """When the GPU is idled, in words that a table quotes."""
        years = self.idled_after
        if years is None:
            return "no"
        return Quoted(f"after year {years}") if years else "at once"

    @property
    def why_no_rate(self) -> str:
        """Why there is no rate of return; empty where there is one."""
        if self.rate:
            return ""
        return "no year earns what it costs to run" if len(self.cash_flows) == 1 else "nothing comes back"

    @property
    def payback_within_life(self) -> Value | None:
        """The months until the capital has come back; None where it does not within the GPU's life."""
        return self.payback if self.pays_back else None

    @property
    def pays_back(self) -> bool:
        """Whether the yearly cash flows return the capital within its life."""
        return sum(flow.number for flow in self.cash_flows) + self.sale.number >= 0

    @property
    def idled_after(self) -> int | None:
        """The year after which the GPU is idled; None where it serves for its whole life."""
        years = len(self.cash_flows) - 1
        return years if years < self["economic_life"].number else None

    @property
    def platform(self) -> Platform:
        """The platform."""
        return self.economics.platform


def bought(
    library: Library, sides: Iterable[Economics], vintage: str, path: Path, declared: Mapping[str, Any] = NOTHING
) -> list[Returns]:
    """Return what an owner gets back on each platform whose capital is known; arguments as for `known_returns`."""
    every = (known_returns(library, side, vintage, path, declared) for side in sides)
    return [made for made in every if made]


def known_returns(
    library: Library, side: Economics, vintage: str, path: Path, declared: Mapping[str, Any], **changed: Value
) -> Returns | None:
    """Return what an owner gets back on a platform; None where nobody says what its capital is.

    Raises:
        InputError: An own amount is none, or of an unknown input or platform.
    """
    own = own_values(library, declared, side.platform.key) | changed
    if CAPITAL not in own and not knows_capital(library, side.platform.key):
        return None
    return returns(library, side, vintage, path, own)


def returns(
    library: Library, economics: Economics, vintage: str, path: Path, own: Mapping[str, Value] = NOTHING
) -> Returns:
    """Return what an owner gets back, from the library's costs of owning and the platform's revenue.

    Raises:
        InputError: The library holds no capital of the platform, or its life is not of whole years.
    """
    name = economics.platform.name
    finance = _shared(sourced_finance(library, economics.platform.key, vintage, own), economics["availability"])
    serving = Performance(throughput_per_gpu=economics["throughput_per_gpu"], utilization=economics["utilization"])

    def apply(formula: Formula, arguments: Mapping[str, Value]) -> Value:
        return replace(on_values(formula, arguments), subject=name)

    given = Ownership(finance, serving).values(ANY_OWNER) | {"token_price": economics["token_price"]}
    made = run(OWNED, given, apply)
    life = made["economic_life"].number
    if life < 1 or life % 1:
        raise InputError(f"economic_life of {name}: found {life:g} years, allowed are whole years, 1 or more")

    def of_platform(formula: Formula, *names: str) -> Value:
        return replace(calculate(formula, **{each: made[each] for each in names}), subject=name)

    outlay = of_platform(formulas.capital_outlay_per_gpu, "capital_per_gpu", "tax_rate", "depreciation_present_value")
    sale = of_platform(formulas.resale_proceeds_per_gpu, "capital_per_gpu", "residual_value", "tax_rate")
    planned = (cash_flow(made, path, year) for year in range(int(life)))
    flows = (outlay, *takewhile(lambda flow: flow.number >= 0, planned))
    dated = by_year(flows, sale, int(life))
    return Returns(
        economics, made, path, flows, sale, worth(dated, made["cost_of_capital"]), payback_time(made, flows),
        rate_of(dated), first_price(made, sale, [path.left(year) for year in range(int(life))]),
    )  # fmt: skip


def _shared(finance: Finance, availability: Value) -> Finance:
    """What an owner pays, with one value for all platforms where it is not a property of the platform."""
    same = {key: replace(getattr(finance, key), subject=ANY_OWNER) for key in _SAME_FOR_ALL}
    return replace(finance, **same, availability=availability)
