"""Turns an executed notebook into the files of a report."""

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from analysis.machinery.press import numbers
from analysis.machinery.press.check import demand
from analysis.machinery.press.conclusions import conclusions
from analysis.machinery.press.document import Front, Provenance
from analysis.machinery.press.html import Link, html
from analysis.machinery.press.outputs import Notebook, attachments, data_files, findings, title
from analysis.machinery.press.pdf import pdf, text
from analysis.machinery.press.shown import shown

LEFT_OUT = ("Derivations", "of every number are part of the HTML form of this brief, and of numbers.json beside it")
INDEX = Link("All reports", "../index.html")


def files(
    name: str,
    notebook: Notebook,
    front: Mapping[str, Any],
    provenance: tuple[tuple[str, str], ...],
    forms: tuple[str, ...],
    names: Iterable[str] = (),
    links: Iterable[tuple[str, str]] = (),
    *,
    code: bool = False,
) -> dict[str, bytes]:
    """Return the report's files by their paths below the scenario's folder.

    Args:
        name: Name of the report.
        notebook: The notebook as executed.
        front: Fields of `Front`; an empty title is the notebook's own first heading.
        provenance: Labels and texts of how the report is rebuilt.
        forms: "html", "pdf" or both.
        names: Words that hold digits and are no figures, such as products and titles of sources.
        links: Labels and addresses, relative to the page, that it shows at its head.
        code: Whether the code is folded into the HTML.

    Raises:
        InputError: An output of the notebook is not what a report can show, or the report shows a numeral that
            nothing stands behind.
    """
    brief = bool(notebook["metadata"].get("report", {}).get("brief", False))
    head = Front(**{**front, "title": front.get("title") or title(notebook) or name, "brief": brief})
    made_from = Provenance((*provenance, LEFT_OUT) if brief else provenance)
    register = numbers.register(notebook)
    paper_link = [Link("PDF", f"{name}.pdf")] if "pdf" in forms else []
    others = (Link(label, url) for label, url in links)
    head_links = (INDEX, *paper_link, Link("Numbers (JSON)", f"{name}/numbers.json"), *others)
    with ThreadPoolExecutor(1) as executor:  # pandoc and Typst work outside of this process
        on_paper = executor.submit(pdf, notebook, head, made_from) if "pdf" in forms else None
        page = html(notebook, head, made_from, head_links, data_folder=f"{name}/data", code=code)
        paper = on_paper.result() if on_paper else b""
    words = (*names, *head.authors, *(str(word) for word in front.values() if isinstance(word, str)))
    demand(page, text(paper) if paper else "", register, names=words)
    beside = attachments(notebook)
    for file in beside:
        page = page.replace(f'href="{file}"', f'href="{name}/{file}"')
    made = {f"{name}/{file}": content for file, content in beside.items()}
    made |= {f"{name}/data/{one}.csv": content.encode() for one, content in data_files(notebook).items()}
    made[f"{name}/numbers.json"] = numbers.to_json(register).encode()
    made[f"{name}/places.json"] = _json(shown(notebook))
    concluded = [one.model_dump() for one in conclusions(notebook, register)]
    said = {"title": head.title, "subtitle": head.subtitle, "date": head.date, "findings": findings(notebook)}
    made[f"{name}/summary.json"] = _json({**said, "conclusions": concluded})
    if "html" in forms:
        made[f"{name}.html"] = page.encode()
    if paper:
        made[f"{name}.pdf"] = paper
    return made


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
