"""Rows that a vendor supplied say so, and give what was published of them; a model is added by data alone."""

import shutil
from pathlib import Path

import pytest

from analysis.comparison.head_to_head import compare
from analysis.library.sources import DATA, load
from analysis.library.values import Status
from analysis.scenario import Parameters, read_scenario
from analysis.studies.models.matchups import THROUGHPUT, across
from tests.support.added import command, with_model

SUPPLIED = [
    ("deepseek-r1-jalapeno", "gb200", 100, 1.65, 1.87),
    ("gpt-oss-120b-jalapeno", "b200", 98, 1.69, None),
    ("kimi-k2.5-jalapeno", "gb200", 61, 1.9, None),
]
"""Published with the rows: the ratio per dollar and per megawatt over a platform at tok/s/user, vintage 2026-09."""


@pytest.mark.parametrize(("name", "baseline", "at", "per_dollar", "per_megawatt"), SUPPLIED)
def test_supplied_rows_give_the_published_ratios_and_say_that_they_are_supplied(
    name, baseline, at, per_dollar, per_megawatt
) -> None:
    changes = {
        "snapshot": f"inferencex-{name}-2026-08", "as_of": "2026-11-30", "baseline": baseline, "subject": "jalapeno",
        "input_tokens": 8192, "minimum_interactivity": at, "vintage": "2026-09",
    }  # fmt: skip
    asked = read_scenario("published", [f"{key}={value}" for key, value in changes.items()])
    pair = compare(load(snapshot=asked.snapshot), asked, "curve")
    assert pair.ratio("cost_per_million_tokens").number == pytest.approx(per_dollar, rel=0.02)
    assert Status.SUPPLIED in pair.ratio("throughput_per_gpu").cautions
    if per_megawatt:
        assert pair.ratio("throughput_per_megawatt").number == pytest.approx(per_megawatt, rel=0.02)


def test_no_chart_point_is_a_row() -> None:
    for snapshot in (path.stem for path in (DATA / "benchmarks").glob("*.csv")):
        assert not (load(snapshot=snapshot).benchmark["hardware"] == "vr200").any(), snapshot


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a model that nobody named: a snapshot and one line."""
    return with_model(Path(shutil.copytree(DATA, tmp_path_factory.mktemp("model") / "data")))


def test_a_model_added_by_data_alone_stands_among_the_others(added: Path) -> None:
    models = across(Parameters(input_tokens=8192), added)
    new = next(matchup for matchup in models.matchups if matchup.model.key == "nova9")
    assert new.name == "Nova-9"
    known = next(matchup for matchup in models.matchups if matchup.model.key == "dsr1")
    # the same rows, but those that evaluations of DeepSeek-R1 make suspect there
    assert new.highest(THROUGHPUT).number >= known.highest(THROUGHPUT).number


def test_a_model_added_by_data_alone_is_asked_for_by_name_and_has_a_page_of_its_own(
    added: Path, tmp_path: Path
) -> None:
    asked = ["-p", "model=Nova", "-p", "as_of=2026-11-01"]
    output = tmp_path / "output"
    done = command(added, "report", "01-published-comparison", *asked, "--output", output)
    assert done.returncode == 0, done.stderr
    page = (output / "published" / "01-published-comparison.html").read_text(encoding="utf-8")
    assert "Nova-9" in page
