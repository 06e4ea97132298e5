"""Which statements hold under which conditions, and what becomes of a figure when the deciding one is changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis import formulas
from analysis.comparison.head_to_head import HeadToHead, compare
from analysis.errors import InputError
from analysis.library.quantities import ABSENT, TIERS
from analysis.library.sources import Library
from analysis.library.values import Value, calculate
from analysis.scenario import Parameters
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.docket import in_force
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.judgment import Judgment
from analysis.studies.claims.verdicts import judge

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


AS_PUBLISHED, AS_ASKED = "As published", "This scenario's point and prices"


def variants(library: Library, asked: Parameters) -> dict[str, Parameters]:
    """Return the published conditions and what departs from them in one thing each, then the scenario's, by name."""
    published = Parameters.gathered({})
    conditions = {}
    for vintage in library.vintages:
        conditions[f"Prices and power of {vintage}"] = published.model_copy(update={"vintage": vintage})
    for tier, name in TIERS.items():
        conditions[f"Price: {name}"] = published.model_copy(update={"price_tier": tier})
    own = ("baseline", "subject", "baseline_price", "subject_price", "baseline_rate", "subject_rate")
    conditions[AS_ASKED] = asked.model_copy(update={name: getattr(published, name) for name in own})
    departing = {name: other for name, other in conditions.items() if not _alike(other, published)}
    return {AS_PUBLISHED: published, **departing}


def under_vintages(library: Library, conditions: Parameters) -> dict[str, HeadToHead]:
    """Return a comparison under each vintage of prices and power, by its name; it may lack a price or a power.

    Raises:
        InputError: A platform was not measured under these conditions, or has no price or power under them.
    """
    pair = compare(library, conditions)
    return {
        vintage: pair.repriced(conditions.model_copy(update={"vintage": vintage})) for vintage in library.vintages
    }


def changed_verdicts(
    claims: Sequence[Claim], comparisons: Iterable[HeadToHead], published: Evidence
) -> list[tuple[Claim, tuple[str, ...]]]:
    """Return the claims whose verdict is not the same under all comparisons, each with its verdicts in their order.

    Where a price or power is missing, that stands in place of a verdict, and is no other one.
    """
    judged = [judge(claims, Evidence(published.library, pair), published=published) for pair in comparisons]
    words = [tuple(judgment.words for judgment in of_claim) for of_claim in zip(*judged, strict=True)]
    return [
        (claim, verdicts)
        for claim, verdicts in zip(claims, words, strict=True)
        if len({*verdicts} - {*ABSENT.values()}) > 1
    ]


def recomputed(library: Library, claims: Sequence[Claim], conditions: Parameters) -> dict[str, Value | str]:
    """Return what the data give for claims under conditions, by id, or that a price or power is missing.

    Nothing where a platform misses the point.
    """
    published = Parameters.gathered({})
    priced = conditions.model_copy(update={"vintage": published.vintage, "price_tier": published.price_tier})
    try:
        evidence = Evidence(library, compare(library, priced).repriced(conditions))
    except InputError:
        return {}
    values = {claim.id: evidence.recomputed(claim) for claim in claims}
    return {name: value or remark for name, (value, remark) in values.items() if value or remark in ABSENT.values()}


def ratios(claims: Sequence[Claim]) -> list[Claim]:
    """Return the first statement of a ratio for each quantity."""
    return list({claim.quantity: claim for claim in reversed(claims) if claim.is_ratio}.values())[::-1]


def _alike(conditions: Parameters, other: Parameters) -> bool:
    """Whether two conditions ask the same of a comparison."""
    asked = ("input_tokens", "output_tokens", "minimum_interactivity", "minimum_accuracy", "as_of", "snapshot",
             "suspect_series", "origin",
             "vintage", "price_tier")  # fmt: skip
    return all(getattr(conditions, name) == getattr(other, name) for name in asked)
