"""The page's own functions, run in a browser, answer as the analysis does in Python."""

import json
import random
from decimal import Decimal

import pytest

from analysis.comparison.head_to_head import compare
from analysis.library.quantities import show
from analysis.machinery.press.what_if_link import address, fragment, of_scenario
from analysis.machinery.whatif.settings import initial
from analysis.scenario import Parameters, read_scenario, scenario_names
from tests.support import whatif
from tests.support.browser import chromium, tab

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
STYLES = ("plain", "whole", "compact", "dollars", "times", "percent")
EVALUATED = """JSON.stringify(%s.map((fragment) => {
  const { setting, refused } = whatIf.read(fragment);
  const results = whatIf.evaluate(setting);
  return { refused, results: results.map(({ amounts, compared, series }) => ({ ...amounts, ...compared, series })) };
}))"""

MODELED = """JSON.stringify(%s.map((fragment) => whatIf.evaluate(whatIf.read(fragment).setting).map((one) => ({
  throughput: one.amounts.throughput_per_gpu,
  ends: one.ends.map(({ throughput_per_gpu }) => throughput_per_gpu),
  caution: one.cautions.throughput_per_gpu,
  series: one.series,
}))))"""


@pytest.fixture(scope="module")
def page():
    with tab() as opened:
        opened.open(whatif.address(), until="window.whatIf")
        yield opened


@pytest.fixture(scope="module")
def analysis(library):
    return whatif.Analysis(library)


def run(page, expression, given):
    return json.loads(page.evaluate(expression % json.dumps(given)))


@pytest.fixture(scope="module")
def both(page, analysis):
    settings = analysis.settings(1000, of_curves=80)
    answers = run(page, EVALUATED, [fragment(setting) for setting in settings])
    return [(setting, analysis.evaluated(setting), answer) for setting, answer in zip(settings, answers, strict=True)]


def test_a_thousand_random_settings_give_the_same_amounts(both):
    assert not [setting for setting, _, answer in both if answer["refused"]]
    compared = 0
    for setting, expected, answer in both:
        for wanted, found in zip(expected, answer["results"], strict=True):
            assert {name: found[name] for name in wanted} == pytest.approx(wanted, rel=1e-9, abs=0), setting
            compared += len(wanted)
    assert compared > 15_000


def test_what_was_not_measured_has_no_value_in_either(both):
    absent = [
        (setting, found)
        for setting, expected, answer in both
        for wanted, found in zip(expected, answer["results"], strict=True)
        if not wanted
    ]
    assert len(absent) > 100
    for setting, found in absent:
        assert (found["throughput_per_gpu"], found["cost_per_million_tokens"], found["series"]) == (None, None, ""), (
            setting
        )


def test_the_best_series_is_the_same(both, analysis):
    for setting, expected, answer in both:
        for platform, wanted, found in zip(setting["platforms"], expected, answer["results"], strict=True):
            if wanted:
                curve = analysis.curve(platform, setting)
                assert found["series"] == curve.series_at(setting["interactivity"]), setting


def test_settings_reach_every_choice(both):
    for key in ("workload", "tokens", "precision", "mtp", "vintage", "price_tier"):
        assert len({setting[key] for setting, *_ in both}) == 3 + (key in ("tokens", "vintage"))
    assert {len(setting["platforms"]) for setting, *_ in both} == {2, 3}
    assert {platform for setting, *_ in both for platform in setting["platforms"]} == {
        "h100", "h200", "b200", "b300", "gb200", "gb300", "mi300x", "mi325x", "mi355x"
    }  # fmt: skip


def test_numbers_are_shown_as_in_the_reports(page):
    draw = random.Random(5)
    numbers = [draw.choice([-1, 1, 1, 1]) * 10 ** draw.uniform(-7, 12) for _ in range(300)]
    numbers += [
        0.0,
        0.5,
        1.5,
        2.5,
        0.125,
        1.125,
        999.5,
        999.4999,
        99950,
        999_500,
        0.045,
        0.0045,
        34.05,
        9.995,
        1e15,
        9.996e19,
        1e20,
        1.463e88,
    ]
    numbers += [float(Decimal(place) / 200) for place in range(1, 200, 2)]
    asked = [(number, style, digits) for number in numbers for style in STYLES for digits in (2, 3, 4)]
    found = run(page, "JSON.stringify(%s.map((asked) => whatIf.show(...asked)))", asked)
    wanted = [show(number, digits, style) for number, style, digits in asked]
    assert [one for one in zip(asked, found, wanted, strict=True) if one[1] != one[2]] == []


def test_what_is_no_number_is_shown_as_in_the_reports(page):
    found = json.loads(page.evaluate("JSON.stringify([NaN, Infinity, -Infinity].map((one) => whatIf.show(one)))"))
    assert found == [show(float(number)) for number in ("nan", "inf", "-inf")]


@pytest.mark.parametrize("name", scenario_names())
def test_the_address_of_every_scenario_is_understood(page, library, name):
    conditions = read_scenario(name)
    found = run(page, "JSON.stringify(whatIf.read(%s))", address(conditions).partition("#")[2])
    assert found["refused"] == []
    assert found["setting"] == initial(library, conditions)


def test_a_setting_is_the_same_after_it_was_written_and_read(page, analysis):
    settings = analysis.settings(50, of_curves=10, seed=3)
    written = "JSON.stringify(%s.map((one) => whatIf.read(whatIf.written(whatIf.read(one).setting)).setting))"
    opening = json.loads(page.evaluate("JSON.stringify(whatIf.read('').setting)"))
    found = run(page, written, [fragment(setting) for setting in settings])
    assert found == [opening | setting for setting in settings]


HOSTILE = [
    "workload=<img src=x onerror=alert(1)>",
    "platforms=h200,<script>alert(1)</script>",
    "platforms=__proto__,constructor",
    "platforms=",
    "interactivity=1e999",
    "interactivity=-5",
    "interactivity=0",
    "interactivity=NaN",
    "interactivity=116abc",
    "interactivity=0x74",
    "as_of=2026-02-30",
    "as_of=2026-13-01",
    "as_of=yesterday",
    "utilization=1.5",
    "utilization=0",
    "pue=0.9",
    "price_gb300=0",
    "price_gb300=1000001",
    "minimum_accuracy=2",
    "vintage=2099-01",
    "price_tier=toString",
    "ratio=constructor",
    "mtp=%00",
    "precision=" + "x" * 10_000,
]


@pytest.mark.parametrize(
    "key", ["__proto__", "constructor", "toString", "<b>", "price___proto__", "x" * 1000, "%E0%A4%A"]
)
def test_an_unknown_key_does_nothing(page, key):
    found = run(page, "JSON.stringify(whatIf.read(%s))", f"{key}=1")
    assert found == {"setting": run(page, "JSON.stringify(whatIf.read(%s).setting)", ""), "refused": [""]}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_value_that_is_not_allowed_does_nothing(page, text):
    found = run(page, "JSON.stringify(whatIf.read(%s))", text)
    assert found["setting"] == run(page, "JSON.stringify(whatIf.read(%s).setting)", "")
    assert found["refused"] == [text.partition("=")[0]]


OWN = [
    (inputs, outputs, rate, speed, pair)
    for inputs, outputs, rate in ((12_000, 600, 0.0), (12_000, 600, 0.9), (3000, 3000, 0.25), (8192, 1024, 0.5))
    for speed in (20.0, 50.0, 100.0)
    for pair in (("h200", "gb300"), ("b200", "mi355x"))
]


def test_lengths_that_nobody_measured_give_what_compare_gives_with_its_band(page, library):
    asked = [
        Parameters(
            input_tokens=inputs, output_tokens=outputs, cache_hit_rate=rate, minimum_interactivity=speed,
            baseline=pair[0], subject=pair[1],
        )
        for inputs, outputs, rate, speed, pair in OWN
    ]  # fmt: skip
    answers = run(page, MODELED, [fragment(of_scenario(conditions)) for conditions in asked])
    for conditions, answer in zip(asked, answers, strict=True):
        for side, found in zip(compare(library, conditions, "curve").sides, answer, strict=True):
            throughput = side.levels["throughput_per_gpu"]
            assert found["caution"] == ["modeled"]
            assert found["throughput"] == pytest.approx(throughput.number, rel=1e-9)
            assert found["ends"] == pytest.approx(throughput.bracket, rel=1e-9)
            assert found["series"] == side.series


def test_lengths_outside_of_the_region_have_no_value_and_the_region_is_named(page):
    (answer,) = run(page, MODELED, ["input_tokens=100000&platforms=h200,gb300&interactivity=50"])
    assert all(found["throughput"] is None for found in answer)
    page.evaluate("location.hash = 'input_tokens=100000&platforms=h200,gb300&interactivity=50'")
    page.until(lambda: "512 to 16,384 input" in page.evaluate("document.body.innerText"), "the region")


def test_a_measured_workload_typed_as_lengths_is_the_measured_one(page):
    listed, typed = run(
        page, MODELED, ["workload=8k/1k&interactivity=50", "input_tokens=8192&output_tokens=1024&interactivity=50"]
    )
    assert typed == listed
    assert not any("modeled" in found["caution"] for found in typed)
