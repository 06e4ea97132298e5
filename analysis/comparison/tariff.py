"""What requests of any lengths cost on a platform, and what serves them: measured, else by the two-part tariff."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from analysis import formulas
from analysis.comparison.contenders import Contender, answering, contender, price
from analysis.comparison.requests import asked, counted, is_measured, request_of
from analysis.frontier.operating import throughput_at
from analysis.frontier.own_lengths import Modeled, ModeledCurve, modeled_curve
from analysis.frontier.tariff import Request
from analysis.library.quantities import counts, quantity, workload
from analysis.library.sources import Library, Platform
from analysis.library.values import Status, Value, calculate, resting_on
from analysis.scenario import Parameters

PER_MILLION = 1e6
BOTH = ("tokens",)  # a request mixes input and output tokens


@dataclass(frozen=True, eq=False, repr=False)
class Tariff:
    """What tokens take and cost on a platform at one interactivity, by the stack that serves the request best.

    Attributes:
        point: The stack that serves, and how wrong its tariff typically is.
        interactivity: That is served, in tok/s/user.
        input_time: GPU time of input tokens that no cache holds, in GPU s/Mtok, between its ends by the error.
        output_time: GPU time of output tokens, likewise.
        price: Of a GPU-hour, in USD/GPU/h.
    """

    platform: Platform
    request: Request
    point: Modeled
    interactivity: Value
    input_time: Value
    output_time: Value
    price: Value

    def __repr__(self) -> str:
        """Both costs and the error, on a line."""
        costs = f"input tokens {self.input_cost}, output tokens {self.output_cost}"
        return f"<{self.platform.name} at {self.interactivity}: {costs}, off by a factor of {self.error.show()}>"

    @property
    def error(self) -> Value:
        """By what factor the tariff is typically wrong where a workload of the stack is left out."""
        return Value(self.point.error, quantity("typical_error"), self.platform.name, Status.DERIVED)

    @cached_property
    def input_cost(self) -> Value:
        """Cost of a million computed input tokens, in USD/Mtok; those that a cache holds cost nothing here."""
        times = {"price_per_gpu_hour": self.price, "input_token_time": self.input_time}
        return calculate(formulas.input_token_cost, mixing=(), **times)

    @cached_property
    def output_cost(self) -> Value:
        """Cost of a million output tokens, in USD/Mtok."""
        return calculate(
            formulas.output_token_cost, price_per_gpu_hour=self.price, output_token_time=self.output_time
        )

    @cached_property
    def throughput(self) -> Value:
        """Input and output tokens per second, in tok/s/GPU."""
        return _throughput(self.request, self.input_time, self.output_time)

    @cached_property
    def cost(self) -> Value:
        """Cost of a million tokens of the request, in USD/Mtok."""
        return calculate(
            formulas.cost_per_million_tokens, price_per_gpu_hour=self.price, throughput_per_gpu=self.throughput
        )

    @cached_property
    def output_price(self) -> Value:
        """The price of output tokens that covers the whole request if input is free, in USD/Mtok."""
        lengths = {key: value for key, value in asked(self.request).items() if key != "cache_hit_rate"}
        return calculate(formulas.output_price_for_all, mixing=(), cost_per_million_tokens=self.cost, **lengths)

    @cached_property
    def request_cost(self) -> Value:
        """Cost of the request, in USD."""
        costs = {"input_token_cost": self.input_cost, "output_token_cost": self.output_cost}
        made = calculate(formulas.request_cost, mixing=BOTH, **asked(self.request), **costs)
        return replace(made, subject=self.platform.name)


def tariff(
    library: Library,
    conditions: Parameters,
    hardware: str,
    *,
    interactivity: float | None = None,
    request: Request | None = None,
    price_per_gpu_hour: Value | None = None,
) -> Tariff | None:
    """Return what an input and an output token take and cost on a platform; None where nothing serves the speed.

    At the lengths of a measured workload the two parts add up to what was measured there. Speed (tok/s/user), request
    and price are the scenario's where they are not given.

    Raises:
        InputError: The lengths lie outside of the region that the model answers for, no stack was measured at two
            workloads, or the platform has no price.
    """
    curve = modeled(library, conditions, hardware, request or request_of(conditions))
    paid = price_per_gpu_hour or price(library, conditions, hardware)
    speed = conditions.minimum_interactivity if interactivity is None else interactivity
    return tariff_at(library, curve, speed, paid)


def modeled(library: Library, conditions: Parameters, hardware: str, request: Request) -> ModeledCurve:
    """Return the modeled curve of a platform for a request under a scenario; the rows behind it keep its limits."""
    constraints = answering(conditions)
    return modeled_curve(library, hardware, request, as_of=conditions.as_of, constraints=constraints)


def tariff_at(library: Library, curve: ModeledCurve, interactivity: float, paid: Value) -> Tariff | None:
    """Return the tariff of a modeled curve at an interactivity or above it; None where nothing serves it."""
    point = curve.point(interactivity)
    if point is None:
        return None
    platform = library.platform(curve.hardware)
    inputs = _measured(library, point)
    speed = Value(point.interactivity, quantity("interactivity"), platform.name, Status.DERIVED, note="as served")
    of_input, of_output = (_time(kind, platform.name, point, inputs) for kind in ("input", "output"))
    return Tariff(platform, curve.request, point, speed, of_input, of_output, paid)


def _time(kind: str, subject: str, point: Modeled, inputs: Mapping[str, Value]) -> Value:
    time = PER_MILLION * float(getattr(point.tariff, f"{kind}_token")[0])
    kinds = {"model": next(value.kinds["model"] for value in inputs.values()), "tokens": f"{kind} tokens"}
    return Value(
        time, quantity(f"{kind}_token_time"), subject, Status.MODELED, kinds,
        note=f"two-part tariff of {point.stack.series} at {point.interactivity:.4g} tok/s/user, off by a factor of "
        f"{point.error:.3g} where a workload is left out",
        bracket=(time / point.error, time * point.error), **resting_on(inputs),
    )  # fmt: skip


def _measured(library: Library, point: Modeled) -> dict[str, Value]:
    """The throughput of the stack at each of its workloads, by the workload's name."""
    values = {
        workload(*lengths): throughput_at(library, alone, point.interactivity, counts(library.model, *lengths))
        for lengths, alone in point.stack.curves.items()
    }
    return {name: value for name, value in values.items() if value}


def _throughput(request: Request, input_time: Value, output_time: Value) -> Value:
    times = {"input_token_time": input_time, "output_token_time": output_time}
    modeled = calculate(formulas.modeled_throughput_per_gpu, mixing=BOTH, **asked(request), **times)
    kinds = counted(input_time.kinds["model"], request)
    return replace(modeled, quantity=quantity("throughput_per_gpu"), subject=input_time.subject, kinds=kinds)


class ModeledContender(Contender):
    """A platform serving requests that nobody measured there; attributes as of `Contender`, its curve modeled."""

    curve: ModeledCurve

    def tariff(self, interactivity: float) -> Tariff | None:
        """Return what tokens take and cost at an interactivity (tok/s/user); None where nothing serves it."""
        return tariff_at(self.library, self.curve, interactivity, self.price)

    def throughput(self, interactivity: float) -> Value | None:
        """Return the modeled throughput at an interactivity (tok/s/user), in tok/s/GPU; None where nothing serves."""
        tariff = self.tariff(interactivity)
        return replace(tariff.throughput, kinds=self.kinds) if tariff else None


def serving(
    library: Library, conditions: Parameters, hardware: str, request: Request | None = None, *, role: str = ""
) -> Contender:
    """Return a platform under a scenario's conditions: by its curve where it was measured so, else modeled.

    Arguments as for `analysis.comparison.contenders.contender`; a request is asked where it is not the scenario's.

    Raises:
        InfeasibleError: A constraint leaves no row.
        InputError: The lengths lie outside of the region that the model answers for, or there is no price or power.
    """
    wanted = request or request_of(conditions)
    if is_measured(library, hardware, wanted):
        return contender(library, conditions, hardware, role=role, lengths=wanted.lengths)
    curve = modeled(library, conditions, hardware, wanted)
    power = library.power(hardware, conditions.vintage)
    return ModeledContender(
        library, curve, price(library, conditions, hardware, role), power, counted(library.model, wanted)
    )
