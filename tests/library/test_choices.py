"""What was chosen or assumed stands in one table, with its unit and its place."""

import pytest

from analysis import formulas
from analysis.errors import InputError
from analysis.exhibits.symbolic import equation_latex
from analysis.library.choices import FILE, choice, choices, define, value
from analysis.library.quantities import QUANTITIES
from analysis.library.values import Status, calculate


def test_a_choice_knows_its_place_and_that_it_was_chosen():
    value = choice("interactivity", "long prompts")
    assert (value.number, value.status, value.quantity.unit) == (50.0, Status.CHOSEN, "tok/s/user")
    assert value.place == f"data/{FILE}, line 7"


def test_an_assumption_taints_what_is_made_from_it():
    assert choice("cache_hit_rate", "session").cautions == {Status.ASSUMED}


def test_several_choices_come_in_their_order():
    assert [value.number for value in choices("interactivity", "agents")] == [75, 100, 125, 150]


def test_a_choice_is_shown_as_it_was_written():
    assert choice("interactivity", "long prompts").show() == "50"
    assert choice("input_tokens", "long prompts").show() == "8,192"
    assert choice("confidence", "accuracy").show(2) == "95%"


def test_what_was_not_chosen_is_refused_with_what_is_near():
    with pytest.raises(InputError, match="did you mean 'interactivity of agents'"):
        choice("interactivity", "agent")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",tok,chosen", ",s,chosen", "a parameter in its unit|did you mean"),
        (",chosen,", ",measured,", "'measured'"),
        ("1024,tok,chosen", "-1,tok,chosen", "-1"),
    ],
)
def test_a_damaged_table_is_refused_with_its_place(data, old, new, message):
    path = data / FILE
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(InputError, match=f"{FILE}.*line 2.*{message}"):
        choice("interactivity", "agents", data)


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


@pytest.fixture
def own():
    before = dict(QUANTITIES)
    yield
    QUANTITIES.clear()
    QUANTITIES.update(before)


def cost_per_answer(cost_per_million_tokens, answer_tokens):
    return cost_per_million_tokens * answer_tokens / 1_000_000


def test_a_quantity_and_a_formula_of_ones_own_compute_show_and_read_as_those_of_the_package(own):
    define("answer_tokens", "tokens of an answer", "tok", style="whole")
    define("cost_per_answer", "cost of an answer", "USD", symbol="C_{a}", style="dollars")
    cost = value(3, "USD/Mtok", source="my run", quantity="cost_per_million_tokens", subject="it")
    length = value(500, "tok", source="my logs", quantity="answer_tokens", subject="it")
    result = calculate(cost_per_answer, cost_per_million_tokens=cost, answer_tokens=length)
    assert result.number == 0.0015
    assert str(result) == "$0.00150 USD"
    assert result.record()["substitution"] == "$3.000 × 500 / 1000000"
    assert equation_latex(cost_per_answer).startswith("C_{a} = ")
    define("answer_tokens", "tokens of an answer", "tok")  # a cell that is run twice


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"key": "two words"}, "allowed is a name that Python allows"),
        ({"key": "power_per_gpu"}, "which is Power per GPU"),
        ({"name": " "}, "name: found nothing"),
        ({"style": "dollar"}, "did you mean 'dollars'"),
    ],
)
def test_a_quantity_that_is_none_is_refused(own, changed, words):
    with pytest.raises(InputError, match=words):
        define(**{"key": "mine", "name": "mine", "unit": "tok", **changed})


def largest(numerator, denominator):
    most = max(numerator, denominator)
    return most + offset  # noqa: F821


def test_a_function_that_is_no_formula_is_refused_with_what_it_must_be(own):
    define("largest", "largest", "")
    length = value(2, "tok", source="my logs")
    with pytest.raises(
        InputError, match=r"largest\(numerator, denominator\): found most, offset; allowed is a function"
    ):
        calculate(largest, numerator=length, denominator=length)
    with pytest.raises(InputError, match="found denominator, most, offset; allowed"):
        calculate(largest, numerator=length)
    with pytest.raises(InputError, match=r"unknown quantity 'cost_per_answer'.*`define` adds one"):
        calculate(cost_per_answer, cost_per_million_tokens=length)
