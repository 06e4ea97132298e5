"""The economics of a token: formulas, evidence and verdicts behind published comparisons of AI accelerators."""
