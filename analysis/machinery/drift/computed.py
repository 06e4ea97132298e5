"""What is compared, folders of reports, snapshots or vintages: each read or computed as one side."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from analysis.comparison.head_to_head import HeadToHead, compare
from analysis.errors import InputError, nearest
from analysis.library.loading import file, snapshots
from analysis.library.loading.fields import excerpt
from analysis.library.loading.snapshots import snapshot_files
from analysis.library.places import DATA
from analysis.library.quantities import TIERS, quantity
from analysis.library.sources import Library, load
from analysis.library.values import Value, counted
from analysis.machinery.drift.changes import ReportState, State, telling
from analysis.machinery.press.conclusions import Conclusion
from analysis.machinery.press.files import RECEIPT
from analysis.machinery.press.fingerprints import DATA_PREFIX, described
from analysis.machinery.press.numbers import Entry
from analysis.machinery.receipts.manifest import read_manifest
from analysis.machinery.receipts.reports import MadeFrom, Report, read_as_written, reports
from analysis.scenario import Scenario, read_scenario
from analysis.studies.claims.claim import Claim, can_all_hold
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.judgment import Judgment, conclusions
from analysis.studies.claims.ledgers import DEFAULT, ledger, names
from analysis.studies.claims.verdicts import judge

SNAPSHOT, VINTAGE = "snapshot", "vintage"


def computed_side(kind: str, name: str, scenario: str = "published", overrides: Sequence[str] = ()) -> State:
    """Return what a scenario says with another "snapshot" of measured rows, or another "vintage" of prices and power.

    The scenario and its overrides are those of `analysis.machinery.drift.computed.sides`.

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


BUILD, USUAL = "build", "published"
NUMBERS, PLACES = "numbers.json", "places.json"


def sides(before: str, after: str, scenario: str = USUAL, overrides: Sequence[str] = ()) -> tuple[State, State]:
    """Return both sides of a comparison.

    Raises:
        InputError: One is none of these, they are of two kinds, or a scenario is given for builds.
    """
    names = {SNAPSHOT: snapshots.snapshot_names(DATA / "benchmarks"), VINTAGE: load().vintages}
    kind, other = (_kind(name, names) for name in (before, after))
    if kind != other:
        raise InputError(f"{before} is a {kind} and {after} a {other}; allowed are two of one kind")
    if kind != BUILD:
        return computed_side(kind, before, scenario, overrides), computed_side(kind, after, scenario, overrides)
    if overrides or scenario != USUAL:
        raise InputError("found --scenario or -p; builds were asked when they were made, allowed is neither")
    return side_of_build(Path(before)), side_of_build(Path(after))


def _kind(name: str, names: dict[str, list[str]]) -> str:
    if file.is_folder(Path(name)):
        return BUILD
    for kind, listed in names.items():
        if name in listed:
            return kind
    all_names = [allowed for listed in names.values() for allowed in listed]
    raise InputError(
        f"{excerpt(name)} is no folder of reports, no snapshot and no vintage; {nearest(name, all_names)}"
    )


def side_of_build(folder: Path) -> State:
    """Return the reports of a folder as one side; those that are not as the manifest lists them are noted.

    Raises:
        InputError: The folder has no manifest, or a file in it is not what it must be.
    """
    listed, _ = read_manifest(folder)
    finished = [(report, f"{report.name}/{RECEIPT}") for report in reports(folder)]
    good = [report for report, receipt in finished if report.files[receipt] == listed.get(receipt)]
    parts = {report.name: _part(folder, report) for report in good if f"{report.name}/{PLACES}" in report.files}
    named = {path.rsplit("/", 1)[0] for path in listed if path.endswith(f"/{RECEIPT}")}
    others = sorted(named - {report.name for report in good})
    notes = tuple(f"{folder}: {name} is not as the manifest lists it and is left out" for name in others)
    return State("build", str(folder), parts, notes)


def _part(folder: Path, report: Report) -> ReportState:
    entries: list[Entry] = read_as_written(folder, report.files, f"{report.name}/{NUMBERS}", list[Entry], [])
    places: dict[str, str] = read_as_written(folder, report.files, f"{report.name}/{PLACES}", dict[str, str], {})
    by_id = {entry.id: entry for entry in entries}
    numbers = {place: _told(by_id[identifier], by_id) for place, identifier in places.items() if identifier in by_id}
    concluded = {conclusion.id: conclusion for conclusion in report.summary.conclusions}
    return ReportState(report.name, _inputs_of_build(report.made_from or MadeFrom()), concluded, numbers)


def _told(entry: Entry, by_id: Mapping[str, Entry]) -> Entry:
    first = next((by_id[identifier].name for identifier in entry.inputs if identifier in by_id), "")
    return telling(entry, first)


def _inputs_of_build(made_from: MadeFrom) -> dict[str, dict[str, str]]:
    files: dict[str, dict[str, str]] = {"data": {}, "code": {}}
    for path, (sum_, _) in made_from.files.items():
        files["data" if path.startswith(DATA_PREFIX) else "code"][path] = sum_
    return {"parameters": made_from.texts, **files, "versions": dict(made_from.versions)}
