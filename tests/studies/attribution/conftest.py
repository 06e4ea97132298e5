"""The comparisons that the study is tried on: the published one, and those of which less is known."""

from functools import cache

import pytest

from analysis.scenario import Parameters
from analysis.studies.attribution.study import Study

ASKED = {
    "published": {},
    "itself": {"baseline": "h100", "subject": "h100"},
    "without disaggregation": {"baseline": "mi300x", "subject": "mi300x", "minimum_interactivity": 20.0},
    "without common software": {"baseline": "h100", "subject": "mi300x", "minimum_interactivity": 20.0},
    "dearer": {"baseline": "b200", "subject": "b300"},
    "doubtful": {"baseline": "b200", "subject": "mi355x"},
    "complete": {"baseline": "b200", "subject": "gb200"},
}


@pytest.fixture(scope="session")
def study(library):
    """A comparison by its name in `ASKED`."""
    return cache(lambda name: Study(library, Parameters(**ASKED[name])))
