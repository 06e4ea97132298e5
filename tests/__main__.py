"""`./run test`: style, types, then every test; further arguments go to pytest."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]  # `tests/conftest.py` puts the longest first
ALL = [*SHARED, "tests", "--nbval-lax", "notebooks/guide.ipynb"]
SCRIPTS = Path(sysconfig.get_path("scripts"))


def main(arguments: list[str]) -> int:
    checks = [
        [SCRIPTS / "ruff", "check", "."],
        [SCRIPTS / "ruff", "format", "--check", "."],
        [SCRIPTS / "mypy"],
    ]
    tests = [sys.executable, "-m", "pytest", *(arguments or ALL)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    results = [
        subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode for command in [*checks, tests]
    ]
    return next((code for code in results if code), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
