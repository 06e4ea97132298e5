"""What utilization, software and the price of a GPU-hour make of cost per token."""

import pandas as pd

from analysis import formulas
from analysis.comparison.spread import leave_open
from analysis.exhibits.statements import Shown, answer, conclude, note, say
from analysis.library.quantities import Quoted, left_out, listing, plural
from analysis.library.values import calculate, counted, some
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.software import SOURCE, software_gains
from analysis.studies.attribution.study import Study, matching_price


def utilization(study: Study) -> Shown:
    """Say what a token costs at the lowest utilization."""
    low, point = study.utilizations[0], study.here
    return answer(
        "Cost per token is inverse to utilization: at {low:2} it is {times} what it is at full load, on every "
        "platform alike. At equal utilization no ratio of two platforms changes.",
        low=low,
        times=calculate(
            formulas.ratio,
            numerator=point.levels("cost_per_million_tokens", low)[0],
            denominator=point.levels("cost_per_million_tokens")[0],
        ),
    )


def break_even_utilization(study: Study) -> Shown:
    """Say down to which utilization the platform with the dearer hour keeps its advantage per token."""
    point = study.here
    sides = sorted(
        zip(point.pair.sides, point.levels("cost_per_million_tokens"), strict=True),
        key=lambda pair: -pair[0].given["price_per_gpu_hour"].number,
    )
    (dearer, own), (other, others) = sides
    if dearer.given["price_per_gpu_hour"].number == other.given["price_per_gpu_hour"].number:
        return answer("Both cost the same per GPU-hour, so that neither has a dearer hour to fill.")
    limit = calculate(
        formulas.break_even_utilization,
        mixing=point.pair.mixing("cost_per_million_tokens"),
        cost_per_million_tokens=own,
        other_cost_per_million_tokens=others,
        other_utilization=study.utilizations[-1],
    )
    ahead = own.number < others.number
    return conclude(
        "{dearer} costs more per GPU-hour. Against {other} at full load it keeps its advantage per token down to a "
        "utilization of {limit} at {lengths} and {at} tok/s/user."
        if ahead
        else "{dearer} costs more per GPU-hour and, at {lengths} and {at} tok/s/user, also more per token: it has no "
        "advantage to lose.",
        dearer=dearer.platform.name,
        other=other.platform.name,
        **point.where,
        **({"limit": limit} if ahead else {}),
    )


def largest_gain(study: Study) -> Shown | None:
    """Say what software gained most on the platforms compared; nothing where no configuration was run again."""
    software = study.largest_gain
    if software is None:
        return None
    return answer(
        "Of the platforms compared, the largest gain of software is that of {framework} on {platform}: {gain} in "
        "interactivity at the median of {count} configurations, between {first} and {last}. If that holds for all "
        "configurations and nothing more is gained, the mean speed over the life of the hardware is {lifetime} of "
        "the first.",
        platform=study.library.platform(software.hardware).name,
        framework=software.framework,
        gain=software.interactivity,
        count=software.configurations,
        first=software.first,
        last=software.last,
        lifetime=software.lifetime,
    )


def accounting(study: Study) -> Shown:
    """Say how many configurations gained throughput that interactivity does not explain."""
    table = software_gains(study.library)
    return say(
        "{accounting} of {all} configurations, over all platforms, gained throughput without gaining interactivity "
        "alike. At equal concurrency and lengths, and on as many GPUs, throughput moves with the time that a "
        "request takes: what interactivity does not explain is the time to the first token or a change of "
        "accounting, such as of the GPUs that throughput is divided by. It is not counted as a gain of software "
        "here.",
        accounting=counted(int(table["accounting"].sum()), "configurations whose accounting changed"),
        all=counted(len(table), "configurations run again"),
    )


def later_runs(study: Study) -> Shown | None:
    """Say that the repeated runs are of another model than the rows, or some of them later; nothing where neither."""
    library = study.library
    title, last = library.sources[SOURCE].title, library.tables["software_gains"]["last_date"]
    is_later = (last > pd.Timestamp(study.conditions.as_of)).any()
    notes = [
        *(["Some of the repeated runs are later than the cut-off day of the rows."] if is_later else []),
        *(["The repeated runs are of another model than {model}: {title}."] if library.model not in title else []),
    ]
    return note(" ".join(notes), model=library.model, title=Quoted(title)) if notes else None


def cheaper_platforms(study: Study, point: Point) -> Shown | None:
    """Say how many of the platforms with a cheaper hour have a cheaper token; nothing where no other was measured.

    Where the measured rows or the spread of repeated runs leave an order open, neither is said to cost less.
    """
    prices, subject, at = study.prices, study.conditions.subject, point.at.number
    matched = {
        hardware: price
        for hardware in study.others
        if hardware in prices and (price := matching_price(point.stacks, hardware, subject, prices[subject], at))
    }
    if not matched:
        return None
    tied = [hardware for hardware, price in matched.items() if leave_open(study.library, price, prices[hardware])]
    cheaper = [
        hardware
        for hardware, price in matched.items()
        if hardware not in tied and price.number > prices[hardware].number
    ]
    less = [hardware for hardware in matched if prices[hardware].number < prices[subject].number]
    told = "none of them is shown to cost less."
    if cheaper:
        told = f"{{cheaper}} of the {{count}} cost{'s' * (len(cheaper) == 1)} less: {{which}}."
    if tied:
        told += " The rows around this point and the spread of repeated runs do not tell {tied} apart from {subject}."
    return say(
        f"At {{lengths}} and {{at}} tok/s/user, {{count}} other {plural(len(matched), 'platform')} "
        f"{'was' if len(matched) == 1 else 'were'} measured; {{less}} of them cost{'s' * (len(less) == 1)} less per "
        "GPU-hour than {subject}. Per token, " + told + "{left_out}",
        left_out=left_out(study.unpriced),
        role="answer",
        finding=point is study.here,
        **point.where,
        count=counted(len(matched), f"other platforms measured at {point.workload}"),
        less="all" if len(less) == len(matched) > 1 else some(len(less), f"cheaper per GPU-hour at {point.workload}"),
        cheaper=counted(len(cheaper), f"platforms that cost less per token at {point.workload}"),
        which=listing([study.library.platform(hardware).name for hardware in cheaper]),
        tied=listing([study.library.platform(hardware).name for hardware in tied]),
        subject=point.pair.subject.platform.name,
    )
