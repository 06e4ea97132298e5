"""The command line: `python -m analysis COMMAND`."""

import sys

import typer

from analysis.commands.report import report
from analysis.errors import InputError

app = typer.Typer(
    help="Rebuild, check and extend published comparisons of the cost per token.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
app.command()(report)


@app.callback()
def _several() -> None:
    """Keep one command a command."""


def main() -> int:
    """Run the command line and return its exit code: 0 done, 1 a report failed, 2 input that cannot be used."""
    try:
        app()
    except InputError as error:
        typer.echo(f"error: {error}", err=True)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
