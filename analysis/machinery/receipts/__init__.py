"""Whether reports are what was written, and were made from what lies here: a manifest, and its check."""
