"""`./run bench`: how cost grows; `./run bench reports`: cold and unchanged builds."""

import sys

from tests.bench import reports, scale

if sys.argv[1:2] == ["reports"]:
    reports.main(sys.argv[2:])
else:
    scale.main()
