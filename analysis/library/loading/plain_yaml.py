"""Reads YAML as plain data: one mapping of words, numbers, days and lists, nothing that runs, repeats or expands."""

import re
from collections.abc import Mapping
from math import inf
from pathlib import Path
from typing import Any

import yaml

from analysis.errors import InputError
from analysis.library.loading import file

LARGEST = 200_000
"""Bytes: a hundred times what any file of the project has, and read in seconds whatever stands in them."""
MOST_DIGITS = 300
DEEPEST = 50


class _PlainLoader(yaml.SafeLoader):
    """Refuses what plain data does not need: aliases, tags, keys that stand twice or are no single word.

    Of what YAML 1.1 reads into a bare word it keeps days, true, false, null and decimal numbers: 1:30 is not ninety,
    010 is not eight, and `no` is not false. Of YAML 1.2 it takes that 1e15 is a number.
    """

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - PyYAML's own registry, filled below
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="an alias is not allowed", problem_mark=mark)
        if tag := getattr(event, "tag", None):
            raise yaml.MarkedYAMLError(problem=f"a tag ({tag}) is not allowed", problem_mark=mark)
        if self.depth == DEEPEST:
            raise yaml.MarkedYAMLError(problem=f"nested more than {DEEPEST} deep", problem_mark=mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError as error:  # a number or a day that there is not
            raise yaml.MarkedYAMLError(problem=str(error), problem_mark=node.start_mark) from None

    def construct_yaml_int(self, node: Any) -> int:
        if (digits := len(node.value)) > MOST_DIGITS:
            raise ValueError(f"found an integer of {digits:,} digits, allowed are {MOST_DIGITS}")
        return int(node.value)

    def construct_yaml_float(self, node: Any) -> float:
        return super().construct_yaml_float(node) + 0.0  # of the two zeros the positive one

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be a single word", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value!r} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _PlainDumper(yaml.SafeDumper):
    """Quotes the words that the loader would read as something else, by the same rules."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - likewise


for _kind, _pattern in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?(0|[1-9][0-9]*)",
    "float": r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
    "timestamp": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}.items():
    for _form in (_PlainLoader, _PlainDumper):
        _form.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"^(?:{_pattern})$"), None)
for _kind in ("int", "float"):
    _PlainLoader.add_constructor(f"tag:yaml.org,2002:{_kind}", getattr(_PlainLoader, f"construct_yaml_{_kind}"))


def read(path: Path, missing: str = "no such file") -> dict[str, Any]:
    """Return the YAML document in a file; errors as for `parse` and `analysis.library.loading.file.content`."""
    return parse(file.content(path, most=LARGEST, missing=missing), str(path))


def written(values: Mapping[str, Any]) -> bytes:
    """Return the document that `parse` reads as these values: words that look like something else are quoted."""
    text: str = yaml.dump(values, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True, width=inf)
    return text.encode()


def parse(content: bytes, place: str) -> dict[str, Any]:
    """Return a YAML document that is one mapping.

    Args:
        content: The document, UTF-8.
        place: How messages name it.

    Raises:
        InputError: It is not UTF-8 YAML, not a mapping, larger than `LARGEST`, or has aliases, tags or doubled keys.
    """
    if len(content) > LARGEST:
        raise InputError(f"{place}: {len(content):,} bytes, allowed are {LARGEST:,}")
    try:
        values = yaml.load(content.decode("utf-8"), _PlainLoader)  # noqa: S506 - a SafeLoader
    except UnicodeDecodeError as error:
        raise InputError(f"{place}: not UTF-8 text ({error.reason} at byte {error.start})") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise InputError(f"{place}{f', line {mark.line + 1}' if mark else ''}: {error.problem}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise InputError(f"{place}: not readable as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(values, dict):
        raise InputError(f"{place}: found {type(values).__name__}, allowed is a mapping of names to values")
    return values
