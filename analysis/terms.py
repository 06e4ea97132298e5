"""Words for what figures stand for, which a scenario and the data share: price tiers and workloads."""

TIERS = {
    "hyperscaler": "hyperscaler ownership",
    "neocloud": "neocloud ownership",
    "rental_3yr": "3-year rental",
}


def workload(input_tokens: int, output_tokens: int) -> str:
    """Return the sequence lengths as the field says them: 1k/1k, 8k/1k."""
    lengths = (input_tokens, output_tokens)
    return "/".join(f"{tokens // 1024}k" if tokens % 1024 == 0 else str(tokens) for tokens in lengths)
