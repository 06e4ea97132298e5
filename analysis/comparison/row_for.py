"""What a measured row of one workload delivers for requests of other lengths: its own time, scaled by the tariff."""

import pandas as pd

from analysis.comparison.contenders import answering
from analysis.comparison.requests import counted
from analysis.frontier.constraints import series_names
from analysis.frontier.own_lengths import answers_for
from analysis.frontier.stacks import rule, stacks
from analysis.frontier.tariff import Request, error, missed, tariff_of
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.terms import counts
from analysis.library.values import Status, Value
from analysis.scenario import Parameters


def row_for(library: Library, conditions: Parameters, row: pd.Series, request: Request) -> Value | None:
    """Return the throughput of a measured row's configuration for requests of any lengths, in tok/s/GPU.

    At the row's own lengths that is what was measured. Else the GPU time of one of its requests is scaled by the
    tariff of its stack at its interactivity. Whoever sizes a fleet by rows for lengths that nobody measured takes the
    rows of the nearest workload and this in place of their throughput; the time to first token is scaled by
    `analysis.formulas.modeled_ttft`.

    Args:
        library: The figures.
        conditions: Cut-off day and limits; the tariff is made from the rows that keep them.
        row: A row of the library's benchmark.
        request: Its lengths, and what a cache holds of them.

    Returns:
        None where the stack was not measured at two workloads at this speed, or does not answer for these lengths.
    """
    lengths = (int(row["input_tokens"]), int(row["output_tokens"]))
    measured = library.measured(row, "throughput_per_gpu", "throughput_per_gpu", counts(library.model, *lengths))
    if request.lengths == lengths:
        return measured
    hardware, speed = str(row["hardware"]), float(row["interactivity_median"])
    series = series_names(row.to_frame().T).iloc[0].removeprefix(f"{hardware} ")
    known = stacks(library, hardware, as_of=conditions.as_of, constraints=answering(conditions))
    stack = next((each for each in known if each.series == series and lengths in each.curves), None)
    if stack is None or not stack.places.size or speed > stack.places[-1] or not answers_for(stack, request):
        return None
    seconds, rules = stack.seconds(speed), rule(library, conditions.as_of)
    asked = float(tariff_of(seconds, request, *rules).seconds(request)[0])
    longer = asked / float(seconds[lengths][0])
    amount = measured.number * request.tokens / (sum(lengths) * longer)
    off = float(error(missed(seconds, *rules))[0])
    return Value(
        amount, quantity("throughput_per_gpu"), measured.subject, Status.MODELED, counted(library.model, request),
        measured.sources, measured.as_of,
        note=f"by the two-part tariff of {series}, off by a factor of {off:.3g} where a workload is left out",
        inputs={"row": measured}, bracket=(amount / off, amount * off),
    )  # fmt: skip
