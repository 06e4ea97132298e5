import io

import pytest
from PIL import Image

from analysis.errors import InputError
from analysis.machinery.press.logo import SVG, _check_on_paper, read

GOOD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><defs><linearGradient id="a"/></defs>{}</svg>'
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": '<rect onclick="alert(1)"/>',
    "foreign object": "<foreignObject/>",
    "style sheet": "<style>@import 'x.css'</style>",
    "address": '<use href="https://example.org/x.svg#a"/>',
    "old address": '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///etc/passwd"/>',
    "picture": '<image href="data:image/png;base64,"/>',
    "style": '<rect style="fill: url(https://example.org/x)"/>',
    "javascript": '<rect fill="javascript:alert(1)"/>',
    "animation": '<set attributeName="href" to="x"/>',
}


def png(width, height):
    content = io.BytesIO()
    Image.new("1", (width, height)).save(content, "PNG")
    return content.getvalue()


def test_a_plain_svg_and_a_png_are_read(tmp_path):
    (tmp_path / "a.svg").write_text(GOOD.format('<rect fill="url(#a)" width="4" height="4"/>'))
    (tmp_path / "a.png").write_bytes(png(30, 10))
    assert read(tmp_path / "a.svg").mime == "image/svg+xml"
    assert read(tmp_path / "a.png").mime == "image/png"


@pytest.mark.parametrize("what", list(HOSTILE))
def test_an_svg_that_is_more_than_a_picture_is_refused(tmp_path, what):
    (tmp_path / "a.svg").write_text(GOOD.format(HOSTILE[what]))
    with pytest.raises(InputError, match=r"a\.svg"):
        read(tmp_path / "a.svg")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"GIF89a", b"not a picture", b"<html/>", b"<svg/>", b"\x89PNG\r\n\x1a\n", png(30, 10)[:40],
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ],
)  # fmt: skip
def test_what_is_not_a_picture_is_refused(tmp_path, content):
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(InputError, match=r"a\.png"):
        read(tmp_path / "a.png")


def test_too_large_a_picture_is_refused(tmp_path):
    (tmp_path / "wide.png").write_bytes(png(40_000, 1000))
    (tmp_path / "heavy.svg").write_text(GOOD.format("<desc>" + "x" * 600_000 + "</desc>"))
    with pytest.raises(InputError, match="pixels"):
        read(tmp_path / "wide.png")
    with pytest.raises(InputError, match="bytes"):
        read(tmp_path / "heavy.svg")


@pytest.mark.parametrize("address", ["file:///etc/hostname", "/etc/hostname", "../../etc/hostname"])
def test_no_picture_within_a_logo_is_read_from_outside_of_its_folder(address):
    drawing = GOOD.format(f'<image href="{address}" width="4" height="4"/>')
    with pytest.raises(InputError, match="failed to load linked image"):
        _check_on_paper(drawing.encode(), SVG, "logo")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "none.svg")
