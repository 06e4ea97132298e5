"""The table of list prices by kind of token beside what each kind costs to serve."""

from analysis.exhibits.statements import Cell, Shown, records
from analysis.library.sources import Library
from analysis.scenario import Parameters
from analysis.studies.business.kinds import HIT, INPUT, OUTPUT, Kinds, kinds


def by_kind(library: Library, conditions: Parameters) -> Shown | None:
    """Return list prices, modeled costs and margins by kind of token; None where no offer states its speed."""
    known = kinds(library, conditions)
    if not known:
        return None
    return records(
        "prices-by-kind",
        "Model: what providers ask for each kind of token, and what it costs at the speed that they state.",
        [_row(each) for each in known],
        note="Costs are at full load and at the prices of the scenario: a margin here pays for idle GPUs, staff and "
        "all else. A cached input token costs no GPU time in the model. Offers that state no speed are left out. "
        "The last column is the output price that covers the cost of all tokens of the scenario's workload.",
    )


def _row(each: Kinds) -> dict[str, Cell]:
    offer, tariff = each.offer, each.tariff
    return {
        "Provider and model": offer.name,
        "At (tok/s/user)": offer.interactivity or "–",
        "Platform": tariff.platform.name,
        "Input, list (USD/Mtok)": offer.prices[INPUT],
        "Input, cost": tariff.input_cost,
        "Cached, list": offer.prices[HIT] if offer.discounts_hits else "as input",
        "Output, list": offer.prices[OUTPUT],
        "Output, cost": tariff.output_cost,
        "Margin on input": each.input_margin,
        "Margin on output": each.output_margin,
        "Which pays for which": each.subsidy,
        "Output price if input were free": tariff.output_price,
    }
