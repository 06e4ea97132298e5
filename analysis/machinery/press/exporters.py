"""The forms of a report as nbconvert exporters, which the press calls as `jupyter nbconvert` does.

`jupyter nbconvert --to analysis.machinery.press.exporters.Page NOTEBOOK`, or `.Paper` or `.Derivations`, writes
that of an executed notebook, its folder beside it; with `--execute` of any.
"""

import sys
from typing import Any, ClassVar

from nbconvert.exporters import Exporter
from nbconvert.preprocessors import Preprocessor
from traitlets import Bool

from analysis.machinery.press.front import Order, numbers_of
from analysis.machinery.press.made_from import made_with
from analysis.machinery.press.report import Report

REPORT, ORDER = "report", "order"
"""Under which of nbconvert's resources a report is handed from one form to the next, and what is wanted of it."""


class WithoutWarnings(Preprocessor):
    """Takes what a notebook wrote as errors out of it; it goes where this process writes its own."""

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Return the cell without them."""
        for output in [output for output in cell.get("outputs", ()) if output.get("name") == "stderr"]:
            print(f"{resources['metadata']['name']}, cell {index + 1}: {output['text'].strip()}", file=sys.stderr)
            cell.outputs.remove(output)
        return cell, resources


class _Form(Exporter):
    """What the forms share: the first one reads the notebook, the others find it read."""

    form: ClassVar[str]
    optimistic_validation = Bool(True).tag(config=True)
    code = Bool(False, help="Whether the code is folded into the page.").tag(config=True)

    def __init__(self, config: Any = None, **traits: Any) -> None:
        """Take nbconvert's configuration; what a notebook wrote as errors is left out after all else is done."""
        super().__init__(config, **traits)  # type: ignore[no-untyped-call, unused-ignore]
        self.register_preprocessor(WithoutWarnings, enabled=True)  # type: ignore[no-untyped-call, unused-ignore]

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, dict[str, Any]]:
        """Return the report in this form, and nbconvert's resources with the files beside it.

        Raises:
            InputError: The notebook shows what a report cannot show, or a numeral that nothing stands behind.
        """
        if REPORT not in (resources or {}):
            notebook, resources = super().from_notebook_node(nb, resources, **kw)
            name = resources["metadata"]["name"]
            order = resources.get(ORDER) or Order(
                provenance=(("Notebook", name), *made_with()),
                forms=(self.form,),
                links=(numbers_of(name),),
                code=self.code,
            )
            resources[REPORT] = Report.of(notebook, name, order)
            resources["outputs"] = {**(resources.get("outputs") or {}), **resources[REPORT].beside}
        resources["output_extension"] = self.file_extension
        return getattr(resources[REPORT], self.form), resources


class Page(_Form):
    """Writes an executed notebook as one HTML page that needs nothing else."""

    form = "html"
    file_extension = ".html"
    output_mimetype = "text/html"
    export_from_notebook = "Report (HTML)"


class Paper(_Form):
    """Writes an executed notebook as a tagged PDF."""

    form = "pdf"
    file_extension = ".pdf"
    output_mimetype = "application/pdf"
    export_from_notebook = "Report (PDF)"


class Derivations(Paper):
    """Writes the derivations of an executed notebook's numbers as a tagged PDF."""

    form = "derivations"
    file_extension = ".derivations.pdf"
    export_from_notebook = "Derivations (PDF)"
