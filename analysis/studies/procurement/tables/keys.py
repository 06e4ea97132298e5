"""Which keys of a scenario shape a brief, so that nothing that was asked is passed over in silence."""

from analysis.exhibits.statements import Shown
from analysis.exhibits.tables import table
from analysis.library.terms import Quoted
from analysis.scenario import Parameters
from analysis.studies.procurement.brief import Brief

APPLIED = {
    "the load": ("tokens_per_day", "input_tokens_per_day", "output_tokens_per_day", "concurrent_users", "day_shape",
                 "hourly_load", "batch_share", "peak_factor", "peak_utilization", "growth_per_year",
                 "growth_per_month", "horizon"),
    "the requests": ("input_tokens", "output_tokens", "workloads", "cache_hit_rate"),
    "the limits of service": ("minimum_interactivity", "minimum_interactivity_p99", "maximum_ttft_median",
                              "maximum_ttft_p99", "minimum_accuracy"),
    "the rows that may answer": ("as_of", "snapshot", "suspect_series", "origin"),
    "prices and power": ("vintage", "price_tier", "quotes", "exchange_rates", "finance"),
    "the limits of the buyer": ("power_limit", "budget_per_month", "purchase", "spares", "sites"),
}  # fmt: skip
"""What a brief takes of a scenario, by what it shapes."""


def keys(brief: Brief) -> Shown:
    """Return every key that a brief takes of a scenario: stated, or left at its default."""
    rows = []
    for what, names in APPLIED.items():
        stated = [name for name in names if brief.conditions.states(name)]
        left = [name for name in names if not brief.conditions.states(name)]
        rows.append([what, Quoted(", ".join(stated) or "none"), Quoted(", ".join(left) or "none")])
    applied = {name for names in APPLIED.values() for name in names}
    others = [name for name in Parameters.model_fields if name not in applied | {"stated"}]
    return table(
        "keys",
        "The keys of the scenario that this brief takes.",
        ["They shape", "Stated", "Not stated, so at their defaults"],
        rows,
        note="Other keys of a scenario belong to other reports and change nothing here: {others}.",
        others=Quoted(", ".join(others)),
    )
