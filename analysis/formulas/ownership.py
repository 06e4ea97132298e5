"""What owning a GPU costs by the hour, part by part, and what its idle hours cost by the token.

An hour of a GPU is an hour of the calendar until `levelized_price_per_gpu_hour` divides by availability: before it,
costs are spread over all hours of a year.
"""

from analysis.formulas.number import Number

__all__ = [
    "capital_charge_per_gpu_hour", "capital_per_gpu", "colocation_per_gpu_hour", "delivered_throughput_per_gpu",
    "depreciation_per_gpu_hour", "downtime_per_gpu_hour", "electricity_per_gpu_hour", "facility_per_gpu_hour",
    "facility_power_per_gpu", "financing_per_gpu_hour", "idle_cost_per_million_tokens",
    "levelized_price_per_gpu_hour", "operations_per_gpu_hour", "owned_cost_per_gpu_hour", "space_per_gpu_hour",
]  # fmt: skip

HOURS_PER_YEAR = 8760
MONTHS_PER_YEAR = 12


def capital_per_gpu(system_price: Number, gpus: Number, network_capital: Number, storage_capital: Number) -> Number:
    """Return what is paid for a GPU before it serves, in USD/GPU.

    Args:
        system_price: Price of a system, a server or a rack, in USD.
        gpus: GPUs of the system.
        network_capital: Share of the network between systems, in USD/GPU.
        storage_capital: Share of the storage, in USD/GPU.
    """
    return system_price / gpus + network_capital + storage_capital


def depreciation_per_gpu_hour(capital_per_gpu: Number, residual_value: Number, economic_life: Number) -> Number:
    """Return the capital that an hour uses up, without interest or tax, in USD/GPU/h.

    Args:
        capital_per_gpu: What is paid for a GPU before it serves, in USD/GPU.
        residual_value: What it sells for at the end of its life, as a share of the capital.
        economic_life: Years that it serves.
    """
    return capital_per_gpu * (1 - residual_value) / (HOURS_PER_YEAR * economic_life)


def capital_charge_per_gpu_hour(
    capital_per_gpu: Number,
    capital_recovery_factor: Number,
    project_finance_factor: Number,
    residual_value: Number,
    discount_factor: Number,
) -> Number:
    """Return what recovers the capital with interest and tax, in USD/GPU/h.

    The residual value comes at the end of the life, so its present value counts. It is taxed as income on capital
    that is written off by then, which cancels the tax in the revenue that it replaces.

    Args:
        capital_per_gpu: What is paid for a GPU before it serves, in USD/GPU.
        capital_recovery_factor: Share of the capital paid in a year, in 1/year.
        project_finance_factor: By how much taxes raise it.
        residual_value: What it sells for at the end of its life, as a share of the capital.
        discount_factor: What a dollar at the end of the life is worth today.

    Source of the method: NREL Annual Technology Baseline 2024, fixed charge rate FCR = CRF x ProFinFactor,
    https://atb.nrel.gov/electricity/2024/equations_&_variables; the residual value is added to it.
    """
    return (
        capital_per_gpu
        * capital_recovery_factor
        * (project_finance_factor - residual_value * discount_factor)
        / HOURS_PER_YEAR
    )


def financing_per_gpu_hour(capital_charge_per_gpu_hour: Number, depreciation_per_gpu_hour: Number) -> Number:
    """Return the interest and tax in the capital charge, in USD/GPU/h.

    Args:
        capital_charge_per_gpu_hour: What recovers the capital with interest and tax, in USD/GPU/h.
        depreciation_per_gpu_hour: The capital that an hour uses up, in USD/GPU/h.
    """
    return capital_charge_per_gpu_hour - depreciation_per_gpu_hour


def facility_power_per_gpu(power_per_gpu: Number, pue: Number) -> Number:
    """Return the power that the site takes for a GPU, in kW/GPU.

    Args:
        power_per_gpu: Power within the stated boundary, in kW/GPU.
        pue: Power usage effectiveness; 1 where the boundary already holds the facility's overhead.
    """
    return power_per_gpu * pue


def electricity_per_gpu_hour(
    facility_power_per_gpu: Number, average_load: Number, electricity_price: Number
) -> Number:
    """Return the cost of electricity, in USD/GPU/h.

    Args:
        facility_power_per_gpu: Power that the site takes for a GPU when it takes all that is provisioned, in kW/GPU.
        average_load: Power drawn over a year as a share of it.
        electricity_price: Price of electricity, in USD/kWh.
    """
    return facility_power_per_gpu * average_load * electricity_price


def colocation_per_gpu_hour(power_per_gpu: Number, colocation: Number) -> Number:
    """Return the rent of space, cooling and power distribution, in USD/GPU/h.

    Args:
        power_per_gpu: Power within the stated boundary, in kW/GPU.
        colocation: Rent for a kilowatt of it, without electricity, in USD/kW/month.
    """
    return MONTHS_PER_YEAR * colocation * power_per_gpu / HOURS_PER_YEAR


def facility_per_gpu_hour(
    power_per_gpu: Number, facility_capital: Number, facility_recovery_factor: Number
) -> Number:
    """Return what recovers the capital of an own facility with interest, in USD/GPU/h.

    Args:
        power_per_gpu: Power within the stated boundary, in kW/GPU.
        facility_capital: Capital of the facility for a kilowatt of it, in USD/kW.
        facility_recovery_factor: Share of that capital paid in a year, in 1/year, over the facility's own life.
    """
    return power_per_gpu * facility_capital * facility_recovery_factor / HOURS_PER_YEAR


def space_per_gpu_hour(colocation_per_gpu_hour: Number, facility_per_gpu_hour: Number) -> Number:
    """Return the cost of space, rented or owned, in USD/GPU/h.

    Args:
        colocation_per_gpu_hour: Rented space, in USD/GPU/h.
        facility_per_gpu_hour: Own space, in USD/GPU/h.
    """
    return colocation_per_gpu_hour + facility_per_gpu_hour


def operations_per_gpu_hour(
    capital_per_gpu: Number, support_rate: Number, staff_cost: Number, software_licenses: Number
) -> Number:
    """Return the cost of support, staff and software, in USD/GPU/h.

    Args:
        capital_per_gpu: What is paid for a GPU before it serves, in USD/GPU.
        support_rate: Support and repair in a year, as a share of the capital, in 1/year.
        staff_cost: Staff, in USD/GPU/year.
        software_licenses: Software licenses, in USD/GPU/year.
    """
    return (capital_per_gpu * support_rate + staff_cost + software_licenses) / HOURS_PER_YEAR


def owned_cost_per_gpu_hour(
    capital_charge_per_gpu_hour: Number,
    electricity_per_gpu_hour: Number,
    space_per_gpu_hour: Number,
    operations_per_gpu_hour: Number,
) -> Number:
    """Return the whole cost of owning a GPU, spread over all hours of a year, in USD/GPU/h.

    Args:
        capital_charge_per_gpu_hour: What recovers the capital with interest and tax, in USD/GPU/h.
        electricity_per_gpu_hour: Electricity, in USD/GPU/h.
        space_per_gpu_hour: Space, rented or owned, in USD/GPU/h.
        operations_per_gpu_hour: Support, staff and software, in USD/GPU/h.
    """
    return capital_charge_per_gpu_hour + electricity_per_gpu_hour + space_per_gpu_hour + operations_per_gpu_hour


def levelized_price_per_gpu_hour(owned_cost_per_gpu_hour: Number, availability: Number) -> Number:
    """Return the price of an hour in which the GPU can serve that just covers the cost of owning it, in USD/GPU/h.

    Args:
        owned_cost_per_gpu_hour: Whole cost of owning it, spread over all hours of a year, in USD/GPU/h.
        availability: Hours in which it can serve as a share of all hours, above 0.
    """
    return owned_cost_per_gpu_hour / availability


def downtime_per_gpu_hour(levelized_price_per_gpu_hour: Number, availability: Number) -> Number:
    """Return what the hours in which a GPU cannot serve add to the price of the others, in USD/GPU/h.

    Args:
        levelized_price_per_gpu_hour: Price of an hour in which it can serve, in USD/GPU/h.
        availability: Hours in which it can serve as a share of all hours.
    """
    return levelized_price_per_gpu_hour * (1 - availability)


def delivered_throughput_per_gpu(throughput_per_gpu: Number, utilization: Number) -> Number:
    """Return the tokens that a GPU delivers in a second, averaged over the hours in which it can serve, in tok/s/GPU.

    Args:
        throughput_per_gpu: Tokens that it delivers in a second at full load, in tok/s/GPU.
        utilization: Tokens delivered as a share of those at full load.
    """
    return throughput_per_gpu * utilization


def idle_cost_per_million_tokens(
    cost_per_million_tokens: Number, availability: Number, utilization: Number
) -> Number:
    """Return what the hours without tokens add to the cost of a million tokens, in USD/Mtok.

    Args:
        cost_per_million_tokens: Whole cost of a million delivered tokens, in USD/Mtok.
        availability: Hours in which the GPU can serve as a share of all hours.
        utilization: Tokens delivered in those hours as a share of those at full load.
    """
    return cost_per_million_tokens * (1 - availability * utilization)
