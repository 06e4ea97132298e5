"""Three made-up ledgers are judged as a fair reader would: a true one, a false one, and one that names too little."""

import json

import pytest

from analysis.comparison.head_to_head import compare
from analysis.errors import InputError
from analysis.scenario import Parameters
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.judgment import HOLDS, UNCOUNTED, Verdict
from analysis.studies.claims.ledgers import ledger
from analysis.studies.claims.verdicts import judge

POINT = {"input_tokens": 1024, "output_tokens": 1024, "interactivity": 116.5}
STATED = {"model": "DeepSeek-R1", "source": "A slide", "date": "2026-05-01", "statement": "Ours is better"}
TRUE = [
    {"quantity": "cost_per_million_tokens", "subject": "gb300", "baseline": "h200", "printed": "97% lower", **POINT},
    {
        "quantity": "cost_per_million_tokens",
        "subject": "gb300",
        "baseline": "h200",
        "printed": "34x cheaper",
        **POINT,
    },
    {"quantity": "cost_per_million_tokens", "subject": "gb300", "baseline": "h200", "printed": "1/34", **POINT},
    {"quantity": "cost_per_million_tokens", "subject": "h200", "printed": "420 cents", **POINT},
    {"quantity": "throughput_per_gpu", "subject": "gb300", "printed": "358K tok/min/GPU", **POINT},
    {"quantity": "throughput_per_gpu", "subject": "gb300", "baseline": "h200", "printed": "more than 60x", **POINT},
    {"quantity": "throughput_per_megawatt", "subject": "h200", "printed": "53.8 tok/s/kW", **POINT},
    {"quantity": "power_per_gpu", "subject": "h200", "printed": "1,730 W"},
]
FALSE = [
    {"quantity": "cost_per_million_tokens", "subject": "gb300", "baseline": "h200", "printed": "99% lower", **POINT},
    {"quantity": "cost_per_million_tokens", "subject": "gb300", "baseline": "h200", "printed": "35x", **POINT},
    {"quantity": "cost_per_million_tokens", "subject": "h200", "printed": "$4.20 per 1K tokens", **POINT},
    {"quantity": "throughput_per_gpu", "subject": "gb300", "baseline": "h200", "printed": "up to 90x", **POINT},
    {"quantity": "throughput_per_gpu", "subject": "h200", "printed": "90 tok/min/GPU", **POINT},
    {"quantity": "throughput_per_megawatt", "subject": "h200", "printed": "54K tok/s/kW", **POINT},
    {"quantity": "price_per_gpu_hour", "subject": "h200", "printed": "$1.41 per GPU-day"},
]
TOO_LITTLE = [
    {"quantity": "throughput_per_gpu", "subject": "gb300", "printed": "6,000", "subject_precision": "fp4"},
    {
        "quantity": "throughput_per_gpu",
        "subject": "gb300",
        "printed": "6,000",
        "input_tokens": 77,
        "output_tokens": 13,
    },
    {"quantity": "throughput_per_gpu", "subject": "gb300", "printed": "6,000", **POINT, "model": "Qwen9-1T"},
    {"quantity": "throughput_per_gpu", "subject": "gb300", "printed": "12,345", "interactivity": 50},
    {"quantity": "throughput_per_gpu", "subject": "mi355x", "baseline": "b200", "printed": "2x"},
    {"quantity": "throughput_per_gpu", "subject": "chip", "subject_name": "A chip", "printed": "9,000", **POINT},
]


@pytest.fixture(scope="module")
def judged(library, tmp_path_factory):
    evidence = Evidence(library, compare(library, Parameters()))
    folder = tmp_path_factory.mktemp("ledgers")

    def of(entries):
        claims = []
        for position, entry in enumerate(entries):
            path = folder / f"{position}.yaml"
            path.write_text(json.dumps({"claims": [{"id": f"claim-{position}", **STATED, **entry}]}))
            claims.append(judge(ledger(library, path), evidence)[0])
        return claims

    return of


def test_what_is_true_holds_however_it_is_written(judged):
    assert [one.claim.value.printed for one in judged(TRUE) if one.verdict not in HOLDS] == []


def test_what_is_false_does_not_hold_and_is_told_by_how_much(judged):
    for one in judged(FALSE):
        assert one.verdict not in (*HOLDS, *UNCOUNTED), one.claim.value.printed
        assert one.share is not None


def test_what_names_too_little_is_neither_true_nor_false_and_says_what_is_missing(judged):
    judgments = judged(TOO_LITTLE)
    assert {one.verdict for one in judgments} == {Verdict.NOT_CHECKABLE, Verdict.NOT_ASKED}
    for one, said in zip(
        judgments,
        ["interactivity is not", "interactivity is not", "no rows of Qwen9-1T", "sequence lengths are not stated",
         "not asked here", "A chip has no rows here"],
        strict=True,
    ):  # fmt: skip
        assert said in one.remark


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"printed": "€4.20"}, "no exchange rate"),
        ({"printed": "$4.20", "quantity": "throughput_per_gpu"}, "of another quantity"),
        ({"printed": "35x"}, "name the other as the baseline"),
        ({"printed": "$4.20", "baseline": "h200"}, "behind the number of a ratio"),
        ({"printed": "35x of everything", "baseline": "h200"}, "a ratio is|understood are '35x'"),
        ({"printed": "1kk"}, "expected a unit word"),
        ({"printed": "$4.20 per million output tokens", "tokens": "total"}, "the printed figure says 'output'"),
        ({"printed": "54K", "quantity": "throughput_per_megawatt", "gpus": 8}, "is not per GPU"),
        ({"printed": "$4.20", "subject": "a-chip"}, "unknown platform"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(library, tmp_path, changes, said):
    entry = {"id": "own", **STATED, "quantity": "cost_per_million_tokens", "subject": "gb300", **changes}
    (tmp_path / "own.yaml").write_text(json.dumps({"claims": [entry]}))
    with pytest.raises(InputError, match=said) as refused:
        ledger(library, tmp_path / "own.yaml")
    assert "own.yaml, claim 1" in str(refused.value)


def test_a_gpu_count_makes_a_level_of_a_total(library, tmp_path):
    entry = {
        "id": "own",
        **STATED,
        "quantity": "throughput_per_gpu",
        "subject": "gb300",
        "printed": "1,555,110 tok/s",
    }
    (tmp_path / "own.yaml").write_text(json.dumps({"claims": [{**entry, "gpus": 288}]}))
    (claim,) = ledger(library, tmp_path / "own.yaml")
    assert claim.value.number == pytest.approx(5399.7, abs=0.05)
