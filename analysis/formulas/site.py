"""What electricity is in the cost of tokens, and what a site of limited power delivers and earns in a year."""

from analysis.formulas.number import Number
from analysis.formulas.ownership import HOURS_PER_YEAR
from analysis.formulas.serving import KILOWATTS_PER_MEGAWATT, SECONDS_PER_HOUR, TOKENS_PER_MILLION

__all__ = ["electricity_share", "gpus_within_power", "revenue_per_megawatt_year", "tokens_per_year"]


def electricity_share(electricity_per_gpu_hour: Number, owned_cost_per_gpu_hour: Number) -> Number:
    """Return electricity as a share of the whole cost, of a GPU-hour or of a token, dimensionless.

    Args:
        electricity_per_gpu_hour: Electricity, in USD/GPU/h.
        owned_cost_per_gpu_hour: Whole cost of owning a GPU, in USD/GPU/h.
    """
    return electricity_per_gpu_hour / owned_cost_per_gpu_hour


def gpus_within_power(site_power: Number, facility_power_per_gpu: Number) -> Number:
    """Return the GPUs that a site can power, in GPU, not rounded to whole systems.

    Args:
        site_power: Power that the site may take, in MW.
        facility_power_per_gpu: Power that the site takes for a GPU, in kW/GPU.
    """
    return KILOWATTS_PER_MEGAWATT * site_power / facility_power_per_gpu


def tokens_per_year(gpus: Number, delivered_throughput_per_gpu: Number, availability: Number) -> Number:
    """Return the tokens that GPUs deliver in a year, in tok/year.

    Args:
        gpus: GPUs of the site.
        delivered_throughput_per_gpu: Tokens delivered in a second while they can serve, in tok/s/GPU.
        availability: Hours in which they can serve as a share of all hours.
    """
    return gpus * delivered_throughput_per_gpu * availability * SECONDS_PER_HOUR * HOURS_PER_YEAR


def revenue_per_megawatt_year(token_price: Number, tokens_per_year: Number, site_power: Number) -> Number:
    """Return the revenue of a megawatt in a year when every delivered token is sold, in USD/MW/year.

    Args:
        token_price: Price of tokens, in USD/Mtok.
        tokens_per_year: Tokens that the site delivers in a year, in tok/year.
        site_power: Power that the site may take, in MW.
    """
    return token_price * tokens_per_year / (TOKENS_PER_MILLION * site_power)
