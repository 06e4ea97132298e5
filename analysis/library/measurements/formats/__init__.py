"""The formats of measurements: one module each, found by standing here; `FORMAT` says how it is told and read."""
