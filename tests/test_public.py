import subprocess
import sys

import pytest

import analysis


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_public_name_is_there_and_documented(name):
    assert getattr(analysis, name).__doc__


def test_the_list_of_public_names_is_that_of_their_homes():
    assert sorted(analysis.__all__) == sorted(analysis._HOME)
    assert dir(analysis) == sorted(analysis.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'cost'"):
        _ = analysis.cost


HEAVY = ("pandas", "numpy", "scipy", "sympy", "IPython", "jupyter_client")
SESSION = f"""
import sys
from analysis import cost_per_million_tokens
assert round(cost_per_million_tokens(1.41, 93.153164), 4) == 4.2045
print([name for name in {HEAVY} if name in sys.modules])
"""


def test_importing_the_package_loads_nothing_heavy():
    done = subprocess.run([sys.executable, "-c", SESSION], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
