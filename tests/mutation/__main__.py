"""`python -m tests.mutation TARGET ...`: tries the mutants of parts of `analysis/` and writes down what survives."""

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

from tests.mutation import engine, result
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.targets import ROOT, TARGETS, mirror, quick, sources, tests

FRESH_SECONDS = 120


def main() -> None:
    """Try mutants; what was killed before and has not changed since is not tried again."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--sample", type=int, default=0, help="try only so many mutants of each target")
    parser.add_argument("--seed", type=int, default=0, help="seed of the sample")
    parser.add_argument("--work", type=Path, default=ROOT / "mutants", help="folder of the records")
    parser.add_argument("--write", metavar="DATE", help="write the tables of results from the records, as of a day")
    arguments = parser.parse_args()
    if unknown := set(arguments.targets) - TARGETS.keys():
        parser.error(f"unknown target {', '.join(unknown)}; there are: {', '.join(TARGETS)}")
    arguments.work.mkdir(exist_ok=True)
    os.environ["MUTATION_WORK"] = str(arguments.work)
    engine.prepare()
    for target in arguments.targets:
        _try(target, arguments.work / f"{target.replace('/', '-')}.jsonl", arguments.sample, arguments.seed)
    if arguments.write:
        result.write(arguments.work.glob("*.jsonl"), arguments.write)


def _try(target: str, record: Path, sample: int, seed: int) -> None:
    every = [mutant for path in sources(target) for mutant in mutants(path, ROOT)]
    count = len(every)
    if sample and sample < len(every):
        every = sorted(random.Random(seed).sample(every, sample), key=lambda one: (one.path, one.number))
    settled = {one["key"]: one for one in result.last(record) if one["outcome"] in (engine.KILLED, engine.TIMEOUT)}
    known = [None if one.message else settled.get(one.key) for one in every]
    record.write_text("".join(json.dumps(one | {"of": count}) + "\n" for one in known if one))
    waiting = [one for one, done in zip(every, known, strict=True) if not done]
    for one in [one for one in waiting if one.message]:
        _note(record, one, "message", 0.0, 0, count)
    judged = [one for one in waiting if not one.message]
    print(f"{target}: {len(every)} mutants, {len(judged)} to try", flush=True)
    if judged:
        paths = dict.fromkeys(one.path for one in judged)
        engine.with_collected(tests(target), paths, lambda judge: _judge(judge, judged, record, count))
    for entry, mutant in _unsettled(record, judged):
        start = time.monotonic()
        outcome = engine.SURVIVED
        first = mirror(mutant.path, target)
        for selection in (first, [file for file in quick(target) if file not in first]):
            if selection and outcome == engine.SURVIVED:
                outcome = engine.run_fresh(mutant, selection, FRESH_SECONDS)
        _note(record, mutant, outcome, time.monotonic() - start, entry["tests"], count)
    _summary(target, record)


def _judge(judge: engine.Judge, waiting: list[Mutant], record: Path, of: int) -> None:
    total = sum(judge.seconds.values())
    print(f"  {len(judge.items)} tests, {total:.0f} s without changes", flush=True)
    for mutant in waiting:
        start = time.monotonic()
        reached = judge.tests(mutant)
        outcome = judge.judge(mutant) if reached else engine.SURVIVED
        if outcome is None or (outcome == engine.SURVIVED and judge.ran_at_import(mutant)):
            outcome = "unsettled"
        _note(record, mutant, outcome, time.monotonic() - start, len(reached), of)


def _unsettled(record: Path, waiting: list[Mutant]) -> Iterator[tuple[dict[str, object], Mutant]]:
    by_key = {mutant.key: mutant for mutant in waiting}
    for entry in result.last(record):
        if entry["outcome"] == "unsettled":
            yield entry, by_key[entry["key"]]


def _note(record: Path, mutant: Mutant, outcome: str, seconds: float, count: int, of: int) -> None:
    entry = {
        "key": mutant.key, "path": mutant.path, "line": mutant.lines[0], "before": mutant.before,
        "after": mutant.after, "outcome": outcome, "seconds": round(seconds, 2), "tests": count, "of": of,
    }  # fmt: skip
    with record.open("a") as file:
        file.write(json.dumps(entry) + "\n")


def _summary(target: str, record: Path) -> None:
    outcomes = [entry["outcome"] for entry in result.last(record)]
    count = {outcome: outcomes.count(outcome) for outcome in sorted(set(outcomes))}
    killed = count.get(engine.KILLED, 0) + count.get(engine.TIMEOUT, 0)
    tried = killed + count.get(engine.SURVIVED, 0)
    print(f"  {count}; score {killed / max(tried, 1):.1%}", flush=True)


if __name__ == "__main__":
    main()
