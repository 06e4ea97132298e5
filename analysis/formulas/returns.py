"""What comes back on a capital: cash flows, what they are worth by the megawatt, and when they pay it back."""

from analysis.formulas.number import Number
from analysis.formulas.ownership import HOURS_PER_YEAR, MONTHS_PER_YEAR
from analysis.formulas.serving import KILOWATTS_PER_MEGAWATT

__all__ = [
    "annual_cash_flow_per_gpu", "annual_revenue_decline", "capital_outlay_per_gpu", "net_present_value_per_megawatt",
    "net_present_value_per_system", "payback_time", "resale_proceeds_per_gpu", "revenue_after_cut",
    "running_cost_per_gpu_hour",
]  # fmt: skip


def running_cost_per_gpu_hour(
    electricity_per_gpu_hour: Number, space_per_gpu_hour: Number, operations_per_gpu_hour: Number
) -> Number:
    """Return what an owner pays for a GPU while it serves, capital aside, in USD/GPU/h.

    Args:
        electricity_per_gpu_hour: Electricity, in USD/GPU/h.
        space_per_gpu_hour: Space, rented or owned, in USD/GPU/h.
        operations_per_gpu_hour: Support, staff and software, in USD/GPU/h.
    """
    return electricity_per_gpu_hour + space_per_gpu_hour + operations_per_gpu_hour


def capital_outlay_per_gpu(capital_per_gpu: Number, tax_rate: Number, depreciation_present_value: Number) -> Number:
    """Return the cash flow of the day on which a GPU is bought, less the tax that its depreciation saves, in USD/GPU.

    Args:
        capital_per_gpu: What is paid for a GPU before it serves, in USD/GPU.
        tax_rate: Tax on income, as a share of it.
        depreciation_present_value: Present value of the depreciation that the tax allows, as a share of the capital.
    """
    return -capital_per_gpu * (1 - tax_rate * depreciation_present_value)


def annual_cash_flow_per_gpu(
    revenue_per_gpu_hour: Number,
    running_cost_per_gpu_hour: Number,
    annual_price_decline: Number,
    years_passed: Number,
    tax_rate: Number,
) -> Number:
    """Return what a GPU earns in a year above what it costs to run and the tax on that, in USD/GPU/year.

    The price of tokens falls by the same share each year; cost and throughput stay.

    Args:
        revenue_per_gpu_hour: Revenue of a GPU in an hour at the first year's price, in USD/GPU/h.
        running_cost_per_gpu_hour: What an owner pays for it while it serves, in USD/GPU/h.
        annual_price_decline: Share of its price that a token loses each year.
        years_passed: Years before this one.
        tax_rate: Tax on income, as a share of it; the tax that depreciation saves is in the outlay.
    """
    return (
        HOURS_PER_YEAR
        * (revenue_per_gpu_hour * (1 - annual_price_decline) ** years_passed - running_cost_per_gpu_hour)
        * (1 - tax_rate)
    )


def resale_proceeds_per_gpu(capital_per_gpu: Number, residual_value: Number, tax_rate: Number) -> Number:
    """Return what an owner keeps of a GPU that is sold at the end of its life, all written off, in USD/GPU.

    Args:
        capital_per_gpu: What is paid for a GPU before it serves, in USD/GPU.
        residual_value: What it sells for at the end of its life, as a share of the capital.
        tax_rate: Tax on income, as a share of it.
    """
    return capital_per_gpu * residual_value * (1 - tax_rate)


def annual_revenue_decline(annual_price_decline: Number, annual_throughput_gain: Number) -> Number:
    """Return the share of its revenue that a GPU loses each year when prices fall and software serves more.

    Args:
        annual_price_decline: Share of its price that a token loses each year.
        annual_throughput_gain: Share by which software raises the throughput of the same GPU each year.
    """
    return 1 - (1 - annual_price_decline) * (1 + annual_throughput_gain)


def revenue_after_cut(revenue_per_gpu_hour: Number, next_chip_price_cut: Number) -> Number:
    """Return the revenue of a GPU in an hour once a next chip has cut the price of tokens, in USD/GPU/h.

    Args:
        revenue_per_gpu_hour: Revenue of a GPU in an hour without that chip, in USD/GPU/h.
        next_chip_price_cut: Share of its price that a token loses with the chip's arrival, once.
    """
    return revenue_per_gpu_hour * (1 - next_chip_price_cut)


def net_present_value_per_megawatt(net_present_value: Number, power_per_gpu: Number) -> Number:
    """Return the net present value of the GPUs that a megawatt feeds, in USD/MW.

    Args:
        net_present_value: Of one GPU, in USD/GPU.
        power_per_gpu: All-in provisioned power, in kW/GPU.
    """
    return KILOWATTS_PER_MEGAWATT * net_present_value / power_per_gpu


def net_present_value_per_system(net_present_value: Number, gpus: Number) -> Number:
    """Return the net present value of a system as it is sold, a node or a rack, in USD.

    Args:
        net_present_value: Of one GPU, in USD/GPU.
        gpus: GPUs of the system.
    """
    return net_present_value * gpus


def payback_time(capital_per_gpu: Number, annual_cash_flow_per_gpu: Number) -> Number:
    """Return the months until a yearly cash flow that stays as it is has returned a capital, in months.

    Args:
        capital_per_gpu: What is paid for a GPU before it serves, in USD/GPU.
        annual_cash_flow_per_gpu: What it earns in a year above what it costs to run, in USD/GPU/year, above 0.
    """
    return MONTHS_PER_YEAR * capital_per_gpu / annual_cash_flow_per_gpu
