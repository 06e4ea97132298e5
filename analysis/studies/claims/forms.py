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
from analysis.studies.claims.verdicts import HOLDS, MEANING, Judgment, Verdict

MARKUP = re.compile(r"[\\`*_{}\[\]<>#|!~$&:@]")


def as_text(judgments: list[Judgment], joints: dict[str, Joint]) -> str:
    """Return verdicts and joint results as text for a terminal."""
    rows = [["id", "printed", "recomputed", "off by", "verdict", "remark"], *map(_row, judgments)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "-" * max(map(len, lines)))
    lines += ["", "off by: in units of the last printed digit"]
    lines += [f"{word}: {MEANING[word]}" for word in dict.fromkeys(judgment.verdict for judgment in judgments)]
    claims = {judgment.claim.id: judgment.claim for judgment in judgments}
    for name, joint in joints.items():
        lines += ["", f"Can it all be true at once? {name}: {'yes' if joint.feasible else 'no'}"]
        lines += [f"  {line}" for line in (_implied(joint, claims) if joint.feasible else _conflict(joint, claims))]
    return "\n".join(lines) + "\n"


def as_markdown(judgments: list[Judgment], joints: dict[str, Joint]) -> str:
    """Return verdicts and joint results as Markdown."""
    rows = [["id", "printed", "recomputed", "off by", "verdict", "remark"], ["---"] * 6]
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
    writer.writerow(["id", "printed", "low", "high", "recomputed", "verdict", "under", "remark"])
    for judgment in judgments:
        value = judgment.recomputed.number if judgment.recomputed else ""
        figure = judgment.claim.figure
        words = (figure.text, *figure.interval, value, str(judgment.verdict), judgment.under, judgment.remark)
        writer.writerow([judgment.claim.id, *words])
    return text.getvalue()


def as_json(judgments: list[Judgment], joints: dict[str, Joint]) -> str:
    """Return everything as JSON: `claims`, `joint` (the table alone) and `joint_with_constants`."""
    alone, constants = joints.values()
    whole = {
        "claims": [
            {
                "id": judgment.claim.id,
                "printed": judgment.claim.figure.text,
                "interval": _finite(judgment.claim.figure.interval),
                "recomputed": judgment.recomputed.number if judgment.recomputed else None,
                "verdict": str(judgment.verdict),
                "under": judgment.under,
                "remark": judgment.remark,
                "evidence": _evidence(judgment.recomputed),
            }
            for judgment in judgments
        ],
        "joint": _joint(alone),
        "joint_with_constants": _joint(constants),
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def as_junit(judgments: list[Judgment], joints: dict[str, Joint]) -> str:
    """Return the verdicts as JUnit XML: a claim that does not hold fails, one that is not checkable is skipped."""
    failed = [judgment for judgment in judgments if judgment.verdict not in (*HOLDS, Verdict.NOT_CHECKABLE)]
    skipped = [judgment for judgment in judgments if judgment.verdict == Verdict.NOT_CHECKABLE]
    counts = {"tests": len(judgments) + len(joints), "skipped": len(skipped)}
    broken = [name for name, joint in joints.items() if not joint.feasible]
    suite = Xml.Element("testsuite", name="claims", failures=str(len(failed) + len(broken)))
    for name, number in counts.items():
        suite.set(name, str(number))
    for judgment in judgments:
        case = Xml.SubElement(suite, "testcase", classname="claim", name=judgment.claim.id)
        if judgment in failed:
            Xml.SubElement(case, "failure", message=f"{judgment.words}: {' '.join(_row(judgment)[1:4])}")
        elif judgment in skipped:
            Xml.SubElement(case, "skipped", message=judgment.remark)
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
    claim, value, off = judgment.claim, judgment.recomputed, judgment.difference
    numbers = [value.show(4) if value else "-", off.show() if off else "-"]
    return [claim.id, claim.figure.text, *numbers, judgment.words, judgment.remark]


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
        f"{show(give.in_units_of(claims[name].figure.step), 2)} units of its last printed digit"
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
