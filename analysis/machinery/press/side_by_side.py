"""Several scenarios beside each other: what each asks, and what the data answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.comparison.head_to_head import HeadToHead, compare, workload
from analysis.comparison.metrics import listed
from analysis.errors import InputError
from analysis.exhibits.statements import Cell, Shown, say
from analysis.exhibits.tables import assumptions, sources, table
from analysis.library.quantities import Quoted, quantity
from analysis.library.sources import TIERS, load
from analysis.scenario import Scenario

Pairs = Mapping[str, HeadToHead]
RATIO = "cost_per_million_tokens"


def side_by_side(scenarios: Sequence[Scenario]) -> list[Shown]:
    """Return what the scenarios share, and tables of what varies, their ratios and levels, one row a scenario.

    A scenario that the data cannot answer says why in a paragraph of its own.
    """
    pairs, reasons = answers(scenarios)
    silent = [
        say("{name} has no answer: {why}.", role="caution", name=name, why=why) for name, why in reasons.items()
    ]
    if not pairs:
        return silent
    questions = {name: _questions(pair) for name, pair in pairs.items()}
    varied = [label for label in _labels() if len({_word(one[label]) for one in questions.values()}) > 1]
    values = [pair.ratio(key) for pair in pairs.values() for key in pair.metrics]
    return [
        _range(pairs),
        *([_shared(next(iter(questions.values())), varied)] if len(varied) < len(_labels()) else []),
        _ratios(pairs, {name: [one[label] for label in varied] for name, one in questions.items()}, varied),
        *silent,
        *_cautions(pairs),
        _levels(pairs, 0, "baseline"),
        _levels(pairs, 1, "subject"),
        assumptions(values),
        sources(values),
    ]


def answers(scenarios: Sequence[Scenario]) -> tuple[Pairs, dict[str, str]]:
    """Return the comparison that each scenario asks for, and why the others have none, by name."""
    pairs: dict[str, HeadToHead] = {}
    reasons = {}
    libraries = {name: load(snapshot=name) for name in dict.fromkeys(one.snapshot for one in scenarios)}
    for scenario in scenarios:
        try:
            pairs[scenario.name] = compare(libraries[scenario.snapshot], scenario)
        except InputError as error:
            reasons[scenario.name] = str(error)
    return pairs, reasons


def _questions(pair: HeadToHead) -> dict[str, Cell]:
    asked = pair.conditions
    answers: list[Cell] = [
        pair.baseline.platform.name,
        pair.subject.platform.name,
        workload(asked.input_tokens, asked.output_tokens),
        pair.floor,
        str(asked.as_of),
        TIERS[asked.price_tier],
        asked.vintage,
    ]
    return dict(zip(_labels(), answers, strict=True))


def _labels() -> list[str]:
    speed = quantity("interactivity")
    return ["Baseline", "Subject", "ISL/OSL", f"At least ({speed.unit})", "Rows until", "Prices", "Vintage"]


def _word(content: Cell) -> str:
    return content if isinstance(content, str) else content.show(4)


def _range(pairs: Pairs) -> Shown:
    """How far the ratio of cost goes, and between which scenarios."""
    ratios = {name: pair.ratio(RATIO) for name, pair in pairs.items() if RATIO in pair.metrics}
    if not ratios:
        return say("No scenario has a price for both of its platforms.", finding=True)
    least, most = (choose(ratios, key=lambda name: ratios[name].number) for choose in (min, max))
    return say(
        "Tokens of the baseline cost {least} ({fewest}) to {most} ({highest}) those of the subject.",
        role="answer", finding=True, least=ratios[least], most=ratios[most], fewest=least, highest=most,
    )  # fmt: skip


def _shared(questions: Mapping[str, Cell], varied: Sequence[str]) -> Shown:
    """What is the same in all scenarios."""
    same = [label for label in questions if label not in varied]
    places = {f"same_{position}": label for position, label in enumerate(same)}
    template = "; ".join(f"{label}: {{{place}}}" for place, label in places.items())
    contents: dict[str, Any] = {place: questions[label] for place, label in places.items()}
    return say(f"The same in all: {template}.", **contents)


def _ratios(pairs: Pairs, answers: Mapping[str, Sequence[Cell]], varied: Sequence[str]) -> Shown:
    keys = list(dict.fromkeys(key for pair in pairs.values() for key in pair.metrics))
    rows = [
        [name, *answers[name], *(pair.ratio(key) if key in pair.metrics else "not stated" for key in keys)]
        for name, pair in pairs.items()
    ]
    return table(
        "ratios",
        "What each scenario asks, and the ratios of its two platforms.",
        ["Scenario", *varied, *(quantity(key).title for key in keys)],
        rows,
        note="Ratios are of the subject to the baseline; for cost of the baseline to the subject.",
    )


def _cautions(pairs: Pairs) -> list[Shown]:
    """What to know before relying on the answers, each thing once with the scenarios that it is of."""
    named: dict[str, list[str]] = {}
    for name, pair in pairs.items():
        for caution in pair.cautions:
            named.setdefault(caution.text, []).append(name)
    if not named:
        return []
    rows: list[list[Cell]] = [
        [Quoted(text), "all" if len(names) == len(pairs) else ", ".join(names)] for text, names in named.items()
    ]
    return [table("cautions", "What to know before relying on these answers.", ["What", "Scenarios"], rows)]


def _levels(pairs: Pairs, side: int, role: str) -> Shown:
    keys = list(dict.fromkeys(key for pair in pairs.values() for key in pair.sides[side].levels if key in listed()))
    rows = [
        [
            name,
            pair.sides[side].platform.name,
            *(pair.sides[side].levels.get(key, "not stated") for key in keys),
        ]
        for name, pair in pairs.items()
    ]
    columns = ["Scenario", "Platform", *(quantity(key).label for key in keys)]
    return table(f"levels-{role}", f"Levels of the {role}.", columns, rows)
