"""What serves on a platform: engine, precision, decoding, and whether prefill and decode run apart."""

from dataclasses import dataclass

ENGINES = {
    **dict.fromkeys(("sglang", "dynamo-sglang", "mori-sglang"), "SGLang"),
    **dict.fromkeys(("trt", "dynamo-trt"), "TensorRT-LLM"),
    **dict.fromkeys(("vllm", "dynamo-vllm"), "vLLM"),
    "atom": "ATOM",
}
"""The engine inside each serving framework; what stands before the hyphen coordinates several of them."""

NO_MTP = "none"
FEATURES = ("engine", "precision", "speculative_decoding", "disaggregated")
IDENTITY = ("hardware", "framework", *FEATURES)


@dataclass(frozen=True, order=True)
class Stack:
    """A platform and what serves on it."""

    hardware: str
    engine: str  # serving engine, whoever coordinates it
    precision: str  # of the weights, "fp8" or "fp4"
    speculative_decoding: str  # "none" or "mtp"
    disaggregated: bool  # whether prefill and decode run on separate workers

    @property
    def software(self) -> str:
        """What serves, in words and without the platform."""
        return ", ".join(in_words(name, getattr(self, name)) for name in FEATURES)


def in_words(feature: str, value: str | bool) -> str:
    """Return one feature of a stack in words."""
    if feature == "disaggregated":
        return "disaggregated" if value else "aggregated"
    if feature == "speculative_decoding":
        return "no MTP" if value == NO_MTP else str(value).upper()
    return str(value).upper() if feature == "precision" else str(value)
