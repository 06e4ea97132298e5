"""`./run bench`: how cost grows; `reports`: cold and unchanged builds; `keys`: whether anything stale survives."""

import sys

from tests.bench import keys, reports, scale

if sys.argv[1:2] in (["reports"], ["keys"]):
    {"reports": reports, "keys": keys}[sys.argv[1]].main(sys.argv[2:])
else:
    scale.main()
