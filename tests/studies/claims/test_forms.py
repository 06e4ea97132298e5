"""The five forms of verdicts, whole: for a terminal, a page, a spreadsheet, a program and a build server."""

import json
from math import inf
from xml.etree import ElementTree

import pytest

from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.studies.claims.consistency import Give, Joint
from analysis.studies.claims.forms import FORMS
from analysis.studies.claims.verdicts import MEANING, Judgment, Verdict
from tests.studies.claims.test_claim import claim

COST = "cost_per_million_tokens"


def value(number):
    return Value(number, quantity(COST), "HGX H200", Status.DERIVED)


JUDGMENTS = [
    Judgment(claim("cost", COST, "h200", "$4.20"), Verdict.REPRODUCED, value(4.2045)),
    Judgment(claim("price-other", COST, "mi355x", "$1.00"), Verdict.NOT_CHECKABLE, None, remark="no *rows*"),
    Judgment(claim("ratio", COST, "gb300", "more than $9"), Verdict.ONLY_UNDER, value(8.0), "dense FLOPS"),
]
JOINTS = {
    "table alone": Joint(True, implied={"price h200": (1.4, 1.5), "free": (0.0, inf), "half": (2.0, inf),
                                        "cost": (4.1, 4.2)}),
    "with constants": Joint(False, conflict={"cost": Give(4.205, 0.01)}),
}  # fmt: skip


def test_text_is_a_table_then_the_meanings_then_the_joint_results():
    assert FORMS["text"](JUDGMENTS, JOINTS) == "\n".join(
        [
            "id           printed       recomputed  off by  verdict                 remark",
            "-" * 80,
            "cost         $4.20         $4.204      0.45    reproduced",
            "price-other  $1.00         -           -       not checkable           no *rows*",
            "ratio        more than $9  $8.000      −1.0    only under dense FLOPS",
            "",
            "off by: in units of the last printed digit",
            *(f"{word}: {MEANING[word]}" for word in ("reproduced", "not checkable", "only under")),
            "",
            "Can it all be true at once? table alone: yes",
            "  price h200: 1.4 to 1.5",
            "  half: 2 to inf",
            "",
            "Can it all be true at once? with constants: no",
            "  cost: would have to reach 4.24705, 4.2 units of its last printed digit",
            "",
        ]
    )


def test_markdown_is_a_table_whose_words_stand_as_they_are():
    assert FORMS["markdown"](JUDGMENTS, JOINTS) == "\n".join(
        [
            "| id | printed | recomputed | off by | verdict | remark |",
            "| --- | --- | --- | --- | --- | --- |",
            r"| cost | \$4.20 | \$4.204 | 0.45 | reproduced |  |",
            r"| price-other | \$1.00 | - | - | not checkable | no \*rows\* |",
            r"| ratio | more than \$9 | \$8.000 | −1.0 | only under dense FLOPS |  |",
            "",
            "**table alone**: can all be true at once",
            "",
            "- price h200: 1.4 to 1.5",
            "- half: 2 to inf",
            "",
            "**with constants**: cannot all be true at once",
            "",
            "- cost: would have to reach 4.24705, 4.2 units of its last printed digit",
            "",
        ]
    )


def test_csv_is_a_line_for_each_claim():
    assert FORMS["csv"](JUDGMENTS, JOINTS) == "\n".join(
        [
            "id,printed,low,high,recomputed,verdict,under,remark",
            "cost,$4.20,4.195,4.205,4.2045,reproduced,,",
            "price-other,$1.00,0.995,1.005,,not checkable,,no *rows*",
            "ratio,more than $9,9.0,inf,8.0,only under,dense FLOPS,",
            "",
        ]
    )


def test_json_holds_numbers_and_evidence_and_no_infinity():
    text = FORMS["json"](JUDGMENTS, JOINTS)
    found = json.loads(text, parse_constant=pytest.fail)
    assert found == {
        "claims": [
            {"id": "cost", "printed": "$4.20", "interval": [4.195, 4.205], "recomputed": 4.2045,
             "verdict": "reproduced", "under": "", "remark": "", "evidence": [value(4.2045).record()]},
            {"id": "price-other", "printed": "$1.00", "interval": [0.995, 1.005], "recomputed": None,
             "verdict": "not checkable", "under": "", "remark": "no *rows*", "evidence": []},
            {"id": "ratio", "printed": "more than $9", "interval": [9.0, None], "recomputed": 8.0,
             "verdict": "only under", "under": "dense FLOPS", "remark": "", "evidence": [value(8.0).record()]},
        ],
        "joint": {
            "feasible": True,
            "implied": {"price h200": [1.4, 1.5], "free": [0.0, None], "half": [2.0, None], "cost": [4.1, 4.2]},
            "conflict": [],
        },
        "joint_with_constants": {"feasible": False, "implied": {}, "conflict": ["cost"]},
    }  # fmt: skip
    assert text == json.dumps(found, indent=1, ensure_ascii=False) + "\n"


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
        ("claim", "ratio", [("failure", "only under dense FLOPS: more than $9 $8.000 −1.0")]),
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
