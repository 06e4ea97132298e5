"""What a cache would save in the model, and what agents cost: by curve, with little waiting, and over a session."""

from analysis import formulas
from analysis.exhibits.statements import Shown, answer, conclude, listed, phrase, say, warn
from analysis.library.values import calculate
from analysis.studies.attribution.agents import Agents, ranked
from analysis.studies.attribution.phases import HIT, MISS, Phases, public_prices
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.study import Study


def cache(study: Study) -> Shown | None:
    """Say how much of a request's cost a cache saves at most in the model, where prompts are longest."""
    if not study.phases:
        return None
    point, splits = _longest(study)
    shares = listed(
        phrase("{share} of the cost of a request on {name}", share=split.prefill_share, name=split.platform.name)
        for split in splits
    )
    told = "In the model a cache saves at most {shares}, at {lengths} and {at} tok/s/user."
    return answer(told, shares=shares, **point.where)


def public_discounts(study: Study) -> list[Shown]:
    """Say what providers charge for a hit and a miss, beside what a hit saves in the model."""
    if not study.phases:
        return []
    point, splits = _longest(study)
    costs = listed(
        phrase("{cost} of prefill on {name}", cost=split.input_token_cost, name=split.platform.name)
        for split in splits
    )
    return [
        say(
            "A million input tokens found in a cache are worth {costs} in the model at {lengths} and {at} "
            "tok/s/user, at full load and without margin. The public price of {provider} for a million input tokens "
            "is {miss} on a miss and {hit} on a hit as of {day}: a hit is {discount} cheaper.",
            provider=provider,
            miss=prices[MISS],
            hit=prices[HIT],
            discount=prices["discount"],
            day=prices[HIT].as_of,
            costs=costs,
            **point.where,
        )
        for provider, prices in public_prices(study.library).items()
    ]


def _longest(study: Study) -> tuple[Point, list[Phases]]:
    """The point with the longest prompts, and what prefill and decode cost there."""
    return max(study.phases, key=lambda phases: phases[0].stacks.input_tokens)


def by_curve(agents: Agents) -> Shown | None:
    """Say what agents cost on both platforms at equal interactivity; nothing where the workload was not measured."""
    ratios = ranked(agents.by_curve)
    if not agents.limits:
        return None
    if not ratios:
        return answer("No interactivity of agents is served by both platforms.")
    return conclude(
        "With prompts of {input} and answers of {output} tokens, at {low} to {high} tok/s/user, a million tokens on "
        "{baseline} cost {least} to {most} as much as on {subject} where both serve.",
        low=agents.levels[0],
        high=agents.levels[-1],
        least=ratios[0],
        most=ratios[-1],
        **agents.lengths,
        **agents.point.pair.names,
    )


def by_row(agents: Agents) -> Shown | None:
    """Say what they cost with a limit on the time to the first token; nothing where not both keep any."""
    ratios = ranked(agents.by_row)
    if not ratios:
        return None
    return answer(
        "With a limit on the time to the first token, the measured rows that keep it give a ratio of {least} to "
        "{most}. Both need not be equally fast: each platform runs its best row at the interactivity asked or above.",
        least=ratios[0],
        most=ratios[-1],
    )


def session(agents: Agents) -> Shown | None:
    """Say what a cache saves over a session in the model; nothing where no row tells prefill and decode apart."""
    session = agents.session
    if session is None:
        return None
    costs = [(split, session.cost(split, cached=False), session.cost(split, cached=True)) for split in agents.phases]
    shares = listed(
        phrase(
            "{saved} of what it costs without on {name}",
            saved=calculate(formulas.ratio, numerator=cached, denominator=bare),
            name=split.platform.name,
        )
        for split, bare, cached in costs
    )
    return answer(
        "Model: a session of {turns} turns whose context grows by each answer and {new} new tokens sends {prompt} "
        "prompt tokens, of which earlier turns computed {reusable}. If {rate:2} of those are found in a cache, the "
        "session costs {shares}.",
        turns=session.turns,
        new=session.new_tokens,
        prompt=session.prompt_tokens,
        reusable=session.reusable_tokens,
        rate=session.cache_hit_rate,
        shares=shares,
    )


def session_limits(agents: Agents) -> Shown | None:
    """Say what the model of a session leaves out."""
    if agents.session is None:
        return None
    return warn(
        "The session is assumed, not measured. It takes the cost of a prompt token and of an answer token from one "
        "measured row at {floor} tok/s/user or more and keeps them at every length of the context, while both rise "
        "with it; and it charges nothing for keeping the cache between turns.",
        floor=agents.levels[0],
    )
