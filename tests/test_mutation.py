"""The recorded result of mutation testing is whole: every survivor is listed, every share is what it says."""

import csv
from collections import Counter

import pytest

from tests.mutation.result import RESULTS, SURVIVORS, wilson


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def target(path: str, targets: list[str]) -> str:
    """The target that a file belongs to."""
    inside = path.removeprefix("analysis/")
    (found,) = [name for name in targets if inside in (name, name.replace("-", "/")) or inside.startswith(f"{name}/")]
    return found


# E. B. Wilson's interval without continuity correction, as textbooks tabulate it.
@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(9, 10, 0.5958, 0.9821), (0, 10, 0, 0.2775), (81, 263, 0.2553, 0.3662)]
)
def test_the_interval_of_a_share_is_wilsons(part, whole, low, high):
    assert wilson(part, whole) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize("row", rows(RESULTS), ids=lambda row: row["target"])
def test_every_score_is_the_share_that_was_killed(row):
    killed, survived = int(row["killed"]), int(row["survived"])
    assert killed + survived + int(row["in_messages"]) == int(row["in_sample"]) <= int(row["mutants"])
    assert float(row["score"]) == pytest.approx(killed / (killed + survived), abs=5e-4)
    assert (float(row["low"]), float(row["high"])) == pytest.approx(wilson(killed, killed + survived), abs=5e-4)


def test_the_score_of_all_that_was_tried_is_at_least_95_percent():
    killed, survived = (sum(int(row[name]) for row in rows(RESULTS)) for name in ("killed", "survived"))
    assert killed / (killed + survived) >= 0.95


def test_every_survivor_is_listed():
    results, survivors = rows(RESULTS), rows(SURVIVORS)
    targets = [row["target"] for row in results]
    counted = Counter(target(row["path"], targets) for row in survivors)
    assert counted == Counter({row["target"]: int(row["survived"]) for row in results if row["survived"] != "0"})
