"""Values with their sources, and fragments read as a browser does, for tests of what is shown."""

from html.parser import HTMLParser

from analysis import formulas
from analysis.library.quantities import quantity
from analysis.library.values import Source, Status, Value, calculate

CONSTANTS = Source("constants", "Dashboard <constants>", "SemiAnalysis", "https://example.org/c", "2026-03-18")
ROWS = Source("rows", "Benchmark rows", "SemiAnalysis", "https://example.org/r", "2026-05-05")
PRICE = Value(
    2.652, quantity("price_per_gpu_hour"), "GB300 NVL72", Status.PLACEHOLDER, {"price": "hyperscaler ownership"},
    (CONSTANTS,), "2026-04-15", "data/assumptions.csv, line 23",
)  # fmt: skip
THROUGHPUT = Value(
    5970.2614, quantity("throughput_per_gpu"), "GB300 NVL72", Status.MEASURED, {}, (ROWS,), "2026-02-03", "data/r.csv"
)
COST = calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=PRICE, throughput_per_gpu=THROUGHPUT)
HOSTILE = "<script>alert(1)</script>&\"'"


class Text(HTMLParser):
    """Tags and text of a fragment."""

    def __init__(self, fragment):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(fragment)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


def bundle(shown):
    data, metadata = shown._repr_mimebundle_(include=None, exclude=None)
    return data, metadata["report"]
