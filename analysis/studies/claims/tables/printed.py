"""Tables of what was printed: beside what the two rows give, with the verdicts, and with what it implies."""

from collections.abc import Mapping, Sequence

from analysis.comparison.head_to_head import HeadToHead
from analysis.exhibits.statements import Cell, Shown, concluding
from analysis.exhibits.tables import table
from analysis.library.quantities import Quoted, quantity
from analysis.library.sources import TIERS
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.consistency import Joint
from analysis.studies.claims.docket import decides, flat, who
from analysis.studies.claims.implied import Implied, gives
from analysis.studies.claims.judgment import MEANING, UNCOUNTED, Judgment, Verdict, conclusions, count
from analysis.studies.claims.ledgers import DEFAULT
from analysis.studies.claims.verdicts import is_forced


def published_and_recomputed(judgments: Sequence[Judgment], pair: HeadToHead) -> Shown:
    """Return the printed levels and ratios beside those of the measured rows, a metric a row."""
    first_wins = reversed([judged.claim for judged in judgments if judged.verdict != Verdict.NOT_ASKED])
    printed = {(claim.quantity, *sorted((claim.subject, claim.baseline))): claim.value for claim in first_wins}
    baseline, subject = (side.platform.key for side in pair.sides)
    places = [("", baseline), ("", subject), sorted((baseline, subject))]
    rows: list[list[Cell]] = []
    for key in pair.metrics:
        cells: list[Cell] = []
        for place, value in zip(places, (*pair.levels(key), pair.ratio(key)), strict=True):
            cells += [printed.get((key, *place), "not stated"), value] if printed else [value]
        rows.append([quantity(key).label, *cells])
    kinds = (", published", ", recomputed") if printed else ("",)
    heads = [f"{of}{kind}" for of in (*pair.names.values(), "Ratio") for kind in kinds]
    return table(
        "published-and-recomputed",
        "The published table beside the recomputed one, {baseline} and {subject}."
        if printed
        else "What the two measured rows give, {baseline} and {subject}.",
        ["Metric", *heads],
        rows,
        digits=4,
        note="Prices are {tier} as of the vintage {vintage}; tokens are input and output tokens over all GPUs.",
        tier=TIERS[pair.conditions.price_tier],
        vintage=pair.conditions.vintage,
        **pair.names,
    )


def verdicts(judgments: Sequence[Judgment], claims: Sequence[Claim]) -> Shown | None:
    """Return each printed figure with what the data give for it and the verdict; None where none is asked about."""
    asked = [judgment for judgment in judgments if judgment.verdict != Verdict.NOT_ASKED]
    if not asked:
        return None
    words = [f"{word}: {meaning}" for word, meaning in MEANING.items() if count(asked, word)]
    printed = {claim.id: claim for claim in claims}
    forced = [judged.claim for judged in asked if is_forced(printed[judged.claim.id], judged.claim)]
    zeros = " and ".join(f"{{zeros{position}}}" for position in range(len(forced)))
    told = f"Trailing zeros count, except in {zeros}, where the other figures rule it out. " if forced else ""
    shown = table(
        "verdicts",
        "Each published figure, what the data give for it, and the verdict.",
        ["Statement", "Published", "Recomputed", "Off by", "In last digits", "Verdict"],
        [[*_judged(judgment), Quoted(judgment.words)] for judgment in asked],
        digits=4,
        note="Off by: recomputed less printed, as a share and in units of the last significant digit. "
        f"{told}{'; '.join(words)}.",
        **{f"zeros{position}": claim.value for position, claim in enumerate(forced)},
    )
    return concluding(shown, conclusions(DEFAULT, asked))


def docket(judged: Mapping[str, Sequence[Judgment]]) -> list[Shown]:
    """Return every claim of every ledger but the first on a line, the newest first: those judged, then the others."""
    others = {name: judgments for name, judgments in judged.items() if name != DEFAULT}
    listed = sorted(flat(others), key=lambda each: (-each.claim.date.toordinal(), not each.claim.is_ratio))
    known = [judgment for judgment in listed if judgment.verdict not in UNCOUNTED]
    words = [f"{word}: {meaning}" for word, meaning in MEANING.items() if count(known, word)]
    judged_table = table(
        "docket",
        "The docket: what was claimed, what the rows give for it, and what decides.",
        ["Claim", "Printed", "Recomputed", "Off by", "Verdict", "What decides"],
        [
            [
                _who(judgment),
                *_judged(judgment)[1:4],
                Quoted(judgment.words),
                Quoted(decides(judgment, brackets=False)),
            ]
            for judgment in known
        ],
        note="; ".join(words),
    )
    open_table = table(
        "not-checkable",
        "What cannot be checked, and why.",
        ["Claim", "Printed", "Why not"],
        [
            [_who(judgment), judgment.claim.value, Quoted(decides(judgment))]
            for judgment in listed
            if judgment.verdict in UNCOUNTED
        ],
    )
    stated = [conclusion for name, judgments in others.items() for conclusion in conclusions(name, judgments)]
    return [concluding(judged_table, stated), open_table]


def implied(bounds: Sequence[Implied]) -> Shown | None:
    """Return the ends that the printed table leaves each unrounded input; None where it bounds none."""
    if not bounds:
        return None
    return table(
        "implied",
        "What the printed table implies for each unrounded input, and what the data hold.",
        ["Unrounded input", "At least", "At most", "In the data", "Within"],
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
        ["Statement", "Printed", "Would have to reach", "Beyond rounding, in last digits"],
        [[claim.statement, claim.value, *gives(claim, give)] for claim, give in gives_way],
        note="Each line says what that figure would have to be, the others as printed, for this set to agree, and "
        "how far that lies outside of the interval to which the printed figure rounds.",
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


def _who(judgment: Judgment) -> Quoted:
    claim = judgment.claim
    return Quoted(f"{who(claim)}, {claim.value.as_of}: {claim.statement}")


def _judged(judgment: Judgment) -> list[Cell]:
    claim, value, share, difference = judgment.claim, judgment.recomputed, judgment.share, judgment.difference
    return [Quoted(claim.statement), claim.value, value or "no value", share or "–", difference or "–"]
