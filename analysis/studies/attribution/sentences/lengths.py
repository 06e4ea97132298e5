"""What is said of lengths that nobody measured: which model is used and how wrong it is, and what a cache saves."""

import numpy as np

from analysis.comparison.market import ends
from analysis.comparison.metrics import ratio
from analysis.exhibits.statements import Shown, answer, say
from analysis.library.values import Value
from analysis.studies.attribution.left_out import ALONE, CHOSEN, LIKE, NESTED, PHASES, middle, typical
from analysis.studies.attribution.lengths import COST, OwnLengths
from analysis.studies.attribution.tables.lengths import THREE


def model(own: OwnLengths) -> Shown | None:
    """Say how far the model that is used misses what was left out, and the plain one; None where none is known."""
    measured = [each for each in own.left_out if len(each.stack.curves) >= THREE]
    names = (CHOSEN, NESTED, ALONE, LIKE)
    every = {name: np.concatenate([np.array([]), *(each.every(name) for each in measured)]) for name in names}
    if not every[NESTED].size:
        return None
    return answer(
        "Each workload was left out in turn, and its GPU time predicted from the other workloads of its stack. The "
        "tariff of two parts, pulled toward the usual ratio, is typically off by a factor of {error}; four times of "
        "five it predicts {low} to {high} of what was measured. The factor is {nested} where the stack that is "
        "judged has no part in choosing the ratio and how strong the pull is. Two parts without that "
        "pull are typically off by {alone}, and counting all tokens alike by {like}.",
        error=typical(every[CHOSEN], CHOSEN),
        nested=typical(every[NESTED], NESTED),
        low=middle(every[CHOSEN], 0.1, CHOSEN),
        high=middle(every[CHOSEN], 0.9, CHOSEN),
        alone=typical(every[ALONE], ALONE),
        like=typical(every[LIKE], LIKE),
    )


def phases(own: OwnLengths) -> Shown | None:
    """Say how far the second estimate is off, from rows that tell prefill apart; None where no stack has them."""
    known = [factors for each in own.left_out if (factors := each.every(PHASES)).size]
    if not known:
        return None
    factors = np.concatenate(known)
    return say(
        "Disaggregated rows tell prefill and decode apart, which is a second estimate. It is typically off by a "
        "factor of {error}, and predicts {middle} of what was measured in the median.",
        error=typical(factors, PHASES),
        middle=middle(factors, 0.5, PHASES),
    )


def agent(own: OwnLengths) -> Shown | None:
    """Say what a cache saves of the agent's request, and how the pair compares; None where one does not serve it."""
    library, pair = own.library, (own.conditions.baseline, own.conditions.subject)
    costs: list[list[Value]] = [
        [known.cost for known, _ in own.requests if known.platform == library.platform(key)] for key in pair
    ]
    if not all(costs) or pair[0] == pair[1]:
        return None
    first, last = ratio(COST, costs[0][0], costs[1][0]), own.requests[len(own.agents) - 1][0]
    low, high = ends(first)
    hits = last.request_cost.inputs["cache_hit_rate"]
    return answer(
        "By the model a request of {input} input and {output} output tokens at {level} tok/s/user costs {ratio} as "
        "much on {baseline} as on {subject}, between {low} and {high}; with {hits} of its input cached {cached}.",
        ratio=first,
        low=low,
        high=high,
        hits=hits,
        cached=ratio(COST, costs[0][-1], costs[1][-1]),
        level=own.agent_level,
        baseline=library.platform(pair[0]).name,
        subject=library.platform(pair[1]).name,
        **own.agent_lengths,
    )
