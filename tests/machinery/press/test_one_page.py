"""One page for those who forward one page: it ends before the second section, and more than a page is refused."""

import io

import pytest
from PIL import Image

from analysis.errors import InputError
from analysis.machinery.press.conclusions import Conclusion
from analysis.machinery.press.front import Front
from analysis.machinery.press.one_page import first_section, mail, picture
from analysis.machinery.press.typesetting import MAIN, typeset


def set_pages(folder, count):
    words = "#pagebreak()\n".join(["Page\n"] * count)
    (folder / MAIN).write_text(f'#set document(title: "Pages")\n{words}', encoding="utf-8")
    return typeset(folder)


def test_the_first_section_ends_where_the_second_begins():
    body = "Before.\n\n= One\n\nAnswer.\n\n== Part\n\nMore.\n\n= Two\n\nEvidence.\n"
    assert first_section(body) == "Before.\n\n= One\n\nAnswer.\n\n== Part\n\nMore.\n\n"
    assert first_section("= One\n\nAnswer.\n") == "= One\n\nAnswer.\n"


def test_a_page_becomes_a_picture_of_its_proportions(tmp_path):
    shown = Image.open(io.BytesIO(picture(set_pages(tmp_path, 1))))
    assert shown.format == "PNG"
    assert shown.height / shown.width == pytest.approx(297 / 210, rel=0.01)


def test_an_answer_of_more_than_a_page_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"--one-page: the answer takes 2 pages, allowed is one"):
        picture(set_pages(tmp_path, 2))


def test_the_mail_holds_the_findings_of_the_first_section_alone_in_lines_of_a_mail():
    answer = "It costs a lot, and this sentence is so long that no mail would show it in a single line of its own."
    concluded = (
        Conclusion(id="the-answer-1", words="", sentence=answer),
        Conclusion(id="evidence-1", words="", sentence="Evidence."),
    )
    lines = mail(Front("A title", disclaimer="No advice."), concluded).decode().splitlines()
    assert lines[0] == "A title"
    assert " ".join(lines).replace("  ", " ").count(answer) == 1
    assert "Evidence." not in lines
    assert lines[-1] == "No advice."
    assert max(map(len, lines)) <= 76
