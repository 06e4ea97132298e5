"""The choices that the page's lists offer, each in the address' word and in the reader's."""

from typing import Any

from analysis.machinery.whatif.settings import ANY

Options = list[tuple[str, str]]


def options(known: dict[str, Any]) -> dict[str, Options]:
    """Return the choices of every list, by its key in the address.

    Args:
        known: What the page computes from, as `analysis.machinery.whatif.data.data` gives it.
    """
    fields = known["fields"]
    words = {
        "tokens": known["kinds"],
        "price_tier": known["tiers"],
        "precision": {ANY: "any"} | {one: one.upper() for one in fields["precision"]["choices"] if one != ANY},
        "mtp": {ANY: "with or without", "with": "with", "without": "without"},
        "ratio": {key: known["amounts"][key]["name"] for key in fields["ratio"]["choices"]},
    }
    return {
        key: [(value, words.get(key, {}).get(value, value)) for value in field["choices"]]
        for key, field in fields.items()
        if "choices" in field
    }
