"""Tables of what platforms earn and cost, at which prices, and of the figures behind them."""

from analysis.exhibits.statements import Shown
from analysis.exhibits.tables import figures, records, table
from analysis.library.quantities import Quoted
from analysis.library.sources import TIERS
from analysis.studies.business.brief import Brief
from analysis.studies.business.economics import Economics

_ECONOMICS = {
    "throughput_per_gpu": "Throughput (tok/s/GPU)",
    "revenue_per_gpu_hour": "Revenue (USD/GPU/h)",
    "price_per_gpu_hour": "",  # the tier's own name, which is never shortened to a price
    "cost_per_million_tokens": "Cost (USD/Mtok)",
    "gross_margin": "Gross margin",
    "revenue_per_megawatt_year": "Revenue per megawatt-year (USD)",
}
ON_CURVE = "Below a row much faster than asked stands what the curve gives at the speed that is asked. "


def unit_economics(brief: Brief) -> Shown:
    """Return what a GPU of each platform earns and costs by the hour, and a megawatt by the year.

    Where the row of a platform is much faster than asked, what its curve gives at that speed is a row beside it.
    """
    asked = brief.floor.number
    told = [(f"{side.platform.name}{words}", each) for side in brief.sides for words, each in _readings(side, asked)]
    return table(
        "unit-economics",
        "Unit economics at {lengths}, {floor} tok/s/user or more, {load:2} of full load sold at {price} per million "
        "tokens.",
        ["Platform", "Served at (tok/s/user)", *(head or _capacity(brief) for head in _ECONOMICS.values())],
        [[name, side["interactivity"], *(side[key] for key in _ECONOMICS)] for name, side in told],
        note="Each platform runs at its measured row of highest throughput at or above that interactivity. "
        + (ON_CURVE if len(told) > len(brief.sides) else "")
        + "Capacity is of the vintage {vintage}. A megawatt is of all-in provisioned power.",
        lengths=brief.lengths,
        floor=brief.floor,
        load=brief.load,
        price=brief.price,
        vintage=brief.conditions.vintage,
    )


def _capacity(brief: Brief) -> str:
    return Quoted(f"{TIERS[brief.conditions.price_tier].capitalize()} (USD/GPU/h)")


def _readings(side: Economics, asked: float) -> list[tuple[str, Economics]]:
    curve = side.on_curve(asked)
    return [("", side), *([(", on its curve", curve)] if curve else [])]


def platforms(brief: Brief) -> Shown:
    """Return the measured row of each platform with its power and price of capacity."""
    return records(
        "platforms",
        "The measured rows, and the figures of each platform.",
        [
            {
                "Platform": side.platform.name,
                "Serving stack": _stack(side),
                "Measured on": side["throughput_per_gpu"].as_of,
                "Interactivity (tok/s/user)": side["interactivity"],
                "Power (kW/GPU)": side["power_per_gpu"],
                _capacity(brief): side["price_per_gpu_hour"],
            }
            for side in brief.sides
        ],
        note="Power: all-in provisioned, vintage {vintage}, and so the cost of capacity, unless the scenario states "
        "its own.",
        vintage=brief.conditions.vintage,
    )


def assumptions(brief: Brief) -> Shown:
    """Return the figures that the results rest on beside the rows, and name those that are taken as nothing."""
    nil = ", ".join(sorted({value.quantity.name for value in brief.nil}))
    return figures(
        brief.assumptions,
        "The other figures that the results rest on.",
        note="Taken as nothing, for want of a public figure: {nil}." if nil else "",
        nil=nil,
    )


def _stack(side: Economics) -> str:
    decoding = side.row["speculative_decoding"].upper().replace("NONE", "without MTP")
    return f"{side.row['framework']} {side.row['precision'].upper()} {decoding}"
