"""Each model that both sides serve: a baseline beside every platform of the subject's generation."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from analysis.comparison.advantage import Advantage
from analysis.comparison.contenders import contender
from analysis.errors import InputError
from analysis.frontier import ANY
from analysis.frontier.constraints import Constraints
from analysis.frontier.curves import Floats
from analysis.library.models import Model, until
from analysis.library.quantities import Quoted, quantity, workload
from analysis.library.sources import DATA, Library, load
from analysis.library.values import Status, Value
from analysis.scenario import Parameters

THROUGHPUT, COST, POWER = METRICS = ("throughput_per_gpu", "cost_per_million_tokens", "throughput_per_megawatt")
"""What the sides are compared in: per GPU, per dollar, per megawatt."""
PER = {THROUGHPUT: "per GPU", COST: "per dollar", POWER: "per megawatt"}


@dataclass(frozen=True, eq=False)
class Matchup:
    """One model on the baseline and on each platform that stands against it."""

    model: Model
    library: Library  # its rows, with prices and powers
    conditions: Parameters  # what was asked, with the model's own snapshot and the last day that it knows of
    rivals: tuple[Advantage, ...]  # each rival over the baseline, at least one

    @property
    def name(self) -> str:
        """The model's name, quoted, since it may hold digits."""
        return Quoted(self.library.model)

    def __call__(self, key: str, interactivity: ArrayLike) -> Floats:
        """Return the ratio of the best rival at each interactivity (tok/s/user), in its shape; NaN where none is."""
        best: Floats = np.fmax.reduce([rival(key, interactivity) for rival in self.rivals])
        return best

    def bracket(self, key: str, interactivity: ArrayLike) -> tuple[Floats, Floats]:
        """Return between which ratios the measured rows alone put the best rival, in the shape of the interactivity.

        The lower end sets a rival's best row at or above against the baseline's at or below, the upper end the other
        way round.
        """
        ends = [rival.bracket(key, interactivity) for rival in self.rivals]
        return np.fmax.reduce([low for low, _ in ends]), np.fmax.reduce([high for _, high in ends])

    def best(self, key: str, interactivity: float) -> Advantage | None:
        """Return the best rival in a metric at an interactivity (tok/s/user); None where none is served with it."""
        ratios = [float(rival(key, interactivity)) for rival in self.rivals]
        return None if np.isnan(ratios).all() else self.rivals[int(np.nanargmax(ratios))]

    def at(self, key: str, interactivity: float) -> Value | None:
        """Return the ratio of the best rival in a metric at an interactivity (tok/s/user); None where none is."""
        rival = self.best(key, interactivity)
        return rival.at(key, interactivity) if rival else None

    @cached_property
    def places(self) -> Floats:
        """Interactivities that show the whole curve, in tok/s/user."""
        return np.unique(np.concatenate([rival.places for rival in self.rivals]))

    def peak(self, key: str) -> Advantage:
        """Return the rival whose highest ratio in a metric is the highest."""
        return max(self.rivals, key=lambda rival: float(rival(key, rival.highest)))

    def highest(self, key: str) -> Value:
        """Return the highest ratio in a metric, at any interactivity that both serve."""
        rival = self.peak(key)
        ratio = rival.at(key, rival.highest)
        assert ratio is not None, "both were measured at their extremes"
        return ratio

    @property
    def is_highest_at_an_end(self) -> bool:
        """Whether the highest ratio per GPU lies at an end of the speeds that both of its sides serve."""
        rival = self.peak(THROUGHPUT)
        return bool(np.isclose(rival.highest, rival.ranges[[0, -1], [0, -1]]).any())

    def met(self, key: str, times: float) -> tuple[Value, Value] | None:
        """Return the lowest and the highest interactivity (tok/s/user) at which a ratio is met; None if at none."""
        places = self.places[self(key, self.places) >= times]
        if not places.size:
            return None
        ends = (float(places[0]), float(places[-1]))
        low, high = (Value(end, quantity("interactivity"), self.library.model, Status.DERIVED) for end in ends)
        return low, high


@dataclass(frozen=True, eq=False)
class Across:
    """All models on both sides, under the conditions of a scenario."""

    conditions: Parameters
    matchups: tuple[Matchup, ...]  # the models that both sides serve, the highest ratio of throughput first
    left_out: tuple[tuple[Model, str], ...]  # the other models, each with why

    @property
    def library(self) -> Library:
        """The figures that all models share: prices, powers, service levels."""
        return self.matchups[0].library

    @property
    def baseline(self) -> str:
        """The name of the platform compared with."""
        return self.library.platform(self.conditions.baseline).name

    @property
    def rivals(self) -> str:
        """What the other side is called: the subject's vendor and generation."""
        return self.library.platform(self.conditions.subject).family

    @property
    def lengths(self) -> str:
        """The sequence lengths, as the field says them."""
        return workload(self.conditions.input_tokens, self.conditions.output_tokens)

    @property
    def names(self) -> dict[str, Any]:
        """Both sides and the lengths, to be filled into sentences and captions."""
        return {"baseline": self.baseline, "rivals": self.rivals, "lengths": self.lengths}


def across(conditions: Parameters, folder: Path = DATA) -> Across:
    """Return every model of the data on the scenario's baseline and on the platforms of its subject's generation.

    Each model is answered by the snapshot that `models.csv` names for it, all of its rows, whatever the scenario's
    snapshot and cut-off day.

    Raises:
        InputError: No model was measured on both sides; the message names what each lacks.
    """
    matchups: list[Matchup] = []
    left_out: list[tuple[Model, str]] = []
    for model in load(folder).models:
        try:
            matchups.append(matchup(model, conditions, folder))
        except InputError as error:
            left_out.append((model, str(error)))
    if not matchups:
        raise InputError("; ".join(f"{model.name}: {reason}" for model, reason in left_out))
    matchups.sort(key=lambda matchup: -matchup.highest(THROUGHPUT).number)
    return Across(conditions, tuple(matchups), tuple(left_out))


def matchup(model: Model, conditions: Parameters, folder: Path = DATA) -> Matchup:
    """Return one model on both sides; arguments and errors are those of `across`."""
    if not model.snapshot:
        raise InputError("no snapshot of its rows is named")
    library = load(folder, model.snapshot)
    asked = conditions.model_copy(update={"snapshot": model.snapshot, "as_of": until(library.origins)})
    return Matchup(model, library, asked, against(library, asked))


def against(library: Library, conditions: Parameters, constraints: Constraints = ANY) -> tuple[Advantage, ...]:
    """Return every platform of the subject's generation over the baseline, where both serve some speed.

    Raises:
        InputError: The baseline was not measured so, or no platform of the generation was.
    """
    if not (library.benchmark["hardware"] == conditions.baseline).any():
        raise InputError(f"no rows on {library.platform(conditions.baseline).name}")
    baseline = contender(library, conditions, conditions.baseline, constraints=constraints)
    made: list[Advantage] = []
    for hardware in generation(library, conditions.subject):
        with suppress(InputError):  # not measured so, or without a price
            made.append(Advantage(baseline, contender(library, conditions, hardware, constraints=constraints)))
    common = tuple(advantage for advantage in made if len(advantage.ranges))
    if not common:
        raise InputError(f"no platform of the other side serves a speed that {baseline.platform.name} serves")
    return common


def generation(library: Library, hardware: str) -> list[str]:
    """Return the keys of the platforms of one vendor and generation."""
    family = library.platform(hardware).family
    return [key for key, other in library.platforms.items() if other.family == family]
