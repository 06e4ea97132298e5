"""A large file is read in pieces, and what is left of it says the same of the run."""

import json

import pytest

from analysis.errors import InputError
from analysis.library.measurements import document, read_files
from tests.support import tools
from tests.support.answers import PLATFORMS
from tests.support.tools import H200, RIGHT, differs

HARD = ['a "quote"', "a [bracket] {or} two", "\\", 'ends with \\"', "\n\té€\U0001f600"]


@pytest.fixture
def small(monkeypatch):
    """Limits that a small file passes, and pieces that cut it anywhere."""

    def limits(longest, piece):
        monkeypatch.setattr(document, "LONGEST", longest)
        monkeypatch.setattr(document, "PIECE", piece)
        monkeypatch.setattr(document, "LARGE", 0)

    return limits


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 64, 1_000_000])
def test_long_arrays_are_left_out_wherever_the_pieces_are_cut(tmp_path, small, piece):
    small(200, piece)
    detailed = tools.vllm(ttfts=[0.1] * 900, itls=[[0.01] * 50] * 90, generated_texts=HARD * 90, errors=["", "]"])
    (tmp_path / "detailed.json").write_text(json.dumps(detailed))
    kept = json.loads(document.shortened(tmp_path / "detailed.json"))
    assert kept == detailed | {"ttfts": None, "itls": None, "generated_texts": None}
    found = read_files([tmp_path / "detailed.json"], PLATFORMS, H200).rows
    assert differs(dict(found.iloc[0]), RIGHT) == {}


@pytest.mark.parametrize("piece", [5, 1_000_000])
def test_of_requests_within_a_benchmark_the_requests_are_left_out(tmp_path, small, piece):
    small(6_000, piece)
    report = tools.guidellm(2)
    report["benchmarks"][0]["requests"] = {"successful": [{"output": "x" * 100, "times": [1, 2]}] * 100}
    (tmp_path / "report.json").write_text(json.dumps(report))
    (kept,) = json.loads(document.shortened(tmp_path / "report.json"))["benchmarks"]
    assert kept["requests"]["successful"] is None
    assert kept["metrics"] == report["benchmarks"][0]["metrics"]


def test_lines_and_the_outermost_array_stay_whole(tmp_path, small):
    small(300, 50)
    results = [tools.vllm(max_concurrency=64 + number, max_concurrent_requests=64 + number) for number in range(9)]
    for number, text in enumerate(("\n".join(map(json.dumps, results)), json.dumps(results, indent=1))):
        (tmp_path / f"{number}.json").write_text(text)
        assert document.shortened(tmp_path / f"{number}.json").decode() == text


def test_what_is_cut_off_or_too_large_all_the_same_is_refused(tmp_path, small, monkeypatch):
    small(200, 64)
    (tmp_path / "half.json").write_text(json.dumps(tools.vllm(ttfts=[0.1] * 900))[:-40])
    with pytest.raises(InputError, match=r"half\.json: not readable as JSON"):
        read_files([tmp_path / "half.json"], PLATFORMS, H200)
    monkeypatch.setattr(document, "LARGEST", 1_000)
    (tmp_path / "whole.json").write_text(json.dumps({f"key {number}": number for number in range(999)}))
    with pytest.raises(InputError, match="of which more than 1,000 are no long arrays"):
        read_files([tmp_path / "whole.json"], PLATFORMS, H200)
