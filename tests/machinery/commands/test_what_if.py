"""The command writes the page where it is asked to and says where; what it cannot use it refuses before."""

import contextlib

import pytest

from analysis.library.sources import SNAPSHOT
from analysis.machinery.commands import what_if
from analysis.machinery.press.what_if_link import PAGE
from analysis.machinery.whatif import keep


@pytest.fixture
def made(monkeypatch):
    """The snapshots that pages were made from, in place of the pages."""
    found = []

    def page(snapshot):
        found.append(snapshot)
        return f'<meta name="made-from" content="{keep._made_from(snapshot)}">'.encode()

    monkeypatch.setattr(keep, "made", page)
    return found


def test_the_page_lies_beside_the_reports(run, made, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert run("what-if") == (0, f"output/{PAGE}\n", "")
    assert made == [SNAPSHOT]
    assert (tmp_path / "output" / PAGE).is_file()


def test_another_folder_and_other_rows_can_be_asked_for(run, made, tmp_path):
    assert run("what-if", "--output", tmp_path / "elsewhere", "--snapshot", "mine").code == 0
    assert made == ["mine"]
    assert (tmp_path / "elsewhere" / PAGE).is_file()


def test_a_page_that_is_there_is_made_again_only_if_asked_for_or_of_other_things(run, made, monkeypatch, tmp_path):
    path = tmp_path / PAGE
    for arguments, pages in [([], 1), ([], 1), (["--force"], 2), (["--snapshot", "mine"], 3)]:
        assert run("what-if", "--output", tmp_path, *arguments).code == 0
        assert len(made) == pages
    monkeypatch.setattr(keep.fingerprints, "data_hash", lambda: "other data")
    run("what-if", "--output", tmp_path, "--snapshot", "mine")
    assert len(made) == 4
    path.write_bytes(b"\xff not text")
    assert run("what-if", "--output", tmp_path).code == 0
    assert path.read_bytes().startswith(b"<meta")


def test_rows_that_are_not_there_leave_no_folder(run, tmp_path):
    code, out, err = run("what-if", "--output", tmp_path / "output", "--snapshot", "nowhere")
    assert (code, out) == (2, "")
    assert "no such benchmark snapshot" in err
    assert list(tmp_path.iterdir()) == []


def test_a_wait_for_another_process_is_told_apart_from_the_answer(run, made, monkeypatch, tmp_path):
    @contextlib.contextmanager
    def busy(output, told, **_):
        told(f"{output}: busy")
        yield

    monkeypatch.setattr(what_if, "held", busy)
    assert run("what-if", "--output", tmp_path) == (0, f"{tmp_path / PAGE}\n", f"{tmp_path}: busy\n")


def test_the_page_is_listed_in_the_manifest_of_the_folder(run, made, tmp_path):
    run("what-if", "--output", tmp_path)
    assert f'"@id": "{PAGE}"' in (tmp_path / "ro-crate-metadata.json").read_text()


def test_a_model_names_the_rows_that_answer(run, tmp_path):
    code, _, err = run("what-if", "--model", "Llama-70B", "--output", tmp_path / "other")
    assert (code, err) == (0, "")
    page = (tmp_path / "other" / "what-if.html").read_bytes()
    assert b"Llama-3.3-70B-Instruct" in page
    assert len(page) < 2_500_000
