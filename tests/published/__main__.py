"""`python -m tests.published [SCENARIO/NOTEBOOK ...]`: approves what is shown now, all of it or that of the names.

`git diff tests/published` then shows what became different, to be looked at before it is committed. Where the first
page of a published report says other words, its picture in `docs/published` is drawn anew.
"""

import sys

from tests.published.pictures import PAGE, REPORTS, draw, is_current, page
from tests.published.records import RECORDS, approve, words

if __name__ == "__main__":
    for name in sys.argv[1:] or RECORDS:
        print(approve(name, words(name)))
        if name in REPORTS and not is_current(name):
            print(draw(name))
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
