"""Folders of reports as a build leaves them, without the building."""

import json

from analysis.machinery.press import files, made_from
from analysis.machinery.receipts.manifest import write_manifest

FINDING = {"id": "the-answer-1", "words": "It costs {cost} as much.", "sentence": "It costs 34.1x as much."}
VERDICT = {"id": "published/cost-ratio", "words": "within repeatability", "sentence": "35 times cheaper"}


def entry(identifier, value, name="cost per million tokens, HGX H200", **more):
    """A number of the register."""
    return {"id": identifier, "text": f"{value:g}", "value": value, "unit": "USD/Mtok", "name": name, **more}


def report(output, name="one", scenario="published", *, numbers=(), conclusions=(FINDING, VERDICT), **parameters):
    """Write a finished report into a folder."""
    listed = list(numbers) or [entry("n1", 4.2)]
    places = {f"table levels: row {position}, Cost": one["id"] for position, one in enumerate(listed)}
    summary = {"title": f"Report {name}", "subtitle": "Below", "findings": [], "conclusions": list(conclusions)}
    contents = {
        f"{name}.html": f"<h1>{name}</h1>".encode(),
        f"{name}/data/levels.csv": b"row,cost\na,4.2\n",
        f"{name}/numbers.json": json.dumps(listed).encode(),
        f"{name}/places.json": json.dumps(places).encode(),
        f"{name}/summary.json": json.dumps(summary).encode(),
    }
    record = made_from.record(name, scenario, {"vintage": "2026-04", **parameters})
    files.replace(output / scenario, name, "key", contents | record)


def folder(output, **options):
    """Write a folder of two reports and its manifest."""
    output.mkdir(parents=True, exist_ok=True)
    (output / "index.html").write_text("<h1>All</h1>")
    report(output, "one", **options)
    report(output, "two", **options)
    write_manifest(output)
    return output
