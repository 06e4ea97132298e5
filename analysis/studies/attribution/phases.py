"""What input and output tokens cost apart where prefill and decode are apart, and what a cache would save of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import formulas
from analysis.library.choices import choice
from analysis.library.loading.quality import decode_share
from analysis.library.quantities import quantity
from analysis.library.sources import DATA, Library, Platform
from analysis.library.values import Status, Value, calculate
from analysis.studies.attribution.stacks import Stacks

PHASES = ("tokens", "gpus")
COLUMNS = {
    "input": ("input_throughput_per_prefill_gpu", "prefill GPUs"),
    "output": ("output_throughput_per_decode_gpu", "decode GPUs"),
}


@dataclass(frozen=True)
class Phases:
    """A measured disaggregated row and the cost of its two phases."""

    platform: Platform
    row: pd.Series
    interactivity: Value
    input_tokens: Value
    output_tokens: Value
    input_token_cost: Value
    output_token_cost: Value

    @property
    def prefill_share(self) -> Value:
        """Prefill as a share of the cost of a request."""
        return calculate(
            formulas.prefill_cost_share,
            mixing=PHASES,
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            input_token_cost=self.input_token_cost,
            output_token_cost=self.output_token_cost,
        )

    def request(
        self, cache_hit_rate: Value, input_tokens: Value | None = None, output_tokens: Value | None = None
    ) -> Value:
        """Return the cost of a request, in USD."""
        return calculate(
            formulas.request_cost,
            mixing=PHASES,
            input_tokens=input_tokens or self.input_tokens,
            output_tokens=output_tokens or self.output_tokens,
            input_token_cost=self.input_token_cost,
            output_token_cost=self.output_token_cost,
            cache_hit_rate=cache_hit_rate,
        )


def phases(stacks: Stacks, hardware: str, minimum_interactivity: float, price: Value) -> Phases | None:
    """Return the cost of the phases of a platform's best disaggregated row; None where no such row tells them apart.

    The row is that of highest throughput among those at or above the interactivity whose prefill and decode
    throughputs add up to the total.
    """
    rows = stacks.rows[(stacks.rows["hardware"] == hardware) & stacks.rows["disaggregated"]]
    rows = rows[(rows["interactivity_median"] >= minimum_interactivity) & decode_share(rows).notna()]
    if rows.empty:
        return None
    row = rows.sort_values(["throughput_per_gpu", "interactivity_median"]).iloc[-1]
    costs = {
        phase: calculate(
            formulas.cost_per_million_tokens,
            price_per_gpu_hour=price,
            throughput_per_gpu=stacks.library.measured(
                row, column, column, {"tokens": f"{phase} tokens", "gpus": gpus, "workload": stacks.kinds["workload"]}
            ),
        )
        for phase, (column, gpus) in COLUMNS.items()
    }
    lengths = {
        name: Value(
            float(getattr(stacks, name)), quantity(name), "request", Status.CHOSEN, place=f"parameter {name}",
            note="nominal length",
        )
        for name in ("input_tokens", "output_tokens")
    }  # fmt: skip
    return Phases(
        stacks.library.platform(hardware),
        row,
        stacks.library.measured(row, "interactivity_median", "interactivity", {}),
        **lengths,
        input_token_cost=costs["input"],
        output_token_cost=costs["output"],
    )


def phases_of(
    stacks: Stacks, platforms: Iterable[str], minimum_interactivity: float, prices: Mapping[str, Value]
) -> list[Phases]:
    """Return them of each platform whose rows tell them apart, once; prices by platform, else as for `phases`."""
    every = (phases(stacks, key, minimum_interactivity, prices[key]) for key in dict.fromkeys(platforms))
    return [split for split in every if split]


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
    whole = {provider: prices for provider, prices in listed.items() if prices.keys() == _PRICES.keys()}
    for prices in whole.values():
        miss, hit = prices[MISS], prices[HIT]
        prices["discount"] = calculate(formulas.cache_hit_discount, price_of_cache_miss=miss, price_of_cache_hit=hit)
    return whole


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
