"""Reads YAML 1.2 as plain data: one mapping of words, numbers, days and lists; nothing runs, repeats or expands."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import ScalarEvent
from ruamel.yaml.nodes import MappingNode

from analysis.errors import InputError
from analysis.library.loading import file

LARGEST = 200_000
"""Bytes: a hundred times what any file of the project has, and read in seconds whatever stands in them."""
DEEPEST = 50
NO_WORDS = re.compile(r"[-+.:\d_eE ]*|true|false|null|~", re.IGNORECASE)
CUT = "a text that is not quoted ends at ' #'; quote it, or put two spaces before a comment"


def _is_cut(event: ScalarEvent) -> bool:
    """Return whether words that are not quoted are followed by what may be more of them and is a comment to YAML."""
    after = event.end_mark.buffer[event.end_mark.pointer :].partition("\n")[0]
    return after.startswith((" #", "\t#")) and not NO_WORDS.fullmatch(event.value)


class _PlainComposer(Composer):
    """Refuses anchors, aliases, merges, tags, deep nesting and keys of several words before they are constructed."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        is_key = isinstance(parent, MappingNode) and index is None
        problem = (
            ("an anchor or an alias is not allowed" if event.anchor else "")
            or (f"a tag ({event.ctag}) is not allowed" if event.ctag else "")
            or (f"nested more than {DEEPEST} deep" if self.depth >= DEEPEST else "")
            or ("a key must be a single word" if is_key and not isinstance(event, ScalarEvent) else "")
            or ("a merge ('<<') is not allowed" if is_key and event.value == "<<" and not event.style else "")
            or (CUT if isinstance(event, ScalarEvent) and not event.style and _is_cut(event) else "")
        )
        if problem:
            raise MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
        return super().compose_node(parent, index)


class _PlainConstructor(SafeConstructor):
    """Names the line of a key that stands twice, and of a number or a day that does not exist; knows one zero."""

    def check_mapping_key(self, node: Any, key_node: Any, mapping: Any, key: Any, value: Any) -> bool:
        if key in mapping:
            raise MarkedYAMLError(problem=f"{key!r} stands twice", problem_mark=key_node.start_mark)
        return True

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        try:
            value = super().construct_object(node, deep)
        except ValueError as error:
            raise MarkedYAMLError(problem=str(error), problem_mark=node.start_mark) from None
        return 0.0 if isinstance(value, float) and value == 0 else value


def read(path: Path, missing: str = "no such file") -> dict[str, Any]:
    """Return the YAML document in a file; errors as for `parse` and `analysis.library.loading.file.content_of`."""
    return parse(file.content_of(path, most=LARGEST, missing=missing), str(path))


def written(values: Mapping[str, Any]) -> bytes:
    """Return the document that `parse` reads as these values: words that look like something else are quoted."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.width = False, 10**9
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # annotated as None alone
    stream = io.BytesIO()
    yaml.dump(dict(values), stream)
    return stream.getvalue()


def parse(content: bytes, place: str) -> dict[str, Any]:
    """Return a YAML document that is one mapping.

    Raises:
        InputError: It is not UTF-8 YAML, not a mapping, larger than `LARGEST`, or has aliases, tags or doubled keys.
    """
    if len(content) > LARGEST:
        raise InputError(f"{place}: {len(content):,} bytes, allowed are {LARGEST:,}")
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer, yaml.Constructor = _PlainComposer, _PlainConstructor
    try:
        values = yaml.load(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"{place}: not UTF-8 text ({error.reason} at byte {error.start})") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark
        raise InputError(f"{place}{f', line {mark.line + 1}' if mark else ''}: {error.problem}") from None
    except (YAMLError, ValueError) as error:
        raise InputError(f"{place}: not readable as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(values, dict):
        raise InputError(f"{place}: found {type(values).__name__}, allowed is a mapping of names to values")
    return values
