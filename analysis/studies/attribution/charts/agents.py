"""Figures of what a cache would save: a request against the cache hit rate, and a session turn by turn."""

from collections.abc import Sequence

import matplotlib.ticker
import pandas as pd

from analysis.exhibits import canvas, color, drawn
from analysis.exhibits.labels import Label
from analysis.exhibits.statements import Shown
from analysis.library.sources import Platform
from analysis.studies.attribution.agents import Agents
from analysis.studies.attribution.caching import along_hit_rate
from analysis.studies.attribution.charts.scales import dollars, label_ends
from analysis.studies.attribution.sessions import by_turn
from analysis.studies.attribution.study import Study


def request(study: Study) -> Shown | None:
    """Return the cost of a request against the cache hit rate, one line a platform, log axis.

    It is that of the last point whose rows tell prefill and decode apart; None where none does.
    """
    if not study.phases:
        return None
    point, phases = study.phases[-1]
    table = pd.concat([along_hit_rate(split) for split in phases])
    platforms = [split.platform for split in phases]
    with canvas(height=3.2) as (figure, axes):
        labels = []
        for platform in platforms:
            line = table[table["hardware"] == platform.key]
            axes.plot(line["cache_hit_rate"], line["request_cost"], color=color(platform), linewidth=2)
            labels.append(Label(1.0, line["request_cost"].iloc[-1], platform.name))
        axes.set(yscale="log", xlabel="cache hit rate of prompt tokens (model)", ylabel="cost of a request (USD)")
        axes.xaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1.0))
        dollars(axes)
        label_ends(figure, [(axes, labels)])
    return drawn(
        figure,
        "request-against-hit-rate",
        "Model: the cost of a request falls with the cache hit rate, at {lengths}.",
        f"Lines of the modeled cost of a request, falling with the cache hit rate: {_names(platforms)}.",
        table,
        lengths=point.workload,
    )


def session(agents: Agents) -> Shown | None:
    """Return the cost of each turn of a session, with and without a cache, log axis.

    None where no row tells prefill and decode apart.
    """
    session = agents.session
    if session is None:
        return None
    table = pd.concat([by_turn(session, split) for split in agents.phases])
    platforms = [split.platform for split in agents.phases]
    with canvas(height=3.2) as (figure, axes):
        labels = []
        for platform in platforms:
            line = table[table["hardware"] == platform.key]
            for column, style, words in (("uncached", "-", "no cache"), ("cached", "--", "cache")):
                axes.plot(line["turn"], line[column], color=color(platform), linestyle=style, linewidth=2)
                labels.append(Label(line["turn"].iloc[-1], line[column].iloc[-1], f"{platform.name}, {words}"))
        axes.set(yscale="log", xlabel="turn of the session (model)", ylabel="cost of the turn (USD)")
        axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
        dollars(axes)
        label_ends(figure, [(axes, labels)])
    return drawn(
        figure,
        "session-by-turn",
        "Model: without a cache every turn of a session costs more than the one before.",
        f"Lines of the modeled cost of each turn, with and without a cache: {_names(platforms)}.",
        table,
    )


def _names(platforms: Sequence[Platform]) -> str:
    return ", ".join(platform.name for platform in platforms)
