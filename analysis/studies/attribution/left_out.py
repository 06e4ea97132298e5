"""How well one workload's GPU time follows from the others': several models, each measured with it left out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial

import numpy as np

from analysis.frontier.curves import Floats
from analysis.frontier.stacks import Rule, StackCurves, rule, stacks, usual_ratio
from analysis.frontier.tariff import FEWEST, Lengths, Request, Seconds, fitted, tariff_of
from analysis.library.choices import choice
from analysis.library.loading.quality import decode_share
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Status, Value

Model = Callable[[StackCurves, Floats, Seconds, Lengths], Floats | None]
"""Takes a stack, interactivities, the times of the workloads that are left, and the lengths of the one left out."""

CHOSEN = "two parts, pulled toward the usual ratio"
NESTED = "the same, ratio and pull chosen without the stack"
PHASES = "prefill and decode of disaggregated rows"
ALONE = "two parts alone"
LIKE = "all tokens alike"
_WHOLLY = 1e3  # a pull that leaves only the ratio
PULLS = (0.0625, 0.125, 0.25, 0.5, 1.0, 2.0, _WHOLLY)
"""Among which the pull is chosen anew where a stack is judged that had no part in the choice."""


@dataclass(frozen=True, eq=False)
class LeftOut:
    """What each model makes of workloads that were left out, for one stack."""

    stack: StackCurves
    # By model and workload, predicted over measured GPU time at the measured interactivities.
    misses: Mapping[str, Mapping[Lengths, Floats]]

    def every(self, model: str) -> Floats:
        """Return what the model misses at all workloads and interactivities; empty where it says nothing."""
        known = list(self.misses[model].values())
        return np.concatenate(known) if known else np.array([])


def models(rules: Rule) -> dict[str, Model]:
    """Return the models that are compared, by what they are called; the first is the one that is used."""
    twice = choice("context_of_double_cost", "decoding").number
    return {
        CHOSEN: lambda stack, places, rest, out: tariff_of(rest, Request(*out), *rules).seconds(Request(*out)),
        "the usual ratio alone": partial(_parts, Rule(rules.ratio, _WHOLLY)),
        "output tokens dearer with their context": partial(_with_context, rules, twice),
        ALONE: partial(_parts, Rule(1.0, 0.0)),
        PHASES: _phases,
        "output tokens alone": partial(_per_token, lambda lengths: float(lengths[1])),
        LIKE: partial(_per_token, lambda lengths: float(sum(lengths))),
    }


def left_out(library: Library, as_of: date) -> list[LeftOut]:
    """Return every stack that was measured at two workloads or more, with what each model misses.

    Only interactivities count that every workload of the stack was measured around.
    """
    measured = [stack for hardware in library.platforms for stack in _stacks(library, hardware, as_of)]
    compared = models(rule(library, as_of))
    compared = {CHOSEN: compared[CHOSEN], NESTED: partial(_nested, rules_without(measured)), **compared}
    return [LeftOut(stack, {name: _missed(stack, model) for name, model in compared.items()}) for stack in measured]


def rules_without(measured: Sequence[StackCurves]) -> dict[StackCurves, Rule]:
    """Return for each stack the rule that the others alone would choose: their usual ratio and their best pull.

    Of the pulls in `PULLS` the one counts whose typical error is the least over the workloads, each left out in turn,
    of all other stacks that were measured at three or more. A single stack has no others and no rule.
    """
    ratios = {stack: usual_ratio(stack) for stack in measured}
    missed = cache(_squares)  # few medians differ, so most is asked for often
    found = {}
    for stack in measured if len(measured) > 1 else ():
        others = [other for other in measured if other is not stack]
        ratio = float(np.median([ratios[other] for other in others]))
        judged = [other for other in others if len(other.curves) > FEWEST] or others
        errors = {
            pull: np.mean(np.concatenate([missed(other, Rule(ratio, pull)) for other in judged])) for pull in PULLS
        }
        found[stack] = Rule(ratio, min(errors, key=errors.__getitem__))
    return found


def typical(factors: Floats, subject: str) -> Value:
    """Return the typical error of predictions over what was measured: the root of the mean squared logarithm."""
    amount = float(np.exp(np.sqrt(np.mean(np.log(factors) ** 2))))
    return Value(amount, quantity("typical_error"), subject, Status.DERIVED)


def middle(factors: Floats, share: float, subject: str) -> Value:
    """Return a quantile of predictions over what was measured, as a ratio."""
    return Value(float(np.quantile(factors, share)), quantity("ratio"), subject, Status.DERIVED)


def _stacks(library: Library, hardware: str, as_of: date) -> list[StackCurves]:
    if hardware not in set(library.benchmark["hardware"]):
        return []
    return [stack for stack in stacks(library, hardware, as_of=as_of) if _places(stack).size]


def _places(stack: StackCurves) -> Floats:
    slowest = max(curve.low for curve in stack.curves.values())
    return stack.places[stack.places >= slowest]


def _squares(stack: StackCurves, rules: Rule) -> Floats:
    """The squared logarithms of what a rule misses at the workloads of a stack, each left out in turn."""
    squares: Floats = np.log(np.concatenate(list(_missed(stack, models(rules)[CHOSEN]).values()))) ** 2
    return squares


def _nested(
    rules: Mapping[StackCurves, Rule], stack: StackCurves, places: Floats, rest: Seconds, out: Lengths
) -> Floats | None:
    if stack not in rules:
        return None
    return tariff_of(rest, Request(*out), *rules[stack]).seconds(Request(*out))


@lru_cache(maxsize=256)
def _measured(stack: StackCurves) -> tuple[Floats, Seconds]:
    places = _places(stack)
    return places, stack.seconds(places)


def _missed(stack: StackCurves, model: Model) -> dict[Lengths, Floats]:
    places, seconds = _measured(stack)
    without = {out: {lengths: time for lengths, time in seconds.items() if lengths != out} for out in seconds}
    predicted = {out: model(stack, places, rest, out) for out, rest in without.items()}
    return {out: times / seconds[out] for out, times in predicted.items() if times is not None}


def _parts(rules: Rule, stack: StackCurves, places: Floats, rest: Seconds, out: Lengths) -> Floats | None:
    if len(rest) < FEWEST and not rules.pull:
        return None
    return fitted(rest, *rules).seconds(Request(*out))


def _with_context(
    rules: Rule, twice: float, stack: StackCurves, places: Floats, rest: Seconds, out: Lengths
) -> Floats | None:
    """An output token takes 1 + n / N times as long with n tokens before it; N is where it takes twice as long."""
    by_effort = {_dearer(lengths, twice): time for lengths, time in rest.items()}
    return fitted(by_effort, *rules).seconds(Request(*_dearer(out, twice)))


def _dearer(lengths: Lengths, twice: float) -> Lengths:
    inputs, outputs = lengths
    return inputs, round(outputs * (1 + (inputs + outputs / 2) / twice))


def _per_token(
    counted: Callable[[Lengths], float], stack: StackCurves, places: Floats, rest: Seconds, out: Lengths
) -> Floats | None:
    each = [np.log(time / counted(lengths)) for lengths, time in rest.items()]
    return np.asarray(np.exp(np.mean(each, axis=0)) * counted(out))


def _phases(stack: StackCurves, places: Floats, rest: Seconds, out: Lengths) -> Floats | None:
    """The GPUs that prefill, as a share of a disaggregated row's, tell which part of a request's time is prefill."""
    each = []
    for lengths, time in rest.items():
        rows = stack.curves[lengths].knots.sort_values("interactivity")
        prefill = (1 - decode_share(rows)).where(rows["disaggregated"]).to_numpy()
        share = prefill[np.searchsorted(rows["interactivity"], places)]
        if np.isnan(share).any():
            return None
        each.append(np.log(time * (share * out[0] / lengths[0] + (1 - share) * out[1] / lengths[1])))
    return np.asarray(np.exp(np.mean(each, axis=0)))
