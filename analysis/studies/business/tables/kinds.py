"""The table of list prices by kind of token beside what each kind costs to serve."""

from analysis.exhibits.statements import Cell, Shown, table
from analysis.library.sources import Library
from analysis.scenario import Parameters
from analysis.studies.business.kinds import HIT, INPUT, OUTPUT, Kinds, kinds


def by_kind(library: Library, conditions: Parameters) -> Shown | None:
    """Return list prices, modeled costs and margins by kind of token; None where no offer states its speed."""
    known = kinds(library, conditions)
    if not known:
        return None
    return table(
        "prices-by-kind",
        "Model: what providers ask for each kind of token, and what it costs at the speed that they state.",
        [
            *("Provider and model", "At (tok/s/user)", "Platform", "Input, list (USD/Mtok)", "Input, cost"),
            *("Cached, list", "Output, list", "Output, cost", "Margin on input", "Margin on output"),
            *("Which pays for which", "Output price if input were free"),
        ],
        [_row(each) for each in known],
        note="Costs are at full load and at the prices of the scenario: a margin here pays for idle GPUs, staff and "
        "all else. A cached input token costs no GPU time in the model. Offers that state no speed are left out. "
        "The last column is the output price that covers the cost of all tokens of the scenario's workload.",
    )


def _row(each: Kinds) -> list[Cell]:
    offer, tariff = each.offer, each.tariff
    return [
        offer.name,
        offer.interactivity or "–",
        tariff.platform.name,
        offer.prices[INPUT],
        tariff.input_cost,
        offer.prices[HIT] if offer.discounts_hits else "as input",
        offer.prices[OUTPUT],
        tariff.output_cost,
        each.input_margin,
        each.output_margin,
        each.subsidy,
        tariff.output_price,
    ]
