"""What a cache would save of single prompts and of whole sessions: a model, since no measured row reuses anything."""

from dataclasses import dataclass
from pathlib import Path

from analysis import formulas
from analysis.library.choices import choice
from analysis.library.quantities import quantity
from analysis.library.sources import DATA, Library
from analysis.library.values import Status, Value, calculate
from analysis.studies.attribution.phases import Phases

MISS, HIT = "input (cache miss)", "input (cache hit)"
_PRICES = {MISS: "price_of_cache_miss", HIT: "price_of_cache_hit"}


def assumed_hits() -> Value:
    """Return the share of a prompt's tokens that the model lets a cache hold."""
    return choice("cache_hit_rate", "prompts")


def public_prices(library: Library) -> dict[str, dict[str, Value]]:
    """Return what providers charge for the model's input on a miss and on a hit, in USD/Mtok, and the discount.

    Returns:
        By provider, those that state both: `MISS`, `HIT` and "discount".
    """
    every = library.tables["token_prices"]
    table = every[every["model"].map(library.is_model)]
    listed: dict[str, dict[str, Value]] = {}
    for _, row in table[table["kind"].isin(_PRICES)].iterrows():
        subject = f"{row['provider']} {row['model']}"
        price = library.stated("token_prices", row, _PRICES[row["kind"]], subject)
        listed.setdefault(row["provider"], {})[row["kind"]] = price
    return {
        provider: prices
        | {
            "discount": calculate(
                formulas.cache_hit_discount, price_of_cache_miss=prices[MISS], price_of_cache_hit=prices[HIT]
            )
        }
        for provider, prices in listed.items()
        if prices.keys() == _PRICES.keys()
    }


NO_CACHE = Value(
    0.0, quantity("cache_hit_rate"), "no cache", Status.CHOSEN, note="every turn computes its whole prompt"
)


@dataclass(frozen=True)
class Session:
    """A session in which every turn sends the whole context again."""

    first_prompt_tokens: Value
    new_tokens: Value
    output_tokens: Value
    turns: Value
    cache_hit_rate: Value

    @property
    def prompt_tokens(self) -> Value:
        """Prompt tokens of all turns."""
        return calculate(formulas.session_prompt_tokens, mixing=(), **self._lengths)

    @property
    def reusable_tokens(self) -> Value:
        """Those that an earlier turn computed."""
        return calculate(formulas.session_reusable_tokens, mixing=(), **self._lengths)

    @property
    def hit_rate(self) -> Value:
        """Share of all prompt tokens that are found in the cache."""
        return calculate(
            formulas.session_hit_rate,
            cache_hit_rate=self.cache_hit_rate,
            session_reusable_tokens=self.reusable_tokens,
            session_prompt_tokens=self.prompt_tokens,
        )

    def cost(self, split: Phases, *, cached: bool) -> Value:
        """Return the cost of the session on a platform, in USD."""
        answers = calculate(formulas.session_output_tokens, output_tokens=self.output_tokens, turns=self.turns)
        return split.request(self.hit_rate if cached else NO_CACHE, self.prompt_tokens, answers)

    @property
    def _lengths(self) -> dict[str, Value]:
        names = ("first_prompt_tokens", "new_tokens", "output_tokens", "turns")
        return {name: getattr(self, name) for name in names}


def session_of(split: Phases, folder: Path = DATA) -> Session:
    """Return a session whose first prompt and answers are as long as the measured ones; the rest is assumed."""
    first = split.input_tokens
    return Session(
        Value(first.number, quantity("first_prompt_tokens"), "session", Status.CHOSEN, place=first.place),
        output_tokens=split.output_tokens,
        **{name: choice(name, "session", folder) for name in ("new_tokens", "turns", "cache_hit_rate")},
    )
