"""What was tried and what survived, as two small tables: `results.csv` and `survivors.csv`."""

import csv
import json
from collections.abc import Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.mutation.processes import KILLED, SURVIVED, TIMEOUT

if TYPE_CHECKING:  # they need mutmut, which the tables do not
    from tests.mutation.mutants import Mutant
    from tests.mutation.selection import Selection

FOLDER = Path(__file__).parent
RESULTS, SURVIVORS = FOLDER / "results.csv", FOLDER / "survivors.csv"
PLACE = ("path", "before", "after")
Row = dict[str, str]


def write(selected: Sequence["Selection"], found: Mapping[str, str], day: str) -> None:
    """Write both tables anew; a reason that was given stays with its survivor."""
    known = {_place(row): row["reason"] for row in _load(SURVIVORS)}
    _save(RESULTS, [row(one, found, day) for one in selected])
    survivors = [_survivor(mutant) for one in selected for mutant in survived(one, found)]
    _save(SURVIVORS, [survivor | {"reason": known.get(_place(survivor), "")} for survivor in survivors])


def survived(selection: "Selection", found: Mapping[str, str]) -> list["Mutant"]:
    """Return the mutants that no test has noticed; `found` is what happened to each, by its key."""
    return [mutant for mutant in selection.mutants if found.get(mutant.key) == SURVIVED]


def row(selection: "Selection", found: Mapping[str, str], day: str) -> Row:
    """Return what happened to a part, as a row of the table."""
    messages = sum(mutant.message for mutant in selection.mutants)
    killed = sum(found.get(mutant.key) in (KILLED, TIMEOUT) for mutant in selection.mutants)
    tried = killed + len(survived(selection, found))
    low, high = wilson(killed, tried)
    return {
        "part": selection.part, "mutants": str(selection.every), "chosen": str(len(selection.mutants)),
        "in_messages": str(messages), "not_judged": str(len(selection.mutants) - messages - tried),
        "tried": str(tried), "killed": str(killed), "score": f"{killed / max(tried, 1):.3f}",
        "low": f"{low:.3f}", "high": f"{high:.3f}", "date": day,
    }  # fmt: skip


def outcomes(record: Path) -> dict[str, str]:
    """Return the last outcome of each mutant in a record, by its key."""
    return {one["key"]: one["outcome"] for one in lines(record)}


def lines(record: Path) -> list[dict[str, Any]]:
    """Return the lines of a record, none if it is not there."""
    return [json.loads(line) for line in record.read_text().splitlines()] if record.exists() else []


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the 95% interval of a share of which so many out of so many were seen (E. B. Wilson, 1927)."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.959964, part / whole
    middle = share + z * z / (2 * whole)
    spread = z * sqrt(share * (1 - share) / whole + (z / (2 * whole)) ** 2)
    return (middle - spread) / (1 + z * z / whole), (middle + spread) / (1 + z * z / whole)


def _survivor(mutant: "Mutant") -> Row:
    return {"path": mutant.path, "line": str(mutant.lines[0]), "before": mutant.before, "after": mutant.after}


def _place(row: Row) -> tuple[str, ...]:
    return tuple(row[key] for key in PLACE)


def _load(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _save(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0] if rows else ["path"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
