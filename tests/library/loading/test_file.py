"""A file is read whole, or the message says what stands in the way."""

import os

import pytest

from analysis.errors import InputError
from analysis.library.loading.file import content_of, files, is_file, is_folder


def refusal(path, **options):
    with pytest.raises(InputError) as refused:
        content_of(path, **options)
    return str(refused.value)


def test_a_file_is_read_as_it_is(tmp_path):
    (tmp_path / "a").write_bytes(b"\0\xffx")
    assert content_of(tmp_path / "a") == b"\0\xffx"


def test_a_link_is_followed(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert content_of(tmp_path / "b") == b"x"


def test_a_file_of_the_allowed_size_is_read_and_one_byte_more_is_not(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 1_000)
    assert len(content_of(path, most=1_000)) == 1_000
    assert refusal(path, most=999) == f"{path}: 1,000 bytes, allowed are 999"


def test_a_file_that_is_not_there_is_told_in_words_of_its_own(tmp_path):
    assert refusal(tmp_path / "a") == f"{tmp_path}/a: no such file"
    assert refusal(tmp_path / "a", place="the picture", missing="lost") == "the picture: lost"
    (tmp_path / "b").touch()
    assert refusal(tmp_path / "b/c") == f"{tmp_path}/b/c: no such file"


def test_what_is_no_file_is_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        assert refusal(path) == f"{path}: not readable: found a folder or a device, allowed is a file"
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert refusal(tmp_path / "circle").endswith("not readable: Too many levels of symbolic links")


@pytest.mark.parametrize(
    ("name", "said"), [("x" * 300, "File name too long"), ("a\0b", "null"), ("\ud800", "surrogates")]
)
def test_a_name_that_no_file_can_have_is_refused(tmp_path, name, said):
    assert said in refusal(tmp_path / name)


@pytest.mark.parametrize("name", ["none", "x" * 300, "a\0b", "circle"])
def test_what_is_not_there_is_no_file_and_no_folder(tmp_path, name):
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert not is_file(tmp_path / name)
    assert not is_folder(tmp_path / name)


def test_a_file_is_a_file_and_a_folder_a_folder(tmp_path):
    (tmp_path / "a").touch()
    assert (is_file(tmp_path / "a"), is_folder(tmp_path / "a")) == (True, False)
    assert (is_file(tmp_path), is_folder(tmp_path)) == (False, True)


def test_what_systems_and_editors_leave_in_a_folder_is_none_of_its_files(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "inner").mkdir()
    left = (
        ".DS_Store",
        "._own.csv",
        ".own.csv.swp",
        "own.csv~",
        "#own.csv#",
        "~$own.csv",
        "Thumbs.db",
        ".git/own.csv",
    )
    for name in ("own.csv", "inner/more.csv", *left):
        (tmp_path / name).write_text("")
    assert files(tmp_path) == [tmp_path / "inner/more.csv", tmp_path / "own.csv"]
    assert files(tmp_path, "*.csv") == [tmp_path / "own.csv"]
    assert files(tmp_path / "nowhere") == []
