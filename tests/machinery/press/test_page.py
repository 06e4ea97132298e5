"""Tests of how a finished page is read."""

import pytest

from analysis.machinery.press.page import NUMBER, Page, Passage, Shown


def passages(html: str) -> list[str]:
    return [passage.text for passage in Page(html).passages]


def test_blocks_are_read_apart_and_inline_elements_together() -> None:
    assert passages("<p>a <em>b</em>c</p><ul><li>d</li><li>e</li></ul>") == ["a bc", "d", "e"]


def test_a_registered_number_is_taken_out_of_its_passage() -> None:
    page = Page('<h2>Head</h2><p>costs <span class="number x" data-number="n1"><a href="#n1">$4</a></span> now</p>')
    assert page.numbers == [Shown("Head", "n1", "$4")]
    assert page.passages[1] == Passage("Head", f"costs {NUMBER} now")


@pytest.mark.parametrize(
    "html",
    [
        '<div data-generated="why">4</div>',
        '<h2><span class="section-number">4</span></h2>',
        '<div class="equation"><math><mn>4</mn></math> (4)</div>',
        '<details class="code"><summary>Code</summary>4</details>',
        "<style>p { margin: 4px }</style>",
        "<script>4</script>",
    ],
)
def test_what_is_no_statement_is_passed_over(html: str) -> None:
    assert not any("4" in text for text in passages(html))


def test_alternative_text_is_read_with_the_numbers_of_its_figure() -> None:
    (passage,) = Page('<img alt="4 bars" data-numbers="n1 n2" src="x">').passages
    assert passage == Passage("the head", "4 bars", ("n1", "n2"))


def test_titles_and_labels_of_elements_are_read() -> None:
    assert set(passages('<a title="A" aria-label="B">c</a>')) == {"A", "B", "c"}


def test_the_head_of_the_page_only_repeats_what_the_body_says() -> None:
    assert passages('<title>4</title><meta name="description" content="4"><meta name="author" content="4">') == []


def test_math_in_prose_is_read_by_its_signs() -> None:
    html = "<p>x <math><mi>t</mi><mo>=</mo><mn>42</mn><annotation>t=42</annotation></math></p>"
    page = Page(html)
    assert page.passages[0].text == "x t=42"
    assert page.equations[0].split() == ["t", "=", "42"]


def test_an_element_left_open_does_not_swallow_what_follows() -> None:
    assert passages("<div><p>a<p>b</div><p>c</p>") == ["a", "b", "c"]
