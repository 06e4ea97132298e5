"""Computes every result of many scenarios on arrays: throughput, prices, costs, ratios and verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import call
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis import formulas
from analysis.comparison.metrics import level, made_from, over, ratio_of
from analysis.formulas.number import Number
from analysis.formulas.steps import run
from analysis.frontier.curves import Floats
from analysis.machinery.sweep.axes import OWNERSHIP, ROLES
from analysis.machinery.sweep.design import Codes, Columns, Options
from analysis.machinery.sweep.inputs import ABOVE, REASONS, SERVICE, UNPRICED, Inputs
from analysis.machinery.sweep.verdict import COST, LEVELIZED, VerdictRule, compared_columns
from analysis.studies.ownership.finance import ALL_IN, Finance
from analysis.studies.ownership.levelized import PRICE_STEPS, on_numbers


class Reached(NamedTuple):
    """What one side of each scenario reaches, in tok/s/GPU, or why it does not, and with which series.

    Reasons and series are told by their places in `REASONS` and in the inputs; the accuracy is the lowest share of
    right answers of the series' rows. NaN where there is none.
    """

    throughput: Floats
    reason: Codes
    modeled: NDArray[np.bool_]
    series: Codes
    accuracy: Floats


def reached(role: str, columns: Columns, inputs: Inputs) -> Reached:
    """Return what one side of each scenario reaches.

    Scenarios of one platform and service share a curve, which answers all of them at once.
    """
    words, names = columns.words, (role, *SERVICE)
    sizes = tuple(len(words[name]) for name in names)
    group = np.ravel_multi_index([columns.codes[name] for name in names], sizes)
    order = np.argsort(group, kind="stable")
    present, starts = np.unique(group[order], return_index=True)
    points = np.broadcast_to(columns.amounts["interactivity"], columns.count)[order]
    none, nothing = np.full(columns.count, np.nan), np.zeros(columns.count, dtype=np.int16)
    found = Reached(none, nothing, nothing.astype(bool), nothing.copy(), none.copy())
    for number, low, high in zip(present, starts, [*starts, columns.count][1:], strict=True):
        places = np.unravel_index(number, sizes)
        key = tuple(words[name][place] for name, place in zip(names, places, strict=True))
        there, at = order[low:high], points[low:high]
        if key not in inputs.curves:
            found.reason[there] = REASONS.index(inputs.reasons[key])
            continue
        answer = inputs.curves[key]
        best = answer.curve.best(at)
        found.throughput[there] = answer.curve(at)
        found.reason[there] = np.where(best < 0, REASONS.index(ABOVE), 0)
        found.modeled[there] = answer.is_modeled
        found.series[there] = np.where(best < 0, 0, np.array(answer.series)[best])
        found.accuracy[there] = np.where(best < 0, np.nan, np.array(answer.accuracy)[best])
    return found


CAUTIONS = ("", "placeholder", "modeled", "placeholder, modeled")
LEVELIZED_REASONS = ("", "no capital of the baseline", "no capital of the subject", "no capital of either")


@dataclass(frozen=True, eq=False)
class Coded:
    """A column of words: the position of each row's word among them."""

    codes: Codes
    words: Options


ResultColumn = Floats | Coded


class _Side(NamedTuple):
    """One platform of every scenario."""

    results: Mapping[str, Floats]
    reason: Codes
    caution: Codes
    series: Codes


def evaluate(columns: Columns, inputs: Inputs, verdict: VerdictRule) -> dict[str, ResultColumn]:
    """Return every result of the scenarios by name, one row a scenario.

    Names that begin with "baseline_" or "subject_" are of that side: throughput at full load, price, power, every
    metric made from them (by the delivered token), levelized price and the cost that follows from it; the reason
    where there is no result; whether a placeholder was used or the throughput is modeled; the series that serves and
    its accuracy. The ratios, the verdict on
    one of them, and the reason where there is no levelized cost follow. What is not known is NaN.

    Raises:
        InputError: An owner's amounts contradict each other.
    """
    sides = {role: _side(role, columns, inputs) for role in ROLES}
    baseline, subject = sides["baseline"].results, sides["subject"].results
    results: dict[str, ResultColumn] = {}
    for role, side in sides.items():
        results |= {f"{role}_{name}": numbers for name, numbers in side.results.items()}
        results[f"{role}_reason"] = Coded(side.reason, REASONS)
        results[f"{role}_caution"] = Coded(side.caution, CAUTIONS)
        results[f"{role}_series"] = Coded(side.series, inputs.series)
    ratios = {
        ratio_of(column): formulas.ratio(**over(key, baseline[column], subject[column]))
        for column, key in compared_columns().items()
    }
    results |= ratios
    results["verdict"] = Coded(verdict.codes(ratios[verdict.ratio], _of_pair(columns, verdict)), verdict.words)
    lacking = [np.isnan(side["levelized_price_per_gpu_hour"]) for side in (baseline, subject)]
    results["levelized_reason"] = Coded((lacking[0] + 2 * lacking[1]).astype(np.int16), LEVELIZED_REASONS)
    return results


def _side(role: str, columns: Columns, inputs: Inputs) -> _Side:
    amounts = columns.amounts
    platform = columns.of(role, inputs.platforms.index)
    vintage, tier = columns.codes["vintage"], columns.codes["price_tier"]
    found = reached(role, columns, inputs)
    listed = inputs.price[platform, vintage, tier] * amounts[f"{role}_price_factor"]
    price = np.where(np.isnan(amounts[f"{role}_price"]), listed, amounts[f"{role}_price"])
    power = inputs.power[platform, vintage] * amounts[f"{role}_power_factor"]
    own = amounts[f"{role}_utilization"]
    utilization = np.where(np.isnan(own), amounts["utilization"], own)
    delivered = formulas.delivered_throughput_per_gpu(found.throughput, utilization)
    levelized = _levelized_price(role, platform, power, columns, inputs)
    unpriced = (found.reason == 0) & (np.isnan(price) | np.isnan(power))
    full = {"throughput_per_gpu": found.throughput, "price_per_gpu_hour": price, "power_per_gpu": power}
    sold = {**full, "throughput_per_gpu": delivered}
    results = full | {key: level(key, sold, call) for key in made_from(full) if key not in full}
    results |= {
        "levelized_price_per_gpu_hour": levelized,
        LEVELIZED + COST: level(COST, {**sold, "price_per_gpu_hour": levelized}, call),
        "accuracy": found.accuracy,
    }
    reason = np.where(unpriced, REASONS.index(UNPRICED), found.reason).astype(np.int16)
    caution = (inputs.placeholder[platform, vintage, tier] + 2 * found.modeled).astype(np.int16)
    return _Side(results, reason, caution, found.series)


def _levelized_price(
    role: str, platform: NDArray[np.intp], power: Floats, columns: Columns, inputs: Inputs
) -> Floats:
    """Return what an owner pays for an hour in which the platform can serve; NaN where its capital is not known."""
    own = columns.amounts[f"{role}_capital_per_gpu"]
    capital = np.where(np.isnan(own), inputs.capital[platform], own)
    is_owned = ~(np.isnan(capital) | np.isnan(power))
    price = np.full(columns.count, np.nan)
    if is_owned.any():
        owner: dict[str, Number] = {key: _owned(key, columns, inputs, is_owned) for key in OWNERSHIP}
        life = owner.pop("facility_life")
        finance = Finance(
            capital_per_gpu=capital[is_owned], power_per_gpu=power[is_owned], power_boundary=ALL_IN, pue=1.0,
            facility_life=None if np.isnan(life).all() else life, **owner,
        )  # fmt: skip
        price[is_owned] = run(PRICE_STEPS, finance.numbers(), on_numbers)["price_per_gpu_hour"]
    return price


def _owned(key: str, columns: Columns, inputs: Inputs, is_owned: NDArray[np.bool_]) -> Number:
    """Return an amount that an owner pays: of the grid where it names one, else of the library."""
    amount = columns.amounts[key]
    if isinstance(amount, np.ndarray):
        return amount[is_owned]
    return inputs.ownership.get(key, np.nan) if np.isnan(amount) else amount


def _of_pair(columns: Columns, verdict: VerdictRule) -> bool | NDArray[np.bool_]:
    if verdict.pair is None:
        return True
    baseline, subject = (
        columns.of(role, platform.__eq__) for role, platform in zip(ROLES, verdict.pair, strict=True)
    )
    return np.asarray(baseline & subject)
