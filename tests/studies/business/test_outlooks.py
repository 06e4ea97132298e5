"""Bull, base and bear are sets of the data, ordered in what a platform is worth, together and one by one."""

from dataclasses import replace

import pytest

from analysis.studies.business import sentences, tables
from analysis.studies.business.brief import brief
from analysis.studies.business.charts import tornado
from analysis.studies.business.outlooks import GROUPS, NAMES, alone, case, outlooks, path, rival, weighted
from analysis.studies.ownership.operating_costs import fleet_utilization, operating_cost
from tests.support.economies import conditions
from tests.support.shown import heads, rows, words


@pytest.fixture(scope="module")
def known(published):
    return outlooks(published)


@pytest.fixture(scope="module")
def cases(published, known):
    return {name: case(published, amounts, "gb300") for name, amounts in known.items()}


def test_every_amount_is_marked_as_assumed_and_has_its_place_in_the_data(known):
    assert list(known) == list(NAMES)
    for amounts in known.values():
        assert {value.status for value in amounts.values()} == {"assumed"}
        assert all(value.place.startswith("data/choices.csv") for value in amounts.values())
        assert amounts.keys() <= {key for keys in GROUPS.values() for key in keys}


def test_a_speed_that_the_brief_exceeds_already_is_none_of_an_outlook(briefed):
    assert "interactivity" not in outlooks(briefed("no stated speed"))["bear"]


def test_the_ends_that_a_source_gives_are_those_of_the_source(library, known):
    electricity = operating_cost(library, "electricity_price", "United States industrial", "any owner")
    assert known["bull"]["electricity_price"].number == electricity.low
    assert known["bear"]["electricity_price"].number == electricity.high
    assert known["bear"]["utilization"].number == fleet_utilization(library).low


def test_a_gpu_is_worth_more_in_the_bull_than_in_the_base_than_in_the_bear_outlook(cases):
    worths = [cases[name].returns.worth.number for name in NAMES]
    assert worths == sorted(worths, reverse=True)
    margins = [cases[name].side["gross_margin"].number for name in NAMES]
    assert margins == sorted(margins, reverse=True)


def test_a_value_per_megawatt_and_per_rack_is_that_of_its_gpus(cases):
    made = cases["base"]
    gpus = 1000 / made.side["power_per_gpu"].number
    assert made.per_megawatt.number == pytest.approx(made.returns.worth.number * gpus)
    assert made.per_system.number == pytest.approx(made.returns.worth.number * 72)


def test_what_an_outlook_does_not_name_stays_as_in_the_brief(published):
    made = case(published, {}, "gb300")
    assert made.returns.worth.number == published.owned[-1].worth.number
    assert made.side["price_per_gpu_hour"].number == published.by_key["gb300"]["price_per_gpu_hour"].number


def test_a_platform_without_a_known_capital_has_a_margin_and_no_value(published, known):
    made = case(published, known["base"], "mi355x")
    assert made.returns is None
    assert made.per_megawatt is made.per_system is None
    assert made.side["gross_margin"].number > 0


def test_a_rival_is_of_another_vendor_and_stands_at_its_quote(library, published):
    beside = rival(published, published.by_key)
    assert beside.platform.key == "mi355x"
    assert beside["price_per_gpu_hour"].number == library.known_price("mi355x", "rental_3yr", "2026-04").number
    quote = {"provider": "Example Cloud", "platform": "mi355x", "terms": "reserved", "price": 1.0}
    quoted = brief(library, conditions(quotes=[quote]))
    assert rival(quoted, quoted.by_key)["price_per_gpu_hour"].number == 1.0


def test_a_rival_lowers_the_price_and_never_raises_it(published, known):
    factor = known["bear"]["rival_price_factor"]
    cost = rival(published, published.by_key)["cost_per_million_tokens"].number
    assert case(published, {"rival_price_factor": factor}, "gb300").side["token_price"].number == pytest.approx(cost)
    high = {"rival_price_factor": replace(factor, number=100.0)}
    assert case(published, high, "gb300").side["token_price"].number == published.price.number


def test_each_bar_of_the_tornado_is_its_group_alone(published, known, cases):
    bars = alone(published, "gb300")
    assert [bar.width for bar in bars] == sorted((bar.width for bar in bars), reverse=True)
    assert {bar.label for bar in bars} == GROUPS.keys() - {"price of capacity"}
    load = next(bar for bar in bars if bar.label == "load that is sold")
    changed = known["base"] | {"utilization": known["bull"]["utilization"]}
    assert load.bull.number == case(published, changed, "gb300").returns.worth.number
    base = cases["base"].returns.worth.number
    assert all(bar.bear.number <= base * (1 + 1e-9) for bar in bars)
    assert all(bar.bull.number >= base * (1 - 1e-9) for bar in bars)


def test_the_operating_point_goes_to_the_speed_that_is_asked_for(published, known):
    (bar,) = [bar for bar in alone(published, "gb300") if bar.label == "operating point"]
    at_asked = known["base"] | {"interactivity": published.floor_asked}
    assert bar.bear.number == case(published, at_asked, "gb300").returns.worth.number


def test_a_faster_speed_than_anybody_serves_is_no_case(published, known):
    fast = replace(known["bear"]["interactivity"], number=5000.0)
    assert case(published, {"interactivity": fast}, "gb300") is None


def test_the_table_holds_each_outlook_with_both_platforms_and_the_rival(published):
    shown = rows(tables.by_outlook(published))
    assert [row[:2] for row in shown] == [
        [name, platform] for name in NAMES for platform in ("GB300 NVL72", "HGX H200", "Instinct MI355X")
    ]
    assert tables.by_outlook(replace(published, owned=())) is None


def test_the_price_falls_on_its_path_and_software_lowers_what_platforms_need(published, known):
    shown = {row[0]: [float(cell) for cell in row[1:]] for row in rows(tables.prices_to_stop(published))}
    assert heads(tables.prices_to_stop(published))[1:] == ["Year 1", "Year 2", "Year 3", "Year 4"]
    for name in NAMES:
        prices = shown[f"Price of tokens, {name}"]
        assert prices == sorted(prices, reverse=True)
    assert shown["Price of tokens, bull"][1] == pytest.approx(3.375 * 0.7)
    idle = shown["GB300 NVL72, owned: idled below"]
    assert idle[1] == pytest.approx(idle[0] / 1.1)
    assert idle[0] < shown["GB300 NVL72, rented: a loss below"][0]
    assert path(published, known["base"]).left(2) == pytest.approx((0.5 * 1.1) ** 2 * 0.7)


def test_an_owner_idles_the_gpu_at_the_price_that_the_table_names(published):
    idle = float(
        {row[0]: row for row in rows(tables.prices_to_stop(published))}["GB300 NVL72, owned: idled below"][1]
    )
    price = published.price
    above, below = (
        published.owned_by([published.by_key["gb300"].under(token_price=replace(price, number=idle * share))], 0.0)[0]
        for share in (1.001, 0.999)
    )
    assert above.idled_after is None
    assert below.idled_after == 0


def test_what_must_be_believed_is_said_of_each(published):
    text = words(sentences.beliefs(published))
    for name in ("Bull", "Base", "Bear"):
        assert f"{name}: a token loses" in text
    assert "a next chip takes 30.0% off the price from year 3 on" in text
    assert "users get 75 tok/s/user for the same price" in text


def test_the_worth_is_said_of_all_three_without_weights(published):
    text = words(sentences.worth(published))
    assert text.startswith("Where nothing limits what sells at list prices, the net present value of a GPU of GB300")
    assert "by your weights" not in text
    assert "so no return is computed" in words(sentences.worth(replace(published, owned=())))


def test_weights_are_only_those_of_the_scenario(library, cases):
    worths = {name: made.returns.worth for name, made in cases.items()}
    weights = {"bull": 0.25, "base": 0.5, "bear": 0.25}
    own = brief(library, conditions(outlook_weights=weights))
    mean = weighted(own, worths)
    assert mean.number == pytest.approx(sum(weights[name] * worths[name].number for name in weights))
    assert "by your weights" in words(sentences.worth(own))


def test_the_figure_holds_every_bar(published):
    shown = tornado(published)
    assert "load that is sold" in shown.report["alt"]
    assert tornado(replace(published, owned=())) is None
