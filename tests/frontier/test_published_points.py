"""Points that others have read off their own curves come out of the shipped rows by the project's method."""

import numpy as np
import pytest

from analysis.frontier.constraints import Constraints
from analysis.frontier.operating import library_curve

SERIES = {
    "gb200 1k": ("gb200", "dynamo-trt", "fp4", "mtp", 1024),
    "b200 1k": ("b200", "dynamo-trt", "fp4", "mtp", 1024),
    "b200 8k": ("b200", "dynamo-trt", "fp4", "mtp", 8192),
    "b200 sglang 8k": ("b200", "dynamo-sglang", "fp4", "mtp", 8192),
    "gb200 8k": ("gb200", "dynamo-trt", "fp4", "mtp", 8192),
    "gb300 8k": ("gb300", "dynamo-trt", "fp4", "mtp", 8192),
}
# SemiAnalysis, "GB200 NVL72 vs B200 Disagg", 2026-05-26 (tok/s/GPU as printed), and AMD, "Win on TCO", 2026-05-27.
THROUGHPUT = [
    ("gb200 1k", 60, 11_017, 0.5),
    ("gb200 1k", 100, 6_781, 0.5),
    ("gb200 1k", 125, 4_130, 0.5),
    ("b200 1k", 125, 941, 0.5),
    ("b200 8k", 129, 3_128, 0.5),
    ("b200 sglang 8k", 129, 1_945, 0.5),
]
# SemiAnalysis, "Vera Rubin NVL72 vs GB200 NVL72?", 2026-07-23: output tok/s per all-in MW at its own kW per GPU.
PER_MEGAWATT = [
    ("gb200 8k", 2.168, {50: 705_543, 100: 558_569, 150: 287_289}),
    ("gb300 8k", 2.553, {50: 707_037, 100: 517_848, 150: 305_023}),
]


@pytest.fixture
def curve(library):
    def of(name):
        hardware, framework, precision, decoding, input_tokens = SERIES[name]
        return library_curve(
            library, hardware, (input_tokens, 1024), precision=precision,
            speculative_decoding=decoding, constraints=Constraints(frameworks=(framework,)),
        )  # fmt: skip

    return of


@pytest.mark.parametrize(("name", "interactivity", "printed", "digit"), THROUGHPUT)
def test_throughput_is_the_one_printed_to_its_last_digit(curve, name, interactivity, printed, digit):
    assert float(curve(name)(interactivity)) == pytest.approx(printed, abs=digit)


@pytest.mark.parametrize(("name", "power", "printed"), PER_MEGAWATT)
def test_output_per_megawatt_is_the_one_printed_within_a_fifth_of_a_percent(curve, name, power, printed):
    speeds = np.array([*printed])
    output = curve(name)(speeds) * 1024 / (8192 + 1024) * 1000 / power
    assert output == pytest.approx([*printed.values()], rel=2e-3)
