"""Many scenarios at once: the whole chain from curve to verdict on arrays, written as partitioned Parquet."""
