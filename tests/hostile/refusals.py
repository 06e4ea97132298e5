"""How a refusal looks, whatever was refused: one line that can be shown, and not a long one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import LONGEST_MESSAGE, InputError

LONGEST = LONGEST_MESSAGE + 10
READ_AGAIN = 10_000_000  # bytes of a file at most


def refusal(call: Callable[..., object], *arguments: object, **named: object) -> str:
    """Return what a user is told, after checking that it can be shown."""
    with pytest.raises(InputError) as refused:
        call(*arguments, **named)
    message = str(refused.value)
    assert message.isprintable()
    assert len(message) <= LONGEST
    return message


def tree(folder: Path) -> dict[str, bytes]:
    """Return every path below a folder, with its content where it is a file of some size."""
    paths = sorted(folder.rglob("*"))
    small = [path for path in paths if path.is_file() and path.stat().st_size < READ_AGAIN]
    return {str(path): path.read_bytes() if path in small else b"" for path in paths}
