"""A folder of reports as an RO-Crate: what lies in it, what it was made from, and what it concludes.

RO-Crate 1.2 (https://w3id.org/ro/crate/1.2), attached to the folder. Files of the project are not in the folder, so
they are local entities with a `localPath`; two versions of one file are two entities. An action has no time and no
agent: the same input gives the same bytes, whoever builds it and whenever.
"""

import hashlib
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
    """Return the metadata document."""
    graph, listed = _Graph(), list(reports)
    for report in listed:
        graph.add_report(report)
    of_reports = {path for report in listed for path in report.files}
    for path, described in files.items():
        graph.add(quote(path), "File", **_file(path, *described))
    parts = [*(f"#{report.name}" for report in listed), *(quote(path) for path in files if path not in of_reports)]
    actions = [name for name, entity in graph.entities.items() if entity["@type"] == "CreateAction"]
    head = [_descriptor(), _root(parts, actions), _license()]
    return {
        "@context": f"{SPECIFICATION}/context",
        "@graph": [*head, *(entity for _, entity in sorted(graph.entities.items()))],
    }


def encoding_format(path: str) -> str:
    """Return the media type of a file by its suffix, the same on every machine."""
    return FORMATS.get(splitext(path)[1], "text/plain")


class _Graph:
    """The entities of a crate, by their identifiers."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}

    def add(self, identifier: str, kind: str | list[str], **properties: Any) -> str:
        """Add an entity and return its identifier."""
        self.entities[identifier] = {"@id": identifier, "@type": kind, **properties}
        return identifier

    def add_report(self, report: Report) -> None:
        """Add a report as a set of files, with what it concludes and what it was made from."""
        concluded = [
            self.add(
                f"#{report.name}/conclusion/{quote(conclusion.id)}", "PropertyValue",
                name=conclusion.id, value=conclusion.words, description=conclusion.sentence,
            )
            for conclusion in report.summary.conclusions
        ]  # fmt: skip
        if report.made_from is not None:
            self._add_action(report.name, report.made_from)
        self.add(
            f"#{report.name}", "Dataset",
            name=report.summary.title or report.name, description=report.summary.subtitle,
            hasPart=_references(quote(path) for path in report.files), variableMeasured=_references(concluded),
        )  # fmt: skip

    def _add_action(self, name: str, made_from: MadeFrom) -> None:
        """Add the building of a report: from which data and parameters, by which notebook, code and packages."""
        given = [
            self.add(f"#{name}/parameter/{quote(key)}", "PropertyValue", name=key, value=text)
            for key, text in made_from.texts.items()
        ]
        kinds: dict[str, dict[str, tuple[str, int]]] = {DATA: {}, CODE: {}}
        for path, described in made_from.files.items():
            if not path.endswith("/"):  # what a folder held is no file
                kinds.setdefault(path.partition("/")[0], {})[path] = described
        data = self._add_set("Data", kinds.pop(DATA), "Dataset")
        code = self._add_set("Code", kinds.pop(CODE), "SoftwareSourceCode")
        others = [self._add_input(path, *described) for files in kinds.values() for path, described in files.items()]
        tools = _references([code, self._add_environment(made_from.versions), *others])
        self.add(
            f"#{name}/build", "CreateAction", name=f"Build of {name}", description=f"Scenario {made_from.scenario}",
            instrument=tools, object=_references([data, *given]), result={"@id": f"#{name}"},
        )  # fmt: skip

    def _add_set(self, name: str, files: Mapping[str, tuple[str, int]], kind: str) -> str:
        identifier = f"#{name.lower()}@{_hash(f'{path} {sum_}' for path, (sum_, _) in files.items())}"
        if identifier not in self.entities:
            parts = [self._add_input(path, *described) for path, described in files.items()]
            self.add(identifier, kind, name=name, hasPart=_references(parts))
        return identifier

    def _add_input(self, path: str, sum_: str, size: int) -> str:
        kind = ["File", "SoftwareSourceCode"] if path.startswith(f"{NOTEBOOKS}/") else "File"
        return self.add(f"#{quote(path)}@{sum_[:SHOWN]}", kind, **_file(path, sum_, size), localPath=path)

    def _add_environment(self, versions: Mapping[str, str]) -> str:
        parts = [
            self.add(f"#{quote(name)}@{quote(version)}", "SoftwareApplication", name=name, softwareVersion=version)
            for name, version in versions.items()
        ]
        return self.add(
            f"#environment@{_hash(parts)}", "SoftwareApplication",
            name="Python and packages", softwareRequirements=_references(parts),
        )  # fmt: skip


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


def _file(path: str, sum_: str, size: int | None) -> Entity:
    sized = {} if size is None else {"contentSize": str(size)}
    return {"name": path, "encodingFormat": encoding_format(path), "sha256": sum_, **sized}


def _references(identifiers: Iterable[str]) -> Any:
    """Return what refers to entities: one alone stands without a list, as in JSON-LD's compacted form."""
    references = [{"@id": identifier} for identifier in sorted(set(identifiers))]
    return references[0] if len(references) == 1 else references


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:SHOWN]
