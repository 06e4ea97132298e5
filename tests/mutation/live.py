"""The functions and caches of the project that exist in this process, and how a mutant takes their place."""

import gc
import linecache
import types
from collections import defaultdict
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

from tests.mutation.mutants import Mutant

ROOT = Path(__file__).parents[2]

Code = types.CodeType


class Live:
    """The functions that exist, by file, qualified name and line."""

    def __init__(self) -> None:
        self.functions: dict[tuple[str, str, int], list[types.FunctionType]] = defaultdict(list)
        for one in gc.get_objects():
            if isinstance(one, types.FunctionType) and one.__code__.co_filename.startswith(str(ROOT / "analysis")):
                code = one.__code__
                self.functions[code.co_filename, code.co_qualname, code.co_firstlineno].append(one)

    def swaps(self, mutant: Mutant) -> list[tuple[types.FunctionType, Code]] | None:
        """Return which functions get which code; None where the change lies outside of functions."""
        filename = str(ROOT / mutant.path)
        try:
            after = compile(mutant.source, filename, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            return None
        before = compile((ROOT / mutant.path).read_text(encoding="utf-8"), filename, "exec", dont_inherit=True)
        found = []
        for old, new in _changed_functions(before, after) or ():
            functions = self.functions.get((filename, old.co_qualname, old.co_firstlineno), [])
            if not functions or old.co_freevars != new.co_freevars:
                return None
            found += [(function, new) for function in functions]
        return found or None


def put(mutant: Mutant, swaps: list[tuple[types.FunctionType, Code]]) -> None:
    """Put a mutant in place, for those who read the source, too."""
    for function, code in swaps:
        function.__code__ = code
    show_source(mutant)
    clear_caches()


def show_source(mutant: Mutant) -> None:
    """Let `inspect` find the mutant's source."""
    filename = str(ROOT / mutant.path)
    linecache.cache[filename] = (len(mutant.source), None, mutant.source.splitlines(keepends=True), filename)


def clear_caches() -> None:
    """Forget what the project's functions remember."""
    for wrapper in _caches():
        wrapper.cache_clear()


_known: list[Any] = []


def remember_caches() -> None:
    """Find the caches once all modules are there; a search through all objects takes long."""
    _known[:] = [
        one for one in gc.get_objects()
        if isinstance(one, _lru_cache_wrapper) and (one.__module__ or "").partition(".")[0] in ("analysis", "tests")
    ]  # fmt: skip


def _caches() -> list[Any]:
    return _known


def _changed_functions(before: Code, after: Code) -> list[tuple[Code, Code]] | None:
    """Return the functions of a module that differ, outermost only; None where anything outside of them does."""
    if _shell(before) != _shell(after):
        return None
    found: list[tuple[Code, Code]] = []
    for old, new in zip(_inner(before), _inner(after), strict=True):
        if old == new:
            continue
        if not old.co_flags & 0x1:  # a class body, which runs at import
            within = _changed_functions(old, new)
            if within is None:
                return None
            found += within
        else:
            found.append((old, new))
    return found


def _inner(code: Code) -> list[Code]:
    return [constant for constant in code.co_consts if isinstance(constant, Code)]


def _shell(code: Code) -> tuple[Any, ...]:
    constants = [(type(one), repr(one)) for one in code.co_consts if not isinstance(one, Code)]
    return code.co_code, code.co_names, code.co_varnames, constants, len(_inner(code)), code.co_qualname
