"""The procurement brief is an honest page whatever is asked, and a clear message where there can be no page."""

import json
import re

import pytest

from analysis.errors import InputError
from analysis.exhibits import statements
from analysis.library.places import ROOT
from analysis.scenario import Parameters, read_scenario
from tests.support.buyers import LONG, QUOTE

NOTEBOOK = ROOT / "notebooks" / "06-procurement-brief.ipynb"
CELLS = [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def page():
    """Runs the notebook with other parameters, each once, and returns what it shows."""
    pages = {}

    def run(**changes):
        if (key := json.dumps(changes, sort_keys=True)) not in pages:
            pages[key] = shown(changes)
        return pages[key]

    return run


def shown(changes):
    things = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(statements, "show", lambda *more: things.extend(more))
        names = {"__name__": "__main__"}
        for cell in CELLS:
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
            if "parameters" in cell["metadata"].get("tags", ()):
                assert set(changes) <= set(names)
                names.update(changes)
    return things


def words(things, role=""):
    wanted = [one for one in things if f'class="{role}"' in one.html] if role else things
    return " ".join(re.sub(r"<[^>]+>", " ", one.html) for one in wanted).replace("  ", " ")


def tables(things):
    return {one.report["name"]: one for one in things if one.report["kind"] == "table"}


def figures(things):
    return {one.report["name"] for one in things if one.report["kind"] == "figure"}


def test_its_parameters_are_those_of_the_published_scenario():
    (cell,) = [cell for cell in CELLS if "parameters" in cell["metadata"].get("tags", ())]
    names = {}
    exec("".join(cell["source"]), names)
    names.pop("__builtins__")
    assert Parameters.gathered(names) == Parameters()


def test_the_answer_names_platform_provider_price_and_break_even(page):
    things = page()
    said = words(things, "answer")
    for expected in ("HGX B200", "Together AI", "$4.99", "$175,000", "$2.87", "HGX B300", "$7.85"):
        assert expected in said
    assert figures(things) == {"cost-by-platform"}
    told = {"operating-points", "fleets", "unserved", "offers", "variations", "features", "assumptions"}
    assert set(tables(things)) == told
    assert "states no quotes received" in words(things, "note")
    assert "63.2%" not in words(things, "caution")


def test_the_named_providers_stand_in_the_table_of_offers(page):
    offers = tables(page())["offers"].report["csv"]
    for provider in ("CoreWeave", "Nebius", "Nscale", "Together AI"):
        assert f'"{provider}, ' in offers
    assert "no public price" in offers


def test_a_limit_that_nobody_meets_is_said_with_the_nearest_of_each(page):
    things = page(minimum_interactivity=5000.0)
    assert "No measured platform serves 1k/1k with at least 5,000 tok/s/user" in words(things, "answer")
    assert tables(things)["unserved"].report["csv"].count("cannot meet the limits") == 9
    assert not figures(things)


def test_an_absurd_load_is_an_honest_page(page):
    things = page(tokens_per_day=1e15, power_limit=5.0, budget_per_month=1e6)
    assert "No firm offer carries 1,000,000B tokens a day" in words(things, "answer")
    assert "leaves room for 0.00983% of the load" in words(things, "answer")
    assert figures(things) == {"cost-by-platform", "runway"}


def test_a_platform_without_any_firm_price_is_told_as_such(page):
    # Only Instinct MI355X answers its first token so soon with this accuracy.
    things = page(**LONG, maximum_ttft_median=0.26, minimum_accuracy=0.955, maximum_ttft_p99=5.0)
    assert "none of them is a firm price public" in words(things, "answer")
    assert "Instinct MI355X" in tables(things)["operating-points"].report["csv"]


def test_quotes_limits_and_users_reach_the_page(page):
    things = page(**LONG, concurrent_users=2000.0, quotes=[QUOTE], power_limit=0.2, growth_per_month=0.05)
    assert "2,000" in words(things, "answer")
    assert "your quote" in tables(things)["offers"].report["csv"]
    assert "runway" in figures(things)
    assert "states no quotes" not in words(things)


def test_a_load_in_another_mix_says_how_it_was_sized(page):
    things = page(**LONG, input_tokens_per_day=1e9, output_tokens_per_day=1e9)
    assert "Input and output tokens stand in another ratio than at 8k/1k" in words(things)


def test_a_load_that_does_not_grow_is_not_exhausted(page):
    assert "the load is not said to grow" in words(page(growth_per_year=0.0), "answer")


def test_lengths_that_nobody_measured_end_with_a_message(page):
    with pytest.raises(InputError, match="found 3000/500, measured are"):
        page(input_tokens=3000, output_tokens=500)


def test_the_made_up_buyer_s_file_builds(page):
    buyer = read_scenario("buyer").parameters()
    (cell,) = [cell for cell in CELLS if "parameters" in cell["metadata"].get("tags", ())]
    names = [line.partition(" = ")[0] for line in cell["source"]]
    said = words(page(**{name: buyer[name] for name in names}), "answer")
    assert "Other Cloud" in said
    assert "$4.25" in said
