"""Reads measurements in other formats as benchmark rows of the project."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.library.loading.file import content_of
from analysis.library.loading.outside import parse_json
from analysis.library.measurements import inferencex, vllm
from analysis.library.measurements.rows import ORDER, Measurements, known_platforms, read_csv
from analysis.library.measurements.vllm import Deployment

__all__ = ["Deployment", "Measurements", "known_platforms", "read_file", "read_files"]

FORMATS = "a .csv table like those in data/benchmarks, or a .json file of the InferenceX API or of vllm bench serve"


def read_files(paths: Sequence[Path], platforms: Iterable[str], deployment: Deployment | None = None) -> Measurements:
    """Return the measurements in files of one format and one model, in the order of the published rows.

    Args:
        paths: The files, at least one; a sweep of `vllm bench serve` has one for each operating point.
        platforms: Keys of the platforms that the project knows.
        deployment: The deployment, which a result of `vllm bench serve` does not describe.

    Raises:
        InputError: As `read_file`; or the files differ in format or model.
    """
    files = [read_file(path, platforms, deployment) for path in paths]
    for name, words in (("format", {file.format for file in files}), ("model", {file.model for file in files})):
        if len(words) > 1:
            raise InputError(f"{name} of the files: found {', '.join(sorted(words))}; allowed is one")
    rows = pd.concat([file.rows for file in files]).sort_values(ORDER, kind="stable", ignore_index=True)
    left_out = sum((Counter(file.left_out) for file in files), Counter())
    return Measurements(files[0].format, rows, files[0].model, left_out)


def read_file(path: Path, platforms: Iterable[str], deployment: Deployment | None = None) -> Measurements:
    """Return the measurements in a file; its name and content tell which of `FORMATS` it has.

    Args:
        path: The file.
        platforms: Keys of the platforms that the project knows.
        deployment: The deployment, which a result of `vllm bench serve` does not describe.

    Raises:
        InputError: The file cannot be read, has another format, or holds something that is not allowed.
    """
    if path.suffix.lower() == ".csv":
        return Measurements("a table of rows", read_csv(path, platforms), "")
    if path.suffix.lower() != ".json":
        raise InputError(f"{path}: unknown format; allowed is {FORMATS}")
    document = parse_json(content_of(path), str(path))
    if not isinstance(document, dict):
        return inferencex.read(document, str(path), platforms)
    if deployment is None:
        raise InputError(f"{path}: {vllm.FORMAT} does not say hardware, number of GPUs and precision: give them")
    return vllm.read(document, str(path), deployment, platforms)
