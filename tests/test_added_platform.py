"""A platform, a vintage and measurements are added by lines of data alone, and a gap in them is a gap in a cell."""

import re
from pathlib import Path

import pytest

from analysis.library.sources import load
from analysis.library.terms import NO_PRICE
from analysis.machinery.whatif.page import page
from analysis.scenario import read_scenario
from tests.support.added import KEY, NAME, NEWEST, SNAPSHOT, TIER, VINTAGE, command, data_folder
from tests.support.browser import chromium, tab

DRAWN = "document.querySelectorAll('.chart svg').length === 2"


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return data_folder(tmp_path_factory.mktemp("added") / "data")


@pytest.mark.parametrize(
    ("role", "asked", "refusal"),
    [
        (
            "subject",
            [f"subject={KEY}"],
            f"{NAME} has no price (hyperscaler ownership) in the vintage 2026-04; known in none",
        ),
        (
            "baseline",
            [f"baseline={KEY}", f"price_tier={TIER}"],
            f"{NAME} has no price (neocloud ownership) in the vintage 2026-04; known in {VINTAGE}",
        ),
        (
            "subject",
            [f"subject={KEY}", "subject_price=4"],
            f"{NAME} has no power in the vintage 2026-04; known in {VINTAGE}",
        ),
        (
            "baseline",
            [f"vintage={NEWEST}"],
            f"HGX H200 has no price (hyperscaler ownership) in the vintage {NEWEST}; known in 2026-04, "
            "2026-07, 2026-08",
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
