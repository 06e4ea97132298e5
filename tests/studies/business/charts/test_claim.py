"""The figure of the claim draws the ratio that the sentences say, and its data are of all workloads and models."""

import io

import pandas as pd
import pytest

from analysis.studies.business.charts import claim_along_interactivity
from analysis.studies.business.claim import COST
from tests.published.records import plain


@pytest.fixture(scope="module")
def shown(published, claim):
    return claim_along_interactivity(published, claim)


def test_the_data_hold_each_workload_and_each_model(shown, claim):
    table = pd.read_csv(io.StringIO(shown.report["csv"]))
    assert set(table["line"]) == {*claim.by_workload, *claim.by_model}
    ratios = table.set_index(["panel", "line", "interactivity"])["ratio"]
    for panel, lines in table.groupby("panel")["line"].unique().items():
        for line in lines:
            advantage = {**claim.by_workload, **claim.by_model}[line]
            places = ratios[panel][line].index.to_numpy()
            assert ratios[panel][line].to_numpy() == pytest.approx(advantage(COST, places), nan_ok=True)


def test_it_says_what_was_printed(shown):
    assert "Dashed: 35x as printed." in " ".join(plain(shown.report["caption"]))
    assert "the highest ratio is" in shown.report["alt"]


def test_without_a_claim_there_is_no_figure(published):
    assert claim_along_interactivity(published, None) is None
