import csv
import io
import json
from xml.etree import ElementTree

import pytest

from analysis.comparison.head_to_head import compare
from analysis.library.sources import load
from analysis.scenario import read_scenario

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


PUBLISHED = ("verify", "--ledger", "published")


def test_the_text_names_each_verdict_and_the_joint_result(run):
    code, out, _ = run(*PUBLISHED)
    assert code == 0
    assert "cost-h200          $4.20       $4.205" in out
    assert "table alone: yes" in out
    assert "with prices and power of 2026-04: no" in out


def test_what_the_comparison_behind_the_verdicts_warns_of_stands_beside_them(run):
    cautions = compare(load(), read_scenario("published")).cautions
    err = run(*PUBLISHED, "--format", "json").err
    assert [f"note: {caution.text}" for caution in cautions] == err.splitlines() != []


def test_without_a_ledger_the_docket_of_all_is_told(run):
    code, out, _ = run("verify")
    assert code == 0
    head, _, *lines = out.splitlines()
    assert head.split()[:4] == ["who", "day", "id", "printed"]
    assert any("cost-ratio " in line and "within repeatability" in line for line in lines)
    assert any("agents-twenty-fold" in line and "contradicted" in line for line in lines)
    assert "Can it all be true at once? mlperf-v6.0: no" in out


def test_json_holds_claims_and_joint_result(run):
    _, out, _ = run(*PUBLISHED, "--format", "json")
    found = json.loads(out)
    assert len(found["claims"]) == 17
    assert set(found["claims"][0]) >= {"id", "printed", "interval", "recomputed", "verdict", "evidence"}
    assert found["joint"]["feasible"] is True
    assert found["joint_with_constants"]["conflict"] == ["power-gb300", "cost-h200", "cost-ratio"]


def test_csv_and_junit_and_markdown_hold_every_claim(run):
    _, out, _ = run(*PUBLISHED, "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == 17
    _, out, _ = run(*PUBLISHED, "--format", "junit")
    suite = ElementTree.fromstring(out)
    assert len(suite.findall("testcase")) == int(suite.get("tests")) == 19
    assert int(suite.get("failures")) == 2
    _, out, _ = run(*PUBLISHED, "--format", "markdown")
    assert out.count("\n|") == 18


def test_strict_fails_what_is_neither_reproduced_nor_within_repeatability(run, tmp_path):
    """One of the published figures, 5.6 PFLOPS, differs; the headline alone is within repeatability."""
    assert run(*PUBLISHED, "--strict")[0] == 1
    headline = LEDGER.replace("mi355x", "h200\n    baseline: gb300").replace("$0.50", "35x")
    (tmp_path / "own.yaml").write_text(headline.split("    input_tokens")[0])
    own = ("verify", "--ledger", str(tmp_path / "own.yaml"), "--strict")
    assert run(*own)[0] == 0
    (tmp_path / "slow.yaml").write_text("minimum_interactivity: 35\n")
    assert run(*own, "--scenario", str(tmp_path / "slow.yaml"))[0] == 1


def test_a_ledger_about_another_vendor_is_judged(run, tmp_path):
    (tmp_path / "own.yaml").write_text(LEDGER)
    code, out, _ = run("verify", "--ledger", str(tmp_path / "own.yaml"), "--format", "json")
    (claim,) = json.loads(out)["claims"]
    assert code == 0
    assert claim["verdict"] == "differs"
    assert claim["recomputed"] > 0
    assert claim["off_by"] == pytest.approx(claim["recomputed"] / 0.5 - 1)


@pytest.mark.parametrize(
    "arguments", [("--ledger", "publishd"), ("--vintage", "2026-05"), ("--scenario", "publishd")]
)
def test_bad_input_is_exit_code_2_and_one_line(run, arguments):
    code, out, err = run("verify", *arguments)
    assert code == 2
    assert out == ""
    assert "did you mean" in err
    assert "Traceback" not in err
