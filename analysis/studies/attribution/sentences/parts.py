"""Parts of sentences: what changes, the factors of a ratio as a product, and lists whose items hold values."""

from collections.abc import Iterable, Mapping
from string import ascii_lowercase
from typing import Any

from analysis.exhibits.statements import Cell
from analysis.library.terms import listing
from analysis.studies.attribution.factors import Attribution
from analysis.studies.attribution.serving import FEATURES, Stack, in_words
from analysis.studies.attribution.steps import UNDIVIDED, change


def each(template: str, items: Iterable[Mapping[str, Cell]], between: str = "") -> tuple[str, dict[str, Any]]:
    """Return a template once for each item, with places of its own, and what fills them.

    Of "{cost} on {name}" and two items becomes "{cost_a} on {name_a} and {cost_b} on {name_b}".

    Args:
        template: Text with `{name}` places.
        items: What fills the places of each.
        between: What stands between two of them; where nothing is said, they are a list in a sentence.
    """
    parts, contents = [], {}
    for letter, item in zip(ascii_lowercase, items, strict=False):
        parts.append(template.format(**{name: f"{{{name}_{letter}}}" for name in item}))
        contents.update({f"{name}_{letter}": content for name, content in item.items()})
    return between.join(parts) if between else listing(parts), contents


def product(attribution: Attribution) -> tuple[str, dict[str, Any]]:
    """Return the factors that have a value as text with places, such as "{factor_a} ({kind_a}, {change_a})".

    Returns:
        The text, empty where nothing changes and without a factor where the rows do not tell the changes apart, and
        what fills its places.
    """
    library = attribution.stacks.library
    items: list[dict[str, Cell]] = [
        {"factor": factor.value, "kind": factor.step.kind, "change": change(library, factor.step)}
        for factor in attribution.factors
        if factor.value
    ]
    if [item["kind"] for item in items] == [UNDIVIDED]:
        return "the rows do not tell its changes apart ({change})", {"change": items[0]["change"]}
    return each("{factor} ({kind}, {change})", items, " times ")


def differing(start: Stack, end: Stack) -> str:
    """Return how the software of two stacks differs, in words: "FP8 to FP4"; empty where it does not."""
    return ", ".join(
        f"{in_words(feature, before)} to {in_words(feature, after)}"
        for feature in FEATURES
        if (before := getattr(start, feature)) != (after := getattr(end, feature))
    )
