"""Which series of a platform is the best one where: the stretches of interactivity that each series holds."""

from dataclasses import dataclass

from analysis.frontier.crossings import leads
from analysis.frontier.curves import Curve
from analysis.frontier.envelope import Envelope


@dataclass(frozen=True)
class Stretch:
    """A range of interactivity in which throughput follows one curve, and so falls throughout.

    Attributes:
        low: Its start, in tok/s/user.
        high: Its end, in tok/s/user.
        curve: The curve that answers there.
        member: Position of that curve in its envelope.
    """

    low: float
    high: float
    curve: Curve
    member: int


def whole(envelope: Envelope) -> tuple[Stretch, ...]:
    """Return each member over all of its own range, in the order of the members, whether it is the best or not."""
    return tuple(
        Stretch(member.low, member.high, member, position) for position, member in enumerate(envelope.members)
    )


def best(envelope: Envelope) -> tuple[Stretch, ...]:
    """Return the stretches in which each member is the highest, by rising interactivity.

    They come from the exact curves: where two members cross, or one begins or ends, a stretch ends. Members that are
    one curve somewhere hold that stretch both.
    """
    held = [
        Stretch(lead.low, lead.high, member, position)
        for position, member in enumerate(envelope.members)
        for lead in leads(member, envelope)
        if lead.leader == 0
    ]
    return tuple(sorted(held, key=lambda stretch: (stretch.low, stretch.high)))
