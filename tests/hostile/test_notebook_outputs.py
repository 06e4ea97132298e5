"""What a notebook prints or displays, however it is built, becomes text, tables and pictures, or is refused."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.machinery.press.front import Order
from analysis.machinery.press.publish import publish
from tests.hostile.refusals import refusal
from tests.machinery.press.test_html import Tags

SAFE_LINK = re.compile(r"#|https?:|mailto:|\.\./|one[./]|(?![^/?#]*:)")
HTML = {
    "a frame": ("<iframe src=x></iframe>a", "a"),
    "an object": ("<object data=x>a</object>", "a"),
    "a form": ("<form action=x><button formaction=javascript:x>a</button></form>", ""),
    "another address after a while": ('<meta http-equiv=refresh content="0;url=x">a', "a"),
    "another place to start from": ("<base href=x>a", "a"),
    "a film that fails": ("<video src=x onerror=y>a</video>", ""),
    "what opens": ("<details open ontoggle=x>a</details>", "a"),
    "a style": ('<p style="background:url(x)">a</p><style>@import "x"</style>', "a"),
    "a cell with a handler": ("<table><tr><th>b</th></tr><tr><td onclick=x>a</td></tr></table>", "a"),
    "a script in mathematics": ("<math><mtext>a</mtext><script>x</script></math>", ""),
    "a script behind a tab": ('<a href="java&#9;script:x">a</a>', "a"),
    "a script in capitals": ('<a href="JaVaScRiPt:x">a</a>', "a"),
    "a page as data": ('<a href="data:text/html,x">a</a>', "a"),
    "a file": ('<a href="file:///etc/passwd">a</a>', "a"),
    "the place of the report": ('<div id="report"><h1 id="derivations">a</h1></div>', "a"),
    "a part of the report": ("<p>a</p><!--part:sources-list--><!--contents-->", "a"),
    "a number of the report": ('<p><span class="number" data-number="n1">a</span></p>', "a"),
    "a picture of elsewhere": ('<p><img src="picture.png" onerror=x alt="a"></p>', "a"),
    "markup in an attribute": ('<noscript><p title="</noscript><img src=x onerror=y>">a</p></noscript>', ""),
    "half a character": ("a\ud800b", "ab"),
    "what is no character": ("a\uffffb\x00c\x1b[m", "abc[m"),
    "a division without end": ("<div>" * 300 + "a", "a"),
}
MARKDOWN = {
    "scripts for links": "[a](java\tscript:x) [a](&#106;avascript:x) [a](vbscript:x) [a](\x01javascript:x) <javascri",
    "files for pictures": "![a](/etc/passwd) ![a](main.typ) ![a](file:///etc/passwd) ![a](picture-9.png)",
    "raw parts": "```{=html}\n<script>a</script>\n```\n\n`<script>`{=html} \\input{/etc/passwd} {{ x }}",
    "half a character": "a\ud800b",
    "emphasis without end": "*" * 2_000 + "a",
}
REFUSED = {
    "an equation of a file": ("$\\input{/etc/passwd}$", 'the equation "\\input{/etc/passwd}" cannot be read as TeX'),
    "an equation that calls itself": ("$\\def\\a{\\a\\a}\\a$", "cannot be read as TeX"),
    "an equation with a link": ("$\\href{javascript:x}{a}$", "cannot be read as TeX"),
    "a link to nowhere": ("[a](#nowhere)", 'the link "a" leads to #nowhere, and there is no such place'),
}
PLAIN_FILE = {"name": "a.txt", "base64": "YQ=="}
ENTRIES = {
    "that is a number": (5, ", in all: found 5; must be a valid dictionary"),
    "that is a list": ([{"kind": "text"}], ", in all: found [{'kind': 'text'}]; must be a valid dictionary"),
    "that is a word": ("text", ", in all: found 'text'; must be a valid dictionary"),
    "of kinds": ({"kind": ["text"]}, ", kind: found ['text']; must be a valid string"),
    "with a number for its data": ({"csv": 5}, ", csv: found 5; must be a valid string"),
    "with a table for its data": ({"csv": [["a"]]}, ", csv: found [['a']]; must be a valid string"),
    "with nothing for its data": ({"csv": None}, ", csv: found None; must be a valid string"),
    "with a note of two": ({"note": ["a", "b"]}, ", note: found ['a', 'b']; must be a valid string"),
    "with a caption of truth": ({"caption": True}, ", caption: found True; must be a valid string"),
    "that is a finding in words": ({"finding": "yes"}, ", finding: found 'yes'; must be a valid boolean"),
    "with a number for numbers": ({"numbers": 5}, ", numbers: found 5; must be a valid list"),
    "with a word for conclusions": ({"conclusions": "yes"}, ", conclusions: found 'yes'; must be a valid list"),
    "with a word for a file": ({"file": "a.txt"}, ", file: found 'a.txt'; must be a valid dictionary"),
    "with files": ({"file": [PLAIN_FILE]}, ", file: found [{'name': 'a.txt'"),
    "with a file without a name": ({"file": {"base64": ""}}, ", file.name: missing"),
    "with a file of no content": ({"file": {"name": "a.txt"}}, ", file.base64: missing"),
    "with a file of a number": (
        {"file": {**PLAIN_FILE, "base64": 5}},
        ", file.base64: found 5; must be a valid string",
    ),
    "with a file of half a byte": (
        {"file": {**PLAIN_FILE, "base64": "YQ="}},
        ": found 'YQ='; not readable as base64: ",
    ),
    "with a file in other letters": (
        {"file": {**PLAIN_FILE, "base64": "é"}},
        ": found 'é'; not readable as base64: ",
    ),
    "with a file and something more": ({"file": {**PLAIN_FILE, "base64": "YQ==!"}}, "; not readable as base64: "),
}
NAMES = ["../a", "a/../../b", "..", ".a", "a\n", "a b", "", "\u0430", "a\0"]


def page(*cells):
    return publish("one", new_notebook(cells=list(cells)), Order({"title": "T"}))["one.html"].decode()


def check(made):
    read = Tags(made)
    assert not {tag for tag, _ in read.tags} & {"script", "iframe", "object", "embed", "form", "base", "video", "svg"}
    assert not [name for _, attributes in read.tags for name in attributes if name.startswith("on")]
    assert all(SAFE_LINK.match(address) for address in read.all("href"))
    assert all(source.startswith("data:image/") for source in read.all("src"))
    assert len(set(read.all("id"))) == len(read.all("id"))
    assert read.open == []


@pytest.mark.parametrize(("html", "shown"), HTML.values(), ids=HTML)
def test_html_that_is_not_the_report_s_becomes_text(html, shown):
    output = new_output("display_data", data={"text/html": html})
    made = page(new_code_cell("", outputs=[output], id="a"))
    check(made)
    assert shown in made.partition("<main")[2].partition('id="provenance"')[0]


@pytest.mark.parametrize("markdown", MARKDOWN.values(), ids=MARKDOWN)
def test_markdown_is_prose(markdown):
    check(page(new_markdown_cell(markdown, id="a")))


@pytest.mark.parametrize(("markdown", "said"), REFUSED.values(), ids=REFUSED)
def test_prose_that_cannot_be_set_is_refused_by_its_words(markdown, said):
    assert said in refusal(page, new_markdown_cell(markdown, id="a"))


@pytest.mark.parametrize(("said_of_itself", "said"), ENTRIES.values(), ids=ENTRIES)
def test_what_an_output_says_of_itself_has_a_form_or_is_refused_by_its_cell(said_of_itself, said):
    output = new_output("display_data", data={"text/html": "<p>a</p>"})
    usual = {"kind": "text", "file": PLAIN_FILE}
    report = {**usual, **said_of_itself} if isinstance(said_of_itself, dict) else said_of_itself
    output["metadata"] = {"report": report}
    message = refusal(page, new_code_cell("", outputs=[output], id="a"))
    assert message.startswith("cell [1]")
    assert said in message


def test_a_finding_without_words_is_refused():
    output = new_output("display_data", data={"text/plain": "a"})
    output["metadata"] = {"report": {"kind": "text", "finding": True}}
    assert "must carry 'text/html'" in refusal(page, new_code_cell("", outputs=[output], id="a"))


@pytest.mark.parametrize("content", ["zz", "é", "iVBO!"])
def test_a_picture_that_is_no_base64_is_refused(content):
    output = new_output("display_data", data={"image/png": content})
    assert "not readable as base64" in refusal(page, new_code_cell("", outputs=[output], id="a"))
    attached = new_markdown_cell("![a](attachment:a.png)", attachments={"a.png": {"image/png": content}}, id="a")
    assert "not readable as base64" in refusal(page, attached)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_out_of_the_report_is_refused(name):
    table = new_output("display_data", data={"text/html": "<table></table>"})
    table["metadata"] = {"report": {"kind": "table", "name": name, "csv": "a\n"}}
    file = new_output("display_data", data={"text/html": "<p>a</p>"})
    file["metadata"] = {"report": {"kind": "text", "file": {"name": name, "mime": "x/y", "base64": ""}}}
    for output in (table, file):
        assert refusal(page, new_code_cell("", outputs=[output], id="a")).startswith("cell [1]")
