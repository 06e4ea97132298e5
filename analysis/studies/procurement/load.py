"""What a buyer's load is: tokens a day, their peak, and how they grow."""

from dataclasses import dataclass, replace

from analysis import formulas
from analysis.comparison.day import day_load
from analysis.comparison.requests import asked, request_of
from analysis.errors import InputError
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value, made
from analysis.scenario import Parameters, contradiction

SUBJECT = "the buyer's load"


@dataclass(frozen=True)
class Load:
    """Tokens that a buyer serves."""

    tokens_per_day: Value  # input and output tokens, in tok/day
    # Tokens in the mix of the measured lengths among which are all of the buyer's, in tok/day; more than the former
    # where the buyer's mix is another one.
    as_measured: Value
    peak: Value  # what is served at the peak, in the measured mix, in tok/s
    peak_factor: Value  # load at the peak over the mean load
    peak_utilization: Value  # load at the peak as a share of what the fleet delivers at full load
    growth: Value  # in a year, as a share of the load
    requests: Value | None = None  # in flight at once at the peak, where the buyer counts users


def load_of(conditions: Parameters) -> Load:
    """Return the load that a scenario states: users, or input and output tokens, or else their sum.

    Input and output tokens may stand in another ratio than the lengths at which throughput was measured. The load is
    then the larger of the two that the measured mix needs, one for all input and one for all output tokens.

    A user has one request in flight and gets the minimum interactivity; the input follows from the lengths.

    Raises:
        InputError: The load is stated twice, or only one of input and output tokens is.
    """
    if fault := contradiction(conditions):
        raise InputError(f"parameter {fault}")
    if conditions.concurrent_users is not None:
        return _of_users(conditions)
    if conditions.input_tokens_per_day is not None:
        return _of_both(conditions)
    total = stated(conditions, "tokens_per_day")
    return _load(conditions, total, total)


def _of_users(conditions: Parameters) -> Load:
    users = stated(conditions, "concurrent_users")
    floor = stated(conditions, "minimum_interactivity", "interactivity")
    peak, share = _peak_factor(conditions), _input_share(conditions)
    output = made(
        SUBJECT, formulas.output_tokens_per_day, concurrent_users=users, interactivity=floor, peak_factor=peak
    )
    total = made(SUBJECT, formulas.tokens_per_day_for_output, output_tokens_per_day=output, input_share=share)
    requests = replace(users, quantity=quantity("requests_in_flight"), note="one request of each user")
    return replace(_load(conditions, total, total), requests=requests)


def _of_both(conditions: Parameters) -> Load:
    inputs, outputs = (stated(conditions, f"{side}_tokens_per_day") for side in ("input", "output"))
    total = made(SUBJECT, formulas.tokens_per_day, input_tokens_per_day=inputs, output_tokens_per_day=outputs)
    share = _input_share(conditions)
    for_input = made(SUBJECT, formulas.tokens_per_day_for_input, input_tokens_per_day=inputs, input_share=share)
    for_output = made(SUBJECT, formulas.tokens_per_day_for_output, output_tokens_per_day=outputs, input_share=share)
    return _load(conditions, total, max(for_input, for_output, key=lambda value: value.number))


def _load(conditions: Parameters, total: Value, as_measured: Value) -> Load:
    factor = _peak_factor(conditions)
    peak = made(SUBJECT, formulas.peak_load, tokens_per_day=as_measured, peak_factor=factor)
    full = stated(conditions, "peak_utilization")
    return Load(total, as_measured, peak, factor, full, _growth(conditions))


def _peak_factor(conditions: Parameters) -> Value:
    """Return the load at the peak over the mean load: of the shape of the buyer's day where it is stated."""
    if conditions.day_shape is None and not conditions.hourly_load:
        return stated(conditions, "peak_factor")
    return day_load(conditions, stated(conditions, "tokens_per_day")).peak_factor


def _growth(conditions: Parameters) -> Value:
    if conditions.growth_per_month is None:
        return stated(conditions, "growth_per_year")
    return made(SUBJECT, formulas.growth_per_year, growth_per_month=stated(conditions, "growth_per_month"))


def _input_share(conditions: Parameters) -> Value:
    mixed = asked(request_of(conditions)) if conditions.workloads else {}
    lengths = {name: mixed.get(name) or stated(conditions, name) for name in ("input_tokens", "output_tokens")}
    return made(SUBJECT, formulas.input_share, **lengths)


def months(conditions: Parameters) -> Value:
    """Return the horizon that a scenario states or leaves to its default, in months."""
    return stated(conditions, "horizon")


def stated(conditions: Parameters, name: str, key: str = "") -> Value:
    """Return a parameter as a value: what the buyer states is chosen; what is left to its default is assumed."""
    status = Status.CHOSEN if conditions.states(name) else Status.ASSUMED
    amount, of = float(getattr(conditions, name)), quantity(key or name)
    printed = f"{amount:,g}" if of.style == "plain" else ""
    return Value(amount, of, SUBJECT, status, place=f"parameter {name}", printed=printed)
