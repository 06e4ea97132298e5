"""Whatever is given to a loader, it returns what it promises or refuses it; nothing else comes out."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import LONGEST_MESSAGE, InputError
from analysis.library.loading import cells, new_snapshots, origins, plain_yaml, snapshots, tables
from analysis.library.loading.fields import parse_json
from analysis.library.loading.schemas import TABLES
from analysis.library.measurements import Deployment, Measurements, read_files
from analysis.library.sources import DATA, SNAPSHOT
from analysis.machinery.press.front import Logo
from analysis.machinery.press.logo import read as read_logo
from analysis.machinery.press.parameter_cell import parameter_names
from analysis.machinery.press.scenario_grid import scenarios
from analysis.scenario import Parameters, Scenario, read_scenario
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.ledgers import ledger
from analysis.studies.claims.rounding import Printed, printed
from analysis.studies.ownership.cost_model import amounts
from analysis.studies.uncertainty.declarations import correlations, distributions
from tests.hostile.anything import BYTES, JSON, PLAIN, PRINTED, SCENARIOS, TEXT, as_json, changed, damaged
from tests.studies.claims.test_ledgers import ENTRY
from tests.support.answers import PLATFORMS, results, shipped, vllm_result

PLATFORMS_FILE = (DATA / "platforms.csv").read_bytes()
ORIGINS_FILE = (DATA / "benchmarks" / f"{SNAPSHOT}.yaml").read_bytes()
BUYER = (DATA / "scenarios/buyer.yaml").read_bytes()
NOTEBOOK = Path("notebooks/01-published-comparison.ipynb")
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="a"><rect fill="url(#b)"/></g></svg>'
RESULT = results(shipped().head(1))[0]
PAIR = ("h200", "gb300")
few = settings(max_examples=30)


def outcome(call, *arguments):
    """Return what a loader returned, or None where it refused with a message that can be shown."""
    try:
        return call(*arguments)
    except InputError as refused:
        message = str(refused)
        assert message
        assert message.isprintable()
        assert len(message) <= LONGEST_MESSAGE + 10
        return None


@pytest.fixture(scope="module")
def put(tmp_path_factory):
    """Write a file, again and again in the same place, and return its path."""
    folder = tmp_path_factory.mktemp("any")

    def write(name, content):
        path = folder / name
        path.write_bytes(content)
        return path

    return write


@given(BYTES | damaged(BUYER))
def test_any_bytes_as_yaml(content):
    found = outcome(plain_yaml.parse, content, "any.yaml")
    assert found is None or isinstance(found, dict)


@few
@given(st.dictionaries(TEXT, PLAIN, max_size=3))
def test_any_plain_data_survives_yaml(values):
    content = outcome(plain_yaml.written, values)
    found = content and outcome(plain_yaml.parse, content, "any.yaml")
    assert found is None or repr(found).replace("-0.0", "0.0") == repr(values).replace("-0.0", "0.0")


@given(BYTES | JSON.map(as_json))
def test_any_bytes_as_json(content):
    outcome(parse_json, content, "any.json")


@few
@given(damaged(PLATFORMS_FILE) | BYTES)
def test_any_bytes_as_cells_and_as_a_table(put, content):
    path = put("any.csv", content)
    found = outcome(cells.read_cells, path, list(TABLES["platforms"].columns))
    assert found is None or isinstance(found, pd.DataFrame)
    table = outcome(tables.read_table, path, TABLES["platforms"])
    assert table is None or (found is not None and len(table) == len(found))


@few
@given(damaged(ORIGINS_FILE) | changed({"model": "m", "origins": [{}]}).map(plain_yaml.written))
def test_any_bytes_as_origins(put, content):
    found = outcome(origins.read_origins, put("any.yaml", content))
    assert found is None or outcome(origins.read_origins, put("again.yaml", origins.origins_file(found))) == found


@few
@given(TEXT)
def test_any_name_as_a_snapshot(name):
    found = outcome(snapshots.snapshot_files, DATA / "benchmarks", name)
    assert found is None or all(path.parent == DATA / "benchmarks" for path in found)


@few
@given(SCENARIOS.map(plain_yaml.written) | damaged(BUYER))
def test_any_bytes_as_a_scenario(put, content):
    found = outcome(read_scenario, str(put("any.yaml", content)))
    assert found is None or isinstance(found, Scenario)
    assert found is None or Parameters.gathered(found.parameters()) == Parameters.gathered(found.parameters())


@few
@given(st.fixed_dictionaries({"list": st.lists(SCENARIOS, max_size=2)}).map(plain_yaml.written) | BYTES)
def test_any_bytes_as_a_grid(put, content):
    found = outcome(scenarios, put("any.yaml", content))
    assert found is None or all(isinstance(one, Scenario) for one in found)


DECLARED = st.dictionaries(st.sampled_from(["colocation", "gb300.capital_per_gpu"]) | TEXT, changed(
    {"distribution": "lognormal", "quantiles": {0.1: 1, 0.9: 2}}
) | PLAIN, max_size=2)  # fmt: skip


@few
@given(DECLARED, st.lists(changed({"inputs": ["colocation", "utilization"], "correlation": 0.5}) | PLAIN, max_size=2))
def test_anything_as_own_inputs(declared, moving):
    for call in (amounts, distributions):
        found = outcome(call, declared, PAIR)
        assert found is None or set(found) == set(declared)
    outcome(correlations, moving, PAIR)


@few
@given(changed(ENTRY).map(lambda entry: as_json({"claims": [entry]})) | BYTES)
def test_any_bytes_as_a_ledger(library, put, content):
    for name in ("any.yaml", "any.csv"):
        found = outcome(ledger, library, put(name, content))
        assert found is None or all(isinstance(one, Claim) for one in found)


@given(PRINTED, st.sampled_from(["equal", "about", "at least", "at most", "nearly"]) | TEXT)
def test_any_text_as_a_printed_figure(text, bound):
    found = outcome(printed, text, bound)
    assert found is None or (isinstance(found, Printed) and 0 <= found.interval[0] <= found.interval[1])


@few
@given(
    changed(RESULT).map(lambda one: as_json([one])) | changed(vllm_result()).map(as_json) | JSON.map(as_json) | BYTES
)
def test_any_bytes_as_measurements(put, content):
    path = put("any.json", content)
    for deployment in (Deployment(), Deployment("h200", 8, "fp8")):
        found = outcome(read_files, [path], PLATFORMS, deployment)
        assert found is None or isinstance(found, Measurements)
        if found:
            again = put("again.csv", new_snapshots.as_csv(found.rows))
            assert outcome(read_files, [again], PLATFORMS) is not None


@few
@given(damaged(LOGO) | BYTES | BYTES.map(b"\x89PNG\r\n\x1a\n".__add__))
def test_any_bytes_as_a_logo(put, content):
    found = outcome(read_logo, put("any.svg", content))
    assert found is None or isinstance(found, Logo)


@few
@given(damaged(NOTEBOOK.read_bytes()[:3_000]) | damaged(NOTEBOOK.read_bytes()) | BYTES)
def test_any_bytes_as_a_notebook(content):
    found = outcome(parameter_names, content, "any.ipynb")
    assert found is None or all(name.isidentifier() for name in found)
