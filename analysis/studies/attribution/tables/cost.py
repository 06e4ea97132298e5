"""The tables of cost and utilization, of software on unchanged hardware, and of prices at which platforms match."""

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import records, table
from analysis.library.choices import choices
from analysis.library.quantities import NO_PRICE, TIERS, Quoted
from analysis.library.values import Value
from analysis.studies.attribution.study import Study, matching_price


def software(study: Study) -> Shown | None:
    """Return what repeated runs gained on the platforms compared; None where no configuration was run again."""
    largest = study.largest_gain
    if largest is None:
        return None
    return records(
        "software-gains-by-framework",
        "What repeated runs gained on the platforms compared, median over configurations.",
        [
            {
                "Platform": study.library.platform(software.hardware).name,
                "Framework": software.framework,
                "Configurations": software.configurations,
                "First run": software.first,
                "Last run": software.last,
                "Throughput": software.throughput,
                "Interactivity": software.interactivity,
                "Unexplained": software.unexplained,
                "Mean speed over the life": software.lifetime if software.is_later else "no later run",
            }
            for software in study.software
        ],
        note="Gains are last over first. Unexplained: configurations that are ringed in the figure. The mean over "
        "the life of the hardware lets the gain in interactivity come about evenly between the first and the last "
        "run and stay as it is for the rest of {life:1} years; cost per token, averaged over all tokens of that "
        "life, falls by as much. No later run: first and last are days apart and tell of measurement alone.",
        life=largest.lifetime.inputs["ramp_share"].inputs["economic_life"],
    )


def matching_prices(study: Study) -> Shown:
    """Return the break-even price of each platform against the subject at several interactivities, and its price."""
    point, subject = study.here, study.conditions.subject
    levels = {level.number: level for level in [*choices("interactivity", "compared service level"), point.at]}
    price = study.prices[subject]
    rows: list[list[Cell]] = [
        [level, *(_matching(study, hardware, price, level) for hardware in study.others)]
        for _, level in sorted(levels.items())
    ]
    return table(
        "matching-prices-at-levels",
        "Break-even price against {subject} at {lengths} (USD/GPU/h): a platform whose actual price is higher costs "
        "more per token.",
        ["Interactivity (tok/s/user)", *(study.library.platform(hardware).name for hardware in study.others)],
        [*rows, ["Actual price", *(study.prices.get(hardware, NO_PRICE) for hardware in study.others)]],
        note="Actual prices: {tier}. A dash: not measured at this interactivity on both.",
        tier=TIERS[study.conditions.price_tier],
        lengths=point.workload,
        subject=point.pair.subject.platform.name,
    )


def matching_prices_by_tier(study: Study) -> Shown:
    """Return the actual and the break-even price of each platform in each tier of the vintage."""
    point = study.here
    heads = [f"{tier[:1].upper()}{tier[1:]}" for tier in TIERS.values()]
    return table(
        "matching-prices-by-tier",
        "Actual and break-even price at {lengths} and {at} tok/s/user in each tier (USD/GPU/h), vintage {vintage}.",
        ["Platform", *(Quoted(f"{head}, {what}") for head in heads for what in ("actual", "break-even"))],
        [_by_tier(study, hardware) for hardware in study.others],
        **point.where,
        vintage=study.conditions.vintage,
    )


def _by_tier(study: Study, hardware: str) -> list[Cell]:
    row: list[Cell] = [study.library.platform(hardware).name]
    for prices in study.prices_by_tier.values():
        to_match = prices.get(study.conditions.subject)
        row.append(prices.get(hardware, NO_PRICE))
        row.append(_matching(study, hardware, to_match, study.here.at) if to_match else NO_PRICE)
    return row


def _matching(study: Study, hardware: str, price: Value, interactivity: Value) -> Cell:
    subject = study.conditions.subject
    return matching_price(study.here.stacks, hardware, subject, price, interactivity.number) or "–"
