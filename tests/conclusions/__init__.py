"""What the published scenario concludes, held to the last released version: a flip needs a line in CHANGELOG.md."""
