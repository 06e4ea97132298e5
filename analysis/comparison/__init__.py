"""Two platforms compared at a point and along a curve; the one register of metrics."""
