"""In how many models, and at which speeds, each of the ratios asked for is met."""

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.choices import choices
from analysis.library.values import Value, counted
from analysis.studies.models.matchups import COST, PER, THROUGHPUT, Across, Matchup

NOWHERE = "nowhere"


def where_met(across: Across) -> Shown:
    """Return between which speeds each model meets each ratio, per GPU and per dollar, and if rows alone tell."""
    asked = choices("ratio", "asked across models", across.library.folder)
    return table(
        "where-met",
        "The slowest and the fastest tok/s/user at which {rivals} gives so many times what {baseline} gives, at "
        "{lengths}.",
        [
            "Ratio", "Model", "Per GPU, from", "To", "By rows alone", "Per dollar, from", "To", "By rows alone",
        ],
        [
            [times, matchup.name, *_ends(matchup, THROUGHPUT, times), *_ends(matchup, COST, times)]
            for times in asked
            for matchup in across.matchups
            if matchup.met(THROUGHPUT, times.number)
        ],
        note="By rows alone: whether the measured rows around some speed put it so high without interpolation. "
        "Between the two speeds the ratio may be lower in places.",
        **across.names,
    )  # fmt: skip


def count(across: Across, key: str, times: Value, *, by_rows: bool = False) -> Value:
    """Return how many models meet a ratio of a metric at some speed."""
    meets = _by_rows if by_rows else Matchup.met
    met = sum(bool(meets(matchup, key, times.number)) for matchup in across.matchups)
    return counted(met, f"models that meet {times.show()} {PER[key]}{' by rows alone' if by_rows else ''}")


def _by_rows(matchup: Matchup, key: str, times: float) -> bool:
    low, _ = matchup.bracket(key, matchup.places)
    return bool((low >= times).any())


def _ends(matchup: Matchup, key: str, times: Value) -> list[Cell]:
    speeds = matchup.met(key, times.number)
    if speeds is None:
        return [NOWHERE, NOWHERE, "no"]
    return [*speeds, "yes" if _by_rows(matchup, key, times.number) else "no"]
