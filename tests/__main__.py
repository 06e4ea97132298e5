"""`./run test`: style, types, then every test, those that failed once more; further arguments go to pytest."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# Three share the tests: the third works while others wait.
SHARED = ["--forks", "3"] if sys.platform == "linux" else ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
NOTEBOOKS = ["--nbval-lax", "notebooks"]
# To keep of every assertion what it compares takes longer than most tests; those that fail do it in a second run.
ALL = [*SHARED, "--assert=plain", "tests", *NOTEBOOKS]
FAILED = ["--last-failed", "tests", *NOTEBOOKS]
SCRIPTS = Path(sysconfig.get_path("scripts"))


def main(arguments: list[str]) -> int:
    checks = [[SCRIPTS / "ruff", "check", "."], [SCRIPTS / "ruff", "format", "--check", "."]]
    tests = [sys.executable, "-m", "pytest"]
    around: Any = {"cwd": ROOT, "env": {**os.environ, "PYTHONPATH": str(ROOT)}}
    # Types are checked beside the tests, which leave a processor idle now and then, and told after them.
    with subprocess.Popen([SCRIPTS / "mypy"], stdout=subprocess.PIPE, text=True, **around) as types:
        results = [subprocess.run(command, check=False, **around).returncode for command in checks]
        results.append(subprocess.run([*tests, *(arguments or ALL)], check=False, **around).returncode)
        if results[-1] == 1 and not arguments:
            subprocess.run([*tests, *FAILED], check=False, **around)
        print(types.communicate()[0], end="")
    return next((code for code in [*results, types.returncode] if code), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
