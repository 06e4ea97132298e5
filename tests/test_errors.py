"""A message can be shown on any terminal, whatever was found, and says which letter only looks like another."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell

from analysis.errors import LONGEST_MESSAGE, InputError, WorkError, nearest


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("plain words, ≥ 5 × 10³", "plain words, ≥ 5 × 10³"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\u202eb", "a\\u202eb"),
        ("a\x9bb\ud800", "a\\x9bb\\ud800"),
        ("a\nb", "a\\nb"),
        ("list:\n  one\n  two", "list:\n  one\n  two"),
        ("list:\n  one\ntwo\r", "list:\n  one\\ntwo\\r"),
        ("back\\slash 'quote'\n", "back\\slash 'quote'\\n"),
    ],
)
def test_signs_that_a_terminal_would_act_on_are_written_out(found, shown):
    assert str(InputError(found)) == shown


def test_a_message_without_end_keeps_its_ends():
    message = str(InputError(f"own.yaml: found {'x' * 1_000_000}; allowed is less"))
    assert message.startswith("own.yaml: found xxx")
    assert message.endswith("xxx; allowed is less")
    assert len(message) == LONGEST_MESSAGE + len(" ... ")


@given(st.sampled_from([InputError, WorkError]), st.text())
def test_a_message_can_be_shown_and_travels_between_processes(kind, text):
    error = kind(text)
    assert str(error).replace("\n", "").isprintable()
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize("kind", [InputError, WorkError])
def test_jupyter_shows_the_message_and_no_traceback(kind):
    shell = InteractiveShell()
    shown = []
    shell._showtraceback = lambda name, error, lines: shown.append(lines)
    shell.user_ns["error"] = kind("own.yaml: found \x1b[31mred")
    shell.run_cell("raise error")
    assert shown == [["own.yaml: found \\x1b[31mred"]]


def test_the_nearest_word_is_named_or_all_are():
    assert nearest("h20", ["h200", "b200"]) == "did you mean 'h200'?"
    assert nearest("tpu", ["h200", "b200"]) == "allowed: b200, h200"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("h2\u043e0", "did you mean 'h200'? (found '\u043e', CYRILLIC SMALL LETTER O)"),
        ("h20\u200b0", "did you mean 'h200'? (found '\\u200b', ZERO WIDTH SPACE)"),
        ("h20\x850", "did you mean 'h200'? (found '\\x85', a sign without a name)"),
    ],
)
def test_a_letter_that_only_looks_like_another_is_named(found, said):
    assert nearest(found, ["h200", "b200"]) == said


def test_a_letter_that_the_word_has_is_not_strange():
    assert nearest("Zürih", ["Zürich"]) == "did you mean 'Zürich'?"
