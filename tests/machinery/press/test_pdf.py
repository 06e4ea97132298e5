"""Tests of the PDF of a report."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import matplotlib
import pypdfium2
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from analysis.errors import InputError
from analysis.exhibits.signs import _held
from analysis.machinery.press.front import Front, Logo, Provenance
from analysis.machinery.press.pdf import text
from analysis.machinery.press.typesetting import face_files
from tests.machinery.press.test_html import FRONT, HOSTILE, MADE_FROM
from tests.support.press import derivations, pdf, register
from tests.support.report_notebook import PLATFORMS, code, display, equation, notebook, table


@cache
def content() -> bytes:
    return pdf(notebook(), FRONT, MADE_FROM)


@cache
def derived() -> str:
    return squeezed(text(derivations(notebook(), FRONT, MADE_FROM)))


@cache
def pages() -> list[str]:
    file = pypdfium2.PdfDocument(content())
    return [page.get_textpage().get_text_bounded() for page in file]


def of(*markdown: str) -> str:
    return joined(pdf(new_notebook(cells=[new_markdown_cell(one) for one in markdown]), FRONT, MADE_FROM))


def joined(content: bytes) -> str:
    return re.sub(r"\s+", " ", text(content).replace("\n", " "))


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def test_the_same_notebook_gives_the_same_bytes() -> None:
    assert pdf(notebook(), FRONT, MADE_FROM) == content()


def test_several_threads_read_files_at_once() -> None:
    with ThreadPoolExecutor(4) as executor:
        assert set(executor.map(text, [content()] * 40)) == {text(content())}


def test_the_file_declares_universal_accessibility_and_archiving() -> None:
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content()
    assert b"<pdfaid:part>2</pdfaid:part>" in content()
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content()


def test_the_file_names_title_and_authors_and_no_clock() -> None:
    about = pypdfium2.PdfDocument(content()).get_metadata_dict()
    assert about["Title"] == FRONT.title
    assert all(author in about["Author"] for author in FRONT.authors)
    assert about["CreationDate"].startswith("D:20260415000000")


def test_the_first_page_has_title_and_answer() -> None:
    words = squeezed(pages()[0])
    for said in (FRONT.title, FRONT.subtitle, FRONT.organization, FRONT.date, "For all", FRONT.disclaimer):
        assert squeezed(said) in words
    assert squeezed("A million tokens cost $4.205 on HGX H200") in words


def test_pages_are_numbered_out_of_their_total_and_headed() -> None:
    for number, page in enumerate(pages(), start=1):
        assert f"page {number} of {len(pages())}" in page
        assert number == 1 or f"{FRONT.title} {FRONT.confidentiality}" in page


def test_bookmarks_are_the_headings() -> None:
    file = pypdfium2.PdfDocument(content())
    titles = [mark.get_title() for mark in file.get_toc()]
    assert titles[:3] == ["1 The answer", "2 Where the inputs come from", "2.1 Under other loads"]
    assert titles[-3:][1:] == ["Sources", "About this report"]


def test_a_long_table_repeats_its_head_on_each_page() -> None:
    head = "Throughput in light load Throughput in even load Throughput in mixed load"
    heads = [number for number, page in enumerate(pages()) if squeezed(f"Setup {head}") in squeezed(page)]
    assert len(heads) >= 2


def test_a_row_is_never_divided() -> None:
    long = "word " * 60
    head = "<caption>c</caption><thead><tr><th>a</th><th>b</th></tr></thead>"
    rows = "".join(f"<tr><th scope='row'>Row</th><td>{long}end</td></tr>" for _ in range(40))
    output = display(
        "table", "text/html", f"<table>{head}{rows}</table>",
        name="a",
    )  # fmt: skip
    file = pypdfium2.PdfDocument(pdf(new_notebook(cells=[code("", output)]), FRONT, MADE_FROM))
    found = [page.get_textpage().get_text_bounded() for page in file]
    assert sum("Row" in page for page in found) > 1
    assert all(page.count("Row") == page.count("end") for page in found)


def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    for lines in range(30, 46):
        filler = "\n\n".join(["Line."] * lines)
        file = pypdfium2.PdfDocument(
            pdf(
                new_notebook(cells=[new_markdown_cell(f"## A\n\n{filler}\n\n## Zebra\n\nFollowing.")]),
                FRONT,
                MADE_FROM,
            )
        )
        found = [page.get_textpage().get_text_bounded() for page in file]
        holding = [page for page in found if re.search(r"^2 Zebra\s*$", page, re.MULTILINE)]
        assert all("Following." in page for page in holding)
        assert holding


def test_each_number_carries_the_position_of_its_entry_where_derivations_are_printed() -> None:
    words = squeezed(text(pdf(notebook(), FRONT, MADE_FROM, positions=True)))
    for entry in register(notebook()).values():
        if entry.shown and not entry.cautions and entry.status == "derived":
            assert squeezed(f"{entry.text}[{entry.position}]") in words or "p[" in words
        assert squeezed(f"[{entry.position}]{entry.text}") in derived()


def test_the_trail_leads_from_a_number_to_its_place_in_the_data() -> None:
    entries = register(notebook())
    cost = next(entry for entry in entries.values() if entry.formula)
    words = derived()
    inputs = ", ".join(f"[{entries[one].position}]" for one in cost.inputs)
    assert squeezed(f"{cost.formula} = {cost.substitution} from {inputs}") in words
    speed = entries[cost.inputs[1]]
    assert squeezed(f"[{speed.position}] {speed.text} {speed.unit} {speed.name}") in words
    assert squeezed(speed.place) in words
    assert squeezed("https://example.org/rows") in words


def test_derivations_lead_to_one_another_and_to_sources() -> None:
    inputs = sum(len(entry.inputs) + len(entry.sources) for entry in register(notebook()).values())
    assert derivations(notebook(), FRONT, MADE_FROM).count(b"/Subtype/Link") >= inputs > 0


def test_what_the_report_says_of_itself_appears_as_text() -> None:
    front = Front(
        *[HOSTILE] * 3, (HOSTILE,), "2026-04-15", HOSTILE, HOSTILE, disclaimer=HOSTILE, attribution=(HOSTILE,)
    )
    words = squeezed(text(pdf(new_notebook(), front, Provenance(((HOSTILE, HOSTILE),)))))
    assert words.count(squeezed(HOSTILE)) >= 8


def test_what_is_typed_in_a_notebook_is_never_run_as_typst() -> None:
    words = of(
        '#panic("a") #read("/etc/passwd") \\#sys $x$ @label <label> `#eval("1")` "#" /* a */ // b\n\n= Not a heading'
    )
    assert "#panic(“a”) #read(“/etc/passwd”) #sys" in words
    assert '#eval("1")' in words
    assert "/* a */ // b" in words


def test_numbers_and_captions_of_displays_are_never_run_as_typst() -> None:
    output = display("text", "text/html", "<p>#panic(1) [a] $x$ @b \\ _c_ *d* ~ = - + / `e`</p>")
    words = joined(pdf(new_notebook(cells=[code("", output)]), FRONT, MADE_FROM))
    assert "#panic(1) [a] $x$ @b \\ _c_ *d* ~ = - + / `e`" in words


def test_alternative_text_holds_any_sign() -> None:
    made = new_notebook(cells=[code("", equation("a", "x = y", 'x "is" y \\ #panic() $z$ {} é'))])
    assert b"pdfuaid" in pdf(made, FRONT, MADE_FROM)


def test_signs_of_the_field_are_set_as_they_are() -> None:
    words = "≥ ≤ ≈ × − ± → ✓ ✗ Δ μ σ ′ € £ ½ ² Ⅷ é ß ł"
    assert words in of(words)
    assert "Caution" not in of(words)


@pytest.fixture
def bare_machine(monkeypatch):
    """A machine without fonts of its own."""
    monkeypatch.setattr("analysis.exhibits.signs._system", tuple)


def paged(front: Front) -> str:
    return pypdfium2.PdfDocument(pdf(new_notebook(), front, MADE_FROM))[0].get_textpage().get_text_bounded()


def test_signs_that_no_font_has_are_set_in_latin_letters_with_a_caution(bare_machine) -> None:
    words = paged(Front("株式会社クラウド", organization="삼성전자"))
    assert "ZhuShiHuiShekuraudo" in words
    assert "SamSeongJeonJa" in words
    assert "Caution: words in a script that no font here holds are set in Latin letters." in words


def test_they_are_boxes_where_the_reader_wants_boxes(bare_machine) -> None:
    words = paged(Front("株式会社", missing_signs="box"))
    assert "□□□□" in words
    assert "are set as boxes" in words


def test_a_font_of_the_machine_lends_its_signs(monkeypatch) -> None:
    """The sign is one that the faces lack and a font of matplotlib's holds."""
    lender = Path(matplotlib.get_data_path()) / "fonts/ttf/STIXGeneral.ttf"
    sign = min(_held(lender) - frozenset().union(*map(_held, face_files())))
    monkeypatch.setattr("analysis.exhibits.signs._system", lambda: (lender,))
    made = pdf(new_notebook(), Front(f"A {sign} B"), MADE_FROM)
    assert "Caution" not in text(made)
    assert made == pdf(new_notebook(), Front(f"A {sign} B"), MADE_FROM)


def test_letter_is_a_size_of_paper() -> None:
    sizes = {
        paper: pypdfium2.PdfDocument(pdf(new_notebook(), Front("T", paper=paper), MADE_FROM))[0].get_size()
        for paper in ("a4", "letter")
    }
    assert sizes["letter"] == (612, 792)
    assert sizes["a4"] == pytest.approx((595.28, 841.89), abs=0.01)


def test_a_file_without_author_and_organization_names_what_wrote_it() -> None:
    fronts = {Front("T"): "cost-per-token", Front("T", organization="O"): "O", Front("T", authors=("A",)): "A"}
    for front, author in fronts.items():
        made = pypdfium2.PdfDocument(pdf(new_notebook(), front, MADE_FROM))
        assert made.get_metadata_value("Author") == author


def test_the_running_head_is_one_line_that_keeps_the_classification_whole() -> None:
    secret = "VERTRAULICH / CONFIDENTIAL – nur für den internen Gebrauch der Abteilung Einkauf"
    long = new_markdown_cell("\n\n".join(["word " * 400] * 3))
    made = pdf(new_notebook(cells=[long]), Front("A very long title " * 9, confidentiality=secret), MADE_FROM)
    assert text(made).count("…") == text(made).count("Abteilung Einkauf") - 1 > 0


def test_what_typst_cannot_set_is_refused_in_its_words() -> None:
    output = new_output("display_data", data={"image/png": "iVBORw0KGgo="})
    with pytest.raises(
        InputError, match=r"^cannot be set on paper: failed to decode image .*; leave it out or build"
    ):
        pdf(new_notebook(cells=[new_code_cell("x", outputs=[output])]), FRONT, MADE_FROM)


def test_words_from_right_to_left_can_be_read_beside_a_sign_of_two_halves() -> None:
    read = text(pdf(new_notebook(), Front("T", authors=("שלום \U0001f600 abc",)), MADE_FROM))
    assert "abc" in read
    assert {"שלום", "םולש"} & set(read.split())


def test_control_signs_in_a_notebook_are_left_out() -> None:
    assert "colored words" in of("\x1bcolored\x00 words")


def test_equations_of_several_lines_and_math_in_prose_are_set() -> None:
    words = of("Where $t$ is time:\n\n$$\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$$")
    assert "Where 𝑡 is time:" in words


@pytest.mark.parametrize("columns", [2, 6, 9, 12])
def test_a_table_of_many_columns_stays_on_the_paper(columns: int) -> None:
    made = new_notebook(cells=[code("", table(3, columns, "a", "A table"))])
    for page in pypdfium2.PdfDocument(pdf(made, FRONT, MADE_FROM)):
        words = page.get_textpage()
        boxes = [words.get_charbox(place) for place in range(words.count_chars())]
        assert max(right for _, _, right, _ in boxes) <= page.get_width() - 40
        assert min(left for left, *_ in boxes if left) >= 40


def test_long_words_and_printed_lines_end_on_the_paper() -> None:
    word, line = "Donaudampfschiffahrt" * 8, "x" * 3000
    printed = new_output("stream", text=f"{line}\n")
    shown = new_notebook(
        cells=[new_markdown_cell(f"# T\n\n{word} 1,234.5 {'7a' * 40}\n\n## {word}"), code("print(line)", printed)]
    )
    organization, confidentiality = (
        "Beispielhafte Rechenzentrumsbetriebsgesellschaft mbH & Co. KG",
        "Vertraulich " * 9,
    )
    content = pdf(shown, Front(word, word, organization, confidentiality=confidentiality), MADE_FROM)
    for page in pypdfium2.PdfDocument(content):
        assert all(item.get_bounds()[2] <= page.get_width() - 40 for item in page.get_objects())
    words = squeezed(text(content))
    assert word in words
    assert line in words
    assert "1,234.5" in words


def test_a_plain_notebook_becomes_a_file_too() -> None:
    frame = "<div><style>x</style><table><tr><th>a</th></tr><tr><td>1</td></tr></table></div>"
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    outputs = [
        new_output("display_data", data={"text/html": frame}),
        new_output("display_data", data={"image/png": dot}),
        new_output("stream", text="printed #words\n"),
        new_output("error", ename="E", evalue="", traceback=["\x1b[31mE\x1b[0m"]),
    ]
    cells = [
        new_markdown_cell("# T\n\n> Quoted\n\nTerm\n:   Definition\n\n---\n\n1. one"),
        new_code_cell("x", outputs=outputs),
    ]
    words = joined(pdf(new_notebook(cells=cells), FRONT, MADE_FROM))
    assert "printed #words" in words
    assert "Definition" in words
    assert "Derivations" not in words


def test_a_logo_is_shown_and_a_report_without_words_is_set() -> None:
    logo = Logo(b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>', "image/svg+xml")
    assert b"pdfuaid" in pdf(new_notebook(), Front("T", organization="O", logo=logo), MADE_FROM)
    assert "T" in text(pdf(new_notebook(), Front("T"), Provenance(())))


@pytest.mark.parametrize(
    ("sides", "shown"),
    [
        ((300, 80), (82.5, 22)),
        ((500, 500), (22, 22)),
        ((10, 100), (2.2, 22)),
        ((1000, 50), (130, 6.5)),
        ((1, 1), (22, 22)),
    ],
)
def test_a_logo_keeps_its_shape_within_its_box(sides: tuple[int, int], shown: tuple[float, float]) -> None:
    picture = io.BytesIO()
    Image.new("RGB", sides).save(picture, "PNG")
    made = pdf(new_notebook(), Front("T", logo=Logo(picture.getvalue(), "image/png")), MADE_FROM)
    (drawn,) = pypdfium2.PdfDocument(made)[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    left, bottom, right, top = drawn.get_bounds()
    assert (right - left, top - bottom) == pytest.approx(shown, rel=1e-3)


@pytest.mark.parametrize("language", ["de", "de-CH", "en-US"])
def test_the_language_is_that_of_the_report(language: str) -> None:
    made = pdf(new_notebook(), Front("T", language=language), MADE_FROM)
    assert f"/Lang({language})".encode() in made.replace(b"/Lang (", b"/Lang(")


def test_the_accent_is_checked() -> None:
    with pytest.raises(InputError, match="accent"):
        pdf(new_notebook(), Front("T", accent="red"), MADE_FROM)


def test_cells_of_a_table_are_read_apart() -> None:
    row = "<tr><th scope='row'>fp8 / dynamo-trt fp4</th><td class='number'>46.09</td></tr>"
    output = display("table", "text/html", f"<table><caption>c</caption>{row * 3}</table>", name="a")
    runs = text(pdf(new_notebook(cells=[code("", output)]), FRONT, MADE_FROM)).split("\n")
    assert runs.count("46.09") == 3


def test_both_platforms_are_named_in_the_comparison() -> None:
    assert all(platform in pages()[0] for platform in PLATFORMS)
