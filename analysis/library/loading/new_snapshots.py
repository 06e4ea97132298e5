"""A snapshot of measured rows that joins the others of a data folder: put together, named and written."""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.library.loading import file, origins, tables
from analysis.library.loading.fields import checked
from analysis.library.loading.origins import Origins
from analysis.library.loading.schemas import BENCHMARK, OWN, POWER
from analysis.library.loading.snapshots import NAME, SUMS, Snapshot, sums_of
from analysis.library.models import same_model
from analysis.library.writing import held, put_all


def merged(base: Snapshot, added: Snapshot) -> Snapshot:
    """Return the rows of both, those of the base first; a row that both have is kept once.

    Raises:
        InputError: They measured different models, the base has every row already, or it has other figures for the
            same run of the same configuration.
    """
    if added.model and not same_model(added.model, base.model):
        raise InputError(
            f"found measurements of another model, {added.model!r}; the base has {base.model!r}, and one curve is of "
            "one model (--alone keeps them in a snapshot of their own, --model names the model in place of the files)"
        )
    every = (*base.origins, *added.origins)
    rows = pd.concat([base.rows, added.rows], ignore_index=True)
    kept = ~rows.duplicated().to_numpy()
    if not kept[len(base.rows) :].any():
        raise InputError(f"{added.origins[0].title}: the base has all of its {len(added.rows):,} rows already")
    giver = np.repeat(np.arange(len(every)), [origin.rows for origin in every])
    given = np.bincount(giver[kept], minlength=len(every))
    return Snapshot(
        rows[kept].reset_index(drop=True),
        base.model,
        tuple(origin.model_copy(update={"rows": int(n)}) for origin, n in zip(every, given, strict=True) if n),
    )


def free_path(folder: Path, name: str) -> Path:
    """Return the path that a snapshot of this name will have.

    Raises:
        InputError: The name is taken, or is none for a file.
    """
    path = folder / f"{name}.csv"
    if not NAME.fullmatch(name):
        raise InputError(f"snapshot name {name!r}: allowed are lower-case letters, digits, '-' and '.'")
    if file.is_file(path):
        raise InputError(f"{path}: exists, and a snapshot is never overwritten; choose another name")
    return path


def write_snapshot(snapshot: Snapshot, folder: Path, name: str) -> Path:
    """Write a snapshot beside the others and return the path of its rows.

    The file of the rows is written last and in one step: until then the snapshot does not exist, and an interrupted
    write can be repeated.

    Raises:
        InputError: A row is not what it must be, the name is taken, or the folder cannot be written.
    """
    path = free_path(folder, name)
    of = checked(Origins, {"model": snapshot.model, "origins": [*snapshot.origins]}, path.with_suffix(".yaml").name)
    beside = origins.origins_file(of)
    rows = tables.validated(
        snapshot.rows, BENCHMARK, path.name, lambda index: f"{path.name}, line {tables.line(index)}"
    )
    content = as_csv(rows)
    try:
        with held(folder):
            free_path(folder, name)
            sums = {**sums_of(folder), path.name: hashlib.sha256(content).hexdigest()}
            listed = "".join(f"{sums[key]}  {key}\n" for key in sorted(sums)).encode()
            put_all(folder, {path.with_suffix(".yaml").name: beside, SUMS: listed, path.name: content}, durable=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}") from None
    return path


def as_csv(rows: pd.DataFrame) -> bytes:
    """Return rows as the CSV file that `tables.read_table` reads, numbers at 8 significant digits."""
    rows = rows.drop(columns=[name for name in (*POWER, *OWN) if name in rows and rows[name].isna().all()])
    flags = rows.select_dtypes(bool)
    rows = rows.assign(**{name: np.where(flags[name], "true", "false") for name in flags})
    text: str = rows.to_csv(index=False, float_format="%.8g", date_format="%Y-%m-%d", lineterminator="\n")
    return text.encode()
