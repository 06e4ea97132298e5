"""Whether two names are of one model: compared whole, but for the publisher and the number format of the weights."""

import re

FORMATS = ("fp4", "nvfp4", "mxfp4", "fp8", "bf16", "int4", "w4a8", "awq", "gptq")
"""Endings that say in which numbers the weights of a model are stored; any other ending is another model."""
_VERSION = r"(?:-v\d+)?"
_FORMAT = re.compile(rf"(?:[-_](?:{'|'.join(FORMATS)}){_VERSION})+$")


def same_model(name: str, other: str) -> bool:
    """Return whether two names are of one model: "nvidia/DeepSeek-R1-0528-FP4-v2" and "DeepSeek-R1-0528" are.

    What stands before the last slash names a publisher or a folder. "DeepSeek-R1-Distill-Qwen-7B" is another model
    than "DeepSeek-R1".
    """
    return _plain(name) == _plain(other)


def _plain(name: str) -> str:
    return _FORMAT.sub("", name.rstrip("/").rpartition("/")[2].lower())
