import pytest

from analysis.comparison.head_to_head import compare
from analysis.comparison.metrics import inputs
from analysis.library.values import Status
from analysis.scenario import Parameters
from analysis.studies.claims.claim import jointly
from analysis.studies.claims.consistency import Give
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.implied import gives, implied
from analysis.studies.claims.ledgers import ledger


@pytest.fixture(scope="module")
def evidence(library):
    return Evidence(library, compare(library, Parameters()))


def test_the_printed_table_bounds_every_input(library, evidence):
    claims = ledger(library)
    bounds = implied(jointly(claims), claims, evidence)
    by_input = {(bound.in_data.quantity.key, bound.in_data.subject): bound for bound in bounds}
    assert len(by_input) == 8
    h200 = by_input["throughput_per_gpu", "HGX H200"]
    # By hand: 1.405e6 / (3600 x 4.205) and 1.415e6 / (3600 x 4.195).
    assert h200.low.number == pytest.approx(1.405e6 / (3600 * 4.205), rel=1e-6)
    assert h200.high.number == pytest.approx(1.415e6 / (3600 * 4.195), rel=1e-6)
    assert h200.agrees
    assert not by_input["throughput_per_gpu", "GB300 NVL72"].agrees
    assert not by_input["power_per_gpu", "GB300 NVL72"].agrees


def test_an_infeasible_table_implies_nothing(library, evidence):
    claims = ledger(library)
    constants = {name: value for name, value in evidence.inputs.items() if name.startswith(("price", "power"))}
    joint = jointly(claims, constants)
    assert not joint.feasible
    assert implied(joint, claims, evidence) == []
    by_id = {claim.id: claim for claim in claims}
    reach, steps = gives(by_id["power-gb300"], joint.conflict["power-gb300"])
    assert reach.number == pytest.approx(2.878e6, rel=1e-3)
    assert steps.number == pytest.approx(0.28, abs=0.01)


def test_an_implied_end_says_whose_it_is_and_which_prints_force_it(library, evidence):
    claims = ledger(library)
    prints = {source for claim in claims for source in claim.value.sources}
    bounds = implied(jointly(claims), claims, evidence)
    for bound in bounds:
        value = bound.in_data
        for which, end in (("lowest", bound.low), ("highest", bound.high)):
            assert (end.quantity, end.subject, end.as_of) == (value.quantity, value.subject, value.as_of)
            assert (end.status, end.digits, set(end.sources)) == (Status.DERIVED, 4, prints)
            assert end.note == f"{which} value with which all printed figures can be true at once"
    order = [inputs().index(bound.in_data.quantity.key) for bound in bounds]
    assert order == sorted(order)


def test_what_a_figure_would_have_to_reach_is_of_its_claim(library, evidence):
    claims = {claim.id: claim for claim in ledger(library)}
    claim = claims["power-gb300"]
    reach, steps = gives(claim, Give(2.85e6, 0.01))
    assert (reach.number, reach.quantity) == (2.85e6 * 1.01, claim.value.quantity)
    assert (reach.subject, reach.status, reach.sources) == (claim.value.subject, Status.DERIVED, claim.value.sources)
    assert (steps.quantity.key, steps.subject, steps.digits) == ("difference", claim.id, 2)
    assert dict(steps.inputs) == {"reach": reach}
    assert steps.number == pytest.approx(0.285, rel=1e-12)
