"""The ramp has a step for each month, and its payments add up to the total of the ranking."""

import csv

import pytest

from analysis.studies.procurement import charts
from analysis.studies.procurement.horizon import paths
from tests.support.buyers import LONG, brief


def test_what_is_paid_until_the_last_month_is_the_total(library):
    found = brief(library, **LONG, horizon=18, budget_per_month=1e6, power_limit=1.0)
    first = paths(found)[0]
    rows = list(csv.DictReader(charts.ramp(found).report["csv"].splitlines()))
    own = [row for row in rows if row["platform"] == first.option.fleet.platform.name]
    assert len(own) == 18
    assert float(own[-1]["paid until then (USD)"]) == pytest.approx(first.total.number)
    assert float(own[-1]["GPUs"]) == first.gpus.number


def test_without_growth_there_is_no_ramp(library):
    assert charts.ramp(brief(library, growth_per_year=0.0)) is None
