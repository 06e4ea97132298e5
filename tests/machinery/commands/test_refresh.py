"""The newest rows of every model are fetched as of two dates, beside the old ones, with a page of what moved."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.library.loading.snapshots import read_snapshot
from analysis.library.sources import DATA
from tests.support.added import commands
from tests.support.answers import results, shipped
from tests.support.loopback import Server, serving

FIRST, SECOND = "2026-09-01", "2026-09-10"
NAME = "inferencex-deepseek-r1-0528-{}"


def rows_of_one_load() -> pd.DataFrame:
    """The rows of DeepSeek-R1 at the lengths of the published comparison: each model is answered all of them."""
    rows = shipped()
    return rows[(rows["input_tokens"] == 1024) & (rows["output_tokens"] == 1024)]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch, serving() as running:
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield running


def answer(factor: float) -> bytes:
    """Return the rows of DeepSeek-R1, those of GB300 faster by a factor: what is answered whatever is asked."""
    rows: list[dict[str, Any]] = results(rows_of_one_load())
    for row in rows:
        if row["hardware"] == "gb300":
            row["metrics"]["tput_per_gpu"] *= factor
            row["date"] = "2026-04-01" if factor == 1 else "2026-08-30"
    return json.dumps(rows).encode()


@pytest.fixture(scope="module")
def told(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], dict[str, str]]:
    folder = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("refresh") / "data"))
    pages = {day: folder.parent / f"{day}.md" for day in (FIRST, SECOND)}
    server.bodies |= {f"/{FIRST}/benchmarks": answer(1.0), f"/{SECOND}/benchmarks": answer(2.0)}
    asked = [["refresh", "--base-url", f"{server.url}/{day}", "--date", day, "--page", pages[day]] for day in pages]
    printed = dict(zip(pages, commands(folder, *asked), strict=True))
    assert [told.code for told in printed.values()] == [0, 0], printed
    return (
        folder,
        {day: told.out for day, told in printed.items()},
        {day: page.read_text(encoding="utf-8") for day, page in pages.items()},
    )


def test_each_date_is_a_snapshot_beside_the_old_ones(told, server) -> None:
    folder, _, _ = told
    rows = [len(read_snapshot(folder / "benchmarks", NAME.format(day)).rows) for day in (FIRST, SECOND)]
    assert rows == [len(rows_of_one_load())] * 2
    assert {f"model=DeepSeek-R1-0528&date={day}" for day in (FIRST, SECOND)} <= {*server.queries}


def test_the_second_is_compared_with_the_first_and_flips_come_first(told) -> None:
    _, printed, pages = told
    assert f"before: {NAME.format(FIRST)}" in printed[SECOND]
    page = pages[SECOND]
    flips, models = page.partition("## Models")[::2]
    assert "- **DeepSeek-R1-0528**, " in flips
    assert "→" in flips
    assert "measured again" in models


def test_an_answer_of_another_model_is_told_and_does_not_stop_the_others(told) -> None:
    folder, printed, _ = told
    assert "DeepSeek-V4-Pro: not fetched: " in printed[FIRST]
    assert "answered rows of 'DeepSeek-R1-0528'; asked was 'DeepSeek-V4-Pro'" in printed[FIRST]
    assert not list((folder / "benchmarks").glob("inferencex-deepseek-v4-pro-2026*"))


def test_a_weekly_run_on_a_forge_proposes_the_page() -> None:
    workflow = (DATA.parent / ".github" / "workflows" / "refresh.yml").read_text(encoding="utf-8")
    assert "./run refresh" in workflow
    assert "--body-file output/refresh.md" in workflow
