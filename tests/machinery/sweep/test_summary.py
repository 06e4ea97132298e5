"""The page of a sweep says what was measured, who wins where, and which scenarios are behind the extremes."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis.machinery.sweep import charts
from analysis.machinery.sweep.grid import read_grid
from analysis.machinery.sweep.inputs import inputs_of
from analysis.machinery.sweep.places import LocalFolder
from analysis.machinery.sweep.summary import SweepSummary
from analysis.machinery.sweep.sweep import Sweep, sweep
from tests.machinery.sweep.test_sweep import Here

GRID = """
product:
  baseline: [h200]
  subject: [gb300, b300]
  workload: [1k/1k, 8k/1k]
  colocation: [100, 130]
  interactivity: [30, 60, 116]
"""
WHAT = "ratio of cost per million tokens"
SERIES = "dynamo-trt fp8 mtp|dynamo-trt fp4 mtp"
SPEED = "interactivity (tok/s/user)"


def summed(folder, text):
    (folder / "small.yaml").write_text(text)
    swept = Sweep(read_grid(str(folder / "small.yaml")))
    place = LocalFolder(folder / "scenarios", swept.key)
    sweep(swept, place, Here(), ahead=1)
    return SweepSummary(swept.grid, place.folder, inputs_of(swept.grid.library, swept.grid.design.words))


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    return summed(tmp_path_factory.mktemp("small"), GRID)


@pytest.fixture(scope="module")
def drawn():
    """What was drawn, by name: the figure, its title, its description and its data."""
    return {}


@pytest.fixture(scope="module")
def shown(summary, drawn):
    with pytest.MonkeyPatch.context() as patch:
        draw = charts.drawn

        def noted(figure, name, title, alt, data, **contents):
            drawn[name] = figure, title, alt, data
            return draw(figure, name, title, alt, data, **contents)

        patch.setattr(charts, "drawn", noted)
        return summary.shown()


def plain(one):
    return re.sub(r"\|+", "|", re.sub(r"<[^>]*>", "|", one.html)).strip("|")


def test_the_page_begins_with_the_answer_and_ends_with_the_sources(shown):
    assert plain(shown[0]) == (
        f"Of |24| scenarios, |24| compare two platforms that were both measured there. In |24| of them the {WHAT}, "
        "baseline over subject, is above one: |6.80x| in the median, and more than |15.0x| in a tenth of them."
    )
    assert shown[0].report["finding"]
    assert shown[0].html.startswith('<p class="answer">')
    names = [one.report["name"] for one in shown[1:]]
    assert names == ["pair-map", "winners", "reached", "verdicts", "extremes", "sources"]


def test_each_verdict_is_told_with_its_scenarios_and_speeds(shown):
    assert plain(shown[4]) == (
        f"Verdicts on the {WHAT}, baseline over subject.|Verdict|Scenarios|Share"
        "|From (tok/s/user)|To (tok/s/user)|Pairs of platforms"
        "|below 1|0|0%|none|none|0|1 to 10|16|66.7%|30.0|116|2|10 to 35|8|33.3%|60.0|116|2"
        "|35 to 50|0|0%|none|none|0|50 or more|0|0%|none|none|0"
    )


def test_the_extremes_are_the_highest_of_each_pair(shown):
    assert plain(shown[5]) == (
        f"The scenarios behind the highest and the lowest {WHAT}: of each pair its highest."
        "|Scenario|Model|Baseline|Subject|ISL/OSL|Vintage|Prices|Interactivity (tok/s/user)|Baseline (tok/s/GPU)"
        "|Subject (tok/s/GPU)|Series of the baseline|Series of the subject|colocation|Ratio"
        f"|2|DeepSeek-R1-0528|HGX H200|GB300 NVL72|1k/1k|2026-04|hyperscaler ownership|116|94.5"
        f"|6,070| |(|5,970|–|12,000|)|{SERIES}|$100|34.1x"
        f"|13|DeepSeek-R1-0528|HGX H200|HGX B300|1k/1k|2026-04|hyperscaler ownership|60.0|470|9,640|{SERIES}"
        "|$100|12.4x"
    )


def test_a_ratio_of_the_page_is_made_from_throughputs_and_prices(shown):
    highest = max((one for one in shown[5].values if one.quantity.key == "ratio"), key=float)  # noqa: PD011
    assert (highest.subject, highest.place) == ("GB300 NVL72 / HGX H200", "sweep small, scenario 2")
    assert {name: round(one.number, 1) for name, one in highest.inputs.items()} == {
        "throughput per GPU of the baseline": pytest.approx(93.15, rel=0.03),
        "price per GPU-hour of the baseline": 1.4,
        "throughput per GPU of the subject": pytest.approx(5970, rel=0.03),
        "price per GPU-hour of the subject": pytest.approx(2.65, rel=0.03),
    }
    assert {one.id for one in highest.sources} >= {"inferencex-constants-2026-04", "inferencex-rows"}


def test_figures_say_what_they_show(shown, drawn):
    titles = {name: (title, alt) for name, (_, title, alt, _) in drawn.items()}
    assert titles == {
        "pair-map": (
            f"The median {WHAT} of each pair, baseline over subject, where both were measured.",
            f"Heatmap of the median {WHAT}: baselines by rows, subjects by columns; the numbers are in its data.",
        ),
        "winners": (
            "Which platform\N{RIGHT SINGLE QUOTATION MARK}s tokens cost less than the "
            "other\N{RIGHT SINGLE QUOTATION MARK}s, against all it meets.",
            "Lines of the share of its scenarios that each platform wins, against interactivity, "
            "one panel a workload.",
        ),
        "reached": (
            f"What the {WHAT}, baseline over subject, reaches, and where.",
            f"Stacked shares of the measured scenarios by {WHAT}, against interactivity, one panel a workload.",
        ),
    }
    columns = {name: list(data.columns) for name, (_, _, _, data) in drawn.items()}
    assert columns == {
        "pair-map": ["baseline", "subject", "median ratio"],
        "winners": ["workload", "interactivity", "platform", "share"],
        "reached": ["workload", "interactivity", "below 1", "1 to 10", "10 to 35", "35 to 50", "50 or more"],
    }


def test_the_map_of_pairs_is_dark_alike_on_both_sides_of_one(shown, drawn):
    axes, bar = drawn["pair-map"][0].axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("subject", "baseline")
    assert bar.get_ylabel() == f"median {WHAT} (log scale)"
    assert [one.get_text() for one in axes.texts] == ["11x", "6.9x"]
    assert [one.get_text() for one in axes.get_xticklabels()] == ["GB300 NVL72", "HGX B300"]
    assert [one.get_text() for one in axes.get_yticklabels()] == ["HGX H200"]
    low, high = axes.collections[0].get_clim()
    assert low * high == pytest.approx(1)
    assert high == pytest.approx(drawn["pair-map"][3]["median ratio"].max())


@pytest.mark.parametrize(
    ("name", "what", "title", "legend"),
    [
        ("winners", "share of its scenarios won", "", ["HGX B300", "GB300 NVL72", "HGX H200"]),
        ("reached", "share of scenarios", WHAT, ["below 1", "1 to 10", "10 to 35", "35 to 50", "50 or more"]),
    ],
)
def test_each_workload_has_its_panel_over_interactivity(shown, drawn, name, what, title, legend):
    figure = drawn[name][0]
    assert [one.get_title(loc="left") for one in figure.axes] == ["1k/1k", "8k/1k"]
    assert [one.get_xlabel() for one in figure.axes] == [SPEED, SPEED]
    assert [one.get_ylabel() for one in figure.axes] == [what, ""]
    for axes in figure.axes:
        assert (axes.get_xscale(), axes.get_ylim(), axes.get_xlim()) == ("log", (0, 1), (30, 116))
        assert [one.get_text() for one in axes.get_xticklabels()] == ["10", "20", "50", "100", "200", "500"]
    assert [one.get_text() for one in figure.axes[0].get_yticklabels()][::5] == ["0%", "100%"]
    (below,) = figure.legends
    assert [one.get_text() for one in below.get_texts()] == legend
    assert below.get_title().get_text() == title


def test_a_single_pair_needs_no_map(tmp_path):
    found = summed(tmp_path, "product: {interactivity: [100, 116]}\ndescription: One pair\n").shown()
    assert [one.report["name"] for one in found[1:]] == ["reached", "verdicts", "extremes", "sources"]


def test_where_nothing_was_measured_only_that_is_said(tmp_path):
    (found,) = summed(tmp_path, "product: {interactivity: [5000]}").shown()
    assert plain(found) == "Of |1| scenarios, |0| compare two platforms that were both measured there."
    assert found.report["finding"]


def test_a_sweep_is_called_by_its_description_or_its_file(summary, tmp_path):
    assert (summary.title, summary.ratio, summary.what) == ("Sweep small", "cost_per_million_tokens_ratio", WHAT)
    other = summed(
        tmp_path,
        "description: Own title\nlist: [{}]\n"
        "verdict: {ratio: levelized_cost_per_million_tokens_ratio, thresholds: [2]}\n",
    )
    assert (other.title, other.what) == ("Own title", "ratio of levelized cost per million tokens")
    assert other.words == ["below 2", "2 or more"]


ROWS = pd.DataFrame(
    {
        "scenario": range(6),
        "baseline": ["a", "a", "a", "a", "b", "a"],
        "subject": ["b", "b", "c", "b", "b", "c"],
        "workload": ["1k/1k"] * 4 + ["8k/1k"] * 2,
        "interactivity": [10.0, 20.0, 20.0, 20.0, 10.0, 10.0],
        "baseline_cost_per_million_tokens": [4.0, 1.0, 2.0, 3.0, 1.0, 5.0],
        "subject_cost_per_million_tokens": [1.0, 4.0, 2.0, 1.0, 1.0, np.nan],
        "cost_per_million_tokens_ratio": [4.0, 0.25, 1.0, 3.0, 1.0, np.nan],
        "verdict": ["high", "low", "low", "high", "low", "not measured"],
    }
)


def test_only_two_platforms_that_were_both_measured_are_compared():
    assert charts.judged(ROWS, "cost_per_million_tokens_ratio")["scenario"].tolist() == [0, 1, 2, 3]


def test_a_pair_is_told_by_its_median():
    assert charts.pairs(ROWS.head(4), "cost_per_million_tokens_ratio").to_dict() == {
        "b": {"a": 3.0},
        "c": {"a": 1.0},
    }


def test_a_platform_wins_where_its_tokens_cost_less_and_nobody_where_they_cost_the_same():
    found = charts.wins(ROWS.head(4))
    assert found.columns.tolist() == ["workload", "interactivity", "platform", "share"]
    shares = {(one.interactivity, one.platform): one.share for one in found.itertuples()}
    assert shares == {
        (10, "a"): 0, (10, "b"): 1, (20, "a"): pytest.approx(1 / 3), (20, "b"): 0.5, (20, "c"): 0,
    }  # fmt: skip


def test_verdicts_are_shares_of_their_class_in_the_order_of_the_words():
    found = charts.verdicts(ROWS.head(4), ["low", "middle", "high"])
    assert found.columns.tolist() == ["low", "middle", "high"]
    assert found.loc[("1k/1k", 10.0)].tolist() == [0, 0, 1]
    assert found.loc[("1k/1k", 20.0)].tolist() == pytest.approx([2 / 3, 0, 1 / 3])


def test_few_levels_are_their_own_classes_and_many_fall_into_classes_of_equal_ratio():
    few = pd.Series(np.repeat(np.geomspace(10, 240, 24), 3))
    assert charts.classes(few).equals(few)
    many = pd.Series(np.geomspace(10, 240, 25), index=range(100, 125))
    found = charts.classes(many)
    assert found.index.equals(many.index)
    assert found.nunique() == 24
    ends = np.geomspace(10, 240, 25)
    assert found.iloc[0] == pytest.approx(np.sqrt(ends[0] * ends[1]))
    assert found.iloc[-1] == found.iloc[-2] == pytest.approx(np.sqrt(ends[-2] * ends[-1]))
    assert (abs(np.log(found / many)) <= np.log(24) / 48 * (1 + 1e-9)).all()


def test_columns_and_scenarios_are_read_as_they_are_asked_for(summary):
    whole = charts.read(summary.folder)
    assert whole["scenario"].tolist() == list(range(24))
    some = charts.read(summary.folder, ["scenario", "cost_per_million_tokens_ratio"], within=[7, 3])
    assert some.columns.tolist() == ["scenario", "cost_per_million_tokens_ratio"]
    assert some["scenario"].tolist() == [3, 7]
    assert charts.needed("cost_per_million_tokens_ratio") == [
        "scenario", "model", "baseline", "subject", "workload", "vintage", "price_tier", "as_of", "minimum_accuracy",
        "origin",
        "interactivity", "baseline_cost_per_million_tokens", "subject_cost_per_million_tokens",
        "cost_per_million_tokens_ratio", "verdict",
    ]  # fmt: skip
