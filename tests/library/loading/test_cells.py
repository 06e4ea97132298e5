"""A CSV file is read whole, a row a line, or refused with the line on which it is not."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.library.loading.cells import line, read_cells

COLUMNS = ("hardware", "value", "note")
WHOLE = 'hardware,value,note\nh200,1.41,"as quoted, all-in"\ngb300,2.652,\n'


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "prices.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refusal(path):
    with pytest.raises(InputError) as refused:
        read_cells(path, COLUMNS)
    message = str(refused.value)
    assert message.startswith(str(path))
    return message.removeprefix(str(path))


def test_cells_are_text_exactly_as_they_stand(file):
    table = read_cells(file(WHOLE), COLUMNS)
    assert table.to_dict("list") == {
        "hardware": ["h200", "gb300"],
        "value": ["1.41", "2.652"],
        "note": ["as quoted, all-in", ""],
    }


@pytest.mark.parametrize("cell", ["NA", "nan", "null", "None", " 1", "1.410", "007", "TRUE", "-", "≈ 3"])
def test_no_cell_is_taken_for_something_else(file, cell):
    assert read_cells(file(f"hardware,value,note\nh200,{cell},x\n"), COLUMNS)["value"][0] == cell


def test_columns_may_stand_in_any_order(file):
    assert read_cells(file("note,hardware,value\na,b,c\n"), COLUMNS).loc[0, "hardware"] == "b"


@pytest.mark.parametrize(
    "written",
    [
        WHOLE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + WHOLE.encode(),
        WHOLE.rstrip("\n").encode(),
        WHOLE.encode() + b"\n\n",
        WHOLE.replace("\n", "\r\n").encode() + b"\r\n",
    ],
)
def test_a_file_that_a_spreadsheet_wrote_is_the_same_file(file, written):
    assert read_cells(file(written), COLUMNS).equals(read_cells(file(WHOLE), COLUMNS))


DAMAGES = [
    ("", ": found nothing in the file"),
    ("\n \n", ": found nothing in the file"),
    ("hardware,value,note\n", ": found no rows below the head"),
    ("hardware;value;note\nh200;1.41;x\n", ", line 1: found columns apart by ';'; allowed is ','"),
    ("hardware\tvalue\tnote\nh200\t1.41\tx\n", ", line 1: found columns apart by '\\t'; allowed is ','"),
    (WHOLE[:35], ", line 2: not readable as CSV: unexpected end of data"),
    (WHOLE.replace(",\n", "\n"), ", line 3: found 2 cells, allowed are 3, as in the head"),
    (WHOLE.replace("1.41", "1,41"), ", line 2: found 4 cells, allowed are 3, as in the head"),
    (WHOLE.replace("\ngb300", "\n\ngb300"), ", line 3: found 0 cells, allowed are 3, as in the head"),
    (WHOLE.replace("quoted, ", "quoted\n"), ", line 2: found a line break in a cell, allowed is a row a line"),
    (WHOLE.replace('all-in"', 'all-in" x'), ", line 2: not readable as CSV: ',' expected after '\"'"),
    (WHOLE.replace("gb300", "gb\x00300"), ", line 3: found the control character '\\x00', allowed is text"),
    (WHOLE.replace("gb300", "\x1b[1m"), ", line 3: found the control character '\\x1b', allowed is text"),
    (WHOLE.replace("value", "valu"), ", line 1: unknown column 'valu'; did you mean 'value'?"),
    (WHOLE.replace("value", "hardware"), ", line 1: column 'hardware' stands twice"),
    (WHOLE.replace("value", ""), ", line 1: unknown column ''; allowed: hardware, note, value"),
    ("hardware,note\nh200,x\n", ", line 1: missing column value"),
    ("note\nx\n", ", line 1: missing column hardware, value"),
    (WHOLE.replace("gb300", "gb300é").encode("latin-1"), ", line 3: not UTF-8 text (invalid continuation byte)"),
    (WHOLE.encode("utf-16"), ", line 1: not UTF-8 text (invalid start byte)"),
]


@pytest.mark.parametrize(("content", "said"), DAMAGES)
def test_a_file_that_is_not_whole_is_refused_with_its_line(file, content, said):
    assert refusal(file(content)).startswith(said)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert refusal(tmp_path / "price.csv") == ": no such file; the data folder must hold it"
    assert refusal(tmp_path).startswith(": not readable: ")


def test_the_first_row_stands_below_the_head():
    assert line(0) == 2


@given(end=st.integers(0, len(WHOLE) - 1))
def test_a_file_cut_off_before_the_last_cell_of_a_line_is_refused(tmp_path_factory, end):
    path = tmp_path_factory.getbasetemp() / "cut.csv"
    path.write_text(WHOLE[:end], newline="")
    rows = WHOLE[:end].rstrip("\n").split("\n")[1:]
    if rows and all(row.count(",") >= 2 and row.count('"') in (0, 2) for row in rows):
        assert len(read_cells(path, COLUMNS)) == len(rows)
    else:
        refusal(path)


rows = st.text('ab,"\n\r\0\x1b', max_size=40).map(lambda text: f"a,b\n{text}".encode())


@given(content=st.binary(max_size=120) | rows)
def test_no_content_leads_to_another_error(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    with suppress(InputError):
        assert len(read_cells(path, ("a", "b"))) > 0
