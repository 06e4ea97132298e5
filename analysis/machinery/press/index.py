"""Writes the page that lists all reports with what they found."""

from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from analysis.exhibits.marks import Mark, cautions_in, mark, with_marks
from analysis.machinery.press import templates
from analysis.machinery.press.html import Link, style


@dataclass(frozen=True)
class Listed:
    """One report in the list.

    Attributes:
        title: Its title.
        subtitle: The line below.
        scenario: The scenario that it was built for.
        url: Address of its page, relative to the list.
        findings: Its main findings, as `outputs.findings` gives them.
        links: Its other forms, relative to the list.
    """

    title: str
    subtitle: str
    scenario: str
    url: str
    findings: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def index(
    reports: tuple[Listed, ...], *, title: str = "Reports", accent: str = "#0b5c7a", language: str = "en"
) -> str:
    """Return the list of reports as an HTML page.

    Args:
        reports: The reports in the order in which they are shown.
        title: The page's title.
        accent: The accent color, `#rrggbb`.
        language: The language of the page.

    Raises:
        InputError: The accent is not a color.
    """
    findings = "".join(finding for report in reports for finding in report.findings)
    return templates.render(
        "index.html",
        title=title,
        language=language,
        style=style(accent),
        cautions=cautions_in(findings),
        reports=[(report, [_linked(finding, report.url) for finding in report.findings]) for report in reports],
    )


def _linked(finding: str, url: str) -> Markup:
    """Return a finding whose numbers lead to their derivations in the report."""

    def number(one: Mark) -> str:
        letters = "".join(f'<sup class="mark">{caution.letter}</sup>' for caution in one.cautions)
        return mark(one.id, f'<a href="{escape(url)}#{one.id}">{one.text}{letters}</a>', one.words)

    return Markup(with_marks(finding, number))  # noqa: S704 - a finding is HTML that the notebook's statements made
