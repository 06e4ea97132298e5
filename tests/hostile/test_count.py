"""The suite knows how many cases it has: at least two hundred, none of them twice."""

from collections import Counter
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
TABLES = (
    *("ADDRESSES", "ANSWERS", "AS_WRITTEN", "CELLS", "CONTENTS", "DEPLOYMENTS", "DOCUMENTS", "DRAWINGS", "ENTRIES"),
    *("FIGURES", "FILES", "MISUSED", "PICTURES", "PLAIN", "REDIRECTS", "REFUSED", "RESULTS", "SERVED", "TEXTS"),
    *("TOUCHED", "WHOLE"),
)


def cases():
    """Return every case of a table: its module, the table, and what is given and said."""
    modules = [import_module(f"{__package__}.{path.stem}") for path in sorted(HERE.glob("test_*.py"))]
    return [
        (module.__name__, name, repr(case))
        for module in modules
        for name, table in vars(module).items()
        if isinstance(table, dict) and name.isupper() and name in TABLES
        for case in table.values()
    ]


def test_there_are_at_least_two_hundred_cases_and_none_is_there_twice():
    found = cases()
    assert len(found) >= 200
    assert not [case for case, count in Counter(found).items() if count > 1]


def test_every_table_of_cases_is_one():
    assert len({module for module, _, _ in cases()}) >= 10
