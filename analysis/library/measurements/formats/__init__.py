"""The formats of measurements: a module each, found by standing here; a `Format` says how one is told and read."""
