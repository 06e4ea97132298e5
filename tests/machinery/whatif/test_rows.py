"""The rows on the page are those of the benchmark, to the last digit, in the order in which they were measured."""

import json

import pandas as pd
import pytest

from analysis.comparison.contenders import LIMITS
from analysis.frontier.limits import COLUMNS
from analysis.frontier.tokens import KINDS, throughput
from analysis.library.sources import load
from analysis.machinery.whatif.rows import kind_key, measured, ranges

MEDIANS = "inferencex-glm-5-medians-2026-07-17"


@pytest.fixture(scope="module")
def held(library):
    return json.loads(json.dumps(measured(library), allow_nan=False))


def test_every_series_of_the_benchmark_is_there_once(library, held):
    columns = ["hardware", "framework", "precision", "speculative_decoding", "input_tokens", "output_tokens"]
    assert len(held["series"]) == len(library.benchmark[columns].drop_duplicates())
    names = [(each["platform"], each["workload"], each["name"]) for each in held["series"]]
    assert len(set(names)) == len(names)
    assert {caution for each in held["series"] for caution in each["cautions"]} == set()


def test_numbers_come_through_json_to_the_last_digit(library, held):
    table = pd.DataFrame(held["columns"])
    rows = library.benchmark.sort_values(["date", "run_id"], kind="stable").reset_index(drop=True)
    columns = {"interactivity": rows["interactivity_median"]}
    columns |= {kind_key(kind): throughput(rows, *kind) for kind in KINDS}
    columns |= {name: rows[COLUMNS[name]] for name in LIMITS}
    for name, column in columns.items():
        pd.testing.assert_series_equal(table[name], column, check_names=False, check_exact=True)
    assert (table["sound"] == (rows["suspect"] == "")).all()
    assert table["day"].is_monotonic_increasing
    assert pd.to_datetime(table["day"], unit="D").tolist() == rows["date"].tolist()


def test_medians_say_so_and_have_no_column_of_what_they_cannot_tell():
    library = load(snapshot=MEDIANS)
    held = measured(library)
    assert {caution for each in held["series"] for caution in each["cautions"]} == {"median-of-runs"}
    assert [name for name in LIMITS if held["columns"][name] is None] == list(LIMITS[1:])


def test_the_slider_reaches_what_was_measured(library):
    rows = library.benchmark[library.benchmark["suspect"] == ""]
    for name, (low, high) in ranges(library).items():
        lengths = [1024 * int(part.removesuffix("k")) for part in name.split("/")]
        own = rows[(rows["input_tokens"] == lengths[0]) & (rows["output_tokens"] == lengths[1])]
        speeds = own["interactivity_median"]
        assert (0 <= speeds.min() - low < 1, 0 <= high - speeds.max() < 1) == (True, True)
