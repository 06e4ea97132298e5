"""A YAML document is read as plain data or refused with its place; nothing in it runs, repeats or expands."""

import datetime
from contextlib import suppress
from itertools import pairwise
from math import inf, isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.library.loading.plain_yaml import LARGEST, parse, written


def read(text):
    return parse(text.encode(), "scenario.yaml")


def refusal(content):
    with pytest.raises(InputError) as refused:
        parse(content if isinstance(content, bytes) else content.encode(), "scenario.yaml")
    message = str(refused.value)
    assert message.startswith("scenario.yaml")
    assert "\n" not in message
    return message


PLAIN = [
    ("h200", "h200"),
    ("2026-04", "2026-04"),
    ("2026-04-15", datetime.date(2026, 4, 15)),
    ("'2026-04-15'", "2026-04-15"),
    ("1024", 1024),
    ("+7", 7),
    ("-7", -7),
    ("1.41", 1.41),
    (".5", 0.5),
    ("1.", 1.0),
    ("2.5E-3", 0.0025),
    ("1.0e+7", 1e7),
    ("1e15", 1e15),
    ("-2E3", -2000.0),
    ("-.5", -0.5),
    ("0.5", 0.5),
    ("-0", 0),
    ("010", 10),
    ("0x1F", 31),
    ("0o17", 15),
    (".inf", inf),
    ("-.INF", -inf),
    ("true", True),
    ("False", False),
    ("~", None),
    ("", None),
    ("null", None),
    ("[a, 1, 2.5]", ["a", 1, 2.5]),
    ("{b: 1}", {"b": 1}),
    ("nan", "nan"),
    ("none", "none"),
]


@pytest.mark.parametrize(("text", "value"), PLAIN)
def test_words_numbers_days_and_lists_are_read(text, value):
    found = read(f"a: {text}")["a"]
    assert found == value
    assert type(found) is type(value)


def test_what_is_not_a_number_is_read_as_such():
    assert isnan(read("a: .nan")["a"])


@pytest.mark.parametrize("text", ["1:30", "190:20:30", "2026-4-1", "1.5.2", "1e", "4,200", "35x"])
def test_words_that_only_old_yaml_takes_for_numbers_stay_words(text):
    assert read(f"a: {text}") == {"a": text}


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "y", "n", "NO"])
def test_words_that_only_old_yaml_takes_for_truth_stay_words(word):
    assert read(f"a: {word}") == {"a": word}


def test_a_merge_is_refused():
    assert "line 2: a merge ('<<') is not allowed" in refusal("a: 1\n<<: {a: 2, b: 3}\n")
    assert read("'<<': {a: 2}") == {"<<": {"a": 2}}
    assert read(written({"<<": 1}).decode()) == {"<<": 1}


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    assert parse(b"\xef\xbb\xbfa: 1", "scenario.yaml") == {"a": 1}


REFUSED = [
    ("a: 1\nb: &x 1", "line 2: an anchor or an alias is not allowed"),
    ("a: *x", "line 1: an anchor or an alias is not allowed"),
    ("a: !!python/object/apply:os.system [id]", "line 1: a tag (tag:yaml.org,2002:python/object/apply:os.system)"),
    ("a: !!str 1", "line 1: a tag (tag:yaml.org,2002:str) is not allowed"),
    ("a: ! 1", "line 1: a tag (!) is not allowed"),
    ("!!map {a: 1}", "line 1: a tag"),
    ("%TAG ! tag:yaml.org,2002:\n---\na: !str 1", "line 3: a tag"),
    ("a: 1\na: 2", "line 2: 'a' stands twice"),
    ("a: {b: 1, b: 2}", "line 1: 'b' stands twice"),
    ("a: 1\n'a': 2", "line 2: 'a' stands twice"),
    ("? [a, b]\n: 1", "line 1: a key must be a single word"),
    ("a: {{b: 1}: 2}", "line 1: a key must be a single word"),
    ("a: 1\n---\nb: 2", "line 2: but found another document"),
    ("a: b: c", "line 1: mapping values are not allowed here"),
    ("a: '", "line 1: found unexpected end of stream"),
    ("a:\n\tb: 1", "line 2: found character '\\t' that cannot start any token"),
    ("%YAML 3.0\n---\na: 1", "line 1: found incompatible YAML document"),
    ("a: 2026-02-30", "line 1: day is out of range for month"),
    ("a: \0", "special characters are not allowed"),
    (f"a: {'9' * 5000}", "line 1: Exceeds the limit (4300 digits) for integer string conversion"),
    ("- a\n- b", "found list, allowed is a mapping of names to values"),
    ("h200", "found str, allowed is a mapping"),
    ("", "found NoneType, allowed is a mapping"),
    ("--- ", "found NoneType, allowed is a mapping"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_what_is_not_plain_is_refused_with_its_place(text, said):
    assert said in refusal(text)


@pytest.mark.parametrize("content", [b"a: \xff", "a: 1".encode("utf-16"), "a: é".encode("latin-1")])
def test_text_that_is_not_utf8_is_refused(content):
    assert "not UTF-8 text" in refusal(content)


def test_a_document_of_ten_megabytes_is_refused_unread():
    assert refusal(b"a: [" * 2_500_000) == f"scenario.yaml: 10,000,000 bytes, allowed are {LARGEST:,}"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_endless_nesting_is_refused(opening):
    assert "line 1: nested more than 50 deep" in refusal(opening * 3000)


def test_fifty_levels_are_read_and_one_more_is_refused():
    found = read(f"a: {'[' * 48}1{']' * 48}")
    for _ in range(48):
        (found,) = found.values() if isinstance(found, dict) else found
    assert found == [1]
    assert "nested more than 50 deep" in refusal(f"a: {'[' * 49}1{']' * 49}")


def test_endless_nesting_of_keys_is_refused():
    assert "line 1: a key must be a single word" in refusal("? " * 3000)


def test_aliases_that_would_expand_to_a_billion_words_are_refused():
    lines = ["a: &a [ha, ha]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise("abcdefghi")]
    assert "line 1: an anchor or an alias is not allowed" in refusal("\n".join(lines))


numberlike = st.text("0123456789.eE+-:_xbo~nulyesfainTRU<=", max_size=6)
words = numberlike | st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(words, plain, min_size=1, max_size=3))
def test_plain_data_comes_back_as_it_was_written(values):
    assert parse(written(values), "scenario.yaml") == values


@given(st.binary(max_size=200) | st.text("ab:-[]{}?!&*<>|'\"#,%@ \n\t01.~", max_size=60).map(str.encode))
def test_nothing_leads_to_another_error(content):
    with suppress(InputError):
        assert isinstance(parse(content, "scenario.yaml"), dict)
