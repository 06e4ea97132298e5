"""One HTML page that answers "what if" without a network: the same curves, the same formulas, run in the browser."""
