"""Tests of the script that draws charts: it is put together once, and once only where two ask at once."""

from concurrent.futures import ThreadPoolExecutor

from analysis.machinery.whatif import vega


def test_it_is_put_together_once_for_all_who_ask_and_an_older_one_goes(tmp_path, monkeypatch):
    made = []

    def together():
        made.append("again")
        return b"let vegaEmbed;"

    monkeypatch.setattr(vega, "_together", together)
    older = tmp_path / "kept" / "vega-0.js"
    older.parent.mkdir()
    older.write_text("old", encoding="utf-8")
    with ThreadPoolExecutor(2) as both:
        assert [*both.map(vega.vega, [tmp_path / "kept"] * 4)] == ["let vegaEmbed;"] * 4
    assert made == ["again"]
    assert not older.exists()
    assert vega.vega() == "let vegaEmbed;"
