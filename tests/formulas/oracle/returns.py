"""What comes back on a capital: cash flows, what they are worth by the megawatt, and when they pay it back."""

from tests.formulas.oracle.units import HOUR, KILOWATT, MEGAWATT, MONTH, USD, YEAR


def running_cost_per_gpu_hour(electricity_per_gpu_hour, space_per_gpu_hour, operations_per_gpu_hour):
    return sum((electricity_per_gpu_hour, space_per_gpu_hour, operations_per_gpu_hour))


def capital_outlay_per_gpu(capital_per_gpu, tax_rate, depreciation_present_value):
    saved = capital_per_gpu * depreciation_present_value * tax_rate
    return saved - capital_per_gpu


def annual_cash_flow_per_gpu(
    revenue_per_gpu_hour, running_cost_per_gpu_hour, annual_price_decline, years_passed, tax_rate
):
    revenue = revenue_per_gpu_hour
    for _ in range(int(years_passed)):
        revenue -= annual_price_decline * revenue
    profit = (revenue - running_cost_per_gpu_hour) * (USD / HOUR) * YEAR
    return profit - tax_rate * profit


def resale_proceeds_per_gpu(capital_per_gpu, residual_value, tax_rate):
    price = residual_value * capital_per_gpu
    return price - tax_rate * price


def annual_revenue_decline(annual_price_decline, annual_throughput_gain):
    return annual_price_decline - annual_throughput_gain * (1 - annual_price_decline)


def revenue_after_cut(revenue_per_gpu_hour, next_chip_price_cut):
    return revenue_per_gpu_hour - next_chip_price_cut * revenue_per_gpu_hour


def net_present_value_per_megawatt(net_present_value, power_per_gpu):
    return net_present_value * MEGAWATT / (power_per_gpu * KILOWATT)


def net_present_value_per_system(net_present_value, gpus):
    return gpus * net_present_value


def payback_time(capital_per_gpu, annual_cash_flow_per_gpu):
    dollars_in_a_month = annual_cash_flow_per_gpu * (USD / YEAR) * MONTH
    return capital_per_gpu / dollars_in_a_month
