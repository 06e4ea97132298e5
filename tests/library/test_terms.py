"""Workloads bear the names that the field gives them."""

import pandas as pd

from analysis.library.terms import counts, workload, workloads


def test_workloads_are_named_as_the_field_names_them():
    assert workload(1024, 1024) == "1k/1k"
    assert workload(8192, 1024) == "8k/1k"
    assert workload(1000, 1024) == "1000/1k"
    assert counts("GLM-5", 1024, 8192)["workload"] == "1k/8k"


def test_every_workload_of_the_rows_stands_once_from_short_prompts_to_long_ones(library):
    measured = workloads(library.benchmark)
    assert list(measured.items()) == [("1k/1k", (1024, 1024)), ("1k/8k", (1024, 8192)), ("8k/1k", (8192, 1024))]
    rows = pd.DataFrame({"input_tokens": [8192, 512, 8192, 512], "output_tokens": [1024, 1024, 1024, 7]})
    assert list(workloads(rows).values()) == [(512, 7), (512, 1024), (8192, 1024)]
    assert workloads(rows.iloc[:0]) == {}
