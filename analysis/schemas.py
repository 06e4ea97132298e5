"""What each table of `data/` must hold: types, units, ranges, allowed words and unique keys.

Which platforms and sources exist is data too: `analysis.sources` checks those references.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

STATUSES = ("measured", "quoted", "third-party", "estimate", "placeholder", "not published")
FRAMEWORKS = ("sglang", "trt", "vllm", "dynamo-sglang", "dynamo-trt", "dynamo-vllm", "mori-sglang", "atom")
PRECISIONS = ("fp8", "fp4")
SPECULATIVE_DECODING = ("none", "mtp")
RATES = ("fp4_dense", "fp4_sparse", "fp8_dense", "fp8_sparse", "bf16_dense")
PRICES = ("price_hyperscaler", "price_neocloud", "price_rental_3yr")


def _text(*, empty: bool = True) -> pa.Column:
    return pa.Column(str, None if empty else pa.Check.str_length(min_value=1, error="some text"))


def _word(*allowed: str) -> pa.Column:
    return pa.Column(str, pa.Check.isin(allowed))


def _number(high: float = 1e12, *, empty: bool = False) -> pa.Column:
    said = f"a number above 0, at most {high:,.0f}"
    return pa.Column(float, pa.Check.in_range(0, high, include_min=False, error=said), nullable=empty)


def _whole(low: int, high: int) -> pa.Column:
    return pa.Column(int, pa.Check.in_range(low, high, error=f"a whole number from {low:,} to {high:,}"))


def _day() -> pa.Column:
    first, last = "2020-01-01", "2040-01-01"
    said = f"a day from {first} to {last}"
    return pa.Column("datetime64[ns]", pa.Check.in_range(pd.Timestamp(first), pd.Timestamp(last), error=said))


def _table(columns: Mapping[str, pa.Column], *key: str, checks: Any = None) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(
        dict(columns), checks=checks, unique=list(key) or None, report_duplicates="exclude_first", strict=True
    )


def _kept_in(units: Mapping[str, tuple[str, ...]]) -> pa.Check:
    allowed = {(parameter, unit) for parameter, kept in units.items() for unit in kept}

    def fits(table: pd.DataFrame) -> pd.Series:
        pairs = zip(table["parameter"], table["unit"], strict=True)
        return pd.Series([pair in allowed for pair in pairs], index=table.index)

    words = [" in ".join(pair) for pair in sorted(allowed)]
    return pa.Check(
        fits,
        error="a parameter in its unit",
        statistics={"columns": ("parameter", "unit"), "allowed_values": words},
    )


_ORIGIN = {"as_of": _day(), "status": _word(*STATUSES), "source": _text(), "note": _text()}
_LENGTHS = {
    "input_tokens": _whole(1, 10_000_000),
    "output_tokens": _whole(1, 10_000_000),
    "concurrency": _whole(1, 1_000_000),
}
_STACK = {
    "hardware": _text(empty=False),
    "framework": _word(*FRAMEWORKS),
    "precision": _word(*PRECISIONS),
    "speculative_decoding": _word(*SPECULATIVE_DECODING),
}
_WORKERS = {
    "tp": _whole(1, 4096),
    "ep": _whole(1, 4096),
    "dp_attention": pa.Column(bool),
    "workers": _whole(0, 4096),
}
_PARALLELISM = {f"{role}_{name}": column for role in ("prefill", "decode") for name, column in _WORKERS.items()}
_CONFIGURATION = {
    **_STACK,
    "disaggregated": pa.Column(bool),
    "multinode": pa.Column(bool),
    **_PARALLELISM,
    "prefill_gpus": _whole(1, 100_000),
    "decode_gpus": _whole(1, 100_000),
    **_LENGTHS,
}

BENCHMARK = _table(
    {
        **_CONFIGURATION,
        "image": _text(),
        "interactivity_median": _number(1e5),
        "interactivity_p99": _number(1e5, empty=True),
        "ttft_median": _number(1e5, empty=True),
        "ttft_p99": _number(1e5, empty=True),
        "tpot_median": _number(1e4, empty=True),
        "latency_median": _number(1e6, empty=True),
        "throughput_per_gpu": _number(1e7),
        "input_throughput_per_prefill_gpu": _number(1e7, empty=True),
        "output_throughput_per_decode_gpu": _number(1e7, empty=True),
        "date": _day(),
        "run_id": _whole(0, 2**62),
    },
    *_CONFIGURATION,
    "date",
    "run_id",
)
TABLES = {
    "platforms": _table(
        {
            "platform": _text(empty=False),
            "name": _text(empty=False),
            "vendor": _text(empty=False),
            "generation": _text(empty=False),
            "system": _text(empty=False),
            "gpus_per_system": _whole(1, 100_000),
            "source": _text(),
        },
        "platform",
    ),
    "sources": _table(
        {
            "id": _text(empty=False),
            "title": _text(empty=False),
            "publisher": _text(empty=False),
            "url": _text(),
            "published": _day(),
            "evidence": _word("measured", "quoted", "third-party", "estimate"),
            "note": _text(),
        },
        "id",
    ),
    "assumptions": _table(
        {
            "vintage": pa.Column(str, pa.Check.str_matches(r"^\d{4}-\d{2}$", error="a month, YYYY-MM")),
            "hardware": _text(empty=False),
            "parameter": _word("provisioned_power", *PRICES),
            "value": _number(1e4),
            "unit": _text(),
            **_ORIGIN,
        },
        "vintage",
        "hardware",
        "parameter",
        checks=_kept_in({"provisioned_power": ("kW",), **dict.fromkeys(PRICES, ("USD/GPU/h",))}),
    ),
    "hardware": _table(
        {
            "hardware": _text(empty=False),
            "parameter": _word(*RATES, "memory", "memory_bandwidth", "chip_power"),
            "value": _number(1e6),
            "unit": _text(),
            **_ORIGIN,
        },
        "hardware",
        "parameter",
        checks=_kept_in(
            {
                **dict.fromkeys(RATES, ("PFLOP/s",)),
                "memory": ("GB",),
                "memory_bandwidth": ("TB/s",),
                "chip_power": ("kW",),
            }
        ),
    ),
    "accuracy": _table(
        {
            **_STACK,
            "task": _text(empty=False),
            "evaluations": _whole(1, 10_000),
            "questions": _whole(1, 10**9),
            "correct": _whole(0, 10**9),
            "first": _day(),
            "last": _day(),
            "accuracy": pa.Column(float, pa.Check.in_range(0, 1, error="a number from 0 to 1")),
            "source": _text(),
        },
        *_STACK,
        "task",
        checks=pa.Check(
            lambda table: table["correct"] <= table["questions"],
            error="at most all questions correct",
            statistics={"columns": ("correct", "questions")},
        ),
    ),
    "market_prices": _table(
        {
            "provider": _text(empty=False),
            "hardware": _text(empty=False),
            "terms": _text(empty=False),
            "value": _number(1e4, empty=True),
            "unit": _word("USD/GPU/h"),
            **_ORIGIN,
        },
        "provider",
        "hardware",
        "terms",
        "as_of",
    ),
    "token_prices": _table(
        {
            "provider": _text(empty=False),
            "model": _text(empty=False),
            "kind": _word("input", "input (cache miss)", "input (cache hit)", "output"),
            "value": _number(1e4),
            "unit": _word("USD/Mtok"),
            "as_of": _day(),
            "interactivity": _number(1e5, empty=True),
            "status": _word(*STATUSES),
            "source": _text(),
            "note": _text(),
        },
        "provider",
        "model",
        "kind",
        "as_of",
    ),
    "operating_costs": _table(
        {
            "parameter": _text(empty=False),
            "subject": _text(empty=False),
            "low": _number(empty=True),
            "value": _number(),
            "high": _number(empty=True),
            "unit": _text(empty=False),
            **_ORIGIN,
        },
        "parameter",
        "subject",
        checks=_kept_in(
            {
                "electricity_price": ("USD/kWh",),
                "pue": ("1",),
                "system_price": ("USD/rack", "USD/server"),
                "capital_per_gpu": ("USD/GPU",),
                "colocation": ("USD/kW/month",),
                "cost_of_capital": ("1/year",),
                "useful_life": ("year",),
                "utilization": ("1",),
            }
        ),
    ),
    "software_gains": _table(
        {
            **_STACK,
            **_LENGTHS,
            "decode_tp": _whole(1, 4096),
            "decode_ep": _whole(1, 4096),
            "first_date": _day(),
            "last_date": _day(),
            "first_throughput": _number(1e7),
            "last_throughput": _number(1e7),
            "first_interactivity": _number(1e5),
            "last_interactivity": _number(1e5),
        }
    ),
}
