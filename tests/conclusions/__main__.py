"""`python -m tests.conclusions`: records what the version that is released concludes."""

import sys

from analysis.errors import InputError
from tests.conclusions.build import published
from tests.conclusions.record import CHANGES, record, version

if __name__ == "__main__":
    try:
        print(record(version(), published(), CHANGES.read_text(encoding="utf-8")))
    except InputError as error:
        sys.exit(f"error: {error}")
