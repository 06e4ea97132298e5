"""What a brief is held against: what there is of each chip, and what was said of it last."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.library.loading.origins import origin_of, read_origins
from analysis.library.loading.snapshots import snapshot_names
from analysis.library.quantities import Quoted
from analysis.library.sources import Library, Platform
from analysis.library.values import Status
from analysis.studies.claims.docket import flat
from analysis.studies.claims.judgment import Judgment

_PUBLIC = (Status.MEASURED, Status.MEDIAN)


@dataclass(frozen=True)
class Evidence:
    """What the data hold of a platform."""

    platform: Platform
    measured: int  # rows of public runs, of all models
    supplied: int  # rows that its own vendor supplied
    statements: Sequence[Judgment]  # what was printed of it, the newest last, each with its verdict

    @property
    def kind(self) -> str:
        """Whether it was measured, its rows were supplied, or it is only claimed, in words."""
        if self.measured:
            return "measured"
        if self.supplied:
            return "supplied by its vendor, no public run"
        return "only claimed" if self.statements else "only priced"


def evidence(library: Library, judged: Mapping[str, Sequence[Judgment]]) -> list[Evidence]:
    """Return what there is of each platform of the data, in the library's order."""
    rows: Counter[tuple[str, bool]] = Counter()
    folder = library.folder / "benchmarks"
    for name in snapshot_names(folder):
        origins = read_origins(folder / f"{name}.yaml").origins
        for index, hardware in enumerate(pd.read_csv(folder / f"{name}.csv", usecols=["hardware"])["hardware"]):
            rows[hardware, origin_of(origins, index).status in _PUBLIC] += 1
    said = flat(judged)
    return [
        Evidence(platform, rows[key, True], rows[key, False], [each for each in said if each.claim.subject == key])
        for key, platform in library.platforms.items()
    ]


def printed(judgment: Judgment) -> str:
    """Return a statement with its printed figure and its verdict, in words that a report quotes."""
    claim = judgment.claim
    return Quoted(f"{claim.statement}: {claim.value.show()} ({judgment.words})")
