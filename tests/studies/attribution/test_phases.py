"""The cost of a request divides into phases that add up to the row's own cost, and a cache takes only from one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import formulas
from analysis.comparison.contenders import price
from analysis.library.values import Status
from analysis.scenario import Parameters
from analysis.studies.attribution.phases import HIT, MISS, NO_CACHE, phases, public_prices, session_of
from analysis.studies.attribution.stacks import measured_stacks

CONDITIONS = Parameters(input_tokens=8192, minimum_interactivity=50.0)
DISAGGREGATED = ["h100", "h200", "b200", "b300", "gb200", "gb300"]
TOKENS, COUNTS = st.floats(1, 1e5), st.integers(1, 60)


def requests(split, hit_rates, prompts, answer):
    """What requests cost on a platform, in USD."""
    per_token = (split.input_token_cost.number, split.output_token_cost.number)
    return formulas.request_cost(prompts, answer, *per_token, hit_rates)


@pytest.fixture(scope="module")
def stacks(library):
    return measured_stacks(library, CONDITIONS)


@pytest.fixture(scope="module")
def split(library, stacks):
    return {key: phases(stacks, key, 50.0, price(library, CONDITIONS, key)) for key in DISAGGREGATED}


@pytest.mark.parametrize("key", DISAGGREGATED)
def test_the_phases_of_the_measured_tokens_add_up_to_the_row_s_own_cost(split, key):
    own = split[key]
    row, gpus = own.row, own.row["prefill_gpus"] + own.row["decode_gpus"]
    tokens = [
        row["input_throughput_per_prefill_gpu"] * row["prefill_gpus"],
        row["output_throughput_per_decode_gpu"] * row["decode_gpus"],
    ]
    per_second = formulas.request_cost(*tokens, own.input_token_cost.number, own.output_token_cost.number, 0.0)
    price_per_hour = own.input_token_cost.inputs["price_per_gpu_hour"].number
    assert per_second == pytest.approx(gpus * price_per_hour / 3600, rel=1e-9)


@pytest.mark.parametrize("key", DISAGGREGATED)
def test_without_a_hit_prefill_is_the_share_of_gpus_that_prefill(split, key):
    """Prompts are random in length, so the row's tokens are near the nominal ones and not equal to them."""
    own = split[key]
    gpus = own.row["prefill_gpus"] / (own.row["prefill_gpus"] + own.row["decode_gpus"])
    assert own.prefill_share.number == pytest.approx(gpus, abs=0.02)


def test_what_was_not_measured_disaggregated_has_no_phases(library, stacks):
    assert phases(stacks, "mi300x", 20.0, price(library, CONDITIONS, "mi300x")) is None
    assert phases(stacks, "h200", 500.0, price(library, CONDITIONS, "h200")) is None


def test_a_full_cache_leaves_decode_and_no_cache_leaves_all(split):
    own = split["gb300"]
    costs = requests(own, np.linspace(0, 1, 11), own.input_tokens.number, own.output_tokens.number)
    assert costs[-1] / costs[0] == pytest.approx(1 - own.prefill_share.number, rel=1e-12)
    assert np.diff(costs) == pytest.approx(np.diff(costs)[0])
    assert own.request(NO_CACHE).number == pytest.approx(costs[0], rel=1e-12)


def test_a_public_price_list_names_what_a_hit_is_worth(library):
    listed = public_prices(library)["DeepSeek"]  # of this model: of another one it asks less
    assert [listed[key].number for key in (MISS, HIT)] == [0.55, 0.14]
    assert listed["discount"].number == pytest.approx(0.41)


@given(first=TOKENS, new=TOKENS, answer=TOKENS, turns=COUNTS)
def test_the_tokens_of_a_session_are_those_of_its_turns(first, new, answer, turns):
    prompts = [first + turn * (answer + new) for turn in range(turns)]
    reusable = [0.0, *(prompt - new for prompt in prompts[1:])]
    assert formulas.session_prompt_tokens(first, new, answer, turns) == pytest.approx(sum(prompts))
    assert formulas.session_reusable_tokens(first, new, answer, turns) == pytest.approx(
        sum(reusable), rel=1e-9, abs=1e-6 * first * turns
    )


def test_one_turn_reuses_nothing():
    assert formulas.session_reusable_tokens(8192.0, 1024.0, 1024.0, 1) == 0
    assert formulas.session_prompt_tokens(8192.0, 1024.0, 1024.0, 1) == 8192


def by_turn(session, split):
    """What each turn of a session costs on a platform, with and without a cache."""
    turns = np.arange(1, int(session.turns.number) + 1)
    new, answer = session.new_tokens.number, session.output_tokens.number
    prompts = session.first_prompt_tokens.number + (turns - 1) * (new + answer)
    hit_rates = session.cache_hit_rate.number * np.where(turns > 1, prompts - new, 0) / prompts
    return {"cached": requests(split, hit_rates, prompts, answer), "uncached": requests(split, 0.0, prompts, answer)}


@pytest.mark.parametrize("cached", [True, False])
def test_a_session_costs_what_its_turns_cost(split, cached):
    session = session_of(split["h200"])
    for own in (split["h200"], split["gb300"]):
        turns = by_turn(session, own)
        total = turns["cached" if cached else "uncached"].sum()
        assert session.cost(own, cached=cached).number == pytest.approx(total, rel=1e-12)


def test_without_a_cache_each_turn_costs_more_than_the_one_before(split):
    turns = by_turn(session_of(split["h200"]), split["h200"])
    assert (np.diff(turns["uncached"]) > 0).all()
    assert (turns["cached"] <= turns["uncached"]).all()
    assert turns["cached"][0] == turns["uncached"][0]


def test_a_session_is_marked_as_assumed(split):
    cost = session_of(split["gb300"]).cost(split["gb300"], cached=True)
    assert Status.ASSUMED in cost.cautions
    assert Status.ASSUMED not in split["gb300"].request(NO_CACHE).cautions
