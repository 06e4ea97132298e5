"""The command line: `./run COMMAND` and `python -m analysis COMMAND`, `cost-per-token COMMAND` where installed."""

import gc
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from analysis.errors import InputError, WorkError
from analysis.library.places import COMMAND, PACKAGE, demand_data
from analysis.machinery.commands.stopping import stop_at_once
from analysis.machinery.commands.surroundings import settle
from analysis.machinery.press import fingerprints, variables

if TYPE_CHECKING:
    import typer

COMMANDS = {
    "report": "analysis.machinery.commands.report",
    "check": "analysis.machinery.commands.check",
    "diff": "analysis.machinery.commands.diff",
    "verify": "analysis.machinery.commands.verify",
    "scenarios": "analysis.machinery.commands.scenarios",
    "what-if": "analysis.machinery.commands.what_if",
    "sweep": "analysis.machinery.commands.sweep",
    "new": "analysis.machinery.commands.new",
    "fetch": "analysis.machinery.commands.fetch",
    "refresh": "analysis.machinery.commands.refresh",
    "import": "analysis.machinery.commands.import_",
    "cost": "analysis.machinery.commands.cost",
}
FORKING = "report"
"""The command that forks what runs notebooks from its own process."""


def application(wanted: str) -> "typer.Typer":
    """Return the command line with the command wanted, or with all of them, so that only what is used is loaded."""
    import typer

    app = typer.Typer(
        help="Rebuild, check and extend published comparisons of the cost per token.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        rich_markup_mode=None,
    )
    for name in [wanted] if wanted in COMMANDS else COMMANDS:
        module = import_module(COMMANDS[name])
        app.command(name)(getattr(module, module.__name__.rpartition(".")[2]))
    app.callback()(lambda: None)
    return app


def main(*, alone: bool = False) -> int:
    """Run the command line and return its exit code.

    0: done. 1: something failed, and what did not is there. 2: input that cannot be used, nothing was written.

    Args:
        alone: Whether nothing else goes on in this process, so that it may begin anew.
    """
    wanted = next(iter(sys.argv[1:]), "")
    try:
        stop_at_once()
        settle()
        if alone and wanted == FORKING:
            variables.begin_anew(PACKAGE.parent)
            gc.disable()  # what a command loads stays: to look for what does not takes a ninth of the time
            fingerprints.files()  # as they are before any is loaded
        demand_data()
        command_line = application(wanted)
        if alone:
            gc.enable()
        variables.restore()
        command_line(prog_name=COMMAND)
    except InputError as error:
        return _refused(f"error: {error}", 2)
    except WorkError as error:
        return _refused(f"failed: {error}", 1)
    except OSError as error:
        return _refused(f"error: {error.filename or 'the system'}: {error.strerror or error}", 1)
    return 0


def program() -> int:
    """Run the command line as a process of its own, and return its exit code."""
    return main(alone=True)


def _refused(message: str, code: int) -> int:
    import typer

    typer.echo(message, err=True)
    return code


if __name__ == "__main__":
    sys.exit(program())
