"""Tables of what each model gives: ratios, what serves, equal terms, accuracy, cost and energy."""

from analysis.comparison.market import ends, market_level, whose_market
from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import records, table
from analysis.library.choices import choice, choices
from analysis.library.quantities import Quoted, listing, quantity
from analysis.library.values import Status, Value
from analysis.studies.models.equal_terms import TERMS, boundaries, on_equal_terms, serving_rows
from analysis.studies.models.matchups import COST, PER, POWER, THROUGHPUT, Across, Matchup

NONE = "not both"
NOT_EVALUATED = "not evaluated"


def speed(across: Across) -> Value:
    """Return the interactivity at which models are compared, in tok/s/user."""
    return choice("interactivity", "across models", across.library.folder)


def highest(across: Across) -> Shown:
    """Return the highest ratio of each model, and between which the measured rows alone put it."""
    at_ends = [matchup.name for matchup in across.matchups if matchup.is_highest_at_an_end]
    return records(
        "highest-ratios",
        "The highest ratio of each model over {baseline}, by the best platform of {rivals} there, at {lengths}.",
        [_highest(matchup) for matchup in across.matchups],
        note="Per dollar and per megawatt another platform may be the best, at another speed. Between the two "
        "amounts by the rows alone nothing was measured."
        + (" Of {ends} the highest lies where the speeds that both serve end; nobody went on." if at_ends else ""),
        ends=Quoted(listing(at_ends)) if at_ends else "",
        **across.names,
    )


def at_speeds(across: Across, key: str) -> Shown:
    """Return the ratio of each model in a metric at the compared service levels and at the market's own speed."""
    levels = choices("interactivity", "compared service level", across.library.folder)
    market = market_level(across.library)
    speeds = {level.number: f"{level.number:g}" for level in [*levels, market]}
    speeds[market.number] += " (the market's)"
    return table(
        f"ratios-{PER[key].replace(' ', '-')}",
        f"The best of {{rivals}} over {{baseline}} {PER[key]}, by tok/s/user, at {{lengths}}.",
        ["Model", *map(Quoted, speeds.values())],
        [[matchup.name, *(matchup.at(key, level) or NONE for level in speeds)] for matchup in across.matchups],
        note="The market's: where the middle of {whose} was served on {day}, {market:2} tok/s/user.",
        whose=whose_market(across.library),
        day=market.as_of,
        **across.names,
        market=market,
    )


def what_serves(across: Across) -> Shown:
    """Return what stands on both sides of each model's ratio at the compared speed."""
    at = speed(across)
    rows: list[list[Cell]] = []
    for matchup in across.matchups:
        sides = serving_rows(matchup, THROUGHPUT, at.number)
        words = [Quoted(side.words) for side in sides] if sides else [NONE, NONE]
        rows.append([matchup.name, _active(matchup), *words])
    return table(
        "what-serves",
        "What serves each model at {at:2} tok/s/user or more: the measured row of highest throughput on either side.",
        ["Model", "Active parameters (billion)", "Baseline", "Against it"],
        rows,
        at=at,
    )


def equal_terms(across: Across) -> Shown:
    """Return what is left of the ratio of throughput on equal terms, at the compared speed."""
    at = speed(across)
    return table(
        "equal-terms",
        "The ratio per GPU at {at:2} tok/s/user, and what it is where both sides keep the same terms.",
        ["Model", "Best against best", *(terms.capitalize() for terms in TERMS)],
        [
            [
                matchup.name,
                matchup.at(THROUGHPUT, at.number) or NONE,
                *(on_equal_terms(matchup, terms, THROUGHPUT, at.number) or NONE for terms in TERMS),
            ]
            for matchup in across.matchups
        ],
        note="Of several precisions that both sides were measured in, that of the highest ratio counts. Without "
        "speculative decoding a ratio may be higher than at best: the side that gains more by it loses more.",
        at=at,
    )


def cost_and_accuracy(across: Across) -> Shown:
    """Return what a million tokens of each model cost on both sides, with the accuracy of what serves them."""
    at = speed(across)
    return table(
        "cost-and-accuracy",
        "What a million tokens cost on {baseline} and on the platform of {rivals} that serves them at the least "
        "cost, and what share of GSM8K their stacks answered, at {at:2} tok/s/user.",
        [
            "Model", f"{across.baseline} (USD/Mtok)", "Accuracy", "Platform against it", "There (USD/Mtok)",
            "Accuracy there", "Ratio",
        ],
        [_cost(matchup, at.number) for matchup in across.matchups],
        note="Cost at full load; a stack that nobody evaluated may answer wrongly.",
        at=at,
        **across.names,
    )  # fmt: skip


def energy(across: Across) -> Shown | None:
    """Return what an output token takes by each boundary of power; None where no boards were measured."""
    at = speed(across)
    rows: list[dict[str, Cell]] = [
        {
            "Model": matchup.name,
            "Boundary": Quoted(boundary.name),
            "Platform": Quoted(boundary.subject.subject),
            "Baseline (J/tok)": boundary.baseline,
            "There (J/tok)": boundary.subject,
            "Baseline (tok/s/MW)": boundary.per_megawatt[0],
            "There (tok/s/MW)": boundary.per_megawatt[1],
            "Ratio": boundary.ratio,
        }
        for matchup in across.matchups
        for boundary in boundaries(matchup, at.number)
    ]
    if not rows:
        return None
    return records(
        "energy-by-boundary",
        "The energy of an output token by each boundary of power, at {at:2} tok/s/user or more, from the rows whose "
        "boards were measured.",
        rows,
        note="All energy is charged to the output tokens, which are their nominal share of all tokens. Boards are "
        "the GPUs alone, without host, network and cooling.",
        at=at,
    )


def used(across: Across) -> list[Value]:
    """Return the values that the ratios at their highest and at the compared speed are made from."""
    at = speed(across).number
    asked = [(matchup, key) for matchup in across.matchups for key in (THROUGHPUT, COST, POWER)]
    ratios = [ratio for matchup, key in asked for ratio in (matchup.highest(key), matchup.at(key, at))]
    return [ratio for ratio in ratios if ratio]


def constants(across: Across) -> list[Value]:
    """Return prices and powers of both sides: what all models share."""
    sides = {
        side.curve.hardware: side
        for matchup in across.matchups
        for rival in matchup.rivals
        for side in (rival.baseline, rival.subject)
    }
    return [value for side in sides.values() for value in side.given.values()]


def _highest(matchup: Matchup) -> dict[str, Cell]:
    rival, ratio = matchup.peak(THROUGHPUT), matchup.highest(THROUGHPUT)
    low, high = ends(ratio)
    return {
        "Model": matchup.name,
        "Platform": rival.subject.platform.name,
        "Interactivity (tok/s/user)": rival.place(rival.highest, "of the highest ratio of throughput"),
        "Per GPU": ratio,
        "By rows alone, at least": low,
        "at most": high,
        "Highest per dollar": matchup.highest(COST),
        "Highest per megawatt": matchup.highest(POWER),
    }


def _active(matchup: Matchup) -> Value:
    model = matchup.model
    source = matchup.library.sources[model.source]
    return Value(
        model.active_parameters, quantity("active_parameters"), model.name, Status.THIRD_PARTY, sources=(source,),
        as_of=source.published, place="data/models.csv",
    )  # fmt: skip


def _cost(matchup: Matchup, at: float) -> list[Cell]:
    rival, sides = matchup.best(COST, at), serving_rows(matchup, COST, at)
    if rival is None or sides is None:
        return [matchup.name, *[NONE] * 6]
    before, after = (side.at(at)[COST] for side in (rival.baseline, rival.subject))
    accuracies = [side.accuracy or NOT_EVALUATED for side in sides]
    name = rival.subject.platform.name
    return [matchup.name, before, accuracies[0], name, after, accuracies[1], rival.at(COST, at) or NONE]
