"""Everybody can use the page: names of controls, what is said aloud, and no serious finding of axe-core."""

import json
from importlib.resources import files
from itertools import product

import pytest

from analysis.frontier import platform_curve
from analysis.library.quantities import show
from tests.support import whatif
from tests.support.browser import chromium, tab

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
AXE = files("axe_core_python") / "axe.min.js"
DRAWN = "document.querySelectorAll('.chart svg').length === 2"
STATES = {
    "as published": "",
    "a platform out of range": "#platforms=h200,gb300,mi300x&interactivity=60&tokens=output-decode",
    "something refused": "#pue=bad",
    "another model, a load": "#model=DeepSeek-V4-Pro&tokens_per_day=2e9&token_seller=DeepSeek, DeepSeek-V4-Pro",
}
# The shadow at the edge of a wide table is a gradient, on which axe-core cannot judge the contrast of text.
PLAIN = """document.head.append(
  Object.assign(document.createElement("style"), { textContent: "* { background-image: none !important; }" })
), 1"""
FOUND = """axe.run(document, %s).then(({ violations, passes }) => JSON.stringify({
  violations: violations.map(({ id, impact, nodes }) => [id, impact, nodes.slice(0, 3).map(({ html }) => html)]),
  contrasts: passes.find(({ id }) => id === "color-contrast").nodes.length,
}))"""
ALL, COLORS = {}, {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""By night only colors are others than by day."""


@pytest.fixture(scope="module")
def browser():
    with tab() as opened:
        yield opened


def unfolded(browser, fragment):
    seen(browser, 1440, night=False)
    browser.open(whatif.address() + fragment, until=DRAWN)
    browser.evaluate("document.getElementById('controls').open = true; 1")


@pytest.fixture(scope="module")
def page(browser):
    """The page as published, for what only looks at it; no test after one that asks for it opens another."""
    unfolded(browser, STATES["as published"])
    return browser


def seen(browser, width, *, night):
    browser.resize(width, 900)
    media = [{"name": "prefers-color-scheme", "value": "dark" if night else "light"}]
    browser.command("Emulation.setEmulatedMedia", features=media)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(browser, state):
    unfolded(browser, STATES[state])
    browser.evaluate(PLAIN)
    browser.evaluate(AXE.read_text(encoding="utf-8") + ";1")
    for width, night in product((1440, 390), (False, True)):
        seen(browser, width, night=night)
        found = json.loads(browser.evaluate(FOUND % json.dumps(COLORS if night else ALL)))
        assert found["violations"] == [], (width, "at night" if night else "by day")
        assert found["contrasts"] > 100


def test_every_control_and_figure_has_a_name_of_its_own(page):
    nodes = page.command("Accessibility.getFullAXTree")["nodes"]
    roles = {"button", "checkbox", "combobox", "slider", "spinbutton", "image", "region", "table", "link"}
    named = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"] and node["role"]["value"] in roles
    ]
    assert [role for role, name in named if not name.strip()] == []
    controls = [name for role, name in named if role in ("combobox", "slider", "spinbutton", "checkbox", "button")]
    assert len(set(controls)) == len(controls)
    assert len(controls) > 30


def test_the_charts_are_described_by_what_they_show(page, library):
    curve = platform_curve(library.benchmark, "gb300", input_tokens=1024, output_tokens=1024, as_of="2026-04-15")
    highest, lowest = curve.knots["throughput"].max(), float(curve(curve.high))
    assert page.evaluate("document.getElementById('ratio-words').ariaLabel") == (
        "Line chart of the ratio in cost per million tokens to HGX H200 against interactivity: "
        "GB300 NVL72, from 3.78x to 34.4x."
    )
    said = page.evaluate("document.getElementById('pareto-words').ariaLabel")
    assert f"GB300 NVL72, from {show(lowest)} to {show(highest)}." in said


def test_only_one_place_is_read_aloud_as_the_slider_moves(page):
    live = page.evaluate("[...document.querySelectorAll('[role=status], [aria-live]')].map((one) => one.id)")
    assert live == ["voice"]


def test_the_language_and_one_main_heading_are_stated(page):
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.querySelectorAll('h1').length") == 1
    assert page.evaluate("document.querySelectorAll('main').length") == 1
