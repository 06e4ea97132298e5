"""Tests of the HTML page of a report."""

import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import InputError
from analysis.machinery.press.front import Front, Link, Logo, Provenance
from tests.support.press import html, register
from tests.support.report_notebook import code, display, notebook

HOSTILE = "<script>alert(1)</script> #panic() $x$ [link](x) \\ \"quotes\" 'single' & `code` *a* _b_ {{ 7 }} <!-- -->"
FRONT = Front(
    "A comparison", "Of two platforms", "An institute", ("A. Author", "B. Writer"), "2026-04-15",
    audience="all", confidentiality="Public", disclaimer="For information only.", attribution=("Data by somebody.",),
)  # fmt: skip
MADE_FROM = Provenance((("Scenario", "published"), ("Rebuild", "./run report")))
LINKS = (Link("PDF", "report.pdf"), Link("All reports", "../index.html"))


class Tags(HTMLParser):
    """All opening tags of a page, and whether elements nest as they should."""

    VOID = ("meta", "img", "br", "hr", "link", "input")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, name: str) -> list[str]:
        return [value or "" for _, attributes in self.tags for key, value in attributes.items() if key == name]


@cache
def page() -> str:
    return html(notebook(), FRONT, MADE_FROM, LINKS)


@cache
def tags() -> Tags:
    return Tags(page())


def of(*markdown: str, front: Front = FRONT) -> str:
    return html(new_notebook(cells=[new_markdown_cell(text) for text in markdown]), front, MADE_FROM)


def test_the_same_notebook_gives_the_same_bytes() -> None:
    assert html(notebook(), FRONT, MADE_FROM, LINKS) == page()


def test_elements_nest_and_identifiers_are_unique() -> None:
    assert tags().open == []
    identifiers = tags().all("id")
    assert len(set(identifiers)) == len(identifiers)


def test_the_page_needs_nothing_but_itself() -> None:
    assert not any(tag in ("script", "link", "iframe", "object", "embed") for tag, _ in tags().tags)
    assert all(source.startswith("data:image/") for source in tags().all("src"))
    assert "url(" not in page()
    assert "@import" not in page()


def test_a_policy_forbids_scripts_and_the_network() -> None:
    (policy,) = (value for value in tags().all("content") if "default-src" in value)
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'")


def test_every_internal_link_leads_somewhere() -> None:
    targets = {address[1:] for address in tags().all("href") if address.startswith("#")}
    assert targets
    assert targets <= set(tags().all("id"))


def test_headings_start_at_one_and_leave_out_no_level() -> None:
    levels = [int(tag[1]) for tag, _ in tags().tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_pictures_have_alternative_text_and_tables_names() -> None:
    assert all(attributes.get("alt") for tag, attributes in tags().tags if tag == "img")
    frames = [attributes for _, attributes in tags().tags if attributes.get("role") == "region"]
    assert all(frame["tabindex"] == "0" for frame in frames)
    of_tables = [frame["aria-labelledby"] for frame in frames if frame["class"] == "table-frame"]
    assert len(of_tables) == sum(tag == "table" for tag, _ in tags().tags) == 3
    assert set(of_tables) <= set(tags().all("id"))
    assert [frame["aria-label"] for frame in frames if frame["class"] == "figure-frame"] == ["Figure 1", "Figure 2"]


def test_the_page_says_its_language_and_has_landmarks() -> None:
    assert '<html lang="en">' in page()
    assert all(any(tag == name for tag, _ in tags().tags) for name in ("header", "nav", "main", "footer"))
    assert 'class="skip" href="#report"' in page()


def test_heads_of_columns_of_numbers_stand_over_their_digits() -> None:
    assert '<th scope="col" class="number">Throughput in light load</th>' in page()
    assert '<th scope="col">Setup</th>' in page()


def test_each_number_shows_its_derivation_and_leads_to_its_entry() -> None:
    cost = next(entry for entry in register(notebook()).values() if entry.formula)
    shown = page().split(f'data-number="{cost.id}"', 1)[1].split("</span></span></span>")[0]
    assert f'<a href="#{cost.id}">{cost.text}</a>' in shown
    assert "= 1e6 × 1.41 / (3600 * 93.153) USD" in shown
    assert f"derivation [{cost.position}]" in shown
    entry = page().split(f'<li id="{cost.id}">', 1)[1].split("</li>")[0]
    assert '<a href="#equation-cost_per_million_tokens">' in entry
    assert all(f'href="#{identifier}"' in entry for identifier in cost.inputs)


def test_a_measured_number_leads_to_its_source_and_place() -> None:
    speed = next(entry for entry in register(notebook()).values() if entry.text == "93.2")
    entry = page().split(f'<li id="{speed.id}">', 1)[1].split("</li>")[0]
    assert '<a href="#source-' in entry
    assert "data/benchmarks/rows.csv, line 1184" in entry
    assert '<a href="https://example.org/rows">' in page().split('id="sources"')[1]


def test_a_placeholder_is_marked_by_a_letter_that_the_legend_explains() -> None:
    assert '$2.65<sup class="mark" data-letter="p"></sup>' in page()
    legend = page().split('<p class="legend">')[1].split("</p>")[0]
    assert "<sup>p</sup> a placeholder" in legend
    assert "estimate" not in legend


def test_data_lie_where_the_links_say() -> None:
    assert 'href="report/data/frontier.csv"' in page()
    assert 'href="else%20where/data/frontier.csv"' in html(notebook(), FRONT, MADE_FROM, name="else where")


def test_code_is_hidden_and_folded_when_asked_for() -> None:
    assert "show(answer)" not in page()
    assert "<summary>Code</summary>" in html(notebook(), FRONT, MADE_FROM, code=True)


def test_what_the_report_says_of_itself_appears_as_text() -> None:
    front = Front(
        *[HOSTILE] * 3, (HOSTILE,), "2026-04-15", HOSTILE, HOSTILE, disclaimer=HOSTILE, attribution=(HOSTILE,)
    )
    made = html(new_notebook(), front, Provenance(((HOSTILE, HOSTILE),)), (Link(HOSTILE, HOSTILE),))
    assert "<script" not in made
    assert "{{ 7 }}" in made
    assert made.count("&lt;script&gt;alert(1)&lt;/script&gt; #panic() $x$ [link](x) \\ &#34;quotes&#34;") >= 11
    assert Tags(made).open == []


def test_nothing_typed_in_a_notebook_becomes_markup() -> None:
    made = of(
        "<script>alert(1)</script> <img src=x onerror=alert(1)> <b onclick='x'>b</b>\n\n<style>p {}</style>",
        "```{=html}\n<script>alert(2)</script>\n```\n\n`<script>`{=html} \\input{x}",
        '[a](javascript:alert(1)) [b](https://example.org){onclick="x" style="y"}',
        "[c](DATA:text/html,x) <javascript:x>",
        '::: {.caution onclick="x" style="position:fixed"}\ntext\n:::\n\n## Head {onclick="x" .skip}',
        "---\ntitle: x\nheader-includes: <script>\n---\n\n![p](https://example.org/p.png) ![q](../../etc/passwd)",
    )
    read = Tags(made)
    assert not [tag for tag, _ in read.tags if tag in ("script", "b")]
    assert [name for _, attributes in read.tags for name in attributes if name.startswith("on")] == []
    assert "style" not in {name for _, attributes in read.tags for name in attributes}
    assert not [address for address in read.all("href") if re.match(r"\s*(javascript|data):", address, re.IGNORECASE)]
    assert [tag for tag, _ in read.tags].count("img") == 0
    assert '<div class="caution">' in made
    assert '<a href="https://example.org/p.png">p</a>' in made


def test_html_of_outputs_that_the_report_did_not_make_is_cleaned() -> None:
    output = new_output(
        "display_data", data={"text/html": "<p onclick='x'>a<script>b</script></p><a href='javascript:x'>c</a>"}
    )
    made = html(new_notebook(cells=[new_code_cell("", outputs=[output])]), FRONT, MADE_FROM)
    assert "onclick" not in made
    assert "<script" not in made
    assert "javascript:" not in made


def test_a_plain_notebook_becomes_a_page_too() -> None:
    frame = "<div><style scoped>x</style><table border='1'><tr><th>a</th></tr><tr><td>1</td></tr></table></div>"
    outputs = [
        new_output("display_data", data={"text/html": frame}),
        new_output("display_data", data={"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"}),
        new_output("stream", text="printed <words>\n"),
        new_output("error", ename="E", evalue="", traceback=["\x1b[31mE\x1b[0m"]),
        new_output("execute_result", data={"text/plain": "42"}),
    ]
    made = html(new_notebook(cells=[new_markdown_cell("# T\n\nText"), code("x", *outputs)]), FRONT, MADE_FROM)
    assert "<td>1</td>" in made
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in made
    assert "<pre><code>printed &lt;words&gt;" in made
    assert "\x1b" not in made
    assert 'id="derivations"' not in made


def test_a_report_without_words_of_its_own_has_no_empty_places() -> None:
    made = html(new_notebook(), Front("T"), Provenance(()))
    assert "<p></p>" not in made
    assert 'class="byline"' not in made
    assert 'class="links"' not in made
    assert 'class="legend"' not in made


def test_a_logo_is_embedded() -> None:
    made = html(new_notebook(), Front("T", organization="O", logo=Logo(b"<svg/>", "image/svg+xml")), MADE_FROM)
    assert '<img class="logo" src="data:image/svg+xml;base64,PHN2Zy8+" alt="O">' in made


def test_the_accent_is_checked() -> None:
    with pytest.raises(InputError, match="accent"):
        html(new_notebook(), Front("T", accent="red"), MADE_FROM)


def test_numbers_in_a_display_are_escaped_once() -> None:
    output = display("text", "text/html", "<p>a &amp; b &lt;script&gt;</p>")
    made = html(new_notebook(cells=[code("", output)]), FRONT, MADE_FROM)
    assert "<p>a &amp; b &lt;script&gt;</p>" in made
