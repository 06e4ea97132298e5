import csv
import io
import json
from xml.etree import ElementTree

import pytest

LEDGER = """claims:
  - id: own-cost
    statement: Our MI355X serves a million tokens for 50 cents
    quantity: cost_per_million_tokens
    subject: mi355x
    printed: $0.50
    source: Vendor slide
    date: 2026-05-01
    input_tokens: 8192
    output_tokens: 1024
    interactivity: 50
"""


def test_the_text_names_each_verdict_and_the_joint_result(run):
    code, out, _ = run("verify")
    assert code == 0
    assert "cost-h200          $4.20       $4.205" in out
    assert "table alone: yes" in out
    assert "with prices and power of 2026-04: no" in out


def test_json_holds_claims_and_joint_result(run):
    _, out, _ = run("verify", "--format", "json")
    found = json.loads(out)
    assert len(found["claims"]) == 17
    assert set(found["claims"][0]) >= {"id", "printed", "interval", "recomputed", "verdict", "evidence"}
    assert found["joint"]["feasible"] is True
    assert found["joint_with_constants"]["conflict"] == ["power-gb300", "cost-h200", "cost-ratio"]


def test_csv_and_junit_and_markdown_hold_every_claim(run):
    _, out, _ = run("verify", "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == 17
    _, out, _ = run("verify", "--format", "junit")
    suite = ElementTree.fromstring(out)
    assert len(suite.findall("testcase")) == int(suite.get("tests")) == 19
    assert int(suite.get("failures")) == 1
    _, out, _ = run("verify", "--format", "markdown")
    assert out.count("\n|") == 18


@pytest.mark.parametrize(("vintage", "code"), [("2026-04", 0), ("2026-07", 1)])
def test_strict_fails_where_a_claim_no_longer_holds(run, vintage, code):
    assert run("verify", "--strict", "--vintage", vintage)[0] == code


def test_a_ledger_about_another_vendor_is_judged(run, tmp_path):
    (tmp_path / "own.yaml").write_text(LEDGER)
    code, out, _ = run("verify", "--ledger", str(tmp_path / "own.yaml"), "--format", "json")
    (claim,) = json.loads(out)["claims"]
    assert code == 0
    assert claim["verdict"] == "not reproduced"
    assert claim["recomputed"] > 0


@pytest.mark.parametrize(
    "arguments", [("--ledger", "publishd"), ("--vintage", "2026-05"), ("--scenario", "publishd")]
)
def test_bad_input_is_exit_code_2_and_one_line(run, arguments):
    code, out, err = run("verify", *arguments)
    assert code == 2
    assert out == ""
    assert "did you mean" in err
    assert "Traceback" not in err
