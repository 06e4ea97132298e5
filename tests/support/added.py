"""A data folder with a platform that nobody named, added as a reader adds one: by as few lines as can be."""

import datetime
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.library.loading.new_snapshots import as_csv, write_snapshot
from analysis.library.loading.origins import named
from analysis.library.loading.snapshots import Snapshot
from analysis.library.places import ROOT, VARIABLE
from analysis.library.sources import DATA
from tests.conftest import Told
from tests.support.answers import shipped
from tests.support.tools import loaded

KEY, NAME = "b-400", "HGX B400"
MODEL = "Nova-9"
VINTAGE, TIER = "2026-08", "neocloud"
NEWEST = "2026-11"
TODAY = datetime.datetime.now(datetime.UTC).date()
SNAPSHOT = f"own-{TODAY}"
LINES = {
    "platforms.csv": [f"{KEY},{NAME},NVIDIA,Rubin,8-GPU node,8,,offer-2026"],
    "sources.csv": ["offer-2026,An offer,Somebody,,2026-08-20,quoted,"],
    "assumptions.csv": [
        f"{VINTAGE},{KEY},price_{TIER},4.2,USD/GPU/h,2026-08-20,quoted,offer-2026,",
        f"{VINTAGE},{KEY},provisioned_power,2.6,kW,2026-08-20,quoted,offer-2026,",
        f"{NEWEST},h200,price_{TIER},1.5,USD/GPU/h,2026-11-02,quoted,offer-2026,",
    ],
}
"""A platform whose price and power are known in one vintage and one kind of price, and a vintage of one row."""


def data_folder(folder: Path) -> Path:
    """Copy the data folder and add the lines to its tables."""
    shutil.copytree(DATA, folder)
    for name, lines in LINES.items():
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def with_model(folder: Path) -> Path:
    """Add a model that nobody named: a snapshot and one line."""
    rows = shipped()
    origin = named(id="lab", title="Rows of a lab", publisher="Lab", retrieved="2026-11-01", rows=len(rows))
    write_snapshot(Snapshot(rows, MODEL, (origin,)), folder / "benchmarks", "nova-2026-11")
    with (folder / "models.csv").open("a", encoding="utf-8") as file:
        file.write(f"nova9,{MODEL},Nova,Lab,100,10,model-cards-2026,nova-2026-11,\n")
    return folder


NO_PAGES = "no pages"
"""A word for `commands` alone: reports without the what-if page beside them, which takes longer than they do."""
PROGRAM = f"""
import contextlib, io, json, sys
from analysis.__main__ import main
from analysis.machinery.commands import pages
told, outdated = [], pages.outdated
for words in json.load(sys.stdin):
    sys.argv[1:] = [word for word in words if word != {NO_PAGES!r}]
    pages.outdated = outdated if len(sys.argv) > len(words) else lambda *asked, **more: {{}}
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        try:
            code = main()
        except SystemExit as stop:
            code = int(stop.code or 0)
    told.append((code, out.getvalue(), err.getvalue()))
print(json.dumps(told))
"""


def commands(folder: Path | str, *asked: Sequence[object], stands: Path = ROOT) -> list[Told]:
    """Run commands on a data folder one after another, in one process that loads the project once for all of them."""
    around = {**os.environ, VARIABLE: str(folder), "PYTHONPATH": str(ROOT)}
    process = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM], cwd=stands, env=around,
        input=json.dumps([[*map(str, words)] for words in asked]), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return [Told(*told) for told in json.loads(process.stdout)]


def own_rows(path: Path) -> Path:
    """Write measurements of the platform: those of another, half as fast again."""
    rows = shipped()
    rows = rows[rows["hardware"] == "b200"].assign(hardware=KEY, run_id=0)
    speeds = [column for column in rows if "throughput" in column]
    rows[speeds] *= 1.5
    path.write_bytes(as_csv(rows.drop_duplicates([column for column in rows if column not in speeds])))
    return path


STATED = ("--gpus", 8, "--precision", "fp8", "--framework", "vllm", "--speculative-decoding", "none")
PUBLISHER = "Example Lab"
BASES = {"h200": ["--alone"], "b200": ["--base", f"h200-{TODAY}"]}
"""What a reader has measured on each platform stands alone, or beside the rows of the other."""


def loads(folder: Path, hardware: str) -> list[object]:
    """Write what a load generator says of three loads on a platform, and return the command that imports it."""
    faster = {"h200": 1.0, "b200": 1.6}[hardware]
    paths = [folder / f"{hardware}-{concurrency}.json" for concurrency in (4, 16, 64)]
    for path, concurrency, tpot in zip(paths, (4, 16, 64), (0.008, 0.011, 0.025), strict=True):
        path.write_text(json.dumps(loaded(concurrency, tpot / faster)), encoding="utf-8")
    return ["import", *paths, *STATED, "--hardware", hardware, "--publisher", PUBLISHER, "--name", hardware,
            *BASES[hardware]]  # fmt: skip
