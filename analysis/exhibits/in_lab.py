"""How an exhibit looks where no style sheet of the report's is: in JupyterLab, VS Code, nbconvert or a terminal.

All that it needs stands in the output itself, in colors that are those of the text around it, by day and by night.
"""

import html
import re
from collections.abc import Iterable, Mapping

from analysis.exhibits.marks import ENDS, Caution, Mark, cautions_in, with_marks
from analysis.library.values import NO_MATHEMATICS

_SMALL, _START = "font-size:0.88em;opacity:0.8", "text-align:left"
_STYLES = {
    "<table>": '<table style="margin:0.5em 0">',
    "<caption>": f'<caption style="caption-side:top;{_START};font-weight:600;padding:0.3em 0">',
    '<th scope="row">': f'<th scope="row" style="{_START};font-weight:400">',
    '<td class="text">': f'<td class="text" style="{_START}">',
    '<td class="number">': '<td class="number" style="text-align:right;white-space:nowrap">',
    f'<span class="{ENDS}">': f'<span class="{ENDS}" style="{_SMALL}">',
    '<p class="answer">': '<p class="answer" style="font-size:1.15em">',
    '<p class="note">': f'<p class="note" style="{_SMALL}">',
    '<p class="caution">': '<p class="caution" style="border-left:3px solid #b26a00;padding-left:0.6em">',
    "<figure>": '<figure style="margin:0.5em 0">',
    "<img ": '<img style="background:#fff;max-width:100%" ',
    "<figcaption>": f'<figcaption style="{_START}">',
}
_HEADS = re.compile(r'<th scope="col">')
_KINDS = re.compile(r'<t[hd] (?:scope="row"|class="(text|number)")')
_ROW, _CELL = re.compile(r"<tr>(.*?)</tr>", re.DOTALL), re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
_CAPTION, _TAG = re.compile(r"<caption>(.*?)</caption>", re.DOTALL), re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r"(?<=>)(https?://[^<\s]+)(?=<)")
_SPECIAL = str.maketrans({sign: rf"\{sign}" for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "−": "$-$", "∞": r"$\infty$",
    "×": r"$\times$", "≥": r"$\geq$", "≤": r"$\leq$",
})  # fmt: skip


def dressed(fragment: str, note: str = "", file: Mapping[str, str] | None = None) -> str:
    """Return an exhibit's HTML with letters at its marks and their meanings, its note, alignment and links.

    Args:
        fragment: The exhibit as a report takes it.
        note: What stands below it.
        file: Name, mime and base64 of the file that it links to by name; the link then holds the file.
    """
    shown = _aligned(fragment)
    for plain, styled in _STYLES.items():
        shown = shown.replace(plain, styled)
    shown = _ADDRESS.sub(r'<a href="\1">\1</a>', shown)
    if file:
        name = html.escape(file["name"])
        address = f"data:{file['mime']};base64,{file['base64']}"
        shown = shown.replace(f'href="{name}"', f'href="{address}" download="{name}"')
    below = [f'<p style="{_SMALL}">{note}</p>'] if note else []
    if cautions := cautions_in(fragment + note):
        meanings = "; ".join(f"{_letters([caution])} {html.escape(caution.meaning)}" for caution in cautions)
        below.append(f'<p style="{_SMALL}">{meanings}.</p>')
    text = with_marks("".join([shown, *below]), lambda mark: f"{mark.text}{_letters(mark.cautions)}")
    return f'<div class="{NO_MATHEMATICS}">{text}</div>'


def words(fragment: str, note: str = "") -> str:
    """Return an exhibit as plain text: a paragraph or a row of a table a line, its letters in brackets."""
    marked = with_marks(
        f"{fragment}\n{note}", lambda mark: mark.text + "".join(f"[{one.letter}]" for one in mark.cautions)
    )
    lines = re.sub(r"</(?:p|li|tr|caption|figcaption)>", "\n", re.sub(r"</t[hd]>(?=<t[hd])", " | ", marked))
    return html.unescape(_TAG.sub("", lines)).strip()


def table_latex(fragment: str, note: str = "") -> str:
    """Return a table's HTML as LaTeX, for PDF that nbconvert makes; columns are aligned as in HTML."""
    rows = [_CELL.findall(row) for row in _ROW.findall(fragment)]
    columns = "".join("r" if kind == "number" else "l" for kind in _kinds(fragment))
    head, *body = (" & ".join(map(_tex, row)) + r" \\" for row in rows)
    caption = "".join(rf"\textbf{{{_tex(text)}}}\\[0.5em]" for text in _CAPTION.findall(fragment))
    lines = [caption, rf"\begin{{tabular}}{{{columns}}}\hline", rf"{head}\hline", *body, r"\hline\end{tabular}"]
    return "\n".join([r"\begin{center}", *lines, *([rf"\\{_tex(note)}"] if note else []), r"\end{center}"])


def _aligned(fragment: str) -> str:
    """Return a table whose heads stand as the cells below them do."""
    kinds = iter(_kinds(fragment))

    def head(_: re.Match[str]) -> str:
        side = "right" if next(kinds, "text") == "number" else "left"
        return f'<th scope="col" style="text-align:{side}">'

    return _HEADS.sub(head, fragment)


def _kinds(fragment: str) -> list[str]:
    """Return what each column holds, as the first row of a table's body says."""
    body = fragment.partition("<tbody>")[2]
    return [kind or "text" for kind in _KINDS.findall(body.partition("</tr>")[0])]


def _letters(cautions: Iterable[Caution]) -> str:
    return "".join(f'<sup title="{html.escape(caution.meaning)}">{caution.letter}</sup>' for caution in cautions)


def _tex(fragment: str) -> str:
    def number(mark: Mark) -> str:
        return mark.text + "".join(f"\0{caution.letter}\1" for caution in mark.cautions)

    text = html.unescape(_TAG.sub("", with_marks(fragment, number)))
    return text.translate(_SPECIAL).replace("\0", r"\textsuperscript{").replace("\1", "}")
