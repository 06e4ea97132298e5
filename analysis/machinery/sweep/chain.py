"""From the parameters of many scenarios to every result: curves, prices, costs, ratios and verdicts, on arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import call

import numpy as np
from numpy.typing import NDArray

from analysis import formulas
from analysis.comparison.metrics import METRICS, level, made_from, over, ratio_of
from analysis.formulas.number import Number
from analysis.formulas.steps import run
from analysis.frontier.curves import Floats
from analysis.machinery.sweep.axes import OWNERSHIP, ROLES
from analysis.machinery.sweep.design import Codes, Columns, Words
from analysis.machinery.sweep.figures import Figures
from analysis.machinery.sweep.reach import REASONS, throughput
from analysis.machinery.sweep.verdict import COST, LEVELIZED, Verdict, compared
from analysis.studies.ownership.finance import ALL_IN, Finance
from analysis.studies.ownership.levelized import PRICE_STEPS
from analysis.studies.ownership.recovery import on_numbers

CAUTIONS = ("", "placeholder")
LEVELIZED_REASONS = ("", "no capital of the baseline", "no capital of the subject", "no capital of either")
NOT_PRICED = REASONS.index("no price or power")


@dataclass(frozen=True, eq=False)
class Coded:
    """A column of words.

    Attributes:
        codes: Position of each row's word.
        words: The words.
    """

    codes: Codes
    words: Words


Result = Floats | Coded


@dataclass(frozen=True, eq=False)
class _Side:
    """One platform of every scenario."""

    results: Mapping[str, Floats]
    reason: Codes
    caution: NDArray[np.bool_]

    def __getitem__(self, key: str) -> Floats:
        return self.results[key]


def evaluate(columns: Columns, words: Mapping[str, Words], figures: Figures, verdict: Verdict) -> dict[str, Result]:
    """Return every result of the scenarios by name, one row a scenario.

    Of each side, by "baseline_" and "subject_": throughput at full load, power, every metric (per token delivered
    where it is made from the price, else at full load), levelized price and the cost that follows from it; why a side
    has none; whether a placeholder is behind it. Then the ratios, the verdict on one of them, and why there is no
    levelized cost. What was not measured or is not known is NaN.

    Args:
        columns: The scenarios.
        words: The words of each choice.
        figures: What they rest on.
        verdict: How a ratio is judged.

    Raises:
        InputError: An owner's amounts contradict each other.
    """
    sides = {role: _side(role, columns, words, figures) for role in ROLES}
    baseline, subject = sides["baseline"], sides["subject"]
    found: dict[str, Result] = {}
    for role, side in sides.items():
        found |= {f"{role}_{name}": numbers for name, numbers in side.results.items()}
        found[f"{role}_reason"] = Coded(side.reason, REASONS)
        found[f"{role}_caution"] = Coded(side.caution.astype(np.int16), CAUTIONS)
    ratios = {
        ratio_of(column): formulas.ratio(**over(key, baseline[column], subject[column]))
        for column, key in compared().items()
    }
    found |= ratios
    found["verdict"] = Coded(verdict.codes(ratios[verdict.ratio], _of_pair(columns, words, verdict)), verdict.words)
    lacking = [np.isnan(side["levelized_price_per_gpu_hour"]) for side in (baseline, subject)]
    found["levelized_reason"] = Coded((lacking[0] + 2 * lacking[1]).astype(np.int16), LEVELIZED_REASONS)
    return found


def _side(role: str, columns: Columns, words: Mapping[str, Words], figures: Figures) -> _Side:
    amounts = columns.amounts
    platform = np.array([figures.platforms.index(one) for one in words[role]])[columns.codes[role]]
    vintage, tier = columns.codes["vintage"], columns.codes["price_tier"]
    reached, reason = throughput(role, columns, words, figures)
    listed = figures.price[platform, vintage, tier] * amounts[f"{role}_price_factor"]
    price = np.where(np.isnan(amounts[f"{role}_price"]), listed, amounts[f"{role}_price"])
    power = figures.power[platform, vintage] * amounts[f"{role}_power_factor"]
    own = amounts[f"{role}_utilization"]
    utilization = np.where(np.isnan(own), amounts["utilization"], own)
    delivered = formulas.delivered_throughput_per_gpu(reached, utilization)
    levelized = _levelized_price(role, platform, power, columns, figures)
    unpriced = (reason == 0) & (np.isnan(price) | np.isnan(power))
    full = {"throughput_per_gpu": reached, "price_per_gpu_hour": price, "power_per_gpu": power}
    sold = {**full, "throughput_per_gpu": delivered}
    paid = [key for key in made_from(full) if "price_per_gpu_hour" in METRICS[key].inputs]
    return _Side(
        {
            **full,
            **{key: level(key, sold if key in paid else full, call) for key in made_from(full)},
            "levelized_price_per_gpu_hour": levelized,
            LEVELIZED + COST: level(COST, {**sold, "price_per_gpu_hour": levelized}, call),
        },
        np.where(unpriced, NOT_PRICED, reason).astype(np.int16),
        figures.placeholder[platform, vintage, tier],
    )


def _levelized_price(
    role: str, platform: NDArray[np.intp], power: Floats, columns: Columns, figures: Figures
) -> Floats:
    """What an owner of the platform pays for an hour in which it can serve; NaN where its capital is not known."""
    own = columns.amounts[f"{role}_capital_per_gpu"]
    capital = np.where(np.isnan(own), figures.capital[platform], own)
    known = ~(np.isnan(capital) | np.isnan(power))
    price = np.full(columns.count, np.nan)
    if known.any():
        owner: dict[str, Number] = {key: _owned(key, columns, figures, known) for key in OWNERSHIP}
        life = owner.pop("facility_life")
        finance = Finance(
            capital_per_gpu=capital[known], power_per_gpu=power[known], power_boundary=ALL_IN, pue=1.0,
            facility_life=None if np.isnan(life).all() else life, **owner,
        )  # fmt: skip
        price[known] = run(PRICE_STEPS, finance.numbers(), on_numbers)["price_per_gpu_hour"]
    return price


def _owned(key: str, columns: Columns, figures: Figures, known: NDArray[np.bool_]) -> Number:
    """An owner's amount: the grid's where it names one, else the library's."""
    amount = columns.amounts[key]
    if isinstance(amount, np.ndarray):
        return amount[known]
    return figures.ownership.get(key, np.nan) if np.isnan(amount) else amount


def _of_pair(columns: Columns, words: Mapping[str, Words], verdict: Verdict) -> bool | NDArray[np.bool_]:
    if verdict.pair is None:
        return True
    meant = [
        np.array([word == one for word in words[role]])[columns.codes[role]]
        for role, one in zip(ROLES, verdict.pair, strict=True)
    ]
    return np.asarray(meant[0] & meant[1])
