"""What all tests share: the figures of the project, read once, a copy of them to damage, and the same examples."""

import shutil

import pytest
from hypothesis import settings

from analysis.sources import DATA, load

# No test depends on the speed of the machine or on chance.
settings.register_profile("project", deadline=None, derandomize=True, database=None)
settings.load_profile("project")


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
