"""What input and output tokens cost apart where prefill and decode run on GPUs of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import formulas
from analysis.library.loading.deployment import decode_share
from analysis.library.quantities import quantity
from analysis.library.sources import Platform
from analysis.library.values import Status, Value, calculate
from analysis.studies.attribution.stacks import Stacks

PHASES = ("tokens", "gpus")
COLUMNS = {
    "input": ("input_throughput_per_prefill_gpu", "prefill GPUs"),
    "output": ("output_throughput_per_decode_gpu", "decode GPUs"),
}


@dataclass(frozen=True)
class Phases:
    """A measured disaggregated row and the cost of its two phases."""

    platform: Platform
    row: pd.Series
    interactivity: Value
    input_tokens: Value
    output_tokens: Value
    input_token_cost: Value
    output_token_cost: Value

    @property
    def prefill_share(self) -> Value:
        """Prefill as a share of the cost of a request."""
        return calculate(
            formulas.prefill_cost_share,
            mixing=PHASES,
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            input_token_cost=self.input_token_cost,
            output_token_cost=self.output_token_cost,
        )

    def request(
        self, cache_hit_rate: Value, input_tokens: Value | None = None, output_tokens: Value | None = None
    ) -> Value:
        """Return the cost of a request, in USD."""
        return calculate(
            formulas.request_cost,
            mixing=PHASES,
            input_tokens=input_tokens or self.input_tokens,
            output_tokens=output_tokens or self.output_tokens,
            input_token_cost=self.input_token_cost,
            output_token_cost=self.output_token_cost,
            cache_hit_rate=cache_hit_rate,
        )


def phases(stacks: Stacks, hardware: str, minimum_interactivity: float, price: Value) -> Phases | None:
    """Return the cost of the phases of a platform's best disaggregated row; None where no such row tells them apart.

    The row is that of highest throughput among those at or above the interactivity whose prefill and decode
    throughputs add up to the total.
    """
    rows = stacks.rows[(stacks.rows["hardware"] == hardware) & stacks.rows["disaggregated"]]
    rows = rows[(rows["interactivity_median"] >= minimum_interactivity) & decode_share(rows).notna()]
    if rows.empty:
        return None
    row = rows.sort_values(["throughput_per_gpu", "interactivity_median"]).iloc[-1]
    costs = {
        phase: calculate(
            formulas.cost_per_million_tokens,
            price_per_gpu_hour=price,
            throughput_per_gpu=stacks.library.measured(
                row, column, column, {"tokens": f"{phase} tokens", "gpus": gpus, "workload": stacks.kinds["workload"]}
            ),
        )
        for phase, (column, gpus) in COLUMNS.items()
    }
    lengths = {
        name: Value(
            float(getattr(stacks, name)), quantity(name), "request", Status.CHOSEN, place=f"parameter {name}",
            note="nominal length",
        )
        for name in ("input_tokens", "output_tokens")
    }  # fmt: skip
    return Phases(
        stacks.library.platform(hardware),
        row,
        stacks.library.measured(row, "interactivity_median", "interactivity", {}),
        **lengths,
        input_token_cost=costs["input"],
        output_token_cost=costs["output"],
    )


def phases_of(
    stacks: Stacks, platforms: Iterable[str], minimum_interactivity: float, prices: Mapping[str, Value]
) -> list[Phases]:
    """Return them of each platform whose rows tell them apart, once; prices by platform, else as for `phases`."""
    every = (phases(stacks, key, minimum_interactivity, prices[key]) for key in dict.fromkeys(platforms))
    return [split for split in every if split]
