"""A platform, a vintage, a model and rows are added by data alone, and a gap in them is a gap in a cell."""

import csv
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from analysis.library.quantities import NO_POWER, NO_PRICE
from analysis.machinery.press.jobs import notebooks
from analysis.scenario import Parameters
from analysis.studies.models.matchups import THROUGHPUT, across
from tests.conftest import Told
from tests.published.records import plain
from tests.support.added import (
    KEY,
    MODEL,
    NAME,
    NEWEST,
    NO_PAGES,
    PUBLISHER,
    SNAPSHOT,
    TIER,
    TODAY,
    VINTAGE,
    commands,
    data_folder,
    loads,
    own_rows,
    with_model,
)  # fmt: skip
from tests.support.browser import chromium, tab

DRAWN = "document.querySelectorAll('.chart svg').length === 2"

OF_ONE = ["01-published-comparison", "02-measured-benchmark", "03-what-makes-the-difference", "04-cost-of-ownership",
          "05-investor-brief", "06-procurement-brief"]  # fmt: skip
MEASURED: dict[str, tuple[list[str], list[str]]] = {
    "h200": (OF_ONE, []), "b200": (["05-investor-brief"], [NO_PAGES])
}  # fmt: skip
"""What a reader has measured, alone and with another: the reports of it, and whether the page is made beside them."""

REFUSED = {
    "no price of this kind in any vintage": (
        [f"subject={KEY}"],
        f"subject: data/assumptions.csv: {NAME} has no price (hyperscaler ownership) in the vintage 2026-04; "
        "known in none; prices of 2026-04: none",
    ),
    "no price in this vintage": (
        [f"baseline={KEY}", f"price_tier={TIER}"],
        f"baseline: data/assumptions.csv: {NAME} has no price (neocloud ownership) in the vintage 2026-04; "
        f"known in {VINTAGE}; prices of 2026-04: none",
    ),
    "no power": (
        [f"subject={KEY}", "subject_price=4"],
        f"subject: data/assumptions.csv: {NAME} has no power in the vintage 2026-04; "
        f"known in {VINTAGE}; prices of 2026-04: none",
    ),
    "a vintage of one row": (
        [f"vintage={NEWEST}"],
        "baseline: data/assumptions.csv: HGX H200 has no price (hyperscaler ownership) in the vintage "
        f"{NEWEST}; known in 2026-04, 2026-07, 2026-08, 2026-09; prices of {NEWEST}: neocloud ownership",
    ),
}


def parameters(*asked: str) -> list[str]:
    return [word for setting in asked for word in ("-p", setting)]


class Built(NamedTuple):
    """A data folder with all additions, what was built of it, and what was said where it could not be."""

    data: Path
    reports: Path
    page_of_the_model: Path
    measured: Path
    refused: dict[str, Told]
    unwanted: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("added")
    data, every, single, own, unwanted = (folder / name for name in ("data", "every", "single", "own", "unwanted"))
    with_model(data_folder(data))
    of_model = parameters("model=Nova", "as_of=2026-11-01")
    measured = [
        ["report", *reports, *parameters(f"snapshot={hardware}-{TODAY}", "as_of=2026-11-01", f"subject={hardware}"),
         "--html-only", "--output", own / hardware, *pages]
        for hardware, (reports, pages) in MEASURED.items()
    ]  # fmt: skip
    imported, one, another, *refused, all_reports, of_the_model, of_one, of_two = commands(
        data,
        ["import", own_rows(folder / "rows.csv")],
        *(loads(folder, hardware) for hardware in MEASURED),
        *(["report", *parameters(*asked), "--output", unwanted] for asked, _ in REFUSED.values()),
        ["report", *parameters(f"snapshot={SNAPSHOT}"), "--html-only", "--output", every],
        ["report", "01-published-comparison", *of_model, "--html-only", "--output", single, NO_PAGES],
        *measured,
    )
    for told in (imported, one, another, all_reports, of_the_model, of_one, of_two):
        assert told.code == 0, told.err
    page_of_the_model = single / "published" / "01-published-comparison.html"
    return Built(data, every, page_of_the_model, own, dict(zip(REFUSED, refused, strict=True)), unwanted)


def test_every_report_and_page_is_built_of_data_with_gaps(built: Built) -> None:
    names = [*(f"published/{path.stem}.html" for path in notebooks()), "index.html", "what-if.html"]
    assert [name for name in names if not (built.reports / name).is_file()] == []


def test_a_model_that_was_added_with_them_stands_among_the_others(built: Built) -> None:
    assert MODEL in (built.reports / "published" / "08-across-models.html").read_text(encoding="utf-8")
    assert f'"{MODEL}"' in (built.reports / "what-if.html").read_text(encoding="utf-8")
    models = across(Parameters(input_tokens=8192), built.data)
    new = next(matchup for matchup in models.matchups if matchup.model.key == "nova9")
    assert new.name == MODEL
    known = next(matchup for matchup in models.matchups if matchup.model.key == "dsr1")
    # the same rows, but those that evaluations of DeepSeek-R1 make suspect there
    assert new.highest(THROUGHPUT).number >= known.highest(THROUGHPUT).number


def test_a_model_that_was_added_is_asked_for_by_name_and_has_a_page_of_its_own(built: Built) -> None:
    assert MODEL in built.page_of_the_model.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "row", "cell"),
    [
        ("01-published-comparison/data/vintages.csv", "Cost per million tokens", NO_PRICE),
        ("01-published-comparison/data/vintages.csv", "Throughput per megawatt", NO_POWER),
        ("01-published-comparison/data/verdicts-by-vintage.csv", "Cost per million tokens of GB300 NVL72", NO_PRICE),
        ("03-what-makes-the-difference/data/matching-prices-at-levels.csv", "Actual price", NO_PRICE),
        ("04-cost-of-ownership/data/finance.csv", "GB300 NVL72, neocloud ownership", NO_PRICE),
        ("04-cost-of-ownership/data/finance.csv", "GB300 NVL72, modeled", NO_POWER),
        ("04-cost-of-ownership/data/finance-ratio.csv", "3-year rental", NO_PRICE),
        ("05-investor-brief/data/statements.csv", f"Prices and power of {NEWEST}", NO_PRICE),
        ("06-procurement-brief/data/unserved.csv", NAME, NO_POWER),
    ],
)
def test_a_gap_says_so_in_its_cell(built: Built, table: str, row: str, cell: str) -> None:
    with (built.reports / "published" / table).open(encoding="utf-8-sig", newline="") as file:
        (cells,) = [cells for head, *cells in csv.reader(file) if head == row]
    assert cell in (cells[0], cells[-1])


@pytest.mark.parametrize("report", ["02-measured-benchmark", "03-what-makes-the-difference", "05-investor-brief"])
def test_who_is_left_out_for_a_gap_is_named(built: Built, report: str) -> None:
    page = (built.reports / "published" / f"{report}.html").read_text(encoding="utf-8")
    assert f"Left out, for want of a price or a power in this vintage: {NAME}." in " ".join(plain(page))


@pytest.mark.parametrize("gap", REFUSED)
def test_a_platform_to_be_compared_whose_price_or_power_is_not_known_is_refused_before_work(
    built: Built, gap: str
) -> None:
    assert built.refused[gap] == (2, "", f"error: scenario published, {REFUSED[gap][1]}\n")
    assert not built.unwanted.exists()


@pytest.mark.parametrize(
    ("hardware", "report"), [(hardware, report) for hardware, (reports, _) in MEASURED.items() for report in reports]
)
def test_a_report_of_own_rows_alone_is_built_and_names_who_measured_them(
    built: Built, hardware: str, report: str
) -> None:
    page = plain((built.measured / hardware / "published" / f"{report}.html").read_text(encoding="utf-8"))
    assert f"Rows measured by {PUBLISHER}" in page
    assert ("HGX H200 alone, on both sides" in " ".join(page)) == (
        hardware == "h200" and report != "06-procurement-brief"
    )


def test_what_needs_two_platforms_says_so_on_its_page(built: Built) -> None:
    page = plain((built.measured / "h200/published/04-cost-of-ownership.html").read_text(encoding="utf-8"))
    told = "This section compares the costs of owning two platforms, and HGX H200 stands on both sides here."
    assert told in page


def test_the_what_if_page_of_own_rows_alone_opens_at_what_they_answer(built: Built) -> None:
    assert PUBLISHER in (built.measured / "h200" / "what-if.html").read_text(encoding="utf-8")


@pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
def test_the_what_if_page_shows_the_platform_and_says_what_it_lacks(built: Built) -> None:
    file = built.reports / "what-if.html"
    conditions = f"platforms=h200,{KEY},gb300&vintage={VINTAGE}&interactivity=60"

    def text(selector: str) -> str:
        return str(opened.evaluate(f"document.querySelector('{selector}').textContent"))

    def cost() -> str:
        return text("#results tr.cost_per_million_tokens td:nth-of-type(2)")

    with tab() as opened:
        opened.resize(1440, 900)
        opened.open(f"{file.as_uri()}#{conditions}&price_tier=hyperscaler", until=DRAWN)
        assert cost() == text("#results tr.price_per_gpu_hour td:nth-of-type(2)") == NO_PRICE
        assert re.match(r"\d", text("#results tr.throughput_per_megawatt td:nth-of-type(2)"))
        assert f"{NAME} has {NO_PRICE} (hyperscaler ownership, {VINTAGE}); type one of your own" in text("#answer")
        assert f"{NAME}, {NO_PRICE}" in str(opened.evaluate("document.getElementById('ratio-words').ariaLabel"))
        assert opened.evaluate(f"document.querySelector('input[name=\"price_{KEY}\"]').value") == ""
        assert opened.complaints() == []
        opened.open(f"{file.as_uri()}#{conditions}&price_tier=hyperscaler&price_{KEY}=4.2", until=DRAWN)
        own = cost()[: len("$0.0000")]
        opened.open(f"{file.as_uri()}#{conditions}&price_tier={TIER}", until=DRAWN)
        assert own == cost()[: len(own)] == "$0.0847"
