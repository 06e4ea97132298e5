"""What a scenario's requests ask, in words and as values, and whether a platform was measured at that."""

import re

from analysis.errors import InputError
from analysis.frontier.measured import Measured
from analysis.frontier.operating import measured
from analysis.frontier.tariff import Request, mixed
from analysis.library.quantities import Quoted, counts, quantity, workload
from analysis.library.sources import Library
from analysis.library.values import Status, Value
from analysis.scenario import Parameters

_WORDS = re.compile(r"([0-9]{1,7}k?)/([0-9]{1,7}k?)(?:, ([0-9]{1,3}(?:\.[0-9]{1,3})?)% of the input cached)?")


def request_of(conditions: Parameters) -> Request:
    """Return what a scenario's requests ask: its lengths and cache, or the mean of its workloads."""
    if not conditions.workloads:
        return Request(conditions.input_tokens, conditions.output_tokens, conditions.cache_hit_rate)
    each = [Request(one.input_tokens, one.output_tokens, one.cache_hit_rate) for one in conditions.workloads]
    return mixed([one.share for one in conditions.workloads], each)


def in_words(request: Request) -> str:
    """Return what a request asks as the field says it: 1k/1k, or 12000/600 and the share that a cache holds."""
    lengths = workload(round(request.input_tokens), round(request.output_tokens))
    mean = f"{lengths} in the mean of {len(request.parts)} workloads" if request.parts else lengths
    cached = f"{100 * request.cache_hit_rate:.3g}% of the input cached"
    return Quoted(f"{mean}, {cached}" if request.cache_hit_rate else mean)


def request_in(words: str) -> Request | None:
    """Return the request that `in_words` says so, with lengths in tokens or thousands; None where it is none."""
    match = _WORDS.fullmatch(words)
    if match is None:
        return None
    inputs, outputs = (1024 * int(each[:-1]) if each.endswith("k") else int(each) for each in match.group(1, 2))
    rate = float(match[3] or 0) / 100
    return Request(inputs, outputs, rate) if inputs and outputs and rate <= 1 else None


def is_measured(library: Library, hardware: str, request: Request) -> bool:
    """Return whether a platform was measured at a request's lengths, without a cache."""
    return not measured_rows(library, hardware, request.lengths).rows.empty


def measured_rows(library: Library, hardware: str, lengths: tuple[int, int] | None) -> Measured:
    """Return the rows of a platform that were measured at these lengths, in tokens; none where none are given."""
    try:
        return measured(library).of(hardware, lengths or (0, 0))
    except InputError:
        return Measured(library.benchmark.iloc[:0])


def asked(request: Request) -> dict[str, Value]:
    """Return a request's tokens and cache hit rate as values, by quantity."""
    return {name: chosen(request, name, "request") for name in ("input_tokens", "output_tokens", "cache_hit_rate")}


def chosen(of: Parameters | Request, name: str, subject: str, key: str = "", printed: str = "") -> Value:
    """Return a parameter as a value, of the quantity that it is named after or of another key."""
    amount, of_quantity = float(getattr(of, name)), quantity(key or name)
    return Value(amount, of_quantity, subject, Status.CHOSEN, place=f"parameter {name}", printed=printed)


def floor(conditions: Parameters, subject: str = "floor") -> Value:
    """Return the interactivity that each user gets at least, in tok/s/user, as the scenario asks."""
    printed = f"{conditions.minimum_interactivity:g}"
    return chosen(conditions, "minimum_interactivity", subject, "interactivity", printed)


def counted(model: str, request: Request) -> dict[str, str]:
    """Return what a throughput of requests to a model counts."""
    return {**counts(model, 1, 1), "workload": in_words(request)}
