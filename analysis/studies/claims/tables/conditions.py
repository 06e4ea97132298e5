"""Tables of the published figures under other conditions, and of how many statements hold, by whom and where."""

from collections.abc import Iterable, Mapping, Sequence

from analysis import formulas
from analysis.comparison.head_to_head import HeadToHead
from analysis.comparison.metrics import listed, missing, ratio
from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.quantities import Quoted, quantity
from analysis.library.sources import Library
from analysis.library.values import Value, calculate, counted
from analysis.scenario import Parameters
from analysis.studies.claims.cases import changed_verdicts, ratios, recomputed, variants
from analysis.studies.claims.claim import Claim, printed_values
from analysis.studies.claims.docket import failing, flat, publications, who
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.judgment import HOLDS, UNCOUNTED, Judgment, Verdict, count
from analysis.studies.claims.ledgers import DEFAULT

_RATES = {
    "both FP8, dense": ("fp8_dense", "fp8_dense"),
    "FP4 against FP8, both dense": ("fp8_dense", "fp4_dense"),
    "FP4 against FP8, both sparse": ("fp8_sparse", "fp4_sparse"),
}
"""Readings of FLOPS beside the scenario's own: peak rate of the baseline and of the subject."""
_SUPERSEDED = "reproduced or within repeatability when published, and neither under that vintage"


def flops_per_dollar(library: Library, pair: HeadToHead) -> Shown:
    """Return FLOPS per dollar under each reading of which FLOPS are counted, where both platforms have that rate."""
    own = (pair.conditions.baseline_rate, pair.conditions.subject_rate)
    rows = [
        [reading, *map(_kind, rates), *_flops_per_dollar(library, pair, rates)]
        for reading, rates in {"as published, nearest match": own, **_RATES}.items()
        if all(library.has_rate(side.platform.key, rate) for side, rate in zip(pair.sides, rates, strict=True))
    ]
    return table(
        "flops-per-dollar",
        "FLOPS per dollar depends on which FLOPS are counted (PFLOP/s per USD/h).",
        ["Reading", *(f"{name}, kind" for name in pair.names.values()), *pair.names.values(), "Ratio"],
        rows,
    )


def vintages(comparisons: Mapping[str, HeadToHead]) -> Shown:
    """Return the ratios of a comparison under each vintage of prices and power, a metric a row."""
    known = [key for key in listed() if any(key in pair.metrics for pair in comparisons.values())]
    return table(
        "vintages",
        "Ratios under each vintage of the source's assumptions.",
        ["Ratio", *comparisons],
        [[quantity(key).title, *(_ratio(pair, key) for pair in comparisons.values())] for key in known],
    )


def verdicts_by_vintage(
    claims: Sequence[Claim], comparisons: Mapping[str, HeadToHead], published: Evidence
) -> Shown | None:
    """Return the verdicts that are not the same under each vintage; None where all are."""
    changed = changed_verdicts(claims, comparisons.values(), published)
    if not changed:
        return None
    return table(
        "verdicts-by-vintage",
        "Which verdicts a later vintage changes.",
        ["Statement", "Printed", *comparisons],
        [[claim.statement, claim.value, *words] for claim, words in changed],
        note="All other verdicts are the same under each vintage."
        + (f" Superseded: {_SUPERSEDED}." if any(Verdict.SUPERSEDED in words for _, words in changed) else ""),
    )


def under_conditions(library: Library, verdicts: Mapping[str, Sequence[Judgment]], asked: Parameters) -> Shown:
    """Return the printed ratios, their verdicts, and what the data give under conditions that differ in one."""
    judgments = verdicts[DEFAULT]
    words, claims = (
        {judgment.claim.id: judgment.words for judgment in judgments},
        ratios([judgment.claim for judgment in judgments]),
    )
    tried = {name: recomputed(library, claims, conditions) for name, conditions in variants(library, asked).items()}
    rows: list[list[Cell]] = [
        ["Printed", *printed_values(claims)],
        ["Verdict under the published conditions", *(words[claim.id] for claim in claims)],
        *([Quoted(name), *(values.get(claim.id, "–") for claim in claims)] for name, values in tried.items()),
        ["Conditions that give the printed digits", *(_found_again(claim, tried.values()) for claim in claims)],
    ]
    return table(
        "statements",
        "The ratios of {subject} to {baseline} that {publisher} published on {day}, and what the data give for them.",
        ["Conditions", *(quantity(claim.quantity).title for claim in claims)],
        rows,
        note="Each line departs from the published conditions in what it names. Within repeatability: not within the "
        "printed digits, but no further off than repeated runs differ. Cost is of {baseline} over {subject}.",
        subject=library.platform(claims[0].subject).name,
        baseline=library.platform(claims[0].baseline).name,
        publisher=claims[0].value.sources[0].publisher,
        day=claims[0].value.as_of,
    )


def _found_again(claim: Claim, tried: Iterable[Mapping[str, Value | str]]) -> Value:
    """Under how many of the conditions the printed digits are found again."""
    values = [value for found in tried if isinstance(value := found.get(claim.id), Value)]
    again = sum(claim.figure.contains(value.number) for value in values)
    return counted(again, f"conditions under which {claim.id} is found again")


def _ratio(pair: HeadToHead, key: str) -> Cell:
    return (
        pair.ratio(key)
        if key in pair.metrics
        else next(filter(None, (missing(key, side.given) for side in pair.sides)), "–")
    )


def _kind(rate: str) -> str:
    precision, _, sparsity = rate.partition("_")
    return f"{precision.upper()} {sparsity}"


def _flops_per_dollar(library: Library, pair: HeadToHead, rates: tuple[str, str]) -> list[Cell]:
    """The levels of both platforms at a peak rate each, and their ratio."""
    before, after = (
        calculate(
            formulas.flops_per_dollar,
            peak_flops=library.peak_flops(side.platform.key, rate),
            price_per_gpu_hour=side.given["price_per_gpu_hour"],
        )
        for side, rate in zip(pair.sides, rates, strict=True)
    )
    return [before, after, ratio("flops_per_dollar", before, after)]


_HEADS = ("Statements", "Hold", "Do not hold", "Contradict others", "Cannot be checked")
_NOTE = (
    "Hold: reproduced, or no further off than repeated runs of such rows differ. Contradict others: they do not "
    "agree with other figures printed with or about them, whatever the rows say."
)


def by_claimant(judged: Mapping[str, Sequence[Judgment]]) -> Shown:
    """Return how many statements of each claimant hold, the claimant of most statements first."""
    claimants: dict[str, list[Judgment]] = {}
    for judgment in flat(judged):
        claimants.setdefault(who(judgment.claim), []).append(judgment)
    ranked = sorted(claimants.items(), key=lambda pair: -len(pair[1]))
    rows = [[Quoted(name), *_counts(judgments)] for name, judgments in ranked]
    return table(
        "by-claimant", "What became of the statements of each claimant.", ["By whom", *_HEADS], rows, note=_NOTE
    )


def by_publication(judged: Mapping[str, Sequence[Judgment]]) -> Shown:
    """Return how many statements of each publication hold, the oldest first."""
    rows: list[list[Cell]] = []
    for judgments in publications(judged):
        claim = judgments[0].claim
        title = claim.value.sources[0].title
        rows.append([claim.date.isoformat(), Quoted(f"{who(claim)}: {title}"), *_counts(judgments)])
    caption = "What was published when, and what became of its statements."
    return table("publications", caption, ["Day", "By whom, title", *_HEADS], rows, note=_NOTE)


def _counts(judgments: Sequence[Judgment]) -> list[Cell]:
    return [
        counted(len(judgments), "statements"),
        counted(count(judgments, *HOLDS), "statements that hold"),
        counted(failing(judgments), "statements that do not hold"),
        counted(count(judgments, Verdict.CONTRADICTED), "statements that contradict others"),
        counted(count(judgments, *UNCOUNTED), "statements that cannot be checked"),
    ]
