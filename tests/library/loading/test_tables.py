"""Every shipped table is what its schema says, and a cell that is not is refused with line, find and allowed."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.library.loading.schemas import BENCHMARK, TABLES
from analysis.library.loading.tables import read_table, validated
from analysis.library.sources import DATA, FILES, SNAPSHOT

BENCHMARK_FILE = f"benchmarks/{SNAPSHOT}.csv"
SCHEMAS = {FILES[name]: schema for name, schema in TABLES.items()} | {BENCHMARK_FILE: BENCHMARK}


@pytest.fixture
def damaged(data):
    """Read a table of which one occurrence of a text is replaced, and return the refusal."""

    def damage(name, old, new):
        path = data / name
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(InputError) as refused:
            read_table(path, SCHEMAS[name])
        message = str(refused.value)
        assert message.startswith(f"{path}, line ")
        assert "\n" not in message
        return message.removeprefix(f"{path}, ")

    return damage


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_shipped_table_is_what_its_schema_says(name):
    table = read_table(DATA / name, SCHEMAS[name])
    assert list(table.columns) == list(SCHEMAS[name].columns)
    assert table.index.equals(pd.RangeIndex(len(table)))


def test_cells_become_numbers_days_and_flags():
    rows = read_table(DATA / BENCHMARK_FILE, BENCHMARK)
    assert len(rows) == 1729
    assert rows["disaggregated"].dtype == bool
    assert rows["concurrency"].dtype == np.int64
    assert rows["throughput_per_gpu"].dtype == np.float64
    assert rows["date"].dtype == "datetime64[ns]"
    assert (rows["image"] == "").any()


def test_a_figure_that_was_not_measured_is_not_a_number(data):
    path = data / BENCHMARK_FILE
    path.write_text(path.read_text().replace("36.481185", "", 1))
    assert read_table(path, BENCHMARK)["interactivity_p99"].isna().tolist() == [True] + [False] * 1728


DAMAGES = [
    ("hardware.csv", "1.979", "abc", "line 2, value: found 'abc', allowed is a number"),
    ("hardware.csv", "1.979", "", "line 2, value: found '', allowed is a number"),
    ("hardware.csv", "1.979", "NaN", "line 2, value: found 'NaN', allowed is a number"),
    ("hardware.csv", "1.979", "NA", "line 2, value: found 'NA', allowed is a number"),
    ("hardware.csv", "1.979", "True", "line 2, value: found 'True', allowed is a number"),
    ("hardware.csv", "1.979", '"1,979"', "line 2, value: found '1,979', allowed is a number"),
    ("hardware.csv", "1.979", "1_979", "line 2, value: found '1_979', allowed is a number"),
    ("hardware.csv", "1.979", "0x10", "line 2, value: found '0x10', allowed is a number"),
    ("hardware.csv", "1.979", "inf", "line 2, value: found inf; allowed is a number above 0, at most 1,000,000"),
    ("hardware.csv", "1.979", "-1.979", "line 2, value: found -1.979; allowed is a number above 0"),
    ("hardware.csv", "1.979", "0", "line 2, value: found 0.0; allowed is a number above 0"),
    ("hardware.csv", "1.979", "1e300", "line 2, value: found 1e+300; allowed is a number above 0, at most 1,000,000"),
    ("assumptions.csv", "1.41", "-1.41", "line 7, value: found -1.41; allowed is a number above 0, at most 10,000"),
    ("hardware.csv", "PFLOP/s", "TFLOP/s", "parameter 'fp8_dense', unit 'TFLOP/s'; did you mean 'fp8_dense in PF"),
    ("assumptions.csv", "USD/GPU/h", "EUR/GPU/h", "unit 'EUR/GPU/h'; did you mean 'price_hyperscaler in USD/GPU/h'?"),
    ("operating_costs.csv", "USD/kWh", "cent/kWh", "line 2: found parameter 'electricity_price', unit 'cent/kWh'; "),
    ("market_prices.csv", "USD/GPU/h", "USD/h", "line 2, unit: found 'USD/h'; did you mean 'USD/GPU/h'?"),
    ("token_prices.csv", "USD/Mtok", "USD/tok", "line 2, unit: found 'USD/tok'; did you mean 'USD/Mtok'?"),
    ("hardware.csv", "fp8_dense", "fp8_danse", "line 2, parameter: found 'fp8_danse'; did you mean 'fp8_dense'?"),
    ("hardware.csv", "quoted", "quotd", "line 2, status: found 'quotd'; did you mean 'quoted'?"),
    ("hardware.csv", "quoted", "", "line 2, status: found ''; allowed: corrected, estimate, measured, "),
    ("hardware.csv", "quoted", "not published", "line 2, status: found 'not published'; allowed: "),
    ("hardware.csv", "nvidia-h200-spec", "", "line 2: found status 'quoted', source ''; allowed is a source, unless"),
    ("market_prices.csv", "6.155", "", "line 2: found value '', status 'quoted'; allowed is a value, or the status"),
    ("market_prices.csv", "on-demand,,", "on-demand,9,", "line 8: found value 9.0, status 'not published'; "),
    ("operating_costs.csv", "0.0737", "0.0973", "line 2: found low 0.0973, value 0.0929, high 0.1729; allowed is a"),
    ("operating_costs.csv", "0.1729", "0.0729", "high 0.0729; allowed is a value between low and high"),
    ("hardware.csv", "2024-11-01", "2024-13-01", "line 2, as_of: found '2024-13-01', allowed is a day, YYYY-MM-DD"),
    ("hardware.csv", "2024-11-01", "01.11.2024", "line 2, as_of: found '01.11.2024', allowed is a day"),
    ("hardware.csv", "2024-11-01", "", "line 2, as_of: found '', allowed is a day"),
    ("hardware.csv", "2024-11-01", "9999-01-01", "line 2, as_of: found '9999-01-01', allowed is a day"),
    ("hardware.csv", "2024-11-01", "0001-01-01", "line 2, as_of: found '0001-01-01', allowed is a day"),
    ("hardware.csv", "2024-11-01", "1999-01-01", "allowed is a day from 2020-01-01 to 2040-01-01"),
    ("hardware.csv", "h200,fp8_sparse", "h200,fp8_dense", "line 3: the key (hardware, parameter) stands here again"),
    ("platforms.csv", "gb300,", "gb200,", "line 7: the key (platform) stands here again"),
    ("sources.csv", "inferencex-rows", "nvidia-tco-2026", "line 3: the key (id) stands here again"),
    ("platforms.csv", "h100,HGX H100", ",HGX H100", "line 2, platform: found ''; allowed is some text"),
    ("platforms.csv", ",72,", ",72.5,", "line 6, gpus_per_system: found '72.5', allowed is a whole number"),
    ("platforms.csv", ",72,", ",0,", "gpus_per_system: found 0; allowed is a whole number from 1 to 100,000"),
    ("platforms.csv", ",72,", f",{10**30},", f"gpus_per_system: found '{10**30}', allowed is a whole number"),
    ("platforms.csv", ",72,", f",{2**63},", f"gpus_per_system: found '{2**63}', allowed is a whole number"),
    (
        "assumptions.csv",
        "2026-04,",
        "April 2026,",
        "line 2, vintage: found 'April 2026'; allowed is a month, YYYY-MM",
    ),
    (BENCHMARK_FILE, "true", "yes", "line 2, disaggregated: found 'yes', allowed is true or false"),
    (
        BENCHMARK_FILE,
        "dynamo-sglang",
        "dynamo sglang",
        "framework: found 'dynamo sglang'; allowed is a word of",
    ),
    (BENCHMARK_FILE, "fp4", "fp5", "line 2, precision: found 'fp5'; "),
    (BENCHMARK_FILE, "48.19106", "-48.19106", "line 2, interactivity_median: found -48.19106; allowed is a number"),
    (BENCHMARK_FILE, "36.481185", "x", "line 2, interactivity_p99: found 'x', allowed is a number or nothing"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), DAMAGES)
def test_a_cell_that_is_not_allowed_is_refused_with_its_place(damaged, name, old, new, said):
    assert said in damaged(name, old, new)


def test_several_faults_of_a_kind_are_counted(data):
    path = data / "hardware.csv"
    path.write_text(path.read_text().replace("quoted", "quotd"))
    with pytest.raises(InputError, match=r"line 2, status: found 'quotd'; .* \(and 26 more like it\)"):
        read_table(path, TABLES["hardware"])


def test_more_correct_answers_than_questions_are_refused(data):
    path = data / "evaluations.csv"
    table = pd.read_csv(path)
    table.loc[3, "correct"] = table.loc[3, "questions"] + 1
    table.to_csv(path, index=False)
    with pytest.raises(
        InputError, match=r"line 5: found correct \d+, questions \d+; allowed is at most all questions"
    ):
        read_table(path, TABLES["evaluations"])


def test_a_table_from_elsewhere_is_checked_by_the_same_rules():
    def check(table):
        return validated(table, TABLES["platforms"], "mine", "row {}".format)

    table = read_table(DATA / "platforms.csv", TABLES["platforms"])
    assert check(table).equals(table)
    with pytest.raises(InputError, match=r"^row 0, gpus_per_system: found -72; allowed is a whole number from 1"):
        check(table.assign(gpus_per_system=-72))
    with pytest.raises(InputError, match=r"^row 4, name: found nan; allowed is a value"):
        check(table.assign(name=table["name"].where(table["platform"] != "gb200")))


def test_a_gpu_s_sparse_rate_is_at_least_its_dense_one_and_narrow_numbers_are_faster():
    table = read_table(DATA / "hardware.csv", TABLES["hardware"])
    rates = table.pivot_table(index="hardware", columns="parameter", values="value")
    for narrow, wide in (("fp4_dense", "fp8_dense"), ("fp8_dense", "bf16_dense"), ("fp8_sparse", "fp8_dense")):
        both = rates[[narrow, wide]].dropna()
        assert len(both) > 0
        assert (both[narrow] > both[wide]).all()


def test_every_platform_of_a_vintage_has_a_power_and_the_same_kinds_of_price():
    table = read_table(DATA / "assumptions.csv", TABLES["assumptions"])
    kinds = table.groupby(["vintage", "hardware"])["parameter"].agg(frozenset)
    assert all("provisioned_power" in known for known in kinds)
    assert all(len({*known}) == 1 for _, known in kinds.groupby("vintage"))
    assert set(table["vintage"]) == {"2026-04", "2026-07", "2026-08", "2026-09"}
