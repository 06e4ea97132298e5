"""A notebook as it is stored: without what running it leaves behind, so that opening and running change nothing.

`./run setup` makes git read every notebook through this file, which needs nothing but Python itself.
"""

import json
import sys
from typing import Any

KEPT = {"tags", "jupyter"}  # what a cell may say of itself
COMPLETE: dict[str, Any] = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3.11.7",
    },
}
"""What JupyterLab says of a notebook's language as soon as it opens it, in the version of who stored it first."""


def stored(content: bytes) -> bytes:
    """Return a notebook's file without outputs, counts and traces of a machine; what is no notebook as it is."""
    try:
        notebook = json.loads(content)
        cells, metadata = notebook["cells"], notebook["metadata"]
        for cell in cells:
            cell["metadata"] = {name: said for name, said in cell["metadata"].items() if name in KEPT}
            folded = cell["metadata"].pop("jupyter", {}).get("source_hidden")
            cell["metadata"] |= {"jupyter": {"source_hidden": True}} if folded else {}
            if cell["cell_type"] == "code":
                cell |= {"outputs": [], "execution_count": None}
    except (ValueError, KeyError, TypeError, AttributeError):
        return content
    report = {"report": metadata["report"]} if "report" in metadata else {}
    notebook["metadata"] = {**COMPLETE, **report}
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


if __name__ == "__main__":
    sys.stdout.buffer.write(stored(sys.stdin.buffer.read()))
