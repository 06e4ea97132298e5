"""A folder as bytes that can travel, and as a folder again where they arrive."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.library.loading.file import files


def packed(folder: Path) -> bytes:
    """Return the files of a folder, the same bytes for the same files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in files(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())  # of 1980, whenever the file was written
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return content.getvalue()


@contextmanager
def unpacked(content: bytes) -> Iterator[Path]:
    """Yield a folder that holds what was packed, and remove it afterwards."""
    with TemporaryDirectory(prefix="data-") as folder:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archive.extractall(folder)
        yield Path(folder)
