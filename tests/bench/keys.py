"""Whether anything stale survives: `./run bench keys [NOTEBOOK ...]` changes every file of the project in turn.

For each file of data and code, and for a new file in each folder of data, the build is asked whether the report is
still current. Then all files that it says do not matter are broken at once, and the report made anew must have the
same bytes.
"""

import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
PARTS = ("analysis", "data", "notebooks", "pyproject.toml", "requirements.lock", "CITATION.cff")
NEW = "00-new.csv"
JOB = """
import pickle, sys
from pathlib import Path
from analysis.machinery.press.jobs import jobs, notebooks
from analysis.scenario import read_scenario
[job] = jobs(read_scenario("published"), [], notebooks([sys.argv[1]]), ("html",))
Path(sys.argv[2]).write_bytes(pickle.dumps(job))
"""
RENDER = """
import pickle, sys
from pathlib import Path
from analysis.machinery.press.publish import render
made = render(pickle.loads(Path(sys.argv[1]).read_bytes()))
Path(sys.argv[2]).write_bytes(pickle.dumps(made))
"""
ASK = """
import pickle, sys
from pathlib import Path
from analysis.library.places import PACKAGE
from analysis.machinery.press import files, fingerprints, publish, used
job, made, folder, new = pickle.loads(Path(sys.argv[1]).read_bytes()), *sys.argv[2:]
files.replace(Path(folder), job.notebook, job.key, pickle.loads(Path(made).read_bytes()))
assert files.current(Path(folder), job.notebook, job.key)
places = fingerprints.places()
folders = {path.parent for name, path in places.items() if name.startswith("data/")}
told = []
for path in [*places.values(), *(folder / new for folder in folders)]:
    before = path.read_bytes() if path.is_file() else None
    path.write_bytes((before or b"") + b"\\n")
    for known in (fingerprints.files, publish._press, used._imported):
        known.cache_clear()
    told.append((str(path), files.current(Path(folder), job.notebook, job.key)))
    path.unlink() if before is None else path.write_bytes(before)
print(pickle.dumps(told).hex())
"""


def main(names: list[str]) -> None:
    """Print what was seen for the reports named, or for the first one."""
    for name in names or ["01-published-comparison"]:
        with TemporaryDirectory() as folder:
            _one(name, Path(folder))


def _one(name: str, folder: Path) -> None:
    copy, job, made, again = (folder / part for part in ("project", "job", "made", "again"))
    copy.mkdir()
    for part in PARTS:
        ignored = shutil.ignore_patterns("__pycache__")
        source = ROOT / part
        shutil.copytree(source, copy / part, ignore=ignored) if source.is_dir() else shutil.copy(source, copy / part)
    _python(copy, JOB, name, job)
    _python(copy, RENDER, job, made)
    told = pickle.loads(bytes.fromhex(_python(copy, ASK, job, made, folder / "output", NEW)))
    same = [Path(path) for path, current in told if current]
    for path in same:
        path.write_bytes(b"raise SystemExit('used')\n" if path.suffix == ".py" else b"\xff\x00 broken")
    _python(copy, RENDER, job, again)
    alike = pickle.loads(made.read_bytes()) == pickle.loads(again.read_bytes())
    print(f"{name}, HTML: {len(told)} files changed in turn or added")
    for kind in ("data", "analysis"):
        of_kind = [Path(path) for path, _ in told if Path(path).is_relative_to(copy / kind)]
        kept = len([path for path in of_kind if path in same])
        print(f"  {kind}: {len(of_kind) - kept} make it anew, {kept} do not")
    print(f"  all {len(same)} that do not, broken at once: {'the same bytes' if alike else 'OTHER BYTES'}")
    if not alike:
        raise SystemExit(1)


def _python(copy: Path, code: str, *arguments: object) -> str:
    command = [sys.executable, "-P", "-c", code, *map(str, arguments)]
    run = subprocess.run(command, cwd=copy, env={"PYTHONPATH": str(copy), "PATH": ""}, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"{run.stderr}\n{copy}: a file that is said not to matter is used")
    return run.stdout.strip().rpartition("\n")[2]
