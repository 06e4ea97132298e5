"""The investor brief as a whole: it shows all that a decision asks for, and recommends nothing."""

import json
import re

from analysis.library.places import ROOT
from analysis.scenario import Parameters

NOTEBOOK = ROOT / "notebooks" / "05-investor-brief.ipynb"
CELLS = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]


def test_its_parameters_are_those_of_the_published_scenario():
    (cell,) = [cell for cell in CELLS if "parameters" in cell["metadata"].get("tags", ())]
    names = {}
    exec("".join(cell["source"]), names)
    names.pop("__builtins__")
    assert Parameters.gathered(names) == Parameters.gathered({})


def test_it_shows_all_that_a_decision_asks_for(ran):
    outputs = [output for cell in ran(NOTEBOOK.stem).cells for output in cell.get("outputs", ())]
    reports = [output["metadata"]["report"] for output in outputs]
    assert [report["name"] for report in reports if report["kind"] == "table"] == [
        "unit-economics", "tiers", "token-prices", "prices-by-kind", "outlooks", "prices-to-stop", "returns",
        "returns-by-decline", "sensitivity", "rents", "price-history", "chips", "publications", "stated-return",
        "statements", "platforms", "assumptions", "sources",
    ]  # fmt: skip
    assert [report["name"] for report in reports if report["kind"] == "figure"] == [
        "claim", "gross-margin", "tornado", "price-room",
    ]  # fmt: skip
    assert [report["file"]["name"] for report in reports if report.get("file")] == ["unit-economics.xlsx"]


def test_it_recommends_nothing_and_says_so():
    prose = " ".join("".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "markdown")
    assert "Informational only. No financial advice. Do your own research." in prose
    assert "No recommendation is made, and no price target is given." in prose
    assert not re.search(r"\d", prose)
