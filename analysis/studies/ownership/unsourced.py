"""What no source gives of the cost of owning: what is assumed of each item, and what another amount would do."""

from dataclasses import replace

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.quantities import Quoted, quantity
from analysis.studies.ownership.finance import UNSOURCED, unsourced
from analysis.studies.ownership.levelized import COST
from analysis.studies.ownership.owned_pair import OwnedPair
from analysis.studies.ownership.sentences import unmodeled

_WRITTEN_OFF = "depreciation_present_value"


def items(owned: OwnedPair) -> Shown:
    """Return each item that no source gives: what it is now, what is tried, and the cost of a token with that.

    Tax is tried together with the way in which the capital is written off: at once, it would cost nothing.
    """
    owners = list(owned.with_capital.values())
    if not owners:
        return unmodeled(owned)
    tried = unsourced(owned.library)
    amounts = {key: item.high if item.high != item.value.number else item.low for key, item in tried.items()}
    rows: list[list[Cell]] = [["As modeled", "", "", *_costs(owned), ""]]
    for key in UNSOURCED:
        if key == _WRITTEN_OFF:
            continue
        beside = {_WRITTEN_OFF: amounts[_WRITTEN_OFF]} if key == "tax_rate" else {}
        other = owned.under(finance={**_without(owned, key), key: amounts[key], **beside})
        value = tried[key].value
        now = [owner.levels[key] for owner in owners]
        here, there = now[0] if len({amount.number for amount in now}) == 1 else "one each", amounts[key]
        rows.append([quantity(key).label, here, replace(value, number=there), *_costs(other), Quoted(value.note)])
    ratio = ["Cost ratio"] if len(owners) > 1 else []
    return table(
        "unsourced",
        "What no source gives: the cost of a million tokens (USD) if each item were as tried, the others as modeled.",
        ["Item", "Now", "Tried", *(owner.name for owner in owners), *ratio, "Why"],
        rows,
        note="The parameter finance states other amounts. None of these items is drawn: nothing says how probable an "
        "amount is.",
    )


def _costs(other: OwnedPair) -> list[Cell]:
    """The cost of a million tokens of each platform whose capital is known, and of both the ratio."""
    costs = [owner.levels[COST] for owner in other.with_capital.values()]
    return [*costs, *([other.cost_ratio] if len(costs) > 1 else [])]


def _without(owned: OwnedPair, key: str) -> dict[str, float]:
    """What the scenario states of owning, but for one item."""
    stated = owned.pair.conditions.finance
    return {name: amount for name, amount in stated.items() if name.rpartition(".")[2] != key}
