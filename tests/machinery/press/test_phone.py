"""What a reader with a phone sees of a report: labels that can be read, and a page that does not scroll sideways."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import analysis
from analysis.exhibits.figure import THEME, canvas
from analysis.machinery.press.front import Front, Provenance
from tests.support import browser
from tests.support.press import html
from tests.support.report_notebook import notebook

pytestmark = pytest.mark.skipif(browser.chromium() is None, reason="no Chromium on this system")

LEAST = 9  # px, of a label
SIZE = re.compile(r"""(?:font|label)_?size"?[=:]\s*([\d.]+)|^(?:SIZE|LABEL) = ([\d.]+)""", re.MULTILINE)
SHOWN = """(() => {
  const picture = document.querySelector("figure img"), frame = picture.parentElement;
  const style = getComputedStyle(picture);
  frame.focus();
  return {
    width: picture.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
    scrolls: frame.scrollWidth > frame.clientWidth, focused: document.activeElement === frame,
    page: document.documentElement.scrollWidth,
  };
})()"""
WORD, LINE = "Donaudampfschiffahrt" * 8, "x" * 3000


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Tab]:
    file = tmp_path_factory.mktemp("phone") / "report.html"
    file.write_text(html(notebook(), Front("A comparison"), Provenance(())))
    with browser.tab() as tab:
        tab.resize(390, 844)
        tab.open(file.as_uri())
        yield tab


def smallest_label() -> float:
    """Points of the smallest label that any chart of the project draws."""
    sources = [file.read_text() for file in Path(analysis.__file__).parent.rglob("*.py")]
    written = [float(one or other) for source in sources for one, other in SIZE.findall(source)]
    return min([*written, THEME["font.size"]])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_the_labels_of_the_widest_figure_large_enough(phone: browser.Tab, scheme: str) -> None:
    phone.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    shown = phone.evaluate(SHOWN)
    drawn = 72 * inspect.signature(canvas).parameters["width"].default  # points
    assert smallest_label() * shown["width"] / drawn >= LEAST
    assert shown["scrolls"]
    assert shown["focused"]
    assert shown["page"] == 390


def test_long_words_and_printed_lines_end_on_the_page(phone: browser.Tab, tmp_path: Path) -> None:
    printed = new_code_cell("print(line)", outputs=[new_output("stream", text=f"{LINE}\n")])
    shown = new_notebook(cells=[new_markdown_cell(f"{WORD}\n\n## {WORD}\n\n- {WORD}"), printed])
    front = Front(WORD, WORD, "Betriebsgesellschaft " * 3, confidentiality=WORD)
    file = tmp_path / "long.html"
    file.write_text(html(shown, front, Provenance((("Scenario", WORD),))))
    phone.open(file.as_uri())
    wide = "[...document.querySelectorAll('body, body *')].filter((part) => part.scrollWidth > 390)"
    assert phone.evaluate(f"{wide}.map((part) => part.outerHTML)") == []
    assert phone.evaluate("document.querySelector('pre').scrollWidth <= document.querySelector('pre').clientWidth")
