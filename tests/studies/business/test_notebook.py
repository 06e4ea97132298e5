"""The investor brief says what is true of the scenario asked for, and refuses what nobody serves."""

import json
import re

import pytest

from analysis.errors import InputError
from analysis.exhibits import statements
from analysis.library.places import ROOT
from analysis.scenario import Parameters

NOTEBOOK = ROOT / "notebooks" / "05-investor-brief.ipynb"
CELLS = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
CODE = [cell for cell in CELLS if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def page():
    """Runs the notebook with other parameters and returns what it shows."""

    def run(**changes):
        shown, own = [], statements.show
        statements.show = lambda *things: shown.extend(things)
        try:
            names = {"__name__": "__main__"}
            for cell in CODE:
                exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
                if "parameters" in cell["metadata"].get("tags", ()):
                    assert set(changes) <= set(names)
                    names.update(changes)
        finally:
            statements.show = own
        return [thing for thing in shown if thing]

    return run


@pytest.fixture(scope="module")
def published(page):
    return page()


def words(shown, role=""):
    wanted = [one for one in shown if one and f'class="{role}"' in one.html] if role else shown
    return " ".join(re.sub(r"<[^>]+>", "", one.html) for one in wanted)


def tables(shown):
    return {one.report["name"]: one.report["csv"] for one in shown if one.report["kind"] == "table"}


def test_its_parameters_are_those_of_the_published_scenario():
    (cell,) = [cell for cell in CODE if "parameters" in cell["metadata"].get("tags", ())]
    names = {}
    exec("".join(cell["source"]), names)
    names.pop("__builtins__")
    assert Parameters.gathered(names) == Parameters.gathered({})


def test_the_answer_says_what_is_earned_what_is_left_and_what_comes_back(published):
    said = words(published, "answer")
    for expected in ("Crusoe", "$3.38", "60%", "$43.5", "$2.65", "$0.679", "$1.41", "5 of the 7", "93.9%", "1.66"):
        assert expected in said
    assert "Confidence: this rests on 7 measured rows" in words(published, "note")
    assert "slower than the one asked for here" in words(published, "caution")


def test_it_shows_all_that_a_decision_asks_for(published):
    assert list(tables(published)) == [
        "unit-economics", "token-prices", "returns", "sensitivity", "stated-return", "statements", "platforms",
        "assumptions", "sources",
    ]  # fmt: skip
    figures = [one.report["name"] for one in published if one.report["kind"] == "figure"]
    assert figures == ["gross-margin", "price-room"]
    files = [one.report["file"]["name"] for one in published if one.report.get("file")]
    assert files == ["unit-economics.xlsx"]


def test_the_stated_revenue_is_asked_for_what_it_needs(published):
    assert "$5 million GB200 NVL72 generates $75 million" in words(published)
    last = tables(published)["stated-return"].splitlines()[-1].split(",")
    assert last[0].strip('"') == "As stated"
    assert float(last[-2]) == pytest.approx(0.8258, abs=5e-5)
    assert float(last[-1]) == pytest.approx(1.835, abs=5e-4)


def test_another_pair_at_another_price_is_told_of_itself(page):
    shown = page(
        baseline="b200", subject="mi355x", token_provider="DeepSeek", cache_hit_rate=0.5, utilization=1.0,
        annual_price_decline=0.4,
    )  # fmt: skip
    said = words(shown, "answer")
    assert "DeepSeek's price of 2025-02-09" in said
    assert "Instinct MI355X earns $3.16 and costs $1.48; one of HGX B200 earns $4.10 and costs $1.95." in said
    assert "the utilization among them" not in words(shown)
    assert "falls by 40% a year" in words(shown)
    assert "No public figure of the capital: HGX H100, HGX B200, HGX B300, Instinct MI355X." in words(shown)


def test_where_nothing_is_left_the_answer_says_so(page):
    shown = page(minimum_interactivity=300.0, baseline="mi300x")
    said = words(shown, "answer")
    assert "left on none of the 3 platforms" in said
    assert "On none of the platforms whose capital has a public figure does it come back" in said
    assert "; one of" not in said
    assert "none left" in tables(shown)["sensitivity"]


def test_a_service_that_nobody_reaches_is_a_message(page):
    with pytest.raises(InputError, match="no platform was measured at 5000 tok/s/user or more"):
        page(minimum_interactivity=5000.0)


def test_it_recommends_nothing_and_says_so():
    prose = " ".join("".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "markdown")
    assert "Informational only. No financial advice. Do your own research." in prose
    assert "No recommendation is made, and no price target is given." in prose
    assert not re.search(r"\d", prose)
    for topic in ("Positioning", "catalysts", "liquidity", "one model", "Supply", "Power"):
        assert topic in prose
