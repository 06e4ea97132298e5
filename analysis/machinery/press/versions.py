"""Which code computes here, so that one machine does not mix its results with another's."""

from functools import cache
from importlib.metadata import version as installed

from analysis.errors import WorkError
from analysis.machinery.press.fingerprints import code_hash

PACKAGES = ("numpy", "scipy", "pyarrow")
_SHOWN = 16


class VersionError(WorkError):
    """A worker would compute with other code than the one that asks it."""


@cache
def version() -> str:
    """Return which code computes here: hash of the package and versions of what decides numbers and bytes."""
    return ", ".join([f"code {code_hash()[:_SHOWN]}", *(f"{name} {installed(name)}" for name in PACKAGES)])


def demand(asked: str, here: str) -> None:
    """Refuse to compute for somebody of another version.

    Args:
        asked: The version of the one that asks.
        here: The version that would compute.

    Raises:
        VersionError: They differ; the message names both.
    """
    if asked != here:
        raise VersionError(f"the worker has {here}; allowed is what asks it: {asked}")
