"""The briefs that the study is tried on: the published one, and others of which other things are true."""

from functools import cache

import pytest

from analysis.studies.business.brief import brief
from analysis.studies.business.claim import claimed
from analysis.studies.claims.docket import docket
from tests.support.economies import conditions

ASKED = {
    "published": {},
    "another pair": {
        "baseline": "b200", "subject": "mi355x", "token_provider": "DeepSeek", "cache_hit_rate": 0.5,
        "utilization": 1.0, "annual_price_decline": 0.4,
    },
    "too fast": {"minimum_interactivity": 300.0, "baseline": "mi300x", "token_provider": "DeepSeek"},
    "slow": {"minimum_interactivity": 20.0, "token_provider": "DeepSeek"},
    "no stated speed": {"token_provider": "DeepSeek"},
    "itself": {"baseline": "h200", "subject": "h200"},
}  # fmt: skip


@pytest.fixture(scope="session")
def briefed(library):
    """A brief by its name in `ASKED`."""
    return cache(lambda name: brief(library, conditions(**ASKED[name])))


@pytest.fixture(scope="session")
def published(briefed):
    return briefed("published")


@pytest.fixture(scope="session")
def judged(library):
    return docket(library, conditions())


@pytest.fixture(scope="session")
def claim(library, published, judged):
    return claimed(library, published.asked, judged)
