"""One question, one answer: the same platforms, workload, speed and prices give the same figure on every surface."""

import io
import json
from itertools import product

import pandas as pd
import pytest

from analysis.comparison.advantage import advantage
from analysis.comparison.head_to_head import compare
from analysis.comparison.metrics import METRICS, listed, ratio_of
from analysis.errors import InputError
from analysis.library.models import listed as listed_models
from analysis.library.models import model_of
from analysis.library.quantities import quantity, workload
from analysis.library.sources import DATA, load
from analysis.library.values import Status, Value
from analysis.machinery.press.what_if_link import fragment, of_scenario
from analysis.machinery.sweep.grid import read_grid
from analysis.machinery.sweep.sweep import Sweep
from analysis.machinery.sweep.tasks import run_task
from analysis.machinery.whatif.settings import answered
from analysis.scenario import Parameters
from analysis.studies.attribution.stacks import measured_stacks
from analysis.studies.benchmark.workloads import advantages
from analysis.studies.business.economics import economics
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.ledgers import ledger
from analysis.studies.claims.verdicts import judge
from tests.support import whatif
from tests.support.browser import chromium, tab

PAIRS = [
    ("h200", "gb300"), ("h100", "mi355x"), ("mi355x", "gb300"), ("gb200", "gb300"), ("b200", "gb200"),
    ("h200", "b200"), ("b300", "h100"), ("mi300x", "mi325x"),
]  # fmt: skip
LENGTHS = [(1024, 1024), (1024, 8192), (8192, 1024)]
SPEEDS = [12.0, 27.0, 35.0, 39.0, 40.0, 75.0, 116.0, 150.0, 240.0]
SERVED = [key for key in METRICS if METRICS[key].is_served]
EXACT = {"rel": 1e-9, "abs": 0}
UTILIZATION = 0.6


def asked(place):
    (baseline, subject), (input_tokens, output_tokens), speed = place
    return Parameters(
        baseline=baseline, subject=subject, input_tokens=input_tokens, output_tokens=output_tokens,
        minimum_interactivity=speed, as_of="2026-05-03", vintage="2026-08", price_tier="rental_3yr",
    )  # fmt: skip


GRID = {place: asked(place) for place in product(PAIRS, LENGTHS, SPEEDS)}


@pytest.fixture(scope="module")
def compared(library):
    """What `compare` says on the curves: ratios, levels and brackets of every metric; nothing where none answers."""
    found = {}
    for place, conditions in GRID.items():
        try:
            pair = compare(library, conditions, "curve")
        except InputError:
            found[place] = None
        else:
            ratios = {key: pair.ratio(key).number for key in SERVED}
            levels = {key: [value.number for value in pair.levels(key)] for key in SERVED}
            brackets = {key: [value.bracket or (value.number,) * 2 for value in pair.levels(key)] for key in SERVED}
            found[place] = ratios, levels, brackets
    return found


def test_the_grid_holds_answers_and_places_without_one(compared):
    assert sum(answer is not None for answer in compared.values()) > 120
    assert sum(answer is None for answer in compared.values()) > 20


def test_the_curves_of_the_reports_answer_as_the_comparison(library, compared):
    for pair, lengths in product(PAIRS, LENGTHS):
        try:
            curves = advantages(library, asked((pair, lengths, SPEEDS[0])))[workload(*lengths)]
        except (InputError, KeyError):
            assert all(compared[pair, lengths, speed] is None for speed in SPEEDS)
            continue
        for speed, key in product(SPEEDS, SERVED):
            ratio, answer = curves.at(key, speed), compared[pair, lengths, speed]
            assert (ratio and ratio.number) == (answer and pytest.approx(answer[0][key], **EXACT))


def test_the_stacks_of_the_attribution_answer_as_the_comparison(library, compared):
    stacks = {
        lengths: measured_stacks(library, asked((PAIRS[0], lengths, SPEEDS[0])), lengths=lengths)
        for lengths in LENGTHS
    }
    for (pair, lengths, speed), answer in compared.items():
        if answer is not None:
            throughputs = [float(stacks[lengths].curve(hardware)(speed)) for hardware in pair]
            assert throughputs == pytest.approx(answer[1]["throughput_per_gpu"], **EXACT)


def test_the_curves_behind_what_is_uncertain_answer_as_the_comparison(library, compared):
    place = ("h200", "gb300"), (1024, 1024), 116.0
    pair = compare(library, GRID[place])
    curves = advantage(library, pair.conditions)
    for key in SERVED:
        assert curves.at(key, 116.0).number == pytest.approx(compared[place][0][key], **EXACT)


def test_the_rows_of_the_brief_are_those_that_the_comparison_names_as_rows(library):
    price, full = (Value(1.0, quantity(key), "a test", Status.ASSUMED) for key in ("token_price", "utilization"))
    for place, conditions in list(GRID.items())[:: len(SPEEDS) - 1]:
        try:
            pair = compare(library, conditions, "rows")
        except InputError:
            continue
        sides = {side.platform.key: side for side in economics(library, conditions, price, full)}
        for side in pair.sides:
            assert sides[side.platform.key].row.name == side.row.name, place
            for key in ("throughput_per_gpu", "cost_per_million_tokens"):
                assert sides[side.platform.key][key].number == pytest.approx(side.levels[key].number, **EXACT)


def test_verdicts_are_of_the_rows_that_the_comparison_names(library):
    pair = compare(library, Parameters(), "rows")
    judged = {each.claim.id: each.recomputed for each in judge(ledger(library), Evidence(library, pair))}
    assert judged["cost-ratio"].number == pytest.approx(pair.ratio("cost_per_million_tokens").number, **EXACT)
    assert judged["throughput-ratio"].number == pytest.approx(pair.ratio("throughput_per_gpu").number, **EXACT)


@pytest.fixture(scope="module")
def swept(tmp_path_factory, library):
    """The same questions as a sweep, at full load and below it."""
    scenarios = [
        {
            "baseline": pair[0], "subject": pair[1], "workload": workload(*lengths), "interactivity": speed,
            "as_of": "2026-05-03", "vintage": "2026-08", "price_tier": "rental_3yr", "utilization": share,
        }
        for share in (1.0, UTILIZATION) for pair, lengths, speed in GRID
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("one-answer") / "grid.yaml"
    path.write_text(json.dumps({"list": scenarios}))
    parts = [run_task(task) for task in Sweep(read_grid(str(path))).tasks(set())]
    rows = pd.concat(pd.read_parquet(io.BytesIO(part.content)) for part in parts)
    return rows.iloc[: len(GRID)], rows.iloc[len(GRID) :]


def test_a_sweep_answers_as_the_comparison(swept, compared):
    for (place, answer), (_, row) in zip(compared.items(), swept[0].iterrows(), strict=True):
        if answer is None:
            assert pd.isna(row[ratio_of("throughput_per_gpu")]), place
            continue
        ratios, levels, _ = answer
        assert {key: row[ratio_of(key)] for key in SERVED} == pytest.approx(ratios, **EXACT), place
        for key in SERVED:
            assert [row[f"{role}_{key}"] for role in ("baseline", "subject")] == pytest.approx(levels[key], **EXACT)


@pytest.fixture(scope="module")
def browsed():
    """The same questions as settings of the what-if page, evaluated by a browser, at full load and below it."""
    if chromium() is None:
        pytest.skip("no Chromium on this machine")
    settings = [
        of_scenario(conditions) | {"utilization": share}
        for share in (1.0, UTILIZATION)
        for conditions in GRID.values()
    ]
    evaluated = """JSON.stringify(%s.map((fragment) => whatIf.evaluate(whatIf.read(fragment).setting)
      .map(({ amounts, compared, ends }) => ({ ...amounts, ...compared, ends }))))"""
    with tab() as page:
        page.open(whatif.address(), until="window.whatIf")
        answers = json.loads(page.evaluate(evaluated % json.dumps([fragment(setting) for setting in settings])))
    return answers[: len(GRID)], answers[len(GRID) :]


def test_the_page_answers_as_the_comparison(browsed, compared):
    for (place, answer), (before, after) in zip(compared.items(), browsed[0], strict=True):
        if answer is None:
            assert after[ratio_of("throughput_per_gpu")] is None, place
            continue
        ratios, levels, brackets = answer
        assert {key: after[ratio_of(key)] for key in SERVED} == pytest.approx(ratios, **EXACT), place
        for key in SERVED:
            assert [before[key], after[key]] == pytest.approx(levels[key], **EXACT), place
            for side, bracket in zip((before, after), brackets[key], strict=True):
                assert sorted(end[key] for end in side["ends"]) == pytest.approx(bracket, **EXACT), place


OTHER_MODELS = ("DeepSeek-V4-Pro", "GLM-5", "Kimi-K2.5", "Llama-3.3-70B-Instruct", "gpt-oss-120b")
OTHER_LENGTHS = [(8192, 1024, 0.0), (1024, 1024, 0.0), (12_000, 600, 0.0), (3000, 2000, 0.5)]


@pytest.fixture(scope="module")
def of_models():
    """The questions that other models are asked, at measured lengths and at others, each with its own rows."""
    questions = []
    for name in OTHER_MODELS:
        model = model_of(name, listed_models(DATA))
        library = load(snapshot=model.snapshot)
        pair = answered(library, Parameters())
        for (inputs, outputs, cached), speed in product(OTHER_LENGTHS, (20.0, 45.0, 80.0)):
            changes = {
                "input_tokens": inputs, "output_tokens": outputs, "cache_hit_rate": cached,
                "minimum_interactivity": speed, "vintage": "2026-09",
            }  # fmt: skip
            questions.append((library, pair.model_copy(update=changes)))
    return questions


def test_the_page_answers_for_every_model_and_length_as_the_comparison(of_models):
    if chromium() is None:
        pytest.skip("no Chromium on this machine")
    fragments = [fragment(of_scenario(conditions)) for _, conditions in of_models]
    evaluated = """JSON.stringify(%s.map((fragment) => whatIf.evaluate(whatIf.read(fragment).setting)
      .map(({ amounts, ends }) => ({ ...amounts, ends: ends.map((end) => end.throughput_per_gpu) }))))"""
    with tab() as page:
        page.open(whatif.address(), until="window.whatIf")
        answers = json.loads(page.evaluate(evaluated % json.dumps(fragments)))
    answered_by_both = 0
    for (library, conditions), sides in zip(of_models, answers, strict=True):
        try:
            pair = compare(library, conditions, "curve")
        except InputError:
            assert any(side["throughput_per_gpu"] is None for side in sides), conditions
            continue
        answered_by_both += 1
        for side, found in zip(pair.sides, sides, strict=True):
            for key in SERVED:
                assert found[key] == pytest.approx(side.levels[key].number, **EXACT), (conditions, key)
            throughput = side.levels["throughput_per_gpu"]
            ends = throughput.bracket or (throughput.number,) * 2
            assert sorted(found["ends"]) == pytest.approx(ends, **EXACT), conditions
    assert answered_by_both > len(of_models) / 3


def test_below_full_load_sweep_and_page_mean_the_same_by_every_metric(swept, browsed, compared):
    for (place, answer), (_, row), sides in zip(compared.items(), swept[1].iterrows(), browsed[1], strict=True):
        if answer is None:
            continue
        for role, side, level in zip(
            ("baseline", "subject"), sides, zip(*answer[1].values(), strict=True), strict=True
        ):
            for key, full in zip(SERVED, level, strict=True):
                assert row[f"{role}_{key}"] == pytest.approx(side[key], **EXACT), (place, key)
                if METRICS[key].formula:
                    factor = UTILIZATION if quantity(key).better == "higher" else 1 / UTILIZATION
                    assert side[key] == pytest.approx(full * factor, **EXACT), (place, key)


def test_every_metric_that_a_table_lists_is_held_together():
    assert set(listed()) - set(SERVED) == {"price_per_gpu_hour", "flops_per_dollar"}
