"""A printed figure is converted into the unit of its quantity, or refused where it is of another one."""

import pytest

from analysis.comparison.metrics import METRICS, inputs
from analysis.errors import InputError
from analysis.library.quantities import quantity
from analysis.studies.claims.rounding import printed
from analysis.studies.claims.rounding.units import factor

COST, PRICE, SPEED = "cost_per_million_tokens", "price_per_gpu_hour", "throughput_per_gpu"
WATT, FLOPS, JOULE, DOLLAR = "throughput_per_megawatt", "flops_per_dollar", "energy_per_token", "tokens_per_dollar"
CONVERTED = [
    ("$4.20", COST, 4.2), ("420 cents", COST, 4.2), ("420¢", COST, 4.2), ("$4.20 per 1K tokens", COST, 4200),
    ("$4.20 per 1,000 tokens", COST, 4200), ("$4.20 per billion tokens", COST, 0.0042), ("$4.20/MTok", COST, 4.2),
    ("$0.12/1M tokens", COST, 0.12), ("0.42 US cents per 1k tokens", COST, 4.2),
    ("$1.41 per GPU-day", PRICE, 1.41 / 24),
    ("US$1.41/GPU/hr", PRICE, 1.41), ("1.41 dollars an hour", PRICE, 1.41), ("$11.28 per 8 GPUs", PRICE, 1.41),
    ("90", SPEED, 90), ("90 tok/min/GPU", SPEED, 1.5), ("90 TPS", SPEED, 90),
    ("5.4K tokens per minute per GPU", SPEED, 90),
    ("54K tok/s/kW", WATT, 54e6), ("54 tok/s/W", WATT, 54e6), ("2.8M tok/s/MW", WATT, 2.8e6),
    ("2,800 TFLOPS", FLOPS, 2.8), ("2.8 PFLOP/s per USD/h", FLOPS, 2.8), ("2.8 petaFLOPS per dollar", FLOPS, 2.8),
    ("1,730 W", "power_per_gpu", 1.73), ("1.73 kW all-in", "power_per_gpu", 1.73),
    ("1.2 kWh per million tokens", JOULE, 4.32), ("4.32 J/tok", JOULE, 4.32),
    ("0.24M tokens per dollar", DOLLAR, 240e3),
]  # fmt: skip
REFUSED = [
    ("€4.20", COST, "no exchange rate"), ("£4", COST, "no exchange rate"), ("4 euros", COST, "no exchange rate"),
    ("$90", SPEED, "of another quantity"), ("90 tok/s/user", SPEED, "of another quantity"),
    ("$4.20 per GPU-hour", COST, "of another quantity"), ("54K tok/s/GPU", WATT, "of another quantity"),
    ("35x", SPEED, "name the other as the baseline"), ("4.2%", SPEED, "name the other as the baseline"),
    ("$1,015 per month", PRICE, "'month', which is not understood"), ("90 tok/s/rack", SPEED, "'rack', which is not"),
    ("90 furlongs", SPEED, "'furlongs', which is not understood"), ("90 input tok/s/GPU extra", SPEED, "'extra'"),
    ("$4 per dollar", COST, "of another quantity"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key", "number"), CONVERTED)
def test_a_unit_is_converted(text, key, number):
    figure = printed(text)
    size, _ = factor(figure.unit, quantity(key))
    scaled = figure.scaled(size)
    assert scaled.value == pytest.approx(number)
    assert scaled.interval[0] <= scaled.value <= scaled.interval[1]
    assert scaled.step == pytest.approx(size * figure.step)


@pytest.mark.parametrize(("text", "key", "said"), REFUSED)
def test_another_quantity_or_currency_is_refused(text, key, said):
    with pytest.raises(InputError, match=said):
        factor(printed(text).unit, quantity(key))


@pytest.mark.parametrize("text", ["1kk", "1.5 MM", "54Ki", "1.5 mio", "3 lakh"])
def test_magnitudes_of_other_habits_are_refused(text):
    with pytest.raises(InputError, match="expected a unit word"):
        printed(text)


@pytest.mark.parametrize("key", [*METRICS, *inputs()])
def test_a_quantity_is_in_its_own_unit(key):
    assert factor(quantity(key).unit, quantity(key)) == (1.0, "")
    assert factor("", quantity(key)) == (1.0, "")


@pytest.mark.parametrize(
    ("text", "kind"), [("$4.20 per million output tokens", "output"), ("$4.20 per million total tokens", "total")]
)
def test_the_tokens_that_are_named_are_told(text, kind):
    assert factor(printed(text).unit, quantity(COST)) == (1.0, kind)
