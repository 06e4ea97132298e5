"""Everything that the page computes from, as plain JSON: rows, prices, power, words and the opening setting."""

from collections.abc import Iterable, Sequence
from typing import Any

from analysis.comparison.metrics import METRICS
from analysis.comparison.token_prices import offers
from analysis.exhibits.marks import LETTERS
from analysis.exhibits.palette import color
from analysis.formulas.steps import inputs
from analysis.frontier.measured import days
from analysis.frontier.own_lengths import BETWEEN
from analysis.frontier.series import APART, SAME_SPEED
from analysis.frontier.tokens import KINDS
from analysis.library.choices import choice
from analysis.library.quantities import ABSENT, quantity, workloads
from analysis.library.sources import TIERS, Library
from analysis.library.values import CAUTIONS, WIDE, Value
from analysis.machinery.whatif import rows, settings
from analysis.machinery.whatif.charts import pareto_chart, ratio_chart
from analysis.machinery.whatif.published import Published
from analysis.machinery.whatif.results import WHOLE, comparison, every_step, origins, ratios, title
from analysis.machinery.whatif.sentences import CAPTIONS, SENTENCES, TOKENS
from analysis.scenario import Parameters

Given = dict[str, Any] | None
AVERAGE_LOAD = 1.0
"""Of the provisioned power: all of it drawn at all hours, which makes the electricity the most that it can be."""


def data(libraries: Sequence[Library], conditions: Parameters) -> dict[str, Any]:
    """Return what the page computes from."""
    library = libraries[0]
    platforms = settings.platforms_of(libraries)
    lengths = {name: pair for each in libraries for name, pair in workloads(each.benchmark).items()}
    return {
        "fields": settings.fields(libraries, list(lengths)),
        "initial": settings.initial(library, conditions),
        "models": {str(each.model): _model(each, conditions) for each in libraries},
        "platforms": {key: platform.name for key, platform in platforms.items()},
        "lengths": lengths,
        "campaign": {"apart": APART.days, "same_speed": SAME_SPEED},
        "tariff": {
            "pull": choice("ratio", "pull of the two-part tariff").number,
            "reach": choice("ratio", "reach of the two-part tariff").number,
            "between": BETWEEN,
        },
        "assumptions": {vintage: _assumptions(library, platforms, vintage) for vintage in library.vintages},
        "average_load": AVERAGE_LOAD,
        "wide": WIDE,
        "published": Published(library, conditions).place,
        "origins": origins(),
        "amounts": _amounts(),
        "ratios": ratios(),
        "tiers": TIERS,
        "kinds": {rows.kind_key(kind): words for kind, words in KINDS.items()},
        "tokens": TOKENS,
        "sentences": SENTENCES,
        "whole": [rows.kind_key(kind) for kind in KINDS if kind[1] == "all"],
        "captions": {name: CAPTIONS[METRICS[name].is_turned].format(title=quantity(name).title) for name in ratios()},
        "mtp": settings.MTP,
        "absent": ABSENT,
        "colors": {key: color(platform) for key, platform in platforms.items()},
        "charts": {"ratio": ratio_chart(platforms), "pareto": pareto_chart(platforms)},
        "marks": {word: caution.letter for word, caution in LETTERS.items()},
    }


def _model(library: Library, conditions: Parameters) -> dict[str, Any]:
    """What differs from one model to the next: rows, days, where they reach, what tokens sell for."""
    return {
        "opening": settings.opening(library, conditions),
        "days": [f"{day:%Y-%m-%d}" for day in sorted(days(library.benchmark).unique())],
        "medians_until": max((f"{origin.medians_until or ''}" for origin in library.origins), default=""),
        "platforms": list(library.with_rows),
        "ranges": rows.ranges(library),
        "sellers": {
            str(offer.name): {key: price.number for key, price in offer.prices.items()} for offer in offers(library)
        },
        **rows.measured(library),
    }


def _assumptions(library: Library, platforms: Iterable[str], vintage: str) -> dict[str, dict[str, Given]]:
    return {
        key: {
            "power": _given(library.known_power(key, vintage)),
            **{tier: _given(library.known_price(key, tier, vintage)) for tier in TIERS},
        }
        for key in platforms
    }


def _given(value: Value | None) -> Given:
    if value is None:
        return None
    caution = str(value.status) if value.status in CAUTIONS else ""
    return {"number": value.number, "caution": caution, "status": str(value.status), "as_of": value.as_of}


def _amounts() -> dict[str, dict[str, str]]:
    """How the page names and shows every amount that it takes or makes."""
    steps = every_step()
    found = {name: (quantity(name).title, quantity(name)) for name in ("ratio", WHOLE, *inputs(steps))}
    found |= {step.name: (title(step), quantity(step.formula.__name__)) for step in (*steps, *comparison())}
    return {
        name: {"title": words, "name": words[:1].lower() + words[1:], "unit": of.unit, "style": of.style}
        for name, (words, of) in found.items()
    }
