"""Every figure with its origin: values, quantities, sources, choices, and how they are loaded and imported."""
