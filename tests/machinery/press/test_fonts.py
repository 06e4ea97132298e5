"""Tests of the typefaces of a report on paper."""

from pathlib import Path

import typst

from analysis.machinery.press.fonts import FACES, copy_to


def test_every_face_is_found_and_no_other_is_looked_for(tmp_path: Path) -> None:
    copy_to(tmp_path / "fonts")
    assert {path.name for path in (tmp_path / "fonts").iterdir()} == {name for *_, names in FACES for name in names}


def test_a_style_of_a_family_comes_from_one_file_only(tmp_path: Path) -> None:
    copy_to(tmp_path / "fonts")
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[tmp_path / "fonts"]
    ).fonts()
    kinds = [(font.family, font.style, font.weight) for font in fonts]
    assert len(set(kinds)) == len(kinds)
    assert {family for family, *_ in kinds} == {"Source Serif Pro", "Source Sans Pro", "DejaVu Sans"}
