"""A buyer's load and limits in words, as templates over their values."""

from collections.abc import Sequence

from analysis.library.values import Value
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


def limits_in_words(conditions: Parameters) -> tuple[str, dict[str, Value]]:
    """Return a template of all limits that a buyer states, and its contents."""
    limits = asked(conditions)
    return joined([LIMITS[name] for name in limits]), limits


def load_in_words(load: Load) -> tuple[str, dict[str, Value]]:
    """Return a template of a buyer's load, and its contents."""
    contents = {"tokens_per_day": load.tokens_per_day}
    if load.requests is None:
        return "{tokens_per_day} tokens a day", contents
    contents["requests"] = load.requests
    return "{requests} users at once at the peak ({tokens_per_day} tokens a day)", contents


def prices_in_words(conditions: Parameters) -> str:
    """Return what the prices that are ranked are: lists that anybody can read, and quotes where there are some."""
    return "public list prices and quotes" if conditions.quotes else "public list prices"


def joined(parts: Sequence[str]) -> str:
    """Return parts as a list in a sentence."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
