"""Where the project's files are: its own folder, and the data, which another folder can stand in for."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
VARIABLE = "COST_PER_TOKEN_DATA"
"""Names a data folder in place of the project's own."""
DATA = Path(os.environ.get(VARIABLE) or ROOT / "data").resolve()
