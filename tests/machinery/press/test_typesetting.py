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
from analysis.machinery.press.typesetting import _copy_fonts, face_files, typeset
from tests.support.press import pdf


@settings(max_examples=15)
@given(
    st.text(st.sampled_from("aé≥שα\U0001f600漢字ﷺ\U00013080\u0301\u1ab0ー"), min_size=1, max_size=6).filter(is_plain)
)
def test_no_title_stops_a_page(words):
    assert pdf(new_notebook(), Front(words), Provenance(())).startswith(b"%PDF")


def test_words_are_text_and_no_markup():
    assert pdf(new_notebook(), Front('é #panic() $x$ ] } " \\ @ref <label> // b 漢'), Provenance(()))


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


def test_every_face_is_found_and_fonts_that_lend_signs_stand_behind_them(tmp_path: Path) -> None:
    lender = tmp_path / "Lender.ttf"
    lender.write_bytes(b"font")
    _copy_fonts(tmp_path / "fonts", [lender])
    names = sorted(path.name for path in (tmp_path / "fonts").iterdir())
    assert [name[3:] for name in names] == [*(path.name for path in face_files()), "Lender.ttf"]


def test_a_style_of_a_family_comes_from_one_file_only(tmp_path: Path) -> None:
    _copy_fonts(tmp_path / "fonts", [])
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[tmp_path / "fonts"]
    ).fonts()
    kinds = [(font.family, font.style, font.weight) for font in fonts]
    assert len(set(kinds)) == len(kinds)
    assert {family for family, *_ in kinds} == {"Source Serif Pro", "Source Sans Pro", "DejaVu Sans"}
