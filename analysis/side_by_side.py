"""Several scenarios beside each other: what each asks, and what the data answer."""

from collections.abc import Sequence

from analysis.errors import InputError
from analysis.head_to_head import HeadToHead, compare, workload
from analysis.quantities import quantity
from analysis.scenario import Scenario
from analysis.sources import TIERS, load
from analysis.statements import Cell, Shown, assumptions, say, sources, table


def side_by_side(scenarios: Sequence[Scenario]) -> list[Shown]:
    """Return tables of the scenarios' questions, levels and ratios, one column a scenario.

    A scenario that the data cannot answer says why in a paragraph of its own.
    """
    pairs: dict[str, HeadToHead] = {}
    silent = []
    libraries = {name: load(snapshot=name) for name in dict.fromkeys(one.snapshot for one in scenarios)}
    for scenario in scenarios:
        try:
            pairs[scenario.name] = compare(libraries[scenario.snapshot], scenario)
        except InputError as error:
            silent.append(say("{name} has no answer: {why}.", role="caution", name=scenario.name, why=str(error)))
    if not pairs:
        return silent
    values = [pair.ratio(key) for pair in pairs.values() for key in pair.metrics]
    return [
        _asked(pairs),
        _levels(pairs, 0, "baseline"),
        _levels(pairs, 1, "subject"),
        _ratios(pairs),
        *silent,
        assumptions(values),
        sources(values),
    ]


def _asked(pairs: dict[str, HeadToHead]) -> Shown:
    questions: dict[str, list[Cell]] = {
        "Baseline": [pair.baseline.platform.name for pair in pairs.values()],
        "Subject": [pair.subject.platform.name for pair in pairs.values()],
        "Sequence lengths (ISL/OSL)": [
            workload(pair.conditions.input_tokens, pair.conditions.output_tokens) for pair in pairs.values()
        ],
        "Interactivity at least (tok/s/user)": [pair.floor for pair in pairs.values()],
        "Rows until": [str(pair.conditions.as_of) for pair in pairs.values()],
        "Prices": [TIERS[pair.conditions.price_tier] for pair in pairs.values()],
        "Vintage": [pair.conditions.vintage for pair in pairs.values()],
    }
    rows = [[name, *answers] for name, answers in questions.items()]
    return table("questions", "What each scenario asks.", ["Question", *pairs], rows)


def _levels(pairs: dict[str, HeadToHead], side: int, role: str) -> Shown:
    keys = list(dict.fromkeys(key for pair in pairs.values() for key in pair.sides[side].levels))
    rows = [
        [quantity(key).label, *(pair.sides[side].levels.get(key, "not stated") for pair in pairs.values())]
        for key in keys
    ]
    return table(f"levels-{role}", f"Levels of the {role}.", ["Metric", *pairs], rows)


def _ratios(pairs: dict[str, HeadToHead]) -> Shown:
    keys = list(dict.fromkeys(key for pair in pairs.values() for key in pair.metrics))
    rows = [
        [
            quantity(key).title,
            *(pair.ratio(key) if key in pair.metrics else "not stated" for pair in pairs.values()),
        ]
        for key in keys
    ]
    note = "Of the subject to the baseline; for cost of the baseline to the subject."
    return table("ratios", "Ratios of the two platforms.", ["Ratio", *pairs], rows, note=note)
