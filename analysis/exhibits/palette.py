"""The colors of every picture, on paper and on the page that a reader can change."""

INK, MUTED, GRID = "#1f2933", "#5f6b7a", "#d9dee5"
# One hue per vendor, darker with each generation; told apart in gray and by the color-blind.
COLORS = {
    "h100": "#a9cfe3", "h200": "#6aa9c9", "b200": "#3d86b0", "b300": "#2a6c98", "gb200": "#17507a",
    "gb300": "#0a2f4f", "mi300x": "#f5c08a", "mi325x": "#e39145", "mi355x": "#b85c12",
}  # fmt: skip
INPUT_COLOR, OUTPUT_COLOR, PUBLISHED_COLOR = "#8a94a3", "#0b5c7a", "#c2410c"
