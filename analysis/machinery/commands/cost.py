"""`analysis cost`: what a token costs at the operating points of result files, without keeping anything."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from analysis.comparison.own_points import Costed, OwnPoint, Published, costed, own_points
from analysis.errors import InputError
from analysis.library.measurements import Deployment, known_platforms, read_all
from analysis.library.measurements.formats.inferencex import PUBLISHER
from analysis.library.measurements.rows import platform_key
from analysis.library.places import DATA
from analysis.library.sources import POWER_BOUNDARY, SNAPSHOT, TIERS, Library, load
from analysis.machinery.commands import options
from analysis.scenario import Parameters

Number = float | None


def cost(
    files: Annotated[list[Path], typer.Argument(help="Results of one tool; `import --formats` lists which.")],
    price: Annotated[Number, typer.Option(help="USD/GPU/h; the data's price of the hardware if not given.")] = None,
    power: Annotated[Number, typer.Option(help="kW/GPU, all in; the data's if not given.")] = None,
    hardware: options.Hardware = "",
    gpus: options.Gpus = None,
    precision: options.Precision = "",
    prefill_gpus: options.PrefillGpus = None,
    decode_gpus: options.DecodeGpus = None,
    input_tokens: options.InputTokens = None,
    output_tokens: options.OutputTokens = None,
    model: options.Model = "",
    base: Annotated[str, typer.Option(help="Snapshot with the published rows.")] = SNAPSHOT,
    html: Annotated[Path | None, typer.Option(help="Write a page with table and picture there.")] = None,
    png: Annotated[Path | None, typer.Option(help="Write the picture there.")] = None,
) -> None:
    """Print what a token costs at each operating point of result files, beside the published curve at its speed."""
    reader = Deployment(
        hardware=hardware, gpus=gpus, precision=precision, prefill_gpus=prefill_gpus, decode_gpus=decode_gpus,
        input_tokens=input_tokens, output_tokens=output_tokens, model=model,
    )  # fmt: skip
    platforms = known_platforms(DATA)
    readings = read_all(files, platforms, reader)
    points = [_on_platform(point, platforms) for point in own_points(readings)]
    keys = {point.hardware for point in points}
    named = keys.pop() if len(keys) == 1 else ""
    library = load(snapshot=base) if named else None  # half a second that is not needed without hardware
    usd, kw, told = _price_and_power(library, named, price, power)
    rows = costed(points, usd, kw, Published(library, PUBLISHER) if library else None)
    for line in (told, "", *table(rows)):
        typer.echo(line)
    for note in sorted({note for reading in readings for point in reading.points for note in point.notes}):
        if not note.startswith(("framework", "speculative")):
            typer.echo(f"note: {note}")
    if html or png:
        from analysis.machinery.commands.cost_page import page, picture

        if png:
            png.write_bytes(picture(rows, "png"))
        if html:
            html.write_text(page(rows, told, picture(rows, "svg").decode()), encoding="utf-8")


def table(rows: Sequence[Costed]) -> list[str]:
    """Return the lines of a table of operating points."""
    parts = any(row.input_cost is not None for row in rows)
    lines = [
        "ISL/OSL     in flight  tok/s/user  tok/s/GPU   USD/Mtok"
        + ("     input    output" if parts else "")
        + "    tok/s/MW   J/tok | InferenceX at that speed: tok/s/GPU, USD/Mtok"
    ]
    for row in rows:
        point = row.point
        other = "none:" if row.published is None else f"{row.published:,.1f}, {row.published_cost:,.4f},"
        lines.append(
            f"{f'{point.input_tokens}/{point.output_tokens}':<12}{point.concurrency:>9,}  "
            f"{point.interactivity:>10,.2f}  {point.throughput:>9,.1f}  {row.cost:>9,.4f}  "
            + (f"{_amount(row.input_cost, 8, 4)}  {_amount(row.output_cost, 8, 4)}  " if parts else "")
            + f"{_amount(row.per_megawatt, 10, 0)}  {_amount(row.joules, 6, 3)} | {other} {row.series}"
        )
    return lines


def _amount(amount: float | None, width: int, digits: int) -> str:
    return f"{'-' if amount is None else f'{amount:,.{digits}f}':>{width}}"


def _on_platform(point: OwnPoint, platforms: Sequence[str]) -> OwnPoint:
    if not point.hardware:
        return point
    try:
        return replace(point, hardware=platform_key(point.hardware, platforms))
    except ValueError as error:
        raise InputError(f"unknown hardware {point.hardware!r}; {error}") from None


def _price_and_power(
    library: Library | None, hardware: str, price: Number, power: Number
) -> tuple[float, Number, str]:
    """Return price in USD/GPU/h and power in kW/GPU, as given or as the data have them, and where they come from."""
    usual = Parameters.gathered({})
    from_data = f"{usual.vintage} of data/assumptions.csv"
    told = []
    if price is None:
        if library is None:
            raise InputError("the price of a GPU-hour is not known without its hardware; give --price or --hardware")
        price = library.price(hardware, usual.price_tier, usual.vintage).number
        told.append(f"{price:,.4g} USD/GPU/h ({TIERS[usual.price_tier]}, {from_data})")
    else:
        told.append(f"{price:,.4g} USD/GPU/h (given)")
    if power is not None:
        told.append(f"{power:,.4g} kW/GPU (given)")
    elif library and (known := library.known_power(hardware, usual.vintage)):
        power = known.number
        told.append(f"{power:,.4g} kW/GPU ({POWER_BOUNDARY}, {from_data})")
    else:
        told.append("power not known (--power, or --hardware with one in the data)")
    for name, amount in (("--price", price), ("--power", power)):
        if amount is not None and not 1e-6 < amount < 1e6:
            raise InputError(f"{name}: found {amount}; allowed is an amount above 0")
    return price, power, f"At full load, {', '.join(told)}; all tokens counted"
