"""Keeps the list of all reports that lie in the output folder."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from analysis.library.writing import put
from analysis.machinery.press.files import receipt
from analysis.machinery.press.html import Link
from analysis.machinery.press.index import Listed, index

PAGE, SUMMARY, CHANGE = "index.html", "summary.json", "what-if.html"
TITLE = "Cost per token: the reports"


def write_index(output: Path) -> Path:
    """Write the list of the finished reports, and return its path."""
    output.mkdir(parents=True, exist_ok=True)
    page = output / PAGE
    content = index(tuple(_listed(output)), title=TITLE).encode()
    if not page.is_file() or page.read_bytes() != content:
        put(page, content)
    return page


def _listed(output: Path) -> Iterator[Listed]:
    if (output / CHANGE).is_file():
        yield Listed("Change it and see", "The comparison under conditions of your own, in the browser", "", CHANGE)
    for path in sorted(output.glob(f"*/*/{SUMMARY}")):
        scenario, name = path.parts[-3:-1]
        written, content = receipt(output / scenario, name), path.read_bytes()
        if written is None or written["files"].get(f"{name}/{SUMMARY}") != hashlib.sha256(content).hexdigest():
            continue
        summary = json.loads(content)
        forms = {"HTML": f"{name}.html", "PDF": f"{name}.pdf"}
        links = {form: f"{scenario}/{file}" for form, file in forms.items() if file in written["files"]}
        if f"{name}/numbers.json" in written["files"]:
            links["Numbers (JSON)"] = f"{scenario}/{name}/numbers.json"
        yield Listed(
            summary["title"],
            summary["subtitle"],
            "" if scenario == name else scenario,
            links.get("HTML", links.get("PDF", "")),
            tuple(summary["findings"]),
            tuple(Link(label, url) for label, url in links.items() if label != "HTML"),
        )
