"""`analysis verify`: the docket of all shipped ledgers, or one ledger judged statement by statement and together."""

from typing import Annotated, Literal

import typer

from analysis import scenario as scenarios
from analysis.comparison.head_to_head import compare
from analysis.library.sources import Library, load
from analysis.scenario import Scenario
from analysis.studies.claims.claim import jointly
from analysis.studies.claims.consistency import Joint
from analysis.studies.claims.docket import docket, flat
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.forms import ALONE, FORMS
from analysis.studies.claims.judgment import HOLDS, Judgment
from analysis.studies.claims.ledgers import ledger
from analysis.studies.claims.verdicts import judge


def verify(
    ledger_file: Annotated[
        str | None,
        typer.Option("--ledger", help="Name of a shipped ledger, or a CSV or YAML file; none: the docket of all."),
    ] = None,
    scenario: Annotated[str, typer.Option("--scenario", "-s", help="Name or file of a scenario.")] = "published",
    vintage: Annotated[str | None, typer.Option(help="Vintage of prices and power, for the scenario's.")] = None,
    form: Annotated[
        Literal["text", "json", "csv", "junit", "markdown"], typer.Option("--format", help="Form of the answer.")
    ] = "text",
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 unless every claim is reproduced or within repeatability.")
    ] = False,
) -> None:
    """Judge each statement of a ledger, then all of them together; without a ledger those of all ledgers."""
    asked = scenarios.read_scenario(scenario, [f"vintage={vintage}"] if vintage else [])
    library = load(snapshot=asked.snapshot)
    judgments, joints = (
        _of_one(library, ledger_file, scenario, asked) if ledger_file else _all(library, asked, vintage)
    )
    typer.echo(FORMS[form](judgments, joints), nl=False)
    for caution in compare(library, asked).cautions:
        typer.echo(f"note: {caution.text}", err=True)
    if library.changed:
        typer.echo(f"note: tables changed by the reader: {', '.join(library.changed)}", err=True)
    if strict and not all(judgment.verdict in HOLDS for judgment in judgments):
        raise typer.Exit(1)


def _of_one(library: Library, name: str, scenario: str, asked: Scenario) -> tuple[list[Judgment], dict[str, Joint]]:
    claims = ledger(library, name)
    evidence = Evidence(library, compare(library, asked))
    published = Evidence(library, compare(library, scenarios.read_scenario(scenario)))
    joints = {
        ALONE: jointly(claims),
        f"with prices and power of {asked.vintage}": jointly(claims, evidence.constants),
    }
    return judge(claims, evidence, published=published), joints


def _all(library: Library, asked: Scenario, vintage: str | None) -> tuple[list[Judgment], dict[str, Joint]]:
    judged = docket(library, asked, vintage=vintage)
    joints = {name: jointly(ledger(library, name)) for name in judged}
    return flat(judged), {name: joint if not joint.feasible else Joint(True) for name, joint in joints.items()}
