"""A ledger of nonsense is refused with its line or claim; what is text in it is told as text."""

import csv
import io
import json
import os
from xml.etree import ElementTree

import pytest

from analysis.comparison.head_to_head import compare
from analysis.scenario import Parameters
from analysis.studies.claims.claim import jointly
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.forms import FORMS
from analysis.studies.claims.ledgers import MOST, ledger
from analysis.studies.claims.verdicts import judge
from tests.hostile.refusals import refusal
from tests.studies.claims.test_ledgers import ENTRY

FIGURES = {
    "a currency and nothing": ("$-", "character 2: found '-', expected digits"),
    "a ratio at both ends": ("x65x", "character 1: found 'x65x', expected digits"),
    "an exponent of three digits": ("1e999", "character 2: found 'e999', expected a unit word"),
    "Arabic digits": ("\u0663\u0665x", "character 1: found '\u0663\u0665x', expected digits"),
    "wide digits": ("\uff13\uff15x", "character 1: found '\uff13\uff15x', expected digits"),
    "a Cyrillic letter for the x": ("35\u0445", "character 3: found '\u0445', expected a unit word"),
    "a fraction": ("\u00bdx", "character 1: found '\u00bdx', expected digits"),
    "a Roman numeral": ("\u2167x", "character 1: found '\u2167x', expected digits"),
    "two points": ("1.5.5", "character 4: found '.5', expected a unit word"),
    "a comma for the point": ("1,00", "character 2: found ',00', expected a unit word"),
    "a word for none": ("nan", "character 1: found 'nan', expected digits"),
    "an endless figure": ("inf", "character 1: found 'inf', expected digits"),
    "a figure below zero": ("-35x", "character 1: found '-35x', expected digits"),
    "negative zero": ("-0", "character 1: found '-0', expected digits"),
    "nothing above it": ("less than 0", "printed figure 'less than 0': leaves no value above 0"),
    "just under nothing": ("nearly $0", "printed figure 'nearly $0': leaves no value above 0"),
    "a range that falls": ("5-4x", "expected the upper end of the range, in the unit of the lower end and not below"),
    "two bounds": ("up to 5x or more", "expected no second bound behind 'at most'"),
    "two signs": ("$5x", "character 3: found 'x', expected no second sign beside '$'"),
    "a formula": ("=1+1", "character 1: found '=1+1', expected digits"),
    "markup": ("<b>5x</b>", "character 2: found 'b>5x</b>', expected digits"),
    "a template": ("5x {{7}}", "found '{{7}}', expected a unit word or the end of the text"),
    "a figure turned around": ("35\u202ex", "printed: found '35\\u202ex'; the control character '\\u202e'"),
    "an unseen sign": ("35x\u200b", "printed: found '35x\\u200b'; the control character '\\u200b'"),
    "61 digits": ("9" * 61, "String should have at most 60 characters"),
}
ENTRIES = {
    "a subject of code": ({"subject": "__class__"}, "unknown platform '__class__'; allowed: "),
    "a subject in Cyrillic letters": ({"subject": "mi355\u0445"}, "did you mean 'mi355x'? (found '\u0445', CYRILLIC"),
    "a quantity of code": ({"quantity": "__import__('os')"}, "quantity \"__import__('os')\" cannot be judged; allow"),
    "a quantity without end": ({"quantity": "(" * 400}, "cannot be judged"),
    "a quantity to a power": ({"quantity": "cost_per_million_tokens**9999999"}, "cannot be judged; did you mean"),
    "a statement that is a formula": ({"statement": "=cmd|x"}, "statement: found '=cmd|x'; a spreadsheet would comp"),
    "a source that is a function": ({"source": "@SUM(A1)"}, "source: found '@SUM(A1)'; a spreadsheet would compute"),
    "a statement turned around": ({"statement": "\u202ex"}, "statement: found '\\u202ex'; the control character"),
    "a measurement that colors": ({"measurement": "\x9b31m"}, "measurement: found '\\x9b31m'; the control character"),
    "a condition of 501 letters": ({"not_stated": "x" * 501}, "String should have at most 500 characters"),
    "true for an amount": ({"interactivity": True}, "interactivity: found True; must be a number"),
    "true for a count": ({"input_tokens": True}, "input_tokens: found True; must be a number"),
    "a count in Arabic digits": ({"input_tokens": "\u0661\u0660"}, "input_tokens: found '\u0661\u0660'; must be a n"),
    "a count with a blank": ({"input_tokens": " 1024"}, "input_tokens: found ' 1024'; must be a number"),
    "tokens without end": ({"output_tokens": 10**299}, "output_tokens: found 1000"),
    "an amount beyond all": ({"interactivity": "1e400"}, "interactivity: found '1e400'; must be a finite number"),
    "an amount next to nothing": ({"interactivity": 1e-320}, "interactivity: found 1e-320; must be at least 1e-09"),
    "a day by its week": ({"date": "2026-W01-1"}, "date: found '2026-W01-1'; must be a day, YYYY-MM-DD"),
    "a day in seconds": ({"date": 1776211200}, "date: found 1776211200; must be a valid date"),
    "the year 1": ({"date": "0001-01-01"}, "must be a day, YYYY-MM-DD, from 1900-01-01 to 2200-12-31"),
    "an id of two lines": ({"id": "own\n"}, "id: found 'own\\n'; String should match pattern"),
    "an id that leads up": ({"id": "../own"}, "id: found '../own'; String should match pattern"),
    "a figure that is a number": ({"printed": 0.3}, "printed: found 0.3; must be a valid string"),
    "a group with a blank": ({"group": "prose "}, "group: found 'prose '; must be 'table' or 'prose'"),
}
DOCUMENTS = {
    "the same id twice": ("a.yaml", json.dumps({"claims": [ENTRY, ENTRY]}), ", claim 2: the id 'own' stands here ag"),
    "another list": ("a.yaml", json.dumps({"claims": [ENTRY], "facts": []}), ": unknown key 'facts'; allowed: claim"),
    "keys of two kinds": ("a.yaml", "1: a\nclaims: []", ": unknown key 1; allowed: claims"),
    "a claim of nothing": ("a.yaml", "claims: [~]", ", claim 1, in all: found None; must be a valid dictionary"),
    "201 claims": ("a.yaml", f"claims: [{'{}, ' * (MOST + 1)}]", f": found {MOST + 1} claims, allowed are {MOST}"),
    "a column twice": ("a.csv", "id,id\na,b\n", ", line 1: column 'id' stands twice"),
    "a row that is short": ("a.csv", "id,printed\na\n", ", line 2: found 1 cells, allowed are 2, as in the head"),
    "semicolons": ("a.csv", "id;printed\na;$4.2", ", line 1: found columns apart by ';'; allowed is ','"),
    "a cell of two lines": ("a.csv", 'id,statement\na,"b\nc"\n', ", line 2: found a line break in a cell"),
    "a cell that colors": ("a.csv", "id,statement\na,\x1b[31m\n", ", line 2: found the control character '\\x1b'"),
    "a column without a name": ("a.csv", f"{','.join(ENTRY)},\n{','.join(ENTRY.values())},x\n", ", '': unknown key"),
    "a workbook": ("a.csv", "PK\x03\x04", ", line 1: found the control character '\\x03'"),
}
TEXTS = [
    "<script>alert(1)</script>",
    "[x](javascript:y)",
    "| a | b",
    "`x` *y* _z_",
    "]]>&amp;",
    '"; DROP',
    "{{ 7 }} \\n",
]


@pytest.fixture
def read(library, file):
    def of(name, content):
        path = file(name, content)
        return refusal(ledger, library, path).removeprefix(path)

    return of


@pytest.mark.parametrize(("printed", "said"), FIGURES.values(), ids=FIGURES)
def test_a_figure_of_nonsense_is_refused_with_its_claim(read, printed, said):
    message = read("own.yaml", json.dumps({"claims": [{**ENTRY, "printed": printed}]}))
    assert message.startswith(", claim 1")
    assert said in message


@pytest.mark.parametrize(("changes", "said"), ENTRIES.values(), ids=ENTRIES)
def test_an_entry_of_nonsense_is_refused_with_its_claim(read, changes, said):
    message = read("own.yaml", json.dumps({"claims": [{**ENTRY, **changes}]}))
    assert message.startswith(", claim 1")
    assert said in message


@pytest.mark.parametrize(("name", "content", "said"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_what_is_no_ledger_is_refused_with_its_place(read, name, content, said):
    assert said in read(name, content)


def test_what_is_no_file_is_no_ledger(library, tmp_path):
    for name in ("pipe.csv", "pipe.yaml"):
        os.mkfifo(tmp_path / name)
        assert "found a folder or a device, allowed is a file" in refusal(ledger, library, tmp_path / name)
    path = tmp_path / "huge.csv"
    path.touch()
    os.truncate(path, 10**10)
    assert "10,000,000,000 bytes, allowed are" in refusal(ledger, library, path)
    assert "File name too long" in refusal(ledger, library, "x" * 300 + ".yaml")


@pytest.mark.parametrize("text", TEXTS)
def test_text_of_a_ledger_is_text_in_every_form(library, file, text):
    path = file("own.yaml", json.dumps({"claims": [{**ENTRY, "measurement": text, "subject": "gb300"}]}))
    claims = ledger(library, path)
    evidence = Evidence(library, compare(library, Parameters()))
    judgments, joints = judge(claims, evidence, published=evidence), {"a": jointly(claims), "b": jointly(claims)}
    told = {name: form(judgments, joints) for name, form in FORMS.items()}
    (row,) = csv.DictReader(io.StringIO(told["csv"]))
    assert text in row["remark"]
    assert text in json.loads(told["json"])["claims"][0]["remark"]
    assert text in ElementTree.fromstring(told["junit"]).find("testcase/skipped").get("message")
    cells = told["markdown"].splitlines()[2]
    assert not set("<[`*") & set(cells.replace("\\<", "").replace("\\[", "").replace("\\`", "").replace("\\*", ""))
    assert cells.replace("\\|", "").count("|") == 8
