"""What each table of `data/` must hold: types, units, ranges, allowed words and unique keys.

Which platforms and sources exist is data too: `analysis.library.sources` checks those references.
"""

import pandera.pandas as pa

from analysis.library.loading.columns import address, day, kept_in, number, table, text, whole, word, written_as

STATUSES = ("measured", "quoted", "third-party", "estimate", "placeholder", "corrected")
ASSUMED = "assumed"
NOT_PUBLISHED = "not published"
PRECISIONS = ("fp8", "fp4", "bf16", "int4")
FRAMEWORKS = ("sglang", "trt", "vllm", "dynamo-sglang", "dynamo-trt", "dynamo-vllm", "mori-sglang", "atom")
"""Those that a report lists first, whether measured or not; rows may name any other."""
SPECULATIVE_DECODING = ("none", "mtp")
"""Those that claims name; rows may name any other."""
STACK_WORD = r"[a-z0-9][a-z0-9.+_-]{0,39}"
"""How a framework and a kind of speculative decoding are named, whichever it is: "dynamo-trt", "eagle3", "none"."""
RATES = ("fp4_dense", "fp4_sparse", "fp8_dense", "fp8_sparse", "bf16_dense")
PRICES = ("price_hyperscaler", "price_neocloud", "price_rental_3yr")
_ORIGIN = {"as_of": day(), "status": word(*STATUSES), "source": text(), "note": text()}
_LENGTHS = {
    "input_tokens": whole(1, 10_000_000),
    "output_tokens": whole(1, 10_000_000),
    "concurrency": whole(1, 1_000_000),
}
_STACK = {
    "hardware": text(empty=False),
    "framework": written_as(STACK_WORD, "a word of small letters, digits and . + _ -"),
    "precision": word(*PRECISIONS),
    "speculative_decoding": written_as(STACK_WORD, "a word of small letters, digits and . + _ -"),
}
_WORKERS = {
    "tp": whole(1, 4096),
    "ep": whole(1, 4096),
    "dp_attention": pa.Column(bool),
    "workers": whole(0, 4096),
}
_PARALLELISM = {f"{role}_{name}": column for role in ("prefill", "decode") for name, column in _WORKERS.items()}
_CONFIGURATION = {
    **_STACK,
    "disaggregated": pa.Column(bool),
    "multinode": pa.Column(bool),
    **_PARALLELISM,
    "prefill_gpus": whole(1, 100_000),
    "decode_gpus": whole(1, 100_000),
    **_LENGTHS,
}

_STATED = {"input_tokens": 10_000_000, "output_tokens": 10_000_000, "concurrency": 1_000_000, "decode_gpus": 100_000}

POWER = ("joules_per_output_token", "average_power")
"""What few sources measure: energy at the GPU boards, in J per output token, and their mean power, in W per GPU."""
OWN = ("fill", "repeats", "throughput_spread", "interactivity_spread")
"""What is told of one's own rows: the share of the nominal lengths that the requests had, of how many repeats a row
is the median, and how far those lie apart, (highest - lowest) / median."""
OPTIONAL = (
    "image",
    "interactivity_p99",
    "ttft_median",
    "ttft_p99",
    "tpot_median",
    "latency_median",
    "input_throughput_per_prefill_gpu",
    "output_throughput_per_decode_gpu",
    *POWER,
    *OWN,
    "run_id",
)
"""Columns that a file of benchmark rows may leave out: none of its rows has them."""

BENCHMARK = table(
    {
        **_CONFIGURATION,
        "image": text(),
        "interactivity_median": number(1e5),
        "interactivity_p99": number(1e5, empty=True),
        "ttft_median": number(1e5, empty=True),
        "ttft_p99": number(1e5, empty=True),
        "tpot_median": number(1e4, empty=True),
        "latency_median": number(1e6, empty=True),
        "throughput_per_gpu": number(1e7),
        "input_throughput_per_prefill_gpu": number(1e7, empty=True),
        "output_throughput_per_decode_gpu": number(1e7, empty=True),
        "joules_per_output_token": number(1e6, empty=True),
        "average_power": number(1e5, empty=True),
        "fill": number(10, empty=True),
        "repeats": number(1e6, empty=True),
        "throughput_spread": number(1e3, low=0.0, empty=True),
        "interactivity_spread": number(1e3, low=0.0, empty=True),
        "date": day(),
        "run_id": whole(0, 2**62),
    },
    *_CONFIGURATION,
    "date",
    "run_id",
    optional=OPTIONAL,
)
TABLES = {
    "platforms": table(
        {
            "platform": text(empty=False),
            "name": text(empty=False),
            "vendor": text(empty=False),
            "generation": text(empty=False),
            "system": text(empty=False),
            "gpus_per_system": whole(1, 100_000),
            "color": pa.Column(str, pa.Check.str_matches(r"^(#[0-9a-f]{6})?$", error="a color, #rrggbb, or nothing")),
            "source": text(),
        },
        "platform",
    ),
    "sources": table(
        {
            "id": text(empty=False),
            "title": text(empty=False),
            "publisher": text(empty=False),
            "url": address(),
            "published": day(),
            "evidence": word("measured", "quoted", "third-party", "estimate"),
            "note": text(),
        },
        "id",
    ),
    "assumptions": table(
        {
            "vintage": pa.Column(str, pa.Check.str_matches(r"^[0-9]{4}-(0[1-9]|1[0-2])$", error="a month, YYYY-MM")),
            "hardware": text(empty=False),
            "parameter": word("provisioned_power", *PRICES),
            "value": number(1e4),
            "unit": text(),
            **_ORIGIN,
        },
        "vintage",
        "hardware",
        "parameter",
        checks=[kept_in({"provisioned_power": ("kW",), **dict.fromkeys(PRICES, ("USD/GPU/h",))})],
    ),
    "hardware": table(
        {
            "hardware": text(empty=False),
            "parameter": word(*RATES, "memory", "memory_bandwidth", "chip_power"),
            "value": number(1e6),
            "unit": text(),
            **_ORIGIN,
        },
        "hardware",
        "parameter",
        checks=[
            kept_in(
                {
                    **dict.fromkeys(RATES, ("PFLOP/s",)),
                    "memory": ("GB",),
                    "memory_bandwidth": ("TB/s",),
                    "chip_power": ("kW",),
                }
            )
        ],
    ),
    "models": table(
        {
            "model": text(empty=False),
            "name": text(empty=False),
            "also": text(),
            "developer": text(empty=False),
            "total_parameters": number(1e6, empty=True),
            "active_parameters": number(1e6, empty=True),
            "parameters_source": text(),
            "snapshot": text(),
            "source": text(),
        },
        "model",
    ),
    "evaluations": table(
        {
            "model": text(empty=False),
            **dict.fromkeys(_STACK, text(empty=False)),
            "task": word("gsm8k"),
            "configuration": whole(0, 10**9),
            "concurrency": _LENGTHS["concurrency"],
            "date": day(),
            "questions": whole(1, 10**6),
            "correct": whole(0, 10**6),
            "run_id": whole(0, 2**62),
            "source": text(),
        },
        "model",
        *_STACK,
        "task",
        "configuration",
        "concurrency",
        "date",
        "run_id",
        checks=[
            pa.Check(
                lambda rows: rows["correct"] <= rows["questions"],
                error="at most all questions correct",
                statistics={"columns": ("correct", "questions")},
            )
        ],
    ),
    "overrides": table(
        {
            "run_id": whole(0, 2**62),
            "hardware": text(empty=False),
            "framework": text(),
            "precision": text(),
            "speculative_decoding": text(),
            **{name: number(high, low=1, empty=True) for name, high in _STATED.items()},
            "column": word("speculative_decoding", "suspect"),
            "from": text(),
            "to": text(empty=False),
            "reason": text(empty=False),
            "evidence": text(empty=False),
            "source": text(empty=False),
        }
    ),
    "market_prices": table(
        {
            "provider": text(empty=False),
            "hardware": text(empty=False),
            "terms": text(empty=False),
            "value": number(1e4, empty=True),
            "unit": word("USD/GPU/h"),
            **_ORIGIN,
            "status": word(*STATUSES, NOT_PUBLISHED),
        },
        "provider",
        "hardware",
        "terms",
        "as_of",
        checks=[
            pa.Check(
                lambda rows: rows["value"].isna() == (rows["status"] == NOT_PUBLISHED),
                error="a value, or the status 'not published'",
                statistics={"columns": ("value", "status")},
            )
        ],
    ),
    "token_prices": table(
        {
            "provider": text(empty=False),
            "model": text(empty=False),
            "kind": word("input", "input (cache miss)", "input (cache hit)", "output"),
            "value": number(1e4),
            "unit": word("USD/Mtok"),
            "as_of": day(),
            "interactivity": number(1e5, empty=True),
            "status": word(*STATUSES),
            "source": text(),
            "note": text(),
        },
        "provider",
        "model",
        "kind",
        "as_of",
    ),
    "operating_costs": table(
        {
            "parameter": text(empty=False),
            "subject": text(empty=False),
            "low": number(low=0.0, empty=True),
            "value": number(low=0.0),
            "high": number(low=0.0, empty=True),
            "unit": text(empty=False),
            **_ORIGIN,
            "status": word(*STATUSES, ASSUMED),
        },
        "parameter",
        "subject",
        checks=[
            kept_in(
                {
                    **dict.fromkeys(("residual_value", "tax_rate", "depreciation_present_value"), ("1",)),
                    **dict.fromkeys(("staff_cost", "software_licenses"), ("USD/GPU/year",)),
                    "support_rate": ("1/year",),
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
            pa.Check(
                lambda rows: ~((rows["low"] > rows["value"]) | (rows["value"] > rows["high"])),
                error="a value between low and high",
                statistics={"columns": ("low", "value", "high")},
            ),
        ],
    ),
    "uncertain_inputs": table(
        {
            "parameter": text(empty=False),
            "of": text(empty=False),
            "distribution": word("triangular", "uniform", "lognormal", "discrete"),
            "shared": pa.Column(bool),
            "low": number(low=0.0, empty=True),
            "high": number(low=0.0, empty=True),
            "unit": text(empty=False),
            **_ORIGIN,
            "status": word(*STATUSES, ASSUMED),
        },
        "parameter",
        "of",
        checks=[
            pa.Check(
                lambda rows: (rows["low"] < rows["high"]) | (rows["low"].isna() & rows["high"].isna()),
                error="low below high, or neither",
                statistics={"columns": ("low", "high")},
            )
        ],
    ),
    "service_levels": table(
        {
            "level": text(empty=False),
            "low": number(1e5),
            "value": number(1e5),
            "high": number(1e5),
            "unit": word("tok/s/user"),
            **_ORIGIN,
        },
        "level",
    ),
    "stated_returns": table(
        {
            "hardware": text(empty=False),
            "parameter": word("system_price", "token_revenue"),
            "value": number(),
            "unit": word("USD"),
            "printed": text(empty=False),
            **_ORIGIN,
        },
        "hardware",
        "parameter",
    ),
    "software_gains": table(
        {
            **_STACK,
            **_LENGTHS,
            "decode_tp": whole(1, 4096),
            "decode_ep": whole(1, 4096),
            "first_date": day(),
            "last_date": day(),
            "first_throughput": number(1e7),
            "last_throughput": number(1e7),
            "first_interactivity": number(1e5),
            "last_interactivity": number(1e5),
        }
    ),
}


STACK = ("hardware", "framework", "precision", "speculative_decoding")
SERIES = (*STACK, "input_tokens", "output_tokens")


ROLES = ("prefill", "decode")


CONFIGURATION = (
    *SERIES,
    "disaggregated",
    "multinode",
    *(f"{role}_{part}" for role in ROLES for part in ("tp", "ep", "dp_attention", "workers", "gpus")),
    "concurrency",
)
