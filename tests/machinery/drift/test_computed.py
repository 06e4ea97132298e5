import json
import shutil

import pytest

from analysis.errors import InputError
from analysis.library.sources import SNAPSHOT, load
from analysis.machinery.drift import computed as computing
from analysis.machinery.drift.compare import drift
from analysis.machinery.drift.computed import computed_side, side_of_build, sides
from analysis.machinery.receipts.crate import NAME
from analysis.machinery.receipts.manifest import write_manifest
from tests.support.receipts import FINDING, VERDICT, entry, folder, report

FLIPPED = VERDICT | {"words": "contradicted"}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    root = tmp_path_factory.mktemp("builds")
    other = folder(root / "b", conclusions=[FINDING, FLIPPED], numbers=[entry("n2", 5.0)], vintage="2026-07")
    return folder(root / "a"), other


@pytest.fixture(scope="module")
def vintages():
    return {name: computed_side("vintage", name) for name in ("2026-04", "2026-07")}


def test_a_build_is_read_with_what_went_in_and_what_came_of_it(folders):
    found = side_of_build(folders[0])
    one = found.parts["published/one"]
    assert one.inputs["parameters"] == {"vintage": "2026-04"}
    assert "data/assumptions.csv" in one.inputs["data"]
    assert {"analysis/errors.py", "requirements.lock"} <= one.inputs["code"].keys()
    assert one.inputs["versions"]["Python"]
    assert one.conclusions["published/cost-ratio"].words == "within repeatability"
    assert one.numbers["table levels: row 0, Cost"].value == 4.2
    assert found.notes == ()


def test_two_builds_are_compared(folders):
    found = drift(*sides(*map(str, folders)))
    assert [flip.id for flip in found.flips] == ["published/cost-ratio"] * 2
    assert [(one.before.value, one.after.value) for one in found.changes] == [(4.2, 5.0)]
    assert [(one.kind, one.name, one.after) for one in found.inputs] == [("parameters", "vintage", "2026-07")]


def test_a_report_that_was_changed_since_is_left_out_and_noted(folders, tmp_path):
    copy = tmp_path / "a"
    shutil.copytree(folders[0], copy)
    receipt = copy / "published/one/receipt.json"
    receipt.write_text(receipt.read_text().replace('"key"', '"kex"', 1))
    found = side_of_build(copy)
    assert set(found.parts) == {"published/two"}
    assert "published/one is not as the manifest lists it" in found.notes[0]


def test_files_that_were_changed_since_are_not_believed(folders, tmp_path):
    copy = tmp_path / "a"
    shutil.copytree(folders[0], copy)
    (copy / "published/one/numbers.json").write_text(json.dumps([entry("n1", 99.0)]))
    (copy / "published/one/summary.json").write_text(json.dumps({"conclusions": [FLIPPED]}))
    one = side_of_build(copy).parts["published/one"]
    assert one.numbers == {}
    assert one.conclusions == {}


def test_pages_without_numbers_are_no_reports(tmp_path):
    from analysis.machinery.press import files

    files.replace(tmp_path / "comparison", "comparison", "key", {"comparison.html": b"names"})
    report(tmp_path, "one")
    write_manifest(tmp_path)
    assert set(side_of_build(tmp_path).parts) == {"published/one"}


def test_a_vintage_says_what_verify_says(vintages):
    (before,), (after,) = (vintages[name].parts.values() for name in ("2026-04", "2026-07"))
    assert before.conclusions["published/power-ratio"].words == "within repeatability"
    assert after.conclusions["published/power-ratio"].words == "superseded"
    assert after.numbers["throughput per megawatt, ratio of both"].value == pytest.approx(41.4, abs=0.05)
    assert after.numbers["cost per million tokens, ratio of both"].value == pytest.approx(34.1, abs=0.05)
    assert before.inputs["parameters"]["vintage"] == "2026-04"


def test_both_say_if_the_printed_figures_can_all_be_true_and_which_row_serves(vintages):
    (part,) = vintages["2026-04"].parts.values()
    told = [(one.id, one.words, one.sentence) for one in part.conclusions.values()][-4:]
    served = "the measured row that serves the scenario on"
    assert told == [
        ("published/together", "can all be true", "the printed figures of the table"),
        (
            "published/together-with-assumptions",
            "cannot all be true",
            "the same with prices and power of the vintage",
        ),
        ("row/h200", "dynamo-trt fp8 mtp", f"{served} HGX H200"),
        ("row/gb300", "dynamo-trt fp4 mtp", f"{served} GB300 NVL72"),
    ]
    assert part.conclusions.keys() == {one.id for one in part.conclusions.values()}


def test_a_vintage_is_told_with_its_numbers_by_what_they_are(vintages):
    state = vintages["2026-04"]
    assert (state.kind, state.name, state.notes) == ("vintage", "2026-04", ())
    (part,) = state.parts.values()
    assert part.name == "scenario published"
    assert part.inputs.keys() == {"parameters", "data"}
    assert list(part.inputs["data"]) == [f"data/benchmarks/{SNAPSHOT}.csv"]
    known = part.numbers
    assert known["measured rows"].value == 1729
    for name in ("HGX H200", "GB300 NVL72"):
        assert {f"{one}, {name}" for one in ("price per GPU-hour", "power per GPU", "throughput per GPU",
                "throughput per megawatt", "cost per million tokens")} <= known.keys()  # fmt: skip
    assert known["cost per million tokens, ratio of both"].name.startswith("ratio of cost per million tokens")
    assert known["published/price-h200, recomputed"].value == 1.41
    prices = [place for place, one in known.items() if place.endswith(", gb300") and one.unit == "USD/GPU/h"]
    assert len(prices) == 3
    assert known["power, gb300"].unit == "kW/GPU"


def test_corrected_power_flips_what_is_stated_per_megawatt_and_nothing_else(vintages):
    found = drift(vintages["2026-04"], vintages["2026-07"])
    assert {flip.id for flip in found.flips} == {
        "published/power-h200", "published/power-ratio", "published/power-ratio-prose",
        "nvidia-taipei-2026-05/taipei-power",
    }  # fmt: skip
    moved = {one.name.partition(",")[0] for one in found.changes if one.computed}
    assert moved == {"throughput per megawatt", "ratio of throughput per megawatt", "energy per token"}
    assert {one.name.partition(",")[0] for one in found.changes if one.given} == {"power per GPU"}
    assert [one.name for one in found.inputs] == ["vintage"]


def test_a_scenario_and_its_overrides_are_asked(vintages):
    asked = computed_side("vintage", "2026-07", "published", ["baseline=b200"])
    (part,) = asked.parts.values()
    assert part.inputs["parameters"]["baseline"] == "b200"
    assert part.numbers["price per GPU-hour, HGX B200"].value == 1.95


def test_two_snapshots_are_compared(data, monkeypatch):
    rows = load(data).benchmark
    lines = (data / f"benchmarks/{SNAPSHOT}.csv").read_text(encoding="utf-8").splitlines()
    point = rows[(rows["hardware"] == "gb300") & (rows["throughput_per_gpu"].between(5970, 5971))].index[0]
    from analysis.library.loading import new_snapshots, snapshots

    known = snapshots.read_snapshot(data / "benchmarks", SNAPSHOT)
    kept = known.rows.drop(index=point)
    origin = known.origins[0].model_copy(update={"rows": len(kept)})
    new_snapshots.write_snapshot(snapshots.Snapshot(kept, known.model, (origin,)), data / "benchmarks", "fewer")
    monkeypatch.setattr(computing, "load", lambda snapshot=SNAPSHOT: load(data, snapshot))
    monkeypatch.setattr(computing, "DATA", data)
    for module in ("fields", "files"):
        monkeypatch.setattr(f"analysis.scenario.{module}.DATA", data)
    found = drift(*sides(SNAPSHOT, "fewer"))
    assert len(lines) - 1 == 1729
    (rows_changed,) = [one for one in found.changes if one.name == "count, measured rows"]
    assert (rows_changed.before.value, rows_changed.after.value) == (1729, 1728)
    assert "published/throughput-gb300" in {flip.id for flip in found.flips}
    assert {one.name for one in found.inputs} == {
        "snapshot", f"data/benchmarks/{SNAPSHOT}.csv", "data/benchmarks/fewer.csv",
    }  # fmt: skip


REFUSED = {
    "nothing known": (("2026-4", "2026-07"), "did you mean '2026-04'"),
    "two kinds": (("2026-04", SNAPSHOT), "is a vintage and"),
    "a build with a question": (
        ("A", "B", "published", ["vintage=2026-07"]),
        "builds were asked when they were made",
    ),
    "a folder without manifest": (("EMPTY", "A"), "no such file"),
    "a scenario that is none": (("2026-04", "2026-07", "publishd"), "did you mean 'published'"),
    "a point that nobody serves": (("2026-04", "2026-07", "published", ["minimum_interactivity=5000"]), "reaches"),
}


@pytest.mark.parametrize("what", list(REFUSED))
def test_what_cannot_be_compared_is_refused_with_the_reason(folders, tmp_path, what):
    arguments, said = REFUSED[what]
    known = {"A": str(folders[0]), "B": str(folders[1]), "EMPTY": str(tmp_path)}
    with pytest.raises(InputError, match=said):
        sides(*(known.get(one, one) if isinstance(one, str) else one for one in arguments))


def test_a_number_register_of_nonsense_is_refused(folders, tmp_path):
    copy = tmp_path / "a"
    report(copy, "one", numbers=[{"id": "n1", "text": "4", "value": "much", "name": "x"}])
    write_manifest(copy)
    with pytest.raises(InputError, match=r"numbers\.json.*value"):
        side_of_build(copy)
    assert (copy / NAME).exists()
