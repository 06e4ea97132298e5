"""Runs a notebook with parameters and says where it failed, if it did."""

import json
import logging
import os
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analysis.errors import WorkError
from analysis.library.places import DATA, ROOT
from analysis.machinery.press import used
from analysis.machinery.press.outputs import places_in_lab
from analysis.machinery.press.parameter_cell import TAG

KERNEL = "python3"
TIMEOUT_SECONDS = 600
USED = "made_from"
RUNS_ON = f"import {__name__}"


class NotebookError(WorkError):
    """A notebook did not run to its end; the message names the cell, its source line and the error."""


def execute(
    name: str,
    content: bytes,
    parameters: Mapping[str, Any],
    *,
    cold: bool = False,
    timeout: int = TIMEOUT_SECONDS,
    data: Path | None = None,
) -> Any:
    """Return the notebook, executed with the parameters; its metadata name the files of the project that it used.

    Args:
        name: What messages call the notebook.
        content: The notebook as a file holds it.
        parameters: Values for the notebook's parameter cell, names and values already checked.
        cold: Whether the kernel is a process of its own, not forked from one that has loaded the libraries.
        timeout: The longest that a cell may run, in s.
        data: The data folder, where it is not the one of this process; its kernel is never forked.

    Raises:
        NotebookError: A cell failed, ran too long or shows what is no output, or the kernel died.
    """
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat import ValidationError
    from nbformat.v4.rwbase import rejoin_lines

    from analysis.machinery.press.kernels import LOG, manager
    from analysis.machinery.press.variables import ENVIRONMENT

    logging.getLogger("papermill").setLevel(logging.ERROR)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # its client forgets its tasks when it stops amid a cell
    os.environ.update(ENVIRONMENT)
    with TemporaryDirectory() as folder:
        log = Path(folder) / LOG
        path = Path(folder) / "notebook.ipynb"
        path.write_bytes(content)
        try:
            executed = papermill.execute_notebook(
                str(path),
                None,
                dict(parameters),
                kernel_name=KERNEL,
                language="python",
                cwd=str(ROOT),
                progress_bar=False,
                execution_timeout=timeout,
                shutdown_kernel="immediate",  # it has nothing to tidy up, and taking down what it holds takes long
                coalesce_streams=True,  # into how many pieces printed text falls is a matter of time
                kernel_manager_class=manager(Path(folder), cold=cold, data=data),
                extra_arguments=["--IPKernelApp.log_level=CRITICAL"],  # it warns of TCP on the loopback interface
            )
        except papermill.PapermillExecutionError as error:
            raise NotebookError(_told(name, error, _place(error, content, parameters))) from None
        except (DeadKernelError, CellTimeoutError) as error:
            raise NotebookError(f"{name}: {str(error).strip().splitlines()[0]}") from None
        except ValidationError as error:
            raise NotebookError(f"{name}: an output is none that a notebook can hold: {error.message}") from None
        code = "\n".join(cell.source for cell in executed.cells if cell.cell_type == "code")
        seen = log.read_bytes().decode(errors="surrogateescape").split("\0")
    executed.metadata[USED] = sorted(used.opened(seen, data or DATA) | used.modules(RUNS_ON, code))
    return rejoin_lines(executed)


def _told(name: str, error: Any, place: str) -> str:
    if error.traceback == [error.evalue]:  # it speaks for itself, as `analysis.errors.PlainError` does
        return f"{name}: {error.evalue}"
    trace = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error.traceback))
    lines = error.source.splitlines()
    numbers = [int(number) for number in re.findall(r"Cell In\[\d+\], line (\d+)", trace)]
    line = lines[numbers[0] - 1].strip() if numbers and numbers[0] <= len(lines) else (lines or [""])[0]
    return f"{name}, {place}: {line}\n  {error.ename}: {error.evalue}"


def _place(error: Any, content: bytes, parameters: Mapping[str, Any]) -> str:
    """Return which cell failed, as JupyterLab numbers those of the notebook; papermill has added one to it."""
    listed = json.loads(content)["cells"]
    tagged = [place for place, cell in enumerate(listed) if TAG in cell.get("metadata", {}).get("tags", ())]
    added = bool(parameters) and error.cell_index > (tagged or [-1])[0]
    return [*places_in_lab(listed)][int(error.cell_index) - added]
