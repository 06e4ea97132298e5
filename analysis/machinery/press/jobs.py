"""From scenarios and notebooks to the reports to be built."""

import re
import shlex
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from analysis.errors import InputError, nearest
from analysis.library.loading.fields import excerpt
from analysis.library.loading.file import files, is_file
from analysis.library.loading.origins import read_origins
from analysis.library.places import COMMAND, DATA, NOTEBOOKS
from analysis.library.quantities import DISCLAIMER
from analysis.library.sources import load
from analysis.machinery.press.front import Link, Order, days, subtitle
from analysis.machinery.press.logo import read as read_logo
from analysis.machinery.press.own_scenario import own_name
from analysis.machinery.press.parameter_cell import parameter_names
from analysis.machinery.press.publish import Job
from analysis.machinery.press.what_if_link import PAGE, address
from analysis.scenario import Parameters, Scenario
from analysis.studies.uncertainty.declarations import check as check_own_inputs

REPORTS = "[0-9][0-9]-*.ipynb"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def notebooks(wanted: Sequence[str] = (), folder: Path = NOTEBOOKS) -> list[Path]:
    """Return the notebooks of the reports, all of them or those wanted, in order.

    Args:
        wanted: Names of reports, or their numbers, or paths of notebooks.
        folder: Where the notebooks of the reports are.

    Raises:
        InputError: No notebook of such a name or at such a path, or two whose reports would have one name.
    """
    reports = {path.stem: path for path in files(folder, REPORTS)}
    chosen: dict[str, Path] = {}
    for name in wanted or reports:
        numbered = [path for stem, path in reports.items() if stem.startswith(f"{name}-")]
        named = reports.get(name) or (numbered[0] if len(numbered) == 1 else None)
        path = _own_notebook(name) if Path(name).suffix == ".ipynb" else named
        if path is None:
            raise InputError(f"no notebook {excerpt(name)}; {nearest(name, reports)}")
        if chosen.setdefault(path.stem, path).resolve() != path.resolve():
            raise InputError(f"{path}: its report would have the name of that of {chosen[path.stem]}; rename one")
    return list(chosen.values())


def _own_notebook(name: str) -> Path:
    """Return the notebook at a path."""
    path = Path(name)
    if not is_file(path):
        raise InputError(f"{name}: no such file; a notebook of the reports is named without its ending")
    if not NAME.fullmatch(path.stem):
        raise InputError(f"{name}: the report takes its name; allowed are letters, digits, '-', '_' and '.'")
    return path


def jobs(
    scenario: Scenario,
    overrides: Sequence[str],
    paths: Sequence[Path],
    forms: tuple[str, ...] = ("html", "pdf"),
    *,
    code: bool = False,
    grid: str = "",
) -> list[Job]:
    """Return the reports of a scenario, one per notebook.

    Args:
        scenario: The scenario.
        overrides: `parameter=value` each, which are in it already.
        paths: The notebooks.
        forms: "html", "pdf", and "derivations" for a PDF of these alone; one or more.
        code: Whether the code is folded into the HTML.
        grid: The file of many scenarios that it stands in; empty: it has a file of its own.

    Raises:
        InputError: A table is not what it must be, the scenario compares a platform whose price or power is not
            known, or it states amounts of owning that cannot be.
    """
    load(snapshot=scenario.snapshot).demand_whole()
    try:
        check_own_inputs(scenario)
    except InputError as error:
        raise InputError(f"scenario {scenario.name}: {error}") from None
    return [_job(scenario, overrides, path, forms, code, grid) for path in paths]


def _job(
    scenario: Scenario, overrides: Sequence[str], path: Path, forms: tuple[str, ...], code: bool, grid: str
) -> Job:
    content = path.read_bytes()
    asked = parameter_names(content, str(path))
    for name in asked:
        if name not in Parameters.model_fields:
            raise InputError(
                f"{path}, parameter cell: unknown parameter {name!r}; {nearest(name, Parameters.model_fields)}"
            )
    known = scenario.parameters()
    parameters = {name: known[name] for name in asked}
    for role in ("baseline", "subject"):
        if role in asked:
            own = getattr(scenario, f"{role}_price") is not None
            tier = "" if own else scenario.price_tier
            try:
                _demand_figures(scenario.snapshot, getattr(scenario, role), tier, scenario.vintage)
            except InputError as error:
                raise InputError(f"scenario {scenario.name}, {role}: {error}") from None
    front = {
        "title": scenario.title,
        "subtitle": subtitle(scenario, asked),
        "organization": scenario.organization,
        "authors": tuple(scenario.authors),
        "date": scenario.date.isoformat() if scenario.date else "",
        "days": days(scenario, asked),
        "audience": scenario.audience,
        "confidentiality": scenario.confidentiality,
        "accent": scenario.accent,
        "paper": scenario.paper,
        "missing_signs": scenario.missing_signs,
        "logo": read_logo(scenario.folder / scenario.logo) if scenario.logo else None,
        "disclaimer": DISCLAIMER,
        "attribution": _attributions(scenario.snapshot),
    }
    name = path.stem if path.parent == NOTEBOOKS else path.name
    asked_for = ["--grid", grid] if grid else ["--scenario", scenario.name]
    command = [COMMAND, "report", name, *([] if scenario.name == own_name(path) else asked_for)]
    for override in overrides:
        command += ["-p", override]
    provenance = (
        ("Scenario", f"{scenario.name}: {scenario.description}".removesuffix(": ")),
        ("Parameters", ", ".join(f"{name}={value}" for name, value in parameters.items() if name != "stated")),
        ("Notebook", f"{path.name}"),
        ("Rebuild", shlex.join(command)),
    )
    links = (Link("Change this", address(scenario, f"../{PAGE}")),)
    order = Order(front, provenance, forms, links=links, code=code)
    return Job(scenario.name, path.stem, content, parameters, order)


@cache
def _demand_figures(snapshot: str, platform: str, tier: str, vintage: str) -> None:
    """Refuse a platform whose price of a tier, where one is named, or power is not known in a vintage."""
    library = load(snapshot=snapshot)
    if tier:
        library.price(platform, tier, vintage)
    library.power(platform, vintage)


def _attributions(snapshot: str) -> tuple[str, ...]:
    """Return whose the measured rows are, in the sentences that their licenses ask for where they do."""
    origins = read_origins(DATA / "benchmarks" / f"{snapshot}.yaml").origins
    return tuple(dict.fromkeys(origin.attribution or f"Rows measured by {origin.publisher}" for origin in origins))
