"""A metric is stated once; from there every comparison has it, made and turned alike."""

from itertools import permutations
from operator import call

import pytest

from analysis import formulas
from analysis.comparison.advantage import Advantage
from analysis.comparison.contenders import contender
from analysis.comparison.head_to_head import compare
from analysis.comparison.metrics import METRICS, Metric, level, levels, listed, made_from, over
from analysis.library.quantities import QUANTITIES, Quantity, quantity
from analysis.machinery.press.side_by_side import side_by_side
from analysis.machinery.sweep.grid import read_grid as grid
from analysis.machinery.sweep.sweep import Sweep
from analysis.machinery.sweep.tasks import _results
from analysis.machinery.whatif.data import data
from analysis.machinery.whatif.page import page
from analysis.scenario import Parameters, read_scenario
from analysis.studies.claims.claim import monomial
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.ledgers import ledger
from analysis.studies.claims.tables import published_and_recomputed
from analysis.studies.claims.verdicts import judge
from tests.support.shown import rows

GIVEN = {"price_per_gpu_hour": 2.0, "throughput_per_gpu": 500.0, "power_per_gpu": 1.5, "peak_flops": 2.5}
NEW = "tokens_per_kilowatt_hour"


def tokens_per_kilowatt_hour(throughput_per_gpu, power_per_gpu):
    return throughput_per_gpu * 3600 / power_per_gpu


@pytest.fixture
def added(monkeypatch):
    """A metric that the project does not have: a formula, a quantity and a line of the register."""
    unit = Quantity(NEW, "tokens per kilowatt-hour", "k", "tok/kWh", "token / kilowatt / hour", "higher", "compact")
    monkeypatch.setitem(QUANTITIES, NEW, unit)
    monkeypatch.setitem(METRICS, NEW, Metric(NEW, tokens_per_kilowatt_hour))


def test_a_metric_bears_the_name_of_its_formula_and_says_which_direction_is_better():
    for key, metric in METRICS.items():
        assert metric.key == key
        assert metric.formula is None or metric.formula is getattr(formulas, key)
        assert quantity(key).better in ("lower", "higher")


@pytest.mark.parametrize("key", [key for key, metric in METRICS.items() if metric.formula])
def test_above_one_the_subject_is_ahead(key):
    better = {**GIVEN, "throughput_per_gpu": 600.0, "peak_flops": 3.0}
    for baseline, subject in permutations((level(key, GIVEN, call), level(key, better, call))):
        ahead = subject < baseline if quantity(key).better == "lower" else subject > baseline
        assert (formulas.ratio(**over(key, baseline, subject)) > 1) == ahead


def test_a_price_is_compared_as_it_is():
    assert over("price_per_gpu_hour", 2.0, 3.0) == {"numerator": 3.0, "denominator": 2.0}


def test_a_metric_that_restates_another_has_its_ratio(library):
    pair = compare(library, Parameters())
    restating = [metric for metric in METRICS.values() if metric.restates]
    assert restating
    for metric in restating:
        assert pair.ratio(metric.key).number == pytest.approx(pair.ratio(metric.restates).number, rel=1e-12)
        assert metric.key not in listed()


def test_there_are_the_metrics_whose_inputs_are_known():
    assert made_from(["price_per_gpu_hour", "throughput_per_gpu"]) == [
        "price_per_gpu_hour", "throughput_per_gpu", "cost_per_million_tokens", "tokens_per_dollar",
    ]  # fmt: skip
    assert levels(GIVEN, call).keys() == METRICS.keys()
    assert level("cost_per_million_tokens", GIVEN, call) == pytest.approx(2.0 / 500 / 3600 * 1e6)


def test_a_metric_that_is_added_stands_in_every_comparison(library, added):
    pair = compare(library, Parameters())
    h200, gb300 = (side.given["throughput_per_gpu"].number * 3600 / side.given["power_per_gpu"].number
                   for side in pair.sides)  # fmt: skip
    assert pair.metrics == [*listed()]
    assert NEW in pair.metrics
    assert [value.number for value in pair.levels(NEW)] == pytest.approx([h200, gb300])
    assert pair.ratio(NEW).number == pytest.approx(gb300 / h200)
    assert pair.to_frame().loc["tokens per kilowatt-hour", "unit"] == "tok/kWh"
    curves = Advantage(*(contender(library, Parameters(), key) for key in ("h200", "gb300")))
    assert curves.at(NEW, 116.0).number == pytest.approx(float(curves(NEW, 116.0)))
    assert curves(NEW, 116.0) == pytest.approx(curves("throughput_per_megawatt", 116.0))
    assert monomial(NEW) == (3600.0, {"throughput_per_gpu": 1.0, "power_per_gpu": -1.0})


def test_a_metric_that_is_added_stands_in_the_reports_tables(library, added):
    pair = compare(library, Parameters())
    levels_and_ratio = rows(published_and_recomputed(judge(ledger(library), Evidence(library, pair)), pair))[-1]
    assert levels_and_ratio[0] == "Tokens per kilowatt-hour (tok/kWh)"
    assert levels_and_ratio[1::2] == ["not stated"] * 3
    assert float(levels_and_ratio[-1]) == pytest.approx(52.8, abs=0.05)
    (scenarios,) = [
        shown for shown in side_by_side([read_scenario("published")]) if shown.report.get("name") == "ratios"
    ]
    assert rows(scenarios)[0][-1] == levels_and_ratio[-1]


def test_a_metric_that_is_added_is_swept_and_may_be_judged(added, tmp_path):
    path = tmp_path / "grid.yaml"
    path.write_text(f"list:\n  - {{interactivity: 116}}\nverdict: {{ratio: {NEW}_ratio, thresholds: [50]}}\n")
    (task,) = Sweep(grid(str(path))).tasks(set())
    results = _results(task, [])
    assert results[f"{NEW}_ratio"] == pytest.approx(results["throughput_per_megawatt_ratio"])
    assert results[f"subject_{NEW}"] == pytest.approx(results["subject_throughput_per_megawatt"] * 3.6)


def test_a_metric_that_is_added_is_on_the_what_if_page(library, added):
    known = data([library], read_scenario("published"))
    assert NEW in known["ratios"]
    assert NEW in known["fields"]["ratio"]["choices"]
    assert known["amounts"][NEW]["unit"] == "tok/kWh"
    assert known["captions"][NEW] == "Tokens per kilowatt-hour: each platform over {baseline}."
    assert known["origins"][NEW] == ["throughput_per_gpu", "utilization", "power_per_gpu", "pue"]
    assert f"const {NEW} = formulas.{NEW}(" in page(library, read_scenario("published"), "")
