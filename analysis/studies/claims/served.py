"""What a platform delivers at the point that a claim names, from the rows of its day and from those since."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from analysis.errors import InputError
from analysis.frontier import PlatformCurve
from analysis.frontier.constraints import Constraints, series_names
from analysis.frontier.operating import library_curve, throughput_at
from analysis.frontier.tokens import kind_of_throughput
from analysis.library.measurements.formats.inferencex import PUBLISHER
from analysis.library.sources import Library
from analysis.library.terms import counts
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.claims.archive import Archive, was_replaced
from analysis.studies.claims.claim import Claim

NO_ROW = "no row of {platform} serves this point"
REPLACED = "rows of {platform} of that day were replaced since"
MEDIANS = "the rows of {model} are medians over runs, not those of a day"
OTHERS = "the row of {platform} is one of {publisher}, and the statement is about rows of " + PUBLISHER
NOT_YET = "no row of {platform} of that day is here"


@dataclass(frozen=True)
class Served:
    """A platform at a claim's point."""

    value: Value | None  # its throughput from the rows of the day; None where they are not known
    remark: str = ""  # why there is none, empty where there is one
    since: Value | None = None  # the throughput from the rows at hand, where those of the day are not known


def at_point(archive: Archive, platform: str, claim: Claim, role: str, conditions: Parameters) -> Served:
    """Return what a platform delivers at the interactivity and the sequence lengths that a claim states."""
    day, point = claim.day(role), claim.point
    assert point.interactivity is not None
    then, now = archive.until(day), archive.until(None)

    def curve(library: Library, until: date | None) -> PlatformCurve:
        let_in = _every_series(library, platform) if point.lets_suspect_rows_in else ()
        return library_curve(
            library,
            platform,
            input_tokens=point.input_tokens or 0,
            output_tokens=point.output_tokens or 0,
            precision=getattr(point, f"{role}_precision") or None,
            speculative_decoding=getattr(point, f"{role}_speculative_decoding") or None,
            framework=getattr(point, f"{role}_framework") or None,
            as_of=until,
            constraints=Constraints(
                origin=publishers(library),
                minimum_accuracy=conditions.minimum_accuracy,
                suspect_series=(*conditions.suspect_series, *let_in),
            ),
            tokens=point.counted,
        )

    name = now.platform(platform).name
    since_curve = then_curve = None
    with suppress(InputError):
        since_curve = curve(now, None)
        then_curve = curve(then, day)
    if since_curve is None:
        return Served(None, NO_ROW.format(platform=name))
    kinds = counts(now.model, point.input_tokens or 0, point.output_tokens or 0)
    kinds |= {"tokens": kind_of_throughput(point.counted, "all")} if point.tokens not in ("", "total") else {}
    since = throughput_at(now, since_curve, point.interactivity, kinds)
    if any(origin.medians_until for origin in now.origins):
        return Served(None, MEDIANS.format(model=now.model), since)
    if was_replaced(then_curve, since_curve, point.interactivity, day):
        return Served(None, (REPLACED if then_curve else NOT_YET).format(platform=name), since)
    value = then_curve and throughput_at(then, then_curve, point.interactivity, kinds)
    return Served(value) if value else Served(None, NO_ROW.format(platform=name))


def publishers(library: Library) -> tuple[str, ...]:
    """Return whose rows judge a published statement: the benchmark's, and those that vendors supplied to it."""
    supplied = [origin.publisher for origin in library.origins if origin.supplied]
    return tuple(dict.fromkeys([PUBLISHER, *supplied]))


@lru_cache(maxsize=256)
def _every_series(library: Library, platform: str) -> tuple[str, ...]:
    rows = library.benchmark[library.benchmark["hardware"] == platform]
    return tuple(series_names(rows).unique())
