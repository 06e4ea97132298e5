import json

import pandas as pd
import pytest

from analysis.comparison.head_to_head import compare
from analysis.errors import InputError
from analysis.exhibits.export import export
from analysis.scenario import Parameters


@pytest.fixture(scope="module")
def pair(library):
    return compare(library, Parameters())


@pytest.fixture
def table(pair):
    return pair.to_frame()


def test_a_table_holds_levels_ratios_units_and_cautions(table):
    assert table.loc["cost per million tokens", "ratio"] == pytest.approx(34.0755, abs=1e-3)
    assert table.loc["cost per million tokens", "unit"] == "USD/Mtok"
    assert table.loc["price per GPU-hour", "cautions"] == "placeholder"
    assert "wide bracket" in table.loc["cost per million tokens", "cautions"]
    assert table.attrs["units"]["throughput per megawatt"] == "tok/s/MW"


def test_every_assumption_has_a_place_and_a_source_or_says_that_it_is_the_readers_own(table):
    records = table.attrs["assumptions"]
    assert all(record["place"] and record["sources"] for record in records)
    assert len(records) == 8


def test_csv_keeps_the_assumptions_beside_it(table, tmp_path):
    export(table, tmp_path / "a.csv")
    assert pd.read_csv(tmp_path / "a.csv", index_col=0)["ratio"].tolist() == pytest.approx(table["ratio"].tolist())
    kept = pd.read_csv(tmp_path / "a.assumptions.csv")
    assert json.loads(kept["sources"].iloc[0])[0]["id"]


def test_another_ending_is_refused(table, tmp_path):
    with pytest.raises(InputError, match=r"ends in \'\.txt\'; allowed is \.csv"):
        export(table, tmp_path / "a.txt")
    assert list(tmp_path.iterdir()) == []
