import datetime

import pytest

from analysis.errors import InputError
from analysis.studies.claims.ledgers import ledger, names

ENTRY = {
    "id": "own", "statement": "Ours is cheaper", "quantity": "cost_per_million_tokens", "subject": "mi355x",
    "printed": "$0.30", "source": "A price list", "date": "2026-05-01",
}  # fmt: skip


def as_csv(*entries):
    columns = list(dict.fromkeys(key for entry in entries for key in entry))
    lines = [",".join(columns), *(",".join(f'"{entry.get(key, "")}"' for key in columns) for entry in entries)]
    return "\n".join(lines) + "\n"


def as_yaml(*entries):
    lines = ["claims:"]
    for entry in entries:
        lines += [f"{'  - ' if position == 0 else '    '}{key}: {value!r}" for position, (key, value) in
                  enumerate(entry.items())]  # fmt: skip
    return "\n".join(lines) + "\n"


def read(library, folder, entry=None, /, form="csv", **changes):
    entry = {key: value for key, value in {**ENTRY, **(entry or {}), **changes}.items() if value is not None}
    path = folder / f"own.{form}"
    path.write_text(as_csv(entry) if form == "csv" else as_yaml(entry))
    return ledger(library, path)


@pytest.mark.parametrize("name", ["published", "inferencex-v2", "lmsys-2026-02", "mlperf-v5.1", "nvidia-2025-10"])
def test_every_shipped_ledger_is_read_and_names_known_sources(library, name):
    claims = ledger(library, name)
    assert name in names(library)
    assert all(claim.value.sources[0] == library.sources[claim.value.sources[0].id] for claim in claims)


def test_the_published_ledger_holds_the_table(library):
    claims = {claim.id: claim for claim in ledger(library)}
    assert len(claims) == 17
    assert claims["cost-h200"].figure.interval == pytest.approx((4.195, 4.205))
    assert claims["cost-ratio"].is_ratio
    assert not claims["cost-h200"].is_ratio
    assert claims["throughput-h200"].not_stated == "operating point"
    assert claims["throughput-h200"].date == datetime.date(2026, 4, 15)


@pytest.mark.parametrize("form", ["csv", "yaml"])
def test_a_ledger_of_ones_own_is_read_in_both_forms(library, tmp_path, form):
    (claim,) = read(library, tmp_path, form=form, interactivity="50", input_tokens="8192", output_tokens="1024")
    assert claim.point.interactivity == 50
    assert claim.point.input_tokens == 8192
    assert claim.date == datetime.date(2026, 5, 1)
    assert claim.value.sources[0].title == "A price list"
    assert claim.value.number == 0.30
    assert claim.value.subject == "Instinct MI355X"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"printed": "cheap"}, "cheap"),
        ({"printed": "-3x"}, "-3x"),
        ({"quantity": "cost_per_milion_tokens"}, "did you mean 'cost_per_million_tokens'"),
        ({"subject": "mi355"}, "did you mean 'mi355x'"),
        ({"baseline": "h2000"}, "did you mean 'h200'"),
        ({"bound": "atleast"}, "at least"),
        ({"date": None}, "a date must be given"),
        ({"date": "tomorrow"}, "date"),
        ({"interactivity": "nan"}, "interactivity"),
        ({"interactivity": "-5"}, "interactivity"),
        ({"input_tokens": "1k"}, "input_tokens"),
        ({"subject_precision": "fp5"}, "fp8"),
        ({"id": "two words"}, "id"),
        ({"statement": None}, "statement"),
        ({"surprise": "1"}, "surprise"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "yaml"])
def test_what_is_not_understood_is_refused_with_its_place(library, tmp_path, changes, said, form):
    with pytest.raises(InputError) as caught:
        read(library, tmp_path, changes, form=form)
    assert said in str(caught.value)
    assert ("line 2" if form == "csv" else "claim 1") in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "", "found nothing in the file"),
        ("a.csv", "id,printed\n", "holds no claim"),
        ("a.csv", as_csv(ENTRY, ENTRY), "stands here again"),
        ("a.csv", as_csv(ENTRY).rstrip() + ',"more"\n', "found 8 cells, allowed are 7"),
        ("a.yaml", "claims: 3", "no list"),
        ("a.yaml", "claims: [3]", "claim 1"),
        ("a.yaml", "- 1", "mapping"),
        ("a.yaml", "claims: &a [*a]", "not allowed"),
    ],
)
def test_a_ledger_without_claims_is_refused(library, tmp_path, name, content, said):
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=said):
        ledger(library, tmp_path / name)


def test_bytes_that_are_not_text_are_refused(library, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"id,printed\n\xff\xfe,1\n")
    with pytest.raises(InputError, match="UTF-8"):
        ledger(library, tmp_path / "a.csv")


@pytest.mark.parametrize("name", ["publishd", "nothing.csv", "../published", ""])
def test_a_ledger_that_does_not_exist_is_refused(library, name):
    with pytest.raises(InputError, match=r"no (such )?ledger"):
        ledger(library, name)


def test_a_ledger_may_end_in_yml_and_is_named_by_its_path(library, tmp_path):
    (claim,) = read(library, tmp_path, form="yml")
    assert claim.id == "own"
    assert claim.value.place.startswith(str(tmp_path / "own.yml"))
    with pytest.raises(InputError) as refused:
        read(library, tmp_path, form="yml", quantity="cost")
    assert str(tmp_path / "own.yml") in str(refused.value)


def test_what_a_claim_does_not_say_of_its_point_is_empty(library, tmp_path):
    point = read(library, tmp_path)[0].point
    stacks = (point.subject_precision, point.baseline_precision)
    decodings = (point.subject_speculative_decoding, point.baseline_speculative_decoding)
    assert (*stacks, *decodings, point.measurement) == ("",) * 5
