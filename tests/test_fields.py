"""A field is searched where both platforms have a throughput of one kind, and nowhere else."""

from analysis.benchmark.fields import PLACE, fields
from analysis.frontier.tokens import KINDS
from tests.benchmark_rows import shipped, table


def test_published_pair_is_searched_at_every_workload_and_kind():
    found = fields(shipped(), "h200", "gb300", "2026-04-15")
    places = {(one.input_tokens, one.output_tokens, one.counts) for one in found}
    lengths = {(1024, 1024), (1024, 8192), (8192, 1024)}
    assert places == {(*workload, kind) for workload in lengths for kind in KINDS.values()}
    assert len(found) == len(places)


def test_curves_count_what_the_field_says():
    for one in fields(shipped(), "h200", "gb300"):
        for curve in (one.baseline, one.subject):
            assert curve.counts == f"{one.counts}, {one.input_tokens}/{one.output_tokens} input/output tokens"
        assert (one.baseline.hardware, one.subject.hardware) == ("h200", "gb300")
        assert one.place == dict(zip(PLACE, (one.input_tokens, one.output_tokens, one.counts), strict=True))


def test_workload_or_kind_that_one_side_lacks_is_left_out():
    unsplit = {"input_throughput_per_prefill_gpu": float("nan"), "output_throughput_per_decode_gpu": float("nan")}
    rows = table({}, {"input_tokens": 8192}, {"hardware": "gb300", **unsplit})
    (only,) = fields(rows, "h200", "gb300")
    assert (only.input_tokens, only.counts) == (1024, "total tokens over all GPUs")


def test_rows_after_the_day_do_not_count():
    rows = table({}, {"hardware": "gb300", "date": "2026-05-01"})
    assert fields(rows, "h200", "gb300", "2026-04-15") == ()
    assert len(fields(rows, "h200", "gb300", "2026-05-01")) == len(KINDS)
