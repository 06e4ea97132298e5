"""A name of a model is compared whole."""

import datetime
import re
from pathlib import Path

import pytest

from analysis.comparison.head_to_head import compare
from analysis.errors import InputError
from analysis.formulas import ratio
from analysis.library.loading.origins import read_origins
from analysis.library.models import listed, same_model, snapshot_asked, unanswered, until
from analysis.library.sources import DATA, load
from analysis.library.values import MixedKindsError, Status, calculate
from analysis.scenario import read_scenario

SAME = [
    ("DeepSeek-R1-0528", "deepseek-ai/DeepSeek-R1-0528"),
    ("DeepSeek-R1-0528", "nvidia/DeepSeek-R1-0528-FP4-v2"),
    ("DeepSeek-R1-0528", "amd/DeepSeek-R1-0528-MXFP4"),
    ("gpt-oss-120b", "openai/gpt-oss-120b/"),
    ("Kimi-K2.5", "moonshotai/Kimi-K2.5-INT4"),
]
OTHERS = [
    ("DeepSeek-R1", "DeepSeek-R1-Distill-Qwen-7B"),
    ("DeepSeek-R1", "DeepSeek-R1-0528"),
    ("Qwen3-8B", "DeepSeek-R1-0528-Qwen3-8B"),
    ("GLM-5", "GLM-5.1"),
    ("MiniMax-M2.5", "MiniMax-M3"),
    ("FP8", ""),
]


@pytest.mark.parametrize(("name", "other"), SAME)
def test_publisher_and_number_format_make_no_other_model(name, other):
    assert same_model(name, other)
    assert same_model(other, name)


@pytest.mark.parametrize(("name", "other"), OTHERS)
def test_any_other_ending_is_another_model(name, other):
    assert not same_model(name, other)
    assert not same_model(other, name)


MEDIANS = "inferencex-deepseek-v4-pro-medians-2026-07-17"
EIGHT_LINES = """description: DeepSeek-V4 for a coding assistant
model: DeepSeek-V4
subject: gb300
input_tokens: 8192
output_tokens: 1024
minimum_interactivity: 50
vintage: 2026-08
subtitle: A brief for a coding assistant
"""


@pytest.fixture
def brief(tmp_path: Path) -> str:
    path = tmp_path / "brief.yaml"
    path.write_text(EIGHT_LINES, encoding="utf-8")
    return str(path)


def test_a_scenario_that_names_the_model_alone_is_answered_by_its_rows(brief: str) -> None:
    asked = read_scenario(brief)
    assert (asked.model, asked.snapshot) == ("DeepSeek-V4-Pro", MEDIANS)
    assert asked.as_of == datetime.date(2026, 7, 17)
    pair = compare(load(snapshot=asked.snapshot), asked)
    throughput = pair.ratio("throughput_per_gpu")
    assert throughput.kinds["model"] == "DeepSeek-V4-Pro"
    assert throughput.cautions == {Status.MEDIAN}
    assert throughput.number > 1


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("as_of=2026-04-01", "as_of: found 2026-04-01; the rows of .* are medians over runs until 2026-07-17"),
        ("maximum_ttft_p99=3", "maximum_ttft_p99: the rows of .* are medians over runs, without time to first token"),
        ("minimum_interactivity_p99=3", "minimum_interactivity_p99: the rows of .* cannot answer"),
        (
            "snapshot=inferencex-deepseek-r1-2026-05-05",
            "the model is DeepSeek-V4-Pro, and the rows of .* are of DeepSeek-R1-0528; allowed is one model",
        ),
        ("model=Lama", "unknown model 'Lama'; did you mean"),
    ],
)
def test_what_the_rows_of_a_model_cannot_answer_is_refused_before_work(
    brief: str, override: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read_scenario(brief, [override])


def test_a_scenario_that_names_no_model_is_left_as_it_is() -> None:
    assert snapshot_asked({"vintage": "2026-04"}, str) == {"vintage": "2026-04"}
    assert read_scenario("published").model == ""


@pytest.mark.parametrize("model", listed(DATA), ids=lambda model: model.key)
def test_every_listed_model_has_a_snapshot_of_its_own(model) -> None:
    library = load(snapshot=model.snapshot)
    assert model.is_meant_by(library.model)
    assert library.is_model(model.key)
    assert all(library.is_model(name) for name in model.also)
    assert [other.key for other in listed(DATA) if library.is_model(other.name)] == [model.key]
    assert 0 < model.active_parameters <= model.total_parameters
    assert model.source in library.sources


def test_throughputs_of_two_models_are_not_compared() -> None:
    values = []
    for model in ("GLM-5", "Kimi-K2.5"):
        asked = read_scenario("chat", [f"model={model}", "subject=b200", "as_of=2026-07-17"])
        values.append(compare(load(snapshot=asked.snapshot), asked).levels("throughput_per_gpu")[0])
    with pytest.raises(MixedKindsError, match=r"counts model 'Kimi-K2\.5' where the rest counts 'GLM-5'"):
        calculate(ratio, numerator=values[0], denominator=values[1])


def test_rows_with_days_of_their_own_answer_for_any_day() -> None:
    asked = {"as_of": datetime.date(2020, 1, 1), "maximum_ttft_p99": 1.0}
    assert unanswered("inferencex-deepseek-r1-2026-05-05", asked) == ""


def test_medians_know_until_the_last_day_of_their_runs() -> None:
    origins = read_origins(DATA / "benchmarks" / f"{MEDIANS}.yaml")
    assert until(origins.origins) == datetime.date(2026, 7, 17)
    rows = load(snapshot=MEDIANS).benchmark
    assert set(rows["date"].dt.strftime("%Y-%m-%d")) == {"2026-07-17"}
    assert set(rows["run_id"]) == {0}
    assert rows["ttft_median"].isna().all()


def test_published_throughputs_of_another_model_are_among_the_rows() -> None:
    """As its publisher printed them: DeepSeek-V4 on GB300, tok/s/GPU."""
    rows = load(snapshot=MEDIANS).benchmark
    gb300 = rows.loc[rows["hardware"] == "gb300", "throughput_per_gpu"]
    for printed in (6812.0, 10214.0, 10853.1):
        assert (gb300.round(1) == printed).any()


def test_no_row_is_a_median_unless_its_origin_says_so() -> None:
    for path in (DATA / "benchmarks").glob("*.yaml"):
        for origin in read_origins(path).origins:
            assert bool(origin.medians_until) == ("medians" in path.stem), path
            assert not origin.medians_until or re.search(str(origin.medians_until), path.stem)
