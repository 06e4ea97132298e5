"""A folder of reports as an RO-Crate: what lies in it, what it was made from, and what it concludes.

RO-Crate 1.2 (https://w3id.org/ro/crate/1.2), attached to the folder. Files of the project are not in the folder, so
they are local entities with a `localPath`; two versions of one file are two entities. An action has no time and no
agent: the same input gives the same bytes, whoever builds it and whenever.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from posixpath import splitext
from typing import Any
from urllib.parse import quote

from analysis.library.loading.plain_yaml import parse
from analysis.library.places import ROOT
from analysis.machinery.receipts.reports import MadeFrom, Report

SPECIFICATION = "https://w3id.org/ro/crate/1.2"
LICENSE = "https://spdx.org/licenses/Apache-2.0"
NAME = "ro-crate-metadata.json"
CITATION = ROOT / "CITATION.cff"
SHOWN = 16
FORMATS = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".py": "text/x-python",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
}
DATA, CODE, NOTEBOOKS = "data", "analysis", "notebooks"
Entity = dict[str, Any]
Files = Mapping[str, tuple[str, int | None]]


def crate(reports: Iterable[Report], files: Files) -> dict[str, Any]:
    """Return the metadata document.

    Args:
        reports: The finished reports.
        files: SHA-256 and, where it is known, size in bytes of each file of the folder, by path.
    """
    entities: dict[str, Entity] = {}
    listed = list(reports)
    for report in listed:
        _add(entities, _report(report, entities))
    of_reports = {path for report in listed for path in report.files}
    for path, (sum_, size) in files.items():
        _add(entities, {"@id": quote(path), **_file(path, sum_, size)})
    parts = [*(f"#{report.name}" for report in listed), *(quote(path) for path in files if path not in of_reports)]
    actions = [name for name, entity in entities.items() if entity["@type"] == "CreateAction"]
    head = [_descriptor(), _root(parts, actions), _license()]
    return {
        "@context": f"{SPECIFICATION}/context",
        "@graph": [*head, *(entity for _, entity in sorted(entities.items()))],
    }


def encoding_format(path: str) -> str:
    """Return the media type of a file by its suffix, the same on every machine."""
    return FORMATS.get(splitext(path)[1], "text/plain")


def _descriptor() -> Entity:
    about = {"about": {"@id": "./"}, "conformsTo": {"@id": SPECIFICATION}}
    return {"@id": NAME, "@type": "CreativeWork", **about}


def _root(parts: Iterable[str], actions: Iterable[str]) -> Entity:
    cited = parse(CITATION.read_bytes(), CITATION.name)
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Reports: {cited['title']}",
        "description": "Reports with their data and the derivation of every number, and what each was made from.",
        "datePublished": str(cited["date-released"]),
        "version": cited["version"],
        "license": {"@id": LICENSE},
        "hasPart": _references(parts),
        "mentions": _references(actions),
    }


def _license() -> Entity:
    description = "Code and measured rows. All other figures are quoted from the publications that each report names."
    return {"@id": LICENSE, "@type": "CreativeWork", "name": "Apache License 2.0", "description": description}


def _report(report: Report, entities: dict[str, Entity]) -> Entity:
    """Return a report as a set of files with what it concludes, and add what it was made from."""
    concluded = []
    for conclusion in report.summary.conclusions:
        stated = {
            "@type": "PropertyValue",
            "name": conclusion.id,
            "value": conclusion.words,
            "description": conclusion.sentence,
        }
        concluded.append(_add(entities, {"@id": f"#{report.name}/conclusion/{quote(conclusion.id)}", **stated}))
    if report.made_from is not None:
        _action(report.name, report.made_from, entities)
    return {
        "@id": f"#{report.name}",
        "@type": "Dataset",
        "name": report.summary.title or report.name,
        "description": report.summary.subtitle,
        "hasPart": _references(quote(path) for path in report.files),
        "variableMeasured": _references(concluded),
    }


def _action(name: str, made_from: MadeFrom, entities: dict[str, Entity]) -> None:
    """Add the building of a report: from which data and parameters, by which notebook, code and packages."""
    given = [
        _add(
            entities,
            {
                "@id": f"#{name}/parameter/{quote(key)}",
                "@type": "PropertyValue",
                "name": key,
                "value": value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True),
            },
        )
        for key, value in made_from.parameters.items()
    ]
    kinds: dict[str, dict[str, tuple[str, int]]] = {DATA: {}, CODE: {}}
    for path, described in made_from.files.items():
        if not path.endswith("/"):  # what a folder held is no file
            kinds.setdefault(path.partition("/")[0], {})[path] = described
    data = _set(entities, "Data", kinds.pop(DATA), "Dataset")
    code = _set(entities, "Code", kinds.pop(CODE), "SoftwareSourceCode")
    others = [_input(entities, path, *described) for files in kinds.values() for path, described in files.items()]
    _add(
        entities,
        {
            "@id": f"#{name}/build",
            "@type": "CreateAction",
            "name": f"Build of {name}",
            "description": f"Scenario {made_from.scenario}",
            "instrument": _references([code, _environment(entities, made_from.versions), *others]),
            "object": _references([data, *given]),
            "result": {"@id": f"#{name}"},
        },
    )


def _set(entities: dict[str, Entity], name: str, files: Mapping[str, tuple[str, int]], kind: str) -> str:
    identifier = f"#{name.lower()}@{_hash(f'{path} {sum_}' for path, (sum_, _) in files.items())}"
    if identifier not in entities:
        parts = [_input(entities, path, *described) for path, described in files.items()]
        _add(entities, {"@id": identifier, "@type": kind, "name": name, "hasPart": _references(parts)})
    return identifier


def _input(entities: dict[str, Entity], path: str, sum_: str, size: int) -> str:
    kind = {"@type": ["File", "SoftwareSourceCode"]} if path.startswith(f"{NOTEBOOKS}/") else {}
    identifier = f"#{quote(path)}@{sum_[:SHOWN]}"
    return _add(entities, {"@id": identifier, **_file(path, sum_, size), "localPath": path, **kind})


def _environment(entities: dict[str, Entity], versions: Mapping[str, str]) -> str:
    parts = [
        _add(
            entities,
            {
                "@id": f"#{quote(name)}@{quote(version)}",
                "@type": "SoftwareApplication",
                "name": name,
                "softwareVersion": version,
            },
        )
        for name, version in versions.items()
    ]
    needs = {"name": "Python and packages", "softwareRequirements": _references(parts)}
    return _add(entities, {"@id": f"#environment@{_hash(parts)}", "@type": "SoftwareApplication", **needs})


def _file(path: str, sum_: str, size: int | None) -> Entity:
    sized = {} if size is None else {"contentSize": str(size)}
    return {"@type": "File", "name": path, "encodingFormat": encoding_format(path), "sha256": sum_, **sized}


def _add(entities: dict[str, Entity], entity: Entity) -> str:
    identifier = str(entity["@id"])
    entities[identifier] = entity
    return identifier


def _references(identifiers: Iterable[str]) -> Any:
    """Return what refers to entities: one alone stands without a list, as in JSON-LD's compacted form."""
    references = [{"@id": identifier} for identifier in sorted(set(identifiers))]
    return references[0] if len(references) == 1 else references


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:SHOWN]
