"""Strategies of anything that a file from outside may hold, near what is allowed and far from it."""

import json

from hypothesis import strategies as st

from analysis.scenario import Scenario

SIGNS = (
    "aA0 _-+=@.,:;'\"\\/|<>()[]{}#%&*!?~`$^\t\n\r\0\x1b\x9b\xad\u200b\u202e\u0430\uff11\u0661\ufeff\uffff\U0001f600"
)
WORDS = [
    "h200",
    "gb300",
    "2026-04",
    "2026-02-30",
    "true",
    "no",
    "null",
    "~",
    "1e400",
    "-0.0",
    ".nan",
    "0x10",
    "1:30",
    "=A1",
]
FIGURES = "0123456789.,eExX%$€~+-–KMB to/per up more than about ×^⁵½٣３ ()"

TEXT = st.text(SIGNS, max_size=30) | st.sampled_from(WORDS) | st.text(max_size=20)
NUMBERS = (
    st.integers(-(10**299), 10**299)
    | st.integers(-5, 5)
    | st.floats()
    | st.sampled_from([-0.0, 5e-324, 1e308, 1e-9, 1e18])
)
LEAVES = st.none() | st.booleans() | NUMBERS | st.dates() | TEXT
PLAIN = st.recursive(
    LEAVES, lambda part: st.lists(part, max_size=3) | st.dictionaries(TEXT, part, max_size=3), max_leaves=6
)
"""Plain data, as YAML reads it."""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(TEXT, part, max_size=3),
    max_leaves=6,
)
SCENARIOS = st.dictionaries(
    st.sampled_from([name for name in Scenario.model_fields if name != "name"]) | TEXT, PLAIN, max_size=4
)
"""Values under the names of a scenario, and under others."""

BYTES = st.binary(max_size=200) | TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))
PRINTED = st.text(FIGURES, max_size=20) | TEXT


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    """Return a content of which a piece is left out, doubled, or replaced by anything."""

    def of(start: int, length: int, piece: bytes) -> bytes:
        return content[:start] + piece + content[start + length :]

    return st.builds(of, st.integers(0, len(content)), st.integers(0, 40), st.binary(max_size=10) | TEXT.map(
        lambda text: text.encode("utf-8", "surrogatepass")
    ))  # fmt: skip


def changed(values: dict[str, object]) -> st.SearchStrategy[dict[str, object]]:
    """Return a mapping of which some values are replaced by anything, and to which something is added."""
    some = st.dictionaries(st.sampled_from(sorted(values)) | TEXT, PLAIN, max_size=2)
    return some.map(lambda new: {**values, **new})


def as_json(values: object) -> bytes:
    """Return plain data as a JSON document, days as text."""
    return json.dumps(values, default=str).encode()
