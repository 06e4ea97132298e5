"""Constraints keep what satisfies all of them, count what they remove, and the one that leaves nothing says so."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.frontier.constraints import CAMPAIGN, NEWEST, SOUND, Constraints
from analysis.frontier.limits import COLUMNS, InfeasibleError
from tests.library.loading.test_deployment import APART, WHOLE
from tests.support.benchmark_rows import apply, shipped, table

# A limit of each constraint, and a row that only just keeps it.
LIMITS = [
    ("as_of", "2026-04-15", {"date": "2026-04-15"}, {"date": "2026-04-16"}),
    ("as_of", date(2026, 4, 15), {"date": "2026-04-15"}, {"date": "2026-04-16"}),
    ("frameworks", ("trt", "sglang"), {"framework": "sglang"}, {"framework": "dynamo-trt"}),
    ("origin", ("Example Lab",), {"publisher": "Example Lab"}, {"publisher": "Another Lab"}),
    ("precisions", ("fp8",), {"precision": "fp8"}, {"precision": "fp4"}),
    ("speculative_decoding", ("none",), {"speculative_decoding": "none"}, {"speculative_decoding": "mtp"}),
    ("disaggregated", False, {"disaggregated": False}, APART),
    ("disaggregated", True, APART, {"disaggregated": False}),
    ("multinode", False, WHOLE, APART),
    ("multinode", True, APART, {}),
    ("maximum_gpus", 8, {"prefill_gpus": 64, "prefill_ep": 8}, APART),
    ("maximum_gpus", 20, WHOLE, APART | {"decode_gpus": 17}),
    ("maximum_ttft_median", 0.5, {"ttft_median": 0.5}, {"ttft_median": 0.50001}),
    ("maximum_ttft_p99", 2, {"ttft_p99": 2.0}, {"ttft_p99": 2.1}),
    ("maximum_ttft_p99", 2, {"ttft_p99": 2.0}, {"ttft_p99": np.nan}),
    ("minimum_interactivity", 50, {"interactivity_median": 50.0}, {"interactivity_median": 49.9}),
    ("minimum_interactivity_p99", 40, {"interactivity_p99": 40.0}, {"interactivity_p99": 39.9}),
    ("minimum_accuracy", 0.93, {"accuracy": 0.93}, {"accuracy": 0.92}),
    ("minimum_accuracy", 0.93, {"accuracy": 0.93}, {"accuracy": np.nan}),
]


def listed(applied):
    rows, steps = applied
    return rows, pd.DataFrame(steps)


@pytest.mark.parametrize(("name", "limit", "keeps", "fails"), LIMITS)
def test_each_constraint_keeps_what_just_satisfies_it_and_removes_what_just_fails(name, limit, keeps, fails):
    left, removed = listed(apply(table(fails, keeps, fails), Constraints(**{name: limit})))
    assert left.index.tolist() == [1]
    step = removed.set_index("constraint").loc[name]
    assert (step["removed"], step["left"]) == (2, 1)


@pytest.mark.parametrize(("name", "limit", "keeps", "fails"), LIMITS)
def test_constraint_that_leaves_nothing_names_itself(name, limit, keeps, fails):
    with pytest.raises(InfeasibleError, match=f"constraint {name}: none of 2 rows") as error:
        apply(table(fails, fails), Constraints(**{name: limit}))
    assert error.value.constraint == name


def test_every_constraint_is_among_the_examples():
    assert {name for name, *_ in LIMITS} == set(COLUMNS)


def test_nothing_asked_is_the_sound_rows_of_the_newest_campaigns():
    left, removed = listed(apply(shipped(), Constraints()))
    assert removed["constraint"].tolist() == [NEWEST, SOUND, CAMPAIGN]
    assert removed["removed"].sum() == len(shipped()) - len(left)


class TestInfeasible:
    @pytest.mark.parametrize(
        ("asked", "nearest", "words"),
        [
            ({"maximum_ttft_p99": 0.01}, 0.16213506, "ttft_p99 at most 0.01 s, the nearest is 0.16213506 s"),
            ({"minimum_interactivity": 9999}, None, "interactivity_median at least 9999 tok/s/user, the nearest is"),
            ({"maximum_gpus": 3}, 4, "gpus at most 3 GPUs, the nearest is 4 GPUs"),
            (
                {"as_of": "2025-01-01"},
                pd.Timestamp("2025-10-06"),
                "date at most 2025-01-01, the nearest is 2025-10-06",
            ),
            ({"precisions": ("fp16",)}, ("fp4", "fp8"), "precision fp16, the nearest is fp4 or fp8"),
        ],
    )
    def test_nearest_limit_is_named_and_leaves_a_row(self, asked, nearest, words):
        with pytest.raises(InfeasibleError, match=words) as error:
            apply(shipped(), Constraints(**asked))
        if nearest is not None:
            assert error.value.nearest == nearest
        left, _ = apply(shipped(), Constraints(**dict.fromkeys(asked, error.value.nearest)))
        assert not left.empty

    def test_nearest_depends_on_the_constraints_before_and_they_are_named(self):
        asked = Constraints(frameworks=("trt",), precisions=("fp4",), maximum_ttft_median=1e-6)
        with pytest.raises(InfeasibleError, match=r"\(rows left by frameworks, precisions\)") as error:
            apply(shipped(), asked)
        trt = shipped()[(shipped()["framework"] == "trt") & (shipped()["precision"] == "fp4")]
        assert error.value.nearest == trt["ttft_median"].min()

    def test_yes_or_no_offers_the_other(self):
        with pytest.raises(InfeasibleError) as error:
            apply(table(APART), Constraints(disaggregated=False))
        assert error.value.nearest == (True,)

    def test_value_known_of_no_row_offers_nothing(self):
        with pytest.raises(InfeasibleError, match="known of none") as error:
            apply(table({"ttft_p99": np.nan}), Constraints(maximum_ttft_p99=5))
        assert error.value.nearest is None


class TestOrder:
    def test_old_measurement_never_stands_in_for_a_newer_one_that_fails(self):
        rows = table(
            {"concurrency": 4, "date": "2026-03-01", "ttft_p99": 1.0},
            {"concurrency": 4, "date": "2026-04-01", "ttft_p99": 9.0},
            {"concurrency": 8, "date": "2026-04-01", "ttft_p99": 2.0},
        )
        left, removed = listed(apply(rows, Constraints(maximum_ttft_p99=3)))
        assert left.index.tolist() == [2]
        assert removed["removed"].tolist() == [1, 0, 0, 1]

    def test_cut_off_comes_before_the_newest(self):
        rows = table({"concurrency": 4, "date": "2026-03-01"}, {"concurrency": 4, "date": "2026-04-20"})
        left, removed = listed(apply(rows, Constraints(as_of="2026-04-15")))
        assert left.index.tolist() == [0]
        assert removed["constraint"].tolist() == ["as_of", NEWEST, SOUND, CAMPAIGN]

    def test_counts_of_all_steps_add_up(self):
        asked = Constraints(
            as_of="2026-04-15", precisions=("fp8",), disaggregated=True, minimum_accuracy=0.95, maximum_gpus=32,
            maximum_ttft_p99=10, minimum_interactivity=20,
        )  # fmt: skip
        left, removed = listed(apply(shipped(), asked))
        assert removed["removed"].sum() + len(left) == len(shipped())
        assert (removed["left"] == len(shipped()) - removed["removed"].cumsum()).all()
        assert removed["limit"].tolist() == [
            "2026-04-15",
            "",
            "",
            "",
            "fp8",
            "True",
            "0.95",
            "32 GPUs",
            "10 s",
            "20 tok/s/user",
        ]
        assert (left["ttft_p99"] <= 10).all()


class TestLimits:
    @pytest.mark.parametrize("name", [name for name in COLUMNS if name.startswith(("minimum", "maximum"))])
    @pytest.mark.parametrize("limit", [0, -1, np.nan, np.inf])
    def test_number_must_be_positive_and_finite(self, name, limit):
        with pytest.raises(InputError, match=f"constraint {name}: found {limit}"):
            Constraints(**{name: limit})

    @pytest.mark.parametrize("name", ["frameworks", "precisions", "speculative_decoding"])
    @pytest.mark.parametrize("words", ["fp8", (), ["fp8"]])
    def test_words_come_as_a_tuple(self, name, words):
        with pytest.raises(InputError, match=f"constraint {name}: .*allowed is a tuple"):
            Constraints(**{name: words})

    def test_day_must_be_one(self):
        with pytest.raises(InputError, match="constraint as_of: found 'soon'"):
            Constraints(as_of="soon")

    def test_narrowing_adds_and_refuses_to_ask_twice(self):
        asked = Constraints(precisions=("fp8",)).narrowed({"frameworks": ("trt",), "as_of": None})
        assert asked == Constraints(precisions=("fp8",), frameworks=("trt",))
        with pytest.raises(InputError, match="precisions is asked twice"):
            asked.narrowed({"precisions": ("fp4",)})


def test_no_rows_at_all_are_refused():
    with pytest.raises(InputError, match="no rows to choose from"):
        apply(shipped().iloc[:0], Constraints())


def test_missing_column_is_named():
    with pytest.raises(InputError, match="no column ttft_p99"):
        apply(table({}).drop(columns="ttft_p99"), Constraints(maximum_ttft_p99=1))

    def test_a_suspect_row_answers_nothing_and_hides_no_sound_one(self):
        rows = table(
            {"concurrency": 4, "date": "2026-04-01", "suspect": "its stack answered 0% of GSM8K"},
            {"concurrency": 8, "date": "2026-02-01", "throughput_per_gpu": 50.0},
        )
        left, removed = listed(apply(rows, Constraints()))
        assert left.index.tolist() == [1]
        assert removed.set_index("constraint")["removed"].to_dict() == {NEWEST: 0, SOUND: 1, CAMPAIGN: 0}

    def test_a_suspect_series_is_let_in_by_its_name(self):
        rows = table({"suspect": "a known issue", "speculative_decoding": "mtp"}, {"framework": "sglang"})
        asked = Constraints(suspect_series=("h200 trt fp8 mtp",))
        assert apply(rows, Constraints())[0].index.tolist() == [1]
        assert apply(rows, asked)[0].index.tolist() == [0, 1]

    def test_where_none_is_sound_the_reason_and_the_name_are_said(self):
        rows = table({"suspect": "a known issue", "speculative_decoding": "mtp"})
        with pytest.raises(InfeasibleError, match="a known issue; suspect_series lets them in: h200 trt fp8 mtp"):
            apply(rows, Constraints())
