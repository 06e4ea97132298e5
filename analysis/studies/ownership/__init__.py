"""What a GPU-hour and a token cost whoever owns the GPU: the model, its inputs, and what a report shows of it."""
