"""A conclusion of the published scenario that is another one than in the last release is named in CHANGELOG.md."""

import json

import pytest

from analysis.errors import InputError
from analysis.library.loading import plain_yaml
from analysis.library.places import ROOT
from analysis.machinery.press.jobs import notebooks
from analysis.scenario import read_scenario
from tests.conclusions.build import published
from tests.conclusions.record import CHANGES, FOLDER, problems, record, recorded, sections, version

COST, ANSWER, SECOND = "published/cost-ratio", "01-a#the-answer-1", "01-a#the-answer-2"
BEFORE = {COST: "consistent", ANSWER: "It costs {cost} more.", SECOND: "And so on."}
RELEASED = (
    "# Changes\n\nWhat is new.\n\n## Unreleased\n\n{}\n\n## 0.1.0, 2026-11-22\n\n- Conclusion `old/one`: of then.\n"
)
LINE = "- Conclusion `{}`: the price was corrected."


def changes(*lines):
    return RELEASED.format("\n".join(lines) or "Nothing yet.")


def test_what_the_published_scenario_concludes_is_what_was_released_or_named_with_the_reason(ran):
    found = problems(recorded(version()), published(ran), CHANGES.read_text(encoding="utf-8"))
    assert not found, "\n".join(found)


def test_the_version_is_the_same_everywhere_and_has_a_heading_and_a_record():
    cited = plain_yaml.read(ROOT / "CITATION.cff")
    assert cited["version"] == version()
    assert list(sections(CHANGES.read_text(encoding="utf-8")))[:2] == [
        "Unreleased", f"{version()}, {cited['date-released']}",
    ]  # fmt: skip
    assert (FOLDER / f"{version()}.json").is_file()


def test_the_record_holds_words_and_no_numbers_of_results():
    words = recorded(version())
    assert words["published/cost-ratio"] == "consistent"
    assert not [name for name, one in words.items() if any(number in one for number in ("34.1", "52.8", "$"))]


def test_nothing_differs_and_no_line_is_asked_for():
    assert problems(BEFORE, BEFORE, changes()) == []


def test_a_line_that_names_a_ledger_stands_for_what_is_new_in_it_and_for_no_flip():
    after = BEFORE | {"slide/one": "differs", "slide/two": "reproduced"}
    assert problems(BEFORE, after, changes(LINE.format("slide"))) == []
    assert len(problems(BEFORE, BEFORE | {COST: "differs"}, changes(LINE.format("published")))) == 2


@pytest.mark.parametrize(
    ("after", "name", "said"),
    [
        (BEFORE | {COST: "contradicted"}, COST, "flipped: 'consistent' -> 'contradicted'"),
        (BEFORE | {SECOND: "And no more."}, SECOND, "flipped: 'And so on.' -> 'And no more.'"),
        (BEFORE | {"published/new": "reproduced"}, "published/new", "new: none -> 'reproduced'"),
        ({COST: "consistent", ANSWER: BEFORE[ANSWER]}, SECOND, "gone: 'And so on.' -> none"),
    ],
)
def test_a_flip_without_a_line_fails_and_with_a_line_passes(after, name, said):
    (problem,) = problems(BEFORE, after, changes())
    assert problem.startswith(f"{name} {said}")
    assert LINE.format(name).partition(": ")[0] in problem
    assert problems(BEFORE, after, changes(LINE.format(name))) == []


def test_a_line_without_a_reason_is_none():
    assert problems(BEFORE, BEFORE | {COST: "contradicted"}, changes(f"- Conclusion `{COST}`:")) != []
    assert problems(BEFORE, BEFORE | {COST: "contradicted"}, changes(f"- Conclusion `{COST}`")) != []


def test_a_line_of_another_section_counts_for_nothing():
    text = changes().replace("`old/one`", f"`{COST}`")
    assert problems(BEFORE, BEFORE | {COST: "contradicted"}, text) != []
    assert problems(BEFORE, BEFORE, text) == []


def test_a_line_for_what_did_not_flip_fails():
    (problem,) = problems(BEFORE, BEFORE, changes(LINE.format(COST)))
    assert problem.endswith(f"the conclusion `{COST}` is what it was")


def test_a_misspelt_name_is_told_with_the_nearest():
    found = problems(BEFORE, BEFORE | {COST: "contradicted"}, changes(LINE.format("published/cost-ratoi")))
    assert len(found) == 2
    assert "is none; did you mean 'published/cost-ratio'?" in found[1]


def test_a_finding_before_others_asks_for_its_own_line_alone():
    after = {COST: "consistent", ANSWER: "First of all.", SECOND: BEFORE[ANSWER], "01-a#the-answer-3": BEFORE[SECOND]}
    (problem,) = problems(BEFORE, after, changes())
    assert problem.startswith(f"{ANSWER} new: none -> 'First of all.'")


@pytest.mark.parametrize(
    "heading", ["", "## 0.2.0, unreleased\n", "## 0.2.0 unreleased\n", "### 0.2.0, 2026-12-01\n"]
)
def test_nothing_is_recorded_without_a_release(tmp_path, heading):
    with pytest.raises(InputError, match=r"no heading `## 0\.2\.0, DAY`"):
        record("0.2.0", BEFORE, changes() + heading, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_release_is_recorded_once(tmp_path):
    text = changes() + "## 0.2.0, 2026-12-01\n"
    path = record("0.2.0", BEFORE, text, tmp_path)
    assert json.loads(path.read_text()) == recorded("0.2.0", tmp_path) == BEFORE
    with pytest.raises(InputError, match="exists"):
        record("0.2.0", {}, text, tmp_path)
    assert recorded("0.2.0", tmp_path) == BEFORE


def test_a_changed_price_flips_verdicts_that_the_test_then_names(ran):
    released = recorded(version())
    asked = read_scenario("published", ["vintage=2026-07"])
    concluded = published(lambda report: ran(report, asked), notebooks(["01"]))
    table = "published/"  # the other ledgers are judged in a report of their own
    verdicts = {name: words for name, words in released.items() if name.startswith(table) and "#" not in name}
    now = {name: words for name, words in concluded.items() if name.startswith(table) and "#" not in name}
    flipped = {problem.split(" ")[0] for problem in problems(verdicts, now, changes())}
    of_price_and_power = {f"published/{name}" for name in ("power-h200", "power-ratio", "power-ratio-prose")}
    of_words = {f"published/{name}" for name in ("cost-ratio", "throughput-ratio", "flops-gb300")}
    assert flipped == of_price_and_power | of_words
