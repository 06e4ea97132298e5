"""Holds a run against itself: tokens over duration, requests in flight, and latency from its parts."""

from dataclasses import replace

from analysis.errors import InputError
from analysis.library.measurements.run import Run

SAME = 0.01  # how near, relatively, two ways to the same rate must come
HELD = (0.9, 1.1)
"""Share of the cap that is in flight where the cap was held; the start and the end of a run cost some."""
WHOLE = (0.75, 1.25)
"""TTFT + TPOT (OSL - 1) over the latency, of means: where lengths vary the mean of a product is not the product."""
TYPICAL = (0.5, 2.0)  # the same of medians, which need not add up at all


def check(run: Run) -> None:
    """Check that what a run tells fits together.

    Raises:
        InputError: Requests failed, or two figures contradict each other; the message has both.
    """
    if run.failed:
        every = "all" if not run.requests else f"{run.failed:,} of"
        total = (run.requests or 0) + run.failed
        raise InputError(f"{run.place}: {every} {total:,} requests failed; allowed is a run in which none did")
    _check_throughput(run)
    _check_latency(run)
    told, made = run.in_flight, _by_littles_law(run)
    if told and made and not TYPICAL[0] <= made / told <= TYPICAL[1]:
        raise InputError(
            f"{run.place}: request rate x mean latency is {made:,.3g} requests in flight; the file tells {told:,.4g} "
            "(are its times in another unit?)"
        )


def notes(run: Run) -> tuple[str, ...]:
    """Return what does not fit and yet refuses nothing: a duration with which the rates do not agree."""
    over = _over_duration(run)
    if over and run.request_rate and not _near(over, run.request_rate):
        return (
            f"requests / duration is {over:,.4g} req/s and the request rate {run.request_rate:,.4g} req/s; counted "
            "is the one that the tokens a second fit to",
        )
    return ()


def concurrency(run: Run) -> tuple[int, str]:
    """Return how many requests were in flight, and a note where that is not what the file names.

    By Little's law they are the requests a second x the mean latency. The client's `max concurrency` is a cap: where
    it was not held, the mean counts.

    Raises:
        InputError: More were in flight than the client let be, or nothing tells how many were.
    """
    mean = _by_littles_law(run) if run.in_flight is None else run.in_flight
    limit = max(run.cap or 0, run.peak or 0) or run.requests or 0
    if mean is not None and limit and mean > HELD[1] * limit:
        raise InputError(
            f"{run.place}: request rate x mean latency is {mean:,.1f} requests in flight; the client let be or sent "
            f"{limit:,g} (are its times in another unit?)"
        )
    if run.cap and (mean is None or mean >= HELD[0] * run.cap):
        return run.cap, ""
    if mean is None:
        raise InputError(
            f"{run.place}: nothing tells how many requests were in flight; run it with a cap (--max-concurrency) or "
            "save the latencies (--percentile-metrics ttft,tpot,itl,e2el)"
        )
    if mean < 0.5:
        told = f"{mean:.3g} requests in flight, {_way(run)}"
        raise InputError(f"{run.place}: {told}; allowed is a run under load (are its times in another unit?)")
    told = f"up to {run.cap} were let in" if run.cap else "the client had no cap"
    return round(mean), f"concurrency {round(mean)}: the mean in flight, {mean:.4g} {_way(run)}; {told}"


def with_rebuilt_tpot(run: Run) -> Run:
    """Return a run whose TPOT is made from latency, TTFT and output length: (E2E - TTFT) / (OSL - 1)."""
    later = (run.output_tokens or 0) - 1

    def rebuilt(latency: float | None, first: float | None) -> float | None:
        return None if latency is None or first is None else (latency - first) / later

    median = rebuilt(run.latency.median, run.ttft.median)
    return replace(
        run, tpot=replace(run.tpot, median=median, mean=rebuilt(run.latency.mean, run.ttft.mean), p99=None)
    )


def _by_littles_law(run: Run) -> float | None:
    latency = run.latency.mean or _from_parts(run) or run.latency.median
    return run.rate * latency if run.rate and latency else None


def _from_parts(run: Run) -> float | None:
    first, each, tokens = run.ttft.typical, run.tpot.typical, run.output_tokens
    return None if first is None or each is None or tokens is None else first + each * (tokens - 1)


def _check_latency(run: Run) -> None:
    told, parts = run.latency.typical, _from_parts(run)
    if told is None or parts is None:
        return
    means = None not in (run.latency.mean, run.ttft.mean, run.tpot.mean)
    low, high = WHOLE if means else TYPICAL
    if not low <= parts / told <= high:
        raise InputError(
            f"{run.place}: TTFT + TPOT x (output tokens - 1) is {parts:,.4g} s; the latency is {told:,.4g} s"
        )


def _check_throughput(run: Run) -> None:
    """Refuse tokens a second that fit neither to the duration nor to the requests a second."""
    if run.input_tokens is None or run.output_tokens is None:
        return
    ways = {"tokens / duration": _over_duration(run), "request rate x tokens a request": run.request_rate}
    for name, told, tokens in (
        ("total throughput", run.throughput, run.input_tokens + run.output_tokens),
        ("output throughput", run.output_throughput, run.output_tokens),
    ):
        made = {way: rate * tokens for way, rate in ways.items() if rate}
        if told and made and not any(_near(told, other) for other in made.values()):
            way, other = next(iter(made.items()))
            raise InputError(f"{run.place}: {name} is {told:,.8g} tok/s, {way} is {other:,.8g} tok/s")


def _over_duration(run: Run) -> float | None:
    return run.requests / run.duration if run.requests and run.duration else None


def _near(told: float, made: float) -> bool:
    return abs(told - made) <= SAME * made


def _way(run: Run) -> str:
    return "as the file tells" if run.in_flight is not None else "by Little's law"
