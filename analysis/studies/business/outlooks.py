"""What may come, bull, base and bear: what a platform earns and is worth then, and what moves that most."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from analysis import formulas
from analysis.errors import InputError
from analysis.library.choices import known_choice
from analysis.library.values import Status, Value, calculate
from analysis.studies.business.brief import Brief
from analysis.studies.business.cash_flows import Path, falling
from analysis.studies.business.economics import Economics, economics
from analysis.studies.business.returns import Returns, known_returns
from analysis.studies.ownership.operating_costs import system_gpus
from analysis.studies.procurement.offers import QUOTE, offers

NAMES = ("bull", "base", "bear")
GROUPS = {
    "price of tokens a year": ("annual_price_decline",),
    "load that is sold": ("utilization",),
    "gain by software a year": ("annual_throughput_gain",),
    "next chip": ("next_chip_year", "next_chip_price_cut"),
    "price of electricity": ("electricity_price",),
    "price of capacity": ("capacity_price_factor",),
    "a rival at its quotes": ("rival_price_factor",),
    "operating point": ("interactivity",),
}
"""What an outlook sets, by what a reader calls it; what it does not name stays as in the brief."""

Amounts = Mapping[str, Value]


@dataclass(frozen=True, eq=False)
class Case:
    """One platform under an outlook; without returns where no capital is known."""

    side: Economics
    returns: Returns | None

    @property
    def per_megawatt(self) -> Value | None:
        """The net present value of the GPUs that a megawatt feeds, in USD/MW."""
        if self.returns is None:
            return None
        return calculate(
            formulas.net_present_value_per_megawatt,
            net_present_value=self.returns.worth,
            power_per_gpu=self.side["power_per_gpu"],
        )

    @property
    def per_system(self) -> Value | None:
        """The net present value of a system as it is sold, a node or a rack, in USD."""
        if self.returns is None:
            return None
        gpus = system_gpus(self.side.platform)
        return calculate(formulas.net_present_value_per_system, net_present_value=self.returns.worth, gpus=gpus)


def outlooks(brief: Brief) -> dict[str, Amounts]:
    """Return what each outlook sets, by its name and by parameter."""
    keys = [key for group in GROUPS.values() for key in group]
    named: dict[str, dict[str, Value]] = {name: {} for name in NAMES}
    for name, amounts in named.items():
        for key in keys:
            if value := known_choice(key, f"{name} outlook", brief.library.folder):  # else it is as in the brief
                amounts[key] = value
        if "interactivity" in amounts and amounts["interactivity"].number <= brief.floor.number:
            del amounts["interactivity"]  # the brief stands at a faster speed already
    return dict(named)


def case(brief: Brief, amounts: Amounts, hardware: str) -> Case | None:
    """Return a platform under an outlook's amounts; None where it does not serve the outlook's speed."""
    sides = _sides(brief, amounts)
    if hardware not in sides:
        return None
    changed: dict[str, Value] = {}
    if factor := amounts.get("capacity_price_factor"):
        changed["price_per_gpu_hour"] = _times(sides[hardware]["price_per_gpu_hour"], factor)
    if factor := amounts.get("rival_price_factor"):
        changed["token_price"] = _price_beside_a_rival(brief, sides, factor)
    side = sides[hardware].under(**changed)
    asked, dearer = brief.conditions, {key: value for key, value in amounts.items() if key == "electricity_price"}
    back = known_returns(brief.library, side, asked.vintage, path(brief, amounts), asked.finance, **dearer)
    return Case(side, back)


def path(brief: Brief, amounts: Amounts) -> Path:
    """Return how the revenue of a GPU goes on under an outlook's amounts."""
    stated = falling(brief.conditions.annual_price_decline).annual_price_decline
    gain, year, cut = (
        amounts.get(key) for key in ("annual_throughput_gain", "next_chip_year", "next_chip_price_cut")
    )
    return Path(amounts.get("annual_price_decline", stated), gain, year, cut)


def rival(brief: Brief, sides: Mapping[str, Economics]) -> Economics | None:
    """Return the platform of another vendor than the subject's whose tokens cost least at its quotes or at rental."""
    vendor = brief.library.platform(brief.conditions.subject).vendor
    priced = [
        side.under(price_per_gpu_hour=price)
        for side in sides.values()
        if side.platform.vendor != vendor and (price := _quoted(brief, side))
    ]
    return min(priced, key=lambda side: side["cost_per_million_tokens"].number, default=None)


def _sides(brief: Brief, amounts: Amounts) -> dict[str, Economics]:
    load, asked = amounts.get("utilization", brief.load), amounts.get("interactivity")
    if asked is None or asked.number <= brief.floor.number:
        return {key: side.under(utilization=load) for key, side in brief.by_key.items()}
    faster = brief.conditions.model_copy(update={"minimum_interactivity": asked.number})
    with suppress(InputError):  # nobody serves that speed
        return {side.platform.key: side for side in economics(brief.library, faster, brief.price, load)}
    return {}


def _quoted(brief: Brief, side: Economics) -> Value | None:
    """What a GPU-hour of a platform is quoted at, else at three-year rental."""
    key, listed = side.platform.key, offers(brief.library, brief.asked)
    quotes = [offer.price for offer in listed if offer.kind == QUOTE and offer.platform.key == key and offer.firm]
    known = [price for price in quotes if price]
    return min(known, default=None) or brief.library.known_price(key, "rental_3yr", brief.conditions.vintage)


def _price_beside_a_rival(brief: Brief, sides: Mapping[str, Economics], factor: Value) -> Value:
    """The list price, or what tokens cost on a rival times a factor where that is less."""
    beside = rival(brief, sides)
    if beside is None:
        return brief.price
    cost = beside["cost_per_million_tokens"]
    if cost.number * factor.number >= brief.price.number:
        return brief.price
    return replace(_times(cost, factor), quantity=brief.price.quantity, kinds=brief.price.kinds)


def _times(value: Value, factor: Value) -> Value:
    return replace(
        value, number=value.number * factor.number, status=Status.DERIVED, formula=None, printed="", bracket=None,
        inputs={"today": value, "factor": factor}, note=f"times {factor.quantity.name}",
    )  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """What one group of parameters does alone to the net present value, all else as in the base outlook."""

    label: str
    # The net present value with the bull outlook's amounts of it, in USD/GPU; None where it is not served.
    bull: Value | None
    bear: Value | None  # with the bear outlook's

    @property
    def width(self) -> float:
        """How far the two lie apart, in USD/GPU."""
        return abs(self.bull.number - self.bear.number) if self.bull and self.bear else 0.0


def alone(brief: Brief, hardware: str) -> list[Bar]:
    """Return what each group of parameters does alone to a platform's net present value, the strongest first.

    The operating point goes to the bear outlook's speed or to the one that is asked for, whichever is faster.
    """
    known = outlooks(brief)
    base = known["base"]
    asked = brief.floor_asked
    if "interactivity" in known["bear"] and asked.number > known["bear"]["interactivity"].number:
        known = known | {"bear": {**known["bear"], "interactivity": asked}}
    bars = []
    for label, keys in GROUPS.items():
        rest = {key: value for key, value in base.items() if key not in keys}
        ends = []
        for name in ("bull", "bear"):
            made = case(brief, rest | {key: known[name][key] for key in keys if key in known[name]}, hardware)
            ends.append(made.returns.worth if made and made.returns else None)
        bars.append(Bar(label, *ends))
    return sorted((bar for bar in bars if bar.width), key=lambda bar: -bar.width)


def weighted(brief: Brief, worths: Mapping[str, Value]) -> Value | None:
    """Return the net present value weighted as the scenario says, in USD/GPU; None where it gives no weights."""
    weights = brief.conditions.outlook_weights
    if not weights or not weights.keys() <= worths.keys():
        return None
    number = sum(weight * worths[name].number for name, weight in weights.items())
    first = next(iter(worths.values()))
    note = "weighted by the scenario"
    return replace(first, number=number, formula=None, status=Status.DERIVED, inputs=dict(worths), note=note)
