"""What finding a part of the prompts in a cache would save: a model, since no measured row reuses anything."""

from analysis import formulas
from analysis.library.choices import choice
from analysis.library.sources import Library
from analysis.library.values import Value, calculate

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
