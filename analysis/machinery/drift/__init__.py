"""What changed between two builds, two snapshots of measured rows or two vintages of prices and power."""
