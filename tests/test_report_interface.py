from pathlib import Path

import analysis
from analysis.report.interface import interface


def test_every_public_name_is_on_a_page_without_script_or_network():
    page = interface(analysis)
    assert all(f'id="{name}"' in page for name in analysis.__all__)
    assert "<script" not in page
    assert 'src="http' not in page
    assert " at 0x" not in page
    assert str(Path(__file__).parents[1]) not in page
    assert interface(analysis) == page
