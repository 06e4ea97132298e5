"""Stretches say who is best where: everything that an envelope answers is held, by the member that answers."""

import numpy as np
import pytest
from hypothesis import given

from analysis.frontier import platform_curve
from analysis.frontier.envelope import Envelope
from analysis.frontier.stretches import best, whole
from tests.support.benchmark_rows import shipped
from tests.support.strategies import ENVELOPES, curve, everywhere


@given(ENVELOPES)
def test_whole_stretches_are_the_members_themselves(envelope):
    assert [stretch.curve for stretch in whole(envelope)] == list(envelope.members)
    assert [(one.low, one.high) for one in whole(envelope)] == [(one.low, one.high) for one in envelope.members]


@given(ENVELOPES)
def test_curve_of_a_stretch_is_the_envelope_there(envelope):
    for stretch in best(envelope):
        assert stretch.curve is envelope.members[stretch.member]
        inside = np.linspace(stretch.low, stretch.high, 9)[1:-1]
        np.testing.assert_allclose(stretch.curve(inside), envelope(inside), rtol=1e-8)


@given(ENVELOPES)
def test_every_answered_interactivity_lies_in_a_stretch(envelope):
    places = everywhere(envelope)
    places = places[~np.isnan(envelope(places))]
    held = [(one.low * (1 - 1e-9) <= places) & (places <= one.high * (1 + 1e-9)) for one in best(envelope)]
    assert np.any(held, axis=0).all()


def test_stretch_ends_where_another_member_begins_or_crosses():
    # 70 - x until 70 - x = 170 - 4 x, with a member that begins at 20
    flat, steep = curve([(10, 60), (50, 20)]), curve([(20, 90), (40, 10)])
    found = [(one.member, one.low, one.high) for one in best(Envelope((flat, steep)))]
    assert found == [
        (0, 10, 20),
        (1, 20, pytest.approx(100 / 3)),
        (0, pytest.approx(100 / 3), 50),
    ]


def test_published_baseline_runs_mtp_under_dynamo_over_most_of_its_range():
    h200 = platform_curve(shipped(), "h200", input_tokens=1024, output_tokens=1024)
    widest = max(best(h200), key=lambda stretch: stretch.high - stretch.low)
    assert h200.series[widest.member] == "dynamo-trt fp8 mtp"
    assert widest.low < 35 < 116 < widest.high
