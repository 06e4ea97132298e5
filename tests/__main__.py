"""`./run test`: style, types, then every test; further arguments go to pytest."""

import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCRIPTS = Path(sysconfig.get_path("scripts"))


def main(arguments: list[str]) -> int:
    checks = [
        [SCRIPTS / "ruff", "check", "."],
        [SCRIPTS / "ruff", "format", "--check", "."],
        [SCRIPTS / "mypy"],
    ]
    tests = [sys.executable, "-m", "pytest", *(arguments or ["tests", "--nbval-lax", "notebooks"])]
    results = [subprocess.run(command, cwd=ROOT, check=False).returncode for command in [*checks, tests]]
    return next((code for code in results if code), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
