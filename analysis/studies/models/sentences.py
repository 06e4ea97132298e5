"""What is said of the models together: in how many a ratio is met, what it rests on, and what explains the spread."""

import math
from collections.abc import Sequence

from analysis.exhibits.statements import Shown, conclude, listed, note, phrase, points, say, warn
from analysis.library.choices import choices
from analysis.library.quantities import TIERS, Quoted, listing
from analysis.library.values import Value, counted
from analysis.studies.models.equal_terms import TERMS, boundaries, on_equal_terms
from analysis.studies.models.matchups import COST, THROUGHPUT, Across, Matchup
from analysis.studies.models.met import count
from analysis.studies.models.tables import speed


def answer(across: Across) -> Shown:
    """Say how many of the models meet each of the ratios asked for, per GPU and per dollar, and by measured rows."""
    asked = choices("ratio", "asked across models", across.library.folder)
    first, last = across.matchups[0], across.matchups[-1]
    return conclude(
        "Of {all} models that {baseline} and {rivals} serve at {lengths}, {per_gpu} the throughput per GPU at some "
        "speed ({by_rows} by the measured rows alone); per dollar it is {per_dollar}. The highest ratio of a model "
        "is between {least} ({last}) and {most} ({first}); per dollar it is {least_paid} for the former and "
        "{most_paid} for the latter.",
        per_gpu=listed(
            phrase("{count} reach {times:2}", count=count(across, THROUGHPUT, times), times=times) for times in asked
        ),
        by_rows=listed(phrase("{count}", count=count(across, THROUGHPUT, times, by_rows=True)) for times in asked),
        per_dollar=listed(phrase("{count}", count=count(across, COST, times)) for times in asked),
        all=counted(len(across.matchups), "models on both sides"),
        **across.names,
        most=first.highest(THROUGHPUT),
        first=first.name,
        most_paid=first.highest(COST),
        least=last.highest(THROUGHPUT),
        last=last.name,
        least_paid=last.highest(COST),
    )


def basis(across: Across) -> Shown:
    """Say which rows answer, under which prices, and that no cut-off day is applied."""
    conditions = across.conditions
    return note(
        "Each model is answered by the newest rows at hand, without the cut-off day of a scenario: {medians} of "
        "{all} models by medians over a history of runs, which mix versions of software and have no day of their "
        "own. Prices are {tier} and power is all-in provisioned, both of the vintage {vintage}. At each speed the "
        "best platform of {rivals} stands against {baseline}. A speed is an interactivity, tok/s/user: what a user "
        "gets once an answer has begun.",
        medians=counted(
            sum(all(origin.medians_until for origin in one.library.origins) for one in across.matchups), "models"
        ),
        all=counted(len(across.matchups), "models"),
        tier=TIERS[conditions.price_tier],
        vintage=Quoted(conditions.vintage),
        **across.names,
    )


def cautions(across: Across) -> list[Shown]:
    """Say where the baseline was measured on one node alone, and which models are left out."""
    alone = [matchup.name for matchup in across.matchups if _one_node(matchup)]
    said = []
    if alone:
        said.append(
            warn(
                "Of {models} every row on {baseline} is of one node, none of it disaggregated: there a ratio "
                "compares not only hardware but also what was tried on it.",
                models=Quoted(listing(alone)),
                baseline=across.baseline,
            )
        )
    if across.left_out:
        reasons = "; ".join(f"{model.name}: {reason}" for model, reason in across.left_out)
        said.append(note("Left out: {reasons}.", reasons=Quoted(reasons)))
    return said


def spread(across: Across) -> list[Shown]:
    """Say how far the models differ at the compared speed, and how far on each of the equal terms."""
    at = speed(across).number
    said = [_span(across, "Best against best", [one.at(THROUGHPUT, at) for one in across.matchups])]
    for terms in TERMS:
        ratios = [on_equal_terms(matchup, terms, THROUGHPUT, at) for matchup in across.matchups]
        said.append(_span(across, terms.capitalize(), ratios))
    return [points(sentence for sentence in said if sentence)]


def energy(across: Across) -> Shown | None:
    """Say how far the ratio of energies depends on the boundary of power; None where no boards were measured."""
    at = speed(across).number
    known = [boundaries(matchup, at) for matchup in across.matchups]
    apart = [
        (of[0].ratio, of[-1].ratio, of[-1].name, one.name)
        for of, one in zip(known, across.matchups, strict=True)
        if of[1:]
    ]
    if not apart:
        return None
    boards, provisioned, words, model = max(apart, key=lambda pair: abs(math.log(pair[0].number / pair[1].number)))
    return say(
        "Boards and provisioned power differ most on {model}: the baseline takes {boards} the energy by its boards, "
        "{provisioned} by {words}.",
        model=model,
        boards=boards,
        provisioned=provisioned,
        words=Quoted(words),
    )


def _span(across: Across, words: str, ratios: Sequence[Value | None]) -> Shown | None:
    found = [
        (ratio, matchup.name) for ratio, matchup in zip(ratios, across.matchups, strict=True) if ratio is not None
    ]
    if not found:
        return None
    found.sort(key=lambda pair: pair[0].number)
    (least, last), (most, first) = found[0], found[-1]
    return say(
        "{words}: from {least} ({last}) to {most} ({first}), in {count} models.",
        words=words,
        least=least,
        last=last,
        most=most,
        first=first,
        count=counted(len(found), "models compared so"),
    )


def _one_node(matchup: Matchup) -> bool:
    rows = matchup.library.benchmark
    rows = rows[
        (rows["hardware"] == matchup.conditions.baseline)
        & (rows["input_tokens"] == matchup.conditions.input_tokens)
        & (rows["output_tokens"] == matchup.conditions.output_tokens)
    ]
    return not rows["multinode"].any()
