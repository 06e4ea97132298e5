"""The tables of disaggregated serving, and of serving frameworks: what the rows say of each, and engine by engine."""

from collections.abc import Sequence

from analysis.exhibits.statements import Shown
from analysis.exhibits.tables import records
from analysis.library.values import counted
from analysis.studies.attribution.frameworks import frameworks
from analysis.studies.attribution.gains import Gain
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.study import Study
from analysis.studies.attribution.tables.gains import at_point, row, served


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
