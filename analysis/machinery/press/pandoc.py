"""Runs pandoc once over a report's document."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.errors import InputError
from analysis.machinery.press import templates
from analysis.machinery.press.document import Document

# Prose is text: no HTML, TeX or other markup of a target may pass through it.
READ = (
    "markdown-raw_html-raw_tex-raw_attribute-native_divs-native_spans-markdown_in_html_blocks"
    "-yaml_metadata_block-pandoc_title_block-latex_macros-citations+gfm_auto_identifiers"
)
REFUSAL = re.compile(r"refused: (.*?)$", re.MULTILINE)  # as the filter says it
CONTENTS_END = "<!--contents-->"


def convert(document: Document, to: str) -> str:
    """Return the document as `html5` (contents, `CONTENTS_END`, body) or `typst` (body).

    Args:
        document: The Markdown document.
        to: The name of pandoc's writer.

    Raises:
        InputError: An equation is not TeX, or a link leads to no place in the document.
    """
    import pypandoc

    with TemporaryDirectory() as folder:
        template = Path(folder) / "template"
        template.write_text("$if(toc)$$toc$$endif$" + CONTENTS_END + "$body$" if to == "html5" else "$body$")
        arguments = [
            f"--lua-filter={templates.FOLDER / 'report.lua'}",
            f"--template={template}",
            f"--metadata=token:{document.token}",
            f"--metadata=pictures:{' '.join(document.pictures)}",
            "--quiet",
            "--wrap=none",
            "--toc",
            "--toc-depth=3",
            "--syntax-highlighting=none",
            "--metadata=pagetitle:report",
        ]
        try:
            return str(pypandoc.convert_text(document.markdown, to, format=READ, extra_args=arguments))
        except RuntimeError as error:
            said = REFUSAL.search(str(error))
            if said is None:
                raise
            raise InputError(said[1]) from None
