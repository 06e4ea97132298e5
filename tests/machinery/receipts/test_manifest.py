import hashlib
import json
import shutil

import pytest

from analysis.errors import InputError
from analysis.library.places import ROOT
from analysis.machinery.press.conclusions import Conclusion
from analysis.machinery.receipts.crate import NAME, crate, encoding_format
from analysis.machinery.receipts.manifest import read_manifest, write_manifest
from analysis.machinery.receipts.reports import MadeFrom, Report, ReportSummary, read_as_written, reports
from tests.support.receipts import FINDING, VERDICT, folder, report


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    return folder(tmp_path_factory.mktemp("reports") / "output")


@pytest.fixture(scope="module")
def document(output):
    return json.loads((output / NAME).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def entities(document):
    found = {one["@id"]: one for one in document["@graph"]}
    assert len(found) == len(document["@graph"])
    return found


def references(value):
    listed = value if isinstance(value, list) else [value]
    return [one["@id"] for one in listed]


def all_references(value):
    if isinstance(value, list):
        return [one for item in value for one in all_references(item)]
    return [value["@id"]] if isinstance(value, dict) else []


def test_it_is_an_attached_crate_of_the_specification(document, entities):
    assert document["@context"] == "https://w3id.org/ro/crate/1.2/context"
    assert entities[NAME] == {
        "@id": NAME,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
    }
    root = entities["./"]
    assert {"@type", "name", "description", "datePublished", "license"} <= set(root)
    assert root["datePublished"] in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert {"name", "description"} <= set(entities[root["license"]["@id"]])


def test_the_graph_is_flat_and_every_reference_leads_to_an_entity(document, entities):
    specification = {"https://w3id.org/ro/crate/1.2"}
    for one in document["@graph"]:
        for value in one.values():
            assert set(all_references(value)) <= set(entities) | specification
            for part in value if isinstance(value, list) else [value]:
                assert isinstance(part, str) or set(part) == {"@id"}, one["@id"]


def test_every_entity_is_reached_from_the_root(entities):
    reached, waiting = set(), ["./", NAME]
    while waiting:
        if (name := waiting.pop()) in entities and name not in reached:
            reached.add(name)
            waiting += [one for value in entities[name].values() for one in all_references(value)]
    assert reached == set(entities)


def test_each_file_of_the_folder_stands_with_hash_size_and_type(output, entities):
    listed = {name for name, one in entities.items() if one["@type"] == "File" and not name.startswith("#")}
    there = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert listed == there - {NAME}
    for path in listed:
        content = (output / path).read_bytes()
        assert entities[path]["sha256"] == hashlib.sha256(content).hexdigest()
        assert entities[path]["contentSize"] == str(len(content))
    assert entities["published/one.html"]["encodingFormat"] == "text/html"
    assert entities["published/one/data/levels.csv"]["encodingFormat"] == "text/csv"


def test_files_are_parts_of_their_report_and_that_of_the_root(entities):
    assert references(entities["./"]["hasPart"]) == ["#published/one", "#published/two", "index.html"]
    assert "published/one/receipt.json" in references(entities["#published/one"]["hasPart"])


def test_what_a_report_was_made_from_is_there_file_by_file(entities):
    action = entities["#published/one/build"]
    assert action["result"] == {"@id": "#published/one"}
    data, *parameters = references(action["object"])
    tables = {entities[name]["localPath"]: entities[name]["sha256"] for name in references(entities[data]["hasPart"])}
    path = "data/assumptions.csv"
    assert tables[path] == hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
    assert [(entities[one]["name"], entities[one]["value"]) for one in parameters] == [("vintage", "2026-04")]
    code, environment, lock = references(action["instrument"])
    assert "analysis/formulas/serving.py" in {
        entities[one]["localPath"] for one in references(entities[code]["hasPart"])
    }
    needs = {entities[one]["name"] for one in references(entities[environment]["softwareRequirements"])}
    assert {"Python", "numpy"} <= needs
    assert entities[lock]["localPath"] == "requirements.lock"


def test_what_a_report_concludes_is_there(entities):
    found = [entities[one] for one in references(entities["#published/one"]["variableMeasured"])]
    assert {(one["name"], one["value"], one["description"]) for one in found} == {
        tuple(one[key] for key in ("id", "words", "sentence")) for one in (FINDING, VERDICT)
    }


def test_two_versions_of_one_input_are_two_entities(tmp_path, monkeypatch):
    output = folder(tmp_path / "output")
    from analysis.machinery.press import fingerprints, made_from

    others = {**fingerprints.files(), "data/assumptions.csv": ("0" * 64, 3)}
    monkeypatch.setattr(made_from, "files", lambda: others)
    monkeypatch.setattr(fingerprints, "demand_unchanged", lambda used: None)
    report(output, "two")
    write_manifest(output)
    graph = json.loads((output / NAME).read_text(encoding="utf-8"))["@graph"]
    assert len([one for one in graph if one.get("localPath") == "data/assumptions.csv"]) == 2
    assert len([one for one in graph if one.get("name") == "Data"]) == 2
    assert len([one for one in graph if one.get("name") == "Code"]) == 1


def test_the_same_reports_give_the_same_bytes_wherever_they_lie_and_a_second_call_writes_nothing(output, tmp_path):
    other = folder(tmp_path / "elsewhere" / "again")
    assert (other / NAME).read_bytes() == (output / NAME).read_bytes()
    assert str(tmp_path).encode() not in (other / NAME).read_bytes()
    before = (other / NAME).stat().st_mtime_ns
    write_manifest(other)
    assert (other / NAME).stat().st_mtime_ns == before


def test_reports_of_earlier_runs_stay_listed_and_what_was_changed_in_them_does_not_become_right(output, tmp_path):
    copy = tmp_path / "output"
    shutil.copytree(output, copy)
    (copy / "published/one.html").write_text("forged")
    report(copy, "three", scenario="agentic")
    write_manifest(copy)
    sums, _ = read_manifest(copy)
    assert sums["published/one.html"] == read_manifest(output)[0]["published/one.html"]
    assert "agentic/three.html" in sums


def test_what_has_no_receipt_is_not_listed(output, tmp_path):
    copy = tmp_path / "output"
    shutil.copytree(output, copy)
    (copy / "published/two/receipt.json").write_text("{")
    (copy / "mine.txt").write_text("mine")
    write_manifest(copy)
    sums, _ = read_manifest(copy)
    assert "published/one.html" in sums
    assert not [path for path in sums if "two" in path or "mine" in path]


def test_a_manifest_is_read_back_as_the_files_that_it_lists(output):
    sums, content = read_manifest(output)
    assert content == (output / NAME).read_bytes()
    assert sums["index.html"] == hashlib.sha256(b"<h1>All</h1>").hexdigest()


def manifest(*files, **changes):
    about = {"@id": NAME, "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"}, **changes}
    return json.dumps({"@graph": [about, *files]})


def file(path, sum_="0" * 64):
    return {"@id": path, "@type": "File", "sha256": sum_}


UNUSABLE = {
    "no manifest": (None, "no such file"),
    "empty": ("", "not readable as JSON"),
    "cut off": ('{"@graph": [', "not readable as JSON"),
    "nested too deeply": ("[" * 100_000, "not readable as JSON"),
    "a list": ("[]", "no @graph"),
    "a graph of words": ('{"@graph": ["a"]}', "no @graph"),
    "something else": (json.dumps({"@graph": []}), "does not say that it conforms"),
    "another version": (manifest(conformsTo={"@id": "https://w3id.org/ro/crate/1.0"}), "does not say"),
    "up": (manifest(file("../secret")), "allowed is one of a file below the folder"),
    "up, later": (manifest(file("published/../../secret")), "below the folder"),
    "up, escaped": (manifest(file("%2e%2e/secret")), "below the folder"),
    "absolute": (manifest(file("/etc/passwd")), "below the folder"),
    "absolute, escaped": (manifest(file("%2Fetc/passwd")), "below the folder"),
    "a drive": (manifest(file("C:/secret")), "below the folder"),
    "backslashes": (manifest(file("..\\secret")), "below the folder"),
    "an address": (manifest(file("file:///etc/passwd")), "below the folder"),
    "two readings": (manifest(file("published//one.html")), "below the folder"),
    "the folder": (manifest(file("./")), "below the folder"),
    "nothing": (manifest(file("")), "below the folder"),
    "a null byte": (manifest(file("a%00b")), "below the folder"),
    "right to left": (manifest(file("a\u202eb")), "below the folder"),
    "very long": (manifest(file("a" * 5000)), "below the folder"),
    "twice": (manifest(file("a"), file("a")), "stands here again"),
    "itself": (manifest(file(NAME)), "stands here again"),
    "no hash": (manifest({"@id": "a", "@type": "File"}), "sha256"),
    "a short hash": (manifest(file("a", "abc")), "sha256"),
    "a hash that is none": (manifest(file("a", 3)), "sha256"),
}


@pytest.mark.parametrize("what", list(UNUSABLE))
def test_a_manifest_that_cannot_be_used_is_refused_with_its_place(tmp_path, what):
    content, said = UNUSABLE[what]
    if content is not None:
        (tmp_path / NAME).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said) as refused:
        read_manifest(tmp_path)
    assert NAME in str(refused.value)
    assert str(refused.value).isprintable()


def test_media_types_do_not_depend_on_the_machine():
    assert encoding_format("a/b.pdf") == "application/pdf"
    assert encoding_format("requirements.lock") == "text/plain"


FORMATS = {
    "csv": "text/csv",
    "html": "text/html",
    "ipynb": "application/x-ipynb+json",
    "js": "text/javascript",
    "css": "text/css",
    "json": "application/json",
    "md": "text/markdown",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "png": "image/png",
    "py": "text/x-python",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
    "txt": "text/plain",
    "typ": "text/plain",
}


def test_every_suffix_has_its_registered_media_type():
    assert {suffix: encoding_format(f"a.b/c.{suffix}") for suffix in FORMATS} == FORMATS


def test_the_whole_crate_of_one_report_is_this():
    made_from = MadeFrom(
        scenario="published",
        parameters={"vintage": "2026-04", "as_of": None, "ü": ["ä"]},
        versions={"Python": "3.11"},
        files={
            "data/a.csv": ("1" * 64, 1),
            "analysis/a.py": ("2" * 64, 2),
            "notebooks/one.ipynb": ("3" * 64, 3),
            "requirements.lock": ("4" * 64, 4),
        },
    )
    concluded = Conclusion(id="the answer", words="It costs {cost}.", sentence="It costs 4.2.")
    report = Report(
        "published/one",
        {"published/one.html": "5" * 64},
        ReportSummary(subtitle="Below", conclusions=[concluded]),
        made_from,
    )
    document = crate([report], {"index.html": ("6" * 64, 6), "published/one.html": ("5" * 64, None)})
    found = {one["@id"]: one for one in document["@graph"]}
    root = found.pop("./")
    assert root["name"].startswith("Reports: ")
    said = {key: value for key, value in root.items() if key not in ("name", "version", "datePublished")}
    assert said == {
        "@id": "./",
        "@type": "Dataset",
        "description": "Reports with their data and the derivation of every number, and what each was made from.",
        "license": {"@id": "https://spdx.org/licenses/Apache-2.0"},
        "hasPart": [{"@id": "#published/one"}, {"@id": "index.html"}],
        "mentions": {"@id": "#published/one/build"},
    }
    assert list(found)[:2] == [NAME, "https://spdx.org/licenses/Apache-2.0"]
    assert list(found)[2:] == sorted(list(found)[2:])
    found.pop(NAME)
    data, code, environment = (next(one for one in found if one.startswith(f"#{kind}@")) for kind in KINDS)
    assert {len(one.partition("@")[2]) for one in (data, code, environment)} == {16}

    def one_of(path, digit, form, size, **more):
        kind = {"@type": "File", "name": path, "encodingFormat": form, "sha256": digit * 64, "contentSize": str(size)}
        return {"@id": f"#{path}@{digit * 16}", **kind, "localPath": path, **more}

    def parameter(quoted, name, value):
        identifier = f"#published/one/parameter/{quoted}"
        return {"@id": identifier, "@type": "PropertyValue", "name": name, "value": value}

    entities = [
        {
            "@id": "https://spdx.org/licenses/Apache-2.0",
            "@type": "CreativeWork",
            "name": "Apache License 2.0",
            "description": "Code and measured rows. All other figures are quoted from the publications that each "
            "report names.",
        },
        {
            "@id": "index.html",
            "@type": "File",
            "name": "index.html",
            "encodingFormat": "text/html",
            "sha256": "6" * 64,
            "contentSize": "6",
        },
        {
            "@id": "published/one.html",
            "@type": "File",
            "name": "published/one.html",
            "encodingFormat": "text/html",
            "sha256": "5" * 64,
        },
        {
            "@id": "#published/one",
            "@type": "Dataset",
            "name": "published/one",
            "description": "Below",
            "hasPart": {"@id": "published/one.html"},
            "variableMeasured": {"@id": "#published/one/conclusion/the%20answer"},
        },
        {
            "@id": "#published/one/conclusion/the%20answer",
            "@type": "PropertyValue",
            "name": "the answer",
            "value": "It costs {cost}.",
            "description": "It costs 4.2.",
        },
        {
            "@id": "#published/one/build",
            "@type": "CreateAction",
            "name": "Build of published/one",
            "description": "Scenario published",
            "instrument": [
                {"@id": one}
                for one in sorted(
                    [code, environment, f"#notebooks/one.ipynb@{'3' * 16}", f"#requirements.lock@{'4' * 16}"]
                )
            ],
            "object": [
                {"@id": one}
                for one in (
                    data,
                    "#published/one/parameter/%C3%BC",
                    "#published/one/parameter/as_of",
                    "#published/one/parameter/vintage",
                )
            ],
            "result": {"@id": "#published/one"},
        },
        parameter("vintage", "vintage", "2026-04"),
        parameter("as_of", "as_of", "null"),
        parameter("%C3%BC", "ü", '["ä"]'),
        {"@id": data, "@type": "Dataset", "name": "Data", "hasPart": {"@id": f"#data/a.csv@{'1' * 16}"}},
        {
            "@id": code,
            "@type": "SoftwareSourceCode",
            "name": "Code",
            "hasPart": {"@id": f"#analysis/a.py@{'2' * 16}"},
        },
        {
            "@id": environment,
            "@type": "SoftwareApplication",
            "name": "Python and packages",
            "softwareRequirements": {"@id": "#Python@3.11"},
        },
        {"@id": "#Python@3.11", "@type": "SoftwareApplication", "name": "Python", "softwareVersion": "3.11"},
        one_of("data/a.csv", "1", "text/csv", 1),
        one_of("analysis/a.py", "2", "text/x-python", 2),
        one_of("requirements.lock", "4", "text/plain", 4),
        one_of(
            "notebooks/one.ipynb", "3", "application/x-ipynb+json", 3, **{"@type": ["File", "SoftwareSourceCode"]}
        ),
    ]
    assert found == {one["@id"]: one for one in entities}


KINDS = ("data", "code", "environment")


def test_inputs_that_were_renamed_or_changed_are_another_set():
    def data(files):
        made = Report("a/b", {}, ReportSummary(), MadeFrom(files={path: (sum_, 1) for path, sum_ in files.items()}))
        return next(one["@id"] for one in crate([made], {})["@graph"] if one.get("name") == "Data")

    first, second = "1" * 64, "2" * 64
    same = {data({"data/a": first, "data/b": second}), data({"data/b": second, "data/a": first})}
    others = {data({"data/a": second, "data/b": first}), data({"data/a": first}), data({"data/c": first})}
    assert len(same) == 1
    assert len(same | others) == 4


def test_pages_without_a_receipt_are_listed_where_they_lie(tmp_path):
    contents = {"index.html": b"1", "what-if.html": b"2", "small/scenarios/part-00000.parquet": b"3"}
    foreign = {"other.html": b"4", "small/part-00000.parquet": b"5", "small/scenarios/notes.txt": b"6"}
    for path, content in {**contents, **foreign}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert write_manifest(tmp_path) == tmp_path / NAME
    assert read_manifest(tmp_path)[0] == {
        path: hashlib.sha256(content).hexdigest() for path, content in sorted(contents.items())
    }


def test_a_report_is_read_as_its_receipt_and_what_lies_beside_it_say(output):
    one, two = reports(output)
    assert (one.name, two.name) == ("published/one", "published/two")
    assert (one.summary.title, one.summary.subtitle) == ("Report one", "Below")
    assert [said.id for said in one.summary.conclusions] == [FINDING["id"], VERDICT["id"]]
    assert one.made_from is not None
    assert (one.made_from.scenario, one.made_from.parameters) == ("published", {"vintage": "2026-04"})
    there = {path for path in (output / "published").rglob("one*/**/*") if path.is_file()}
    listed = {output / path for path in one.files}
    assert listed == there | {output / "published/one.html"}


def test_a_file_is_read_only_as_it_was_written(tmp_path):
    (tmp_path / "a.json").write_bytes(b"[1, 2]")
    right = {"a.json": hashlib.sha256(b"[1, 2]").hexdigest()}
    assert read_as_written(tmp_path, right, "a.json", list[int], "else") == [1, 2]
    assert read_as_written(tmp_path, {"a.json": "0" * 64}, "a.json", list[int], "else") == "else"
    assert read_as_written(tmp_path, {}, "a.json", list[int], "else") == "else"
    with pytest.raises(InputError, match=r"^a\.json"):
        read_as_written(tmp_path, right, "a.json", dict[str, int], "else")
    (tmp_path / "a.json").unlink()
    assert read_as_written(tmp_path, right, "a.json", list[int], "else") == "else"


def test_what_is_not_said_of_a_report_is_empty():
    assert MadeFrom().model_dump() == {"scenario": "", "parameters": {}, "versions": {}, "files": {}}
    assert ReportSummary().model_dump() == {"title": "", "subtitle": "", "conclusions": []}
