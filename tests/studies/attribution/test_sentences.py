"""Each sentence says what its values say, and nothing where a scenario gives no cause to say it."""

from dataclasses import replace

import pytest

from analysis.comparison.proportions import Finding
from analysis.library.sources import load
from analysis.studies.attribution import sentences
from analysis.studies.attribution.accuracy import differences
from analysis.studies.attribution.sentences.factors import differing, product
from tests.published.records import plain

PRECISION = ("precision", "fp8", "fp4")
DECODING = ("speculative_decoding", "none", "mtp")
DISAGGREGATED = ("disaggregated", False, True)
ENGINE = ("engine", "TensorRT-LLM", "SGLang")


def text(shown):
    return " ".join(plain(shown.html))


def texts(*shown):
    return [text(thing) for thing in shown]


class TestParts:
    def test_a_product_names_every_factor_that_has_a_value(self, study):
        here = study("published").here
        best = product(here.best)
        assert best.html.count(" times ") == 2
        assert best.values == tuple(factor.value for factor in here.best.factors if factor.value)
        assert len(product(here.from_plain).values) == 3

    def test_what_differs_is_the_software_alone(self, study):
        assert differing(*study("published").here.ends) == "FP8 to FP4"
        assert differing(*study("itself").here.ends) == ""


class TestAnswer:
    def test_the_published_ratio_is_made_of_platform_rack_and_precision(self, study):
        assert text(sentences.answer.ratio(study("published").here)) == (
            "At 1k/1k and 116 tok/s/user, GB300 NVL72 delivers 64.2x the tokens per GPU of HGX H200: 4.33x "
            "(hardware, HGX H200 to HGX B300) times 3.33x (eight-GPU nodes or rack, HGX B300 to GB300 NVL72) "
            "times 4.45x (precision, FP8 to FP4)."
        )

    def test_a_platform_beside_itself_has_no_factor_and_no_comparison_of_software_or_price(self, study):
        here = study("itself").here
        assert "the ratio is 1.00x, and there is no factor" in text(sentences.answer.ratio(here))
        assert sentences.answer.equal_software(here) is None
        assert sentences.answer.price_and_power(here) is None
        assert sentences.answer.at_other_lengths(study("itself")) == []

    def test_equal_software_leaves_what_differs(self, study):
        assert "14.4x the tokens per GPU of HGX H200; the remaining 4.45x is FP8 to FP4." in text(
            sentences.answer.equal_software(study("published").here)
        )
        alike = text(sentences.answer.equal_software(study("complete").points[1]))
        assert alike.endswith("that is all of the ratio.") == (differing(*study("complete").points[1].ends) == "")
        assert "is not known" in text(sentences.answer.equal_software(study("without common software").here))

    def test_price_and_power_make_the_published_ratios(self, study):
        sentence = text(sentences.answer.price_and_power(study("published").here))
        assert "0.532x, which makes the ratio 34.1x in cost" in sentence
        assert "0.824x, which makes it 52.9x in tokens per megawatt" in sentence

    def test_only_a_doubtful_end_is_told_beside_the_answer(self, study):
        assert sentences.answer.doubtful_ends(study("published")) == []
        (sentence,) = texts(*sentences.answer.doubtful_ends(study("doubtful")))
        assert sentence.startswith("Instinct MI355X with mori-sglang")


class TestFactors:
    def test_the_published_remarks_name_rows_precision_and_the_stack_in_doubt(self, study):
        rows, precision, doubt, avoided = plain(
            sentences.factors.remarks(study("published"), study("published").here).html
        )
        assert "give 64.1x; the curves at 116 give 64.2x" in rows
        assert precision.startswith("HGX H200 was not measured in FP4")
        assert "It lies between the two ends" in doubt
        assert avoided.startswith("In an order that avoids suspect stacks the factors are 4.33x")

    def test_a_doubtful_end_is_one_that_the_ratio_stands_on(self, study):
        sentence = text(sentences.factors.remarks(study("doubtful"), study("doubtful").here))
        assert "The ratio itself stands on it." in sentence

    def test_the_order_that_matters_most_is_told_where_one_does(self, study):
        sentence = text(sentences.factors.order_matters(study("published").here))
        assert "speculative decoding: its factor lies between 4.66x and 20.3x" in sentence
        assert sentences.factors.order_matters(study("itself").here) is None


class TestGains:
    def test_a_gain_is_told_over_the_pairs_that_are_not_suspect(self, study):
        point, pairs = study("published").gains(*PRECISION)[0]
        sentence = text(sentences.gains.precision(study("published"), point, pairs))
        assert "1.68x to 7.17x" in sentence
        assert "3.66x in the median of 11 pairs of stacks" in sentence
        assert sentence.endswith("The measured rows alone show a gain in 9 of them.")
        suspect = [gain for gain in pairs if gain.is_suspect(study("published").suspects)]
        assert "no pair of stacks without suspect accuracy" in text(
            sentences.gains.precision(study("published"), point, suspect)
        )

    @pytest.mark.parametrize(
        ("told", "change", "everything"),
        [(sentences.gains.precision_accuracy, PRECISION, 20), (sentences.gains.decoding_accuracy, DECODING, 25)],
    )
    def test_counts_of_findings_add_up(self, library, told, change, everything):
        sentence = told(differences(library, *change))
        counts = {value.subject: value.number for value in sentence.values}
        findings = [counts.get(f"pairs {finding}", 0) for finding in Finding]
        assert counts["pairs of stacks evaluated"] == sum(findings) == everything

    def test_of_which_questions_equivalence_speaks_is_said(self, library):
        said = text(sentences.gains.precision_accuracy(differences(library, *PRECISION)))
        assert said.startswith("Were the same questions of GSM8K asked again, FP4")
        assert "For other questions of this kind equivalence is shown in none:" in said

    def test_of_stacks_that_nobody_evaluated_no_share_is_told(self):
        assert text(sentences.gains.precision_accuracy([])).startswith("No stack was evaluated on both sides")

    def test_mtp_gains_and_opens_or_nothing_is_told(self, study):
        point, pairs = study("published").gains(*DECODING)[0]
        gained, opened = texts(*sentences.gains.decoding(study("published"), point, pairs))
        assert "2.33x to 32.8x" in gained
        assert "to 8 stacks without suspect accuracy" in opened
        assert texts(*sentences.gains.decoding(study("published"), point, [])) == [
            "At 1k/1k and 116 tok/s/user no pair tells what MTP gains."
        ]

    def test_reach_and_rivals_are_told_of_the_stacks_compared(self, study):
        point, pairs = study("published").gains(*DECODING)[0]
        assert [sentence.split(" (")[0] for sentence in texts(*sentences.gains.reach(point, pairs))] == [
            "On HGX H200",
            "On GB300 NVL72",
        ]
        assert sentences.gains.rivals(study("published"), point, pairs) == []

    def test_suspect_stacks_and_days_are_told(self, study):
        assert text(sentences.gains.suspect_stacks(study("published"))).count("; ") == 4
        assert "2026-03-05 or later, and the rows until 2026-04-15" in text(
            sentences.gains.evaluations(study("published"))
        )


class TestServing:
    def test_disaggregation_is_told_where_a_stack_was_measured_both_ways(self, study):
        point, pairs = study("published").gains(*DISAGGREGATED)[0]
        sentence = sentences.serving.disaggregation(study("published"), point, pairs)
        least, most = (sentence.values[place].number for place in (1, 2))
        assert least <= most
        assert "no stack was measured both" in text(sentences.serving.disaggregation(study("published"), point, []))

    def test_what_has_no_row_is_named(self, study):
        assert texts(*sentences.serving.without_rows(study("published"))) == [
            "vLLM has no row: nothing is said of it for this model."
        ]

    def test_platforms_without_an_aggregated_row_are_named(self, study):
        rows = study("published").here.stacks.rows
        sentence = text(sentences.serving.only_disaggregated(study("published").here))
        for platform in study("published").here.stacks.platforms:
            only = rows.loc[rows["hardware"] == platform.key, "disaggregated"].all()
            assert (platform.name in sentence.split(" measured")[0]) == only

    def test_engines_are_told_only_where_none_can_be_compared(self, study):
        point, pairs = study("published").gains(*ENGINE)[0]
        assert sentences.serving.engines(point, pairs) is None
        assert "No stack was measured with both" in text(sentences.serving.engines(point, []))


class TestAgents:
    def test_where_no_row_tells_prefill_and_decode_apart_no_cache_is_modeled(self, study):
        none = study("without disaggregation")
        assert sentences.agents.cache(none) is None
        assert sentences.agents.public_discounts(none) == []
        assert sentences.agents.session(none.agents) is None
        assert sentences.agents.session_limits(none.agents) is None

    def test_a_cache_saves_at_most_the_share_of_prefill(self, study):
        _, splits = study("published").phases[-1]
        sentence = sentences.agents.cache(study("published"))
        shares = [value.number for value in sentence.values if value.quantity.key == "prefill_cost_share"]
        assert shares == [split.prefill_share.number for split in splits]
        assert text(sentence).endswith("at 8k/1k and 50 tok/s/user.")  # where prompts are longest

    def test_a_discount_is_that_of_the_listed_prices(self, study):
        for sentence in sentences.agents.public_discounts(study("published")):
            miss, hit, discount = (value.number for value in sentence.values[:3])
            assert discount == pytest.approx(miss - hit)

    def test_agents_are_told_the_range_where_both_serve(self, study):
        sentence = text(sentences.agents.by_curve(study("published").agents))
        assert sentence.startswith("With prompts of 8,192 and answers of 1,024 tokens, at 75 to 150 tok/s/user")
        assert sentences.agents.by_row(study("published").agents) is not None

    def test_where_not_both_serve_that_is_told(self, study):
        agents = study("without common software").agents
        assert "No interactivity of agents is served by both" in text(sentences.agents.by_curve(agents))
        assert sentences.agents.by_row(agents) is None

    def test_a_session_costs_less_with_a_cache(self, study):
        saved = [value for value in sentences.agents.session(study("published").agents).values if value.formula]
        shares = [value.number for value in saved if value.quantity.key == "ratio"]
        assert len(shares) == 2
        assert all(0 < share < 1 for share in shares)


class TestCost:
    def test_a_token_costs_as_much_more_as_the_fleet_is_used_less(self, study):
        low, times = sentences.cost.utilization(study("published")).values
        assert low.number * times.number == pytest.approx(1)

    def test_an_advantage_ends_at_a_utilization(self, study):
        assert "down to a utilization of 2.93%" in text(sentences.cost.break_even_utilization(study("published")))
        assert "it has no advantage to lose" in text(sentences.cost.break_even_utilization(study("dearer")))
        assert "neither has a dearer hour" in text(sentences.cost.break_even_utilization(study("itself")))

    def test_software_is_told_of_the_platforms_compared(self, study):
        assert "sglang on HGX H200: 1.07x" in text(sentences.cost.largest_gain(study("published")))
        assert sentences.cost.largest_gain(study("itself")) is None
        assert text(sentences.cost.accounting(study("published"))).startswith("11 of 277 configurations")

    def test_runs_after_the_cut_off_are_told(self, study):
        assert "later than the cut-off" in text(sentences.cost.later_runs(study("published")))

    def test_runs_of_another_model_are_told_to_be(self, study):
        rows = load(snapshot="inferencex-deepseek-v4-pro-medians-2026-07-17")
        other = replace(study("published"), library=rows)
        assert "another model than DeepSeek-V4-Pro: InferenceX benchmark rows, DeepSeek-R1-0528" in text(
            sentences.cost.later_runs(other)
        )

    def test_cheaper_platforms_are_counted_and_named(self, study):
        here, other = (
            sentences.cost.cheaper_platforms(study("published"), point) for point in study("published").points
        )
        assert "all of them cost less per GPU-hour" in text(here)
        assert text(here).endswith("do not tell GB200 NVL72 apart from GB300 NVL72.")
        assert text(other).endswith("tell HGX B200, HGX B300 and GB200 NVL72 apart from GB300 NVL72.")
        assert (here.report["finding"], other.report["finding"]) == (True, False)
