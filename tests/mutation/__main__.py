"""`python -m tests.mutation [PART ...]`: tries mutants of `analysis/` and writes down what survives."""

import argparse
import json
import random
import time
from collections.abc import Iterable
from pathlib import Path

from tests.mutation import engine, processes, result
from tests.mutation.engine import Judge
from tests.mutation.mutants import Mutant
from tests.mutation.processes import KILLED, SURVIVED, TIMEOUT
from tests.mutation.selection import ROOT, Selection, parts, select

RECORD = "record.jsonl"


def main() -> None:
    """Try mutants; what was killed before, and stands where it stood, is not tried again."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="packages and modules of analysis/ to try whole")
    parser.add_argument("--share", type=float, default=0, help="try a random share of all other parts, too")
    parser.add_argument("--seed", type=int, default=0, help="seed of that choice")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--work", type=Path, default=ROOT / "mutants", help="folder of the records")
    parser.add_argument("--write", metavar="DATE", help="try nothing; write the tables from the records, as of a day")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - parts().keys():
        parser.error(f"unknown part {', '.join(unknown)}; there are: {', '.join(parts())}")
    if not 0 <= arguments.share <= 1:
        parser.error(f"found --share {arguments.share}, allowed is 0 to 1")
    work = arguments.work.resolve()
    work.mkdir(exist_ok=True)
    selected = select(arguments.parts, arguments.share, arguments.seed)
    if arguments.write:
        result.write(selected, result.outcomes(work / RECORD), arguments.write)
        return
    every = [mutant for one in selected for mutant in one.mutants]
    before = result.outcomes(work / RECORD)
    waiting = [mutant for mutant in every if not mutant.message and before.get(mutant.key) not in (KILLED, TIMEOUT)]
    random.Random(arguments.seed).shuffle(waiting)  # each process gets slow and fast ones
    print(f"{len(every)} mutants, {len(waiting)} to try", flush=True)
    engine.prepare()
    if waiting:
        _try(waiting, work, arguments.workers)
    _summary(selected, work / RECORD)


def _try(waiting: list[Mutant], work: Path, workers: int) -> None:
    record, later = work / RECORD, work / "later.jsonl"
    later.unlink(missing_ok=True)

    def judged(judge: Judge) -> None:
        judge.control(waiting[:: max(1, len(waiting) // engine.CONTROLS)])
        processes.shared(waiting, workers, lambda mine: _judge(judge, mine, record, later))

    def fresh(mine: Iterable[Mutant]) -> None:
        for mutant in mine:
            start = time.monotonic()
            names = tests[mutant.key]
            ended = engine.run_fresh(mutant, names, work) if names else SURVIVED
            _note(record, mutant, ended, time.monotonic() - start)

    engine.with_collected(judged, work, workers)
    tests = {one["key"]: one["tests"] for one in result.lines(later)}
    unsettled = [mutant for mutant in waiting if mutant.key in tests]
    print(f"{len(unsettled)} to import", flush=True)
    processes.shared(unsettled, workers, fresh)


def _judge(judge: Judge, mine: Iterable[Mutant], record: Path, later: Path) -> None:
    for mutant in mine:
        start = time.monotonic()
        ended = judge.judge(mutant)
        _note(record, mutant, ended, time.monotonic() - start)
        if ended == engine.UNSETTLED:
            with later.open("a") as file:
                file.write(json.dumps({"key": mutant.key, "tests": judge.tests_of_module(mutant)}) + "\n")


def _note(record: Path, mutant: Mutant, ended: str, seconds: float) -> None:
    with record.open("a") as file:
        file.write(json.dumps({"key": mutant.key, "outcome": ended, "seconds": round(seconds, 2)}) + "\n")


def _summary(selected: list[Selection], record: Path) -> None:
    found = result.outcomes(record)
    for one in selected:
        row = result.row(one, found, "")
        print(f"{one.part}: {row['killed']} of {row['tried']}", flush=True)


if __name__ == "__main__":
    main()
