"""`./run bench`: how cost grows with reports, scenarios and rows."""

from tests.bench.scale import main

main()
