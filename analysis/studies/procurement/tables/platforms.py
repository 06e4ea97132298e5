"""What each platform needs for a load, what its features gain, and how near one comes that cannot serve it."""

from dataclasses import replace

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.choices import choice
from analysis.library.quantities import NO_POWER
from analysis.library.values import Value
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.features import FEATURES, gain, software_gain
from analysis.studies.procurement.fleet import Fleet, on_curve
from analysis.studies.procurement.options import binding, gpus_later, months_until
from analysis.studies.procurement.service import Unserved
from analysis.studies.procurement.sizing import lowest_accuracy

NOTHING = "–"
MANY = 1_000_000
_POINT = ("interactivity", "ttft_median", "ttft_tail", "throughput_per_gpu")


def operating_points(brief: Brief) -> Shown | None:
    """Return the measured configuration that each platform stands on; None where none serves the load."""
    if not brief.fleets:
        return None
    heads = [
        *("Platform", "Configuration", "Parallelism", "GPUs", "Requests in flight", "Interactivity (tok/s/user)"),
        *("TTFT, median (s)", "TTFT, slowest hundredth (s)", "Throughput (tok/s/GPU)", "GSM8K", "Measured on"),
    ]
    on_curves = {key: on_curve(brief.library, brief.conditions, fleet) for key, fleet in brief.fleets.items()}
    heads += ["On the curve at the speed asked (tok/s/GPU)"] if any(on_curves.values()) else []
    rows: list[list[Cell]] = [
        [
            *(fleet.platform.name, fleet.configuration, fleet.parallelism, fleet.deployment_gpus),
            fleet.point["concurrency"],
            *(fleet.point.get(key, NOTHING) for key in _POINT),
            fleet.accuracy or NOTHING,
            fleet.point["throughput_per_gpu"].as_of,
            *([on_curves[key] or NOTHING] if any(on_curves.values()) else []),
        ]
        for key, fleet in brief.fleets.items()
    ]
    return table(
        "operating-points",
        "The configuration of each platform, at {lengths}.",
        heads,
        rows,
        note="GPUs: of one deployment, prefill and decode together; parallelism of prefill / decode where they are "
        "apart. Interactivity is the median. GSM8K: accuracy of the stack, where it was evaluated."
        + (" The curve is told where the row is much faster than asked." if any(on_curves.values()) else ""),
        lengths=brief.lengths,
    )


def fleets(brief: Brief) -> Shown | None:
    """Return what is bought on each platform, and how long it lasts; None where none serves the load."""
    if not brief.fleets:
        return None
    powers = {name: [brief.library.known_power(key, name) for key in brief.fleets] for name in brief.library.vintages}
    told = {name: tuple(power and power.number for power in known) for name, known in powers.items() if any(known)}
    vintages = list({amounts: name for name, amounts in told.items()}.values())
    kept = (
        "A deployment stays within a system or takes whole systems of its own; what it leaves over is paid and idle. "
        if brief.conditions.purchase == "systems"
        else "Only the GPUs of deployments are paid, as where a provider rents them out singly. "
    )
    if brief.conditions.spares or brief.conditions.sites > 1:
        kept += (
            "Deployments: those that carry the load; systems, GPUs and power hold the spare ones of all sites too. "
        )
    return table(
        "fleets",
        "What is bought for the load of today, and how long it lasts.",
        [
            *("Platform", "Deployments", "Systems", "GPUs", *(f"MW, vintage {name}" for name in vintages)),
            *("Mean utilization", "Spare capacity", "Lasts (months)", "GPUs at the horizon", "Binding"),
        ],
        [_bought(brief, fleet, vintages) for fleet in brief.fleets.values()],
        note="Megawatts are all-in provisioned power: the chip and its share of host, network and facility. "
        f"{kept}Binding: throughput, where more load means more systems and nothing stops them; smallest "
        "purchase, where that lasts until the horizon; power or budget, where that limit comes first, at the "
        "least price asked.",
    )


def unserved(brief: Brief) -> Shown | None:
    """Return which platforms cannot serve the load and how near they come; None where all can."""
    if not brief.unserved:
        return None
    return table(
        "unserved",
        "Platforms that cannot serve the load within the limits, and the nearest that they can.",
        ["Platform", "Reason", "Limit", "Asked", "Nearest, other limits kept", "Nearest, others free"],
        [row for platform in brief.unserved for row in _nearest(platform)],
        note="None: no row of the platform keeps the other limits.",
    )


def features(brief: Brief) -> Shown:
    """Return what each feature gains on each platform within the limits, and what its stacks have scored."""
    library = brief.library
    rows: list[list[Cell]] = [
        [
            platform.name,
            *(gain(library, brief.conditions, key, feature) for feature in FEATURES),
            *(lowest_accuracy(library, key, precision=name) or NOTHING for name in ("fp4", "fp8")),
            software_gain(library, key) or NOTHING,
        ]
        for key, platform in library.with_rows.items()
    ]
    return table(
        "features",
        "What each feature gains within the limits, and what the stacks have scored.",
        [
            "Platform",
            *(feature.name for feature in FEATURES),
            "Lowest GSM8K, FP4",
            "Lowest GSM8K, FP8",
            "Software since",
        ],
        rows,
        note="Only with it, only without: the other way no row keeps the limits. Lowest GSM8K: of the platform's "
        "stacks, each as it was evaluated nearest to its rows, repaired since or not; a stack below {sound} answers "
        "nothing in this brief unless it is let in by name. Software since: median gain in interactivity of "
        "configurations that were run more than once, at equal requests in flight. The rows hold random prompts "
        "without reuse, so that neither KV-aware routing nor KV offloading can be seen in them, and no session of an "
        "agent.",
        sound=choice("accuracy", "sound stack"),
    )


def short(value: Value, most: float = MANY) -> Value:
    """Return an amount as it is, or from so much on in thousands, millions and billions that burst no table."""
    return replace(value, quantity=replace(value.quantity, style="compact")) if value.number >= most else value


def _bought(brief: Brief, fleet: Fleet, vintages: list[str]) -> list[Cell]:
    key, name = fleet.platform.key, fleet.platform.name
    return [
        *(name, short(fleet.deployments), short(fleet.systems) if fleet.systems else NOTHING, short(fleet.gpus)),
        *(_megawatts(brief, fleet, vintage) for vintage in vintages),
        fleet.utilization(brief.load),
        fleet.spare if round(fleet.spare.number, 3) else "next to none",
        months_until(fleet.room, fleet.needed, brief.load.growth, name),
        short(gpus_later(fleet, brief.load, brief.conditions)),
        binding(fleet, brief.load, brief.conditions, brief.limits(key)),
    ]


def _megawatts(brief: Brief, fleet: Fleet, vintage: str) -> Cell:
    power = brief.library.known_power(fleet.platform.key, vintage)
    return fleet.megawatts(power) if power else NO_POWER


def _nearest(unserved: Unserved) -> list[list[Cell]]:
    """A row a limit, or one that says why where no limit is at fault."""
    name, reason = unserved.platform.name, unserved.reason
    if not unserved.nearest:
        return [[name, reason, *[NOTHING] * 4]]
    return [
        [name, reason, near.asked.quantity.label, near.asked, near.reached or "none", near.alone or "none"]
        for near in unserved.nearest
    ]
