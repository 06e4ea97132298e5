"""What `import analysis` offers is there, documented, and named once."""

import pytest

import analysis
from analysis.library.places import DATA


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_public_name_is_there_and_documented(name):
    assert getattr(analysis, name).__doc__


def test_the_public_names_are_few_enough_to_be_read():
    assert 5 <= len(analysis.__all__) <= 10
    assert analysis.__all__ == sorted(analysis.__all__)


def test_the_public_names_are_those_that_the_guide_shows():
    assert analysis.__all__ == [
        "InputError", "Parameters", "Value", "__version__", "calculate", "compare", "curves", "define", "load",
        "value",
    ]  # fmt: skip


def test_a_library_is_loaded_by_its_folder_or_by_the_name_of_a_snapshot():
    name = "inferencex-deepseek-r1-2026-06-11"
    by_name, by_folder = analysis.load(name), analysis.load(str(DATA), name)
    assert by_name.snapshot == by_folder.snapshot == name
    assert by_name.benchmark.equals(by_folder.benchmark)


def test_a_word_that_is_neither_folder_nor_snapshot_is_refused():
    with pytest.raises(analysis.InputError, match="no such benchmark snapshot"):
        analysis.load("nowhere")
