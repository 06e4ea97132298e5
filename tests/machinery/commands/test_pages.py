"""The pages beside the reports are written where they are missing or were made from other things, and only there."""

import csv
import json

import pytest

from analysis.machinery.commands import pages
from analysis.machinery.commands.pages import outdated
from analysis.machinery.press import files, fingerprints
from analysis.machinery.press.what_if_link import PAGE
from analysis.machinery.whatif import keep
from analysis.scenario import read_scenario

ASKED = [read_scenario("published"), read_scenario("amd")]


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keep, "made", lambda snapshot, folder: _marked(snapshot).encode())
        for write in outdated(ASKED, folder).values():
            write()
    return folder


def _marked(snapshot):
    return f'<meta name="made-from" content="{keep._made_from(snapshot)}">'


def test_the_pages_lie_where_the_index_links_to_them(output):
    there = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert {PAGE, "comparison/comparison.html"} <= there
    assert "comparison/comparison/summary.json" in there


def test_what_is_there_and_made_from_the_same_is_not_written_again(output):
    assert outdated(ASKED, output) == {}


def test_other_code_makes_the_pages_of_code_anew_and_other_scenarios_only_their_comparison(output, monkeypatch):
    other = [read_scenario("published"), read_scenario("amd", ["minimum_interactivity=40"])]
    for asked in (other, ASKED[::-1]):
        assert {name: write.args for name, write in outdated(asked, output).items()} == {
            "comparison/comparison.html": (tuple(asked), output, {}, True)
        }
    known = fingerprints.files()

    def outdated_by(path):
        monkeypatch.setattr(fingerprints, "files", lambda: known | {path: ("0" * 64, 1)})
        return {*outdated(ASKED, output)}

    comparison = "comparison/comparison.html"
    assert outdated_by("data/assumptions.csv") >= {comparison}
    assert outdated_by("analysis/machinery/press/side_by_side.py") == {comparison}
    assert outdated_by("analysis/machinery/press/templates/report.css") >= {comparison}
    assert outdated_by("analysis/machinery/whatif/templates/what-if.css") == {PAGE}
    assert outdated_by("analysis/machinery/commands/verify.py") == set()


ANSWER = {
    "label": "GPUs today",
    "quantity": "fleet_gpus",
    "number": 48.0,
    "subject": "HGX B200",
    "cautions": ["assumed"],
}


@pytest.fixture
def answered(tmp_path):
    """A folder of a report that answers by name in two scenarios."""
    for scenario, count in (("published", 48.0), ("amd", 96.0)):
        folder = tmp_path / scenario / "06-procurement-brief"
        folder.mkdir(parents=True)
        answers = [ANSWER | {"number": count}, {"label": "Platform", "text": "HGX B200"}]
        (folder / "summary.json").write_text(json.dumps({"title": "Brief", "answers": answers}))
    return tmp_path


def compared(asked, folder, pairs=False):
    return outdated(asked, folder, ["06-procurement-brief"], pairs=pairs).get("comparison/comparison.html")


def test_scenarios_are_compared_by_the_answers_of_their_reports_and_all_that_they_ask_differently(answered):
    asked = [ASKED[0], read_scenario("amd", ["maximum_ttft_p99=6", "vintage=2026-04"])]
    compared(asked, answered)()
    (table,) = (answered / "comparison/comparison/data").iterdir()
    first, second = csv.DictReader(table.read_text().splitlines())
    assert table.name == "answers-06-procurement-brief.csv"
    assert (first["GPUs today"], second["GPUs today"], first["Platform"]) == ("48.0", "96.0", "HGX B200")
    assert (first["Maximum TTFT p99"], second["Maximum TTFT p99"]) == ("none", "6")
    assert (first["Baseline"], second["Baseline"]) == ("h200", "mi355x")
    assert not {"Vintage", "Input tokens"} & first.keys()
    page = (answered / "comparison/comparison.html").read_text()
    assert "report published/06-procurement-brief" in page
    assert "Ratios are of the subject to the baseline" not in page


def test_other_answers_make_the_comparison_anew(answered):
    compared(ASKED, answered)()
    assert compared(ASKED, answered) is None
    path = answered / "amd/06-procurement-brief/summary.json"
    path.write_text(path.read_text().replace("96.0", "97.0"))
    assert compared(ASKED, answered)


def test_reports_that_compare_no_pair_and_answer_nothing_by_name_have_no_comparison(tmp_path):
    assert compared(ASKED, tmp_path) is None
    assert compared(ASKED, tmp_path, pairs=True)


def test_one_scenario_alone_is_compared_with_none(output, tmp_path):
    assert outdated(ASKED[:1], output) == {}
    assert list(outdated(ASKED[:1], tmp_path)) == [PAGE]


def test_the_page_of_the_comparison_is_made_from_data_too_and_names_its_scenarios(output):
    folder = output / "comparison/comparison"
    assert json.loads((folder / "summary.json").read_text())["title"] == "Scenarios side by side"
    made_from = json.loads((folder / "made-from.json").read_text())["files"]
    assert "data/assumptions.csv" in made_from
    page = (output / "comparison/comparison.html").read_text()
    assert ">Scenarios side by side</h1>" in page
    assert "published, amd" in page
    assert pages.DISCLAIMER in page
    assert not (output / "comparison/comparison.pdf").exists()


def test_a_page_that_was_damaged_is_written_again(output):
    name = "comparison"
    page = output / name / f"{name}.html"
    sound = page.read_bytes()
    page.write_bytes(b"damaged")
    try:
        assert len(outdated(ASKED, output)) == 1
    finally:
        page.write_bytes(sound)
    assert files.receipt(output / name, name) is not None
