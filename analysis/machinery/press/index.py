"""Keeps the page that lists all reports of the output folder with what they found."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from markupsafe import Markup

from analysis.exhibits.marks import Mark, cautions_in, mark, with_marks
from analysis.library.writing import put
from analysis.machinery.press import templates
from analysis.machinery.press.files import receipt
from analysis.machinery.press.front import Link
from analysis.machinery.press.style import style

PAGE, SUMMARY, CHANGE = "index.html", "summary.json", "what-if.html"
TITLE = "Cost per token: the reports"


@dataclass(frozen=True)
class Listed:
    """One report in the list."""

    title: str
    subtitle: str
    scenario: str
    url: str
    findings: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


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


def index(
    reports: tuple[Listed, ...], *, title: str = "Reports", accent: str = "#0b5c7a", language: str = "en"
) -> str:
    """Return the list of reports as an HTML page.

    Raises:
        InputError: The accent is not a color.
    """
    findings = "".join(finding for report in reports for finding in report.findings)
    return templates.render(
        "index.html",
        title=title,
        language=language,
        style=style(accent),
        cautions=cautions_in(findings),
        reports=[(report, [_linked(finding, report.url) for finding in report.findings]) for report in reports],
    )


def _linked(finding: str, url: str) -> Markup:
    """Return a finding whose numbers lead to their derivations in the report."""

    def number(one: Mark) -> str:
        letters = "".join(f'<sup class="mark" data-letter="{caution.letter}"></sup>' for caution in one.cautions)
        return mark(one.id, f'<a href="{escape(url)}#{one.id}">{one.text}{letters}</a>', one.words)

    return Markup(with_marks(finding, number))  # noqa: S704 - a finding is HTML that the notebook's statements made
