"""Runs notebooks and publishes them as reports; knows nothing of what they are about."""
