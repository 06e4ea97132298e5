"""The tables of what prefill and decode cost apart, of agents with little waiting, and of a session of many turns."""

from collections.abc import Iterator, Sequence

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import records, table
from analysis.studies.attribution.agents import Agents, Service
from analysis.studies.attribution.phases import NO_CACHE, Phases, assumed_hits
from analysis.studies.attribution.points import Point


def phases(point: Point, splits: Sequence[Phases]) -> Shown:
    """Return what prefill and decode cost in the best disaggregated row of each platform, and what hits save."""
    hits = assumed_hits()
    return records(
        f"phases-{point.name}",
        "Model: what prefill and decode cost in the best disaggregated row at {lengths} and at least {at} "
        "tok/s/user.",
        [
            {
                "Platform": split.platform.name,
                "Row": " ".join(split.row[column] for column in ("framework", "precision", "speculative_decoding")),
                "Measured at (tok/s/user)": split.interactivity,
                "Prefill (USD per Mtok of input)": split.input_token_cost,
                "Decode (USD per Mtok of output)": split.output_token_cost,
                "Prefill in the cost": split.prefill_share,
                "A request (USD)": split.request(NO_CACHE),
                "With hits (USD)": split.request(hits),
            }
            for split in splits
        ],
        note="With hits: {half:2} of the tokens of a prompt are found in a cache. Prefill in the cost is the most "
        "that a cache can save.",
        **point.where,
        half=hits,
    )


def by_curve(agents: Agents) -> Shown | None:
    """Return what agents cost at equal interactivity, by curve; None where the workload was not measured."""
    if not agents.limits:
        return None
    names = agents.point.pair.names
    return table(
        "agents",
        "Cost of a million tokens for agents at equal interactivity, prompts of {input} and answers of {output} "
        "tokens.",
        [
            "Interactivity (tok/s/user)",
            *(f"{names[role]} (USD/Mtok)" for role in ("baseline", "subject")),
            "Ratio of cost",
        ],
        [
            [service.interactivity, *(cost or "not served" for cost in service.costs), service.ratio or "–"]
            for service in agents.by_curve
        ],
        **agents.lengths,
    )


def by_row(agents: Agents) -> Shown | None:
    """Return what they cost in measured rows that limit the wait for the first token; None where no row does."""
    if not agents.by_row:
        return None
    names = agents.point.pair.names
    return table(
        "agents-waiting",
        "The same from measured rows that keep a limit on the time to the first token.",
        [
            *("Limit on", "At most (s)", "At least (tok/s/user)"),
            *(f"{names['baseline']} (USD/Mtok)", "Row at (tok/s/user)"),
            *(f"{names['subject']} (USD/Mtok)", "Row at (tok/s/user)"),
            "Ratio of cost",
        ],
        [[*_limited(service), service.ratio or "–"] for service in agents.by_row],
        note="Each is the measured row of highest throughput at or above the interactivity. Time to first token is "
        "not interpolated, so few rows are left and a platform may serve far more interactivity than asked for. It "
        "was measured with a fixed number of requests in flight, not with arrivals at random.",
    )


def session(agents: Agents) -> Shown | None:
    """Return the cost of a session with and without a cache; None where no row tells prefill and decode apart."""
    session = agents.session
    if session is None:
        return None
    return records(
        "sessions",
        "Model: the cost of a whole session.",
        [
            {
                "Platform": split.platform.name,
                "Without a cache (USD)": session.cost(split, cached=False),
                "With a cache (USD)": session.cost(split, cached=True),
            }
            for split in agents.phases
        ],
    )


def _limited(service: Service) -> Iterator[Cell]:
    assert service.limit is not None
    yield from (service.limit.quantity.title, service.limit, service.interactivity)
    for cost, served_at in zip(service.costs, service.served_at, strict=True):
        yield cost or "not served"
        yield served_at or "–"
