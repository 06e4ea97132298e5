"""A platform serving requests of any lengths: by its measured curve where there is one, else by a modeled one."""

from dataclasses import replace

from analysis.comparison.contenders import Contender, contender, price
from analysis.comparison.requests import counted, is_measured, request_of
from analysis.comparison.tariff import Tariff, modeled, tariff_at
from analysis.frontier.own_lengths import ModeledCurve
from analysis.frontier.tariff import Request
from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.scenario import Parameters


class ModeledContender(Contender):
    """A platform serving requests that nobody measured there; attributes as of `Contender`, its curve modeled."""

    curve: ModeledCurve

    def tariff(self, interactivity: float) -> Tariff | None:
        """Return what tokens take and cost at an interactivity (tok/s/user); None where nothing serves it."""
        return tariff_at(self.library, self.curve, interactivity, self.price)

    def throughput(self, interactivity: float) -> Value | None:
        """Return the modeled throughput at an interactivity (tok/s/user), in tok/s/GPU; None where nothing serves."""
        tariff = self.tariff(interactivity)
        return replace(tariff.throughput, kinds=self.kinds) if tariff else None


def serving(
    library: Library, conditions: Parameters, hardware: str, request: Request | None = None, *, role: str = ""
) -> Contender:
    """Return a platform under a scenario's conditions: by its curve where it was measured so, else modeled.

    Arguments as for `analysis.comparison.contenders.contender`; a request is asked where it is not the scenario's.

    Raises:
        InfeasibleError: A constraint leaves no row.
        InputError: The lengths lie outside of the region that the model answers for, or there is no price or power.
    """
    wanted = request or request_of(conditions)
    if is_measured(library, hardware, wanted):
        return contender(library, conditions, hardware, role=role, lengths=wanted.lengths)
    curve = modeled(library, conditions, hardware, wanted)
    power = library.power(hardware, conditions.vintage)
    return ModeledContender(
        library, curve, price(library, conditions, hardware, role), power, counted(library.model, wanted)
    )
