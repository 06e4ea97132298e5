from analysis.exhibits.statements import say, table
from analysis.library.values import counted
from analysis.machinery.press.inline import notebook_of
from analysis.machinery.press.numbers import register
from analysis.machinery.press.shown import shown
from tests.support.report_notebook import notebook


def value(number, what="things"):
    return counted(number, what)


def places(*things):
    return shown(notebook_of("", things))


def test_a_number_of_a_table_stands_at_its_row_and_column():
    one = table(
        "t", "Of {n}.", ["Row", "Before", "After"], [["a", value(1), "–"], ["b", value(2), value(3)]], n=value(9)
    )
    assert places(one) == {
        "table t: caption": value(9).id,
        "table t: a, Before": value(1).id,
        "table t: b, Before": value(2).id,
        "table t: b, After": value(3).id,
    }


def test_rows_of_one_name_and_numbers_of_one_paragraph_are_counted():
    rows = table("t", "Rows.", ["Row", "N"], [["a", value(1)], ["a", value(2)]])
    assert list(places(rows)) == ["table t: a, N", "table t: a, N (2)"]
    texts = [say("{a} and {b}", a=value(1), b=value(2)), say("Nothing."), say("{c}", c=value(3))]
    assert list(places(*texts)) == [", paragraph 1", ", paragraph 1 (2)", ", paragraph 2"]


def test_places_are_the_same_when_the_numbers_move():
    def of(numbers):
        return places(
            say("{n} are left.", n=value(numbers[0])), table("t", "Rows.", ["Row", "N"], [["a", value(numbers[1])]])
        )

    assert list(of((1, 2))) == list(of((3, 4)))
    assert list(of((1, 2)).values()) != list(of((3, 4)).values())


def test_every_number_that_the_register_calls_shown_has_a_place():
    made = notebook()
    entries = register(made)
    assert set(shown(made).values()) == {one.id for one in entries.values() if one.shown}
    assert any(place.startswith("figure frontier, caption") for place in shown(made))
    assert "The answer, paragraph 1" in shown(made)
