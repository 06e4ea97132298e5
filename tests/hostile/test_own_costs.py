"""What a scenario says of the cost of owning is numbers that a model can reckon with, or is refused by name."""

import pytest

from analysis.scenario import read_scenario
from analysis.studies.uncertainty.declarations import check
from tests.hostile.refusals import refusal

REFUSED = {
    "1e308 dollars": ("finance: {colocation: 1e308}", "colocation: found 1e+308, allowed is a number, 0 or from 1e-"),
    "1e13 dollars": ("finance: {capital_per_gpu: 1e13}", "found 10000000000000.0, allowed is a number, 0 or from 1e"),
    "a life of a thousand years": ("finance: {economic_life: 1000}", "found 1000, allowed is at least 0 and at most"),
    "interest of nearly all": ("finance: {cost_of_capital: -0.999999}", "found -0.999999, allowed is at least -0.9"),
    "quantiles a world apart": (
        "uncertain: {colocation: {distribution: lognormal, quantiles: {0.49: 1e-6, 0.51: 1e12}}}",
        "found quantiles whose logarithm spreads by 827, allowed is at most 10",
    ),
    "interest of any size": (
        "uncertain: {cost_of_capital: {distribution: uniform, low: 0.1, high: 100}}", "found 100, allowed is at",
    ),
    "a cent of a cent of a cent": ("finance: {electricity_price: 1e-7}", "electricity_price: found 1e-07, allowed i"),
    "an integer of 300 digits": (f"finance: {{colocation: {'9' * 300}}}", "colocation: found 9999"),
    "an endless amount": ("finance: {colocation: .inf}", "colocation: found inf, allowed is a number"),
    "an amount that is none": ("finance: {colocation: .nan}", "colocation: found nan, allowed is a number"),
    "true for an amount": ("finance: {colocation: true}", "colocation: found True, allowed is a number"),
    "a day for an amount": ("finance: {colocation: 2026-01-01}", "colocation: found datetime.date(2026, 1, 1), allo"),
    "a list for an amount": ("finance: {colocation: [1]}", "colocation: found [1], allowed is a number"),
    "brackets within brackets": (f"finance: {{colocation: {'[' * 40}{']' * 40}}}", "allowed is a number"),
    "an amount in Arabic digits": ("finance: {colocation: \u0661\u0662}", "allowed is a number"),
    "interest of a thousand billions": ("finance: {cost_of_capital: 1e13}", "cost_of_capital: found 10000000000000."),
    "a name that is code": ("finance: {__class__: 1}", "unknown input '__class__'"),
    "a name of two platforms": ("finance: {h200.gb300.colocation: 1}", "unknown input 'h200.gb300.colocation'"),
    "a name in Cyrillic letters": ("finance: {col\u043ecation: 1}", "mean 'colocation'? (found '\u043e', CYRILLIC S"),
    "a name that colors": ('finance: {"\\e[31m": 1}', "unknown input '\\x1b[31m'"),
    "half a character": ('finance: {"\\ud800": 1}', "unknown input '\\ud800'"),
    "a number for a name": ("finance: {1: 1}", "finance[1].[key]: found 1; Input should be a valid string"),
    "a list for a distribution": ("uncertain: {colocation: {distribution: [uniform]}}", "found the distribution ['u"),
    "a map for a distribution": ("uncertain: {colocation: {distribution: {a: b}}}", "found the distribution {'a': '"),
    "a distribution of code": ("uncertain: {colocation: {distribution: os.system}}", "unknown distribution 'os.syst"),
    "a distribution of no name": ("uncertain: {colocation: {low: 1, high: 2}}", "unknown distribution None; allowed"),
    "a key that is a number": ("uncertain: {colocation: {1: 2, distribution: fixed}}", "unknown key 1"),
    "an end beyond all": (
        "uncertain: {colocation: {distribution: uniform, low: 1, high: 1e300}}", "colocation, high: found 1e+300",
    ),
    "a quantile beyond all": (
        "uncertain: {colocation: {distribution: lognormal, quantiles: {0.1: 1e-300, 0.9: 1}}}", "found 1e-300, allow",
    ),
    "a quantile for nothing": (
        "uncertain: {colocation: {distribution: lognormal, quantiles: {~: 1, 0.9: 2}}}", "found None, allowed is a n",
    ),
    "a quantile for a day": (
        "uncertain: {colocation: {distribution: lognormal, quantiles: {2026-01-01: 1, 0.9: 2}}}", "found datetime.da",
    ),
    "no quantiles": (
        "uncertain: {colocation: {distribution: lognormal, quantiles: {}}}", "found 0 quantiles, allowed are two",
    ),
    "quantiles in a list": (
        "uncertain: {colocation: {distribution: lognormal, quantiles: [1, 2]}}", "allowed are amounts by probability",
    ),
    "a probability of nan": (
        'uncertain: {colocation: {distribution: lognormal, quantiles: {"nan": 1, 0.9: 2}}}', "found nan, allowed is",
    ),
    "a probability of 1": (
        "uncertain: {colocation: {distribution: lognormal, quantiles: {0.1: 1, 1.0: 2}}}", "probabilities between 0",
    ),
    "words that move together": ("correlations: [utilization]", "correlations[0]: found 'utilization', allowed are"),
    "nothing that moves together": ("correlations: [~]", "correlations[0]: found None, allowed are inputs and"),
    "lists that move together": (
        "correlations: [{inputs: [[a], {b: c}], correlation: 0.5}]", "found [['a'], {'b': 'c'}], allowed are two nam",
    ),
    "an input with itself": (
        "correlations: [{inputs: [colocation, colocation], correlation: 0.5}]", "allowed is once for two different i",
    ),
    "a correlation that is none": (
        "correlations: [{inputs: [utilization, colocation], correlation: .nan}]", "found nan, allowed is a number",
    ),
    "a correlation of 300 digits": (
        f"correlations: [{{inputs: [utilization, colocation], correlation: {'9' * 300}}}]", "allowed is more than -1",
    ),
    "101 correlations": (f"correlations: [{'{inputs: [a, b], correlation: 0}, ' * 101}]", "at most 100 items"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_what_no_model_can_reckon_with_is_refused_with_its_name(file, text, said):
    path = file("own.yaml", text)
    message = refusal(lambda: check(read_scenario(path)))
    assert message.removeprefix(f"{path}: ").startswith(text.partition(":")[0])
    assert said in message
