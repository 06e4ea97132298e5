"""A grid of scenarios that is no grid, or one of more than anybody can build, is refused at once."""

import os
from pathlib import Path

import pytest

from analysis.machinery.press.scenario_grid import scenarios
from tests.hostile.refusals import refusal

TEN = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"
THOUSAND = list(range(1, 1001))
REFUSED = {
    "10^12 scenarios": (
        f"product: {{input_tokens: {THOUSAND}, output_tokens: {THOUSAND}, horizon: {THOUSAND}, seed: {THOUSAND}}}",
        ": found 1,000,000,000,000 scenarios, allowed are 10,000",
    ),
    "10^20 scenarios": (
        "product: {" + ", ".join(f"k{place}: {TEN}" for place in range(20)) + "}",
        ": found more than 10^18 scenarios, allowed are 10,000",
    ),
    "10,001 scenarios": ("list: [" + "{}, " * 10_001 + "]", ": found 10,001 scenarios, allowed are 10,000"),
    "an axis of code": ("product: {__import__('os'): [1]}", ", scenario 1: unknown parameter \"__import__('os')\""),
    "an axis that looks like another": ("product: {b\u0430seline: [h200]}", "CYRILLIC SMALL LETTER A"),
    "an axis without levels": ("product: {subject: []}", ", product.subject: found []"),
    "an axis of a word": ("product: {subject: gb300}", ", product.subject: found 'gb300'; must be a valid list"),
    "an axis of nothing": ("product: {subject: ~}", ", product.subject: found None; must be a valid list"),
    "no axis": ("product: {}", ", product: found {}"),
    "an axis that is a number": ("product: {1: [2]}", ", product"),
    "a list of words": ("list: [a, b]", ", list[0]: found 'a'; must be a valid dictionary"),
    "a list of nothing": ("list: [~]", ", list[0]: found None; must be a valid dictionary"),
    "an empty list": ("list: []", ", list: found []"),
    "a key that is unknown": ("product: {subject: [gb300]}\ncode: x", ", code: unknown key"),
    "a key of two escapes": ('list: [{}]\n"\\e[31m": x', ", \\x1b[31m: unknown key"),
    "a name that leads up": ("list: [{name: ..}]", ", scenario 1: name: found '..'; "),
    "a name that leads elsewhere": ("list: [{name: /etc}]", ", scenario 1: name: found '/etc'; "),
    "a name that is a list": ("list: [{name: [a]}, {name: [a]}]", ": two scenarios have the same name"),
    "a name that is a map": ("list: [{name: {a: b}}]", ", scenario 1: name: found {'a': 'b'}; "),
    "a name in capitals": ("list: [{name: a}, {name: A}]", ", scenario 2: name: found 'A'; "),
    "the name of another": ("list: [{name: own-2}, {}]", ": two scenarios have the same name; allowed is one each"),
    "a name for all": ("fixed: {name: a}\nlist: [{}]", ", fixed: found a name for all scenarios, allowed is one for"),
    "a price that is none": ("product: {subject_price: [2, .nan]}", ", scenario 2: subject_price: found nan; "),
    "a price of no unit": (
        "fixed: {subject_price: 2 EUR}\nlist: [{}]",
        ", scenario 1: subject_price: found '2 EUR'; ",
    ),
    "a title turned around": ('list: [{title: "\\u202ex"}]', ", scenario 1: title: found '\\u202ex'; the control"),
    "a scenario elsewhere": ("scenario: ../../etc/passwd\nlist: [{}]", "no scenario '../../etc/passwd'; allowed: "),
    "a scenario that is a device": ("scenario: /dev/zero.yaml\nlist: [{}]", "no scenario '/dev/zero.yaml'; "),
    "a scenario with a null": ('scenario: "a\\0b"\nlist: [{}]', "no scenario 'a\\x00b'; "),
    "a scenario that is a map": (
        "scenario: {a: b}\nlist: [{}]",
        ", scenario: found {'a': 'b'}; must be a valid string",
    ),
    "a description of two lines": ('description: "a\\nb"\nlist: [{}]', ", description: found 'a\\nb'; the control"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_grid_is_refused_with_its_place(file, text, said):
    path = file("own.yaml", text)
    message = refusal(scenarios, Path(path))
    assert said in message
    assert message.startswith((path, "no scenario "))


def test_what_is_no_file_is_no_grid(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "circle.yaml").symlink_to(tmp_path / "circle.yaml")
    said = {
        ".": "found a folder or a device, allowed is a file",
        "pipe.yaml": "found a folder or a device, allowed is a file",
        "circle.yaml": "Too many levels of symbolic links",
        "none.yaml": "no such grid",
        "x" * 300: "File name too long",
        "a\0b": "embedded null byte",
    }
    for name, words in said.items():
        assert refusal(scenarios, tmp_path / name).endswith(words)


def test_an_override_that_cannot_be_is_refused_for_the_first_scenario(file):
    path = Path(file("own.yaml", "list: [{}, {}]"))
    assert ", scenario 1: baseline: found 'h20'; did you mean 'h200'?" in refusal(
        scenarios, path, {"baseline": "h20"}
    )
