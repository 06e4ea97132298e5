"""A buyer's load, limits and prices in words."""

from analysis.exhibits.statements import Phrase, listed, phrase
from analysis.scenario import Parameters
from analysis.studies.procurement.load import Load
from analysis.studies.procurement.service import asked

LIMITS = {
    "minimum_interactivity": "at least {minimum_interactivity} tok/s/user",
    "minimum_interactivity_p99": "at least {minimum_interactivity_p99} tok/s/user for all but the slowest hundredth",
    "maximum_ttft_median": "a median time to first token of at most {maximum_ttft_median} s",
    "maximum_ttft_p99": "a time to first token of at most {maximum_ttft_p99} s for all but the slowest hundredth",
    "minimum_accuracy": "a GSM8K accuracy of at least {minimum_accuracy}",
}


def limits_in_words(conditions: Parameters) -> Phrase:
    """Return all limits that a buyer states, as a list in a sentence."""
    return listed(phrase(LIMITS[name], **{name: limit}) for name, limit in asked(conditions).items())


def load_in_words(load: Load) -> Phrase:
    """Return a buyer's load: its tokens, and its users where those are counted."""
    tokens, requests = load.tokens_per_day, load.requests
    if requests is None:
        return phrase("{tokens} tokens a day", tokens=tokens)
    return phrase("{requests} users at once at the peak ({tokens} tokens a day)", requests=requests, tokens=tokens)


def prices_in_words(conditions: Parameters) -> str:
    """Return what the prices that are ranked are: lists that anybody can read, and quotes where there are some."""
    return "public list prices and quotes" if conditions.quotes else "public list prices"
