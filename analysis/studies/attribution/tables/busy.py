"""The tables of a day's load, with utilization as its result, and of goodput."""

from math import isnan

import pandas as pd

from analysis.comparison.requests import floor
from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import records
from analysis.studies.attribution.busy import Busy


def day(busy: Busy) -> Shown | None:
    """Return GPUs, utilization and speeds over a day by its shape; None where neither platform serves."""
    if not busy.days:
        return None
    return records(
        "day",
        "Model: {load} tokens a day by the shape of the day, each user with at least {floor} tok/s/user.",
        [
            {
                "Platform": fleet.throughput.subject,
                "Arrivals": name,
                "May wait": busy.batch if share else "none",
                "Peak over mean": fleet.load.peak_factor,
                "GPUs at the peak": fleet.gpus,
                "GPUs, mean of the hours": fleet.needed,
                "Utilization": fleet.utilization,
                "Quietest hour (tok/s/user)": fleet.quietest,
            }
            for name, share, fleet in busy.days
        ],
        note="GPUs by their number, not in whole deployments, so many that the busiest hour takes at most {most:2} "
        "of what they serve at full load. What may wait fills the hours of least load. In the "
        "quietest hour fewer requests share a GPU, and the same series serves them faster, at most at its fastest "
        "measured row. The mean of the hours is what GPUs had by the hour would take.",
        load=busy.load,
        most=busy.most,
        floor=floor(busy.conditions),
    )


def goodput(busy: Busy) -> Shown | None:
    """Return the throughput of rows that keep limits on tails; None where no row keeps any."""
    if not any(tails.speed_kept for tails in busy.tails):
        return None
    return records(
        "goodput",
        "Goodput: the best measured row in which all but the slowest hundredth of the requests keep a speed, and the "
        "best in which they have their first token in {wait} s as well.",
        [
            {
                "Platform": busy.library.platform(tails.hardware).name,
                "At least (tok/s/user)": tails.level,
                "Speed kept (tok/s/GPU)": tails.speed_kept.throughput if tails.speed_kept else "no row",
                "First token there (s)": _wait(busy, tails.speed_kept.row) if tails.speed_kept else "–",
                "Both kept (tok/s/GPU)": tails.both_kept.throughput if tails.both_kept else "no row",
            }
            for tails in busy.tails
        ],
        note="The first token is that of the slowest hundredth: the wait that all other requests stay below. A row "
        "was measured with a fixed number of requests in flight, not with arrivals at random.",
        wait=busy.wait,
    )


def _wait(busy: Busy, row: pd.Series) -> Cell:
    return "–" if isnan(row["ttft_p99"]) else busy.library.measured(row, "ttft_p99", "ttft_tail", {})
