"""A logo is a picture that a page can hold, and nothing else comes in its clothes."""

import gzip
import os
import struct
import zlib
from pathlib import Path

import pytest

from analysis.machinery.press.logo import read
from tests.hostile.refusals import refusal

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
TENFOLD = "".join(
    f'<g id="a{place + 1}">{f"<use href={chr(34)}#a{place}{chr(34)}/>" * 10}</g>' for place in range(12)
)
MASKS = "".join(f'<mask id="m{n + 1}">{f"<rect mask={chr(34)}url(#m{n}){chr(34)}/>" * 10}</mask>' for n in range(12))


def svg(body, more=""):
    return f"{HEAD} {more}>{body}</svg>"


def box(width, height):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"/>'


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width, height, pixels=None, more=b"", bits=1, color=0):
    pixels = b"\0" * ((width // 8 + 2) * height) if pixels is None else pixels
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def bomb(kind, head=b"a\0\0"):
    return chunk(kind, head + zlib.compress(b"x" * 20_000_000))


DRAWINGS = {
    "a script in other letters": (svg("<SCRIPT>alert(1)</SCRIPT>"), "found the element 'SCRIPT'"),
    "a script of another language": (svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>'), "/xhtml}script'"),
    "a page within": (svg("<foreignObject><body/></foreignObject>"), "found the element 'foreignObject'"),
    "a frame": (svg('<iframe src="https://example.org"/>'), "found the element 'iframe'"),
    "a link": (svg('<a href="#x"/>'), "found the element 'a'"),
    "a filter": (svg("<filter/>"), "found the element 'filter'"),
    "an animation": (svg('<animate attributeName="href"/>'), "found the element 'animate'"),
    "a style sheet": (svg("<style>* {}</style>"), "found the element 'style'"),
    "a handler at the root": (svg("", 'onload="alert(1)"'), "svg has onload='alert(1)'"),
    "a handler in capitals": (svg('<rect ONCLICK="alert(1)"/>'), "rect has onclick='alert(1)'"),
    "a handler of another space": (svg('<rect xlink:onclick="x"/>'), "rect has onclick='x'"),
    "another place to start from": (svg("", 'xml:base="https://example.org/"'), "svg has base='https://example.org/"),
    "an address with a blank": (svg('<use href=" #a"/>'), "use has href=' #a'"),
    "an address of nothing": (svg('<use href=""/>'), "use has href=''"),
    "a script for an address": (svg('<use xlink:href="javascript:alert(1)"/>'), "use has href='javascript:alert(1)'"),
    "a style with an address": (svg('<rect style="fill:url(https://example.org)"/>'), "rect has style='fill:url(htt"),
    "an address on another line": (svg('<rect fill="url(\nhttps://example.org)"/>'), "rect has fill='url( https:"),
    "an address in escapes": (svg('<rect style="fill:u\\72l(//example.org)"/>'), "which is not part of a plain pict"),
    "an address behind a remark": (svg('<rect style="fill:url/**/(//example.org)"/>'), "rect has style='fill:url/**"),
    "an address of a set": (svg("<rect style=\"fill:image-set('//x' 1x)\"/>"), "which is not part of a plain pictur"),
    "an address of a source": (svg("<rect style=\"fill:src('//x')\"/>"), "which is not part of a plain picture"),
    "an expression": (svg('<rect style="width:expression(alert(1))"/>'), "which is not part of a plain picture"),
    "a rule": (svg('<rect style="@import x"/>'), "rect has style='@import x'"),
    "an instruction to a program": ('<?xml-stylesheet href="x"?>' + svg(""), "an instruction to a program, allowed"),
    "an instruction behind the head": ('<?xml version="1.0"?><?php x?>' + svg(""), "an instruction to a program"),
    "another encoding": ('<?xml version="1.0" encoding="utf-7"?>' + svg(""), "found another encoding than UTF-8"),
    "no encoding that there is": ('<?xml version="1.0" encoding="x"?>' + svg(""), "found another encoding than UTF-"),
    "UTF-16": (svg("").encode("utf-16"), "neither a PNG nor UTF-8 text: invalid start byte at byte 0"),
    "Latin-1": (svg("<text>\xe9</text>").encode("latin-1"), "neither a PNG nor UTF-8 text"),
    "an entity": (svg("<text>&nbsp;</text>"), "neither a PNG nor a plain SVG: undefined entity"),
    "a document type": ("<!DOCTYPE svg SYSTEM 'https://example.org'>" + svg(""), "neither a PNG nor a plain SVG: DT"),
    "a packed drawing": (gzip.compress(svg("").encode()), "neither a PNG nor UTF-8 text"),
    "a drawing cut off": (svg("")[:-3], "neither a PNG nor a plain SVG: "),
    "a drawing of no space": ('<svg viewBox="0 0 9 9"/>', "the document is 'svg', allowed is an svg element of the"),
    "a page of the web": ("<html><body/></html>", "the document is 'html'"),
    "uses that explode": (
        svg(f'<g id="a0"/>{TENFOLD}<use href="#a12"/>'),
        "each as often as it is used; allowed are",
    ),
    "a long path used often": (
        svg(f'<path id="p" d="M0 0{"L1 2" * 80_000}"/>' + '<use href="#p"/>' * 4_000),
        "each as often as it is used; allowed are",
    ),
    "words without end": (svg(f"<text>{'a' * 400_000}</text>"), "draws 20,000,"),
    "masks that explode": (svg(f'<mask id="m0"/>{MASKS}<rect mask="url(#m12)"/>'), "each as often as it is used"),
    "a use of itself": (svg('<g id="a"><use href="#a"/></g>'), "use one another more than 100 deep, or in a circle"),
    "two that use each other": (svg('<mask id="a" mask="url(#b)"/><mask id="b" mask="url(#a)"/>'), "or in a circle"),
    "a thousand groups": (svg("<g>" * 1_000 + "</g>" * 1_000), "elements are nested or use one another more than 10"),
    "no width": ('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="9"/>', "cannot be set on paper: failed"),
    "a width that is none": ('<svg xmlns="http://www.w3.org/2000/svg" width="nan" height="-1"/>', "cannot be set on"),
    "a line across": (box(10_000, 10), "one side is 1000 times as long as the other; allowed is "),
    "a line down": (box(10, 10_000), "one side is 1000 times as long as the other; allowed is "),
    "a line by its sides": (svg("", 'width="1e9" height="1"'), "one side is 1000000000 times as long as the other"),
    "words that no font has": (svg('<text y="9">\u6f22</text>'), "cannot be set on paper: "),
}
PICTURES = {
    "10^18 pixels": (png(10**9, 10**9, b""), "could be decompression bomb"),
    "more pixels than allowed": (png(4_001, 1_000), "4001 x 1000 pixels, allowed are 4,000,000 in all"),
    "no pixels": (png(0, 0), "its head is damaged, or it has no pixels"),
    "no width": (png(0, 8), "its head is damaged, or it has no pixels"),
    "a line across": (png(10_000, 10), "one side is 1000 times as long as the other; allowed is "),
    "a line down": (png(10, 10_000), "one side is 1000 times as long as the other; allowed is "),
    "the first half": (png(64, 64)[:50], "logo "),
    "a head alone": (png(8, 8)[:8], "its head is damaged"),
    "text that explodes": (png(8, 8, more=bomb(b"zTXt")), "not a readable PNG: Decompressed data too large"),
    "other text that explodes": (png(8, 8, more=bomb(b"iTXt", b"a\0\1\0\0\0")), "not a readable PNG: Decompressed d"),
    "colors that explode": (png(8, 8, more=bomb(b"iCCP")), "not a readable PNG: Decompressed data too large"),
    "another picture's sign": (b"\x89PNG\r\n\x1a\n" + b"GIF89a" * 9, "not a readable PNG"),
    "a GIF": (b"GIF89a\1\0\1\0\0\0\0;", "neither a PNG nor "),
    "a JPEG": (b"\xff\xd8\xff\xe0" + b"\0" * 99, "neither a PNG nor UTF-8 text"),
    "a text": (b"alert(1)", "neither a PNG nor a plain SVG: not well-formed"),
    "nothing": (b"", "neither a PNG nor a plain SVG: no element found"),
    "nulls": (b"\0" * 99, "neither a PNG nor a plain SVG"),
}
PLAIN = {
    "a gradient": svg('<linearGradient id="a"/><rect fill="url(#a)" width="9" height="9"/>'),
    "an address in quotes": svg('<rect fill="url( &quot;#a&quot; )"/>'),
    "transforms and colors": svg('<rect style="fill: rgb(1, 2, 3)" transform="rotate(3) translate(1, 2)"/>'),
    "labels of any kind": svg('<g id="Layer(1)" class="a@b" aria-label="f(x)" data-name="url(x)"/>'),
    "script as text": svg("<title><![CDATA[<script>alert(1)</script>]]></title>"),
    "the widest": box(400, 20),
    "the highest": png(20, 400),
    "a head": '<?xml version="1.0" encoding="UTF-8" standalone="no"?>' + svg(""),
    "pixels that unpack to more": png(8, 8, b"\0" * 20_000_000),
    "words behind the end": png(8, 8) + b"<script>alert(1)</script>",
}


def content_of(given):
    return given if isinstance(given, bytes) else given.encode()


@pytest.mark.parametrize(("given", "said"), DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_that_is_more_than_a_picture_is_refused(file, given, said):
    path = file("logo.svg", content_of(given))
    message = refusal(read, Path(path))
    assert message.startswith(f"logo {path}: ")
    assert said in message


@pytest.mark.parametrize(("given", "said"), PICTURES.values(), ids=PICTURES)
def test_what_is_no_picture_is_refused(file, given, said):
    path = file("logo.png", given)
    message = refusal(read, Path(path))
    assert message.startswith(f"logo {path}: ")
    assert said in message
    assert " at 0x" not in message


@pytest.mark.parametrize("given", PLAIN.values(), ids=PLAIN)
def test_a_plain_picture_is_kept_as_it_is(file, given):
    assert read(Path(file("logo", content_of(given)))).content == content_of(given)


def test_what_is_no_file_is_no_logo(tmp_path):
    path = tmp_path / "logo.svg"
    os.mkfifo(path)
    assert refusal(read, path) == f"logo {path}: not readable: found a folder or a device, allowed is a file"
    path.unlink()
    path.touch()
    os.truncate(path, 10**10)
    assert refusal(read, path) == f"logo {path}: 10,000,000,000 bytes, allowed are 500,000"
    assert "embedded null byte" in refusal(read, tmp_path / "a\0.svg")
