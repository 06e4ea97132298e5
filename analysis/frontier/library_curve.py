"""The curve of a platform from the rows of a library, made once for each question."""

from datetime import date
from functools import lru_cache

from analysis.frontier import ANY, PlatformCurve, Words, platform_curve
from analysis.frontier.constraints import Constraints
from analysis.library.sources import Library


@lru_cache(maxsize=256)
def library_curve(
    library: Library,
    hardware: str,
    *,
    input_tokens: int,
    output_tokens: int,
    precision: Words = None,
    speculative_decoding: Words = None,
    as_of: date | str | None = None,
    constraints: Constraints = ANY,
) -> PlatformCurve:
    """Return the throughput of a platform against interactivity; the same object for the same question.

    Arguments and errors are those of `analysis.frontier.platform_curve`; rows and evaluations are the library's.
    """
    return platform_curve(
        library.benchmark,
        hardware,
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        precision=precision,
        speculative_decoding=speculative_decoding,
        as_of=as_of,
        constraints=constraints,
        accuracy=library.tables["accuracy"],
    )
