"""What was chosen or assumed stands in one table, with its unit and its place."""

import pytest

from analysis.errors import InputError
from analysis.library.choices import FILE, choice, choices
from analysis.library.values import Status


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
