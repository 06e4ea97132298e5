"""A report as small as one can be that shows one of each: an answer, a list, a table, a figure, equations."""

from functools import cache
from typing import Any

from analysis.comparison.head_to_head import INPUT_METRICS, compare
from analysis.exhibits.statements import assumptions, equations, points, say, sources, table
from analysis.formulas import cost_per_million_tokens, tokens_per_dollar
from analysis.library.quantities import quantity
from analysis.library.sources import load
from analysis.machinery.press.inline import notebook_of
from analysis.scenario import read
from analysis.studies.claims.charts import inputs_against_outputs


@cache
def small() -> Any:
    """Return it, as executed."""
    pair = compare(load(), read("published"))
    ratio, price = pair.ratio("cost_per_million_tokens"), pair.ratio("price_per_gpu_hour")
    sides = [side.platform.name for side in pair.sides]
    keys = ["price_per_gpu_hour", "throughput_per_gpu", "cost_per_million_tokens"]
    answer = say(
        "Tokens cost {ratio} as much, and a GPU {price}.", role="answer", finding=True, ratio=ratio, price=price
    )
    shown = [
        "## The answer",
        answer,
        points([say("From above {ratio:2}.", ratio=ratio), say("And no more.", role="caution")], ordered=True),
        "## The evidence\n\nAs *published*, with $c / t$.",
        table(
            "levels", "Levels of both.", ["Metric", *sides],
            [[quantity(key).label, *pair.levels(key)] for key in keys], note="Prices at {price}.", price=price,
        ),
        inputs_against_outputs(
            [quantity(key).title for key in keys], [pair.ratio(key) for key in keys],
            [key in INPUT_METRICS for key in keys], title="Two kinds of metric.",
        ),
        "## Method and sources",
        *equations(cost_per_million_tokens, tokens_per_dollar),
        assumptions([ratio]),
        sources([ratio]),
    ]  # fmt: skip
    return notebook_of("A small report", shown)
