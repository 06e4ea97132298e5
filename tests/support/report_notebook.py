"""A notebook as a report finds it: executed, with every kind of output that a report knows."""

import io
import itertools
from functools import cache

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

SOURCES = {
    "rows": {
        "id": "benchmark-rows",
        "title": "Benchmark rows of the serving study",
        "url": "https://example.org/rows",
    },
    "prices": {
        "id": "price-list",
        "title": "Price & power list, April edition",
        "url": "https://example.org/prices?a=1&b=2",
    },
}
PLATFORMS = ("HGX H200", "GB300 NVL72")
NUMERIC = ' class="number"'
METRICS = (
    ("Throughput", "tok/s/GPU", "{:,.1f}", (93.153, 5970.26)),
    ("Price", "USD/GPU/h", "${:.2f}", (1.41, 2.652)),
    ("Power", "kW/GPU", "{:.2f}", (1.73, 2.10)),
    ("Cost per million tokens", "USD", "${:.3f}", (4.2046, 0.12339)),
    ("Throughput per megawatt", "tok/s/MW", "{:,.0f}", (53846.0, 2842982.0)),
)


def record(name: str, value: float, text: str, **more: object) -> dict:
    """One entry of the register, as a notebook emits it."""
    identifier = "n" + format(abs(hash_of(name + text)), "08x")
    entry = {
        "id": identifier,
        "text": text,
        "value": value,
        "unit": "",
        "name": name,
        "formula": "",
        "latex": "",
        "substitution": "",
        "inputs": [],
        "status": "measured",
        "as_of": "2026-04-15",
        "sources": [SOURCES["rows"]],
        "place": "data/benchmarks/rows.csv, line 1184",
        "note": "",
    }
    return entry | more


def hash_of(text: str) -> int:
    """A number that is the same in every process, unlike `hash`."""
    import zlib

    return zlib.crc32(text.encode())


def span(entry: dict, mark: str = "") -> str:
    """The HTML by which a number is shown."""
    classes = f"number {mark}".strip()
    return f'<span class="{classes}" data-number="{entry["id"]}">{entry["text"]}</span>'


def display(kind: str, mime: str, data: str, numbers: list | None = None, **more: object) -> nbformat.NotebookNode:
    """One output of interest."""
    report = {"kind": kind, "numbers": numbers or [], **more}
    return new_output("display_data", data={mime: data, "text/plain": "(report)"}, metadata={"report": report})


@cache
def picture(seed: int) -> str:
    """A small chart as SVG text."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    with mpl.rc_context({"svg.hashsalt": "report", "svg.fonttype": "path", "font.size": 9}):
        figure, axes = plt.subplots(figsize=(6.6, 3.4), layout="constrained")
        levels = range(1, 60)
        for factor, name in ((1.0, "GB300 NVL72"), (0.4, "HGX H200")):
            axes.plot([100 * x / 20 for x in levels], [6000 * factor / (x + seed) for x in levels], label=name)
            axes.annotate(name, (100, 6000 * factor / (20 + seed)), xytext=(6, 6), textcoords="offset points")
        axes.set(xlabel="Interactivity (tok/s/user)", ylabel="Throughput (tok/s/GPU)", yscale="log")
        axes.spines[["top", "right"]].set_visible(False)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
        plt.close(figure)
    return buffer.getvalue()


@cache
def levels() -> dict[tuple[str, str], dict]:
    """The numbers of the example: five metrics of two platforms."""
    entries: dict[tuple[str, str], dict] = {}
    for (name, unit, form, values), (place, platform) in itertools.product(METRICS, enumerate(PLATFORMS)):
        value = values[place]
        more: dict[str, object] = {"unit": unit}
        if name == "Price" and platform == "GB300 NVL72":
            more |= {
                "status": "placeholder",
                "sources": [SOURCES["prices"]],
                "note": "1.2 times another platform's price",
            }
        if name == "Cost per million tokens":
            price, speed = entries["Price", platform], entries["Throughput", platform]
            more |= {
                "status": "derived",
                "sources": [],
                "place": "",
                "formula": "cost_per_million_tokens",
                "latex": r"\frac{10^{6} \, c}{3600 \, t}",
                "inputs": [price["id"], speed["id"]],
                "substitution": f"1e6 × {price['value']} / (3600 * {speed['value']})",
            }
        if name == "Throughput per megawatt":
            power, speed = entries["Power", platform], entries["Throughput", platform]
            more |= {
                "status": "derived",
                "sources": [],
                "place": "",
                "formula": "throughput_per_megawatt",
                "latex": r"\frac{1000 \, t}{p}",
                "inputs": [speed["id"], power["id"]],
                "substitution": f"1000 × {speed['value']} / {power['value']}",
            }
        entries[name, platform] = record(f"{name} of {platform}", value, form.format(value), **more)
    return entries


def with_inputs(*shown: dict) -> list[dict]:
    """The records shown, with those that they are made from."""
    known = {entry["id"]: entry for entry in levels().values()}
    inputs = [known[identifier] for entry in shown for identifier in entry["inputs"]]
    return [*shown, *inputs]


def answer() -> nbformat.NotebookNode:
    """The paragraphs on the first screen."""
    old, new = (levels()["Cost per million tokens", platform] for platform in PLATFORMS)
    ratio = record(
        "Cost ratio", old["value"] / new["value"], "34.1", unit="x", status="derived", sources=[], place="",
        formula="ratio", latex=r"\frac{a}{b}", substitution=f"{old['value']} / {new['value']}",
        inputs=[old["id"], new["id"]],
    )  # fmt: skip
    html = (
        f'<p class="answer">A million tokens cost {span(old)} on HGX H200 and {span(new, "placeholder")} on GB300 '
        f"NVL72: a ratio of {span(ratio, 'placeholder')}, reproduced from two measured rows and the price list of "
        "its source.</p>"
        "<ul><li>The ratio is one of deployments, not of chips: the rows differ in precision and in load.</li>"
        f"<li>The price of GB300 NVL72, {span(levels()['Price', 'GB300 NVL72'], 'placeholder')} per GPU-hour, is "
        "called temporary by its own source.</li></ul>"
    )
    return display("text", "text/html", html, [*with_inputs(ratio, old, new), *with_inputs(old, new)], finding=True)


def caution() -> nbformat.NotebookNode:
    """A paragraph that warns."""
    price = levels()["Price", "GB300 NVL72"]
    html = (
        f'<div class="caution"><p><strong>A placeholder.</strong> The price {span(price, "placeholder")} was copied '
        "from another platform. Whatever is computed from it carries the mark.</p></div>"
        '<p class="limits">Neither the post nor the table names interactivity, lengths or the kind of token.</p>'
        '<p class="note">Prices are those of a large buyer of cloud capacity.</p>'
    )
    return display("text", "text/html", html, [price])


def table(rows: int, columns: int, name: str, caption: str, note: str = "") -> nbformat.NotebookNode:
    """A table of numbers, as wide and long as asked."""
    heads = ["Setup", *(f"Throughput in {word} load" for word in itertools.islice(words(), columns - 1))]
    numbers, body, lines = [], [], [",".join(heads)]
    for row in range(rows):
        label = f"Deployment {'abcdefghijklmnopqrstuvwxyz'[row % 26]}{'′' * (row // 26)}"
        cells = []
        for column in range(columns - 1):
            value = 1000 * (row + 1) / (column + 1)
            entry = record(f"Throughput of {label}, {heads[column + 1]}", value, f"{value:,.1f}", unit="tok/s/GPU")
            if (row + column) % 11 == 5:
                entry |= {"status": "interpolated", "formula": "steffen", "substitution": ""}
            numbers.append(entry)
            mark = "interpolated" if entry["status"] == "interpolated" else ""
            cells.append(f'<td class="number">{span(entry, mark)}</td>')
        body.append(f'<tr><th scope="row">{label}</th>{"".join(cells)}</tr>')
        lines.append(",".join([label, *("1" for _ in cells)]))
    head = "".join(f'<th scope="col"{NUMERIC * (i > 0)}>{text}</th>' for i, text in enumerate(heads))
    html = (
        f'<table class="plain"><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )
    return display("table", "text/html", html, numbers, name=name, csv="\n".join(lines) + "\n", note=note)


def words() -> itertools.cycle:
    """Words to tell columns apart."""
    return itertools.cycle(("light", "even", "mixed", "steady", "heavy", "bursty", "peak"))


def published() -> nbformat.NotebookNode:
    """The comparison: five metrics by two platforms."""
    marks = {("Price", "GB300 NVL72"), ("Cost per million tokens", "GB300 NVL72")}
    body = "".join(
        f'<tr><th scope="row">{name}</th><td>{unit}</td>'
        + "".join(
            f'<td class="number">{span(levels()[name, p], "placeholder" if (name, p) in marks else "")}</td>'
            for p in PLATFORMS
        )
        + "<td>reproduced</td></tr>"
        for name, unit, _, _ in METRICS
    )
    head = "".join(
        f'<th scope="col"{more}>{text}</th>'
        for text, more in (
            ("Metric", ""), ("Unit", ""), *((p, ' class="number"') for p in PLATFORMS), ("Verdict", ""),
        )
    )  # fmt: skip
    html = (
        "<table><caption>The published comparison, recomputed</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    return display(
        "table", "text/html", html, with_inputs(*levels().values()), name="comparison", csv="metric\nprice\n",
        note="Recomputed from the rows and the price list, not copied.",
    )  # fmt: skip


def figure(seed: int, name: str) -> nbformat.NotebookNode:
    """A figure with a caption that holds a number, and a long alt text that names it too."""
    speed = levels()["Throughput", "GB300 NVL72"]
    alt = (
        "Two falling curves on a log axis: throughput per GPU against interactivity. GB300 NVL72 lies above HGX H200 "
        f"everywhere and passes {speed['text']} tok/s/GPU at the marked point; both fall steeply at first and "
        "flatten towards the right. The gap between the curves is constant on the log axis, a constant ratio."
    )
    return display(
        "figure", "image/svg+xml", picture(seed), [speed], name=name, alt=alt, csv="interactivity,throughput\n",
        caption=f"Throughput falls as interactivity rises; the marked point is {span(speed)} tok/s/GPU.",
    )  # fmt: skip


def equation(label: str, latex: str, alt: str) -> nbformat.NotebookNode:
    """A display equation."""
    return display("equation", "text/latex", f"$${latex}$$", label=label, alt=alt)


EQUATIONS = (
    (
        "cost_per_million_tokens",
        r"\mathrm{cost} = \frac{10^{6} \, c}{3600 \, t}",
        "cost is ten to the six c over 3600 t",
    ),
    ("throughput_per_megawatt", r"\mathrm{throughput\ per\ megawatt} = \frac{1000 \, t}{p}", "1000 t over p"),
    ("break_even", r"\begin{aligned} c^{*} &= c_{1} \frac{t_{2}}{t_{1}} \end{aligned}", "break-even price"),
)


def code(source: str, *outputs: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A cell of code that ran."""
    return new_code_cell(source, outputs=list(outputs), execution_count=1)


def notebook() -> nbformat.NotebookNode:
    """The whole example."""
    prose = (
        "The curves below belong to *two* deployments. See [the method](#method) for the equations, where $t$ is "
        "throughput and $c$ the price of a GPU-hour."
    )
    cells = [
        new_markdown_cell("# The published comparison"),
        code("parameters = {}"),
        new_markdown_cell("## The answer"),
        code("show(answer)", answer(), published()),
        new_markdown_cell("## Where the inputs come from\n\n" + prose),
        code("show(figure)", figure(1, "frontier")),
        new_markdown_cell("### Under other loads\n\nEach row is one deployment.\n\n- one\n- two\n    - nested"),
        code("show(wide)", table(6, 8, "loads", "Throughput of each deployment under seven loads, tok/s/GPU")),
        new_markdown_cell("## What the table does not say"),
        code("show(caution)", caution()),
        new_markdown_cell("## What would change the answer\n\n" + " ".join([prose] * 3)),
        code("show(figure)", figure(9, "sensitivity")),
        code(
            "show(long)", table(60, 4, "deployments", "All deployments", "Every deployment of the study is listed.")
        ),
        new_markdown_cell("## Method\n\nCosts follow from price and throughput."),
        code("show(equations)", *(equation(*parts) for parts in EQUATIONS)),
    ]
    made = new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    for place, cell in enumerate(made.cells):
        cell["id"] = f"cell-{place}"
    return made
