"""What a request and a session cost when a part of their prompts is found in a cache."""

from tests.formulas.oracle.units import MILLION_TOKENS, TOKEN, USD


def request_cost(input_tokens, output_tokens, input_token_cost, output_token_cost, cache_hit_rate):
    computed = input_tokens - cache_hit_rate * input_tokens
    dollars = [
        tokens * TOKEN * cost * (USD / MILLION_TOKENS)
        for tokens, cost in ((computed, input_token_cost), (output_tokens, output_token_cost))
    ]
    return sum(dollars) / USD


def prefill_cost_share(input_tokens, output_tokens, input_token_cost, output_token_cost):
    prefill, decode = input_tokens * input_token_cost, output_tokens * output_token_cost
    return 1 - decode / (prefill + decode)


def cache_hit_discount(price_of_cache_miss, price_of_cache_hit):
    return price_of_cache_miss - price_of_cache_hit


def session_prompt_tokens(first_prompt_tokens, new_tokens, output_tokens, turns):
    return sum(_prompts(first_prompt_tokens, new_tokens, output_tokens, turns))


def session_reusable_tokens(first_prompt_tokens, new_tokens, output_tokens, turns):
    """Of each prompt but the first, all that the session had before: everything but the tokens that are new."""
    return sum(prompt - new_tokens for prompt in _prompts(first_prompt_tokens, new_tokens, output_tokens, turns)[1:])


def session_output_tokens(output_tokens, turns):
    return sum([output_tokens] * int(turns))


def session_hit_rate(cache_hit_rate, session_reusable_tokens, session_prompt_tokens):
    return cache_hit_rate * (session_reusable_tokens / session_prompt_tokens)


def _prompts(first_prompt_tokens, new_tokens, output_tokens, turns):
    """The prompt of each turn: that of the turn before, its answer, and what is new."""
    prompts = [first_prompt_tokens]
    for _ in range(int(turns) - 1):
        prompts.append(prompts[-1] + output_tokens + new_tokens)
    return prompts
