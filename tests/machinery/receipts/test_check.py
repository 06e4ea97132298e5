import json
import os
import shutil

import pytest

from analysis.errors import InputError
from analysis.machinery.press import fingerprints, made_from
from analysis.machinery.receipts import check
from analysis.machinery.receipts.check import check_folder
from analysis.machinery.receipts.crate import NAME
from analysis.machinery.receipts.folder import content, digest, paths
from analysis.machinery.receipts.forms import as_json, as_text
from tests.support.receipts import folder

SECRET = "what lies outside"
PAGE = "published/one.html"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return folder(tmp_path_factory.mktemp("reports") / "output")


@pytest.fixture
def output(written, tmp_path):
    """The folder as somebody else has received it."""
    copy = tmp_path / "elsewhere"
    shutil.copytree(written, copy)
    return copy


@pytest.fixture
def elsewhere(monkeypatch):
    """Lets this checkout be another one."""

    def become(files=None, versions=None):
        known = fingerprints.files() | (files or {})
        monkeypatch.setattr(
            fingerprints, "files", lambda: {path: one for path, one in known.items() if one is not None}
        )
        here = made_from.versions() | (versions or {})
        monkeypatch.setattr(made_from, "versions", lambda: here)

    return become


def test_what_was_copied_elsewhere_is_as_written(output):
    found = check_folder(output)
    assert found.good
    assert len(found.files.same) == 15
    assert found.files.size == sum((output / path).stat().st_size for path in found.files.same)
    assert found.departures is not None
    (same,) = found.departures
    assert same.reports == ("published/one", "published/two")
    assert same.compared == len(fingerprints.files())


def test_a_lock_that_a_build_leaves_is_nothing_foreign(output):
    (output / ".lock").touch()
    assert check_folder(output).good


def test_each_kind_of_difference_is_named(output):
    (output / PAGE).write_text("forged")
    (output / "index.html").unlink()
    (output / "published/.building-abc").mkdir()
    (output / "published/.building-abc/one.html").write_text("half")
    files = check_folder(output).files
    assert files.changed == (PAGE,)
    assert files.missing == ("index.html",)
    assert files.foreign == ("published/.building-abc/one.html",)
    assert not files.good


@pytest.mark.parametrize("offset", [0, -1])
def test_one_bit_is_enough(output, offset):
    for path in check_folder(output).files.same:
        sound = (output / path).read_bytes()
        damaged = bytearray(sound)
        damaged[offset] ^= 1
        (output / path).write_bytes(damaged)
        assert check_folder(output, checkout=False).files.changed == (path,)
        (output / path).write_bytes(sound)


def test_a_changed_manifest_has_another_hash(output, written):
    text = (output / NAME).read_text()
    (output / NAME).write_text(text.replace("Report one", "Report won"))
    assert check_folder(output).good
    assert check_folder(output).files.manifest != check_folder(written).files.manifest


def test_links_are_neither_followed_nor_read(output, tmp_path):
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/a").write_text(SECRET)
    shutil.copy(output / PAGE, tmp_path / "same.html")
    (output / PAGE).unlink()
    (output / PAGE).symlink_to(tmp_path / "same.html")
    (output / "link").symlink_to(tmp_path / "secret")
    (output / "links").symlink_to(tmp_path / "folder", target_is_directory=True)
    (output / "round").symlink_to("round")
    found = check_folder(output)
    assert found.files.changed == (PAGE,)
    assert found.files.foreign == ("link", "links", "round")
    assert digest(output, "links/a") is None
    assert content(output, "../secret") is None
    assert "links/a" not in set(paths(output))


def test_a_folder_behind_a_link_is_not_read_although_the_manifest_lists_its_files(output, tmp_path):
    shutil.move(output / "published", tmp_path / "published")
    (output / "published").symlink_to(tmp_path / "published", target_is_directory=True)
    found = check_folder(output)
    assert found.files.same == ("index.html",)
    assert PAGE in found.files.changed
    assert found.departures == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_what_is_no_file_is_not_opened(output):
    (output / PAGE).unlink()
    os.mkfifo(output / PAGE)
    assert check_folder(output).files.changed == (PAGE,)


def test_the_files_of_this_checkout_that_differ_are_named(output, elsewhere):
    elsewhere(
        {"data/assumptions.csv": ("0" * 64, 3), "analysis/errors.py": None, "data/claims/": ("1" * 64, 3)},
        {"numpy": "0.1", "own": "2"},
    )
    found = check_folder(output)
    assert found.files.good
    assert not found.good
    (departure,) = found.departures
    assert departure.files == {
        "analysis/errors.py": "not here",
        "data/assumptions.csv": "changed",
        "data/claims/": "changed",
    }
    assert departure.versions["numpy"][1] == "0.1"
    assert departure.versions["own"] == ("", "2")
    assert check_folder(output, checkout=False).good


def test_a_record_that_was_changed_is_not_believed(output):
    record = output / "published/one/made-from.json"
    record.write_text(record.read_text().replace('"2026-04"', '"2026-07"'))
    found = check_folder(output)
    assert found.silent == ("published/one",)
    assert [one.reports for one in found.departures] == [("published/two",)]
    assert not found.good


def test_tables_that_are_not_as_shipped_are_noted_and_no_difference_by_themselves(output, monkeypatch):
    monkeypatch.setattr(check, "changed", lambda: ("market_prices.csv",))
    found = check_folder(output)
    assert found.good
    assert "note: tables here that are not as shipped: market_prices.csv" in as_text(found, "output")
    assert json.loads(as_json(found))["checkout"]["tables_not_as_shipped"] == ["market_prices.csv"]


def test_text_and_json_say_the_same(output, elsewhere):
    (output / PAGE).write_text("forged")
    (output / "own\x1b[31m.txt").write_text("mine")
    elsewhere({"data/assumptions.csv": ("0" * 64, 3)}, {"numpy": "0.1"})
    found = check_folder(output)
    text, plain = as_text(found, "output"), json.loads(as_json(found))
    assert "14 of 15 verified by their SHA-256" in text
    assert f"  changed (1)\n    {PAGE}\n" in text
    assert "not listed (1)" in text
    assert "\x1b" not in text
    assert "data, changed (1)\n      data/assumptions.csv" in text
    assert "numpy: " in text
    assert text.endswith("The files are not as written; this checkout is not what they were made from.\n")
    assert plain["files"]["changed"] == [PAGE]
    assert plain["checkout"]["departures"][0]["files"] == {"data/assumptions.csv": "changed"}
    assert json.loads(as_json(check_folder(output, checkout=False)))["checkout"] is None


def test_a_name_that_is_no_text_can_be_told(output):
    try:
        (output / os.fsdecode(b"own\xff")).touch()
    except OSError:
        pytest.skip("no such names here")
    found = check_folder(output)
    assert "own\\udcff" in as_text(found, "output")
    assert json.loads(as_json(found))["files"]["foreign"] == ["own\udcff"]


def test_long_lists_are_cut_with_their_count(output):
    for number in range(50):
        (output / f"own-{number:02}").touch()
    text = as_text(check_folder(output), "output")
    assert "not listed (50)" in text
    assert "and 10 more" in text


def test_the_command_exits_with_0_1_and_2(output, run):
    code, out, _ = run("check", output)
    assert code == 0
    assert "All files are as written; this checkout is what they were made from." in out
    (output / PAGE).write_text("forged")
    code, out, _ = run("check", output, "--json", "--files")
    assert code == 1
    assert json.loads(out)["files"]["changed"] == [PAGE]
    (output / NAME).write_text("{")
    code, out, err = run("check", output)
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert "Traceback" not in err


def test_a_folder_that_is_not_there_is_told(tmp_path, run):
    code, _, err = run("check", tmp_path / "nowhere")
    assert code == 2
    assert "`./run report` writes it" in err


def test_a_manifest_that_somebody_made_anew_is_found_by_what_the_sender_told(output):
    sent = check_folder(output, checkout=False).files.manifest
    true = digest(output, PAGE)
    (output / PAGE).write_text("forged", encoding="utf-8")
    size = (output / PAGE).stat().st_size
    manifest = json.loads((output / NAME).read_text(encoding="utf-8"))
    for entity in manifest["@graph"]:
        if entity.get("sha256") == true:
            entity |= {"sha256": digest(output, PAGE), "contentSize": str(size)}
    (output / NAME).write_text(json.dumps(manifest), encoding="utf-8")
    assert check_folder(output, checkout=False).good
    assert not check_folder(output, checkout=False, expected=sent).good


def test_what_is_expected_is_a_hash(output):
    with pytest.raises(InputError, match="found 'abc', allowed is a SHA-256"):
        check_folder(output, expected="abc")
