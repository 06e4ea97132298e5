"""A sweep gives, on arrays and in files, what the rest of the package gives for one scenario."""

import io
import itertools
import json
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparison.contenders import contender
from analysis.comparison.head_to_head import compare
from analysis.comparison.requests import request_in
from analysis.errors import InputError
from analysis.library.models import until
from analysis.library.quantities import QUANTITIES
from analysis.library.sources import load
from analysis.machinery.press.work import VersionError
from analysis.machinery.sweep.axes import ROLES, number_axes, word_axes
from analysis.machinery.sweep.chain import CAUTIONS, LEVELIZED_REASONS, Coded
from analysis.machinery.sweep.charts import read as rows_of
from analysis.machinery.sweep.grid import GridFile, read_grid
from analysis.machinery.sweep.inputs import OUTSIDE, REASONS, Answer, library_of
from analysis.machinery.sweep.places import Failure, LocalFolder
from analysis.machinery.sweep.sweep import Sweep, sweep
from analysis.machinery.sweep.table import described_column, metadata
from analysis.machinery.sweep.tasks import MOST_NAMED, ScenarioError, _results, run_task
from analysis.machinery.sweep.verdict import VerdictRule, ratio_columns
from analysis.scenario import Parameters
from analysis.studies.ownership.finance import ALL_IN, Finance
from analysis.studies.ownership.levelized import Performance, levelized

LENGTHS = {"1k/1k": (1024, 1024), "8k/1k": (8192, 1024), "1k/8k": (1024, 8192)}
PAIRS = """
product:
  workload: "*"
  price_tier: [hyperscaler, rental_3yr]
  vintage: ["2026-04", "2026-08"]
  baseline: [h200, mi355x]
  subject: "*"
  interactivity: {from: 15, to: 250, count: 12, scale: log}
"""
PUBLISHED = "list:\n  - {baseline: h200, subject: gb300, interactivity: 116}\n"
RATIO, LEVELIZED_RATIO = "cost_per_million_tokens_ratio", "levelized_cost_per_million_tokens_ratio"
FAILING = """
product:
  colocation: [0, 130]
  facility_capital: [0, 12000]
  facility_life: [15]
  interactivity: [100, 116]
"""


class Here(Executor):
    """Does the work at once, so that the order of things is known."""

    def __init__(self, most=None):
        self.most, self.done = most, []

    def submit(self, function, task):
        if self.most is not None and len(self.done) == self.most:
            raise KeyboardInterrupt
        self.done.append(task.name)
        future = Future()
        try:
            future.set_result(function(task))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture(autouse=True)
def read_once(monkeypatch, library):
    """The figures are the same in all tests, and most of a small sweep's time."""
    monkeypatch.setattr("analysis.machinery.sweep.grid.load", lambda snapshot: library)


@pytest.fixture
def asked(tmp_path):
    def grid(text, name="grid"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(text)
        return read_grid(str(path))

    return grid


@pytest.fixture
def swept(asked, tmp_path):
    def done(text, rows=1 << 17, **options):
        whole = Sweep(asked(text), rows)
        place = LocalFolder(tmp_path / "scenarios", whole.key)
        found = sweep(whole, place, options.pop("executor", Here()), ahead=1, **options)
        return found, rows_of(place.folder), place.folder

    return done


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pairs")
    (folder / "pairs.yaml").write_text(PAIRS)
    whole = Sweep(read_grid(str(folder / "pairs.yaml")), 500)
    place = LocalFolder(folder / "scenarios", whole.key)
    sweep(whole, place, Here(), ahead=1)
    return whole, place.folder, rows_of(place.folder)


def test_every_combination_stands_once(pairs):
    _, _, rows = pairs
    names = ["workload", "price_tier", "vintage", "baseline", "subject", "interactivity"]
    assert len(rows) == 3 * 2 * 2 * 2 * 9 * 12
    assert list(rows["scenario"]) == list(range(len(rows)))
    assert not rows[names].duplicated().any()


def test_each_result_is_that_of_the_scenario_alone(library, pairs):
    rows = pairs[2]
    chosen = rows.sample(30, random_state=1)
    assert chosen[RATIO].notna().sum() > 8
    for row in chosen.itertuples():
        conditions = Parameters.gathered(
            {"baseline": row.baseline, "subject": row.subject, "vintage": row.vintage, "price_tier": row.price_tier}
        )
        for role in ("baseline", "subject"):
            try:
                side = contender(library, conditions, getattr(row, role), lengths=LENGTHS[row.workload])
                metrics = side.at(row.interactivity)
            except InputError:
                metrics = {}
            for key in ("throughput_per_gpu", "cost_per_million_tokens", "throughput_per_megawatt"):
                alone = metrics[key].number if key in metrics else np.nan
                assert getattr(row, f"{role}_{key}") == pytest.approx(alone, nan_ok=True)


def test_what_is_not_measured_is_nan_and_says_why(pairs):
    rows = pairs[2]
    for role in ("baseline", "subject"):
        silent = rows[f"{role}_throughput_per_gpu"].isna()
        assert (silent == (rows[f"{role}_reason"] != "")).all()
    assert {OUTSIDE, "above the measured interactivity"} <= set(rows["subject_reason"])
    none = rows[(rows["subject"] == "b300") & (rows["workload"] == "1k/8k")]
    assert set(none["subject_reason"]) == {OUTSIDE}
    unmeasured = rows[RATIO].isna()
    assert (unmeasured == (rows["verdict"] == "not measured")).all()


def test_ratios_are_of_the_columns_and_cost_times_throughput_is_price(pairs):
    rows = pairs[2].dropna(subset=[RATIO])
    for role in ("baseline", "subject"):
        price = rows[f"{role}_cost_per_million_tokens"] * rows[f"{role}_throughput_per_gpu"] * 3600 / 1e6
        np.testing.assert_allclose(price, rows[f"{role}_price_per_gpu_hour"])
        energy = rows[f"{role}_energy_per_token"] * rows[f"{role}_throughput_per_megawatt"]
        np.testing.assert_allclose(energy, 1e6)
    np.testing.assert_allclose(rows[RATIO], rows["throughput_per_gpu_ratio"] / rows["price_per_gpu_hour_ratio"])
    np.testing.assert_allclose(rows["energy_per_token_ratio"], rows["throughput_per_megawatt_ratio"])
    same = rows[rows["baseline"].astype(str) == rows["subject"].astype(str)]
    assert len(same)
    assert (same[RATIO] == 1).all()


def test_verdicts_are_where_the_ratio_lies(pairs):
    rows = pairs[2].dropna(subset=[RATIO])
    expected = pd.cut(
        rows[RATIO], [0, 1, 10, 35, 50, np.inf], right=False,
        labels=["below 1", "1 to 10", "10 to 35", "35 to 50", "50 or more"],
    )  # fmt: skip
    assert list(rows["verdict"]) == list(expected)
    assert rows["verdict"].nunique() >= 4


def test_the_published_point_is_as_the_curves_have_it(swept):
    _, rows, _ = swept(PUBLISHED + "verdict: {claim: cost-ratio}")
    one = rows.iloc[0]
    assert one["baseline_throughput_per_gpu"] == pytest.approx(93.15, rel=0.03)
    assert one["subject_throughput_per_gpu"] == pytest.approx(5970, rel=0.03)
    assert one["baseline_price_per_gpu_hour"] == pytest.approx(1.41)
    assert one[RATIO] == pytest.approx(35, rel=0.05)
    assert one["subject_caution"] == "placeholder"
    assert one["baseline_caution"] == ""
    assert one["verdict"] in ("as printed", "below the printed figure", "above the printed figure")


def test_a_printed_figure_judges_its_own_pair_only(swept):
    text = "product:\n  baseline: [h200, h100]\n  subject: [gb300, gb200]\n  interactivity: [100, 110, 116, 120]\n"
    _, rows, _ = swept(text + "verdict: {claim: throughput-ratio}")
    meant = (rows["baseline"] == "h200") & (rows["subject"] == "gb300")
    assert (rows.loc[~meant, "verdict"] == "no such statement").all()
    ratio = rows.loc[meant, "throughput_per_gpu_ratio"]
    printed = (ratio >= 64.5) & (ratio <= 65.5)
    assert (rows.loc[meant, "verdict"] == "as printed").equals(printed)


def test_levelized_costs_are_those_of_the_ownership_model(swept):
    _, rows, _ = swept(
        "product:\n  cost_of_capital: [0, 0.08, 0.133]\n  economic_life: [3, 5]\n  utilization: [0.5, 1]\n"
        "  baseline_capital_per_gpu: [30000]\n  subject_power_factor: [1, 1.5]\n"
    )
    assert len(rows) == 24
    for row in rows.itertuples():
        finance = Finance(
            capital_per_gpu=30_000, economic_life=row.economic_life, cost_of_capital=row.cost_of_capital,
            power_per_gpu=row.baseline_power_per_gpu, power_boundary=ALL_IN, pue=1, electricity_price=0.087,
            colocation=130,
        )  # fmt: skip
        performance = Performance(throughput_per_gpu=row.baseline_throughput_per_gpu, utilization=row.utilization)
        alone = levelized(finance, performance)
        assert row.baseline_levelized_price_per_gpu_hour == pytest.approx(alone["price_per_gpu_hour"])
        assert row.baseline_levelized_cost_per_million_tokens == pytest.approx(alone["cost_per_million_tokens"])
    assert rows["subject_power_per_gpu"].nunique() == 2


def test_a_platform_of_unknown_capital_has_no_levelized_cost(swept):
    _, rows, _ = swept("product:\n  baseline: [h200, mi355x]\n  subject: [gb300, b200]\n  interactivity: [50]\n")
    said = dict(
        zip(rows["baseline"].astype(str) + "/" + rows["subject"].astype(str), rows["levelized_reason"], strict=True)
    )
    assert said == {
        "h200/gb300": "",
        "h200/b200": "no capital of the subject",
        "mi355x/gb300": "no capital of the baseline",
        "mi355x/b200": "no capital of either",
    }
    assert (rows[LEVELIZED_RATIO].isna() == (rows["levelized_reason"] != "")).all()
    assert rows[RATIO].notna().all()


def test_own_prices_and_factors_take_the_place_of_the_librarys(swept):
    _, rows, _ = swept(
        "list:\n  - {}\n  - {baseline_price: 2}\n  - {baseline_price_factor: 2}\n"
        "  - {subject_utilization: 0.5}\n  - {utilization: 0.5}\n"
    )
    cost = rows[RATIO]
    assert rows["baseline_price_per_gpu_hour"].tolist()[1] == 2
    assert cost[2] == pytest.approx(2 * cost[0])
    assert cost[3] == pytest.approx(cost[0] / 2)
    assert cost[4] == pytest.approx(cost[0])
    for key in ("cost_per_million_tokens", "energy_per_token"):
        assert rows[f"baseline_{key}"][4] == pytest.approx(2 * rows[f"baseline_{key}"][0])
    for key in ("throughput_per_megawatt", "tokens_per_dollar"):
        assert rows[f"baseline_{key}"][4] == pytest.approx(rows[f"baseline_{key}"][0] / 2)
    assert rows["baseline_throughput_per_gpu"][4] == rows["baseline_throughput_per_gpu"][0]


@pytest.mark.parametrize("method", ["sobol", "latin hypercube"])
def test_a_sample_fills_its_ranges_evenly_however_it_is_cut(swept, asked, method):
    text = (
        f"sample:\n  method: {method}\n  count: 1024\n  seed: 7\n  vary:\n    subject: [gb200, gb300]\n"
        "    interactivity: {from: 20, to: 200, scale: log}\n    cost_of_capital: {from: 0.08, to: 0.16}\n"
    )
    _, rows, _ = swept(text, rows=128)
    share = np.log(rows["interactivity"] / 20) / np.log(10)
    assert np.histogram(share, 16, (0, 1))[0].tolist() == [64] * 16
    assert np.histogram(rows["cost_of_capital"], 16, (0.08, 0.16))[0].tolist() == [64] * 16
    assert set(rows["subject"].value_counts()) == {512}
    whole = asked(text).design.scenarios(0, 1024)
    np.testing.assert_array_equal(whole.amounts["interactivity"], rows["interactivity"])


@given(start=st.integers(0, 1295), stop=st.integers(0, 1295))
@settings(max_examples=30, deadline=None)
def test_a_product_is_the_same_however_it_is_cut(pairs, start, stop):
    design = pairs[0].grid.design
    low, high = sorted((start, stop))
    whole, piece = design.scenarios(0, len(design)).scenarios(low, high), design.scenarios(low, high)
    assert piece.start == whole.start
    for name, codes in piece.codes.items():
        np.testing.assert_array_equal(codes, whole.codes[name])
    for name, amount in piece.amounts.items():
        np.testing.assert_array_equal(amount, whole.amounts[name])


def test_the_same_sweep_gives_the_same_bytes(asked, tmp_path):
    grid = asked(PAIRS)
    contents = []
    for name, executor in (("one", Here()), ("two", ThreadPoolExecutor(2))):
        whole = Sweep(grid, 700)
        place = LocalFolder(tmp_path / name, whole.key)
        with executor:
            sweep(whole, place, executor, ahead=3)
        contents.append({path.name: path.read_bytes() for path in place.folder.iterdir()})
    assert contents[0] == contents[1]
    assert len(contents[0]) == 4


def test_files_say_grid_units_sources_and_versions(pairs):
    whole, folder, _ = pairs
    path = folder / "part-00000.parquet"
    about = metadata(str(path))
    assert json.loads(about["grid"])["product"]["baseline"] == ["h200", "mi355x"]
    assert {source["id"] for source in json.loads(about["sources"])} >= {"inferencex-constants-2026-04"}
    assert "numpy" in about["versions"]
    assert about["snapshot"] == whole.grid.library.snapshot
    units = {field.name: (field.metadata or {}).get(b"unit", b"").decode() for field in pq.read_schema(path)}
    assert units["baseline_throughput_per_gpu"] == "tok/s/GPU"
    assert units["subject_levelized_cost_per_million_tokens"] == "USD/Mtok"
    assert units["interactivity"] == "tok/s/user"
    text = str(about)
    assert str(folder) not in text


def test_an_amount_has_its_unit_its_bounds_and_what_holds_else(asked):
    least, most, owned = 1e-9, 1e6, 1e12
    expected = {"interactivity": ("tok/s/user", 116, least, most), "utilization": ("", 1, least, 1)}
    for role in ("baseline", "subject"):
        expected |= {
            f"{role}_price": ("USD/GPU/h", None, least, most),
            f"{role}_price_factor": ("", 1, least, most),
            f"{role}_power_factor": ("", 1, least, most),
            f"{role}_utilization": ("", None, least, 1),
            f"{role}_capital_per_gpu": ("USD/GPU", None, 0, owned),
        }
    expected |= {
        "economic_life": ("years", None, 0, 200), "cost_of_capital": ("per year", None, -0.9, 10),
        "electricity_price": ("USD/kWh", None, 0, owned), "average_load": ("", None, 0, 1),
        "residual_value": ("", None, 0, 1), "payments_per_year": ("per year", None, 1, owned),
        "tax_rate": ("", None, 0, 1), "depreciation_present_value": ("", None, 0, 1),
        "availability": ("", None, 0, 1), "colocation": ("USD/kW/month", None, 0, owned),
        "facility_capital": ("USD/kW", None, 0, owned), "facility_life": ("years", None, 0, 200),
        "support_rate": ("per year", None, 0, owned), "staff_cost": ("USD/GPU/year", None, 0, owned),
        "software_licenses": ("USD/GPU/year", None, 0, owned),
    }  # fmt: skip
    found = {
        name: (one.unit, None if np.isnan(one.default) else one.default, one.domain.low, one.domain.high)
        for name, one in number_axes().items()
    }
    assert found == expected


def test_a_choice_has_its_words_and_what_holds_else(library):
    platforms = ("h100", "h200", "b200", "b300", "gb200", "gb300", "mi300x", "mi325x", "mi355x")
    models = ("DeepSeek-R1-0528", *(model.name for model in library.models if model.key != "dsr1"))
    assert {name: (axis.default, axis.allowed) for name, axis in word_axes(library).items()} == {
        "model": (models[0], models),
        "baseline": ("h200", platforms),
        "subject": ("gb300", platforms),
        "workload": ("1k/1k", ("1k/1k", "1k/8k", "8k/1k")),
        "vintage": ("2026-04", ("2026-04", "2026-07", "2026-08", "2026-09")),
        "price_tier": ("hyperscaler", ("hyperscaler", "neocloud", "rental_3yr")),
        "as_of": ("2026-04-15", ()),
        "minimum_accuracy": ("none", ()),
        "origin": ("all", ("all", "SemiAnalysis")),
    }


def test_what_a_grid_file_leaves_out_holds_its_usual_value(library):
    asked = GridFile.model_validate({"sample": {"count": 8, "vary": {}}})
    assert (asked.description, asked.snapshot) == ("", library.snapshot)
    assert (asked.product, asked.list, asked.fixed) == (None, None, {})
    assert (asked.sample.method, asked.sample.seed) == ("sobol", 0)
    assert asked.verdict.model_dump() == {
        "ratio": RATIO, "thresholds": [1, 10, 35, 50], "claim": "", "ledger": "published",
    }  # fmt: skip


def test_reasons_and_cautions_are_said_in_these_words():
    assert REASONS == (
        "", "no measured rows", "above the measured interactivity", "no price or power",
        "lengths outside of what the tariff answers for", "failed",
    )  # fmt: skip
    assert CAUTIONS == ("", "placeholder", "modeled", "placeholder, modeled")
    assert LEVELIZED_REASONS == (
        "", "no capital of the baseline", "no capital of the subject", "no capital of either",
    )  # fmt: skip
    assert list(ratio_columns()) == [
        "price_per_gpu_hour_ratio", "throughput_per_gpu_ratio", "throughput_per_megawatt_ratio",
        RATIO, "tokens_per_dollar_ratio", "energy_per_token_ratio",
        LEVELIZED_RATIO,
    ]  # fmt: skip


def test_above_the_fastest_row_and_without_a_price_the_reason_is_said(asked):
    from dataclasses import replace

    from analysis.frontier import throughput_curve
    from analysis.frontier.curves import Envelope

    grid = asked("product: {interactivity: [5, 10, 15, 20, 25, 30, 40, 50]}")
    task = next(Sweep(grid).tasks(set()))
    gap = Envelope((throughput_curve([10, 20], [9, 5]), throughput_curve([30, 40], [4, 1])))
    curves = dict.fromkeys(task.inputs.curves, Answer(gap, False, (1, 2), (0.9, np.nan)))
    found = _results(replace(task, inputs=replace(task.inputs, curves=curves)), [])["subject_reason"]
    assert [found.words[code] for code in found.codes] == [*[""] * 7, "above the measured interactivity"]
    unpriced = replace(task.inputs, price=np.full_like(task.inputs.price, np.nan))
    found = _results(replace(task, inputs=unpriced), [])["subject_reason"]
    assert "no price or power" in {found.words[code] for code in found.codes}


def test_an_edge_begins_the_next_word():
    judged = VerdictRule(RATIO, (1.0, 10.0), ("low", "middle", "high", "unknown", "another"))
    ratios = np.array([0.5, 1.0, 9.9, 10.0, np.inf, np.nan, 5.0])
    of_pair = np.array([True, True, True, True, True, True, False])
    codes = judged.codes(ratios, of_pair)
    assert [judged.words[code] for code in codes] == ["low", "middle", "middle", "high", "high", "unknown", "another"]
    assert codes.dtype == np.int16
    assert [judged.words[code] for code in judged.codes(ratios[:2])] == ["low", "middle"]


def test_failures_beside_good_scenarios_are_codes_of_the_same_kind(asked):
    failures = []
    found = _results(next(Sweep(asked(FAILING)).tasks(set())), failures)
    assert {one.codes.dtype for one in found.values() if isinstance(one, Coded)} == {np.dtype(np.int16)}
    assert [one.more for one in failures] == [0, 0]
    assert Failure(3, {}, "why").more == 0
    assert str(Failure(3, {"a": 1, "b": "x"}, "why", 1200)) == "scenario 3 (a=1, b=x): why (and 1,200 more after it)"


def test_every_column_has_its_type_its_name_and_its_unit(swept):
    _, _, folder = swept(PUBLISHED)
    found = {
        field.name: (str(field.type), field.metadata[b"name"].decode(), field.metadata[b"unit"].decode())
        for field in pq.read_schema(folder / "part-00000.parquet")
    }
    words, number = "dictionary<values=string, indices=int16, ordered=0>", "double"
    names = "model baseline subject workload vintage price_tier as_of minimum_accuracy origin".split()
    expected = {"scenario": ("int64", "scenario", "")}
    expected |= {name: (words, name.replace("_", " "), "") for name in names}
    expected |= {"interactivity": (number, "interactivity", "tok/s/user"), "utilization": (number, "utilization", "")}
    sides = {
        "throughput_per_gpu": ("throughput per GPU", "tok/s/GPU"),
        "price_per_gpu_hour": ("price per GPU-hour", "USD/GPU/h"),
        "power_per_gpu": ("power per GPU", "kW/GPU"),
        "throughput_per_megawatt": ("throughput per megawatt", "tok/s/MW"),
        "cost_per_million_tokens": ("cost per million tokens", "USD/Mtok"),
        "tokens_per_dollar": ("tokens per dollar", "tok/USD"),
        "energy_per_token": ("energy per token", "J/tok"),
        "levelized_price_per_gpu_hour": ("levelized price per GPU-hour", "USD/GPU/h"),
        "levelized_cost_per_million_tokens": ("cost per million tokens", "USD/Mtok"),
        "accuracy": ("accuracy", ""),
    }
    for role in ("baseline", "subject"):
        expected |= {f"{role}_{key}": (number, f"{name} of the {role}", unit) for key, (name, unit) in sides.items()}
        expected |= {f"{role}_{key}": (words, f"{role} {key}", "") for key in ("reason", "caution", "series")}
    named = {
        "price_per_gpu_hour_ratio": "price per GPU-hour", "throughput_per_gpu_ratio": "throughput per GPU",
        "throughput_per_megawatt_ratio": "throughput per megawatt", RATIO: "cost per million tokens",
        "tokens_per_dollar_ratio": "tokens per dollar", "energy_per_token_ratio": "energy per token",
        LEVELIZED_RATIO: "cost per million tokens",
    }  # fmt: skip
    expected |= {key: (number, f"ratio of {name}", "") for key, name in named.items()}
    expected |= {key: (words, key.replace("_", " "), "") for key in ("verdict", "levelized_reason")}
    assert list(found.items()) == list(expected.items())


def test_every_result_is_a_known_quantity_or_a_word(pairs):
    rows = pairs[2]
    names = {one.name for one in QUANTITIES.values()}
    for column in rows.select_dtypes("float"):
        said = described_column(column)["name"].removeprefix("ratio of ").removesuffix(" of the baseline")
        assert said.removesuffix(" of the subject") in names, column


def test_duckdb_reads_what_pandas_reads(pairs):
    duckdb = pytest.importorskip("duckdb")
    _, folder, rows = pairs
    found = duckdb.sql(
        f"select baseline, subject, count(*) as n, max({RATIO}) as highest from '{folder}/*.parquet' "
        f"where not isnan({RATIO}) group by all"
    ).df()
    here = rows.dropna(subset=[RATIO]).groupby(["baseline", "subject"], observed=True)[RATIO]
    expected = here.agg(["size", "max"]).reset_index()
    both = found.merge(expected, on=["baseline", "subject"])
    assert len(both) == len(expected) == len(found)
    assert (both["n"] == both["size"]).all()
    np.testing.assert_array_equal(both["highest"], both["max"])


def test_a_stopped_sweep_goes_on_where_it_was(asked, tmp_path):
    whole = Sweep(asked(PAIRS), 300)
    place = LocalFolder(tmp_path / "scenarios", whole.key)
    with pytest.raises(KeyboardInterrupt):
        sweep(whole, place, Here(most=5), ahead=1)
    assert not place.folder.exists()
    executor = Here()
    found = sweep(whole, place, executor, ahead=1)
    assert (found.made, found.kept) == (4, 5) or (found.made, found.kept) == (5, 4)
    assert len(executor.done) == found.made
    assert list(rows_of(place.folder)["scenario"]) == list(range(len(whole.grid.design)))
    assert not list(tmp_path.glob(".*"))
    again = Here()
    assert sweep(whole, place, again, ahead=1).kept == 9
    assert again.done == []


def test_damaged_files_are_made_again_and_others_replaced(asked, tmp_path):
    whole = Sweep(asked(PAIRS), 1000)
    place = LocalFolder(tmp_path / "scenarios", whole.key)
    sweep(whole, place, Here(), ahead=1)
    damaged = place.folder / "part-00001.parquet"
    good = damaged.read_bytes()
    damaged.write_bytes(good[:-100])
    (place.folder / "note.txt").write_text("not ours")
    assert sweep(whole, place, Here(), ahead=1).made == 3
    assert damaged.read_bytes() == good
    other = Sweep(asked(PUBLISHED))
    sweep(other, LocalFolder(place.folder, other.key), Here(), ahead=1)
    assert [path.name for path in place.folder.iterdir()] == ["part-00000.parquet"]


def test_a_failing_scenario_is_named_and_does_not_stop_the_others(swept):
    found, rows, _ = swept(FAILING)
    assert [one.scenario for one in found.failures] == [6, 7]
    assert found.failures[0].parameters["facility_capital"] == 12000
    assert "interactivity=100.0" in str(found.failures[0])
    assert "space would count twice" in str(found.failures[0])
    assert rows["baseline_reason"].tolist() == [""] * 6 + ["failed"] * 2
    assert rows[LEVELIZED_RATIO].isna().tolist() == [False] * 6 + [True] * 2
    assert rows["verdict"].tolist()[6:] == ["not measured"] * 2


def test_failures_are_told_again_when_the_files_are_kept(asked, tmp_path):
    whole = Sweep(asked(FAILING))
    place = LocalFolder(tmp_path / "scenarios", whole.key)
    first = sweep(whole, place, Here(), ahead=1)
    second = sweep(whole, place, Here(), ahead=1)
    assert second.kept == 1
    assert second.failures == first.failures


def test_fail_fast_stops_and_names_the_scenario(swept):
    with pytest.raises(ScenarioError, match=r"scenario 6 .*facility_capital=12000"):
        swept(FAILING, fail_fast=True)


def test_of_many_failing_scenarios_some_are_named_and_all_are_marked(swept):
    text = FAILING.replace("[100, 116]", "{from: 60, to: 120, count: 400}").replace("[0, 130]", "[0, 130]")
    found, rows, _ = swept(text)
    assert len(found.failures) == MOST_NAMED
    assert found.failures[-1].more == 400 - MOST_NAMED
    assert f"and {400 - MOST_NAMED} more" in str(found.failures[-1])
    assert (rows["baseline_reason"] == "failed").tolist() == [False] * 1200 + [True] * 400
    assert rows[LEVELIZED_RATIO].notna().tolist() == [True] * 1200 + [False] * 400


def test_a_grid_that_fails_everywhere_has_no_result(swept):
    found, rows, _ = swept(FAILING.replace("[0, 130]", "[130]").replace("[0, 12000]", "[12000]"))
    assert len(found.failures) == len(rows) == 2
    assert rows[RATIO].isna().all()


def test_a_scenario_that_fails_alone_gives_what_the_others_give_without_it(swept):
    _, rows, _ = swept(FAILING)
    _, good, _ = swept(FAILING.replace("[0, 12000]", "[0]"))
    ours = rows[rows["facility_capital"] == 0].reset_index(drop=True)
    assert ours[LEVELIZED_RATIO].tolist() == good[LEVELIZED_RATIO].tolist()


def test_other_code_is_refused_with_both_versions(asked):
    from dataclasses import replace

    task = next(Sweep(asked(PUBLISHED)).tasks(set()))
    with pytest.raises(VersionError, match=r"the worker has code .* what asks it: code 0000, numpy 1"):
        run_task(replace(task, version="code 0000, numpy 1"))


REFUSED = {
    "nothing to sweep": ("description: none", "found none, allowed is one of product, list and sample"),
    "two kinds": ("product: {interactivity: 5}\nlist: [{}]", "found product and list"),
    "unknown publisher": ("product: {origin: [SemiAnalisis]}", "did you mean 'SemiAnalysis'"),
    "suspect rows": ("product: {suspect_series: [gb300]}", "suspect_series: a sweep does not apply it"),
    "unknown parameter": ("product: {interactivty: 5}", "did you mean 'interactivity'"),
    "unknown platform": ("product: {baseline: h20}", "did you mean 'h200'"),
    "outside its domain": ("product: {utilization: [0.5, 1.5]}", "found 1.5, allowed is at least 1e-09 and at m"),
    "next to nothing": ("product: {baseline_price: [1e-320]}", "found 9.99989e-321, allowed is at least 1e-09 and"),
    "next to no share": ("fixed: {subject_utilization: 5e-324}\nlist: [{}]", "at least 1e-09 and at most 1"),
    "a range from next to nothing": ("product: {interactivity: {from: 1e-320, to: 1, count: 2}}", "at least 1e-09"),
    "next to no cost": ("product: {colocation: [0, 1e-320]}", "at most 1e+12, 0 or from 1e-06 in size"),
    "more than can be reckoned with": ("product: {staff_cost: 1e300}", "found 1e+300, allowed is at least 0 and at"),
    "a life of an age": ("product: {economic_life: 201}", "allowed is more than 0 and at most 200"),
    "next to no accuracy": ("product: {minimum_accuracy: [1e-320]}", "at least 1e-09 and at most 1, or none"),
    "falling range": ("product: {interactivity: {from: 9, to: 3, count: 4}}", "a rising range"),
    "range without count": ("product: {interactivity: {from: 3, to: 9}}", "count: found None"),
    "unknown key of a range": ("product: {interactivity: {form: 3, to: 9, count: 2}}", "did you mean 'from'"),
    "log from nothing": ("product: {residual_value: {from: 0, to: 1, count: 2, scale: log}}", "log above 0"),
    "a word for a number": ("product: {interactivity: [fast]}", "allowed is a number"),
    "an empty list": ("product: {baseline: []}", "found an empty list"),
    "varied and fixed": ("product: {baseline: h100}\nfixed: {baseline: h200}", "baseline is varied and fixed"),
    "two fixed": ("product: {baseline: h100}\nfixed: {interactivity: [5, 6]}", "found 2 values, allowed is one"),
    "no power of two": ("sample: {count: 1000, vary: {interactivity: {from: 5, to: 9}}}", "such as 512 or 1,024"),
    "levels in a sample": ("sample: {count: 8, vary: {interactivity: [5, 9]}}", "a range without a count"),
    "a listed scenario": ("list: [{}, {subject: gb3000}]", "list, scenario 2: subject"),
    "unknown key": ("produkt: {}", "produkt"),
    "unknown snapshot": ("snapshot: x\nlist: [{}]", "snapshot"),
    "unknown ratio": ("list: [{}]\nverdict: {ratio: energy_per_token_rati}", "did you mean 'energy_per_token_ratio'"),
    "a threshold of next to nothing": ("list: [{}]\nverdict: {thresholds: [1e-320]}", "must be at least 1e-09"),
    "falling thresholds": ("list: [{}]\nverdict: {thresholds: [5, 2]}", "allowed are rising numbers"),
    "unknown statement": ("list: [{}]\nverdict: {claim: cost-rati}", "did you mean 'cost-ratio'"),
    "no such day": ("product: {as_of: [tomorrow]}", "allowed is a day"),
    "no accuracy": ("product: {minimum_accuracy: [2]}", "at most 1, or none"),
    "too many": ("product: " + "{" + ", ".join(
        f"{name}: {{from: 0.1, to: 0.9, count: 1000}}" for name in ("utilization", "average_load", "tax_rate",
        "residual_value")) + "}", "1,000,000,000,000 scenarios"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_grid_that_cannot_be_used_is_refused_with_its_place(asked, what):
    text, said = REFUSED[what]
    with pytest.raises(InputError) as refused:
        asked(text, "wrong")
    assert said in str(refused.value)
    assert "wrong.yaml" in str(refused.value)


def test_cutoff_days_and_accuracies_choose_the_curve(swept):
    _, rows, _ = swept(
        "product:\n  as_of: [2026-04-15, 2026-05-05, 2020-01-01]\n  minimum_accuracy: [none, 0.95, 1]\n"
        "  interactivity: [50]\n"
    )
    reached = rows.set_index(["as_of", "minimum_accuracy"])["subject_throughput_per_gpu"]
    assert reached["2020-01-01"].isna().all()
    assert np.isnan(reached["2026-04-15", "1.0"])
    assert reached["2026-04-15", "none"] >= reached["2026-04-15", "0.95"]


def test_the_rows_of_a_publisher_answer_alone_where_they_are_asked_for(swept, monkeypatch):
    monkeypatch.setattr("analysis.machinery.sweep.grid.load", load)
    _, rows, _ = swept(
        "snapshot: inferencex-deepseek-r1-jalapeno-2026-08\n"
        "fixed: {as_of: 2026-11-30, workload: 8k/1k, interactivity: 50}\n"
        "product: {subject: [jalapeno, gb300], origin: '*'}\n"
    )
    reached = rows.set_index(["subject", "origin"])["subject_throughput_per_gpu"]
    assert reached.notna().to_dict() == {
        ("jalapeno", "all"): True, ("jalapeno", "SemiAnalysis"): False, ("jalapeno", "OpenAI"): True,
        ("gb300", "all"): True, ("gb300", "SemiAnalysis"): True, ("gb300", "OpenAI"): False,
    }  # fmt: skip


def test_columns_are_the_same_whatever_the_kind_of_grid(swept):
    grids = [
        "product: {interactivity: [116]}",
        "list: [{interactivity: 116}]",
        "sample: {count: 1, vary: {interactivity: {from: 115, to: 117}}}",
    ]
    names = [list(swept(text)[1].columns) for text in grids]
    assert all(one == other for one, other in itertools.pairwise(names))


def test_lengths_that_nobody_measured_give_what_compare_gives_and_say_that_they_are_modeled(asked):
    cached = "12000/600, 50% of the input cached"
    grid = asked(f"""
product:
  workload: ["{cached}", "8k/1k"]
  baseline: [h200]
  subject: [gb300]
  interactivity: [35, 50, 100]
""")
    results = _results(next(Sweep(grid).tasks(set())), [])
    cautions = results["subject_caution"]
    words = [cautions.words[code] for code in cautions.codes]
    assert words == ["placeholder, modeled"] * 3 + ["placeholder"] * 3
    for place, speed in enumerate((35.0, 50.0, 100.0)):
        conditions = Parameters(
            input_tokens=12_000, output_tokens=600, cache_hit_rate=0.5, minimum_interactivity=speed
        )
        pair = compare(grid.library, conditions, "curve")
        assert results[RATIO][place] == pytest.approx(pair.ratio("cost_per_million_tokens").number, rel=1e-9)


@pytest.mark.parametrize("wrong", ["12000", "0/600", "12000/600, 101% of the input cached", "1k/1k/1k"])
def test_words_that_are_no_lengths_are_refused(asked, wrong):
    with pytest.raises(InputError, match="workload"):
        asked(f'product:\n  workload: ["{wrong}"]\n')


MODELS = """
product:
  model: [DeepSeek-R1-0528, DeepSeek-V4-Pro, GLM-5]
  workload: [8k/1k, "12000/600", "100000/600"]
  interactivity: [20, 50]
fixed: {vintage: 2026-09}
"""


def test_each_model_is_answered_by_its_own_rows_and_the_series_behind_a_number_is_named(asked):
    grid = asked(MODELS)
    (task,) = Sweep(grid).tasks(set())
    rows = pd.read_parquet(io.BytesIO(run_task(task).content))
    assert set(rows["as_of"]) == {"newest"}
    for _, row in rows[rows["workload"] != "100000/600"].iterrows():
        library = library_of(grid.library, row["model"])
        conditions = Parameters(
            snapshot=library.snapshot, vintage="2026-09", as_of=until(library.origins),
            minimum_interactivity=row["interactivity"],
        )  # fmt: skip
        request = request_in(row["workload"])
        conditions = conditions.model_copy(
            update={"input_tokens": int(request.input_tokens), "output_tokens": int(request.output_tokens)}
        )
        pair = compare(library, conditions, "curve")
        for role, side in zip(ROLES, pair.sides, strict=True):
            assert row[f"{role}_series"] == side.series
            level = side.levels["cost_per_million_tokens"].number
            assert row[f"{role}_cost_per_million_tokens"] == pytest.approx(level, rel=1e-9)
            known = library.benchmark[library.benchmark["hardware"] == side.platform.key]["accuracy"]
            assert np.isnan(row[f"{role}_accuracy"]) or row[f"{role}_accuracy"] in set(known)
    beyond = rows[rows["workload"] == "100000/600"]
    assert set(beyond["subject_reason"]) == {OUTSIDE}
    assert set(beyond["subject_series"]) == {""}
