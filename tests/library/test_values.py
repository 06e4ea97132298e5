"""A value keeps its meaning and its origin through every calculation, and what must not mix does not."""

import json
import re
import subprocess
import sys
from dataclasses import fields, replace
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import formulas
from analysis.errors import InputError
from analysis.exhibits.marks import LETTERS
from analysis.library.quantities import quantity
from analysis.library.values import CAUTIONS, MixedKindsError, Source, Status, Value, calculate, counted
from analysis.machinery.press.numbers import Entry

CONSTANTS = Source("constants", "Dashboard constants", "SemiAnalysis", "https://example.org/constants", "2026-03-18")
ROWS = Source("rows", "Benchmark rows", "SemiAnalysis", "https://example.org/rows", "2026-05-05")
PRICE = Value(
    1.41, quantity("price_per_gpu_hour"), "HGX H200", Status.QUOTED, {"price": "hyperscaler ownership"}, (CONSTANTS,),
    "2026-04-15", "data/assumptions.csv, line 7", "all-in",
)  # fmt: skip
THROUGHPUT = Value(
    93.153164, quantity("throughput_per_gpu"), "HGX H200", Status.MEASURED, {"tokens": "input and output tokens"},
    (ROWS,), "2026-03-23", "data/benchmarks/rows.csv, line 900",
)  # fmt: skip
PLACEHOLDER = replace(
    PRICE, number=2.652, subject="GB300 NVL72", status=Status.PLACEHOLDER, sources=(CONSTANTS, ROWS)
)
COST = calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=PRICE, throughput_per_gpu=THROUGHPUT)


def rate(number, sparsity, precision="FP8"):
    kinds = {"precision": precision, "sparsity": sparsity}
    return Value(number, quantity("peak_flops"), "HGX H200", Status.QUOTED, kinds)


def ratio(numerator, denominator, **how):
    return calculate(formulas.ratio, **how, numerator=numerator, denominator=denominator)


def test_a_derived_value_is_the_formula_of_its_inputs():
    assert COST.number == formulas.cost_per_million_tokens(1.41, 93.153164)
    assert COST.quantity is quantity("cost_per_million_tokens")
    assert COST.formula is formulas.cost_per_million_tokens
    assert dict(COST.inputs) == {"price_per_gpu_hour": PRICE, "throughput_per_gpu": THROUGHPUT}
    assert COST.status == Status.DERIVED


def test_a_derived_value_keeps_what_its_inputs_count_and_where_they_were_read():
    assert COST.kinds == {"price": "hyperscaler ownership", "tokens": "input and output tokens"}
    assert COST.sources == (CONSTANTS, ROWS)
    assert COST.as_of == "2026-04-15"
    assert COST.subject == "HGX H200"
    assert COST.name == "cost per million tokens, HGX H200 (hyperscaler ownership, input and output tokens)"


def test_a_source_that_several_inputs_share_is_named_once():
    assert ratio(PLACEHOLDER, PRICE).sources == (CONSTANTS, ROWS)
    assert ratio(PLACEHOLDER, PRICE).subject == "GB300 NVL72 / HGX H200"


def test_dense_and_sparse_flops_do_not_mix():
    with pytest.raises(MixedKindsError, match=r"counts sparsity 'sparse' where the rest counts 'dense'"):
        ratio(rate(1.979, "dense"), rate(3.958, "sparse"))


def test_the_refusal_of_a_mix_is_an_input_error():
    assert issubclass(MixedKindsError, InputError)


def test_kinds_mix_only_in_the_aspects_that_were_asked_for_and_the_result_says_so():
    mixed = ratio(rate(3.958, "sparse"), rate(1.979, "dense"), mixing=("sparsity",))
    assert mixed.number == 2
    assert mixed.kinds == {"precision": "FP8", "sparsity": "sparse / dense"}
    with pytest.raises(MixedKindsError, match="precision 'FP4'"):
        ratio(rate(3.958, "sparse"), rate(10, "dense", "FP4"), mixing=("sparsity",))


def test_a_mix_does_not_pass_for_one_of_its_kinds_later():
    mixed = ratio(rate(3.958, "sparse"), rate(1.979, "dense"), mixing=("sparsity",))
    dense = ratio(rate(1.0, "dense"), rate(2.0, "dense"))
    with pytest.raises(MixedKindsError):
        ratio(mixed, dense)


def test_the_kinds_of_a_mix_are_named_once_each():
    prefill, decode = (replace(counted(n, "x"), quantity=quantity("prefill_gpus")) for n in (8, 88))
    rates = {
        "input_throughput_per_prefill_gpu": replace(THROUGHPUT, kinds={"tokens": "input"}),
        "output_throughput_per_decode_gpu": replace(THROUGHPUT, kinds={"tokens": "output"}),
        "prefill_gpus": replace(prefill, kinds={"tokens": "input"}),
        "decode_gpus": replace(decode, kinds={"tokens": "output"}),
    }
    total = calculate(formulas.total_throughput_per_gpu, mixing=("tokens",), **rates)
    assert total.kinds == {"tokens": "input / output"}


def test_a_value_of_another_quantity_is_refused():
    with pytest.raises(InputError, match=r"price_per_gpu_hour is in USD/GPU/h, found throughput per GPU, HGX H200"):
        calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=THROUGHPUT, throughput_per_gpu=PRICE)


def test_a_ratio_of_unlike_units_is_refused():
    with pytest.raises(MixedKindsError, match="unlike units"):
        ratio(PRICE, THROUGHPUT)


def test_the_other_platform_takes_values_of_the_same_quantity():
    price = calculate(
        formulas.break_even_price,
        other_price_per_gpu_hour=PRICE,
        throughput_per_gpu=replace(THROUGHPUT, number=186.306328, subject="GB300 NVL72"),
        other_throughput_per_gpu=THROUGHPUT,
    )
    assert price.number == pytest.approx(2.82)


@pytest.mark.parametrize("status", Status)
def test_a_caution_reaches_everything_that_is_derived_from_it(status):
    tainted = replace(PRICE, status=status)
    cost = calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=tainted, throughput_per_gpu=THROUGHPUT)
    twice = ratio(cost, COST)
    expected = {status} & CAUTIONS
    assert tainted.cautions == cost.cautions == twice.cautions == expected


def test_measured_and_quoted_values_give_no_caution():
    assert COST.cautions == frozenset()
    assert ratio(PLACEHOLDER, PRICE).cautions == {Status.PLACEHOLDER}


CHANGES = {
    "number": 1.42,
    "quantity": quantity("break_even_price"),
    "subject": "HGX H100",
    "status": Status.PLACEHOLDER,
    "kinds": {"price": "neocloud ownership"},
    "sources": (ROWS,),
    "as_of": "2026-07-14",
    "place": "data/assumptions.csv, line 8",
    "note": "temporary",
    "formula": formulas.break_even_price,
    "inputs": {"price_per_gpu_hour": PRICE},
    "printed": "$1.41",
    "digits": 2,
    "bracket": (1.2, 1.6),
}


def test_the_changes_cover_every_field():
    assert CHANGES.keys() == {field.name for field in fields(Value)}


@pytest.mark.parametrize("field", CHANGES)
def test_values_that_differ_have_different_ids(field):
    assert replace(PRICE, **{field: CHANGES[field]}).id != PRICE.id


def test_equal_values_have_the_same_id():
    assert replace(PRICE).id == PRICE.id
    assert replace(PRICE, number=np.float64(1.41)).id == PRICE.id
    assert replace(PRICE, number=1).id == replace(PRICE, number=1.0).id
    assert replace(PRICE, kinds={"a": "b", "c": "d"}).id == replace(PRICE, kinds={"c": "d", "a": "b"}).id
    again = calculate(
        formulas.cost_per_million_tokens, price_per_gpu_hour=replace(PRICE), throughput_per_gpu=THROUGHPUT
    )
    assert again == COST
    assert again.id == COST.id


def test_an_id_is_the_same_in_another_process():
    code = "from tests.library.test_values import COST; print(COST.id)"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == COST.id


def test_a_difference_below_the_inputs_gives_another_id():
    cost = calculate(
        formulas.cost_per_million_tokens, price_per_gpu_hour=replace(PRICE, note="x"), throughput_per_gpu=THROUGHPUT
    )
    assert cost.id != COST.id


def test_a_trail_gives_every_value_once_and_inputs_after_what_they_make():
    """PRICE is an input of the whole and, two steps further, of one of its parts."""
    margin = ratio(COST, COST)
    whole = calculate(
        formulas.break_even_price,
        other_price_per_gpu_hour=PRICE,
        throughput_per_gpu=replace(margin, quantity=quantity("throughput_per_gpu")),
        other_throughput_per_gpu=THROUGHPUT,
    )
    trail = list(whole.trail())
    ids = [value.id for value in trail]
    assert len(ids) == len(set(ids)) == 5
    assert trail[0] is whole
    for value in trail:
        for one in value.inputs.values():
            assert ids.index(one.id) > ids.index(value.id)


@given(st.lists(st.tuples(st.integers(0), st.integers(0)), min_size=1, max_size=12))
def test_any_trail_is_complete_and_in_order(pairs):
    made = [replace(counted(number, "steps"), quantity=quantity("ratio")) for number in (2, 3)]
    for first, second in pairs:
        made.append(ratio(made[first % len(made)], made[second % len(made)]))
    needed, queue = {}, [made[-1]]
    while queue:
        value = queue.pop()
        needed[value.id] = value
        queue.extend(value.inputs.values())
    ids = [value.id for value in made[-1].trail()]
    assert sorted(ids) == sorted(needed)
    for name, value in needed.items():
        assert all(ids.index(one.id) > ids.index(name) for one in value.inputs.values())


def test_a_derivation_in_which_every_step_uses_the_last_one_twice_can_be_followed():
    value = counted(2, "steps")
    for _ in range(100):
        value = ratio(value, value)
    assert len(list(value.trail())) == 101
    assert value.cautions == frozenset()


def test_a_record_is_plain_json():
    record = COST.record()
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert record["value"] == COST.number
    assert record["formula"] == "cost_per_million_tokens"
    assert record["inputs"] == [PRICE.id, THROUGHPUT.id]
    assert [source["id"] for source in record["sources"]] == ["constants", "rows"]


@pytest.mark.parametrize("number", [nan, inf, -inf])
def test_the_record_of_a_value_that_is_no_number_is_plain_json_as_well(number):
    record = replace(COST, number=number, status=Status.PLACEHOLDER).record()
    assert json.loads(json.dumps(record, allow_nan=False))["value"] is None
    assert record["cautions"] == ["placeholder"]


def test_the_substitution_is_the_equation_with_its_figures():
    assert COST.record()["substitution"] == "1,000,000 × $1.410 / (3,600 × 93.15)"
    assert PRICE.record()["substitution"] == ""


def test_a_printed_figure_is_shown_as_printed():
    assert replace(PRICE, printed="$1.41").show(1) == "$1.41"
    assert PRICE.show(2) == "$1.4"


def test_the_digits_that_a_number_supports_go_before_those_asked_for():
    assert replace(PRICE, digits=2).show(4) == "$1.4"


def test_a_count_is_a_whole_number():
    assert counted(17, "published figures").show() == "17"


def test_a_record_says_all_that_a_reader_needs_to_follow_the_number():
    cited = replace(CONSTANTS, part="Table 2", part_url="https://example.org/constants#2")
    price = replace(PRICE, sources=(cited, ROWS), status=Status.PLACEHOLDER)
    assert price.record() == {
        "id": price.id,
        "value": 1.41,
        "text": "$1.410",
        "unit": "USD/GPU/h",
        "name": "price per GPU-hour, HGX H200 (hyperscaler ownership)",
        "formula": "",
        "substitution": "",
        "inputs": [],
        "status": "placeholder",
        "cautions": ["placeholder"],
        "as_of": "2026-04-15",
        "sources": [
            {"id": "constants", "title": "Dashboard constants; Table 2", "url": "https://example.org/constants#2"},
            {"id": "rows", "title": "Benchmark rows", "url": "https://example.org/rows"},
        ],
        "place": "data/assumptions.csv, line 7",
        "note": "all-in",
    }
    assert COST.record()["formula"] == "cost_per_million_tokens"
    assert COST.record()["inputs"] == [PRICE.id, THROUGHPUT.id]


def test_a_part_without_an_address_of_its_own_has_that_of_the_whole():
    assert replace(CONSTANTS, part="Table 2").record()["url"] == CONSTANTS.url


@pytest.mark.parametrize("value", [PRICE, COST, PLACEHOLDER, counted(3, "claims")])
def test_the_register_of_a_report_takes_every_record(value):
    entry = Entry.model_validate(value.record())
    assert (entry.id, entry.value, entry.text) == (value.id, value.number, value.show(4))


def test_an_id_is_a_letter_and_ten_digits_of_a_hash():
    assert re.fullmatch(r"n[0-9a-f]{10}", replace(COST).id)


def test_the_statuses_are_the_words_of_the_data_and_each_caution_has_its_mark():
    words = "measured median-of-runs vendor-supplied quoted third-party derived interpolated modeled"
    assert [str(status) for status in Status] == [
        *words.split(),
        *"estimate placeholder corrected assumed chosen".split(),
    ]
    assert {str(status) for status in CAUTIONS} == set(LETTERS)


def without_wrapper(html):
    before, after = '<span class="tex2jax_ignore mathjax_ignore">', "</span>"
    assert html.startswith(before)
    return html.removeprefix(before).removesuffix(after)


def test_jupyter_shows_number_unit_name_and_cautions_and_no_dollar_begins_an_equation():
    assert without_wrapper(PRICE._repr_html_()) == (
        "<strong>$1.410</strong> USD/GPU/h price per GPU-hour, HGX H200 (hyperscaler ownership)"
    )
    guess = replace(ratio(PLACEHOLDER, replace(PRICE, status=Status.ESTIMATE)), subject="<b>")
    assert without_wrapper(guess._repr_html_()) == (
        "<strong>1.881x</strong>  ratio, &lt;b&gt; (hyperscaler ownership) <em>(estimate, placeholder)</em>"
    )


def test_what_is_not_said_of_a_value_is_empty():
    bare = Value(2.0, quantity("ratio"), "claims", Status.DERIVED)
    assert (bare.kinds, bare.sources, bare.inputs) == ({}, (), {})
    assert (bare.as_of, bare.place, bare.note, bare.printed, bare.digits) == ("", "", "", "", 0)
    assert (bare.formula, bare.name, bare.show()) == (None, "ratio, claims", "2.00x")


def test_a_kind_of_several_words_is_named_once_in_a_mix():
    own, published = replace(PRICE, kinds={"price": "own price"}), PRICE
    mixed = ratio(own, published, mixing=("price",))
    again = ratio(mixed, ratio(own, own), mixing=("price",))
    assert again.kinds == mixed.kinds == {"price": "own price / hyperscaler ownership"}


def test_a_count_is_derived():
    assert counted(3, "claims").status == Status.DERIVED


def test_a_result_lies_between_what_the_brackets_of_its_inputs_make_of_it():
    speed = replace(THROUGHPUT, number=5.0, bracket=(4.0, 10.0))
    cost = calculate(
        formulas.cost_per_million_tokens, price_per_gpu_hour=replace(PRICE, number=3.6), throughput_per_gpu=speed
    )
    assert cost.bracket == pytest.approx((100.0, 250.0))
    assert cost.is_wide
    other = replace(speed, subject="another platform")
    assert calculate(formulas.ratio, numerator=speed, denominator=other).bracket == pytest.approx((0.4, 2.5))
    assert COST.bracket is None
    assert not COST.is_wide


def test_what_cancels_leaves_nothing_open():
    speed = replace(THROUGHPUT, number=5.0, bracket=(4.0, 10.0))
    costs = [
        calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=price, throughput_per_gpu=speed)
        for price in (replace(PRICE, number=1.0), replace(PRICE, number=3.0))
    ]
    times = calculate(formulas.ratio, numerator=costs[1], denominator=costs[0])
    assert times.bracket == pytest.approx((3.0, 3.0))
    assert not times.is_wide
    assert costs[0].interpolated == times.interpolated == (speed,)


def test_a_wide_bracket_has_ends_that_say_what_they_are():
    wide = replace(THROUGHPUT, number=5.0, bracket=(4.0, 10.0))
    low, high = wide.ends
    assert (low.number, high.number, low.subject, low.quantity) == (4.0, 10.0, wide.subject, wide.quantity)
    assert low.sources == wide.sources
    assert low.note == "lower end of what the measured rows around it leave open"
    assert wide.between() == "4.00 to 10.0"
    assert replace(wide, bracket=(4.0, 7.9)).ends == ()
