import datetime
import re
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import InputError
from analysis.library.loading import origins, plain_yaml
from analysis.library.loading.origins import Origin, Origins, origin_of
from analysis.library.sources import DATA, SNAPSHOT, load

SHIPPED = DATA / "benchmarks" / f"{SNAPSHOT}.yaml"
DAY = datetime.date(2026, 4, 15)
OWN = Origin(id="own-2026-04-15", title="Own measurements", publisher="own measurement", retrieved=DAY, rows=2)


def test_the_shipped_rows_have_one_origin_that_agrees_with_the_list_of_sources() -> None:
    (origin,) = origins.read_origins(SHIPPED).origins
    listed = load().sources[origin.id]
    assert (origin.title, origin.publisher, origin.url) == (listed.title, listed.publisher, listed.url)
    assert origin.retrieved.isoformat() == listed.published
    assert origin.license == "Apache-2.0"
    assert origin.attribution == "Data from InferenceX (https://github.com/SemiAnalysisAI/InferenceX)"


def test_what_is_written_reads_the_same_and_the_shipped_file_was_written_so() -> None:
    assert origins.origins_file(origins.read_origins(SHIPPED)) == SHIPPED.read_bytes()


def test_a_row_with_a_public_run_names_it_and_its_address() -> None:
    (origin,) = origins.read_origins(SHIPPED).origins
    source = origin.source(21925849644)
    assert (source.part, source.url) == ("run 21925849644", "https://inferencex.semianalysis.com/")
    assert source.part_url == "https://github.com/SemiAnalysisAI/InferenceX/actions/runs/21925849644"


def test_an_own_measurement_never_claims_a_public_run_or_publisher() -> None:
    for run_id in (0, 5):
        source = OWN.source(run_id)
        assert (source.id, source.title, source.publisher) == (
            "own-2026-04-15",
            "Own measurements",
            "own measurement",
        )
        assert (source.url, source.part, source.part_url) == ("", "", "")
    (published,) = origins.read_origins(SHIPPED).origins
    assert (published.source(0).part, published.source(0).part_url) == ("", "")


def test_each_origin_gave_the_rows_that_follow_those_of_the_one_before() -> None:
    three = [OWN.model_copy(update={"id": name, "rows": rows}) for name, rows in (("a", 2), ("b", 1), ("c", 3))]
    assert [origin_of(three, index).id for index in range(6)] == list("aabccc")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rows": 0}, "origins[0].rows: found 0; must be greater than or equal to 1"),
        ({"rows": "2"}, "origins[0].rows: found '2'; must be a valid integer"),
        ({"title": ""}, "origins[0].title: found ''"),
        ({"title": "two\nlines"}, "origins[0].title: found 'two\\nlines'"),
        ({"retrieved": "yesterday"}, "origins[0].retrieved: found 'yesterday'"),
        ({"run_url": "https://example.org/run"}, "origins[0].run_url: found 'https://example.org/run'"),
        ({"licence": "MIT"}, "origins[0].licence: unknown key"),
    ],
)
def test_an_origin_that_is_not_allowed_is_refused_with_its_place(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    path = tmp_path / "rows.yaml"
    path.write_bytes(plain_yaml.written({"model": "m", "origins": [OWN.model_dump() | changes]}))
    with pytest.raises(InputError, match=re.escape(f"{path}, {message}")):
        origins.read_origins(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("model: m", "origins: missing"),
        ("model: m\norigins: []", "origins: found []"),
        ("- model", "allowed is a mapping"),
        ("model: [", "rows.yaml"),
    ],
)
def test_a_file_that_names_no_origin_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "rows.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=re.escape(message)):
        origins.read_origins(path)


def test_text_in_any_language_survives() -> None:
    own = OWN.model_copy(update={"publisher": "Université de Genève, 计算中心: {x} # no comment"})
    content = origins.origins_file(Origins(model="m", origins=[own]))
    assert plain_yaml.parse(content, "own.yaml")["origins"][0]["publisher"] == own.publisher
