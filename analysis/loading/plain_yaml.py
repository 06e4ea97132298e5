"""Reads YAML as plain data: one mapping of words, numbers, days and lists, nothing that runs, repeats or expands."""

import re
from typing import Any

import yaml

from analysis.errors import InputError

LARGEST = 1_000_000


class _PlainLoader(yaml.SafeLoader):
    """Refuses what plain data does not need: aliases, tags, keys that stand twice or are no single word.

    Of what YAML 1.1 reads into a bare word it keeps days, true, false, null and decimal numbers: 1:30 is not ninety,
    010 is not eight, and `no` is not false.
    """

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - PyYAML's own registry, filled below

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="an alias is not allowed", problem_mark=mark)
        if tag := getattr(event, "tag", None):
            raise yaml.MarkedYAMLError(problem=f"a tag ({tag}) is not allowed", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be a single word", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value!r} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


for _kind, _pattern in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?(0|[1-9][0-9]*)",
    "float": r"([-+]?[0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
    "timestamp": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}.items():
    _PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"^(?:{_pattern})$"), None)


def parse(content: bytes, place: str) -> dict[str, Any]:
    """Return a YAML document that is one mapping.

    Args:
        content: The document, UTF-8.
        place: How messages name it.

    Raises:
        InputError: It is not UTF-8 YAML, not a mapping, larger than a megabyte, or has aliases, tags or doubled keys.
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
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"{place}: not readable as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(values, dict):
        raise InputError(f"{place}: found {type(values).__name__}, allowed is a mapping of names to values")
    return values
