"""The tables of what one change of a serving stack gains, pair by pair, what it does to accuracy, by framework."""

from collections.abc import Sequence

from analysis.comparison.proportions import MEANING, Finding
from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import records, table
from analysis.library.values import counted
from analysis.studies.attribution.accuracy import Difference
from analysis.studies.attribution.gains import Gain
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.software import frameworks
from analysis.studies.attribution.study import Study


def precision(study: Study, point: Point, pairs: Sequence[Gain]) -> Shown | None:
    """Return what FP4 gains over FP8 at a point, on the platforms compared and where least and most; None without."""
    sound = [gain for gain in served(pairs, point) if not gain.is_suspect(study.suspects)]
    ends = {id(end(sound, key=lambda gain: float(gain(point.at.number)))) for end in (min, max)} if sound else set()
    told = [gain for gain in served(pairs, point) if gain.platform.key in study.sides or id(gain) in ends]
    return at_point(
        f"fp4-gain-{point.name}",
        "FP4 over FP8 at {lengths} and {at} tok/s/user, on the platforms compared and where it gains least and most.",
        ["FP8 (tok/s/GPU)", "FP4 (tok/s/GPU)", "Gain", *_remarked(study, told)],
        [[*row(gain, point), *_remark(study, gain, told)] for gain in told],
        point,
    )


def decoding(study: Study, point: Point, pairs: Sequence[Gain]) -> Shown | None:
    """Return what MTP gains on the platforms compared, and how far each stack reaches; None without any."""
    told = [gain for gain in pairs if gain.platform.key in study.sides]
    return at_point(
        f"mtp-gain-{point.name}",
        "MTP on the platforms compared, at {lengths} and {at} tok/s/user, and how far each stack reaches.",
        [
            *("No MTP (tok/s/GPU)", "MTP (tok/s/GPU)", "Gain"),
            *("Reach without (tok/s/user)", "Reach with (tok/s/user)", *_remarked(study, told)),
        ],
        [[*row(gain, point), *gain.reach, *_remark(study, gain, told)] for gain in told],
        point,
    )


def precision_accuracy(study: Study, differences: Sequence[Difference]) -> Shown | None:
    """Return the accuracy in FP8 and FP4 of the platforms compared and where a difference is shown; None without."""
    told = [
        difference
        for difference in differences
        if difference.hardware in study.sides or difference.finding in (Finding.LOWER, Finding.HIGHER, Finding.APART)
    ]
    if not told:
        return None
    return table(
        "fp4-accuracy-compared",
        "Accuracy on GSM8K, FP4 against FP8, on the platforms compared and wherever a difference is shown.",
        [
            *("Platform", "Framework", "Decoding", "FP8", "FP4"),
            *("Difference (percentage points)", "Low", "High", "Finding"),
        ],
        [
            [
                study.library.platform(difference.hardware).name,
                difference.framework,
                "MTP" if difference.rest == "mtp" else "no MTP",
                *difference.ends,
                *_interval(difference),
                str(difference.finding),
            ]
            for difference in told
        ],
        digits=3,
        note="; ".join(f"{finding}: {meaning}" for finding, meaning in MEANING.items()) + ". Where evaluations "
        "disagree, the lowest share is shown.",
    )


def at_point(
    name: str, caption: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], point: Point
) -> Shown | None:
    """Return a table of pairs of stacks at a point; None without rows."""
    if not rows:
        return None
    return table(name, caption, ["Platform", "The same on both sides", *columns], rows, **point.where)


def served(pairs: Sequence[Gain], point: Point) -> list[Gain]:
    """Return the pairs of which both stacks serve a point."""
    return [gain for gain in pairs if gain.value(point.at.number)]


def row(gain: Gain, point: Point) -> list[Cell]:
    """Return a pair with its throughputs and what the change gains, or that it opens the point."""
    before, after = gain.levels(point.at.number)
    no_ratio = "opens" if after else "–"
    return [
        gain.platform.name,
        gain.common,
        *(level or "not served" for level in (before, after)),
        gain.value(point.at.number) or no_ratio,
    ]


def _interval(difference: Difference) -> list[Cell]:
    """The difference with its interval, where there is one."""
    if difference.finding is Finding.APART:
        return ["–", "–", "–"]
    return [difference.value, difference.low, difference.high]


def _remarked(study: Study, told: Sequence[Gain]) -> list[str]:
    """The head of the column of remarks, where there is any."""
    return ["Remark"] if any(gain.is_suspect(study.suspects) for gain in told) else []


def _remark(study: Study, gain: Gain, told: Sequence[Gain]) -> list[Cell]:
    return ["suspect accuracy" if gain.is_suspect(study.suspects) else "" for _ in _remarked(study, told)]


def disaggregation(point: Point, pairs: Sequence[Gain]) -> Shown | None:
    """Return what disaggregated serving gains at a point; None where no pair serves it."""
    return at_point(
        f"disaggregated-{point.name}",
        "Disaggregated over aggregated serving at {lengths} and {at} tok/s/user.",
        ["Aggregated (tok/s/GPU)", "Disaggregated (tok/s/GPU)", "Gain"],
        [row(gain, point) for gain in served(pairs, point)],
        point,
    )


def engines(point: Point, pairs: Sequence[Gain]) -> Shown | None:
    """Return what SGLang gains over TensorRT-LLM at a point; None where no pair serves it."""
    return at_point(
        "engines",
        "SGLang over TensorRT-LLM at {lengths} and {at} tok/s/user, all else equal.",
        ["TensorRT-LLM (tok/s/GPU)", "SGLang (tok/s/GPU)", "Ratio"],
        [row(gain, point) for gain in served(pairs, point)],
        point,
    )


def by_framework(study: Study) -> Shown:
    """Return what the rows say of each serving framework that the benchmark knows, those without a row included."""
    point = study.here
    return records(
        "frameworks",
        "Serving frameworks in the rows until {as_of}, all sequence lengths.",
        [
            {
                "Framework": framework.name,
                "Rows": framework.rows,
                "Platforms": ", ".join(framework.platforms) or "none",
                "Precision": ", ".join(framework.precisions) or "–",
                "MTP": ("yes" if framework.speculative_decoding else "no") if framework.rows.number else "–",
                "Disaggregated": framework.disaggregated,
                "Fastest on": framework.fastest,
            }
            for framework in frameworks(study.library, study.conditions, point.stacks, point.at.number)
        ],
        note="A row counts for each framework in its stack: for an engine and for what coordinates it. Fastest on: "
        "of the {all} platforms measured at {lengths}, on how many the best stack at {at} tok/s/user contains it.",
        as_of=study.conditions.as_of.isoformat(),
        all=counted(len(point.stacks.platforms), "platforms measured"),
        **point.where,
    )
