"""The page that shows a sweep: what was measured, which platform wins where, what the ratio reaches, its extremes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.comparison.metrics import METRICS
from analysis.comparison.requests import request_in
from analysis.comparison.tariff import serving
from analysis.exhibits.statements import Cell, Shown, conclude
from analysis.exhibits.tables import records, sources, table
from analysis.library.models import until
from analysis.library.quantities import Quoted, quantity
from analysis.library.sources import TIERS
from analysis.library.values import Status, Value, counted
from analysis.machinery.sweep import charts
from analysis.machinery.sweep.axes import ALL, NEWEST, NONE, ROLES, number_axes
from analysis.machinery.sweep.grid import Grid
from analysis.machinery.sweep.inputs import Inputs, library_of
from analysis.machinery.sweep.verdict import LEVELIZED, NO_CLAIM, UNKNOWN, ratio_columns
from analysis.scenario import Parameters

_MOST_EXTREMES = 3
_HIGH = 0.9  # the share of scenarios that lie below what a tenth exceeds


@dataclass(frozen=True, eq=False)
class SweepSummary:
    """A finished sweep: what was asked, the folder of its files, and what its results rest on."""

    grid: Grid
    folder: Path
    inputs: Inputs

    @property
    def title(self) -> str:
        """The title of the page."""
        return self.grid.asked.get("description") or f"Sweep {self.grid.name}"

    @property
    def ratio(self) -> str:
        """The column of the ratio that is judged."""
        return self.grid.verdict.ratio

    @property
    def what(self) -> str:
        """That ratio in words."""
        kind = "levelized " if self.ratio.startswith(LEVELIZED) else ""
        return f"ratio of {kind}{quantity(ratio_columns()[self.ratio]).name}"

    @property
    def words(self) -> list[str]:
        """The words of the verdicts that a measured scenario can get."""
        return [word for word in self.grid.verdict.words if word not in (UNKNOWN, NO_CLAIM)]

    @cached_property
    def all(self) -> pd.DataFrame:
        """The columns of every scenario that the page needs."""
        return charts.read(self.folder, charts.needed(self.ratio))

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The scenarios of two different platforms of which both were measured."""
        return charts.judged(self.all, self.ratio)

    def shown(self) -> list[Shown]:
        """Return what the page shows, from the answer to the sources."""
        asked, measured = _exactly(len(self.all), "scenarios"), _exactly(len(self.rows), "scenarios compared")
        head = "Of {asked} scenarios, {measured} compare two platforms that were both measured there."
        if self.rows.empty:
            return [conclude(head, asked=asked, measured=measured)]
        answer = self._answer(head, asked, measured)
        names = {key: self.grid.library.platform(key).name for key in self.inputs.platforms}
        medians = charts.pairs(self.rows, self.ratio)
        pair_map = charts.pair_map(
            medians, names, self.what,
            title=f"The median {self.what} of each pair, {self.direction}, where both were measured.",
        )  # fmt: skip
        winners = charts.winners(
            charts.wins(self.rows), self.grid.library.platforms,
            title="Which platform\u2019s tokens cost less than the other\u2019s, against all it meets.",
        )  # fmt: skip
        shares = charts.verdicts(self.rows, self.words)
        reached = charts.reached(
            shares, self.what, title=f"What the {self.what}, {self.direction}, reaches, and where."
        )
        compared = [pair_map, winners] if medians.size > 1 else []
        return [answer, *compared, reached, self._verdicts(), self._extremes(), sources(self._cited)]

    @property
    def direction(self) -> str:
        """Which side stands above the line of the ratio, in words."""
        turned = METRICS[ratio_columns()[self.ratio]].is_turned
        return "baseline over subject" if turned else "subject over baseline"

    def _answer(self, head: str, asked: Value, measured: Value) -> Shown:
        """What the ratio is like where it is above one: of a pair that stands both ways, only one way is."""
        ahead = self.rows[self.rows[self.ratio] > 1].sort_values([self.ratio, "scenario"])
        if ahead.empty:
            told = f"{head} The {self.what}, {self.direction}, is nowhere above one."
            return conclude(told, asked=asked, measured=measured)
        middle, high = (self._value(ahead.iloc[int(share * (len(ahead) - 1))]) for share in (0.5, _HIGH))
        above = _exactly(len(ahead), "scenarios above one")
        told = (
            f"{head} In {{above}} of them the {self.what}, {self.direction}, is above one: {{middle}} in the median, "
            "and more than {high} in a tenth of them."
        )
        return conclude(told, asked=asked, measured=measured, above=above, middle=middle, high=high)

    @property
    def _cited(self) -> list[Value]:
        return [self._value(self.rows.loc[self.rows[self.ratio].idxmax()])]

    def _verdicts(self) -> Shown:
        """Where each verdict is found: how many scenarios, and between which interactivities."""
        rows: list[list[Cell]] = []
        for word in self.words:
            those = self.rows[self.rows["verdict"] == word]
            share = Value(len(those) / len(self.rows), quantity("scenario_share"), word, Status.DERIVED)
            slowest, fastest = (self._speed(number) if len(those) else "none" for number in
                                (those["interactivity"].min(), those["interactivity"].max()))  # fmt: skip
            pairs = those[["baseline", "subject"]].drop_duplicates()
            rows.append(
                [word, _exactly(len(those), word), share, slowest, fastest, _exactly(len(pairs), f"pairs {word}")]
            )
        columns = ["Verdict", "Scenarios", "Share", "From (tok/s/user)", "To (tok/s/user)", "Pairs of platforms"]
        found = set(self.rows[["baseline", "subject"]].astype(str).itertuples(index=False, name=None))
        both = all((subject, baseline) in found for baseline, subject in found)
        twice = " Each pair stands both ways, so half of the scenarios lie below one." if both else ""
        return table("verdicts", f"Verdicts on the {self.what}, {self.direction}.{twice}", columns, rows)

    def _extremes(self) -> Shown:
        """The scenarios behind the highest and the lowest ratios of different pairs."""
        order = self.rows.sort_values([self.ratio, "scenario"], ascending=[False, True])
        pairs = order.drop_duplicates(["baseline", "subject"])
        chosen = pd.concat([pairs.head(_MOST_EXTREMES), pairs.tail(_MOST_EXTREMES)]).drop_duplicates("scenario")
        names = [name for name in self.grid.named if name in number_axes() and name != "interactivity"]
        full = self._whole(chosen["scenario"])
        rows: list[dict[str, Cell]] = [
            {
                "Scenario": _exactly(row["scenario"], "number of the scenario"),
                "Model": Quoted(row["model"]),
                "Baseline": self._name(row["baseline"]),
                "Subject": self._name(row["subject"]),
                "ISL/OSL": str(row["workload"]),
                "Vintage": str(row["vintage"]),
                "Prices": TIERS[str(row["price_tier"])],
                "Interactivity (tok/s/user)": self._speed(row["interactivity"]),
                **{f"{role.capitalize()} (tok/s/GPU)": self._side(row, role)["throughput_per_gpu"] for role in ROLES},
                **{f"Series of the {role}": f"{row[f'{role}_series']}" for role in ROLES},
                **{name.replace("_", " "): self._amount(name, row) for name in names},
                "Ratio": self._value(row),
            }
            for _, row in full.iterrows()
        ]
        caption = f"The scenarios behind the highest and the lowest {self.what}: of each pair its highest."
        return records("extremes", caption, rows)

    def _whole(self, scenarios: Iterable[int]) -> pd.DataFrame:
        wanted = list(scenarios)
        rows = charts.read(self.folder, within=wanted).set_index("scenario", drop=False)
        return rows.loc[wanted]

    def _name(self, key: object) -> str:
        return self.grid.library.platform(str(key)).name

    def _speed(self, number: float) -> Value:
        return Value(number, quantity("interactivity"), self.grid.name, Status.CHOSEN, place=self._place)

    def _amount(self, name: str, row: pd.Series) -> Value:
        key = name.partition("_")[2] if name.startswith(("baseline_", "subject_")) else name
        kinds = {"price": "price_per_gpu_hour", "price_factor": "ratio", "power_factor": "ratio"}
        return Value(row[name], quantity(kinds.get(key, key)), self.grid.name, Status.CHOSEN, place=self._place)

    def _value(self, row: pd.Series) -> Value:
        """The ratio of a scenario, with the throughputs and prices that it is made from."""
        inputs = {
            f"{quantity(key).name} of the {role}": side[key]
            for role in ROLES
            for side in [self._side(row, role)]
            for key in ("throughput_per_gpu", "price_per_gpu_hour")
        }
        subject, baseline = (self._name(row[role]) for role in ("subject", "baseline"))
        return Value(
            row[self.ratio], quantity("ratio"), f"{subject} / {baseline}", Status.DERIVED,
            sources=self.inputs.sources, place=f"sweep {self.grid.name}, scenario {row['scenario']}", inputs=inputs,
        )  # fmt: skip

    def _side(self, row: pd.Series, role: str) -> dict[str, Value]:
        """What the library says of one side of a scenario, before the grid's own factors."""
        library = library_of(self.grid.library, str(row["model"]))
        day = f"{until(library.origins)}" if row["as_of"] == NEWEST else str(row["as_of"])
        chosen = {"vintage": str(row["vintage"]), "price_tier": str(row["price_tier"]), "as_of": day}
        accuracy, origin = str(row["minimum_accuracy"]), str(row["origin"])
        conditions = Parameters.gathered(chosen)
        least = None if accuracy == NONE else float(accuracy)
        publishers = [] if origin == ALL else [origin]
        conditions = conditions.model_copy(update={"minimum_accuracy": least, "origin": publishers})
        side = serving(library, conditions, str(row[role]), request_in(str(row["workload"])))
        return {**side.at(row["interactivity"]), "price_per_gpu_hour": side.price}

    @property
    def _place(self) -> str:
        return f"grid {self.grid.name}"


def _exactly(number: float, what: str) -> Value:
    return replace(counted(number, what), digits=12)
