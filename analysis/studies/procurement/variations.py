"""What would change the answer: the same brief under other conditions, one changed at a time."""

from dataclasses import dataclass

from analysis.frontier.constraints import Constraints
from analysis.studies.procurement.brief import Brief, procure


@dataclass(frozen=True)
class Variation:
    """The brief under one other condition.

    Attributes:
        change: What is other, in words.
        brief: What then holds.
    """

    change: str
    brief: Brief


def variations(brief: Brief) -> list[Variation]:
    """Return the brief under other conditions, one changed at a time; those that hold already are left out."""
    asked = brief.conditions
    load = {"tokens_per_day", "input_tokens_per_day", "output_tokens_per_day", "concurrent_users"}
    loads = {name: value for name in load if (value := getattr(asked, name)) is not None}
    other_purchase = "deployments" if asked.purchase == "systems" else "systems"
    changes = {
        "Twice the load": {name: 2 * value for name, value in loads.items()},
        "Half the load": {name: value / 2 for name, value in loads.items()},
        "No peak: the load is even": {"peak_factor": 1.0},
        "Half the interactivity": {"minimum_interactivity": asked.minimum_interactivity / 2},
        "Half as much interactivity again": {"minimum_interactivity": 1.5 * asked.minimum_interactivity},
        "No limit of the time to first token": {"maximum_ttft_median": None, "maximum_ttft_p99": None},
        "GPUs of deployments are paid, not whole systems"
        if other_purchase == "deployments"
        else "Whole systems are paid": {"purchase": other_purchase},
    }
    made = [
        Variation(change, procure(brief.library, asked.model_copy(update=update)))
        for change, update in changes.items()
        if any(getattr(asked, name) != value for name, value in update.items())
    ]
    software = {
        "FP8 alone": Constraints(precisions=("fp8",)),
        "No MTP": Constraints(speculative_decoding=("none",)),
        "Aggregated serving alone": Constraints(disaggregated=False),
    }
    return made + [
        Variation(change, procure(brief.library, asked, constraints)) for change, constraints in software.items()
    ]
