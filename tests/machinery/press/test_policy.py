"""A page made from a hostile notebook runs nothing and asks nobody, in a browser as a reader has it."""

from functools import cache

import pytest
from nbformat import writes
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.machinery.press.execute import execute
from analysis.machinery.press.front import Front, Logo, Provenance
from analysis.machinery.press.logo import SVG
from tests.support import browser
from tests.support.loopback import serving
from tests.support.press import html

TITLE = "<script>document.title='title'</script>"
PROSE = """# A title

<script>document.title = 'prose'</script>
<iframe src="ADDRESS/frame"></iframe> <object data="ADDRESS/object"></object>
<img src="ADDRESS/picture.png" onerror="document.title='error'">
<svg onload="document.title='svg'"><script>document.title='svg'</script></svg>
<form action="ADDRESS/form"><button>Send</button></form> <meta http-equiv="refresh" content="none; url=ADDRESS/away">

[a link](javascript:document.title='link')
`<script>document.title='raw'</script>`{=html}

```{=html}
<script>document.title = 'block'</script>
```
"""
SHOWN = {
    "HTML": "HTML(\"<script>document.title='output'</script><p onclick=\\\"document.title='click'\\\">words</p>\")",
    "a style sheet": "HTML('<link rel=stylesheet href=ADDRESS/style.css><p>words</p>')",
    "a style": "HTML('<p style=\"background:url(ADDRESS/back)\">words</p>')",
    "a frame": "HTML('<iframe src=ADDRESS/frame></iframe><p>words</p>')",
    "a picture": "HTML('<img src=ADDRESS/picture.png alt=words><p>words</p>')",
    "a script": "Javascript(\"document.title='javascript'; fetch('ADDRESS/fetch')\")",
    "SVG": "SVG(\"<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=3'><script>document.title=3</script>"
    "<image href='ADDRESS/svg.png'/></svg>\")",
}
INJECTED = """
<script>document.title = 'injected'</script><img src="ADDRESS/injected.png" onerror="document.title='injected'">
<iframe src="ADDRESS/injected"></iframe><link rel="stylesheet" href="ADDRESS/injected.css">
<style>body { background: url(ADDRESS/injected.gif) } @import "ADDRESS/more.css";</style>
<script src="ADDRESS/injected.js"></script><base href="ADDRESS/"><object data="ADDRESS/injected.swf"></object>
"""

LOGO = """<?xml-stylesheet href="ADDRESS/instruction.css"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"
 width="90" height="90" onload="top.document.title='handler'">
<style>@import "ADDRESS/style.css"; rect { fill: url(ADDRESS/fill.svg#a) } @font-face { font-family: x;
 src: url(ADDRESS/font.woff) } text { font-family: x }</style>
<script>top.document.title = 'script'; fetch('ADDRESS/fetch'); new Image().src = 'ADDRESS/image'</script>
<script href="ADDRESS/script.js"/><image href="ADDRESS/picture.png" width="9" height="9"/>
<use xlink:href="ADDRESS/use.svg#a"/><rect width="90" height="90"/><text y="9">words</text>
<filter id="f"><feImage href="ADDRESS/filter.png"/></filter><rect width="9" height="9" filter="url(#f)"/>
<foreignObject width="90" height="90"><h:iframe src="ADDRESS/frame"/><h:img src="ADDRESS/html.png"
 onerror="top.document.title='error'"/></foreignObject>
<set attributeName="href" to="ADDRESS/animation"/></svg>"""

pytestmark = pytest.mark.skipif(browser.chromium() is None, reason="no Chromium on this system")


@pytest.fixture(scope="module")
def tab():
    with browser.tab() as found:
        yield found


@pytest.fixture(scope="module")
def server():
    with serving() as found:
        yield found


def page_of(address, code="pass", logo=None):
    """A page made from hostile prose, one hostile output and a logo."""
    code = "from IPython.display import HTML, SVG, Javascript, display\n" + code
    cells = [new_markdown_cell(PROSE), new_code_cell(code)]
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position}"
    content = writes(new_notebook(cells=cells)).replace("ADDRESS", address).encode()
    front = Front(TITLE, organization=TITLE, authors=(TITLE,), disclaimer=TITLE, logo=logo)
    return html(executed(content), front, Provenance(()))


@cache
def executed(content):
    return execute("hostile/page", content, {})


def seen(tab, server, folder, html):
    """Open a page; return its title, and what was asked of the server or anybody."""
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    before = sum(server.requests.values())
    tab.open(path.as_uri())
    for element in ("p", "a", "svg"):
        tab.evaluate(
            f"for (const one of document.querySelectorAll('{element}')) one.dispatchEvent(new Event('click'))"
        )
    asked = [address for address in tab.requests() if not address.startswith(("file:", "data:"))]
    return tab.evaluate("document.title"), sum(server.requests.values()) - before, asked


@pytest.mark.parametrize("what", SHOWN)
def test_a_hostile_notebook_makes_a_page_that_runs_nothing_and_asks_nobody(tab, server, tmp_path, what):
    html = page_of(server.url, f"display({SHOWN[what]})".replace("ADDRESS", server.url))
    title, reached, asked = seen(tab, server, tmp_path, html)
    assert title == TITLE
    assert (reached, asked) == (0, [])
    assert "<script>document.title" in tab.words()  # as text


def test_a_logo_that_is_more_than_a_picture_runs_nothing_and_asks_nobody(tab, server, tmp_path):
    drawing = LOGO.replace("ADDRESS", server.url)
    html = page_of(server.url, logo=Logo(drawing.encode(), SVG))
    title, reached, asked = seen(tab, server, tmp_path, html)
    assert tab.evaluate("document.querySelector('img.logo').naturalWidth") == 90
    assert title == TITLE
    assert (reached, asked) == (0, [])


def test_without_a_page_around_it_the_same_logo_would_run_and_ask(tab, server, tmp_path):
    path = tmp_path / "logo.svg"
    path.write_text(LOGO.replace("ADDRESS", server.url), encoding="utf-8")
    tab.open(path.as_uri())
    assert tab.evaluate("document.title") in ("handler", "script", "error")
    tab.until(lambda: sum(server.requests.values()) >= 4, "the logo to ask")


def test_what_slips_into_a_page_is_stopped_by_its_policy(tab, server, tmp_path):
    html = page_of(server.url)
    place = html.index("<h1")
    slipped = html[:place] + INJECTED.replace("ADDRESS", server.url) + html[place:]
    title, reached, _ = seen(tab, server, tmp_path, slipped)
    assert title == TITLE
    assert reached == 0
    assert any("Content Security Policy" in str(one) for one in tab.complaints())


def test_without_the_policy_the_same_would_run(tab, server, tmp_path):
    html = page_of(server.url)
    place = html.index("<h1")
    open_to_all = html[:place] + INJECTED.replace("ADDRESS", server.url) + html[place:]
    open_to_all = open_to_all.replace('http-equiv="Content-Security-Policy"', 'name="none"')
    title, reached, _ = seen(tab, server, tmp_path, open_to_all)
    assert title != TITLE
    assert reached > 0
