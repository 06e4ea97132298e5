"""Tests of what an output must say of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.machinery.press.names import held, slug


@given(st.text(max_size=20))
def test_a_name_that_is_accepted_stays_in_its_folder(name: str) -> None:
    try:
        accepted = slug({"name": name}, "cell 1")
    except InputError:
        return
    assert accepted == name
    assert accepted[0] not in ".-"
    assert not set(accepted) & set("/\\:\0 \n")


@pytest.mark.parametrize("name", ["comparison", "ledger-mlperf-v5.1", "a_b", "7"])
def test_plain_names_are_accepted(name: str) -> None:
    assert slug({"name": name}, "cell 1") == name


@pytest.mark.parametrize("value", [None, "", "  ", 3, ["a"]])
def test_what_must_be_there_and_is_not_is_named_with_its_place(value: object) -> None:
    with pytest.raises(InputError, match=r"cell 7: .*'alt'"):
        held({"alt": value}, "alt", "cell 7")
