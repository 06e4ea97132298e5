"""What providers ask for tokens: the public price of each kind, and the mean over the tokens of a workload."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from analysis import formulas
from analysis.errors import InputError, nearest
from analysis.library.quantities import Quoted, counts, quantity
from analysis.library.sources import FILES, Library
from analysis.library.values import Status, Value, calculate

_TABLE = "token_prices"
_MISS, _HIT, _OUTPUT = "price_of_cache_miss", "price_of_cache_hit", "output_token_price"
_KINDS = {
    "input": (_MISS, "input tokens"),
    "input (cache miss)": (_MISS, "input tokens, cache miss"),
    "input (cache hit)": (_HIT, "input tokens, cache hit"),
    "output": (_OUTPUT, "output tokens"),
}


@dataclass(frozen=True)
class Offer:
    """What a provider asks for the tokens of a model."""

    provider: str
    model: str
    served: str  # the same model, as the project names it
    # In USD/Mtok, by `price_of_cache_miss`, `price_of_cache_hit` and `output_token_price`. Where no price for cached
    # input is published, a hit costs as much as a miss.
    prices: Mapping[str, Value]
    interactivity: Value | None  # how fast the tokens come, in tok/s/user, where that is published

    @property
    def name(self) -> str:
        """Provider and model."""
        return Quoted(f"{self.provider}, {self.model}")

    @property
    def discounts_hits(self) -> bool:
        """Whether a price for cached input is published."""
        return self.prices[_HIT] != self.prices[_MISS]

    def blended(self, input_tokens: int, output_tokens: int, cache_hit_rate: float) -> Value:
        """Return the mean price of an input or output token of a workload, in USD/Mtok.

        Revenue is this price times a throughput that counts input and output tokens alike.
        """
        kinds = counts(self.served, input_tokens, output_tokens)
        chosen = {"input_tokens": input_tokens, "output_tokens": output_tokens, "cache_hit_rate": cache_hit_rate}
        asked = {
            key: Value(float(number), quantity(key), "the workload", Status.CHOSEN, place=f"parameter {key}")
            for key, number in chosen.items()
        }
        rate = asked.pop("cache_hit_rate")
        mean_input = calculate(
            formulas.mean_input_token_price, mixing=("tokens",), price_of_cache_miss=self.prices[_MISS],
            price_of_cache_hit=self.prices[_HIT], cache_hit_rate=rate,
        )  # fmt: skip
        share = calculate(formulas.input_share, mixing=(), **asked)
        blended = calculate(
            formulas.blended_token_price,
            mixing=("tokens",),
            input_token_price=replace(mean_input, subject=self.name),
            output_token_price=self.prices[_OUTPUT],
            input_share=share,
        )
        return replace(blended, subject=self.name, kinds={key: kind for key, kind in kinds.items() if key != "gpus"})


def offers(library: Library, as_of: date | None = None) -> list[Offer]:
    """Return what providers ask for the model whose rows the library holds, the newest until a day, as listed.

    A price of another model's tokens is none of them: it never pays for this one's throughput.
    """
    table = library.tables[_TABLE]
    table = table[table["model"].map(library.is_model)]
    dated = table if as_of is None else table[table["as_of"] <= pd.Timestamp(as_of)]
    return list(_offers(library, dated))


def of_all_models(library: Library) -> list[Offer]:
    """Return the newest prices of every provider and model of the data, as listed."""
    return list(_offers(library, library.tables[_TABLE]))


def offer(library: Library, provider: str, model: str | None = None, as_of: date | None = None) -> Offer:
    """Return a provider's newest prices until a day, of a model as the provider names it; none where it has only one.

    Raises:
        InputError: There is no such price, or the provider sells several models and none is named.
    """
    place = f"data/{FILES[_TABLE]}"
    until = f" until {as_of}" if as_of else ""
    dated = offers(library, as_of)
    if not dated:
        days = library.tables[_TABLE].loc[lambda rows: rows["model"].map(library.is_model), "as_of"]
        others = "none of any day" if days.empty else f"the first are of {days.min():%Y-%m-%d}"
        raise InputError(f"{place}: no token prices of {library.model}{until}; {others}")
    sold = {offer.model: offer for offer in dated if offer.provider == provider}
    if not sold:
        raise InputError(
            f"{place}: no prices of {provider!r}{until}; {nearest(provider, {offer.provider for offer in dated})}"
        )
    if model is None:
        if len(sold) > 1:
            raise InputError(f"{place}: {provider} sells several models, so one must be named; {nearest('', sold)}")
        return next(iter(sold.values()))
    if model not in sold:
        raise InputError(f"{place}: {provider} sells no {model!r}{until}; {nearest(model, sold)}")
    return sold[model]


def _offers(library: Library, table: pd.DataFrame) -> Iterator[Offer]:
    for (provider, model), rows in table.groupby(["provider", "model"], sort=False):
        newest = rows.sort_values("as_of", kind="stable").drop_duplicates("kind", keep="last")
        prices = dict(_price(library, row) for _, row in newest.iterrows())
        if _MISS not in prices or _OUTPUT not in prices:
            continue  # half a price sells no request
        prices = {_HIT: prices[_MISS], **prices}
        served = library.model if library.is_model(str(model)) else str(model)
        yield Offer(str(provider), str(model), served, prices, _interactivity(library, newest))


def _price(library: Library, row: pd.Series) -> tuple[str, Value]:
    key, tokens = _KINDS[row["kind"]]
    return key, library.stated(_TABLE, row, key, _seller(row), tokens=tokens)


def _interactivity(library: Library, rows: pd.DataFrame) -> Value | None:
    """The slowest that is stated for one of the prices."""
    stated = rows.dropna(subset="interactivity").sort_values("interactivity", kind="stable")
    if stated.empty:
        return None
    row = stated.iloc[0]
    return library.stated(_TABLE, row, "interactivity", _seller(row), column="interactivity")


def _seller(row: pd.Series) -> str:
    return f"{row['provider']}, {row['model']}"
