"""What a request and a session cost when a part of their prompts is found in a cache and not computed again."""

from analysis.formulas.number import Number
from analysis.formulas.serving import TOKENS_PER_MILLION

__all__ = [
    "cache_hit_discount", "prefill_cost_share", "request_cost", "session_hit_rate", "session_output_tokens",
    "session_prompt_tokens", "session_reusable_tokens",
]  # fmt: skip


def request_cost(
    input_tokens: Number,
    output_tokens: Number,
    input_token_cost: Number,
    output_token_cost: Number,
    cache_hit_rate: Number,
) -> Number:
    """Return the cost of a request whose prompt is partly in a cache, in USD.

    A hit removes the prefill of its tokens and nothing else: storing and moving the cache costs nothing here.

    Args:
        input_tokens: Tokens of the prompt, in tok.
        output_tokens: Tokens of the answer, in tok.
        input_token_cost: Cost of the prefill of input tokens, in USD/Mtok.
        output_token_cost: Cost of the decoding of output tokens, in USD/Mtok.
        cache_hit_rate: Share of the prompt's tokens that are in the cache.
    """
    return (
        input_tokens * (1 - cache_hit_rate) * input_token_cost + output_tokens * output_token_cost
    ) / TOKENS_PER_MILLION


def prefill_cost_share(
    input_tokens: Number, output_tokens: Number, input_token_cost: Number, output_token_cost: Number
) -> Number:
    """Return prefill as a share of the cost of a request without any hit, dimensionless.

    It is the largest share of the cost that a cache can remove.

    Args:
        input_tokens: Tokens of the prompt, in tok.
        output_tokens: Tokens of the answer, in tok.
        input_token_cost: Cost of the prefill of input tokens, in USD/Mtok.
        output_token_cost: Cost of the decoding of output tokens, in USD/Mtok.
    """
    return input_tokens * input_token_cost / (input_tokens * input_token_cost + output_tokens * output_token_cost)


def cache_hit_discount(price_of_cache_miss: Number, price_of_cache_hit: Number) -> Number:
    """Return by how much a hit lowers the price of input tokens, in USD/Mtok.

    Args:
        price_of_cache_miss: Price of input tokens that are not in the cache, in USD/Mtok.
        price_of_cache_hit: Price of input tokens that are, in USD/Mtok.
    """
    return price_of_cache_miss - price_of_cache_hit


def session_prompt_tokens(
    first_prompt_tokens: Number, new_tokens: Number, output_tokens: Number, turns: Number
) -> Number:
    """Return the prompt tokens of all turns of a session, in tok, when each turn sends the whole context again.

    Turn k has a prompt of first_prompt_tokens + (k - 1) (output_tokens + new_tokens).

    Args:
        first_prompt_tokens: Tokens of the first turn's prompt, in tok.
        new_tokens: Tokens that each later turn adds beside the answers, in tok.
        output_tokens: Tokens of each answer, in tok.
        turns: Number of turns.
    """
    return turns * first_prompt_tokens + (output_tokens + new_tokens) * turns * (turns - 1) / 2


def session_reusable_tokens(
    first_prompt_tokens: Number, new_tokens: Number, output_tokens: Number, turns: Number
) -> Number:
    """Return the prompt tokens that an earlier turn of the session computed already, in tok.

    Of each turn after the first, that is all but its new tokens.

    Args:
        first_prompt_tokens: Tokens of the first turn's prompt, in tok.
        new_tokens: Tokens that each later turn adds beside the answers, in tok.
        output_tokens: Tokens of each answer, in tok.
        turns: Number of turns.
    """
    return (turns - 1) * (first_prompt_tokens - new_tokens) + (output_tokens + new_tokens) * turns * (turns - 1) / 2


def session_output_tokens(output_tokens: Number, turns: Number) -> Number:
    """Return the tokens of all answers of a session, in tok.

    Args:
        output_tokens: Tokens of each answer, in tok.
        turns: Number of turns.
    """
    return output_tokens * turns


def session_hit_rate(
    cache_hit_rate: Number, session_reusable_tokens: Number, session_prompt_tokens: Number
) -> Number:
    """Return the share of all prompt tokens of a session that are found in the cache, dimensionless.

    Args:
        cache_hit_rate: Share of the reusable tokens that are still in the cache.
        session_reusable_tokens: Prompt tokens that an earlier turn computed, in tok.
        session_prompt_tokens: Prompt tokens of all turns, in tok.
    """
    return cache_hit_rate * session_reusable_tokens / session_prompt_tokens
