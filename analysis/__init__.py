"""The economics of a token: formulas, evidence and verdicts behind comparisons of AI accelerators."""
