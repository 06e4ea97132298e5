"""What serves on a platform, and which single changes lead from one serving stack to another, in which orders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, permutations
from typing import Any

from analysis.library.sources import Library

ENGINES = {
    **dict.fromkeys(("sglang", "dynamo-sglang", "mori-sglang"), "SGLang"),
    **dict.fromkeys(("trt", "dynamo-trt"), "TensorRT-LLM"),
    **dict.fromkeys(("vllm", "dynamo-vllm"), "vLLM"),
    "atom": "ATOM",
}
"""The engine inside each serving framework; what stands before the hyphen coordinates several of them."""

NO_MTP = "none"
FEATURES = ("engine", "precision", "speculative_decoding", "disaggregated")
IDENTITY = ("hardware", "framework", *FEATURES)


@dataclass(frozen=True, order=True)
class Stack:
    """A platform and what serves on it."""

    hardware: str
    engine: str  # serving engine, whoever coordinates it
    precision: str  # of the weights, "fp8" or "fp4"
    speculative_decoding: str  # "none" or "mtp"
    disaggregated: bool  # whether prefill and decode run on separate workers

    @property
    def software(self) -> str:
        """What serves, in words and without the platform."""
        return ", ".join(in_words(name, getattr(self, name)) for name in FEATURES)


def in_words(feature: str, value: str | bool) -> str:
    """Return one feature of a stack in words."""
    if feature == "disaggregated":
        return "disaggregated" if value else "aggregated"
    if feature == "speculative_decoding":
        return "no MTP" if value == NO_MTP else str(value).upper()
    return str(value).upper() if feature == "precision" else str(value)


SAME_CHIP = {"gb200": "b200", "gb300": "b300"}  # the platform of 8-GPU nodes that has the same GPU as a rack

ORDER = ("disaggregated", "speculative_decoding", "engine", "hardware", "precision")
"""Software that any platform can run first, then the platform, then the precision that only newer ones compute."""

HARDWARE, RACK, PRECISION, SPECULATION, DISAGGREGATION, ENGINE, PLATFORM, UNDIVIDED = KINDS = (
    "hardware", "eight-GPU nodes or rack", "precision", "speculative decoding", "disaggregated serving",
    "serving engine", "hardware and serving engine together", "all changes together",
)  # fmt: skip
"""What a change is a change of. The last two stand where the rows do not tell the changes apart.

From eight-GPU nodes to a rack of the same GPU more changes than how many GPUs share memory at full speed: host
processors, network, the power limit of a chip, and the recipes that were tried.
"""

TOTAL = "Ratio of throughput per GPU"  # what all changes make together, as tables and figures call it

_KINDS = {
    "disaggregated": DISAGGREGATION,
    "speculative_decoding": SPECULATION,
    "engine": ENGINE,
    "precision": PRECISION,
}
FIELDS = ("hardware", *FEATURES)
Features = tuple[tuple[str, str | bool], ...]


@dataclass(frozen=True)
class Step:
    """One change of a serving stack."""

    kind: str
    before: Features
    after: Features

    def of(self, stack: Stack) -> Stack | None:
        """Return the stack after the change; None where it is not the one to be changed."""
        if any(getattr(stack, feature) != value for feature, value in self.before):
            return None
        change: dict[str, Any] = dict(self.after)
        return replace(stack, **change)


def change(library: Library, step: Step) -> str:
    """Return what changes, in words: from what to what."""
    before, after = (
        ", ".join(
            library.platform(str(value)).name if name == "hardware" else in_words(name, value) for name, value in side
        )
        for side in (step.before, step.after)
    )
    return f"{before} to {after}"


def waypoints(library: Library, baseline: str, subject: str) -> tuple[str, ...]:
    """Return the platforms on the way from one to another.

    Between platforms that differ in the number of GPUs of a system, the way leads over the 8-GPU platform with the
    rack's GPU, so that chip and rack can be told apart.

    Raises:
        InputError: No such platform.
    """
    domains = [library.platform(key).gpus_per_system for key in (baseline, subject)]
    between = [SAME_CHIP[key] for key in (baseline, subject) if key in SAME_CHIP and domains[0] != domains[1]]
    return tuple(dict.fromkeys((baseline, *between, subject)))


def ways(start: Stack, end: Stack, route: Sequence[str]) -> tuple[tuple[Step, ...], ...]:
    """Return the ways to divide the change from one stack to another into steps, the finest first.

    The finest changes one feature at a time, and the platform along the route; then come the platform at once, the
    platform with its engine, and all at once. The steps of each are in the default order.
    """
    direct = (start.hardware, end.hardware)
    fine, coarse = _apart(start, end, route), _apart(start, end, direct)
    joined = coarse
    if start.engine != end.engine and start.hardware != end.hardware:
        rest = [step for step in coarse if step.kind in (DISAGGREGATION, SPECULATION, PRECISION)]
        joined = (*rest, _between(start, end, ("hardware", "engine"), PLATFORM))
    changed = [feature for feature in FIELDS if getattr(start, feature) != getattr(end, feature)]
    whole = (_between(start, end, changed, UNDIVIDED),) if len(changed) > 1 else coarse
    return tuple(dict.fromkeys((fine, coarse, joined, whole)))


def paths(start: Stack, changes: Sequence[Step]) -> Iterator[tuple[Stack, ...]]:
    """Yield the stacks along every possible order of the changes, the given order first.

    Changes of one feature keep their order among themselves.
    """
    for order in permutations(changes):
        if stacks := _along(start, order):
            yield stacks


def taken(changes: Sequence[Step], before: Stack, after: Stack) -> Step:
    """Return which of the changes leads from one stack to the next."""
    return next(step for step in changes if step.of(before) == after)


def _apart(start: Stack, end: Stack, route: Sequence[str]) -> tuple[Step, ...]:
    steps = []
    for feature in ORDER:
        values = list(route) if feature == "hardware" else [getattr(start, feature), getattr(end, feature)]
        for before, after in pairwise(values):
            if before != after:
                kind = _KINDS.get(feature) or _hardware_kind(before, after)
                steps.append(Step(kind, ((feature, before),), ((feature, after),)))
    return tuple(steps)


def _between(start: Stack, end: Stack, features: Sequence[str], kind: str) -> Step:
    before, after = (tuple((feature, getattr(stack, feature)) for feature in features) for stack in (start, end))
    return Step(kind, before, after)


def _along(start: Stack, order: Sequence[Step]) -> tuple[Stack, ...]:
    stacks = [start]
    for step in order:
        following = step.of(stacks[-1])
        if following is None:
            return ()
        stacks.append(following)
    return tuple(stacks)


def _hardware_kind(before: str, after: str) -> str:
    return RACK if SAME_CHIP.get(before) == after or SAME_CHIP.get(after) == before else HARDWARE
