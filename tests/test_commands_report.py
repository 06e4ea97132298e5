import pytest

from analysis.receipts.check import check

REFUSED = {
    "unknown parameter": (["-p", "baselin=h100"], "did you mean 'baseline'"),
    "misspelt hardware": (["-p", "baseline=h20"], "did you mean 'h200'"),
    "negative price": (["-p", "baseline_price=-1"], "greater than 0"),
    "not a number": (["-p", "baseline_price=.nan"], "finite"),
    "code as a name": (["-p", "__import__('os').system('x')=1"], "unknown parameter"),
    "code as a value": (["-p", "subject=!!python/object/apply:os.system [x]"], "tag"),
    "no value": (["-p", "baseline"], "name=value"),
    "unknown scenario": (["-s", "publishd"], "did you mean 'published'"),
    "unknown notebook": (["02-published"], "allowed"),
}


@pytest.mark.parametrize("what", list(REFUSED))
def test_bad_input_is_refused_before_any_work_and_nothing_is_written(run, tmp_path, what):
    arguments, said = REFUSED[what]
    if what == "unknown notebook":
        said = "no notebook"
    code, _, err = run("report", *arguments, "--output", tmp_path / "output")
    assert code == 2
    assert err.startswith("error: ")
    assert said in err
    assert "Traceback" not in err
    assert not (tmp_path / "output").exists()


def test_a_failing_notebook_is_exit_code_1_and_what_is_left_is_what_the_manifest_lists(run, tmp_path):
    arguments = ["01-published-comparison", "-p", "minimum_interactivity=5000", "--output", tmp_path]
    code, out, err = run("report", *arguments)
    assert code == 1
    assert "0 of 1 reports" in out
    said = "01-published-comparison: h200: no row reaches 5000 tok/s/user; the highest measured is 174.8246 tok/s"
    assert said in err
    assert err.count("\n") == 2
    assert "Traceback" not in err
    assert not (tmp_path / "published/01-published-comparison.html").exists()
    found = check(tmp_path)
    assert found.good
    assert {"index.html", "what-if.html", "interface/interface.html"} <= set(found.files.same)
