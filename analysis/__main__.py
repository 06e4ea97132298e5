"""The command line: `./run COMMAND` and `python -m analysis COMMAND`, `cost-per-token COMMAND` where installed."""

import sys
from importlib import import_module

import typer

from analysis.errors import InputError, WorkError
from analysis.library.places import COMMAND, demand_data
from analysis.machinery.commands.stopping import stop_at_once
from analysis.machinery.commands.surroundings import settle

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


def application(wanted: str) -> typer.Typer:
    """Return the command line with the command wanted, or with all of them, so that only what is used is loaded."""
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


def main() -> int:
    """Run the command line and return its exit code.

    0: done. 1: something failed, and what did not is there. 2: input that cannot be used, nothing was written.
    """
    try:
        stop_at_once()
        settle()
        demand_data()
        application(next(iter(sys.argv[1:]), ""))(prog_name=COMMAND)
    except InputError as error:
        typer.echo(f"error: {error}", err=True)
        return 2
    except WorkError as error:
        typer.echo(f"failed: {error}", err=True)
        return 1
    except OSError as error:
        typer.echo(f"error: {error.filename or 'the system'}: {error.strerror or error}", err=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
