"""The reports as nbconvert exporters, named by `--to analysis.machinery.press.exporters.HtmlReport`."""

from typing import Any

from nbconvert.exporters import Exporter

from analysis.machinery.press.document import Front, Provenance
from analysis.machinery.press.html import html
from analysis.machinery.press.outputs import Notebook, title
from analysis.machinery.press.pdf import pdf

Resources = dict[str, Any]


class HtmlReport(Exporter):
    """Writes an executed notebook as a self-contained HTML report."""

    file_extension = ".html"
    output_mimetype = "text/html"
    export_from_notebook = "Report (HTML)"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, Resources]:
        """Return the page and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return html(notebook, *_head(notebook, resources)), resources


class PdfReport(Exporter):
    """Writes an executed notebook as a tagged PDF report."""

    file_extension = ".pdf"
    output_mimetype = "application/pdf"
    export_from_notebook = "Report (PDF)"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, Resources]:
        """Return the PDF and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return pdf(notebook, *_head(notebook, resources)), resources


def _head(notebook: Notebook, resources: Resources) -> tuple[Front, Provenance]:
    name = str(resources.get("metadata", {}).get("name", "notebook"))
    return Front(title=title(notebook) or name), Provenance((("Notebook", name),))
