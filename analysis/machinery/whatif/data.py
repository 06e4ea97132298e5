"""Everything that the page computes from, as plain JSON: curves, prices, power, words and the opening setting."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison.head_to_head import workload
from analysis.comparison.metrics import METRICS
from analysis.exhibits.marks import LETTERS
from analysis.exhibits.palette import color
from analysis.formulas.steps import inputs
from analysis.frontier.curves import Curve
from analysis.frontier.own_lengths import BETWEEN
from analysis.frontier.series import days, series_columns
from analysis.frontier.tokens import KINDS
from analysis.library.choices import choice
from analysis.library.loading.schemas import STACK
from analysis.library.quantities import quantity
from analysis.library.sources import TIERS, Library
from analysis.library.terms import ABSENT
from analysis.library.values import CAUTIONS, WIDE, Value
from analysis.machinery.whatif import settings
from analysis.machinery.whatif.charts import pareto_chart, ratio_chart
from analysis.machinery.whatif.histories import History, histories
from analysis.machinery.whatif.published import Published
from analysis.machinery.whatif.results import comparison, origins, ratios, serving, title
from analysis.machinery.whatif.sentences import CAPTIONS, SENTENCES, TOKENS
from analysis.scenario import Parameters

Given = dict[str, Any] | None
AVERAGE_LOAD = 1.0
"""Of the provisioned power: all of it drawn at all hours, which makes the electricity the most that it can be."""


def data(library: Library, conditions: Parameters) -> dict[str, Any]:
    """Return what the page computes from.

    Args:
        library: The figures.
        conditions: Of the scenario that the page opens with.
    """
    measured = histories(library.benchmark)
    lengths = sorted({one.lengths for one in measured})
    names = [workload(*pair) for pair in lengths]
    return {
        "fields": settings.fields(library, names),
        "initial": settings.initial(library, conditions),
        "days": [f"{day:%Y-%m-%d}" for day in sorted(days(library.benchmark).unique())],
        "platforms": {key: platform.name for key, platform in library.with_rows.items()},
        "stacks": _stacks(library.benchmark, measured),
        "lengths": dict(zip(names, lengths, strict=True)),
        "tariff": {
            "pull": choice("ratio", "pull of the two-part tariff").number,
            "reach": choice("ratio", "reach of the two-part tariff").number,
            "between": BETWEEN,
        },
        "ranges": {name: _range(measured, pair) for name, pair in zip(names, lengths, strict=True)},
        "assumptions": {vintage: _assumptions(library, vintage) for vintage in library.vintages},
        "average_load": AVERAGE_LOAD,
        "wide": WIDE,
        "published": Published(library, conditions).place,
        "origins": origins(),
        "amounts": _amounts(),
        "ratios": ratios(),
        "tiers": TIERS,
        "kinds": {settings.kind_key(kind): words for kind, words in KINDS.items()},
        "tokens": TOKENS,
        "sentences": SENTENCES,
        "whole": [settings.kind_key(kind) for kind in KINDS if kind[1] == "all"],
        "captions": {name: CAPTIONS[METRICS[name].is_turned].format(title=quantity(name).title) for name in ratios()},
        "mtp": settings.MTP,
        "absent": ABSENT,
        "colors": {key: color(platform) for key, platform in library.with_rows.items()},
        "charts": {"ratio": ratio_chart(library.with_rows), "pareto": pareto_chart(library.with_rows)},
        "marks": {word: caution.letter for word, caution in LETTERS.items()},
    }


def _stacks(rows: pd.DataFrame, measured: list[History]) -> list[dict[str, Any]]:
    columns = list(series_columns(rows))
    lowest = rows.groupby(columns)["accuracy"].min().dropna().to_dict()
    found = []
    for one in measured:
        hardware, framework, precision, decoding = (one.series[column] for column in STACK)
        found.append(
            {
                "platform": hardware,
                "workload": workload(*one.lengths),
                "name": f"{framework} {precision} {decoding}".removesuffix(" none"),
                "precision": precision,
                "speculative_decoding": decoding,
                "accuracy": lowest.get(tuple(one.series[column] for column in columns)),
                "versions": {
                    settings.kind_key(kind): [[f"{day:%Y-%m-%d}", *_knots(curve)] for day, curve in versions.items()]
                    for kind, versions in one.versions.items()
                },
            }
        )
    return found


def _knots(curve: Curve) -> list[list[float]]:
    return [column.tolist() for column in (curve.interactivity, curve.throughput, curve.slopes)]


def _range(measured: list[History], lengths: tuple[int, int]) -> list[float]:
    """The interactivities that anything reached on the workload, on any day."""
    reached = [
        curve.interactivity
        for one in measured
        if one.lengths == lengths
        for versions in one.versions.values()
        for curve in versions.values()
    ]
    every = np.concatenate(reached)
    return [float(np.floor(every.min())), float(np.ceil(every.max()))]


def _assumptions(library: Library, vintage: str) -> dict[str, dict[str, Given]]:
    return {
        key: {
            "power": _given(library.known_power(key, vintage)),
            **{tier: _given(library.known_price(key, tier, vintage)) for tier in TIERS},
        }
        for key in library.with_rows
    }


def _given(value: Value | None) -> Given:
    if value is None:
        return None
    caution = str(value.status) if value.status in CAUTIONS else ""
    return {"number": value.number, "caution": caution, "status": str(value.status), "as_of": value.as_of}


def _amounts() -> dict[str, dict[str, str]]:
    """How the page names and shows every amount that it takes or makes."""
    found = {name: (quantity(name).title, quantity(name)) for name in ("ratio", *inputs(serving()))}
    found |= {step.name: (title(step), quantity(step.formula.__name__)) for step in (*serving(), *comparison())}
    return {
        name: {"title": words, "name": words[:1].lower() + words[1:], "unit": of.unit, "style": of.style}
        for name, (words, of) in found.items()
    }
