"""A folder of a stranger's reports is read only where it is a folder of plain files of bearable size."""

import hashlib
import os

import pytest

from analysis.errors import InputError
from analysis.machinery.receipts import folder
from analysis.machinery.receipts.folder import checked_path, content, digest, exists, paths


def test_a_file_of_256_mib_is_the_largest_that_is_read(tmp_path, monkeypatch):
    (tmp_path / "large").touch()
    os.truncate(tmp_path / "large", 2**28 + 1)  # sparse: takes no room
    with pytest.raises(InputError, match=r"^large: 268,435,457 bytes, allowed are 268,435,456$"):
        content(tmp_path, "large")
    monkeypatch.setattr(folder, "LARGEST", 3)
    (tmp_path / "small").write_bytes(b"abc")
    assert content(tmp_path, "small") == b"abc"
    (tmp_path / "small").write_bytes(b"abcd")
    with pytest.raises(InputError, match=r"^small: 4 bytes, allowed are 3$"):
        content(tmp_path, "small")


def test_a_path_of_a_thousand_characters_is_the_longest():
    assert checked_path("a" * 1000, "here") == "a" * 1000
    with pytest.raises(InputError, match=r"^here: found the path .*; allowed is one of a file below the folder$"):
        checked_path("a" * 1001, "here")


@pytest.mark.parametrize("path", ["a", "a/b.html", "a b", "..a", "a..b/c", "coût.md", ".hidden", "a.b/.c"])
def test_a_plain_path_below_the_folder_is_taken_as_it_is(path):
    assert checked_path(path, "here") == path


@pytest.mark.parametrize(
    "path", ["", ".", "/a", "..", "../a", "a/..", "a/../b", "a//b", "./a", "a/", "a\\b", "a:b", "a\n"]
)
def test_any_other_path_is_refused(path):
    with pytest.raises(InputError, match="here: found the path"):
        checked_path(path, "here")


def test_what_is_no_plain_file_below_the_folder_holds_nothing(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/file").write_bytes(b"x")
    (tmp_path / "link").symlink_to("folder")
    (tmp_path / "lost").symlink_to("nowhere")
    for path in ("folder", "link", "link/file", "lost", "nowhere"):
        assert content(tmp_path, path) is None
        assert digest(tmp_path, path) is None
    assert content(tmp_path, "folder/file") == b"x"
    assert digest(tmp_path, "folder/file") == hashlib.sha256(b"x").hexdigest()
    assert [path for path in ("folder", "link", "lost", "nowhere") if exists(tmp_path, path)] == [
        "folder",
        "link",
        "lost",
    ]
    assert sorted(paths(tmp_path)) == ["folder/file", "link", "lost"]
