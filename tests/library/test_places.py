"""Where files are looked for, and what is said of a data folder that is none."""

import pytest

from analysis.errors import InputError
from analysis.library import places
from analysis.library.places import DATA, PACKAGE, ROOT, VARIABLE, demand_data, demand_own
from tests.support.added import commands


def test_a_checkout_has_its_files_beside_the_package():
    assert PACKAGE.parent == ROOT
    assert all(path.exists() for path in (places.PROJECT, places.LOCK, places.NOTEBOOKS))
    assert places.COMMAND == "./run"


@pytest.mark.parametrize(("make", "said"), [(False, "no such folder"), (True, "found no table")])
def test_a_data_folder_that_is_not_there_or_empty_is_named(tmp_path, make, said):
    folder = tmp_path / "own"
    if make:
        folder.mkdir()
    with pytest.raises(InputError, match=said) as refused:
        demand_data(folder)
    assert str(refused.value).startswith(f"{folder}: ")


def test_every_command_names_the_folder_and_the_variable(tmp_path):
    for told in commands("own", ["scenarios"], ["report"], ["verify"], stands=tmp_path):
        assert (told.code, told.out) == (2, "")
        assert told.err.startswith(f"error: {VARIABLE}: {tmp_path / 'own'}: no such folder")


def test_a_copy_of_the_data_is_a_data_folder(data):
    demand_data(data)
    demand_data()


def test_an_installed_package_is_not_written_into(monkeypatch, tmp_path):
    demand_own(DATA)
    monkeypatch.setattr(places, "INSTALLED", True)
    with pytest.raises(InputError, match="of your own"):
        demand_own(PACKAGE / "_project" / "data")
    demand_own(tmp_path)
