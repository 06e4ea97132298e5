"""What the rows say of each framework, and that a framework without rows is named as well."""

import pytest

from analysis.scenario import Parameters
from analysis.studies.attribution.frameworks import apart, frameworks
from analysis.studies.attribution.stacks import measured_stacks

CONDITIONS = Parameters()


@pytest.fixture(scope="module")
def by_name(library):
    stacks = measured_stacks(library, CONDITIONS)
    return {framework.name: framework for framework in frameworks(library, CONDITIONS, stacks, 116.0)}


def test_the_engines_and_coordinators_of_the_field_are_named(by_name):
    assert {"vLLM", "SGLang", "TensorRT-LLM", "Dynamo"} <= set(by_name)


def test_vllm_has_no_row_and_the_table_says_so(by_name):
    assert by_name["vLLM"].rows.number == 0
    assert (by_name["vLLM"].platforms, by_name["vLLM"].disaggregated) == ((), "no row")


def test_every_row_belongs_to_one_engine(library, by_name):
    rows = library.benchmark
    until = rows[rows["date"] <= CONDITIONS.as_of.isoformat()]
    engines = [by_name[name].rows.number for name in ("vLLM", "SGLang", "TensorRT-LLM", "ATOM")]
    assert sum(engines) == len(until)


def test_at_the_published_point_tensorrt_llm_under_dynamo_is_fastest_on_the_platforms_of_the_comparison(by_name):
    assert by_name["TensorRT-LLM"].fastest.number == by_name["Dynamo"].fastest.number == 6
    assert by_name["Dynamo"].disaggregated == "always"


def test_dynamo_and_disaggregation_cannot_be_told_apart(library):
    assert not apart(library, CONDITIONS)
