"""What knows nothing of tokens: the press, receipts, drift, sweep, what-if page and commands."""
