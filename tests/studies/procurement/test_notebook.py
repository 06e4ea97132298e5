"""The notebook of the procurement brief starts from the published scenario and refuses what nobody measured."""

import json

import pytest

from analysis.errors import InputError
from analysis.library.places import ROOT
from analysis.scenario import Parameters

NOTEBOOK = ROOT / "notebooks" / "06-procurement-brief.ipynb"
CELLS = [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def parameters():
    (cell,) = [cell for cell in CELLS if "parameters" in cell["metadata"].get("tags", ())]
    names = {}
    exec("".join(cell["source"]), names)
    names.pop("__builtins__")
    return names


def test_its_parameters_are_those_of_the_published_scenario():
    assert Parameters.gathered(parameters()) == Parameters()


def test_lengths_that_nobody_measured_end_with_a_message():
    names = parameters() | {"input_tokens": 3000, "output_tokens": 500}
    source = "\n".join("".join(cell["source"]) for cell in CELLS[1:])
    with pytest.raises(InputError, match="found 3000/500; measured are"):
        exec(source, names)
