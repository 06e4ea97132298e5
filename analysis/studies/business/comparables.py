"""What a brief is held against: what there is of each chip, the history of token prices, and what was said when."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.library.loading.origins import origin_of, read_origins
from analysis.library.loading.snapshots import snapshot_names
from analysis.library.sources import Library, Platform
from analysis.library.terms import Quoted
from analysis.library.values import Status
from analysis.studies.claims.docket import flat
from analysis.studies.claims.judgment import HOLDS, UNCOUNTED, Judgment

_PUBLIC = (Status.MEASURED, Status.MEDIAN)


@dataclass(frozen=True)
class Evidence:
    """What the data hold of a platform.

    Attributes:
        platform: The platform.
        measured: Rows of public runs, of all models.
        supplied: Rows that its own vendor supplied.
        statements: What was printed of it, the newest last, each with its verdict.
    """

    platform: Platform
    measured: int
    supplied: int
    statements: Sequence[Judgment]

    @property
    def kind(self) -> str:
        """Whether it was measured, its rows were supplied, or it is only claimed, in words."""
        if self.measured:
            return "measured"
        if self.supplied:
            return "supplied by its vendor, no public run"
        return "only claimed" if self.statements else "only priced"


@dataclass(frozen=True)
class Publication:
    """A publication whose statements were judged: a dated event that a price may have followed.

    Attributes:
        judgments: On its statements.
    """

    judgments: Sequence[Judgment]

    @property
    def first(self) -> Judgment:
        """The first of them."""
        return self.judgments[0]

    @property
    def holding(self) -> int:
        """How many hold or lie within the repeatability of rows."""
        return sum(judgment.verdict in HOLDS for judgment in self.judgments)

    @property
    def failing(self) -> int:
        """How many were checked and do not hold as printed."""
        return sum(judgment.verdict not in (*HOLDS, *UNCOUNTED) for judgment in self.judgments)


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


def publications(judged: Mapping[str, Sequence[Judgment]]) -> list[Publication]:
    """Return the publications by their day, the oldest first."""
    listed = [Publication(judgments) for judgments in judged.values() if judgments]
    return sorted(listed, key=lambda each: each.first.claim.date)


def printed(judgment: Judgment) -> str:
    """Return a statement with its printed figure and its verdict, in words that a report quotes."""
    claim = judgment.claim
    return Quoted(f"{claim.statement}: {claim.value.show()} ({judgment.words})")
