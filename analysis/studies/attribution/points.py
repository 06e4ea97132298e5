"""The operating points at which a comparison is taken apart: the scenario's, and those chosen for other lengths."""

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from analysis import formulas
from analysis.comparison import metrics
from analysis.comparison.head_to_head import HeadToHead, compare, workload
from analysis.errors import InputError
from analysis.frontier.crossings import ratio
from analysis.library.choices import choice
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Status, Value, calculate
from analysis.scenario import Parameters
from analysis.studies.attribution.factors import Attribution, attribute
from analysis.studies.attribution.stacks import Stacks, measured_stacks
from analysis.studies.attribution.steps import NO_MTP, Stack, waypoints

SUBJECTS = ("short prompts", "long prompts")


@dataclass(frozen=True)
class Point:
    """A comparison at one interactivity that both platforms serve."""

    pair: HeadToHead  # the measured rows of both platforms, at or above the interactivity
    stacks: Stacks  # the measured stacks of the workload
    at: Value  # the lowest interactivity from the scenario's on at which both curves have a value, in tok/s/user

    @property
    def workload(self) -> str:
        """The sequence lengths as the field says them."""
        return workload(self.stacks.input_tokens, self.stacks.output_tokens)

    @property
    def name(self) -> str:
        """The same as it stands in the names of tables and figures."""
        return self.workload.replace("/", "-")

    @property
    def where(self) -> dict[str, Any]:
        """What sentences and captions take of it: the sequence lengths and the interactivity."""
        return {"lengths": self.workload, "at": self.at}

    @property
    def platforms(self) -> tuple[str, str]:
        """Keys of the baseline and the subject."""
        return self.pair.baseline.platform.key, self.pair.subject.platform.key

    @property
    def of_one_platform(self) -> bool:
        """Whether a platform is compared with itself."""
        return len(set(self.platforms)) == 1

    @cached_property
    def ends(self) -> tuple[Stack, Stack]:
        """The best stack of the baseline and of the subject."""
        baseline, subject = (self._best(hardware) for hardware in self.platforms)
        return baseline, subject

    @property
    def route(self) -> tuple[str, ...]:
        """The platforms on the way from baseline to subject."""
        return waypoints(self.stacks.library, *self.platforms)

    @cached_property
    def best(self) -> Attribution:
        """The ratio of both platforms, each with its best stack."""
        return attribute(self.stacks, *self.ends, self.route, self.at.number)

    @cached_property
    def from_plain(self) -> Attribution:
        """The ratio of the subject with its best stack to the baseline with a plain one.

        Plain is aggregated serving in FP8 without speculative decoding, with the engine of the baseline's best stack.
        """
        baseline, subject = self.ends
        plain = replace(baseline, precision="fp8", speculative_decoding=NO_MTP, disaggregated=False)
        return attribute(self.stacks, plain, subject, self.route, self.at.number)

    @cached_property
    def equal_software(self) -> tuple[Stack, Stack, Value] | None:
        """The platforms with the same software and the ratio of their throughputs.

        The software is that of the baseline's best stack, else that of the subject's; None where neither was measured
        on both at this interactivity.
        """
        baseline, subject = self.ends
        for pair in (
            (baseline, replace(baseline, hardware=subject.hardware)),
            (replace(subject, hardware=baseline.hardware), subject),
        ):
            before, after = (self.stacks.value(stack, self.at.number) for stack in pair)
            if before and after:
                return *pair, calculate(formulas.ratio, numerator=after, denominator=before)
        return None

    @property
    def made(self) -> list[str]:
        """The metrics that are made from the throughput and price or power."""
        return [key for key in self.pair.metrics if metrics.METRICS[key].is_served and metrics.METRICS[key].formula]

    def metric(self, key: str) -> tuple[Value, Value]:
        """Return what price or power makes of the ratio of throughputs, and the ratio of a metric of `made`."""
        before, after = (side.given[metrics.METRICS[key].beside_throughput] for side in self.pair.sides)
        factor = calculate(formulas.ratio, mixing=self.pair.mixing(key), numerator=before, denominator=after)
        return factor, metrics.ratio(key, *self.levels(key))

    def levels(self, key: str, utilization: Value | None = None) -> tuple[Value, Value]:
        """Return a metric of the baseline and of the subject, each with its best stack.

        Args:
            key: One of `made`.
            utilization: Of both, as a share of full load; full load where it is not given.
        """
        levels = []
        for side, throughput in zip(self.pair.sides, self.throughputs, strict=True):
            delivered = throughput
            if utilization:
                delivered = calculate(
                    formulas.delivered_throughput_per_gpu, throughput_per_gpu=throughput, utilization=utilization
                )
            levels.append(metrics.level(key, {**side.given, "throughput_per_gpu": delivered}, calculate))
        return levels[0], levels[1]

    @cached_property
    def throughputs(self) -> tuple[Value, Value]:
        """What the best stacks deliver, in tok/s/GPU."""
        before, after = (self.stacks.value(stack, self.at.number) for stack in self.ends)
        assert before is not None
        assert after is not None
        return before, after

    @property
    def row_against_curve(self) -> Value:
        """The ratio of the measured rows over that of the curves at equal interactivity."""
        rows = self.pair.ratio("throughput_per_gpu")
        return calculate(formulas.ratio, numerator=rows, denominator=self.best.total)

    def _best(self, hardware: str) -> Stack:
        (stack,) = self.stacks.best(hardware, self.at.number)
        assert stack is not None
        return stack


def points(library: Library, conditions: Parameters) -> list[Point]:
    """Return the scenario's point, then the chosen points of other sequence lengths that both platforms serve.

    Raises:
        InputError: The platforms do not both serve the scenario's point.
    """
    served = [_point(library, conditions)]
    for subject in SUBJECTS:
        lengths = {name: int(choice(name, subject).number) for name in ("input_tokens", "output_tokens")}
        if any(getattr(conditions, name) != tokens for name, tokens in lengths.items()):
            floor = choice("interactivity", subject)
            with suppress(InputError):
                other = conditions.model_copy(update={**lengths, "minimum_interactivity": floor.number})
                served.append(_point(library, other, floor))
    return served


def _point(library: Library, conditions: Parameters, floor: Value | None = None) -> Point:
    pair = compare(library, conditions)
    stacks = measured_stacks(library, conditions)
    curves = [stacks.curve(side.platform.key) for side in pair.sides]
    assert curves[0] is not None
    assert curves[1] is not None
    ranges = ratio(curves[1], curves[0]).ranges
    asked = conditions.minimum_interactivity
    common = [max(low, asked) for low, high in ranges.tolist() if high >= asked]
    if not common:
        names = " and ".join(side.platform.name for side in pair.sides)
        raise InputError(f"{names}: no interactivity from {asked:g} tok/s/user on was measured on both")
    at = floor or pair.floor
    if min(common) > asked:
        note = f"the lowest from {asked:g} tok/s/user on that both curves cover"
        at = Value(min(common), quantity("interactivity"), "common point", Status.CHOSEN, note=note)
    return Point(pair, stacks, at)
