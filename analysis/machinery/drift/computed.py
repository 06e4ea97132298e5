"""Computes one side of a comparison from a snapshot or a vintage, without a notebook."""

from collections.abc import Iterator, Sequence

from analysis.comparison.head_to_head import HeadToHead, compare
from analysis.library.loading.snapshots import snapshot_files
from analysis.library.quantities import quantity
from analysis.library.sources import Library, load
from analysis.library.terms import TIERS
from analysis.library.values import Value, counted
from analysis.machinery.drift.changes import ReportState, State, telling
from analysis.machinery.press.conclusions import Conclusion
from analysis.machinery.press.fingerprints import DATA_PREFIX, described
from analysis.machinery.press.numbers import Entry
from analysis.scenario import Scenario, read_scenario
from analysis.studies.claims.claim import Claim, can_all_hold
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.judgment import Judgment, conclusions
from analysis.studies.claims.ledgers import DEFAULT, ledger, names
from analysis.studies.claims.verdicts import judge

SNAPSHOT, VINTAGE = "snapshot", "vintage"


def computed_side(kind: str, name: str, scenario: str = "published", overrides: Sequence[str] = ()) -> State:
    """Return what a scenario says with another "snapshot" of measured rows, or another "vintage" of prices and power.

    The scenario and its overrides are those of `analysis.machinery.drift.sides.sides`.

    Raises:
        InputError: No such snapshot, vintage or scenario, or the rows do not answer it.
    """
    asked = read_scenario(scenario, [*overrides, f"{kind}={name}"])
    library = load(snapshot=asked.snapshot)
    pair, usual = compare(library, asked), read_scenario(scenario, overrides)
    evidence = Evidence(library, pair)
    other = Evidence(library, compare(library, usual)) if usual.vintage != asked.vintage else None
    judgments = {key: judge(ledger(library, key), evidence, published=other) for key in names(library)}
    stated = {conclusion.id: conclusion for conclusion in _conclusions(evidence, judgments)}
    numbers = {place: _entry(value) for place, value in _numbers(library, pair, judgments)}
    part = f"scenario {asked.name}"
    return State(kind, name, {part: ReportState(part, _inputs(library, asked), stated, numbers)})


def _entry(value: Value) -> Entry:
    return telling(Entry(**value.record()), next((taken.name for taken in value.inputs.values()), ""))


def _inputs(library: Library, asked: Scenario) -> dict[str, dict[str, str]]:
    parameters = {name: str(value) for name, value in asked.parameters().items()}
    rows = snapshot_files(library.folder / "benchmarks", library.snapshot)[0]
    path = f"{DATA_PREFIX}benchmarks/{rows.name}"
    return {"parameters": parameters, "data": {path: described(rows.read_bytes())[0]}}


def _conclusions(evidence: Evidence, judgments: dict[str, list[Judgment]]) -> Iterator[Conclusion]:
    for name, judged in judgments.items():
        yield from (Conclusion(**fields) for fields in conclusions(name, judged))
    claims = [judgment.claim for judgment in judgments[DEFAULT]]
    yield _together("together", "the printed figures of the table", claims, {})
    sentence = "the same with prices and power of the vintage"
    yield _together("together-with-assumptions", sentence, claims, evidence.constants)
    for side in evidence.comparison.sides:
        stack = (side.row["framework"], side.row["precision"], side.row["speculative_decoding"])
        served = f"the measured row that serves the scenario on {side.platform.name}"
        yield Conclusion(id=f"row/{side.platform.key}", words=" ".join(stack), sentence=served)


def _together(name: str, what: str, claims: list[Claim], constants: dict[str, Value]) -> Conclusion:
    words = "can all be true" if can_all_hold(claims, constants) else "cannot all be true"
    return Conclusion(id=f"{DEFAULT}/{name}", words=words, sentence=what)


def _numbers(library: Library, pair: HeadToHead, judgments: dict[str, list[Judgment]]) -> Iterator[tuple[str, Value]]:
    yield "measured rows", counted(len(library.benchmark), "measured rows")
    for side in pair.sides:
        for key, value in {**side.given, **side.levels}.items():
            yield f"{quantity(key).name}, {side.platform.name}", value
    for key in pair.metrics:
        yield f"{quantity(key).name}, ratio of both", pair.ratio(key)
    for name, judged in judgments.items():
        for judgment in judged:
            if judgment.recomputed is not None:
                yield f"{name}/{judgment.claim.id}, recomputed", judgment.recomputed
    vintage = pair.conditions.vintage
    for platform in library.platforms:
        for tier, words in TIERS.items():
            if price := library.known_price(platform, tier, vintage):
                yield f"{words}, {platform}", price
        if power := library.known_power(platform, vintage):
            yield f"power, {platform}", power
