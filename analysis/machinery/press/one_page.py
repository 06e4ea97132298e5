"""A report's answer on one page of its own, for those who forward one page: as PDF, as picture and as text."""

import io
import re
import textwrap

from analysis.errors import InputError
from analysis.machinery.press.conclusions import Conclusion
from analysis.machinery.press.front import Front

SECTION = re.compile(r"^= ", re.MULTILINE)
_SCALE = 2.0  # times 72 dots an inch
_WIDTH = 76  # of a line of a mail


def first_section(body: str) -> str:
    """Return a body up to its second section, as Typst: title and answer stand there."""
    starts = [match.start() for match in SECTION.finditer(body)]
    return body[: starts[1]] if len(starts) > 1 else body


def picture(content: bytes) -> bytes:
    """Return a PDF of one page as a PNG.

    Raises:
        InputError: It has more than one page.
    """
    from pypdfium2 import PdfDocument

    document = PdfDocument(content)
    pages = len(document)
    if pages > 1:
        document.close()
        raise InputError(f"--one-page: the answer takes {pages} pages, allowed is one")
    written = io.BytesIO()
    document[0].render(scale=_SCALE).to_pil().save(written, "PNG")
    document.close()
    return written.getvalue()


def mail(front: Front, conclusions: tuple[Conclusion, ...]) -> bytes:
    """Return title, conditions and answer as plain text, in lines that a mail keeps."""
    section = conclusions[0].id.rpartition("-")[0] if conclusions else ""
    answer = [each.sentence for each in conclusions if each.id.rpartition("-")[0] == section]
    said = [front.title, front.subtitle, front.days, *answer, front.disclaimer, *front.attribution]
    return ("\n\n".join(textwrap.fill(part, _WIDTH) for part in said if part) + "\n").encode()
