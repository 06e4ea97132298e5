"""What accuracy a platform's serving stacks have shown."""

from analysis.quantities import quantity
from analysis.sources import FILES, Library
from analysis.tables import line
from analysis.values import Status, Value


def lowest_accuracy(library: Library, hardware: str, **stack: str) -> Value | None:
    """Return the lowest GSM8K accuracy of a platform's stacks; None where none of them was evaluated.

    Args:
        library: The figures.
        hardware: Key of a platform.
        **stack: What the stacks have in common: framework, precision, speculative_decoding.
    """
    rows = library.tables["accuracy"]
    for column, word in {"hardware": hardware, **stack}.items():
        rows = rows[rows[column] == word]
    if rows.empty:
        return None
    row = rows.loc[rows["accuracy"].idxmin()]
    evaluated = f"{row['framework']}, {row['speculative_decoding']}".removesuffix(", none")
    return Value(
        float(row["accuracy"]), quantity("accuracy"), library.platform(hardware).name, Status.MEASURED,
        {"task": row["task"].upper()}, tuple(library.sources[name] for name in [row["source"]] if name),
        row["last"].strftime("%Y-%m-%d"), f"data/{FILES['accuracy']}, line {line(row.name)}", f"of {evaluated}",
    )  # fmt: skip
