"""Every value of the library knows where it was read, and a folder that is not whole is refused with its place."""

import re
from typing import get_args

import pytest

from analysis import formulas
from analysis.errors import InputError
from analysis.library.loading.schemas import TABLES
from analysis.library.sources import DATA, FILES, SNAPSHOT, TIERS, load
from analysis.library.values import MixedKindsError, Status, calculate
from analysis.scenario import Rate

ROWS = f"benchmarks/{SNAPSHOT}.csv"
PUBLISHED_ROWS = {"h200": (116.72, 93.153, "2026-03-23"), "gb300": (116.86, 5970.26, "2026-02-03")}


def refusal(folder, **how):
    with pytest.raises(InputError) as refused:
        load(folder, **how).demand_whole()
    message = str(refused.value)
    assert "\n" not in message
    return message.replace(f"{folder}/", "")


def replaced(path, old, new):
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def published_row(library, hardware):
    interactivity, _, day = PUBLISHED_ROWS[hardware]
    rows = library.benchmark
    near = (rows["interactivity_median"] - interactivity).abs() < 0.005
    (index,) = rows.index[(rows["hardware"] == hardware) & near & (rows["date"] == day)]
    return rows.loc[index]


def test_all_shipped_data_load(library):
    assert library.folder == DATA
    assert len(library.benchmark) == 1729
    assert library.tables.keys() == TABLES.keys()
    assert library.vintages == ["2026-04", "2026-07", "2026-08", "2026-09"]
    assert len(library.platforms) == 13


def test_a_copy_of_the_data_is_as_good(data, library):
    copy = load(data)
    assert copy.benchmark.equals(library.benchmark)
    assert copy.price("h200", "hyperscaler", "2026-04") == library.price("h200", "hyperscaler", "2026-04")


def test_the_prices_and_powers_of_the_published_comparison(library):
    prices = [library.price(key, "hyperscaler", "2026-04") for key in ("h200", "gb300")]
    powers = [library.power(key, "2026-04") for key in ("h200", "gb300")]
    assert [value.number for value in prices] == [1.41, 2.652]
    assert [value.number for value in powers] == [1.73, 2.10]
    assert [value.status for value in prices] == [Status.QUOTED, Status.PLACEHOLDER]
    assert "1.2" in prices[1].note


def test_the_power_that_the_source_corrected_in_july(library):
    assert [library.power(key, "2026-07").number for key in ("h200", "gb300")] == [1.37, 2.12]


def test_the_rows_of_the_published_comparison(library):
    for hardware, (_, throughput, day) in PUBLISHED_ROWS.items():
        row = published_row(library, hardware)
        value = library.measured(row, "throughput_per_gpu", "throughput_per_gpu", {"tokens": "total"})
        assert value.number == pytest.approx(throughput, abs=0.005)
        assert (value.status, value.as_of, value.kinds) == (Status.MEASURED, day, {"tokens": "total"})
        assert value.sources[0].id == "inferencex-rows"
        assert value.sources[0].part_url.endswith(f"/actions/runs/{row['run_id']}")


@pytest.mark.parametrize("hardware", PUBLISHED_ROWS)
def test_the_place_of_a_measured_value_is_its_line(library, hardware):
    row = published_row(library, hardware)
    value = library.measured(row, "throughput_per_gpu", "throughput_per_gpu", {})
    file, number = re.fullmatch(r"data/(.+), line (\d+)", value.place).groups()
    cells = (DATA / file).read_text(encoding="utf-8").splitlines()[int(number) - 1].split(",")
    assert cells[0] == hardware
    assert str(row["run_id"]) in cells
    assert any(cell and cell[0].isdigit() and float(cell) == value.number for cell in cells[20:29])


def every_value(library):
    for key in library.platforms:
        for vintage in library.vintages:
            known = [library.known_power(key, vintage), *(library.known_price(key, tier, vintage) for tier in TIERS)]
            yield from filter(None, known)
        yield from (library.peak_flops(key, rate) for rate in get_args(Rate) if library.has_rate(key, rate))


def test_every_value_names_source_day_place_and_kind(library):
    values = list(every_value(library))
    assert len(values) > 9 * 3 * 4
    lines = {}
    for value in values:
        file, number = re.fullmatch(r"data/(.+), line (\d+)", value.place).groups()
        lines.setdefault(file, (DATA / file).read_text(encoding="utf-8").splitlines())
        cells = lines[file][int(number) - 1].split(",")
        assert any(cell.replace(".", "", 1).isdigit() and float(cell) == value.number for cell in cells)
        assert value.as_of in cells
        assert value.sources
        assert value.kinds
        assert value.subject in {platform.name for platform in library.platforms.values()}


def test_values_have_different_ids(library):
    ids = [value.id for value in every_value(library)]
    assert len(ids) == len(set(ids))


def test_prices_of_two_tiers_do_not_mix(library):
    prices = [library.price("h200", tier, "2026-04") for tier in ("hyperscaler", "rental_3yr")]
    with pytest.raises(MixedKindsError, match="counts price '3-year rental' where the rest counts 'hyperscaler"):
        calculate(formulas.ratio, numerator=prices[0], denominator=prices[1])


def test_prices_of_two_vintages_do_not_mix(library):
    prices = [library.price("h200", "hyperscaler", vintage) for vintage in ("2026-04", "2026-08")]
    with pytest.raises(MixedKindsError, match="assumptions"):
        calculate(formulas.ratio, numerator=prices[0], denominator=prices[1])


def test_peak_rates_say_precision_and_sparsity(library):
    assert library.peak_flops("h200", "fp8_sparse").number == 3.958
    assert library.peak_flops("h200", "fp8_sparse").kinds == {"precision": "FP8", "sparsity": "sparse"}
    assert library.peak_flops("gb300", "fp4_dense").number == 15
    assert not library.has_rate("h200", "fp4_dense")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda one: one.platform("gb30"), "unknown platform 'gb30'; did you mean 'gb300'?"),
        (
            lambda one: one.price("h20", "hyperscaler", "2026-04"),
            "unknown platform 'h20'; did you mean",
        ),
        (
            lambda one: one.price("h200", "hyperscalers", "2026-04"),
            "unknown price tier 'hyperscalers'; did",
        ),
        (
            lambda one: one.price("h200", "neocloud", "2026-05"),
            "unknown vintage '2026-05'; did you mean '2026-",
        ),
        (lambda one: one.power("h200", ""), "unknown vintage ''; allowed: 2026-04, 2026-07, 2026-08, 2026-09"),
        (
            lambda one: one.peak_flops("h200", "fp4_dense"),
            "no row with hardware 'h200', parameter 'fp4_dense'",
        ),
    ],
)
def test_what_is_not_in_the_library_is_refused(library, ask, said):
    with pytest.raises(InputError) as refused:
        ask(library)
    assert said in str(refused.value)


@pytest.mark.parametrize("name", [FILES["assumptions"], FILES["sources"]])
def test_a_missing_table_is_refused_by_name(data, name):
    (data / name).unlink()
    assert refusal(data) == f"{name}: no such file; the data folder must hold it"


def test_a_table_is_read_when_it_is_first_asked_for(data):
    replaced(data / "market_prices.csv", ",price-lists-2026,", ",nobody,")
    library = load(data)
    assert library.price("h200", "hyperscaler", "2026-04").number == 1.41
    with pytest.raises(InputError, match=r"market_prices\.csv, line 2: unknown source 'nobody'"):
        library.tables["market_prices"]


def test_a_table_that_somebody_changes_is_changed_for_nobody_else(data):
    own = load(data).tables["assumptions"]
    own["value"] = 0.0
    assert load(data).price("h200", "hyperscaler", "2026-04").number == 1.41


def test_a_missing_folder_and_a_missing_snapshot_are_refused(data):
    assert "no such benchmark snapshot; did you mean" in refusal(data, snapshot=SNAPSHOT.replace("-05-05", "-05-04"))
    (data / ROWS).unlink()
    assert refusal(data).startswith(f"{ROWS}: no such benchmark snapshot")
    assert "no such benchmark snapshot" in refusal(data / "elsewhere")


REFERENCES = [
    ("hardware.csv", "nvidia-h200-spec", "nvidia-h20-spec", "line 2: unknown source 'nvidia-h20-spec'; did you mean"),
    ("hardware.csv", "h200,fp8_dense", "h201,fp8_dense", "line 2: unknown hardware 'h201'; did you mean 'h20"),
    ("assumptions.csv", "2026-04,h200", "2026-04,hopper", "line 6: unknown hardware 'hopper'; allowed: b200, b300, "),
    ("evaluations.csv", "inferencex-evals", "evals", "unknown source 'evals'; "),
    ("operating_costs.csv", "eia-2026-01", "eia-2026", "line 2: unknown source 'eia-2026'; did you mean 'eia"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), REFERENCES)
def test_a_row_of_an_unknown_source_or_platform_is_refused(data, name, old, new, said):
    replaced(data / name, old, new)
    message = refusal(data)
    assert message.startswith(f"{name}, line ")
    assert said in message


def test_a_source_that_is_no_longer_listed_is_missed_where_it_is_used(data):
    replaced(data / "sources.csv", "nvidia-gb300-spec", "nvidia-gb301-spec")
    assert refusal(data).startswith("hardware.csv, line 8: unknown source 'nvidia-gb300-spec'; did you mean")


def test_a_truncated_table_is_refused(data):
    content = (data / "sources.csv").read_bytes()
    within_a_row = content.index(b"\n", len(content) // 2) + 10
    (data / "sources.csv").write_bytes(content[:within_a_row])
    assert refusal(data).startswith("sources.csv, line ")


def test_measured_rows_that_were_edited_are_refused(data):
    replaced(data / ROWS, "48.19106", "48.19107")
    assert "its SHA-256 is " in refusal(data)


def test_a_figure_of_a_row_has_all_that_the_row_says_of_it(library):
    rows = library.tables["market_prices"].dropna(subset="value")
    row = rows.iloc[0]
    value = library.stated("market_prices", row, "price_per_gpu_hour", "a platform", price=row["terms"])
    assert (value.number, value.subject, value.kinds) == (row["value"], "a platform", {"price": row["terms"]})
    assert [source.id for source in value.sources] == [row["source"]]
    assert (str(value.status), value.note) == (row["status"], row["note"])
    assert value.as_of == f"{row['as_of']:%Y-%m-%d}"
    assert value.place.startswith("data/market_prices.csv, line ")


def test_a_row_that_names_no_source_has_none(library):
    row = library.tables["market_prices"].iloc[0]
    assert library.sources_of(row.where(row.index != "source", "")) == ()
