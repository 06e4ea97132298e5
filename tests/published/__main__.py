"""`python -m tests.published [NAME ...]`: approves what is shown now, all of it or that of the names.

`git diff tests/published` then shows what became different, to be looked at before it is committed.
"""

import sys

from analysis.errors import nearest
from tests.published.records import FOLDER, approve, difference, records

if __name__ == "__main__":
    known = records()
    for name in sys.argv[1:]:
        if name not in known:
            sys.exit(f"error: no record {name!r}; {nearest(name, known)}")
    for name in sys.argv[1:] or known:
        now = known[name]()
        print("changed" if difference(name, now) else "as it was", approve(name, now))
    if not sys.argv[1:]:
        for path in {*FOLDER.rglob("*.txt")} - {FOLDER / f"{name}.txt" for name in known}:
            path.unlink()
            print("removed", path)
