"""From scenarios and notebooks to the reports to be built."""

import platform
import shlex
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from analysis import scenario as scenarios
from analysis.errors import InputError, nearest
from analysis.report.build import ROOT, Job, code_hash, data_hash
from analysis.report.execute import parameter_names
from analysis.scenario import Parameters, Scenario

NOTEBOOKS = ROOT / "notebooks"
ATTRIBUTION = ("Data from InferenceX (https://github.com/SemiAnalysisAI/InferenceX), Apache-2.0, SemiAnalysis LLC.",)
DISCLAIMER = "Informational only. No financial advice. Do your own research."
PACKAGES = ("numpy", "pandas", "scipy", "matplotlib", "seaborn", "papermill", "nbconvert", "pypandoc-binary", "typst")
SHOWN_HASH = 16


def notebooks(wanted: Sequence[str] = (), folder: Path = NOTEBOOKS) -> list[Path]:
    """Return the notebooks of the reports, all of them or those named, in order.

    Raises:
        InputError: No notebook of such a name.
    """
    found = {path.stem: path for path in sorted(folder.glob("*.ipynb"))}
    chosen = []
    for name in wanted:
        stem = Path(name).stem
        if stem not in found:
            raise InputError(f"no notebook {name!r}; {nearest(stem, found)}")
        chosen.append(found[stem])
    return chosen or list(found.values())


def jobs(
    scenario: Scenario,
    overrides: Sequence[str],
    paths: Sequence[Path],
    forms: tuple[str, ...] = ("html", "pdf"),
    *,
    code: bool = False,
) -> list[Job]:
    """Return the reports of a scenario, one per notebook."""
    return [_job(scenario, overrides, path, forms, code) for path in paths]


def _job(scenario: Scenario, overrides: Sequence[str], path: Path, forms: tuple[str, ...], code: bool) -> Job:
    content = path.read_bytes()
    asked = parameter_names(content)
    for name in asked:
        if name not in Parameters.model_fields:
            raise InputError(
                f"{path}, parameter cell: unknown parameter {name!r}; {nearest(name, Parameters.model_fields)}"
            )
    known = scenario.parameters()
    parameters = {name: known[name] for name in asked}
    front = {
        "title": scenario.title,
        "subtitle": scenario.subtitle,
        "organization": scenario.organization,
        "authors": tuple(scenario.authors),
        "date": scenario.date.isoformat() if scenario.date else "",
        "audience": scenario.audience,
        "confidentiality": scenario.confidentiality,
        "disclaimer": DISCLAIMER,
        "attribution": ATTRIBUTION,
    }
    command = ["./run", "report", path.stem, "--scenario", scenario.name]
    for override in overrides:
        command += ["-p", override]
    provenance = (
        ("Scenario", f"{scenario.name}: {scenario.description}".removesuffix(": ")),
        ("Parameters", ", ".join(f"{name}={value}" for name, value in parameters.items())),
        ("Notebook", f"{path.name}"),
        ("Data", f"SHA-256 {data_hash()[:SHOWN_HASH]}"),
        ("Code", f"SHA-256 {code_hash()[:SHOWN_HASH]}"),
        (
            "Versions",
            ", ".join([f"Python {platform.python_version()}", *(f"{one} {version(one)}" for one in PACKAGES)]),
        ),
        ("Rebuild", shlex.join(command)),
    )
    return Job(scenario.name, path.stem, content, parameters, front, provenance, forms, code)


def scenario_names() -> list[str]:
    """Return the names of the scenarios at hand."""
    return scenarios.names()
