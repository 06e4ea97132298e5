"""What `import analysis` offers is there, documented, and named once."""

import pytest

import analysis


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_public_name_is_there_and_documented(name):
    assert getattr(analysis, name).__doc__


def test_the_public_names_are_few_enough_to_be_read():
    assert 5 <= len(analysis.__all__) <= 10
    assert analysis.__all__ == sorted(analysis.__all__)
