"""`analysis verify`: judges a ledger of published statements, one by one and all together."""

from typing import Annotated, Literal

import typer

from analysis import scenario as scenarios
from analysis.comparison.head_to_head import compare
from analysis.library.sources import load
from analysis.studies.claims.claim import jointly
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.forms import FORMS
from analysis.studies.claims.ledgers import DEFAULT, ledger
from analysis.studies.claims.verdicts import HOLDS, judge


def verify(
    ledger_file: Annotated[
        str, typer.Option("--ledger", help="Name of a shipped ledger, or a CSV or YAML file.")
    ] = DEFAULT,
    scenario: Annotated[str, typer.Option("--scenario", "-s", help="Name or file of a scenario.")] = "published",
    vintage: Annotated[str | None, typer.Option(help="Vintage of prices and power, for the scenario's.")] = None,
    form: Annotated[
        Literal["text", "json", "csv", "junit", "markdown"], typer.Option("--format", help="Form of the answer.")
    ] = "text",
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 unless every claim is reproduced or consistent.")
    ] = False,
) -> None:
    """Judge each statement of a ledger, then all of them together."""
    asked = scenarios.read_scenario(scenario, [f"vintage={vintage}"] if vintage else [])
    library = load(snapshot=asked.snapshot)
    claims = ledger(library, ledger_file)
    evidence = Evidence(library, compare(library, asked))
    published = Evidence(library, compare(library, scenarios.read_scenario(scenario)))
    judgments = judge(claims, evidence, published=published)
    joints = {
        "table alone": jointly(claims),
        f"with prices and power of {asked.vintage}": jointly(claims, evidence.constants),
    }
    typer.echo(FORMS[form](judgments, joints), nl=False)
    if library.changed:
        typer.echo(f"note: tables changed by the reader: {', '.join(library.changed)}", err=True)
    if strict and not all(judgment.verdict in HOLDS for judgment in judgments):
        raise typer.Exit(1)
