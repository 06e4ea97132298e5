"""Which tests hold which part of `analysis/`: the mirror of each module first, then what rests on it."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
LAWS = "laws oracle oracle_*"
NUMBERS = "formulas formulas_* symbolic wording workbook_expressions"
TARGETS = {
    "formulas": f"{NUMBERS} {LAWS} finance levelized energy ownership business procurement_sizing phases",
    "rounding": f"rounding verdicts claims held implied ledger fuzz_rounding {LAWS}",
    "consistency": f"consistency fuzz_consistency held verdicts claims {LAWS}",
    "frontier": "frontier curves envelope inverse comparison constraints selection series limits tokens stretches"
    f" deployment operating {LAWS} head_to_head contenders ratios",
    "values.py": f"values statements wording own_inputs head_to_head procurement_sizing procurement_growth {LAWS}",
    "quantities.py": f"quantities values wording statements {LAWS}",
    "claims": f"claims verdicts evidence forms implied ledger held stated_returns commands_verify {LAWS}",
    "ownership": "ownership levelized finance energy recovery plan domains decomposition calibration notation"
    f" operating_costs owners own_inputs cost_model amounts uncertain_owners {LAWS}",
    "report/amounts.py": "report_amounts report_check fuzz_trail",
    "report/check.py": "report_check fuzz_trail report_page report_html report_numbers",
    "report/page.py": "report_page report_check fuzz_trail report_html",
    "report/numbers.py": "report_numbers report_check fuzz_trail",
    "uncertainty": "uncertainty uncertain_owners sampling structure distributions propagation layers variance"
    f" declarations robustness break_even doubts sensitivity {LAWS}",
    "head_to_head.py": "head_to_head side_by_side frames laws",
    "statements.py": "statements wording",
    "symbolic.py": "symbolic formulas",
    "wording.py": "wording statements values",
    "benchmark": "benchmark contenders ratios like_for_like targets candidates fields workloads reconstruction search"
    " spread trust laws",
    "attribution": "attribution accuracy choices frameworks gains matching_price phases proportions software stacks"
    " steps waiting",
    "business": "business business_workbook token_prices returns stated_returns formulas_business",
    "procurement": "procurement_*",
}


def sources(target: str) -> list[Path]:
    """Return the files of a target: a package or a module of `analysis`."""
    place = ROOT / "analysis" / target
    return [place] if place.suffix else sorted(place.glob("*.py"))


def tests(target: str) -> list[str]:
    """Return the test files of a target that there are."""
    return _files(TARGETS[target])


def quick(target: str) -> list[str]:
    """Return the same but for the laws and the oracle, which take longest."""
    slow = _files(LAWS)
    return [file for file in tests(target) if file not in slow]


def _files(names: str) -> list[str]:
    found = [path for name in names.split() for path in sorted((ROOT / "tests").glob(f"test_{name}.py"))]
    return list(dict.fromkeys(path.relative_to(ROOT).as_posix() for path in found))


def mirror(path: str, target: str) -> list[str]:
    """Return the test files named after a module or its package, from among those of its target."""
    names = {f"test_{Path(path).stem}.py", f"test_{target.removesuffix('.py').replace('/', '_')}.py"}
    return [file for file in tests(target) if Path(file).name in names]
