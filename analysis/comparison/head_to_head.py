"""Two platforms at one operating point each: the levels of every metric, their ratios, and what to know of them."""

from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import Any

import pandas as pd

from analysis.comparison import metrics
from analysis.comparison.requests import floor, in_words, request_of
from analysis.comparison.reservations import Reservation, reservations
from analysis.comparison.sides import Basis, Side, repriced, side
from analysis.comparison.tariff import ModeledContender, serving
from analysis.frontier.operating import overshoots
from analysis.library.quantities import quantity
from analysis.library.quantities import workload as workload
from analysis.library.sources import Library
from analysis.library.values import NO_MATHEMATICS, Value, given
from analysis.scenario import Parameters

ROLES = ("baseline", "subject")
BASES: dict[Basis, str] = {
    "rows": "each at its best measured row at or above the speed",
    "curve": "both on their curves, at the speed or above",
}


@dataclass(frozen=True)
class HeadToHead:
    """A subject beside a baseline, under the conditions of a scenario."""

    baseline: Side
    subject: Side
    conditions: Parameters
    basis: Basis

    @property
    def sides(self) -> tuple[Side, Side]:
        """Baseline and subject."""
        return self.baseline, self.subject

    @property
    def names(self) -> dict[str, Any]:
        """The names of the platforms by role, to be filled into sentences and captions."""
        return {"baseline": self.baseline.platform.name, "subject": self.subject.platform.name}

    @property
    def lengths(self) -> str:
        """What the requests ask as the field says it, such as 1k/1k."""
        return in_words(request_of(self.conditions))

    @property
    def metrics(self) -> list[str]:
        """The metrics that a table of both lists: those that both sides have and that restate no other."""
        return [key for key in metrics.listed() if all(key in side.levels for side in self.sides)]

    @property
    def values(self) -> list[Value]:
        """Every ratio, and everything given of both sides."""
        return [*map(self.ratio, self.metrics), *(value for side in self.sides for value in side.given.values())]

    @property
    def floor(self) -> Value:
        """The interactivity that each user gets at least, in tok/s/user, as the scenario asks."""
        return floor(self.conditions)

    @cached_property
    def cautions(self) -> list[Reservation]:
        """What to know before relying on the comparison."""
        return reservations(self.sides, self.conditions)

    @cached_property
    def beside(self) -> "HeadToHead | None":
        """The same on the other basis, where a measured row is so much faster than asked that both are needed."""
        if any(side.is_modeled for side in self.sides):
            return None
        other = compare(self.baseline.contender.library, self.conditions, "curve" if self.basis == "rows" else "rows")
        rows = self if self.basis == "rows" else other
        speeds = (side.given["interactivity"].number for side in rows.sides)
        return other if any(overshoots(speed, self.floor.number) for speed in speeds) else None

    def __repr__(self) -> str:
        """What is asked, levels and ratios, and what to know of them, as text."""
        cautions = "".join(f"\n- {caution.text}" for caution in self.cautions)
        return f"{self._asked}\n{written(self).to_string()}{cautions}"

    def _repr_html_(self) -> str:
        """The same as a table and a list, for Jupyter."""
        cautions = "".join(f"<li>{escape(caution.text)}</li>" for caution in self.cautions)
        table = written(self).to_html(border=0, justify="left").replace("<td>", '<td style="text-align:left">')
        text = f"<p>{escape(self._asked)}</p>{table}" + (f"<ul>{cautions}</ul>" if cautions else "")
        return f'<div class="{NO_MATHEMATICS} jp-RenderedHTMLCommon">{text}</div>'

    @property
    def _asked(self) -> str:
        modeled = ", modeled" if any(side.is_modeled for side in self.sides) else ""
        return f"{self.lengths}{modeled}, at least {self.floor.show()} tok/s/user, {BASES[self.basis]}"

    def levels(self, key: str) -> tuple[Value, Value]:
        """Return a metric's level of the baseline and of the subject."""
        return self.baseline.levels[key], self.subject.levels[key]

    def ratio(self, key: str) -> Value:
        """Return how many times the subject's level is the baseline's; turned where less is better."""
        return metrics.ratio(key, *self.levels(key))

    def row(self, key: str) -> list[Value | str]:
        """Return a metric as a row of a table: its label, both levels and their ratio."""
        return [quantity(key).label, *self.levels(key), self.ratio(key)]

    def mixing(self, key: str) -> tuple[str, ...]:
        """Return the aspects in which the sides may count different things, because the scenario asks for it."""
        prices = (side.given.get("price_per_gpu_hour") for side in self.sides)
        return metrics.mixing(key, *(value for value in prices if value))

    def to_frame(self) -> pd.DataFrame:
        """Return the levels of both platforms and their ratios, a metric a row.

        `cautions` are the statuses that taint a ratio and, where serving decides it, what else there is to know of
        it. `attrs` holds plain values: `basis`, `units` by metric, `cautions` in full, and `assumptions`, a record
        with source, date and status of every given value that the results are computed from.
        """
        ratios = {key: self.ratio(key) for key in self.metrics}

        def levels(side: Side) -> pd.Series:
            # As objects: several units are no column of numbers, and are not scaled as one when they are shown.
            numbers = [side.levels[key].number for key in ratios]
            return pd.Series(numbers, names, dtype=object)

        names = pd.Index([quantity(key).name for key in ratios], name="metric")
        table = pd.DataFrame(
            {
                "unit": [quantity(key).unit for key in ratios],
                self.baseline.platform.name: levels(self.baseline),
                self.subject.platform.name: levels(self.subject),
                "ratio": [value.number for value in ratios.values()],
                "cautions": [", ".join(_words(self, key)) for key in ratios],
            },
            index=names,
        )
        table.attrs = {
            "basis": self.basis,
            "cautions": [caution.text for caution in self.cautions],
            "units": {quantity(key).name: quantity(key).unit for key in ratios},
            "assumptions": [value.record() for value in given(ratios.values())],
        }
        return table

    def repriced(self, conditions: Parameters) -> "HeadToHead":
        """Return the same points at other prices and power; a side lacks what their vintage does not know."""
        before, after = (repriced(side, conditions, role) for side, role in zip(self.sides, ROLES, strict=True))
        return replace(self, baseline=before, subject=after, conditions=conditions)


def compare(library: Library, conditions: Parameters, basis: Basis = "rows") -> HeadToHead:
    """Return two platforms under a scenario's conditions, each serving at least the interactivity that is asked.

    Args:
        library: The library of rows, prices and powers.
        conditions: Platforms, workload, interactivity, limits, cut-off day, vintage and prices.
        basis: "rows" compares measured rows, each platform's of highest throughput at or above the interactivity;
            "curve" compares the curves at that interactivity, as sweeps and the what-if page do, and so do all
            comparisons in which a platform was not measured at these lengths and is modeled.

    Raises:
        InputError: A platform has no row under these conditions, nor can be modeled, or has no price or power.
    """
    asked = {
        "baseline": (conditions.baseline, conditions.baseline_rate),
        "subject": (conditions.subject, conditions.subject_rate),
    }
    both = [serving(library, conditions, hardware, role=role) for role, (hardware, _) in asked.items()]
    read: Basis = "curve" if any(isinstance(each, ModeledContender) for each in both) else basis
    before, after = (
        side(each, conditions.minimum_interactivity, rate, read)
        for each, (_, rate) in zip(both, asked.values(), strict=True)
    )
    return HeadToHead(before, after, conditions, read)


def written(pair: HeadToHead) -> pd.DataFrame:
    """Return levels, ratios and service of both platforms as text, a metric a row; brackets stand beside wide values.

    Where a measured row is much faster than asked, the ratios on the other basis are a column of their own.
    """
    both = [each for each in (pair, pair.beside) if each]
    names, beside = [side.platform.name for side in pair.sides], [f"ratio, {BASES[each.basis]}" for each in both[1:]]
    rows = {
        quantity(key).label: [
            *map(_text, pair.levels(key)),
            *(_text(each.ratio(key)) for each in both),
            ", ".join(sorted(pair.ratio(key).cautions)),
        ]
        for key in pair.metrics
    }
    nothing = [""] * (len(both) + 1)
    known = dict.fromkeys(key for side in pair.sides for key in side.service)
    rows |= {quantity(key).label: [*(_text(side.service.get(key)) for side in pair.sides), *nothing] for key in known}
    rows["Series"] = [*(side.series for side in pair.sides), *nothing]
    return pd.DataFrame([*rows.values()], index=[*rows], columns=[*names, "ratio", *beside, "cautions"])


def _text(value: Value | None) -> str:
    if value is None:
        return "not measured"
    return f"{value.show()} ({value.between()})" if value.is_wide else value.show()


def _words(pair: HeadToHead, key: str) -> list[str]:
    served = [caution.word for caution in pair.cautions] if metrics.METRICS[key].is_served else []
    return list(dict.fromkeys([*sorted(pair.ratio(key).cautions), *served]))
