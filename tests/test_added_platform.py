"""A platform, a vintage, a model and rows are added by lines of data alone, and a gap in them is a gap in a cell."""

import csv
import re
from pathlib import Path

import pytest

from analysis.library.sources import load
from analysis.library.terms import NO_POWER, NO_PRICE
from analysis.machinery.press.jobs import notebooks
from analysis.machinery.whatif.page import page
from analysis.scenario import read_scenario
from tests.published.records import plain
from tests.support.added import KEY, MODEL, NAME, NEWEST, SNAPSHOT, TIER, VINTAGE, command, data_folder, with_model
from tests.support.browser import chromium, tab

DRAWN = "document.querySelectorAll('.chart svg').length === 2"


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_model(data_folder(tmp_path_factory.mktemp("added") / "data"))


@pytest.fixture(scope="module")
def built(added: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("built")
    made = command(added, "report", "-p", f"snapshot={SNAPSHOT}", "--html-only", "--output", output)
    assert made.returncode == 0, made.stderr
    return output


def test_every_report_and_page_is_built_of_data_with_gaps(built: Path) -> None:
    reports = [built / "published" / f"{path.stem}.html" for path in notebooks()]
    assert [path for path in (*reports, built / "index.html", built / "what-if.html") if not path.is_file()] == []


def test_a_model_that_was_added_with_them_stands_among_the_others(built: Path) -> None:
    assert MODEL in (built / "published" / "08-across-models.html").read_text(encoding="utf-8")
    assert f'"{MODEL}"' in (built / "what-if.html").read_text(encoding="utf-8")


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
def test_a_gap_says_so_in_its_cell(built: Path, table: str, row: str, cell: str) -> None:
    with (built / "published" / table).open(encoding="utf-8-sig", newline="") as file:
        (cells,) = [cells for head, *cells in csv.reader(file) if head == row]
    assert cell in (cells[0], cells[-1])


@pytest.mark.parametrize("report", ["02-measured-benchmark", "03-what-makes-the-difference", "05-investor-brief"])
def test_who_is_left_out_for_a_gap_is_named(built: Path, report: str) -> None:
    page = (built / "published" / f"{report}.html").read_text(encoding="utf-8")
    assert f"Left out, for want of a price or a power in this vintage: {NAME}." in " ".join(plain(page))


@pytest.mark.parametrize(
    ("role", "asked", "refusal"),
    [
        (
            "subject",
            [f"subject={KEY}"],
            f"{NAME} has no price (hyperscaler ownership) in the vintage 2026-04; known in none; "
            "prices of 2026-04: none",
        ),
        (
            "baseline",
            [f"baseline={KEY}", f"price_tier={TIER}"],
            f"{NAME} has no price (neocloud ownership) in the vintage 2026-04; known in {VINTAGE}; "
            "prices of 2026-04: none",
        ),
        (
            "subject",
            [f"subject={KEY}", "subject_price=4"],
            f"{NAME} has no power in the vintage 2026-04; known in {VINTAGE}; prices of 2026-04: none",
        ),
        (
            "baseline",
            [f"vintage={NEWEST}"],
            f"HGX H200 has no price (hyperscaler ownership) in the vintage {NEWEST}; known in 2026-04, "
            f"2026-07, 2026-08, 2026-09; prices of {NEWEST}: neocloud ownership",
        ),
    ],
)
def test_a_platform_to_be_compared_whose_price_or_power_is_not_known_is_refused_before_work(
    added: Path, tmp_path: Path, role: str, asked: list[str], refusal: str
) -> None:
    parameters = [word for one in asked for word in ("-p", one)]
    refused = command(added, "report", *parameters, "--output", tmp_path / "output")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == f"error: scenario published, {role}: data/assumptions.csv: {refusal}\n"
    assert not (tmp_path / "output").exists()


@pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
def test_the_what_if_page_shows_the_platform_and_says_what_it_lacks(added: Path, tmp_path: Path) -> None:
    file = tmp_path / "what-if.html"
    file.write_text(page(load(added, SNAPSHOT), read_scenario("published")), encoding="utf-8")
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
