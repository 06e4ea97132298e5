"""Imports optional packages, and says how to install one that is missing."""

from importlib import import_module
from typing import Any

from analysis.errors import InputError

EXTRA = "'dask[distributed]' cryptography"


def optional(module: str, wanted_by: str) -> Any:
    """Return an optional module.

    Args:
        module: Its name.
        wanted_by: The option that needs it, as messages name it.

    Raises:
        InputError: It is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise InputError(
            f"{wanted_by} needs the package {error.name}, which is not installed; "
            f"install it with: uv pip install {EXTRA}"
        ) from None
