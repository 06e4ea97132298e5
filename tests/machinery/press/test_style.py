"""Tests of accents made readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.machinery.press.style import NIGHT, PAPER, contrast, readable

colors = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colors, st.sampled_from([PAPER, NIGHT]))
def test_every_accent_becomes_readable_text(color: str, background: str) -> None:
    assert contrast(readable(color, background), background) >= 4.5


def test_an_accent_that_is_readable_already_is_left_alone() -> None:
    assert readable("#0b5c7a", PAPER) == "#0b5c7a"


def test_contrast_is_that_of_the_guidelines() -> None:
    # WCAG 2.2: black on white is 21:1; #767676 is the lightest gray that reaches 4.5:1 on white.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") >= 4.5 > contrast("#777777", "#ffffff")


@given(colors, colors)
def test_contrast_does_not_depend_on_the_order(first: str, second: str) -> None:
    assert contrast(first, second) == contrast(second, first)


@pytest.mark.parametrize("color", ["red", "#12345", "#1234567", "#12345g", "", "#123456;}body{display:none"])
def test_what_is_no_color_is_refused_by_name(color: str) -> None:
    with pytest.raises(InputError, match="#rrggbb"):
        readable(color, PAPER)
