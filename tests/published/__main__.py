"""`python -m tests.published [SCENARIO/NOTEBOOK ...]`: approves what is shown now, all of it or that of the names.

`git diff tests/published` then shows what became different, to be looked at before it is committed.
"""

import sys

from tests.published.records import RECORDS, approve, words

if __name__ == "__main__":
    for name in sys.argv[1:] or RECORDS:
        print(approve(name, words(name)))
