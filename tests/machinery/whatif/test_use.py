"""The page is used: by keyboard, by typing, through its address, on a phone, and without a script."""

import base64
import csv
import io
import json

import pypdfium2
import pytest

from analysis.machinery.press.what_if_link import address
from analysis.machinery.whatif.published import Published
from analysis.scenario import read_scenario, scenario_names
from tests.support import whatif
from tests.support.browser import chromium, tab

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
DRAWN = "document.querySelectorAll('.chart svg').length === 2"
STANDS = """JSON.stringify([
  ...["answer", "results"].map((id) => document.getElementById(id).innerText),
  document.getElementById("refused").hidden,
  ...[...document.querySelectorAll("input, select")].map(({ value, checked }) => [value, checked]),
])"""
"""What the page says, and every control; its charts are drawn a moment later."""
TAB, RIGHT, SPACE = ("Tab", 9), ("ArrowRight", 39), (" ", 32, " ")


@pytest.fixture(scope="module")
def browser():
    with tab() as opened:
        opened.resize(1440, 900)
        yield opened


@pytest.fixture
def fresh(browser):
    """The page as it opens, for what a page in use no longer does, or does no more afterwards."""
    browser.open(whatif.address(), until=DRAWN)
    return browser


@pytest.fixture
def page(browser):
    """The page at the published setting: the one that was used before, where it goes back to what it was."""
    if browser.evaluate("window.opened !== undefined"):
        browser.evaluate("document.activeElement.blur(); document.getElementById('reset').click(); 1")
        assert browser.evaluate(STANDS) == browser.evaluate("window.opened")
    else:
        browser.open(whatif.address(), until=DRAWN)
        browser.evaluate(f"window.opened = {STANDS}; 1")
    return browser


def text(page, selector):
    return page.evaluate(f"document.querySelector({json.dumps(selector)}).textContent")


def focus(page, selector):
    page.evaluate(f"document.querySelector({json.dumps(selector)}).focus(); 1")


def typed(page, selector, words):
    """Type in place of what a control holds."""
    page.evaluate(f"document.querySelector({json.dumps(selector)}).select(); 1")
    focus(page, selector)
    page.command("Input.insertText", text=words)


def chosen(page, name, value):
    page.evaluate(
        f"{{ const list = document.querySelector('select[name={name}]'); list.value = {json.dumps(value)};"
        "list.dispatchEvent(new Event('input', { bubbles: true })); }"
    )


def cell(page, row, column):
    return text(page, f"#results tr.{row} td:nth-of-type({column}) .number").rstrip("piea")


def test_it_opens_at_the_published_point_without_asking_for_anything(fresh):
    assert fresh.requests() == [whatif.address()]
    assert fresh.complaints() == []
    assert cell(fresh, "cost_per_million_tokens", 2) == "$0.121"
    assert "34.1x" in text(fresh, "#results tr.cost_per_million_tokens small")
    assert text(fresh, "#ratio-chart").count("published: 35x") == 1


def test_no_code_is_made_from_text(fresh):
    for code in ("eval('1')", "Function('1')()", "setTimeout('window.ran = 1')"):
        fresh.command("Runtime.evaluate", expression=code, allowUnsafeEvalBlockedByCSP=False)
    fresh.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">'); 1")
    assert fresh.evaluate("new Promise((done) => setTimeout(() => done(window.ran ?? 'nothing'), 100))") == "nothing"


def test_the_arrow_keys_move_the_slider_and_everything_with_it(page):
    focus(page, "#slider")
    before = text(page, "#answer"), page.evaluate("document.querySelector('#pareto-chart svg').innerHTML")
    for _ in range(4):
        page.press(*RIGHT)
    assert page.evaluate("document.getElementById('interactivity').value") == "120"
    assert "At 120 tok/s/user" in text(page, "#answer")
    page.wait(f"document.querySelector('#pareto-chart svg').innerHTML !== {json.dumps(before[1])}")
    page.wait("location.hash.includes('interactivity=120&')")
    page.wait("document.getElementById('voice').textContent.includes('At 120 tok/s/user')")


FOCUSED = """(() => {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const name = one === document.body ? "" : one.id || one.name || one.textContent.trim();
  return { name, seen: outlineStyle !== "none" && parseFloat(outlineWidth) > 1 };
})()"""
IN_ORDER = """model workload input_tokens output_tokens cache_hit_rate tokens baseline as_of precision mtp
minimum_accuracy maximum_ttft_median maximum_ttft_p99 minimum_interactivity_p99 vintage price_tier price_h200
power_h200 price_gb300 power_gb300 tokens_per_day concurrent_users peak_factor peak_utilization token_seller
price_of_cache_miss price_of_cache_hit output_token_price utilization utilization electricity_price pue reset
interactivity slider save-figures save-curves ratio""".split()


def test_every_control_is_reached_by_the_tab_key_and_shows_that_it_is(fresh):
    fresh.press(*TAB)
    reached = []
    while (found := fresh.evaluate(FOCUSED))["name"]:
        reached.append(found)
        assert len(reached) < 100
        fresh.press(*TAB)
    assert [one["name"] for one in reached if one["name"] in IN_ORDER] == IN_ORDER
    assert [one["name"] for one in reached if not one["seen"]] == []


def test_the_space_key_adds_a_platform(page):
    focus(page, "[name=platform][value=b200]")
    page.press(*SPACE)
    assert page.evaluate("[...document.querySelectorAll('#results thead th')].map((one) => one.textContent)") == [
        "Metric", "HGX H200", "HGX B200", "GB300 NVL72"
    ]  # fmt: skip
    assert text(page, "#answer").count("lower") == 2


def test_an_own_price_counts_until_it_is_emptied(page):
    typed(page, "[name=price_gb300]", "5.304")
    assert cell(page, "cost_per_million_tokens", 2) == "$0.243"
    mark = "document.querySelector('#results tr.cost_per_million_tokens td:nth-of-type(2) sup')"
    assert "a" in page.evaluate(f"{mark}.dataset.letter")
    assert page.evaluate(f"{mark}.textContent") == ""  # what is copied holds no marks
    typed(page, "[name=price_gb300]", "")
    page.press("Delete", 46)
    assert cell(page, "cost_per_million_tokens", 2) == "$0.121"


def test_what_is_not_allowed_changes_nothing_and_is_named(page):
    typed(page, "[name=price_gb300]", "0")
    assert text(page, "#refused") == "Price of GB300 NVL72 in USD/GPU/h: allowed is more than 0."
    assert page.evaluate("document.querySelector('[name=price_gb300]').getAttribute('aria-invalid')") == "true"
    assert cell(page, "cost_per_million_tokens", 2) == "$0.121"
    page.press(*TAB)
    assert page.evaluate("document.querySelector('[name=price_gb300]').value") == "2.652"
    assert not page.evaluate("document.getElementById('refused').hidden")


def test_an_entry_that_is_taken_back_is_said_and_gives_what_stood_before(page):
    focus(page, "input[type=number][name=utilization]")
    typed(page, "input[type=number][name=utilization]", "9")
    for digit in "00":
        page.command("Input.insertText", text=digit)
    page.press(*TAB)
    assert page.evaluate("document.querySelector('input[type=number][name=utilization]').value") == "100"
    assert text(page, "#refused") == (
        "Utilization in percent: 900 was taken back, it is 100 again; allowed is more than 0 and at most 100%."
    )
    assert page.evaluate("document.getElementById('refused').role") == "alert"
    typed(page, "[name=price_gb300]", "3")
    assert page.evaluate("document.getElementById('refused').hidden")


def test_an_exponent_is_a_number(page):
    typed(page, "#interactivity", "5e1")
    assert "At 50 tok/s/user" in text(page, "#answer")


def test_another_model_opens_at_a_pair_that_it_was_measured_on(page):
    chosen(page, "model", "GLM-5.1")
    heads = "[...document.querySelectorAll('#results thead th')].map((one) => one.textContent)"
    assert page.evaluate(heads) == ["Metric", "GB200 NVL72", "GB300 NVL72"]
    assert "GLM-5.1" in text(page, ".results .conditions")
    boxes = "[...document.querySelectorAll('.boxes li:not([hidden]) input')].map((one) => one.value)"
    assert page.evaluate(boxes) == ["gb200", "gb300", "mi355x"]
    page.wait("location.hash.includes('model=GLM-5.1')")


def test_medians_refuse_what_only_a_run_of_its_own_can_keep(page):
    page.evaluate("location.hash = 'model=DeepSeek-V4-Pro&maximum_ttft_p99=4'; 1")
    page.wait("document.getElementById('answer').textContent.includes('no limit on those can be answered')")
    page.evaluate("location.hash = 'model=DeepSeek-V4-Pro&as_of=2026-05-01'; 1")
    page.wait("document.getElementById('answer').textContent.includes('no earlier cut-off can be answered')")


def test_a_load_gives_gpus_power_and_a_bill_in_one_of_two_ways(page):
    typed(page, "[name=tokens_per_day]", "2e9")
    assert (cell(page, "fleet_gpus", 1), cell(page, "fleet_gpus", 2)) == ("409", "7")
    assert cell(page, "cost_per_month", 2) == "$13,600"
    typed(page, "[name=concurrent_users]", "100")
    assert page.evaluate("document.querySelector('[name=tokens_per_day]').value") == ""
    assert (cell(page, "fleet_gpus", 1), cell(page, "fleet_gpus", 2)) == ("273", "5")


def test_a_sellers_prices_give_a_margin_and_own_ones_another(page):
    chosen(page, "token_seller", "Crusoe, DeepSeek-R1-0528")
    assert (cell(page, "blended_token_price", 1), cell(page, "gross_margin", 2)) == ("$3.38", "96.4%")
    typed(page, "[name=output_token_price]", "1.35")
    assert cell(page, "blended_token_price", 1) == "$1.35"


def test_it_prints_on_two_pages(fresh):
    sheet = base64.b64decode(fresh.command("Page.printToPDF", preferCSSPageSize=False)["data"])
    assert len(pypdfium2.PdfDocument(sheet)) == 2


def test_pue_applies_to_a_power_of_ones_own_only(page):
    typed(page, "[name=pue]", "1.5")
    assert cell(page, "throughput_per_megawatt", 2) == "2.89M"
    typed(page, "[name=power_gb300]", "2.1")
    assert cell(page, "throughput_per_megawatt", 2) == "1.93M"


def test_electricity_is_shown_beside_the_cost_and_never_added(page):
    typed(page, "[name=electricity_price]", "0.1858")
    assert cell(page, "electricity_per_million_tokens", 1) == "$0.945"
    assert cell(page, "cost_per_million_tokens", 1) == "$4.14"


def test_utilization_raises_the_cost_of_both_and_leaves_the_ratio(page):
    typed(page, "input[type=number][name=utilization]", "50")
    assert cell(page, "cost_per_million_tokens", 1) == "$8.29"
    assert text(page, "#results tr.cost_per_million_tokens small") == "34.1x lower (20.9x to 68.5x)"
    assert page.evaluate("document.getElementById('utilization').value") == "50"


def test_outside_the_measured_range_there_is_no_value(page):
    typed(page, "#interactivity", "250")
    assert "HGX H200 was not measured under these conditions: its rows cover 20.3 to 175 tok/s/user" in text(
        page, "#answer"
    )
    assert text(page, "#results tr.cost_per_million_tokens td:nth-of-type(1)") == "not measured"
    assert text(page, "#results tr.break_even_price").endswith("––")


@pytest.mark.parametrize(
    ("fragment", "absent"),
    [
        ("as_of=2025-01-01", ["ratio", "pareto"]),
        ("platforms=h200", ["ratio"]),
        ("workload=1k/8k&platforms=b300,h200", ["ratio"]),
    ],
)
def test_where_nothing_can_be_drawn_the_page_says_so(browser, fragment, absent):
    browser.open(f"{whatif.address()}#{fragment}", until=DRAWN)
    for name in ("ratio", "pareto"):
        assert browser.evaluate(f"document.getElementById('{name}-none').hidden") is (name not in absent)
    assert browser.evaluate("document.getElementById('answer').textContent") != ""
    assert browser.complaints() == []


def test_tokens_of_a_part_of_the_gpus_come_with_a_caution(page):
    assert page.evaluate("document.getElementById('alone').hidden")
    chosen(page, "tokens", "output-decode")
    assert not page.evaluate("document.getElementById('alone').hidden")
    page.wait("!document.getElementById('ratio-chart').textContent.includes('published')")


def test_reset_goes_back_to_the_published_setting(page):
    opening = text(page, "#results")
    for name, value in (
        ("vintage", "2026-08"),
        ("price_tier", "neocloud"),
        ("workload", "8k/1k"),
        ("baseline", "b200"),
    ):
        chosen(page, name, value)
    typed(page, "[name=power_gb300]", "3")
    assert text(page, "#results") != opening
    page.evaluate("document.getElementById('reset').click(); 1")
    assert text(page, "#results") == opening


def test_the_address_can_be_changed_by_hand(page):
    page.evaluate("location.hash = 'interactivity=50&vintage=2026-08'; 1")
    page.wait("document.getElementById('answer').textContent.includes('At 50 tok/s/user')")
    assert page.evaluate("document.getElementById('vintage').value") == "2026-08"


def test_a_hostile_address_adds_nothing_to_the_page_and_is_told(browser):
    count = "document.querySelectorAll('*').length - document.querySelectorAll('svg *').length"
    browser.open(whatif.address(), until=DRAWN)
    plain = browser.evaluate(count)
    payload = "%3Cimg%20src=x%20onerror=alert(1)%3E"
    browser.open(f"{whatif.address()}#workload={payload}&{payload}=1&price_gb300={payload}", until=DRAWN)
    assert browser.evaluate(count) == plain
    assert text(browser, "#refused") == (
        "Not understood in the address and left out: workload, an unknown key, price_gb300."
    )
    assert browser.complaints() == []


def test_the_figures_can_be_taken_away(fresh, tmp_path):
    fresh.command("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path), eventsEnabled=True)
    for button, name in (("save-figures", "what-if-figures.csv"), ("save-curves", "what-if-curves.csv")):
        fresh.evaluate(f"document.getElementById('{button}').click(); 1")
        fresh.until((tmp_path / name).is_file)
    figures = list(csv.DictReader(io.StringIO((tmp_path / "what-if-figures.csv").read_text())))
    assert [row["Platform"] for row in figures] == ["HGX H200", "GB300 NVL72"]
    assert [float(row["Cost per million tokens (USD/Mtok)"]) for row in figures] == pytest.approx(
        [4.144, 0.1214], rel=1e-3
    )
    assert figures[1]["Cautions"] == "placeholder; assumed; interpolated"
    assert figures[1]["as_of"] == "2026-04-15"
    curves = list(csv.DictReader(io.StringIO((tmp_path / "what-if-curves.csv").read_text())))
    ratios = [float(row["Ratio: cost per million tokens"]) for row in curves if row["Ratio: cost per million tokens"]]
    assert max(ratios) == pytest.approx(34.2, rel=0.01)
    assert fresh.complaints() == []


@pytest.mark.parametrize("name", scenario_names())
def test_a_phone_shows_every_scenario_without_scrolling_sideways(browser, name):
    browser.resize(390, 844)
    fragment = address(read_scenario(name)).partition("#")[2]
    browser.open(f"{whatif.address()}#{fragment}", until=DRAWN)
    browser.evaluate("document.getElementById('controls').open = true; 1")
    assert browser.evaluate("document.documentElement.scrollWidth") == 390
    assert browser.evaluate("document.querySelector('#pareto-chart svg').getBoundingClientRect().right") <= 390
    browser.resize(1440, 900)


def test_the_controls_stand_open_where_there_is_room(browser):
    for width, stands in ((1440, True), (390, False)):
        browser.resize(width, 900)
        browser.open(whatif.address(), until=DRAWN)
        assert browser.evaluate("document.getElementById('controls').open") is stands
    browser.resize(1440, 900)


def test_without_a_script_the_published_point_stands_as_text_and_table(browser, library):
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(whatif.address())
    shown = browser.words()
    browser.command("Emulation.setScriptExecutionDisabled", value=False)
    published = Published(library, read_scenario("published"))
    assert published.sentence in shown
    for name, cells in published.rows:
        assert name in shown
        assert all(one.text in shown for one in cells)
    assert "Change the conditions" not in shown
