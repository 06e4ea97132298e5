"""A file that is no scenario at all is refused unread, or with the line on which it stops to be one."""

import os
from itertools import pairwise

import pytest

from analysis.library.loading.plain_yaml import LARGEST
from analysis.scenario import read_scenario, scenario_names
from tests.hostile.refusals import refusal

BOMB = ["a: &a [ha, ha]"] + [
    f"{now}: &{now} [{', '.join([f'*{before}'] * 9)}]" for before, now in pairwise("abcdefghi")
]
CONTENTS = {
    "nothing": (b"", ": found NoneType, allowed is a mapping of names to values"),
    "blanks": (b" \n\n ", ": found NoneType, allowed is a mapping"),
    "a remark": (b"# title: x\n", ": found NoneType, allowed is a mapping"),
    "a word": (b"published", ": found str, allowed is a mapping"),
    "a number": (b"1e400", ": found float, allowed is a mapping"),
    "a list": (b"- title: x\n", ": found list, allowed is a mapping"),
    "two documents": (b"title: a\n---\ntitle: b\n", ", line 2: but found another document"),
    "two titles": (b"title: a\nsubtitle: b\ntitle: c\n", ", line 3: 'title' stands twice"),
    "two spellings of a name": (b'title: a\n"title": b\n', ", line 2: 'title' stands twice"),
    "an alias": (b"title: &a x\nsubtitle: *a\n", ", line 1: an anchor or an alias is not allowed"),
    "aliases that explode": ("\n".join(BOMB).encode(), ", line 1: an anchor or an alias is not allowed"),
    "a tag of Python": (
        b"title: !!python/object/apply:os.system [id]\n",
        ", line 1: a tag (tag:yaml.org,2002:python",
    ),
    "a tag of one's own": (b"%TAG ! !x\n---\ntitle: !y z\n", ", line 3: a tag"),
    "a binary value": (b"title: !!binary aGk=\n", ", line 1: a tag (tag:yaml.org,2002:binary) is not allowed"),
    "a key that is a list": (b"? [a]\n: b\n", ", line 1: a key must be a single word"),
    "ten thousand brackets": (b"title: " + b"[" * 10_000, ", line 1: nested more than 50 deep"),
    "ten thousand maps": (b"title: " + b"{a: " * 10_000, ", line 1: nested more than 50 deep"),
    "a tab": (b"title:\n\tx\n", ", line 2: found character '\\t' that cannot start any token"),
    "an open quotation": (b'title: "x\n', ", line 2: found unexpected end of stream"),
    "YAML of the future": (b"%YAML 9.9\n---\ntitle: x\n", ", line 1: found incompatible YAML document"),
    "UTF-16": ("title: x".encode("utf-16"), ": not UTF-8 text (invalid start byte at byte 0)"),
    "UTF-16 without its mark": (
        "title: x".encode("utf-16-le"),
        ": not readable as YAML: unacceptable character #x0000",
    ),
    "UTF-32": ("title: x".encode("utf-32"), ": not UTF-8 text"),
    "Latin-1": ("title: é".encode("latin-1"), ": not UTF-8 text (unexpected end of data at byte 7)"),
    "half a character in UTF-8": (b"title: \xed\xa0\x80\n", ": not UTF-8 text (invalid continuation byte at byte 7)"),
    "too long a form of a letter": (b"title: \xc0\xaf\n", ": not UTF-8 text (invalid start byte at byte 7)"),
    "nulls": (b"\0" * 100, ": not readable as YAML: unacceptable character #x0000"),
    "a bell": (b"title: \x07\n", ": not readable as YAML: unacceptable character #x0007"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", ": not UTF-8 text (invalid start byte at byte 0)"),
    "a page of the web": (b"<html>\n<title>x</title>\n", ": found str, allowed is a mapping"),
    "a byte too many": (b"#" * (LARGEST + 1), f": {LARGEST + 1:,} bytes, allowed are {LARGEST:,}"),
    "ten megabytes in one title": (b"title: " + b"x" * 10_000_000, ": 10,000,007 bytes, allowed are"),
}


@pytest.mark.parametrize(("content", "said"), CONTENTS.values(), ids=CONTENTS)
def test_what_is_no_scenario_is_refused_with_its_place(file, content, said):
    path = file("own.yaml", content)
    message = refusal(read_scenario, path)
    assert message.startswith(path)
    assert said in message.removeprefix(path)


@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a circle of links", "a link to nothing", "a device"])
def test_what_is_no_file_is_no_scenario(tmp_path, kind):
    path = tmp_path / "own.yaml"
    match kind:
        case "a folder":
            path.mkdir()
        case "a pipe":
            os.mkfifo(path)
        case "a circle of links":
            path.symlink_to(path)
        case "a link to nothing":
            path.symlink_to(tmp_path / "none")
        case "a device":
            path.symlink_to("/dev/zero")
    assert refusal(read_scenario, str(path)).startswith("no scenario ")


def test_ten_gigabytes_are_refused_unread(file):
    path = file("own.yaml", "title: x")
    os.truncate(path, 10**10)
    assert refusal(read_scenario, path) == f"{path}: 10,000,000,000 bytes, allowed are {LARGEST:,}"


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../published",
        "published.yaml\0",
        "~/own.yaml",
        "*.yaml",
        "x" * 300 + ".yaml",
        "\udcff.yaml",
        "|id",
    ],
)
def test_a_name_that_leads_elsewhere_is_no_scenario(name):
    message = refusal(read_scenario, name)
    assert message.startswith("no scenario ")
    assert all(known in message for known in scenario_names()) or "did you mean" in message


@pytest.mark.parametrize(
    "name", ["Own.yaml", "two words.yaml", ".yaml", "-x.yaml", "ö.yaml", "x" * 65 + ".yaml", "a.b.yaml"]
)
def test_a_file_that_cannot_name_a_folder_is_refused(file, name):
    assert "name: found " in refusal(read_scenario, file(name, "title: x"))
