"""Who was measured where: two platforms at every workload of both, and every platform at the scenario's workload."""

from contextlib import suppress
from datetime import date

from analysis.comparison.advantage import Advantage
from analysis.comparison.contenders import Contender, contender
from analysis.comparison.head_to_head import workload
from analysis.errors import InputError
from analysis.library.sources import Library
from analysis.library.terms import workloads
from analysis.scenario import Parameters


def advantages(library: Library, conditions: Parameters, as_of: date | None = None) -> dict[str, Advantage]:
    """Return the subject of a scenario over its baseline at every workload, by the workload's name.

    Workloads that one of the two was not measured at, or without a common interactivity, are left out.

    Args:
        library: The figures.
        conditions: Platforms, workload, cut-off day, accuracy, vintage and prices.
        as_of: Last day whose rows count, where it is not the scenario's.

    Raises:
        InputError: The scenario's own workload would be left out.
    """
    by_lengths = {}
    for name, lengths in workloads(library.benchmark).items():
        with suppress(InputError):
            by_lengths[name] = Advantage(
                contender(library, conditions, conditions.baseline, lengths=lengths, as_of=as_of),
                contender(library, conditions, conditions.subject, lengths=lengths, as_of=as_of),
            )
    common = {name: advantage for name, advantage in by_lengths.items() if len(advantage.ranges)}
    own = workload(conditions.input_tokens, conditions.output_tokens)
    if own not in common:
        pair = f"{conditions.baseline} and {conditions.subject}"
        raise InputError(f"{pair} have no interactivity in common at {own}; they have at: {', '.join(common)}")
    return common


def contenders(library: Library, conditions: Parameters) -> list[Contender]:
    """Return every platform that was measured under the scenario's conditions, in the library's order.

    Args:
        library: The figures.
        conditions: Workload, cut-off day, accuracy, vintage and prices.
    """
    measured = []
    for key in library.platforms:
        with suppress(InputError):  # not measured so, or without a price
            measured.append(contender(library, conditions, key))
    return measured
