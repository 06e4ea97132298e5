"""What `analysis check` says, word for word: scripts read it, and a reader decides by it."""

import json

import pytest

from analysis.machinery.receipts.check import Checked, Departure, FilesChecked
from analysis.machinery.receipts.forms import as_json, as_text, printable

SOUND = FilesChecked("a" * 64, ("index.html", "published/one.html"), 1_234_567, (), (), ())
SAME = Departure(("published/one",), {}, {}, 1234)
UNPROVEN = (
    "    It finds damage. Who changes files can write the manifest anew: let the sender tell you its SHA-256",
    "    by another way, and hold it against this one (--expect).",
)


def files(**changes):
    return FilesChecked(**{**vars(SOUND), **changes})


def departing(**kinds):
    return Departure(("published/one",), kinds["files"], kinds.get("versions", {}), 3)


def test_where_nothing_differs_it_says_what_was_compared():
    assert as_text(Checked(SOUND, (SAME,)), "output").splitlines() == [
        "Files of output, as ro-crate-metadata.json lists them",
        "  2 of 2 verified by their SHA-256, 1.2 MB",
        f"  SHA-256 of the manifest: {'a' * 64}",
        *UNPROVEN,
        "",
        "This checkout, against what the reports were made from",
        "  published/one:",
        "    data, code and notebooks are the same, 1,234 files compared",
        "    Python and packages are the same",
        "",
        "All files are as written; this checkout is what they were made from.",
    ]


def test_files_alone_are_judged_alone():
    assert as_text(Checked(SOUND, None), "output").splitlines() == [
        "Files of output, as ro-crate-metadata.json lists them",
        "  2 of 2 verified by their SHA-256, 1.2 MB",
        f"  SHA-256 of the manifest: {'a' * 64}",
        *UNPROVEN,
        "",
        "All files are as written.",
    ]


def test_each_file_that_differs_stands_under_what_became_of_it():
    found = files(same=("a",), size=0, changed=("b", "c"), missing=("d",), foreign=("e\n",))
    assert as_text(Checked(found, None), "output").splitlines()[1:] == [
        "  1 of 4 verified by their SHA-256, 0.0 MB",
        "  changed (2)",
        "    b",
        "    c",
        "  missing (1)",
        "    d",
        "  not listed (1)",
        r"    'e\n'",
        f"  SHA-256 of the manifest: {'a' * 64}",
        *UNPROVEN,
        "",
        "The files are not as written.",
    ]


def test_what_departs_in_this_checkout_stands_by_its_kind_and_what_became_of_it():
    words = {
        "analysis/a.py": "not here",
        "analysis/b.py": "changed",
        "data/a.csv": "changed",
        "data/own/": "changed",
        "notebooks/01-a.ipynb": "changed",
        "requirements.lock": "changed",
        "databases/c": "not here",
    }
    one = departing(files=words, versions={"numpy": ("2.4", ""), "own": ("", "1.0")})
    assert as_text(Checked(SOUND, (one,)), "output").splitlines()[7:] == [
        "  published/one:",
        "    data, changed (2)",
        "      data/a.csv",
        "      data/own/",
        "    code, changed (1)",
        "      analysis/b.py",
        "    code, not here (1)",
        "      analysis/a.py",
        "    notebooks, changed (1)",
        "      notebooks/01-a.ipynb",
        "    other files, changed (1)",
        "      requirements.lock",
        "    other files, not here (1)",
        "      databases/c",
        "    versions, then and here (2)",
        "      numpy: 2.4, none",
        "      own: none, 1.0",
        "",
        "All files are as written; this checkout is not what they were made from.",
    ]


@pytest.mark.parametrize(
    ("count", "shown"),
    [(1, "r0"), (3, "r0, r1, r2"), (4, "r0, r1, r2 and 1 more reports"), (1004, "r0, r1, r2 and 1,001 more reports")],
)
def test_many_reports_are_named_by_the_first_three(count, shown):
    names = tuple(f"r{number}" for number in range(count))
    text = as_text(Checked(SOUND, (Departure(names, {}, {}, 1),), silent=names), "output")
    assert f"\n  {shown}:\n" in text
    assert f"\n  {shown}: what it was made from is not recorded\n" in text


def test_a_folder_without_a_report_says_so_and_one_with_silent_reports_does_not():
    assert "\n  no report\n" in as_text(Checked(SOUND, ()), "output")
    assert "no report\n" not in as_text(Checked(SOUND, (), ("published/one",)), "output")
    assert "no report\n" not in as_text(Checked(SOUND, (SAME,)), "output")


@pytest.mark.parametrize(("count", "more"), [(40, ""), (41, "and 1 more"), (1041, "and 1,001 more")])
def test_a_list_is_cut_after_forty(count, more):
    lines = as_text(Checked(files(foreign=tuple(f"f{n:04}" for n in range(count))), None), "output").splitlines()
    assert lines[2] == f"  not listed ({count:,})"
    assert [line for line in lines if line.startswith("    f")] == [f"    f{n:04}" for n in range(40)]
    assert [line for line in lines if "more" in line] == ([f"    {more}"] if more else [])


def test_tables_that_are_not_as_shipped_are_named():
    text = as_text(Checked(SOUND, (SAME,), tables=("a.csv", "b\x1b.csv")), "output")
    assert r"  note: tables here that are not as shipped: a.csv, 'b\x1b.csv'" in text.splitlines()


def test_json_holds_everything_under_the_names_of_its_fields():
    one = departing(files={"data/a.csv": "changed"}, versions={"numpy": ("2.4", "")})
    found = Checked(files(changed=("b",)), (one, SAME), ("published/two",), ("a.csv",))
    text = as_json(found)
    assert json.loads(text) == {
        "good": False,
        "files": {
            "manifest": "a" * 64,
            "same": ["index.html", "published/one.html"],
            "size": 1_234_567,
            "changed": ["b"],
            "missing": [],
            "foreign": [],
            "expected": "",
            "good": False,
        },
        "checkout": {
            "departures": [
                {
                    "reports": ["published/one"],
                    "files": {"data/a.csv": "changed"},
                    "versions": {"numpy": ["2.4", ""]},
                    "compared": 3,
                    "good": False,
                },
                {"reports": ["published/one"], "files": {}, "versions": {}, "compared": 1234, "good": True},
            ],
            "not_recorded": ["published/two"],
            "tables_not_as_shipped": ["a.csv"],
        },
    }
    assert text == json.dumps(json.loads(text), indent=1, sort_keys=True) + "\n"
    assert json.loads(as_json(Checked(SOUND, None))) == {
        "good": True,
        "files": {**json.loads(text)["files"], "changed": [], "good": True},
        "checkout": None,
    }


@pytest.mark.parametrize(
    ("found", "good"),
    [
        (Checked(SOUND, (SAME,)), True),
        (Checked(SOUND, None), True),
        (Checked(SOUND, (), ("silent",), ("a.csv",)), True),
        (Checked(files(changed=("a",)), None), False),
        (Checked(files(missing=("a",)), None), False),
        (Checked(files(foreign=("a",)), None), False),
        (Checked(SOUND, (SAME, departing(files={"a": "changed"}))), False),
        (Checked(SOUND, (departing(files={}, versions={"a": ("", "1")}),)), False),
    ],
)
def test_all_is_good_only_where_nothing_differs(found, good):
    assert found.good is good
    assert json.loads(as_json(found))["good"] is good


def test_a_text_that_a_terminal_may_show_is_shown_as_it_is():
    assert printable("coût") == "coût"
    assert printable("\x1b[31m") == r"'\x1b[31m'"


def test_a_manifest_is_held_against_what_its_sender_told():
    told = files(expected="a" * 64)
    assert "    as expected" in as_text(Checked(told, None), "output").splitlines()
    other = files(expected="b" * 64)
    assert f"    expected {'b' * 64}" in as_text(Checked(other, None), "output").splitlines()
    assert (told.good, other.good) == (True, False)
