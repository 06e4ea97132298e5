"""The cases that teach most: what each printed figure becomes when the one condition that decides is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis import formulas
from analysis.comparison.head_to_head import compare
from analysis.library.sources import Library
from analysis.library.values import Value, calculate
from analysis.scenario import Parameters
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.docket import in_force
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.judgment import Judgment

Cases = Mapping[str, Judgment]
_SUPPLIED = "inferencex-jalapeno-2026-08"
_TIER = "hyperscaler"


@dataclass(frozen=True)
class Bar:
    """A figure under one condition."""

    label: str
    value: Value
    is_printed: bool = False


def by_id(judged: Mapping[str, Sequence[Judgment]]) -> dict[str, Judgment]:
    """Return the judgments of all ledgers by the names of their claims, which no two ledgers share."""
    return {judgment.claim.id: judgment for judgments in judged.values() for judgment in judgments}


def printed(judged: Mapping[str, Sequence[Judgment]]) -> list[Value]:
    """Return the printed figures of all ledgers, with the publications that they stand in."""
    return [judgment.claim.value for judgments in judged.values() for judgment in judgments]


def days_of_the_baseline(library: Library, cases: Cases) -> list[Bar]:
    """Return how many times GB200's tokens per megawatt Vera Rubin's are, by the day of GB200's rows."""
    claim, over_gb300, level = (cases[name].claim for name in ("rubin-tenfold", "rubin-gb300", "rubin-level"))
    judge = _evidence(library, claim)
    found = {
        "over GB200 by its rows of the year before": judge.finding(claim, [level]).value,
        "over GB200 by its rows until that day": judge.finding(replace(claim, baseline_date=None), [level]).value,
        "over GB300 by its rows until that day": judge.finding(over_gb300, [level]).value,
    }
    bars = [Bar(label, value) for label, value in found.items() if value]
    return [Bar("as printed, over GB200 of the year before", claim.value, is_printed=True), *bars]


def ways_to_interpolate(library: Library, cases: Cases) -> list[Bar]:
    """Return what a million tokens on MI355X cost over B200's: as printed, by throughput, and under each vintage.

    MI355X is taken at its printed throughput throughout.
    """
    mi355x, b200 = cases["tco-mi355x"].claim, cases["tco-cost-b200-trt"].claim
    said = calculate(formulas.ratio, numerator=cases["tco-cost-mi355x"].claim.value, denominator=b200.value)
    bars = [Bar("as printed, from interpolated costs", said, is_printed=True)]
    for vintage in library.vintages:
        own = library.known_price("mi355x", _TIER, vintage)
        other = _evidence(library, b200, vintage).finding(b200).value
        if own and other:
            cost = _cost(own, mi355x.value)
            ratio = calculate(formulas.ratio, numerator=cost, denominator=other)
            bars.append(Bar(f"from throughputs, prices of {vintage}", ratio))
    return bars


def supplied_over_measured(library: Library, cases: Cases) -> dict[float, Value]:
    """Return how many times GB200's tokens per megawatt the supplied rows of Jalapeño are, by interactivity.

    Interactivity is in tok/s/user.
    """
    whole = cases["jalapeno-per-watt"].claim
    judge = _evidence(library, whole)
    found = {}
    for claim in (judgment.claim for judgment in cases.values()):
        if claim.value.sources[0].id != _SUPPLIED or claim.point.interactivity is None:
            continue
        power = claim.stated["subject"]["power_per_gpu"]
        level = calculate(formulas.throughput_per_megawatt, throughput_per_gpu=claim.value, power_per_gpu=power)
        nothing: dict[str, Mapping[str, Value]] = {"subject": {}, "baseline": {}}
        at_point = replace(whole, point=claim.point, subject=whole.baseline, baseline="", stated=nothing)
        measured = judge.finding(at_point).value
        if measured:
            ratio = calculate(formulas.ratio, mixing=("assumptions",), numerator=level, denominator=measured)
            found[claim.point.interactivity] = ratio
    return found


def sums(library: Library, cases: Cases) -> list[Bar]:
    """Return printed figures over what the other printed figures of the same table give for them."""
    figures = {name: judgment.claim.value for name, judgment in cases.items()}
    agents = calculate(formulas.ratio, numerator=figures["agents-gb300"], denominator=figures["agents-h200"])
    pairs = {
        "MLPerf server: per GPU, over four racks": ("mlperf6-server-gpu", figures["mlperf6-server"]),
        "MLPerf offline: per GPU, over four racks": ("mlperf6-offline-gpu", figures["mlperf6-offline"]),
        "agents: the multiple, over the levels": ("agents-twenty-fold", agents),
    }
    for name, words in (("b200-trt", "TensorRT-LLM"), ("b200-sglang", "SGLang")):
        price = library.price("b200", _TIER, in_force(library, cases[f"tco-{name}"].claim.date))
        cost = _cost(price, figures[f"tco-{name}"])
        pairs[f"B200, {words}: cost, over price and throughput"] = (f"tco-cost-{name}", cost)
    return [
        Bar(label, calculate(formulas.ratio, numerator=figures[name], denominator=other))
        for label, (name, other) in pairs.items()
    ]


def _cost(price: Value, throughput: Value) -> Value:
    return calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=price, throughput_per_gpu=throughput)


def _evidence(library: Library, claim: Claim, vintage: str = "") -> Evidence:
    """The evidence under a vintage of prices and power; without one under that of the claim's day."""
    published = Parameters.gathered({})
    under = published.model_copy(update={"vintage": vintage or in_force(library, claim.date)})
    return Evidence(library, compare(library, published).repriced(under))
