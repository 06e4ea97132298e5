"""What was tried and what survived, as two small tables: `results.csv` and `survivors.csv`."""

import csv
import json
from collections.abc import Iterable
from math import sqrt
from pathlib import Path

FOLDER = Path(__file__).parent
RESULTS, SURVIVORS = FOLDER / "results.csv", FOLDER / "survivors.csv"
PLACE = ("path", "before", "after")
Entry = dict[str, str]


def write(records: Iterable[Path], day: str) -> None:
    """Write both tables anew from the records of runs; a reason that was given stays with its survivor."""
    entries = {path.stem: last(path) for path in sorted(records)}
    rows = [_row(name, found, day) for name, found in entries.items()]
    _save(RESULTS, rows)
    known = {_place(row): row["reason"] for row in _load(SURVIVORS)}
    survivors = [entry for found in entries.values() for entry in found if entry["outcome"] == "survived"]
    kept = [
        {key: str(entry[key]) for key in ("path", "line", "before", "after")}
        | {"reason": known.get(_place(entry), "")}
        for entry in survivors
    ]
    _save(SURVIVORS, sorted(kept, key=lambda row: (row["path"], int(row["line"]), row["after"])))


def last(record: Path) -> list[Entry]:
    """Return the last entry of each mutant in a record."""
    if not record.exists():
        return []
    entries = [json.loads(line) for line in record.read_text().splitlines()]
    return [*{entry["key"]: entry for entry in entries}.values()]


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the 95% interval of a share of which so many out of so many were seen (E. B. Wilson, 1927)."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.959964, part / whole
    middle = share + z * z / (2 * whole)
    spread = z * sqrt(share * (1 - share) / whole + (z / (2 * whole)) ** 2)
    return (middle - spread) / (1 + z * z / whole), (middle + spread) / (1 + z * z / whole)


def _row(name: str, found: list[Entry], day: str) -> Entry:
    count = {word: sum(entry["outcome"] == word for entry in found) for word in ("message", "survived", "unsettled")}
    every = int(found[0].get("of", len(found))) if found else 0
    killed, tried = len(found) - sum(count.values()), len(found) - count["message"] - count["unsettled"]
    low, high = wilson(killed, tried)
    return {
        "target": name, "mutants": str(every), "in_sample": str(len(found)), "in_messages": str(count["message"]),
        "killed": str(killed), "survived": str(count["survived"]), "score": f"{killed / max(tried, 1):.3f}",
        "low": f"{low:.3f}", "high": f"{high:.3f}", "date": day,
    }  # fmt: skip


def _place(row: Entry) -> tuple[str, ...]:
    return tuple(row[key] for key in PLACE)


def _load(path: Path) -> list[Entry]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _save(path: Path, rows: list[Entry]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
