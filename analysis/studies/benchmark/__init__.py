"""What the measured rows say of two platforms: curves of their ratio, the search for a published point, trust."""
