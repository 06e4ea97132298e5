"""What disaggregated serving gains, and what the rows say of serving frameworks and do not."""

from collections.abc import Sequence

from analysis.exhibits.statements import Shown, answer, note, say, warn
from analysis.library.quantities import listing, plural
from analysis.library.values import counted, some
from analysis.studies.attribution.gains import Gain, ranked
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.software import apart, frameworks
from analysis.studies.attribution.study import Study


def disaggregation(study: Study, point: Point, pairs: Sequence[Gain]) -> Shown:
    """Say what disaggregated serving gains at a point."""
    values = ranked(pairs, point.at.number)
    if not values:
        return answer(
            "At {lengths} and {at} tok/s/user no stack was measured both aggregated and disaggregated.", **point.where
        )
    return say(
        "At {lengths} and {at} tok/s/user, disaggregated serving delivers {least} to {most} as many tokens per GPU "
        f"as aggregated serving, in {{count}} {plural(len(values), 'pair')} with the same platform, engine, "
        "precision and decoding; it is slower in {slower} of them.",
        role="answer",
        finding=point is study.here,
        **point.where,
        least=values[0],
        most=values[-1],
        count=counted(len(values), "pairs with aggregated and disaggregated serving"),
        slower=some(sum(value.number < 1 for value in values), "pairs slower when disaggregated"),
    )


def only_disaggregated(point: Point) -> Shown | None:
    """Say which platforms have no aggregated row; nothing where none is without."""
    rows = point.stacks.rows
    platforms = [
        platform.name
        for platform in point.stacks.platforms
        if rows.loc[rows["hardware"] == platform.key, "disaggregated"].all()
    ]
    if not platforms:
        return None
    return note(
        "{platforms} {verb} measured disaggregated only, so nothing is said of disaggregation there.",
        platforms=listing(platforms),
        verb="was" if len(platforms) == 1 else "were",
    )


def coordinators(study: Study) -> Shown | None:
    """Say that a coordinator cannot be told from disaggregation; nothing where the rows tell them apart."""
    if apart(study.library, study.conditions):
        return None
    return note(
        "Every disaggregated row runs under a coordinator, such as Dynamo, and no aggregated row does: what the "
        "coordinator does and what disaggregation does cannot be told apart."
    )


def without_rows(study: Study) -> list[Shown]:
    """Say of which frameworks nothing is said, since they have no row."""
    point = study.here
    return [
        warn("{name} has no row: nothing is said of it for this model.", name=framework.name)
        for framework in frameworks(study.library, study.conditions, point.stacks, point.at.number)
        if not framework.rows.number
    ]


def engines(point: Point, pairs: Sequence[Gain]) -> Shown | None:
    """Say that no stack was measured with both engines at a point; nothing where some was."""
    if ranked(pairs, point.at.number):
        return None
    return note("No stack was measured with both SGLang and TensorRT-LLM at this point.")
