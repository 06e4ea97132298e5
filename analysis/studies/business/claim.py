"""The claim that a brief is read for: what was printed, its verdict, and the ratio elsewhere than at its point."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from analysis.comparison.advantage import Advantage, advantage
from analysis.comparison.head_to_head import compare
from analysis.comparison.market import at_the_market, market_level, whose_market
from analysis.comparison.requests import floor
from analysis.errors import InputError
from analysis.library.models import until
from analysis.library.quantities import Quoted
from analysis.library.sources import Library, load
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.benchmark.like_for_like import Match, like_for_like
from analysis.studies.benchmark.workloads import advantages
from analysis.studies.claims.judgment import Judgment, Verdict

COST = "cost_per_million_tokens"
_LEDGER = "published"
_OTHERS = 2  # how many other models stand beside the scenario's own


@dataclass(frozen=True, eq=False)
class Claimed:
    """How much dearer the baseline's tokens are than the subject's, at the claim's point and elsewhere."""

    library: Library
    asked: Parameters  # the scenario: its platforms, workload and interactivity
    # On the printed ratio of these two platforms and this model; None where none was printed.
    judgment: Judgment | None
    at_point: Value  # the ratio of the two measured rows at the interactivity that is asked for
    placeholders: Sequence[str]  # the platforms whose price of a GPU-hour is a placeholder of its source
    level: Value  # the interactivity of the middle of the market, in tok/s/user
    at_level: Value | None  # the ratio there, on the curves; None where one of the two does not serve it
    # The first equal terms that both keep at the point, and the ratio; None where there are none.
    on_equal_terms: tuple[str, Value] | None
    on_equal_terms_at_level: tuple[str, Value] | None  # the same at the market's interactivity
    # The subject over the baseline at each workload of the model, by its lengths.
    by_workload: Mapping[str, Advantage]
    # The same at the scenario's workload for its model and those others that have most rows of both.
    by_model: Mapping[str, Advantage]

    @property
    def asked_at(self) -> Value:
        """The interactivity of the point, in tok/s/user."""
        return floor(self.asked, "the service")

    @property
    def market(self) -> str:
        """Which market the level is the middle of, in words."""
        return whose_market(self.library)

    @property
    def names(self) -> dict[str, str]:
        """The names of the two platforms by role."""
        roles = {"subject": self.asked.subject, "baseline": self.asked.baseline}
        return {role: self.library.platform(key).name for role, key in roles.items()}


def claimed(library: Library, asked: Parameters, judged: Mapping[str, Sequence[Judgment]]) -> Claimed | None:
    """Return the claim on a scenario's two platforms; None where one does not serve its point, or both are one."""
    if asked.subject == asked.baseline:
        return None
    with suppress(InputError):  # one of the two was not measured so, or has no price
        pair, level = compare(library, asked), market_level(library)
        _, *matches = like_for_like(library, asked)
        return Claimed(
            library,
            asked,
            _printed(library, asked, judged),
            pair.ratio(COST),
            [side.platform.name for side in pair.sides if side.given["price_per_gpu_hour"].status == "placeholder"],
            level,
            at_the_market(library, asked),
            _first(matches, asked.minimum_interactivity),
            _first(matches, level.number),
            advantages(library, asked),
            _by_model(library, asked),
        )
    return None


def _printed(library: Library, asked: Parameters, judged: Mapping[str, Sequence[Judgment]]) -> Judgment | None:
    platforms = {asked.subject, asked.baseline}
    meant = (
        judgment
        for judgment in judged[_LEDGER]
        if judgment.claim.quantity == COST
        and judgment.claim.is_ratio
        and judgment.claim.platforms == platforms
        and library.is_model(judgment.claim.model)
        and judgment.verdict != Verdict.NOT_ASKED
    )
    return next(meant, None)


def _first(matches: Sequence[Match], interactivity: float) -> tuple[str, Value] | None:
    ratios = ((match.terms, match.ratio(COST, interactivity)) for match in matches)
    return next(((terms, ratio) for terms, ratio in ratios if ratio is not None), None)


def _by_model(library: Library, asked: Parameters) -> dict[str, Advantage]:
    """The model asked about first; each other one is answered by all rows of the snapshot that is named for it."""
    others: dict[str, Advantage] = {}
    for model in library.models:
        if model.snapshot and not model.is_meant_by(library.model):
            other = load(library.folder, model.snapshot)
            under = asked.model_copy(update={"snapshot": model.snapshot, "as_of": until(other.origins)})
            if made := _advantage(other, under):
                others[Quoted(model.name)] = made
    most = sorted(others, key=lambda name: -_rows(others[name]))[:_OTHERS]
    own = _advantage(library, asked)
    return {**({Quoted(library.model): own} if own else {}), **{name: others[name] for name in most}}


def _rows(advantage: Advantage) -> int:
    """How many rows the thinner of the two sides was measured with."""
    return min(
        sum(len(member.interactivity) for member in side.curve.members)
        for side in (advantage.baseline, advantage.subject)
    )


def _advantage(library: Library, asked: Parameters) -> Advantage | None:
    with suppress(InputError):  # not measured so, or without a price
        made = advantage(library, asked)
        return made if len(made.ranges) else None
    return None
