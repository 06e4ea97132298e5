"""What several test files share: the figures of the project, read once, and a copy of them to damage."""

import shutil

import pytest

from analysis.sources import DATA, load


@pytest.fixture(scope="session")
def library():
    return load()


@pytest.fixture
def data(tmp_path):
    """A copy of the data folder that may be written to."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder
