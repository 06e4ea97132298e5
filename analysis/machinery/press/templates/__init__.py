"""The report's templates, rendered."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.library.quantities import Quoted

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent


@cache
def _environment(package: str) -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["quoted"] = lambda text: isinstance(text, Quoted)
    return environment


def render(template: str, package: str = "analysis.machinery.press", /, **values: object) -> str:
    """Return a template filled in; text in the values is escaped, `Markup` is not.

    Args:
        template: The template's file name without `.j2`.
        package: In whose folder of templates it lies.
        values: What the template names.
    """
    return _environment(package).get_template(template + ".j2").render(**values)


def compiled(package: str = "analysis.machinery.press") -> None:
    """Read the templates of a package, so that none is read when it is rendered."""
    for name in _environment(package).list_templates(extensions=["j2"]):
        _environment(package).get_template(name)


def text(name: str) -> str:
    """Return a file of this folder as it is."""
    return (FOLDER / name).read_text(encoding="utf-8")
