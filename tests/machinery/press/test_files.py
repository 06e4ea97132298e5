import hashlib
import json

import pytest

from analysis.machinery.press.files import RECEIPT, current, receipt, replace

FIRST = {"one.html": b"<p>first</p>", "one.pdf": b"%PDF first", "one/data/a.csv": b"a\n1\n"}


def test_a_written_report_is_current_under_its_key_alone(tmp_path):
    replace(tmp_path, "one", "key", FIRST)
    assert current(tmp_path, "one", "key")
    assert not current(tmp_path, "one", "other key")
    assert (tmp_path / "one/data/a.csv").read_bytes() == b"a\n1\n"


@pytest.mark.parametrize("damaged", list(FIRST))
def test_a_changed_or_missing_file_is_not_current(tmp_path, damaged):
    replace(tmp_path, "one", "key", FIRST)
    (tmp_path / damaged).write_bytes(b"truncated")
    assert not current(tmp_path, "one", "key")
    (tmp_path / damaged).unlink()
    assert not current(tmp_path, "one", "key")


def test_a_new_report_takes_the_place_of_all_of_the_old_one(tmp_path):
    replace(tmp_path, "one", "old", FIRST)
    replace(tmp_path, "one", "new", {"one.html": b"second", "one/data/b.csv": b"b\n"})
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"one.html", "one/data/b.csv", "one/receipt.json"}
    assert current(tmp_path, "one", "new")


def test_what_a_reader_put_beside_a_report_stays(tmp_path):
    replace(tmp_path, "brief", "a", {"brief.html": b"1", "brief.pdf": b"2", "brief/data/old.csv": b"3"})
    kept = ["brief.docx", "brief.notes.txt", "brief/my-notes.txt", "brief/data/own.csv"]
    for name in kept:
        (tmp_path / name).write_bytes(b"own")
    replace(tmp_path, "brief", "b", {"brief.html": b"4"})
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {*kept, "brief.html", f"brief/{RECEIPT}"}


def test_a_receipt_that_names_files_elsewhere_deletes_nothing_there(tmp_path):
    (tmp_path / "other.txt").write_bytes(b"own")
    folder = tmp_path / "scenario"
    replace(folder, "brief", "a", {"brief.html": b"1"})
    record = json.loads((folder / "brief" / RECEIPT).read_text())
    record["files"] |= {"../other.txt": "", "brief/../../other.txt": ""}
    (folder / "brief" / RECEIPT).write_text(json.dumps(record))
    replace(folder, "brief", "b", {"brief.html": b"2"})
    assert (tmp_path / "other.txt").read_bytes() == b"own"


def test_other_reports_are_left_alone(tmp_path):
    replace(tmp_path, "one-more", "key", {"one-more.html": b"kept"})
    replace(tmp_path, "one", "key", FIRST)
    assert current(tmp_path, "one-more", "key")


def test_a_failure_to_write_leaves_the_last_report(tmp_path):
    replace(tmp_path, "one", "key", FIRST)
    with pytest.raises(TypeError):
        replace(tmp_path, "one", "new", {"one.html": b"second", "one.pdf": None})
    assert current(tmp_path, "one", "key")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"files": 3}'])
def test_a_broken_receipt_is_none(tmp_path, content):
    (tmp_path / "one").mkdir()
    (tmp_path / "one/receipt.json").write_bytes(content)
    assert receipt(tmp_path, "one") is None
    assert not current(tmp_path, "one", "key")


def test_a_receipt_lists_key_and_hash_of_each_file_a_line_each(tmp_path):
    replace(tmp_path, "one", "key", {"one.html": b"a", "one/data/a.csv": b""})
    lines = [
        "{",
        ' "key": "key",',
        ' "files": {',
        f'  "one.html": "{hashlib.sha256(b"a").hexdigest()}",',
        f'  "one/data/a.csv": "{hashlib.sha256(b"").hexdigest()}"',
        " }",
        "}",
    ]
    assert (tmp_path / "one/receipt.json").read_text() == "\n".join(lines)


def test_folders_that_a_new_report_no_longer_fills_are_gone(tmp_path):
    replace(tmp_path, "one", "old", {"one/a/b/c.csv": b"c", "one/d.csv": b"d"})
    replace(tmp_path, "one", "new", {"one/d.csv": b"d"})
    assert [path.name for path in sorted((tmp_path / "one").iterdir())] == ["d.csv", "receipt.json"]
