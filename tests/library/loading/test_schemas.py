"""What the tables of `data/` allow: the least and the greatest of each number, words, units, keys and empty cells."""

import numpy as np
import pandas as pd
import pandera.errors
import pandera.pandas as pa
import pytest

from analysis.errors import InputError
from analysis.library.loading import columns
from analysis.library.loading.fields import checked
from analysis.library.loading.schemas import BENCHMARK, TABLES
from analysis.library.loading.tables import validated

SCHEMAS = {"benchmark": BENCHMARK, **TABLES}
TINY, TOKENS, GPUS, WORKERS = 1e-9, (1, 10**7), (1, 100_000), (0, 4096)
DEGREE, SPEED, RATE, AMOUNT = (1, 4096), (TINY, 1e5), (TINY, 1e7), (TINY, 1e12)
LENGTHS = {"input_tokens": TOKENS, "output_tokens": TOKENS, "concurrency": (1, 10**6)}
RANGES = {
    "benchmark": {
        "prefill_tp": DEGREE, "prefill_ep": DEGREE, "prefill_workers": WORKERS, "prefill_gpus": GPUS,
        "decode_tp": DEGREE, "decode_ep": DEGREE, "decode_workers": WORKERS, "decode_gpus": GPUS, **LENGTHS,
        "interactivity_median": SPEED, "interactivity_p99": SPEED, "ttft_median": SPEED, "ttft_p99": SPEED,
        "tpot_median": (TINY, 1e4), "latency_median": (TINY, 1e6), "throughput_per_gpu": RATE,
        "input_throughput_per_prefill_gpu": RATE, "output_throughput_per_decode_gpu": RATE, "run_id": (0, 2**62),
        "joules_per_output_token": (TINY, 1e6), "average_power": SPEED, "fill": (TINY, 10), "repeats": (TINY, 1e6),
        "throughput_spread": (0, 1e3), "interactivity_spread": (0, 1e3),
    },
    "platforms": {"gpus_per_system": GPUS},
    "sources": {},
    "assumptions": {"value": (TINY, 1e4)},
    "hardware": {"value": (TINY, 1e6)},
    "models": {"total_parameters": (TINY, 1e6), "active_parameters": (TINY, 1e6)},
    "evaluations": {
        "configuration": (0, 10**9), "concurrency": (1, 10**6), "questions": (1, 10**6), "correct": (0, 10**6),
        "run_id": (0, 2**62),
    },
    "overrides": {"run_id": (0, 2**62), "decode_gpus": GPUS, **LENGTHS},
    "market_prices": {"value": (TINY, 1e4)},
    "token_prices": {"value": (TINY, 1e4), "interactivity": SPEED},
    "operating_costs": dict.fromkeys(("low", "value", "high"), (0.0, 1e12)),
    "uncertain_inputs": dict.fromkeys(("low", "high"), (0.0, 1e12)),
    "service_levels": {"low": SPEED, "value": SPEED, "high": SPEED},
    "stated_returns": {"value": AMOUNT},
    "software_gains": {
        **LENGTHS, "decode_tp": DEGREE, "decode_ep": DEGREE, "first_throughput": RATE, "last_throughput": RATE,
        "first_interactivity": SPEED, "last_interactivity": SPEED,
    },
}  # fmt: skip
STATUSES = {"measured", "quoted", "third-party", "estimate", "placeholder", "corrected"}
STACK = ("framework", "precision", "speculative_decoding")
PRECISIONS = {"fp8", "fp4", "bf16", "int4"}
PRICES = {"price_hyperscaler", "price_neocloud", "price_rental_3yr"}
PEAKS = {"fp4_dense", "fp4_sparse", "fp8_dense", "fp8_sparse", "bf16_dense"}
WORDS = {
    "benchmark": {"precision": PRECISIONS},
    "platforms": {},
    "sources": {"evidence": {"measured", "quoted", "third-party", "estimate"}},
    "assumptions": {"parameter": {"provisioned_power", *PRICES}, "status": STATUSES},
    "hardware": {"parameter": {"memory", "memory_bandwidth", "chip_power", *PEAKS}, "status": STATUSES},
    "models": {},
    "evaluations": {"task": {"gsm8k"}},
    "overrides": {"column": {"speculative_decoding", "suspect"}},
    "market_prices": {"unit": {"USD/GPU/h"}, "status": {"not published", *STATUSES}},
    "token_prices": {
        "kind": {"input", "input (cache miss)", "input (cache hit)", "output"},
        "unit": {"USD/Mtok"}, "status": STATUSES,
    },
    "operating_costs": {"status": {"assumed", *STATUSES}},
    "uncertain_inputs": {
        "distribution": {"triangular", "uniform", "lognormal", "discrete"}, "status": {"assumed", *STATUSES},
    },
    "service_levels": {"unit": {"tok/s/user"}, "status": STATUSES},
    "stated_returns": {"parameter": {"system_price", "token_revenue"}, "unit": {"USD"}, "status": STATUSES},
    "software_gains": {"precision": PRECISIONS},
}  # fmt: skip
UNITS = {
    "assumptions": {"provisioned_power in kW", *(f"{price} in USD/GPU/h" for price in PRICES)},
    "hardware": {
        "memory in GB", "memory_bandwidth in TB/s", "chip_power in kW", *(f"{peak} in PFLOP/s" for peak in PEAKS),
    },
    "operating_costs": {
        "electricity_price in USD/kWh", "pue in 1", "system_price in USD/rack", "system_price in USD/server",
        "capital_per_gpu in USD/GPU", "colocation in USD/kW/month", "cost_of_capital in 1/year",
        "useful_life in year", "utilization in 1", "residual_value in 1", "tax_rate in 1",
        "depreciation_present_value in 1", "support_rate in 1/year", "staff_cost in USD/GPU/year",
        "software_licenses in USD/GPU/year",
    },
}  # fmt: skip
MAY_BE_EMPTY = {
    "benchmark": {
        "image", "interactivity_p99", "ttft_median", "ttft_p99", "tpot_median", "latency_median",
        "input_throughput_per_prefill_gpu", "output_throughput_per_decode_gpu", "joules_per_output_token",
        "average_power", "fill", "repeats", "throughput_spread", "interactivity_spread",
    },
    "platforms": {"color", "source"},
    "sources": {"url", "note"},
    "assumptions": {"unit", "source", "note"},
    "hardware": {"unit", "source", "note"},
    "models": {"also", "total_parameters", "active_parameters", "parameters_source", "snapshot", "source"},
    "evaluations": {"source"},
    "overrides": {"framework", "precision", "speculative_decoding", "from", "decode_gpus", *LENGTHS},
    "market_prices": {"value", "source", "note"},
    "token_prices": {"interactivity", "source", "note"},
    "operating_costs": {"low", "high", "source", "note"},
    "uncertain_inputs": {"low", "high", "source", "note"},
    "service_levels": {"model", "source", "note"},
    "stated_returns": {"source", "note"},
    "software_gains": set(),
}  # fmt: skip
KEYS = {
    "platforms": ["platform"],
    "sources": ["id"],
    "assumptions": ["vintage", "hardware", "parameter"],
    "hardware": ["hardware", "parameter"],
    "models": ["model"],
    "evaluations": ["model", "hardware", *STACK, "task", "configuration", "concurrency", "date", "run_id"],
    "overrides": None,
    "service_levels": ["level"],
    "market_prices": ["provider", "hardware", "terms", "as_of"],
    "token_prices": ["provider", "model", "kind", "as_of"],
    "operating_costs": ["parameter", "subject"],
    "uncertain_inputs": ["parameter", "of"],
    "stated_returns": ["hardware", "parameter"],
    "software_gains": None,
}


def holds(column, cell):
    try:
        pa.DataFrameSchema({"one": column}).validate(
            pd.DataFrame({"one": pd.Series([cell], dtype=column.dtype.type)})
        )
    except pandera.errors.SchemaError:
        return False
    return True


def statistics(column, name):
    return next((one.statistics[name] for one in column.checks if name in (one.statistics or {})), None)


@pytest.mark.parametrize("name", SCHEMAS)
def test_numbers_reach_from_the_least_to_the_greatest_and_no_further(name):
    found = {one for one, column in SCHEMAS[name].columns.items() if str(column.dtype) in ("int64", "float64")}
    assert found == RANGES[name].keys()
    for one, (low, high) in RANGES[name].items():
        column = SCHEMAS[name].columns[one]
        assert (statistics(column, "min_value"), statistics(column, "max_value")) == (low, high), one
        whole = str(column.dtype) == "int64"
        below, above = (low - 1, high + 1) if whole else (np.nextafter(low, -1), np.nextafter(high, np.inf))
        assert [holds(column, cell) for cell in (below, low, high, above)] == [False, True, True, False], one


@pytest.mark.parametrize("name", SCHEMAS)
def test_words_are_these_and_no_others(name):
    found = {one: statistics(column, "allowed_values") for one, column in SCHEMAS[name].columns.items()}
    assert {one: set(words) for one, words in found.items() if words} == WORDS[name]


@pytest.mark.parametrize("name", SCHEMAS)
def test_parameters_stand_in_their_units(name):
    found = [one.statistics.get("allowed_values") for one in SCHEMAS[name].checks]
    assert [set(one) for one in found if one] == ([UNITS[name]] if name in UNITS else [])


@pytest.mark.parametrize("name", SCHEMAS)
def test_only_these_cells_may_be_empty(name):
    def may_be_empty(column):
        kind = str(column.dtype)
        return holds(column, "") if kind.startswith("str") else column.nullable

    assert {one for one, column in SCHEMAS[name].columns.items() if may_be_empty(column)} == MAY_BE_EMPTY[name]


def test_any_framework_and_any_kind_of_speculative_decoding_has_its_word():
    for one in ("framework", "speculative_decoding"):
        column = BENCHMARK.columns[one]
        assert all(holds(column, word) for word in ("llmd-vllm", "none", "eagle3", "sglang-0.5+a"))
        assert not any(holds(column, word) for word in ("", "TRT", "a b", "=1", "-a", "x" * 41, "mtp\n"))


def test_keys_stand_once():
    assert {name: schema.unique for name, schema in TABLES.items()} == KEYS
    shape = ["hardware", *STACK, "disaggregated", "multinode"]
    workers = [f"{role}_{name}" for role in ("prefill", "decode") for name in ("tp", "ep", "dp_attention", "workers")]
    assert BENCHMARK.unique == [*shape, *workers, "prefill_gpus", "decode_gpus", *LENGTHS, "date", "run_id"]


def test_figures_with_a_status_need_a_source_in_every_table_that_has_both():
    for name, schema in TABLES.items():
        sourced = [check for check in schema.checks if check.statistics.get("columns") == ("status", "source")]
        assert len(sourced) == ({"status", "source"} <= schema.columns.keys()), name


@pytest.mark.parametrize("month", ["2026-00", "2026-13", "2026-1", "26-01", "2026-01-01", " 2026-01"])
def test_a_vintage_is_a_month(month):
    vintage = TABLES["assumptions"].columns["vintage"]
    assert all(holds(vintage, f"2026-{one:02}") for one in range(1, 13))
    assert not holds(vintage, month)


def test_a_column_allows_what_was_asked_of_it_and_no_more():
    assert not columns.number().nullable
    assert columns.number(empty=True).nullable
    assert [holds(columns.number(), cell) for cell in (1e12, 1.1e12)] == [True, False]
    assert holds(columns.text(), "")
    assert not holds(columns.text(empty=False), "")
    for column in (columns.text(), columns.text(empty=False), columns.address()):
        assert not holds(column, "=1+1")
    assert [holds(columns.address(), cell) for cell in ("", "https://example.org/a", "ftp://example.org")] == [
        True, True, False,
    ]  # fmt: skip
    days = [pd.Timestamp(one) for one in ("2019-12-31", "2020-01-01", "2040-01-01", "2040-01-02")]
    assert [holds(columns.day(), one) for one in days] == [False, True, True, False]


def test_a_table_has_its_columns_and_no_others_and_is_named_where_no_row_is_to_blame():
    schema = columns.table({"a": columns.whole(1, 5), "b": columns.text()})
    good = pd.DataFrame({"a": [1], "b": ["x"]}).astype({"b": "str"})
    assert validated(good, schema, "mine", "row {}".format).equals(good)
    with pytest.raises(InputError, match=r"^mine: .*found 'b'"):
        validated(good.drop(columns="b"), schema, "mine", "row {}".format)
    with pytest.raises(InputError, match=r"^mine: .*found 'c'"):
        validated(good.assign(c=1), schema, "mine", "row {}".format)


@pytest.mark.parametrize("key", ["X1", "x", ".a", "XX", "a.b"])
def test_the_path_of_an_entry_is_its_key_as_it_stands(key):
    with pytest.raises(InputError) as refused:
        checked(dict[str, int], {key: "many"}, "file")
    assert str(refused.value).startswith(f"file, {key.lstrip('.')}: found 'many'; must be a valid integer")
    with pytest.raises(InputError, match=r"^file, in all: found 'many'; must be a valid integer"):
        checked(int, "many", "file")
    with pytest.raises(InputError, match=r"^file, \[1\]\.deep: found 'x'; .*\(and 1 more\)$"):
        checked(list[dict[str, int]], [{}, {"deep": "x", "deeper": "y"}], "file")
