"""The register of formats: all that the modules of `formats` define, and which of them a file has."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from analysis.errors import InputError
from analysis.library.loading.outside import excerpt
from analysis.library.measurements import formats
from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format

SHOWN_KEYS = 6


@cache
def known_formats() -> tuple[Format, ...]:
    """Return all formats, in the order of their modules' names."""
    modules = (import_module(f"{formats.__name__}.{module.name}") for module in iter_modules(formats.__path__))
    return tuple(entry for module in modules for entry in vars(module).values() if isinstance(entry, Format))


def format_of(document: Document) -> Format:
    """Return the format of a document.

    Raises:
        InputError: It has none that is known, or one that cannot be rows; the message says why and what to do.
    """
    for known in known_formats():
        if known.tells(document):
            if known.refused:
                raise InputError(f"{document.path}: {known.name}: {known.refused}")
            return known
    raise InputError(f"{document.path}: unknown format: {_seen(document)}; `import --formats` lists what is read")


def _seen(document: Document) -> str:
    if not document.entries:
        begins = f"found text that begins with {excerpt(document.text.lstrip()[:40])}"
        return begins if document.text else "found nothing"
    first = document.entries[0][1]
    count = f"{len(document.entries):,} entries, the first of them " if len(document.entries) > 1 else ""
    if not isinstance(first, dict):
        return f"found {count}{excerpt(first)}"
    keys = [excerpt(key) for key in list(first)[:SHOWN_KEYS]]
    return f"found {count}a JSON object with the keys {', '.join(keys)}{', ...' if len(first) > SHOWN_KEYS else ''}"
