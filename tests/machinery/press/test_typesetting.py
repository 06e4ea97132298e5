"""What can be set on paper is known without a report."""

from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_notebook

from analysis.errors import InputError
from analysis.library.loading.fields import is_plain
from analysis.machinery.press.front import Front, Provenance
from analysis.machinery.press.typesetting import FACES, _copy_fonts, demand, typeset
from tests.support.press import pdf


def can_be_set(words):
    try:
        demand(words, "x")
    except InputError:
        return False
    return True


@settings(max_examples=30)
@given(
    st.text(st.sampled_from("aé≥שα\U0001f600漢字ﷺ\U00013080\u0301\u1ab0ー"), min_size=1, max_size=6).filter(is_plain)
)
def test_a_title_is_refused_before_if_and_only_if_it_could_not_be_set(words):
    try:
        pdf(new_notebook(), Front(words), Provenance(()))
    except InputError:
        assert not can_be_set(words)
    else:
        assert can_be_set(words)


def test_words_are_found_at_any_depth_and_named_by_their_place():
    demand({"a": [1, None, {"b": ("é", True)}], "logo": b"\xff"}, "own")
    with pytest.raises(
        InputError, match=r"^own, a 3, b 2: found '漢'; cannot be set on paper: .* no sign for \"漢\"; "
    ):
        demand({"a": [1, None, {"b": ("é", "漢")}]}, "own")


def test_words_are_text_and_no_markup():
    demand('é #panic() $x$ ] } " \\ @ref <label> // b', "own")


def test_what_is_wrong_with_a_page_is_said_by_typst(tmp_path):
    (tmp_path / "main.typ").write_text("#unknown")
    with pytest.raises(InputError, match=r"^cannot be set on paper: unknown variable: unknown$"):
        typeset(tmp_path)


def test_a_page_is_set_by_the_fonts_beside_it_alone_and_by_no_clock(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(typst, "compile", lambda main, **options: asked.append((main, options)) or b"%PDF")
    assert typeset(tmp_path) == b"%PDF"
    assert asked == [
        (
            tmp_path / "main.typ",
            {
                "root": tmp_path,
                "font_paths": [tmp_path / "fonts"],
                "ignore_system_fonts": True,
                "format": "pdf",
                "pdf_standards": ["ua-1", "a-2a"],
                "timestamp": 0,
            },
        )
    ]
    assert len(list((tmp_path / "fonts").iterdir())) == 14


def test_every_face_is_found_and_no_other_is_looked_for(tmp_path: Path) -> None:
    _copy_fonts(tmp_path / "fonts")
    assert {path.name for path in (tmp_path / "fonts").iterdir()} == {name for *_, names in FACES for name in names}


def test_a_style_of_a_family_comes_from_one_file_only(tmp_path: Path) -> None:
    _copy_fonts(tmp_path / "fonts")
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[tmp_path / "fonts"]
    ).fonts()
    kinds = [(font.family, font.style, font.weight) for font in fonts]
    assert len(set(kinds)) == len(kinds)
    assert {family for family, *_ in kinds} == {"Source Serif Pro", "Source Sans Pro", "DejaVu Sans"}
