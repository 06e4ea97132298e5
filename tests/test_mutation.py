"""The recorded result of mutation testing is whole: every survivor is listed, every share is what it says."""

import csv
from collections import Counter

import pytest

from analysis.places import ROOT
from tests.mutation.result import RESULTS, SURVIVORS, wilson

PACKAGE = ROOT / "analysis"


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# E. B. Wilson's interval without continuity correction, as textbooks tabulate it.
@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(9, 10, 0.5958, 0.9821), (0, 10, 0, 0.2775), (81, 263, 0.2553, 0.3662)]
)
def test_the_interval_of_a_share_is_wilsons(part, whole, low, high):
    assert wilson(part, whole) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize("row", rows(RESULTS), ids=lambda row: row["part"])
def test_every_score_is_the_share_that_was_killed(row):
    killed, tried = int(row["killed"]), int(row["tried"])
    assert tried + int(row["in_messages"]) + int(row["not_judged"]) == int(row["chosen"]) <= int(row["mutants"])
    assert float(row["score"]) == pytest.approx(killed / max(tried, 1), abs=5e-4)
    assert (float(row["low"]), float(row["high"])) == pytest.approx(wilson(killed, tried), abs=5e-4)


def test_every_part_of_the_package_was_tried():
    missing = {path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py") if path.stat().st_size}
    missing -= {row["part"] for row in rows(RESULTS)}
    assert not missing - {"starter"}


def test_the_score_by_the_size_of_parts_is_at_least_95_percent_of_what_makes_a_difference():
    judged = [row for row in rows(RESULTS) if row["tried"] != "0"]
    same = Counter(row["path"].split("/")[1] for row in rows(SURVIVORS) if row["reason"].startswith("no difference"))
    killed = sum(
        int(row["mutants"]) * int(row["killed"]) / (int(row["tried"]) - same[row["part"]])
        for row in judged
        if int(row["tried"]) > same[row["part"]]
    )
    every = sum(int(row["mutants"]) for row in judged if int(row["tried"]) > same[row["part"]])
    assert killed / every >= 0.95


def test_every_survivor_is_listed_with_a_reason():
    survived = {row["part"]: int(row["tried"]) - int(row["killed"]) for row in rows(RESULTS)}
    listed = rows(SURVIVORS)
    assert Counter(row["path"].split("/")[1] for row in listed) == Counter({k: v for k, v in survived.items() if v})
    assert not [row for row in listed if not row["reason"].startswith(("no difference: ", "untested: "))]
