"""How many rows stand behind a comparison, how many of them agree with themselves, and how old they are."""

from datetime import date

import pandas as pd

from analysis.library.loading.quality import gpus, quality_table
from analysis.library.quantities import quantity
from analysis.library.values import Source, Status, Value

GROUP = ["hardware", "framework"]


def trust_table(rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return, per platform and framework, how many rows there are and what must be known of them.

    The columns are those of `analysis.library.loading.quality.quality_table` and `misleading_gpus`, rows whose GPU
    columns do not hold the GPUs of the deployment, and `left_out`, rows measured after the cut-off day.
    """
    told = rows["decode_gpus"] + rows["prefill_gpus"].where(rows["disaggregated"], 0)
    marked = rows.assign(misleading_gpus=gpus(rows) != told, left_out=rows["date"] > pd.Timestamp(as_of))
    more = marked.groupby(GROUP)[["misleading_gpus", "left_out"]].sum().reset_index()
    return quality_table(rows).merge(more, on=GROUP)


def age(days: pd.Series, as_of: date, subject: str, sources: tuple[Source, ...]) -> Value:
    """Return the median age of rows on a day, in days."""
    return Value(
        float((pd.Timestamp(as_of) - days).dt.days.median()),
        quantity("age"),
        subject,
        Status.DERIVED,
        sources=sources,
        as_of=as_of.isoformat(),
    )
