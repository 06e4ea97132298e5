"""A name of a model is compared whole."""

import pytest

from analysis.library.models import same_model

SAME = [
    ("DeepSeek-R1-0528", "deepseek-ai/DeepSeek-R1-0528"),
    ("DeepSeek-R1-0528", "nvidia/DeepSeek-R1-0528-FP4-v2"),
    ("DeepSeek-R1-0528", "amd/DeepSeek-R1-0528-MXFP4"),
    ("gpt-oss-120b", "openai/gpt-oss-120b/"),
    ("Kimi-K2.5", "moonshotai/Kimi-K2.5-INT4"),
]
OTHERS = [
    ("DeepSeek-R1", "DeepSeek-R1-Distill-Qwen-7B"),
    ("DeepSeek-R1", "DeepSeek-R1-0528"),
    ("Qwen3-8B", "DeepSeek-R1-0528-Qwen3-8B"),
    ("GLM-5", "GLM-5.1"),
    ("MiniMax-M2.5", "MiniMax-M3"),
    ("FP8", ""),
]


@pytest.mark.parametrize(("name", "other"), SAME)
def test_publisher_and_number_format_make_no_other_model(name, other):
    assert same_model(name, other)
    assert same_model(other, name)


@pytest.mark.parametrize(("name", "other"), OTHERS)
def test_any_other_ending_is_another_model(name, other):
    assert not same_model(name, other)
    assert not same_model(other, name)
