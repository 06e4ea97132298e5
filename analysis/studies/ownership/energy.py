"""What electricity is in the cost of a token, and what a site of limited power delivers and earns."""

from dataclasses import dataclass

from analysis import formulas
from analysis.formulas.number import Number
from analysis.formulas.steps import Formula, Step, run
from analysis.library.values import Value
from analysis.studies.ownership.finance import Amounts
from analysis.studies.ownership.levelized import COST_STEPS, Ownership, on_values

SITE_STEPS = (
    *COST_STEPS,
    Step(formulas.energy_per_token, renamed={"power_per_gpu": "facility_power_per_gpu"}),
    Step(formulas.electricity_share),
    Step(
        formulas.levelized_price_per_gpu_hour,
        "electricity_per_available_gpu_hour",
        {"owned_cost_per_gpu_hour": "electricity_per_gpu_hour"},
    ),
    Step(
        formulas.cost_per_million_tokens,
        "electricity_per_million_tokens",
        {
            "price_per_gpu_hour": "electricity_per_available_gpu_hour",
            "throughput_per_gpu": "delivered_throughput_per_gpu",
        },
    ),
    Step(formulas.gpus_within_power, "gpus"),
    Step(formulas.tokens_per_year),
    Step(formulas.revenue_per_megawatt_year),
)
"""On from the cost of a token to the energy and the electricity in it, and to what a site delivers and earns."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Site(Amounts):
    """A site whose limit is its power.

    Raises:
        InputError: An amount is outside its domain.
    """

    site_power: Number  # what it may take, in MW
    token_price: Number  # what its tokens sell for, in USD/Mtok


def site_view(platform: Ownership, site: Site, subject: str) -> dict[str, Value]:
    """Return the inputs and every step to the energy in a token, and to what a site delivers and earns.

    Among them are `energy_per_token` (J/tok at full load, from the power that is provisioned, whether drawn or not),
    `electricity_per_million_tokens` (USD/Mtok delivered), `electricity_share` (of the whole cost), `gpus`,
    `tokens_per_year` (tok/year) and `revenue_per_megawatt_year` (USD/MW/year).
    """
    return run(SITE_STEPS, platform.values(subject) | site.values(subject), on_values)


def applied_formulas() -> list[Formula]:
    """Return the formulas of all steps, each once, in the order in which they are applied."""
    return list(dict.fromkeys(step.formula for step in SITE_STEPS))
