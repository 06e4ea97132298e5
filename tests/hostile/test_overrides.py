"""What stands behind `-p` is a name and one plain value, or it is refused by both."""

import pytest

from analysis.scenario import read_scenario
from tests.hostile.refusals import refusal

REFUSED = {
    "a name of a call": ("exec('x')=1", "-p: unknown parameter \"exec('x')\""),
    "a name of two lines": ("title\nsubtitle=x", "-p: unknown parameter 'title\\nsubtitle'"),
    "a name that is an option": ("--output=/tmp", "-p: unknown parameter '--output'"),
    "a name with a Cyrillic letter": (
        "bаseline=h200",
        "did you mean 'baseline'? (found 'а', CYRILLIC SMALL LETTER A)",
    ),
    "a name with a blank": (" baseline=h200", "-p: unknown parameter ' baseline'; did you mean 'baseline'?"),
    "a name of a method": ("model_dump=x", "-p: unknown parameter 'model_dump'"),
    "two values": ("title=a\ntitle: b", "-p 'title=a\\ntitle: b': found 2 values, allowed is one"),
    "two documents": ("title=a\n---\nb: c", "line 2: but found another document"),
    "a remark in place of a value": ("baseline=# h200", "found more than a value before '#'; allowed is one value"),
    "a tag": ("title=!!python/object/new:os.system [id]", "a tag (tag:yaml.org,2002:python/object/new:os.system)"),
    "an anchor and its alias": ("authors=[&a x, *a]", "an alias is not allowed"),
    "an open bracket": ("authors=[Ada", "line 1: expected ',' or ']'"),
    "brackets without end": ("authors=" + "[" * 10_000, "line 1: nested more than 50 deep"),
    "a value of 300,000 letters": (f"title={'x' * 300_000}", "300,007 bytes, allowed are 200,000"),
    "a value that is not UTF-8": ("title=\udcff\udcfe", "not UTF-8 text (invalid start byte"),
    "a value with a null": ("title=a\0b", "unacceptable character #x0000"),
    "more than a number can be": (
        "subject_price=1e999",
        "-p: subject_price: found inf; Input should be a finite number",
    ),
    "a share of the number that is none": (
        "utilization=.NaN",
        "-p: utilization: found nan; Input should be a finite",
    ),
    "a day by its week": ("as_of=2026-W16-3", "-p: as_of: found '2026-W16-3'; must be a day, YYYY-MM-DD"),
    "a title turned around": ("title=\u202e35x", "-p: title: found '\\u202e35x'; the control character '\\u202e'"),
    "a list for a seed": ("seed=[1]", "-p: seed: found [1]; Input should be a valid integer"),
}


@pytest.mark.parametrize(("override", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_name_and_value_is_refused(override, said):
    message = refusal(read_scenario, "published", [override])
    assert message.startswith("-p")
    assert said in message


@pytest.mark.parametrize(("text", "value"), [("1e15", 1e15), ("1E9", 1e9), ("2.5e+6", 2.5e6), ("1000000", 1e6)])
def test_a_power_of_ten_is_a_number(text, value):
    assert read_scenario("published", [f"tokens_per_day={text}"]).tokens_per_day == value


@pytest.mark.parametrize(
    "text", ["a = b", "'a: b'", "no", "1:30", "x # y", "'{{ x }}'", "<b>", "$(id)", "\\input{x}"]
)
def test_text_arrives_as_it_was_typed(text):
    assert read_scenario("published", [f"title={text}"]).title == text.strip("'")
