"""What a fleet costs whoever owns it: capital, interest, power, space and staff, as stated or else from data."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from analysis.errors import InputError
from analysis.formulas.ownership import MONTHS_PER_YEAR
from analysis.frontier.curves import Floats
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value, counted_up
from analysis.studies.ownership.cost_model import amounts, own_amounts
from analysis.studies.ownership.finance import sourced_finance
from analysis.studies.ownership.levelized import CAPITAL, PRICE, Performance, levelized_values
from analysis.studies.ownership.operating_costs import knows_capital
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path, path, present_value
from analysis.studies.procurement.options import Option, option
from analysis.studies.procurement.way import OWNED, Way, rented

TOLD = ("cost_of_capital", "electricity_price", "colocation", "staff_cost")
"""What an owner must believe, beside capital and life."""
_WORDS = {
    "cost_of_capital": "{} of interest a year",
    "electricity_price": "{} per kWh",
    "colocation": "{} per kW and month for space",
    "staff_cost": "{} per GPU and year for staff",
}
STATED = "stated"


@dataclass(frozen=True, eq=False)
class Owned:
    """A platform's fleet at its owner's cost."""

    option: Option  # the fleet at the price that recovers all that its owner pays over its life
    capital: Value  # of a GPU, in USD/GPU
    life: Value  # in years
    interest: Value  # on what is not yet recovered, in 1/year
    believed: str  # what its owner must believe, in words


def owned(brief: Brief, hardware: str) -> Owned | None:
    """Return a platform's fleet at its owner's cost; None where nobody says what a GPU costs.

    The cost of a GPU-hour recovers the capital with interest over its life and pays power, space and staff, as the
    report on the cost of ownership has it, used or not. Amounts are the scenario's `finance`, else the data's.

    Raises:
        InputError: An own amount is unknown or cannot be, or a PUE is stated.
    """
    library, conditions = brief.library, brief.conditions
    if any(name.rpartition(".")[2] == "pue" for name in conditions.finance):
        raise InputError(
            "parameter finance: found pue, which would count twice: the power of the data is all-in, the facility's "
            "overhead is in it; leave it out"
        )
    fleet, name = brief.fleets[hardware], library.platform(hardware).name
    stated = own_amounts(amounts(conditions.finance, library.platforms), hardware)
    own = {
        key: Value(amount, quantity(key), name, Status.CHOSEN, place="parameter finance")
        for key, amount in stated.items()
    }
    if CAPITAL not in own and not knows_capital(library, hardware):
        return None
    finance = sourced_finance(library, hardware, conditions.vintage, own)
    levels = levelized_values(finance, Performance(throughput_per_gpu=fleet.point["throughput_per_gpu"]), name)
    believed = ", ".join(_WORDS[key].format(levels[key].show()) for key in TOLD)
    bought = option(fleet, None, levels[PRICE], brief.load, conditions)
    capital = levels[CAPITAL]
    return Owned(
        bought,
        capital,
        levels["economic_life"],
        levels["cost_of_capital"],
        f"{capital.show()} per GPU ({_origin(capital)}), {believed}; the total holds capital not recovered by then",
    )


def owned_ways(brief: Brief) -> Iterator[Way]:
    """Yield what an owner pays where the capital is known, at the least total; then which capitals are asked for."""
    measured = [key for key in brief.fleets if not brief.coverage[key].doubts]
    known = {key: each for key in measured if (each := owned(brief, key))}
    if known:
        totals = [(_whole(path(each.option, brief), each, brief), each) for each in known.values()]
        taken, each = min(totals, key=lambda pair: pair[0].total.number)
        fleet, origin = taken.option.fleet, _origin(each.capital)
        outlay = counted_up(
            fleet.gpus.number * each.capital.number, "horizon_cost", fleet.platform.name, "GPUs x capital per GPU",
            {"GPUs": fleet.gpus, "capital per GPU": each.capital},
        ).show()  # fmt: skip
        offered = "" if origin == STATED else f", and no vendor's offer is known: what a GPU costs is {origin}"
        way = rented(
            OWNED, taken, f"{each.life.number:g} years to recover it",
            "the amounts below; the load comes as planned",
            f"the money must be raised now{offered}",
            "Ask finance for the money" + (" and a vendor for an offer" if offered else ""),
            f"{outlay} up front",
        )  # fmt: skip
        yield replace(way, assumed=each.believed)
    if missing := [f"{key}.capital_per_gpu" for key in measured if key not in known]:
        yield Way(OWNED, f"state in finance what a GPU costs: {', '.join(missing)}")


def _whole(paid: Path, owner: Owned, brief: Brief) -> Path:
    """What an owner pays month by month, and at the end the capital that is not recovered then."""
    bought = np.diff(paid.by_month, prepend=0.0).clip(0)
    ages = np.arange(len(bought), 0, -1) / MONTHS_PER_YEAR
    left = float(bought @ unrecovered(ages, owner)) * owner.capital.number
    given = {"months": paid.total, "capital per GPU": owner.capital, "interest": owner.interest, "life": owner.life}
    total = counted_up(
        paid.total.number + left, "horizon_cost", paid.total.subject,
        "sum over the months, and the capital of all GPUs bought that is not recovered at the end", given,
    )  # fmt: skip
    worth = present_value(np.append(np.zeros(len(bought) - 1), left), total, brief).number
    present = counted_up(
        paid.present.number + worth, "horizon_cost", paid.total.subject, "the same in money of today",
        {"months": paid.present, "total": total},
    )  # fmt: skip
    return replace(paid, total=total, present=present)


def unrecovered(ages: Floats, owned: Owned) -> Floats:
    """Return the share of the capital that is not recovered at each age (years), paid back in equal parts; 0 to 1."""
    left = np.clip(owned.life.number - np.asarray(ages), 0, None)
    rate = owned.interest.number
    if not rate:
        return left / owned.life.number
    return np.asarray((1 - (1 + rate) ** -left) / (1 - (1 + rate) ** -owned.life.number))


def _origin(value: Value) -> str:
    return STATED if value.place == "parameter finance" else str(value.status)
