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
    "sound": {},
}
SUSPECT = [
    "gb300 dynamo-trt fp8 mtp",
    "mi355x mori-sglang fp4 mtp",
    "mi355x mori-sglang fp4",
    "mi355x mori-sglang fp8",
]
"""Series that are let in, so that there is something to say of them; not so in "sound"."""


@pytest.fixture(scope="session")
def study(library):
    """A comparison by its name in `ASKED`."""
    return cache(
        lambda name: Study(library, Parameters(**ASKED[name], suspect_series=SUSPECT if name != "sound" else []))
    )
