"""Tables of what was printed: beside what the two rows give, with the verdicts, and with what it implies."""

from collections.abc import Sequence

from analysis.comparison.head_to_head import HeadToHead
from analysis.exhibits.statements import Cell, Shown, concluding, table
from analysis.library.quantities import quantity
from analysis.library.sources import TIERS
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.consistency import Joint
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.implied import Implied, gives
from analysis.studies.claims.ledgers import DEFAULT, ledger, names
from analysis.studies.claims.verdicts import MEANING, Judgment, conclusions, count, judge


def published_and_recomputed(judgments: Sequence[Judgment], pair: HeadToHead) -> Shown:
    """Return the printed levels and ratios beside those of the measured rows, a metric a row."""
    first_wins = reversed([judgment.claim for judgment in judgments])
    printed = {(claim.quantity, *sorted((claim.subject, claim.baseline))): claim.value for claim in first_wins}
    baseline, subject = (side.platform.key for side in pair.sides)
    places = [("", baseline), ("", subject), sorted((baseline, subject))]
    rows: list[list[Cell]] = []
    for key in pair.metrics:
        both = zip(places, (*pair.levels(key), pair.ratio(key)), strict=True)
        cells = [cell for place, value in both for cell in (printed.get((key, *place), "not stated"), value)]
        rows.append([quantity(key).label, *cells])
    heads = [f"{of}, {what}" for of in (*pair.names.values(), "Ratio") for what in ("published", "recomputed")]
    return table(
        "published-and-recomputed",
        "The published table beside the recomputed one, {baseline} and {subject}.",
        ["Metric", *heads],
        rows,
        digits=4,
        note="Prices are {tier} as of the vintage {vintage}; tokens are input and output tokens over all GPUs.",
        tier=TIERS[pair.conditions.price_tier],
        vintage=pair.conditions.vintage,
        **pair.names,
    )


def verdicts(judgments: Sequence[Judgment]) -> Shown:
    """Return each printed figure with what the data give for it and the verdict, which the report concludes."""
    words = [f"{word}: {meaning}" for word, meaning in MEANING.items() if count(judgments, word)]
    shown = table(
        "verdicts",
        "Each published figure, what the data give for it, and the verdict.",
        ["Statement", "Published", "Recomputed", "Off by, in last digits", "Verdict"],
        [[*_judged(judgment), judgment.difference or "–", judgment.words] for judgment in judgments],
        digits=4,
        note=f"Off by: recomputed less printed, in units of the last printed digit. {'; '.join(words)}.",
    )
    return concluding(shown, conclusions(DEFAULT, judgments))


def other_ledgers(claims: Sequence[Claim], evidence: Evidence) -> list[Shown]:
    """Return the verdicts on what others published, a table a ledger, all but the one that the claims are of."""
    ledgers = {name: ledger(evidence.library, name) for name in names(evidence.library)}
    return [_of_ledger(name, others, evidence) for name, others in ledgers.items() if others != list(claims)]


def implied(bounds: Sequence[Implied]) -> Shown | None:
    """Return the ends that the printed table leaves each unrounded input; None where it bounds none."""
    if not bounds:
        return None
    return table(
        "implied",
        "What the printed table implies for each unrounded input, and what the data hold.",
        ["Unrounded input", "At least", "At most", "In the data", "Between"],
        [[bound.name, bound.low, bound.high, bound.in_data, "yes" if bound.agrees else "no"] for bound in bounds],
        digits=4,
    )


def conflict(joint: Joint, claims: Sequence[Claim], vintage: str) -> Shown | None:
    """Return a smallest set of printed figures that contradict a vintage's prices and power; None where none does."""
    if not joint.conflict:
        return None
    by_id = {claim.id: claim for claim in claims}
    gives_way = [(by_id[name], give) for name, give in joint.conflict.items()]
    return table(
        "conflict",
        "A smallest set of printed figures that cannot all be true with the prices and power of {vintage}.",
        ["Statement", "Printed", "Would have to reach", "Change, in last digits"],
        [[claim.statement, claim.value, *gives(claim, give)] for claim, give in gives_way],
        note="Each line says how far that figure alone would have to give for this set to agree.",
        vintage=vintage,
    )


def two_rows(pair: HeadToHead) -> Shown:
    """Return what is measured and given of the two rows that the comparison stands on, side by side."""
    rows: dict[str, list[Cell]] = {
        "Serving framework": [side.row["framework"] for side in pair.sides],
        "Precision": [side.row["precision"].upper() for side in pair.sides],
        "Speculative decoding": [side.row["speculative_decoding"].upper() for side in pair.sides],
        "Sequence lengths (ISL/OSL)": [pair.lengths, pair.lengths],
        "GPUs of the deployment": [side.given["gpus"] for side in pair.sides],
        "Prefill GPUs": [side.given.get("prefill_gpus", "shared") for side in pair.sides],
        "Decode GPUs": [side.given.get("decode_gpus", "shared") for side in pair.sides],
        "Requests in flight": [side.given["concurrency"] for side in pair.sides],
        "Interactivity (tok/s/user)": [side.given["interactivity"] for side in pair.sides],
        "Throughput (tok/s/GPU)": [side.given["throughput_per_gpu"] for side in pair.sides],
        "Price (USD/GPU/h)": [side.given["price_per_gpu_hour"] for side in pair.sides],
        "All-in provisioned power (kW/GPU)": [side.given["power_per_gpu"] for side in pair.sides],
        "Measured by": [side.row["publisher"] for side in pair.sides],
        "Measured on": [side.given["throughput_per_gpu"].as_of for side in pair.sides],
        "Doubts of the data check": [side.row["doubts"] or "none" for side in pair.sides],
    }
    heads = ["Row", *pair.names.values()]
    return table("two-rows", "The two measured rows.", heads, [[head, *row] for head, row in rows.items()], digits=5)


def _of_ledger(name: str, claims: Sequence[Claim], evidence: Evidence) -> Shown:
    judgments = judge(claims, evidence)
    shown = table(
        f"ledger-{name}",
        "{publisher}, {day}: {title}.",
        ["Statement", "Printed", "Recomputed", "Verdict", "Remark"],
        [[*_judged(judgment), judgment.words, judgment.remark] for judgment in judgments],
        publisher=claims[0].value.sources[0].publisher,
        title=claims[0].value.sources[0].title,
        day=claims[0].value.as_of,
    )
    return concluding(shown, conclusions(name, judgments))


def _judged(judgment: Judgment) -> list[Cell]:
    return [judgment.claim.statement, judgment.claim.value, judgment.recomputed or "no value"]
