"""Kernels with an environment of their own, so that two at once in one process do not share it."""

import os
from collections.abc import Mapping
from typing import Any

from jupyter_client.manager import AsyncKernelManager


def manager(environment: Mapping[str, str]) -> type[AsyncKernelManager]:
    """Return a class of kernel managers whose kernels have these variables beside those of this process."""

    class Elsewhere(AsyncKernelManager):  # type: ignore[misc, unused-ignore]
        async def start_kernel(self, **options: Any) -> Any:  # type: ignore[override, unused-ignore]
            return await super().start_kernel(**options, env={**os.environ, **environment})

    return Elsewhere
