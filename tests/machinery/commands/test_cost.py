import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from analysis.errors import InputError
from analysis.formulas import cost_per_million_tokens, energy_per_token, throughput_per_megawatt
from analysis.frontier.platform import platform_curve
from analysis.library.sources import DATA, load
from analysis.machinery.commands.cost import cost
from tests.support.tools import loaded

GIVEN = ("--gpus", 8, "--price", 2.10)
KNOWN = (*GIVEN, "--hardware", "h200", "--precision", "fp8")


def run(*arguments: object) -> str:
    app = typer.Typer()
    app.command("cost")(cost)
    app.callback()(lambda: None)
    return CliRunner().invoke(app, ["cost", *map(str, arguments)], catch_exceptions=False).stdout


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "results.jsonl"
    path.write_text("\n".join(json.dumps(loaded(*point)) for point in ((64, 0.025), (4, 0.008))))
    return path


def cells(said: str) -> list[list[str]]:
    return [line.split() for line in said.splitlines() if line.startswith("1024/1024")]


def test_gpus_and_price_alone_give_the_cost_of_each_operating_point(file: Path) -> None:
    slow, fast = cells(run(file, *GIVEN))
    rate = 2048 * 64 / (0.4 + 1023 * 0.025) / 8
    assert slow[1:5] == ["64", "40.00", f"{rate:,.1f}", f"{cost_per_million_tokens(2.10, rate):,.4f}"]
    assert slow[5:7] == ["-", "-"]
    assert fast[1:3] == ["4", "125.00"]
    assert " ".join(fast[8:]) == "none: give --hardware"


def test_cost_energy_and_the_published_curve_at_that_speed_stand_side_by_side(file: Path) -> None:
    said = run(file, *KNOWN)
    assert "2.1 USD/GPU/h (given), 1.73 kW/GPU (all-in provisioned power, 2026-04 of data/assumptions.csv)" in said
    for row, speed in zip(cells(said), (40.0, 125.0), strict=True):
        rate = float(row[3].replace(",", ""))
        assert float(row[5].replace(",", "")) == pytest.approx(throughput_per_megawatt(rate, 1.73), rel=1e-3)
        assert float(row[6]) == pytest.approx(energy_per_token(rate, 1.73), rel=1e-3)
        curve = platform_curve(load().benchmark, "h200", input_tokens=1024, output_tokens=1024, precision="fp8")
        assert row[8] == f"{float(curve(speed)):,.1f},"
        assert row[9] == f"{cost_per_million_tokens(2.10, float(curve(speed))):,.4f},"
        assert " ".join(row[10:]) == curve.series_at(speed)


def test_a_price_that_is_not_given_is_the_datas_and_told(file: Path) -> None:
    price = load().price("h200", "hyperscaler", "2026-04").number
    assert f"{price:,.4g} USD/GPU/h (" in run(file, "--gpus", 8, "--hardware", "h200")
    with pytest.raises(InputError, match="give --price or --hardware"):
        run(file, "--gpus", 8)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--model", "Llama-3.3-70B"), "none: its rows are of DeepSeek-R1-0528"),
        (("--precision", "int4"), "none: h200, 1024/1024 input/output tokens: constraint precisions"),
        (("--input-tokens", 1000), "none: h200: no rows of workload 1000/1024"),
    ],
)
def test_where_nothing_published_is_like_it_the_reason_is_told(
    file: Path, arguments: tuple[object, ...], reason: str
) -> None:
    assert reason in run(file, *GIVEN, "--hardware", "h200", *arguments)


def test_a_page_and_a_picture_are_written_where_they_are_asked_and_nothing_else_is(
    file: Path, tmp_path: Path
) -> None:
    before = sorted(DATA.rglob("*"))
    run(file, *KNOWN, "--html", tmp_path / "page.html", "--png", tmp_path / "picture.png")
    page = (tmp_path / "page.html").read_text()
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")
    for part in ("DeepSeek-R1-0528, H200, FP8", "2.1 USD/GPU/h (given)", "<svg", "<td>630.8</td>", "dynamo-trt"):
        assert part in page
    assert "<script" not in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.html", "picture.png", "results.jsonl"]
    assert sorted(DATA.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--price", 2), "the file does not say how many GPUs served; give --gpus"),
        (("--gpus", 8, "--price", -1), "--price: found -1"),
        (("--gpus", 8, "--price", 2, "--hardware", "h20"), "unknown hardware 'h20'; did you mean 'h200'"),
        (("--gpus", 8, "--price", 2, "--input-tokens", 8192), "8,192 are stated"),
    ],
)
def test_what_cannot_be_answered_is_refused(file: Path, arguments: tuple[object, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        run(file, *arguments)
