"""Verdicts and joint results as text, Markdown, CSV, JSON and JUnit XML."""

import csv
import io
import json
import re
from math import isfinite
from typing import Any
from xml.etree import ElementTree as Xml

from analysis.library.quantities import show
from analysis.library.values import Value
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.consistency import Joint
from analysis.studies.claims.docket import decides, who
from analysis.studies.claims.judgment import HOLDS, MEANING, UNCOUNTED, Judgment

ALONE = "table alone"
HEAD = ["id", "printed", "recomputed", "off by", "in digits", "verdict", "remark"]
MARKUP = re.compile(r"[\\`*_{}\[\]<>#|!~$&:@]")


def as_text(judgments: list[Judgment], joints: dict[str, Joint]) -> str:
    """Return verdicts and joint results as text for a terminal; who said it, and when, where that differs."""
    rows = [HEAD, *map(_row, judgments)]
    if len({judgment.claim.value.sources for judgment in judgments}) > 1:
        dated = [["who", "day"], *([who(judgment.claim), judgment.claim.value.as_of] for judgment in judgments)]
        rows = [[*first, *row] for first, row in zip(dated, rows, strict=True)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "-" * max(map(len, lines)))
    lines += ["", "off by: recomputed less printed; in digits: in units of the last significant digit"]
    lines += [f"{word}: {MEANING[word]}" for word in dict.fromkeys(judgment.verdict for judgment in judgments)]
    claims = {judgment.claim.id: judgment.claim for judgment in judgments}
    for name, joint in joints.items():
        lines += ["", f"Can it all be true at once? {name}: {'yes' if joint.feasible else 'no'}"]
        lines += [f"  {line}" for line in (_implied(joint, claims) if joint.feasible else _conflict(joint, claims))]
    return "\n".join(lines) + "\n"


def as_markdown(judgments: list[Judgment], joints: dict[str, Joint]) -> str:
    """Return verdicts and joint results as Markdown."""
    rows = [HEAD, ["---"] * len(HEAD)]
    rows += [[_literal(word) for word in _row(judgment)] for judgment in judgments]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    claims = {judgment.claim.id: judgment.claim for judgment in judgments}
    for name, joint in joints.items():
        lines += ["", f"**{name}**: {'can' if joint.feasible else 'cannot'} all be true at once", ""]
        lines += [f"- {line}" for line in (_implied(joint, claims) if joint.feasible else _conflict(joint, claims))]
    return "\n".join(lines) + "\n"


def as_csv(judgments: list[Judgment], _: dict[str, Joint]) -> str:
    """Return the verdicts as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", "printed", "low", "high", "recomputed", "off_by", "verdict", "under", "remark"])
    for judgment in judgments:
        numbers = [value.number if value else "" for value in (judgment.recomputed, judgment.share)]
        figure = judgment.claim.figure
        words = (judgment.claim.value.printed, *figure.interval, *numbers, str(judgment.verdict))
        words = (*words, ", ".join(judgment.under), decides(judgment))
        writer.writerow([judgment.claim.id, *words])
    return text.getvalue()


def as_json(judgments: list[Judgment], joints: dict[str, Joint]) -> str:
    """Return everything as JSON: `claims`, then `joint` (the table alone) and `joint_with_constants`.

    Of several ledgers: `claims`, then `joints` by the ledger's name.
    """
    whole = {
        "claims": [
            {
                "id": judgment.claim.id,
                "claimant": who(judgment.claim),
                "date": judgment.claim.date.isoformat(),
                "printed": judgment.claim.value.printed,
                "interval": _finite(judgment.claim.figure.interval),
                "recomputed": judgment.recomputed.number if judgment.recomputed else None,
                "off_by": judgment.share.number if judgment.share else None,
                "in_last_digits": judgment.difference.number if judgment.difference else None,
                "verdict": str(judgment.verdict),
                "under": [*judgment.under],
                "since": judgment.since.number if judgment.since else None,
                "remark": decides(judgment),
                "evidence": _evidence(judgment.recomputed),
            }
            for judgment in judgments
        ],
        **(
            {"joint": _joint(joints[ALONE]), "joint_with_constants": _joint([*joints.values()][-1])}
            if ALONE in joints
            else {"joints": {name: _joint(joint) for name, joint in joints.items()}}
        ),
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def as_junit(judgments: list[Judgment], joints: dict[str, Joint]) -> str:
    """Return the verdicts as JUnit XML: a claim that does not hold fails, one that is not checkable is skipped."""
    failed = [judgment for judgment in judgments if judgment.verdict not in (*HOLDS, *UNCOUNTED)]
    skipped = [judgment for judgment in judgments if judgment.verdict in UNCOUNTED]
    counts = {"tests": len(judgments) + len(joints), "skipped": len(skipped)}
    broken = [name for name, joint in joints.items() if not joint.feasible]
    suite = Xml.Element("testsuite", name="claims", failures=str(len(failed) + len(broken)))
    for name, number in counts.items():
        suite.set(name, str(number))
    for judgment in judgments:
        case = Xml.SubElement(suite, "testcase", classname="claim", name=judgment.claim.id)
        if judgment in failed:
            Xml.SubElement(case, "failure", message=f"{judgment.words}: {' '.join(_row(judgment)[1:5])}")
        elif judgment in skipped:
            Xml.SubElement(case, "skipped", message=decides(judgment))
    for name, joint in joints.items():
        case = Xml.SubElement(suite, "testcase", classname="joint", name=name)
        if not joint.feasible:
            Xml.SubElement(case, "failure", message="cannot all be true: " + ", ".join(joint.conflict))
    Xml.indent(suite)
    return Xml.tostring(suite, encoding="unicode") + "\n"


FORMS = {"text": as_text, "json": as_json, "csv": as_csv, "junit": as_junit, "markdown": as_markdown}


def _literal(text: str) -> str:
    """Return a text as Markdown that shows it as it stands."""
    return MARKUP.sub(r"\\\g<0>", text)


def _row(judgment: Judgment) -> list[str]:
    value = judgment.recomputed
    numbers = [value.show(4) if value else "-"]
    numbers += [off.show() if off else "-" for off in (judgment.share, judgment.difference)]
    return [judgment.claim.id, judgment.claim.value.printed, *numbers, judgment.words, decides(judgment)]


def _implied(joint: Joint, claims: dict[str, Claim]) -> list[str]:
    """The intervals of the unrounded inputs that the table bounds."""
    return [
        f"{name}: {low:.6g} to {high:.6g}"
        for name, (low, high) in joint.implied.items()
        if name not in claims and (low > 0 or isfinite(high))
    ]


def _conflict(joint: Joint, claims: dict[str, Claim]) -> list[str]:
    return [
        f"{name}: would have to reach {give.reach:.6g}, "
        f"{show(give.in_units_of(claims[name].figure.step), 2)} units of its last significant digit"
        for name, give in joint.conflict.items()
    ]


def _joint(joint: Joint) -> dict[str, Any]:
    return {
        "feasible": joint.feasible,
        "implied": {name: _finite(interval) for name, interval in joint.implied.items()},
        "conflict": list(joint.conflict),
    }


def _finite(interval: tuple[float, float]) -> list[float | None]:
    return [end if isfinite(end) else None for end in interval]


def _evidence(value: Value | None) -> list[dict[str, Any]]:
    return [part.record() for part in value.trail()] if value else []
