"""The tables of disaggregated serving, and of serving frameworks: what the rows say of each, and engine by engine."""

from collections.abc import Sequence

from analysis.exhibits.statements import Cell, Shown, table
from analysis.library.values import counted
from analysis.studies.attribution.frameworks import Framework, frameworks
from analysis.studies.attribution.gains import Gain
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.study import Study
from analysis.studies.attribution.tables.gains import at_point, row, served

COLUMNS = ["Framework", "Rows", "Platforms", "Precision", "MTP", "Disaggregated", "Fastest on"]


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
    known = frameworks(study.library, study.conditions, point.stacks, point.at.number)
    return table(
        "frameworks",
        "Serving frameworks in the rows until {as_of}, all sequence lengths.",
        COLUMNS,
        [_row(framework) for framework in known],
        note="Fastest on: of the {all} platforms measured at {lengths}, those whose best stack at {at} tok/s/user "
        "contains it.",
        as_of=study.conditions.as_of.isoformat(),
        all=counted(len(point.stacks.platforms), "platforms measured"),
        **point.where,
    )


def _row(framework: Framework) -> list[Cell]:
    return [
        framework.name,
        framework.rows,
        ", ".join(framework.platforms) or "none",
        ", ".join(framework.precisions) or "–",
        "yes" if framework.speculative_decoding else "no",
        framework.disaggregated,
        framework.fastest,
    ]
