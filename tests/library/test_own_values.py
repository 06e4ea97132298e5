"""A value of one's own is an assumed one that names where it was learned; what it lacks is asked for."""

import pytest

from analysis import formulas
from analysis.errors import InputError
from analysis.library.own_values import value
from analysis.library.values import Status, calculate


def test_a_price_of_ones_own_goes_through_a_formula_and_taints_the_result():
    price = value(1.99, "USD/GPU/h", source="my quote", subject="HGX H100")
    throughput = value(1000, "tok/s/GPU", source="my run", quantity="throughput_per_gpu", subject="HGX H100")
    cost = calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=price, throughput_per_gpu=throughput)
    assert cost.number == pytest.approx(1.99 / 3600 / 1000 * 1e6)
    assert Status.ASSUMED in cost.cautions
    assert {origin.place for origin in cost.inputs.values()} == {"my quote", "my run"}


def test_without_a_quantity_it_is_the_first_that_has_the_unit():
    assert value(1.99, "USD/GPU/h", source="my quote").name == "price per GPU-hour, own figure (own price)"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"unit": "USD/GPU/hour"}, "did you mean 'USD/GPU/h'"),
        ({"quantity": "throughput_per_gpu"}, "quantity: found 'throughput_per_gpu' in USD/GPU/h"),
        ({"source": " "}, "source: found nothing"),
        ({"number": float("nan")}, "allowed is a finite number"),
        ({"number": True}, "allowed is a finite number"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_allowed(given, words):
    asked = {"number": 1.99, "unit": "USD/GPU/h", "source": "my quote", **given}
    with pytest.raises(InputError, match=words):
        value(**asked)
