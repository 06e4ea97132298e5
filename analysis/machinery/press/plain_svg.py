"""Says whether an SVG is a picture that is soon drawn: known elements, nothing from elsewhere, no endless use.

Browsers run and load nothing of an SVG that is shown as an image, and Typst reads no file outside of its folder. But
both draw whatever is asked: a few kilobytes of masks within masks end the process that typesets.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.errors import InputError
from analysis.library.loading.fields import excerpt

MOST_DRAWN, DEEPEST = 1_000_000, 100
"""Characters of all elements, each as often as it is used; how deep elements are nested or use one another."""
OUTLINE = 50
"""Characters of the path that a letter is drawn as."""
NAMESPACE = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs use symbol clipPath mask"
    " linearGradient radialGradient stop".split()
)
FUNCTIONS = frozenset("rgb rgba hsl hsla matrix translate scale rotate skewX skewY".split())
CALL = re.compile(r"([\w-]*)\(\s*['\"]?(#?)([^)'\"]*)")
# What CSS and the web know besides functions: an escape or a comment within a word, an at-rule, a script.
HIDDEN = re.compile(r"[\\@]|/\*|javascript:", re.IGNORECASE)
LABELS = re.compile(r"id|class|aria-.*|data-.*")
HEAD = re.compile(r"<\?xml\s(?:(?!encoding)[^>])*(encoding\s*=\s*['\"]utf-8['\"][^>]*)?\?>", re.IGNORECASE)


def check(content: bytes, place: str) -> None:
    """Refuse an SVG that is more than a picture.

    Raises:
        InputError: It is no UTF-8 SVG, has a script, a style sheet, an animation, an entity, an instruction or an
            address outside of itself, or draws its own parts without end.
    """
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        text = content.decode("utf-8-sig")
        root = ElementTree.fromstring(text, forbid_dtd=True)
    except UnicodeDecodeError as error:
        raise InputError(f"{place}: neither a PNG nor UTF-8 text: {error.reason} at byte {error.start}") from None
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise InputError(f"{place}: neither a PNG nor a plain SVG: {error}") from None
    if "<?" in HEAD.sub("", text, count=1):
        raise InputError(
            f"{place}: found another encoding than UTF-8 or an instruction to a program, allowed is none"
        )
    if root.tag != f"{NAMESPACE}svg":
        raise InputError(f"{place}: the document is {root.tag!r}, allowed is an svg element of the SVG namespace")
    for element in root.iter():
        _check_element(element, place)
    by_id = {element.get("id", ""): element for element in root.iter()}
    if (size := _size(root, by_id, {}, 0, place)) > MOST_DRAWN:
        raise InputError(
            f"{place}: draws {size:,} characters of paths and letters, each as often as it is used; "
            f"allowed are {MOST_DRAWN:,}"
        )


def _check_element(element: Any, place: str) -> None:
    name = str(element.tag).removeprefix(NAMESPACE)
    if name not in ELEMENTS:
        raise InputError(f"{place}: found the element {name!r}, allowed are {', '.join(sorted(ELEMENTS))}")
    for attribute, value in element.attrib.items():
        plain = attribute.rsplit("}", 1)[-1].lower()
        if not _is_plain(plain, value):
            raise InputError(f"{place}: {name} has {plain}={excerpt(value)}, which is not part of a plain picture")


def _is_plain(attribute: str, value: str) -> bool:
    if attribute == "href":
        return value.startswith("#")
    if attribute == "base" or attribute.startswith("on"):
        return False
    calls = CALL.findall(value)
    only_known = all(name in FUNCTIONS or (name == "url" and inside) for name, inside, _ in calls)
    return bool(LABELS.fullmatch(attribute)) or (only_known and not HIDDEN.search(value))


def _size(element: Any, by_id: Mapping[str, Any], sizes: dict[Any, int], depth: int, place: str) -> int:
    """Return how many characters an element draws, with all that it holds and uses."""
    if depth > DEEPEST:
        raise InputError(f"{place}: elements are nested or use one another more than {DEEPEST} deep, or in a circle")
    if element not in sizes:
        letters = sum(map(len, element.itertext())) if element.tag == f"{NAMESPACE}text" else 0
        parts = (*element, *(by_id[name] for name in _used(element) if name in by_id))
        own = len(element.tag) + sum(map(len, element.attrib.values())) + OUTLINE * letters
        sizes[element] = own + sum(_size(part, by_id, sizes, depth + 1, place) for part in parts)
    return sizes[element]


def _used(element: Any) -> Iterator[str]:
    for attribute, value in element.attrib.items():
        if attribute.rsplit("}", 1)[-1] == "href":
            yield value[1:]
        yield from (name.strip() for _, inside, name in CALL.findall(value) if inside)
