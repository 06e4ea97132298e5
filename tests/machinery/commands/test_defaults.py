"""What a command does when nothing is said of how: the README and the scripts of others rely on it."""

import inspect
import os
from pathlib import Path

import pytest

from analysis.library.places import DATA, ROOT
from analysis.machinery.commands.check import check
from analysis.machinery.commands.cost import cost
from analysis.machinery.commands.diff import diff
from analysis.machinery.commands.fetch import fetch
from analysis.machinery.commands.import_ import import_
from analysis.machinery.commands.new import new
from analysis.machinery.commands.report import report
from analysis.machinery.commands.scenarios import scenarios
from analysis.machinery.commands.sweep import sweep
from analysis.machinery.commands.verify import verify
from analysis.machinery.commands.what_if import what_if

OUTPUT, SNAPSHOT = Path("output"), "inferencex-deepseek-r1-2026-05-05"
NOTHING_STATED = {
    "hardware": "",
    "gpus": None,
    "precision": "",
    "prefill_gpus": None,
    "decode_gpus": None,
    "input_tokens": None,
    "output_tokens": None,
    "model": "",
}
DEFAULTS = {
    check: {"output": OUTPUT, "files": False, "json": False, "expect": ""},
    diff: {"scenario": "published", "parameter": None, "json": False, "page": None, "strict": False},
    fetch: {
        "model": "DeepSeek-R1-0528",
        "base_url": "https://inferencex.semianalysis.com/api/v1/",
        "name": "",
        "date": "",
        "against": "",
        "data": DATA,
    },
    import_: {
        "files": None,
        "formats": False,
        **NOTHING_STATED,
        "speculative_decoding": "",
        "framework": "",
        "tensor_parallel": None,
        "expert_parallel": None,
        "dp_attention": None,
        "multinode": None,
        "image": "",
        "date": "",
        "base": SNAPSHOT,
        "alone": False,
        "name": "own",
        "publisher": "",
        "data": DATA,
    },
    cost: {**NOTHING_STATED, "price": None, "power": None, "base": SNAPSHOT, "html": None, "png": None},
    new: {"title": "", "folder": ROOT / "notebooks", "scenario": False},
    report: {
        "notebook": None,
        "scenario": None,
        "parameter": None,
        "grid": None,
        "output": OUTPUT,
        "workers": os.cpu_count() or 1,
        "html_only": False,
        "derivations": False,
        "one_page": False,
        "cold": False,
        "dask": "",
        "timeout": 600,
        "fail_fast": False,
        "code": False,
        "watching": False,
        "force": False,
    },
    scenarios: {"keys": False},
    sweep: {
        "output": OUTPUT,
        "workers": os.cpu_count() or 1,
        "rows": 131_072,
        "dask": "",
        "location": "",
        "fail_fast": False,
        "summary": True,
        "force": False,
    },
    verify: {
        "ledger_file": None,
        "scenario": "published",
        "vintage": None,
        "form": "text",
        "strict": False,
    },
    what_if: {"model": "", "snapshot": SNAPSHOT, "output": OUTPUT, "force": False},
}


@pytest.mark.parametrize("command", DEFAULTS, ids=lambda command: command.__name__)
def test_what_is_not_said_is_what_it_has_always_been(command):
    asked = inspect.signature(command).parameters.values()
    assert {one.name: one.default for one in asked if one.default is not inspect.Parameter.empty} == DEFAULTS[command]
