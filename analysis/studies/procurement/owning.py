"""What a fleet costs whoever owns it: capital, interest, power, space and staff, as stated or else from data."""

from dataclasses import dataclass

import numpy as np

from analysis.errors import InputError
from analysis.frontier.curves import Floats
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.studies.ownership.finance import sourced_finance
from analysis.studies.ownership.levelized import CAPITAL, PRICE, Performance, levelized_values
from analysis.studies.ownership.operating_costs import knows_capital
from analysis.studies.ownership.own_inputs import amounts, own_amounts
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.options import Option, option

TOLD = ("cost_of_capital", "electricity_price", "colocation", "staff_cost")
"""What an owner must believe, beside capital and life."""
_WORDS = {"cost_of_capital": "interest at", "electricity_price": "power at", "colocation": "space at",
          "staff_cost": "staff at"}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Owned:
    """A platform's fleet at its owner's cost.

    Attributes:
        option: The fleet at the price that recovers all that its owner pays over its life.
        capital: Of a GPU, in USD/GPU.
        life: In years.
        interest: On what is not yet recovered, in 1/year.
        believed: What its owner must believe, in words.
    """

    option: Option
    capital: Value
    life: Value
    interest: Value
    believed: str


def owned(brief: Brief, hardware: str) -> Owned | None:
    """Return a platform's fleet at its owner's cost; None where nobody says what a GPU costs.

    The cost of a GPU-hour recovers the capital with interest over its life and pays power, space and staff, as the
    report on the cost of ownership has it, used or not. Amounts are the scenario's `finance`, else the data's.

    Args:
        brief: Its fleets, and what the scenario says of owning.
        hardware: Key of a platform that serves the load.

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
    believed = ", ".join(f"{_WORDS[key]} {levels[key]}" for key in TOLD)
    bought = option(fleet, None, levels[PRICE], brief.load, conditions)
    capital = levels[CAPITAL]
    return Owned(
        bought,
        capital,
        levels["economic_life"],
        levels["cost_of_capital"],
        f"capital of {capital} ({_origin(capital)}), {believed}; the total holds the capital that is not "
        "recovered by then, as if nothing were got back",
    )


def unrecovered(ages: Floats, owned: Owned) -> Floats:
    """Return the share of the capital that is not recovered at each age (years), paid back in equal parts; 0 to 1."""
    left = np.clip(owned.life.number - np.asarray(ages), 0, None)
    rate = owned.interest.number
    if not rate:
        return left / owned.life.number
    return np.asarray((1 - (1 + rate) ** -left) / (1 - (1 + rate) ** -owned.life.number))


def _origin(value: Value) -> str:
    return "stated" if value.place == "parameter finance" else str(value.status)
