"""Words for what figures stand for, which a scenario and the data share: price tiers and workloads."""

from collections.abc import Iterable, Sequence

import pandas as pd


class Quoted(str):
    """Words shown as they stand elsewhere: a product's name, a title, a quotation, a term such as 1k/1k.

    A report marks them where it shows them, since their digits are no figures of its own. Words that are composed of
    them are plain text again, until somebody says that these are quoted, too.
    """

    __slots__ = ()


TIERS: dict[str, str] = {
    "hyperscaler": Quoted("hyperscaler ownership"),
    "neocloud": Quoted("neocloud ownership"),
    "rental_3yr": Quoted("3-year rental"),
}
OWN_PRICE = "own price"  # the kind of a price that a scenario states itself


def workload(input_tokens: int, output_tokens: int) -> str:
    """Return the sequence lengths as the field says them: 1k/1k, 8k/1k."""
    lengths = (input_tokens, output_tokens)
    return Quoted("/".join(f"{tokens // 1024}k" if tokens % 1024 == 0 else str(tokens) for tokens in lengths))


def workloads(rows: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Return the sequence lengths that benchmark rows were measured at, input and output tokens, by their name.

    Shorter prompts come first, and of equal ones shorter answers.
    """
    lengths = ["input_tokens", "output_tokens"]
    pairs = rows[lengths].drop_duplicates().sort_values(lengths).itertuples(index=False)
    return {workload(*pair): (int(pair[0]), int(pair[1])) for pair in pairs}


NO_PRICE, NO_POWER = "no price in this vintage", "no power in this vintage"
ABSENT = {"price_per_gpu_hour": NO_PRICE, "power_per_gpu": NO_POWER}
"""What stands where a platform has none, by quantity."""


def listing(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list in a sentence: "A, B and C"; nothing where there are none."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def plural(number: float, word: str) -> str:
    """Return a word as it follows a number: "pair" after one, "pairs" after any other."""
    return word if number == 1 else f"{word}s"


def left_out(names: Iterable[str]) -> str:
    """Return the sentence of a note on platforms left out for a gap in the vintage; nothing where there are none."""
    listed = listing([*names])
    return Quoted(f" Left out, for want of a price or a power in this vintage: {listed}." if listed else "")


DISCLAIMER = "Informational only. No financial advice. Do your own research."


SHOWN_HASH = 16


def counts(model: str, input_tokens: int, output_tokens: int) -> dict[str, str]:
    """Return what a throughput of the published convention counts: whose tokens, which, over which GPUs."""
    return {
        "model": Quoted(model),
        "tokens": "input and output tokens",
        "gpus": "all GPUs",
        "workload": workload(input_tokens, output_tokens),
    }
