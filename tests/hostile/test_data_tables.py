"""A table of data that is not what it was is refused with file, line, what was found and what is allowed."""

import os

import pytest

from analysis.library.loading.schemas import TABLES
from analysis.library.loading.tables import read_table
from analysis.library.sources import FILES, load
from tests.hostile.refusals import refusal

# Table, what is replaced in it (once), by what, and what the message says.
CELLS = {
    "a Cyrillic letter in a word": ("hardware", "fp8_dense", "fp8_d\u0435nse", "(found '\u0435', CYRILLIC SMALL LET"),
    "wide digits": ("hardware", "1.979", "\uff11.979", "line 2, value: found '\uff11.979', allowed is a number"),
    "Arabic digits": ("hardware", "1.979", "\u0661.\u0669", "line 2, value: found '\u0661.\u0669', allowed is a num"),
    "a blank before a number": ("hardware", "1.979", " 1.979", "line 2, value: found ' 1.979', allowed is a number"),
    "a tab before a number": ("hardware", "1.979", "\t1.979", "line 2, value: found '\\t1.979', allowed is a number"),
    "a unit behind a number": ("hardware", "1.979", "1.979 PFLOP/s", "line 2, value: found '1.979 PFLOP/s', allowed"),
    "a sign of dollars": ("assumptions", "1.41", "$1.41", "line 7, value: found '$1.41', allowed is a number"),
    "a comma for the point": ("assumptions", "1.41", '"1,41"', "line 7, value: found '1,41', allowed is a number"),
    "the smallest number": ("hardware", "1.979", "5e-324", "found 5e-324; allowed is a number above 0, at most 1,00"),
    "less than a number can be": ("hardware", "1.979", "1e-400", "line 2, value: found 0.0; allowed is a number abo"),
    "more than a number can be": ("hardware", "1.979", "1e400", "line 2, value: found inf; allowed is a number abov"),
    "negative zero": ("hardware", "1.979", "-0.0", "line 2, value: found -0.0; allowed is a number above 0"),
    "a number in the power of two": ("hardware", "1.979", "0x1p3", "line 2, value: found '0x1p3', allowed is a numb"),
    "an integer of 400 digits": ("platforms", ",72,", f",{'9' * 400},", "line 6, gpus_per_system: found '9999"),
    "half a GPU": ("platforms", ",72,", ",0.5,", "line 6, gpus_per_system: found '0.5', allowed is a whole number"),
    "watts for kilowatts": ("assumptions", "1.73", "1730000", "value: found 1730000.0; allowed is a number above 0,"),
    "the unit of watts": ("assumptions", ",kW,", ",W,", "unit 'W'; did you mean 'provisioned_power in kW'?"),
    "cents for dollars": ("market_prices", "USD/GPU/h", "cent/GPU/h", "line 2, unit: found 'cent/GPU/h'; did you me"),
    "a day in one digit": ("hardware", "2024-11-01", "2024-11-1", "line 2, as_of: found '2024-11-1', allowed is a d"),
    "a day as one word": ("hardware", "2024-11-01", "20241101", "line 2, as_of: found '20241101', allowed is a day"),
    "a day in wide digits": ("hardware", "2024-11-01", "\uff12024-11-01", "line 2, as_of: found '\uff12024-11-01',"),
    "a day to come": ("hardware", "2024-11-01", "2040-01-02", "allowed is a day from 2020-01-01 to 2040-01-01"),
    "a month that there is not": ("assumptions", "2026-04,", "2026-13,", "line 2, vintage: found '2026-13'; allowed"),
    "a month in Arabic digits": ("assumptions", "2026-04,", "\u0662\u0660\u0662\u0666-04,", "line 2, vintage: found"),
    "an address that is a script": ("sources", "https://", "javascript:alert(1)//", "line 2, url: found 'javascript"),
    "an address of data": ("sources", "https://", "data:text/html;//", "allowed is an address of the web, https://"),
    "an address of a file": ("sources", "https://", "file:///etc/passwd?", "line 2, url: found 'file:///etc/passwd?"),
    "an address with markup": ("sources", "https://", "https://<b>", "line 2, url: found 'https://<b>"),
    "a name that is a formula": ("platforms", "HGX H100", "=cmd|' /C calc'!A0", "line 2, name: found \"=cmd|' /C"),
    "a note that is a function": ("hardware", "per GPU\n", "@SUM(A1)\n", "line 2, note: found '@SUM(A1)'; allowed i"),
    "a note that is a sum": ("hardware", "per GPU\n", "+A1\n", "that does not begin with = + - @"),
    "a note that is a formula in wide signs": ("hardware", "per GPU\n", "\uff1dA1\n", "line 2, note: found '\uff1dA"),
    "a tab in a note": ("hardware", "per GPU\n", "a\tb\n", "line 2, note: found 'a\\tb'; allowed is text without co"),
    "a name that colors the terminal": ("platforms", "HGX H100", "\x9b31m", "line 2: found the control character '"),
    "a name turned around": ("platforms", "HGX H100", "\u202e001H", "line 2: found the control character '\\u202e'"),
    "a name with an unseen sign": ("platforms", "HGX H100", "HGX\u200bH100", "line 2: found the control character '"),
    "a line within a line": ("hardware", "per GPU\n", "a\u2028b\n", "line 2: found the control character '\\u2028'"),
    "a return within a line": ("hardware", "per GPU\n", "a\rb\n", "line 2: found the control character '\\r'"),
    "a null": ("hardware", "per GPU\n", "a\0b\n", "line 2: found the control character '\\x00'"),
    "columns that changed places": ("hardware", "h200,fp8_dense", "fp8_dense,h200", "line 2, parameter: found 'h200"),
    "a cell too many": ("hardware", "per GPU\n", "per GPU,x\n", "line 2: found 9 cells, allowed are 8, as in the he"),
    "a column too many": ("hardware", ",note\n", ",note,more\n", "line 1: unknown column 'more'; did you mean"),
    "a column of another name": ("hardware", ",unit,", ",Unit,", "line 1: unknown column 'Unit'; did you mean 'unit"),
    "a column that looks like another": ("hardware", ",unit,", ",\u03c5nit,", "line 1: unknown column '\u03c5nit';"),
    "a column twice": ("hardware", ",unit,", ",value,", "line 1: column 'value' stands twice"),
    "semicolons": ("hardware", ",parameter,", ";parameter;", "line 1: unknown column 'hardware;parameter;value'"),
    "an open quotation": ("hardware", "per GPU\n", '"per GPU\n', "not readable as CSV: "),
    "a source that is none": ("hardware", "nvidia-h200-spec", "", "line 2: found status 'quoted', source ''; allowe"),
}
WHOLE = {
    "nothing": (lambda content: b"", "found nothing in the file"),
    "blanks": (lambda content: b"\n\n\n", "found nothing in the file"),
    "the head alone": (lambda content: content.partition(b"\n")[0] + b"\n", "found no rows below the head"),
    "the first half": (lambda content: content[: len(content) // 2], "line "),
    "all but the last cell": (lambda content: content.rpartition(b",")[0], "cells, allowed are"),
    "semicolons": (lambda content: content.replace(b",", b";"), "line 1: found columns apart by ';'; allowed is ','"),
    "UTF-16": (lambda content: content.decode().encode("utf-16"), "line 1: not UTF-8 text (invalid start byte)"),
    "Latin-1": (lambda content: content.replace(b"per GPU", b"\xe9", 1), "line 2: not UTF-8 text (invalid continuat"),
    "old line ends": (lambda content: content.replace(b"\n", b"\r"), "line 1: found the control character '\\r'"),
    "a packed file": (lambda content: b"\x1f\x8b\x08\0" + content, "line 1: not UTF-8 text (invalid start byte)"),
    "a workbook": (lambda content: b"PK\x03\x04" + content, "line 1: found the control character '\\x03'"),
    "every row twice": (lambda content: content + content.partition(b"\n")[2], "the key (hardware, parameter) stand"),
    "two heads": (lambda content: content.partition(b"\n")[0] + b"\n" + content, "line 2, value: found 'value', all"),
}


def refused(path, name):
    message = refusal(read_table, path, TABLES[name])
    assert message.startswith(str(path))
    return message.removeprefix(str(path))


@pytest.fixture
def table(data):
    return lambda name: data / FILES[name]


@pytest.mark.parametrize(("name", "old", "new", "said"), CELLS.values(), ids=CELLS)
def test_a_cell_that_is_not_what_it_was_is_refused_with_its_line(table, name, old, new, said):
    path = table(name)
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())
    assert said in refused(path, name)


@pytest.mark.parametrize(("damage", "said"), WHOLE.values(), ids=WHOLE)
def test_a_table_that_is_not_whole_is_refused(table, damage, said):
    path = table("hardware")
    path.write_bytes(damage(path.read_bytes()))
    assert said in refused(path, "hardware")


def test_what_is_no_file_is_no_table(table):
    path = table("hardware")
    path.unlink()
    assert refused(path, "hardware") == ": no such file; the data folder must hold it"
    path.symlink_to(path)
    assert refused(path, "hardware") == ": not readable: Too many levels of symbolic links"
    path.unlink()
    os.mkfifo(path)
    assert refused(path, "hardware") == ": not readable: found a folder or a device, allowed is a file"
    path.unlink()
    path.touch()
    os.truncate(path, 10**10)
    assert refused(path, "hardware") == ": 10,000,000,000 bytes, allowed are 100,000,000"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_closed_file_is_named(table):
    path = table("hardware")
    path.chmod(0)
    assert refused(path, "hardware") == ": not readable: Permission denied"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("hardware", "\nh200,", "\nh2\u043e0,", "line 2: unknown hardware 'h2\u043e0'; did you mean 'h200'? (found"),
        ("market_prices", ",price-lists-2026,", ",nobody,", "line 2: unknown source 'nobody'; allowed: "),
    ],
)
def test_a_row_about_what_nobody_knows_is_refused(data, table, name, old, new, said):
    path = table(name)
    path.write_text(path.read_text().replace(old, new, 1))
    assert refusal(load(data).demand_whole).startswith(f"{path}, {said}")
