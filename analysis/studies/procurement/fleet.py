"""What serves a load on one platform: configuration, deployments and systems; with their power, use and cost."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis import formulas
from analysis.comparison.contenders import answering
from analysis.comparison.requests import is_measured, request_of
from analysis.frontier.operating import library_curve, overshoots, throughput_at
from analysis.library.loading.schemas import STACK
from analysis.library.quantities import counts
from analysis.library.sources import Library, Platform
from analysis.library.values import Value, counted_up, made
from analysis.scenario import Parameters
from analysis.studies.procurement.load import Load
from analysis.studies.procurement.packing import Purchase


@dataclass(frozen=True, eq=False)
class Fleet:
    """A platform that carries the load."""

    platform: Platform
    row: pd.Series  # the measured row of its configuration
    point: dict[str, Value]  # the operating point of that row, by quantity
    accuracy: Value | None  # what its stack has shown; None where it was not evaluated
    doubts: str  # what the row contradicts itself in, in words
    deployment_gpus: Value
    needed: Value  # deployments that carry the load at its peak, not rounded
    deployments: Value  # the same, rounded up
    systems: Value | None  # nodes or racks bought; None where GPUs of deployments are bought
    room: Value  # deployments that the GPUs bought have room for
    gpus: Value  # GPUs bought
    power: Value  # power per GPU, in kW/GPU
    smallest: Purchase  # what is bought at once
    system: Value  # GPUs of a node or rack

    @property
    def ends(self) -> tuple["Fleet", ...]:
        """The smallest and the largest fleet that a modeled throughput leaves open; none where it was measured."""
        ends = (self.point["throughput_per_gpu"].bracket and self.needed.bracket) or ()
        note = "at an end of the band of the modeled throughput"
        needs = [
            counted_up(end, "deployments_needed", self.platform.name, note, {"needed": self.needed}) for end in ends
        ]
        return tuple(replace(self, needed=need, **bought(self.smallest, need, self.system)) for need in needs)

    @property
    def stack(self) -> dict[str, str]:
        """Framework, precision and decoding of the row."""
        return {column: str(self.row[column]) for column in STACK[1:]}

    @property
    def configuration(self) -> str:
        """What serves, in words: framework, precision and decoding."""
        decoding = self.row["speculative_decoding"].upper()
        return f"{self.row['framework']}, {self.row['precision'].upper()}, {decoding}".removesuffix(", NONE")

    @property
    def parallelism(self) -> str:
        """Tensor and expert parallelism, of prefill and decode where they are apart."""
        roles = ("prefill", "decode") if self.row["disaggregated"] else ("decode",)
        return " / ".join(f"TP{self.row[f'{role}_tp']} EP{self.row[f'{role}_ep']}" for role in roles)

    def megawatts(self, power: Value | None = None) -> Value:
        """Return the all-in power provisioned for all GPUs bought, in MW."""
        return made(self.platform.name, formulas.fleet_power, fleet_gpus=self.gpus, power_per_gpu=power or self.power)

    @property
    def spare(self) -> Value:
        """By how much the load may grow before the fleet is full, as a share of the load."""
        return made(
            self.platform.name, formulas.spare_capacity, fleet_deployments=self.room, deployments_needed=self.needed
        )

    def utilization(self, load: Load) -> Value:
        """Return the mean load as a share of what all GPUs bought deliver at full load."""
        return made(
            self.platform.name,
            formulas.fleet_utilization,
            tokens_per_day=load.as_measured,
            fleet_gpus=self.gpus,
            throughput_per_gpu=self.point["throughput_per_gpu"],
        )

    def cost(self, price: Value, subject: str = "") -> Value:
        """Return what the fleet costs at a price of a GPU-hour, in USD/month."""
        name = subject or self.platform.name
        return made(name, formulas.cost_per_month, fleet_gpus=self.gpus, price_per_gpu_hour=price)

    def price_for(self, cost_per_month: Value, subject: str = "") -> Value:
        """Return the price at which the fleet costs so much in a month, in USD/GPU/h."""
        name = subject or self.platform.name
        return made(name, formulas.break_even_quote, cost_per_month=cost_per_month, fleet_gpus=self.gpus)


def bought(smallest: Purchase, needed: Value, system: Value) -> dict[str, Any]:
    """Return what is bought for so many deployments, unrounded, by the fields of `Fleet`."""
    deployments, purchases = smallest.for_need(needed)
    total = smallest.total(purchases)
    systems = made(needed.subject, formulas.systems, fleet_gpus=total, gpus_per_system=system)
    return {
        "deployments": deployments,
        "systems": systems if smallest.of_systems else None,
        "room": smallest.room(purchases),
        "gpus": total,
    }


def on_curve(library: Library, conditions: Parameters, fleet: Fleet) -> Value | None:
    """Return the throughput on the platform's measured curve at the speed asked; None if its row is hardly faster."""
    asked, lengths = conditions.minimum_interactivity, (conditions.input_tokens, conditions.output_tokens)
    modeled = not is_measured(library, fleet.platform.key, request_of(conditions))
    if modeled or not overshoots(fleet.point["interactivity"].number, asked):
        return None
    key, rows = fleet.platform.key, answering(conditions)
    curve = library_curve(library, key, lengths, as_of=conditions.as_of, constraints=rows)
    return throughput_at(library, curve, asked, counts(library.model, *lengths))
