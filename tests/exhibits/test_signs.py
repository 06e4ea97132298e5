"""Signs that fonts lack are lent by the machine's, else Latin letters or boxes; the same every time."""

from pathlib import Path

import matplotlib
import pytest
from matplotlib.text import Text

from analysis.exhibits.figure import _lend_signs, canvas
from analysis.exhibits.signs import BOX, _held, instead, signs

FONTS = Path(matplotlib.get_data_path()) / "fonts/ttf"
FACE, LENDER = FONTS / "DejaVuSans.ttf", FONTS / "STIXGeneral.ttf"
LENT = min(_held(LENDER) - _held(FACE))


@pytest.fixture
def machine(monkeypatch):
    """A machine with these fonts of its own."""
    return lambda *fonts: monkeypatch.setattr("analysis.exhibits.signs._system", lambda: fonts)


def test_what_the_faces_hold_asks_for_nothing(machine):
    machine(LENDER)
    assert signs("é ≥ \u200b\t plain", [FACE]) == signs("", [FACE])


def test_a_font_of_the_machine_lends_what_it_holds_and_letters_stand_for_the_rest(machine):
    machine(FONTS / "none.ttf", LENDER)
    found = signs(f"{LENT} 漢", [FACE])
    assert found.fonts == (LENDER,)
    assert found.instead == {"漢": "Han"}


def test_a_sign_without_letters_is_a_box_and_so_is_every_one_where_boxes_are_wanted():
    assert instead("\U000f0000", "latin") == {"\U000f0000": BOX}
    assert instead("漢", "box") == {"漢": BOX}
    assert BOX in _held(FACE)


def test_a_file_that_is_no_font_lends_nothing(tmp_path):
    (tmp_path / "a.ttf").write_bytes(b"none")
    assert not _held(tmp_path / "a.ttf")


def test_pictures_write_names_in_letters_where_no_font_has_their_signs(machine):
    machine()
    with canvas() as (figure, axes):
        axes.set_title("株式会社 é")
        _lend_signs(figure)
        texts = {text.get_text() for text in figure.findobj(Text)}
    assert "ZhuShiHuiShe é" in texts
