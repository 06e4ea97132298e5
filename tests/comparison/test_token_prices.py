"""Prices of tokens keep their date and source, blend by what a request is made of, and refuse what is not sold."""

from datetime import date

import pytest

from analysis import formulas
from analysis.comparison.token_prices import offer, offers
from analysis.errors import InputError
from analysis.library.quantities import counts, quantity
from analysis.library.sources import load
from analysis.library.values import MixedKindsError, Status, Value, calculate
from analysis.scenario import Parameters


def with_rows(data, *rows):
    path = data / "token_prices.csv"
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return load(data)


def test_deepseeks_own_prices_are_those_that_it_published(library):
    found = offer(library, "DeepSeek")
    assert {key: price.number for key, price in found.prices.items()} == {
        "price_of_cache_miss": 0.55,
        "price_of_cache_hit": 0.14,
        "output_token_price": 2.19,
    }
    assert {price.as_of for price in found.prices.values()} == {"2025-02-09"}
    assert {source.id for price in found.prices.values() for source in price.sources} == {"deepseek-api-2025"}
    assert found.discounts_hits
    assert found.interactivity is None


def test_a_price_stands_at_its_line_of_the_table(library):
    found = offer(library, "Crusoe").prices["output_token_price"]
    assert found.place == "data/token_prices.csv, line 6"
    assert found.show() == "$5.40"
    assert found.status is Status.QUOTED


@pytest.mark.parametrize(
    ("lengths", "hits", "expected"),
    [
        ((1024, 1024), 0.0, (0.55 + 2.19) / 2),
        ((1024, 1024), 1.0, (0.14 + 2.19) / 2),
        ((8192, 1024), 0.0, (8 * 0.55 + 2.19) / 9),
        ((1024, 8192), 0.5, ((0.55 + 0.14) / 2 + 8 * 2.19) / 9),
    ],
)
def test_a_blended_price_is_what_a_request_pays_over_its_tokens(library, lengths, hits, expected):
    assert offer(library, "DeepSeek").blended(*lengths, hits).number == pytest.approx(expected, rel=1e-12)


def test_without_a_price_for_cached_input_a_hit_costs_as_much_as_a_miss(library):
    found = offer(library, "Crusoe")
    assert not found.discounts_hits
    assert found.blended(8192, 1024, 1.0).number == found.blended(8192, 1024, 0.0).number


def test_a_blended_price_counts_what_throughput_counts(library):
    kinds = counts(library.model, 1024, 1024)
    throughput = Value(100.0, quantity("delivered_throughput_per_gpu"), "HGX H200", Status.MEASURED, kinds)
    price = offer(library, "Crusoe").blended(1024, 1024, 0.0)
    revenue = calculate(formulas.revenue_per_gpu_hour, token_price=price, delivered_throughput_per_gpu=throughput)
    assert revenue.number == pytest.approx(100 * 3600 * 3.375 / 1e6, rel=1e-12)
    other = offer(library, "Crusoe").blended(8192, 1024, 0.0)
    with pytest.raises(MixedKindsError, match="8k/1k"):
        calculate(formulas.revenue_per_gpu_hour, token_price=other, delivered_throughput_per_gpu=throughput)


def test_a_blended_price_can_be_followed_to_the_prices_it_is_made_of(library):
    found = offer(library, "DeepSeek")
    trail = {one.id for one in found.blended(1024, 1024, 0.5).trail()}
    assert {price.id for price in found.prices.values()} <= trail


def test_the_slowest_speed_that_is_stated_is_the_offers(library):
    assert offer(library, "Nebius").interactivity.number == 167
    assert offer(library, "Crusoe").interactivity.place == "data/token_prices.csv, line 5"


def test_every_provider_of_the_table_has_its_offer(library):
    assert [one.name for one in offers(library)] == [
        "DeepSeek, DeepSeek-R1",
        "Crusoe, DeepSeek-R1-0528",
        "Nebius, DeepSeek-R1-0528",
    ]


def test_the_newest_price_until_the_day_counts(data):
    library = with_rows(
        data,
        "Crusoe,DeepSeek-R1-0528,output,4.40,USD/Mtok,2026-06-01,36,quoted,inferencex-v2-2026-02,",
    )
    assert offer(library, "Crusoe").prices["output_token_price"].number == 4.40
    assert offer(library, "Crusoe", as_of=date(2026, 5, 31)).prices["output_token_price"].number == 5.40
    assert offer(library, "Crusoe").prices["price_of_cache_miss"].number == 1.35


def test_half_a_price_is_no_offer(data):
    library = with_rows(data, "Somebody,DeepSeek-R1,input,1.00,USD/Mtok,2026-06-01,,quoted,inferencex-v2-2026-02,")
    assert "Somebody" not in {one.provider for one in offers(library)}


def test_a_price_of_another_model_is_none_of_this_ones(data):
    rows = (
        f"Somebody,DeepSeek-V3,{kind},1.00,USD/Mtok,2026-02-16,,quoted,inferencex-v2-2026-02,"
        for kind in ("input", "output")
    )
    library = with_rows(data, *rows)
    assert "Somebody" not in {one.provider for one in offers(library)}
    with pytest.raises(InputError, match="no prices of 'Somebody'"):
        offer(library, "Somebody")


def test_a_price_of_one_model_never_pays_for_the_throughput_of_another(library):
    price = offer(library, "Crusoe").blended(1024, 1024, 0.0)
    kinds = counts("DeepSeek-V4-Pro", 1024, 1024)
    throughput = Value(100.0, quantity("delivered_throughput_per_gpu"), "HGX H200", Status.MEASURED, kinds)
    with pytest.raises(MixedKindsError, match="DeepSeek-V4-Pro"):
        calculate(formulas.revenue_per_gpu_hour, token_price=price, delivered_throughput_per_gpu=throughput)


def test_of_several_models_one_must_be_named(data):
    library = with_rows(
        data,
        *(
            f"Crusoe,DeepSeek-R1,{kind},1.00,USD/Mtok,2026-02-16,,quoted,inferencex-v2-2026-02,"
            for kind in ("input", "output")
        ),
    )
    with pytest.raises(InputError, match=r"Crusoe sells several models.*DeepSeek-R1, DeepSeek-R1-0528"):
        offer(library, "Crusoe")
    assert offer(library, "Crusoe", "DeepSeek-R1").blended(1024, 1024, 0.0).number == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("Cruso",), "did you mean 'Crusoe'"),
        (("Crusoe", "DeepSeek-R1"), "did you mean 'DeepSeek-R1-0528'"),
        (("Crusoe", None, date(2025, 12, 31)), "until 2025-12-31"),
    ],
)
def test_what_is_not_sold_is_answered_with_the_nearest(library, asked, said):
    with pytest.raises(InputError, match=r"data/token_prices\.csv: ") as error:
        offer(library, *asked)
    assert said in str(error.value)


def test_before_the_first_price_its_day_is_told(library):
    with pytest.raises(
        InputError,
        match=r"^data/token_prices\.csv: no token prices of DeepSeek-R1-0528 until 2020-01-01; the first are of 202",
    ):
        offer(library, "Crusoe", as_of=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("token_provider", "Cruso", "did you mean 'Crusoe'"),
        ("token_model", "DeepSeek-R2", "did you mean 'DeepSeek-R1'"),
        ("cache_hit_rate", 1.5, "less than or equal to 1"),
        ("utilization", 0.0, "greater than 0"),
        ("annual_price_decline", 1.0, "less than 1"),
    ],
)
def test_a_scenario_asks_for_what_can_be_sold(name, value, said):
    with pytest.raises(InputError, match=f"parameter: {name}: found") as error:
        Parameters.gathered({name: value})
    assert said in str(error.value)


def test_prices_of_other_models_stand_in_the_data_and_pay_for_none_of_this_one(library):
    listed = {*library.tables["token_prices"]["model"]}
    assert {"DeepSeek-V4-Pro", "gpt-oss-120b", "MiniMax-M3"} < listed
    assert {sold.model for sold in offers(library)} == {"DeepSeek-R1", "DeepSeek-R1-0528"}
