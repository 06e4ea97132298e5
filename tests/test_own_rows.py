"""A reader's own rows alone make every report, of one platform and of two, with the reader's name on it."""

import datetime
import json
import shutil
from pathlib import Path

import pytest

from analysis.library.sources import DATA
from tests.published.records import plain
from tests.support.added import NO_PAGES, commands
from tests.support.tools import loaded

TODAY = datetime.datetime.now(datetime.UTC).date()
STATED = ("--gpus", 8, "--precision", "fp8", "--framework", "vllm", "--speculative-decoding", "none")
OF_ONE = ["01-published-comparison", "02-measured-benchmark", "03-what-makes-the-difference", "04-cost-of-ownership",
          "05-investor-brief", "06-procurement-brief"]  # fmt: skip
OF_TWO = ["05-investor-brief"]


def sweep(folder: Path, faster: float) -> list[Path]:
    paths = [folder / f"{faster}-{concurrency}.json" for concurrency in (4, 16, 64)]
    for path, concurrency, tpot in zip(paths, (4, 16, 64), (0.008, 0.011, 0.025), strict=True):
        path.write_text(json.dumps(loaded(concurrency, tpot / faster)))
    return paths


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, output = tmp_path_factory.mktemp("own"), tmp_path_factory.mktemp("built")
    data = Path(shutil.copytree(DATA, folder / "data"))
    asked: list[list[object]] = []
    for hardware, faster, beside in (("h200", 1.0, ["--alone"]), ("b200", 1.6, ["--base", f"h200-{TODAY}"])):
        stated = [*STATED, "--hardware", hardware, "--publisher", "Example Lab", "--name", hardware, *beside]
        asked.append(["import", *sweep(folder, faster), *stated])
    for hardware, reports, pages in (("h200", OF_ONE, []), ("b200", OF_TWO, [NO_PAGES])):
        settings = {"snapshot": f"{hardware}-{TODAY}", "as_of": "2026-11-01", "subject": hardware}
        parameters = [part for name, value in settings.items() for part in ("-p", f"{name}={value}")]
        asked.append(["report", *reports, *parameters, "--html-only", "--output", output / hardware, *pages])
    for told in commands(data, *asked):
        assert told.code == 0, told.err
    return output


@pytest.mark.parametrize(
    ("hardware", "report"), [*(("h200", report) for report in OF_ONE), *(("b200", report) for report in OF_TWO)]
)
def test_a_report_of_own_rows_alone_is_built_and_names_who_measured_them(
    built: Path, hardware: str, report: str
) -> None:
    page = plain((built / hardware / "published" / f"{report}.html").read_text(encoding="utf-8"))
    assert "Rows measured by Example Lab" in page
    assert ("HGX H200 alone, on both sides" in " ".join(page)) == (
        hardware == "h200" and report != "06-procurement-brief"
    )


def test_what_needs_two_platforms_says_so_on_its_page(built: Path) -> None:
    page = plain((built / "h200/published/04-cost-of-ownership.html").read_text(encoding="utf-8"))
    told = "This section compares the costs of owning two platforms, and HGX H200 stands on both sides here."
    assert told in page
