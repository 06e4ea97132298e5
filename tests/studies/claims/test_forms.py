"""The five forms of verdicts, whole: for a terminal, a page, a spreadsheet, a program and a build server."""

import csv
import io
import json
from dataclasses import replace
from math import inf
from xml.etree import ElementTree

import pytest

from analysis.library.quantities import quantity
from analysis.library.values import Source, Status, Value
from analysis.studies.claims.consistency import Give, Joint
from analysis.studies.claims.evidence import Finding
from analysis.studies.claims.forms import FORMS
from analysis.studies.claims.judgment import MEANING, Judgment, Verdict
from tests.studies.claims.test_claim import claim

COST = "cost_per_million_tokens"


def value(number):
    return Value(number, quantity(COST), "HGX H200", Status.DERIVED)


def publication(claim):
    """The same claim of a publication."""
    source = Source("slide", "A slide", "A vendor", "", "2026-04-15")
    return replace(claim, value=replace(claim.value, sources=(source,), as_of="2026-04-15"))


JUDGMENTS = [
    Judgment(publication(claim("cost", COST, "h200", "$4.20")), Verdict.REPRODUCED, Finding(value(4.2045))),
    Judgment(
        publication(claim("price-other", COST, "mi355x", "$1.00")), Verdict.NOT_CHECKABLE, Finding(None, "no *rows*")
    ),
    Judgment(
        publication(claim("ratio", COST, "gb300", "more than $9")), Verdict.ONLY_UNDER, Finding(value(8.0)),
        ("dense FLOPS", "sparse"),
    ),
]  # fmt: skip
JOINTS = {
    "table alone": Joint(True, implied={"price h200": (1.4, 1.5), "free": (0.0, inf), "half": (2.0, inf),
                                        "cost": (4.1, 4.2)}),
    "with constants": Joint(False, conflict={"cost": Give(4.205, 0.01)}),
}  # fmt: skip


def test_text_is_a_table_then_the_meanings_then_the_joint_results():
    head, line, *rows = FORMS["text"](JUDGMENTS, JOINTS).splitlines()
    assert head.split() == ["id", "printed", "recomputed", "off", "by", "in", "digits", "verdict", "remark"]
    assert set(line) == {"-"}
    assert [row.split("  ")[0] for row in rows[:3]] == ["cost", "price-other", "ratio"]
    assert rows[0].split() == ["cost", "$4.20", "$4.204", "0.11%", "0.45", "reproduced"]
    assert "only under dense FLOPS, sparse" in rows[2]
    assert rows[3:] == [
        "",
        "off by: recomputed less printed; in digits: in units of the last significant digit",
        *(f"{word}: {MEANING[word]}" for word in ("reproduced", "not checkable", "only under")),
        "",
        "Can it all be true at once? table alone: yes",
        "  price h200: 1.4 to 1.5",
        "  half: 2 to inf",
        "",
        "Can it all be true at once? with constants: no",
        "  cost: would have to reach 4.24705, 4.2 units of its last significant digit",
    ]


def test_claims_of_several_publications_are_told_apart_by_who_and_when():
    other = publication(claim("other", COST, "h200", "$4.20"))
    other = replace(other, value=replace(other.value, sources=(), as_of="2026-05-01"), claimant="Somebody else")
    text = FORMS["text"]([*JUDGMENTS, Judgment(other, Verdict.REPRODUCED, Finding(value(4.2)))], JOINTS)
    head, _, *rows = text.splitlines()
    assert head.split()[:3] == ["who", "day", "id"]
    assert rows[0].startswith("A vendor       2026-04-15  cost")
    assert rows[3].startswith("Somebody else  2026-05-01  other")


def test_markdown_is_a_table_whose_words_stand_as_they_are():
    assert FORMS["markdown"](JUDGMENTS, JOINTS) == "\n".join(
        [
            "| id | printed | recomputed | off by | in digits | verdict | remark |",
            "| --- | --- | --- | --- | --- | --- | --- |",
            r"| cost | \$4.20 | \$4.204 | 0.11% | 0.45 | reproduced |  |",
            r"| price-other | \$1.00 | - | - | - | not checkable | no \*rows\* |",
            r"| ratio | more than \$9 | \$8.000 | −11% | −1.0 | only under dense FLOPS, sparse |  |",
            "",
            "**table alone**: can all be true at once",
            "",
            "- price h200: 1.4 to 1.5",
            "- half: 2 to inf",
            "",
            "**with constants**: cannot all be true at once",
            "",
            "- cost: would have to reach 4.24705, 4.2 units of its last significant digit",
            "",
        ]
    )


def test_csv_is_a_line_for_each_claim():
    lines = list(csv.DictReader(io.StringIO(FORMS["csv"](JUDGMENTS, JOINTS))))
    assert [line["id"] for line in lines] == ["cost", "price-other", "ratio"]
    assert (lines[0]["low"], lines[0]["high"], lines[0]["recomputed"]) == ("4.195", "4.205", "4.2045")
    assert float(lines[0]["off_by"]) == pytest.approx(0.00107, abs=1e-5)
    assert (lines[1]["recomputed"], lines[1]["off_by"], lines[1]["remark"]) == ("", "", "no *rows*")
    assert (lines[2]["high"], lines[2]["verdict"], lines[2]["under"]) == ("inf", "only under", "dense FLOPS, sparse")


def test_json_holds_numbers_and_evidence_and_no_infinity():
    text = FORMS["json"](JUDGMENTS, JOINTS)
    found = json.loads(text, parse_constant=pytest.fail)
    assert found["claims"][0]["off_by"] == pytest.approx(4.2045 / 4.2 - 1)
    assert found["claims"][0]["in_last_digits"] == pytest.approx(0.45)
    assert found["claims"][1] == {
        "id": "price-other", "claimant": "A vendor", "date": "2026-04-15", "printed": "$1.00",
        "interval": [0.995, 1.005], "recomputed": None, "off_by": None, "in_last_digits": None,
        "verdict": "not checkable", "under": [], "since": None, "remark": "no *rows*", "evidence": [],
    }  # fmt: skip
    assert (found["claims"][2]["interval"], found["claims"][2]["under"]) == ([9.0, None], ["dense FLOPS", "sparse"])
    assert found["claims"][2]["evidence"] == [value(8.0).record()]
    assert found["joint"] == {
        "feasible": True,
        "implied": {"price h200": [1.4, 1.5], "free": [0.0, None], "half": [2.0, None], "cost": [4.1, 4.2]},
        "conflict": [],
    }
    assert found["joint_with_constants"] == {"feasible": False, "implied": {}, "conflict": ["cost"]}
    assert text == json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def test_the_joint_results_of_several_ledgers_stand_by_their_names():
    found = json.loads(FORMS["json"](JUDGMENTS, {"one": Joint(True), "two": Joint(False)}))
    assert {name: joint["feasible"] for name, joint in found["joints"].items()} == {"one": True, "two": False}


def test_junit_fails_what_does_not_hold_and_skips_what_cannot_be_checked():
    suite = ElementTree.fromstring(FORMS["junit"](JUDGMENTS, JOINTS))
    assert suite.tag == "testsuite"
    assert suite.attrib == {"name": "claims", "failures": "2", "tests": "5", "skipped": "1"}
    cases = [
        (case.get("classname"), case.get("name"), [(inner.tag, inner.get("message")) for inner in case])
        for case in suite.findall("testcase")
    ]
    assert cases == [
        ("claim", "cost", []),
        ("claim", "price-other", [("skipped", "no *rows*")]),
        ("claim", "ratio", [("failure", "only under dense FLOPS, sparse: more than $9 $8.000 −11% −1.0")]),
        ("joint", "table alone", []),
        ("joint", "with constants", [("failure", "cannot all be true: cost")]),
    ]


def test_junit_is_a_line_for_each_case():
    text = FORMS["junit"](JUDGMENTS, JOINTS)
    assert isinstance(text, str)
    assert text.endswith("</testsuite>\n")
    assert [line for line in text.splitlines() if line.startswith("  <testcase")] == [
        line for line in text.splitlines() if "<testcase" in line
    ]
