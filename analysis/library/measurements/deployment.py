"""What is known of a measured deployment: what its file states, what the reader states, and what nobody does."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from analysis.errors import InputError
from analysis.library.loading.fields import excerpt
from analysis.library.measurements.rows import platform_key
from analysis.library.quantities import listing

UNSTATED = "unstated"
"""What a row says of its framework or its speculative decoding where neither its file nor the reader does."""
SPECULATIVE = "of some kind"  # what a file states that reports drafts and not what drafted them
MOST_GPUS = 100_000


@dataclass(frozen=True)
class Deployment:
    """What one party states of a deployment; what it leaves out is empty or None."""

    hardware: str = ""  # key of a platform, or the name of a system of it
    gpus: int | None = None  # all GPUs of the deployment, the denominator of its throughput
    precision: str = ""  # such as "fp8"
    speculative_decoding: str = ""  # such as "none" or "mtp"
    framework: str = ""  # what served; the clients of a benchmark measure any server
    tensor_parallel: int | None = None
    expert_parallel: int | None = None
    dp_attention: bool | None = None  # whether attention runs data-parallel
    multinode: bool | None = None  # whether it spans several nodes
    input_tokens: int | None = None  # nominal input length (ISL)
    output_tokens: int | None = None  # nominal output length (OSL)
    image: str = ""  # container image, so the software's version
    prefill_gpus: int | None = None  # GPUs that only prefill, of disaggregated serving
    decode_gpus: int | None = None  # GPUs that only decode, likewise
    model: str = ""
    date: str = ""  # the day of the measurement, YYYY-MM-DD
    columns: Mapping[str, Any] = field(default_factory=dict)  # columns of a row that are stated as they are, by name

    @property
    def is_split(self) -> bool:
        """Whether prefill and decode run on GPUs of their own."""
        return self.prefill_gpus is not None or self.decode_gpus is not None

    @property
    def all_gpus(self) -> int | None:
        """All GPUs of the deployment; None where they are not stated."""
        if self.is_split:
            return (self.prefill_gpus or 0) + (self.decode_gpus or 0)
        return self.gpus


def option(name: str) -> str:
    """Return the option of the command line that states a part of a deployment."""
    return f"--{name.replace('_', '-')}"


def joined(file: Deployment, reader: Deployment, place: str) -> Deployment:
    """Return what a file and its reader state together.

    The reader names the model in place of the file, and the kind of speculative decoding more finely than the file.

    Raises:
        InputError: They contradict each other, or the numbers of GPUs do.
    """
    _check_speculation(file.speculative_decoding, reader.speculative_decoding, place)
    together: dict[str, Any] = {}
    for name in (part.name for part in fields(Deployment) if part.name != "columns"):
        stated, given = getattr(file, name), getattr(reader, name)
        if name in ("model", "speculative_decoding", "hardware") or stated in (None, ""):
            together[name] = given if given not in (None, "") else stated
        elif given not in (None, "", stated):
            raise InputError(f"{place}: states {name.replace('_', ' ')} {stated}; {option(name)} says {given}")
        else:
            together[name] = stated
    deployment = replace(file, **together)
    _check_gpus(deployment, place)
    _check_degree(file, reader, deployment, place)
    return deployment


def _check_speculation(stated: str, given: str, place: str) -> None:
    if given == "none" and stated not in ("", "none"):
        raise InputError(f"{place}: reports speculative decoding {stated}; --speculative-decoding says 'none'")
    if stated == "none" and given not in ("", "none"):
        raise InputError(f"{place}: states no speculative decoding; --speculative-decoding says {given!r}")


def _check_gpus(deployment: Deployment, place: str) -> None:
    for name in ("gpus", "prefill_gpus", "decode_gpus"):
        count = getattr(deployment, name)
        if count is not None and not 1 <= count <= MOST_GPUS:
            raise InputError(
                f"number of GPUs: found {excerpt(count)}; must be at least 1 and at most {MOST_GPUS:,} "
                f"({option(name)})"
            )
    if (deployment.prefill_gpus is None) != (deployment.decode_gpus is None):
        missing = "prefill_gpus" if deployment.prefill_gpus is None else "decode_gpus"
        raise InputError(f"{place}: give {option(missing)}, too: prefill and decode GPUs are stated together")
    if deployment.is_split and deployment.gpus not in (None, deployment.all_gpus):
        raise InputError(
            f"{place}: {deployment.prefill_gpus} prefill and {deployment.decode_gpus} decode GPUs are not "
            f"{deployment.gpus} GPUs"
        )


def _check_degree(file: Deployment, reader: Deployment, together: Deployment, place: str) -> None:
    """Ask where a file tells its tensor parallelism only, and the reader another number of GPUs only."""
    degree, gpus = file.tensor_parallel, reader.gpus
    settled = file.gpus or reader.tensor_parallel or together.is_split
    if degree and gpus and degree != gpus and not settled:
        raise InputError(
            f"{place}: states tensor parallel {degree}, in it or in its name; --gpus says {gpus}; where both hold, "
            f"give --tensor-parallel {degree}, too"
        )


def demand(deployment: Deployment, names: tuple[str, ...], place: str) -> None:
    """Check that all of these parts of a deployment are stated.

    Raises:
        InputError: Some are not; the message names the options that state them.
    """
    missing = [option(name) for name in names if not _stated(deployment, name)]
    if missing:
        raise InputError(f"{place}: the file does not say all of its deployment; give {listing(missing)}")


def _stated(deployment: Deployment, name: str) -> bool:
    return (deployment.all_gpus if name == "gpus" else getattr(deployment, name)) not in (None, "")


def columns(deployment: Deployment, platforms: tuple[str, ...]) -> dict[str, Any]:
    """Return the columns of a row that the deployment alone fills.

    Raises:
        InputError: The hardware is not one of them.
    """
    try:
        hardware = platform_key(deployment.hardware, platforms)
    except ValueError as error:
        raise InputError(f"unknown hardware {deployment.hardware!r}; {error}") from None
    roles: dict[str, Any] = {}
    for role in ("prefill", "decode"):
        gpus = getattr(deployment, f"{role}_gpus") if deployment.is_split else deployment.gpus
        roles |= {
            f"{role}_tp": gpus if deployment.tensor_parallel is None else deployment.tensor_parallel,
            f"{role}_ep": 1 if deployment.expert_parallel is None else deployment.expert_parallel,
            f"{role}_dp_attention": bool(deployment.dp_attention),
            f"{role}_workers": int(deployment.is_split),
            f"{role}_gpus": gpus,
        }
    return {
        "hardware": hardware,
        "framework": deployment.framework or UNSTATED,
        "precision": deployment.precision,
        "speculative_decoding": deployment.speculative_decoding or UNSTATED,
        "disaggregated": deployment.is_split,
        "multinode": bool(deployment.multinode),
        "image": deployment.image,
        **roles,
        **deployment.columns,
    }
