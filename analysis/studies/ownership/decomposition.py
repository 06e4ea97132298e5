"""What the cost of a GPU-hour and of a token is made of: capital, money, power, space, operations and idle time."""

from analysis import formulas
from analysis.formulas.number import Number
from analysis.formulas.steps import Step, run
from analysis.library.values import Value
from analysis.studies.ownership.finance import Finance
from analysis.studies.ownership.levelized import COST_STEPS, PRICE_STEPS, Ownership
from analysis.studies.ownership.recovery import on_numbers, on_values

IDLE = "idle time"
PARTS = {
    "capital": "depreciation_per_gpu_hour",
    "money": "financing_per_gpu_hour",
    "power": "electricity_per_gpu_hour",
    "space": "space_per_gpu_hour",
    "operations": "operations_per_gpu_hour",
}
"""The parts that cost by the hour. Money is interest and tax on the GPU's capital; an own facility's is in space."""

_HOUR = (Step(formulas.depreciation_per_gpu_hour), Step(formulas.financing_per_gpu_hour))
_DOWNTIME = Step(formulas.downtime_per_gpu_hour, renamed={"levelized_price_per_gpu_hour": "price_per_gpu_hour"})
_TOKEN = (
    *(Step(formulas.cost_per_million_tokens, part, {"price_per_gpu_hour": cost}) for part, cost in PARTS.items()),
    Step(formulas.idle_cost_per_million_tokens, IDLE),
)


def hour_parts(finance: Finance) -> dict[str, Number]:
    """Return what the price of a GPU-hour is made of, by part, in USD/GPU/h; idle time is downtime here."""
    steps = run((*PRICE_STEPS, *_HOUR, _DOWNTIME), finance.numbers(), on_numbers)
    return {part: steps[cost] for part, cost in PARTS.items()} | {IDLE: steps[_DOWNTIME.name]}


def token_parts(platform: Ownership, subject: str) -> dict[str, Value]:
    """Return what the cost of a million tokens is made of, by part, in USD/Mtok.

    Each part counts at full load of all hours; idle time is what the hours without tokens add to it.

    Args:
        platform: With amounts that know their source.
        subject: Its name, for those that do not.
    """
    steps = run((*COST_STEPS, *_HOUR, *_TOKEN), platform.values(subject), on_values)
    return {part: steps[part] for part in (*PARTS, IDLE)}
