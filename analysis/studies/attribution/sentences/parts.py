"""Parts of sentences: the factors of a ratio as a product, and how the software of two stacks differs."""

from analysis.exhibits.statements import Phrase, listed, phrase
from analysis.studies.attribution.factors import Attribution
from analysis.studies.attribution.steps import FEATURES, UNDIVIDED, Stack, change, in_words


def product(attribution: Attribution) -> Phrase | None:
    """Return the factors that have a value, such as "2.1x (hardware, H200 to B200)", as a product; None without any.

    Where the rows do not tell the changes apart, the words say so in place of a factor.
    """
    library = attribution.stacks.library
    factors = [factor for factor in attribution.factors if factor.value]
    if [factor.step.kind for factor in factors] == [UNDIVIDED]:
        return phrase("the rows do not tell its changes apart ({change})", change=change(library, factors[0].step))
    parts = [
        phrase(
            "{value} ({kind}, {change})",
            value=factor.value,
            kind=factor.step.kind,
            change=change(library, factor.step),
        )
        for factor in factors
        if factor.value
    ]
    return listed(parts, " times ") if parts else None


def differing(start: Stack, end: Stack) -> str:
    """Return how the software of two stacks differs, in words: "FP8 to FP4"; empty where it does not."""
    return ", ".join(
        f"{in_words(feature, before)} to {in_words(feature, after)}"
        for feature in FEATURES
        if (before := getattr(start, feature)) != (after := getattr(end, feature))
    )
