"""Words of a scenario that are not what they seem are refused with file, name, what was found and what is allowed."""

import pytest

from analysis.scenario import read_scenario
from tests.hostile.refusals import refusal

QUOTE = "quotes: [{{provider: {}, platform: h200, price: 2}}]"
REFUSED = {
    # Words that look like others
    "a Cyrillic letter in a platform": (
        "baseline: h2\u043e0",
        "mean 'h200'? (found '\u043e', CYRILLIC SMALL LETTER O)",
    ),
    "a Cyrillic letter in a name": ("b\u0430seline: h200", "'baseline'? (found '\u0430', CYRILLIC SMALL LETTER A)"),
    "a Greek letter in a vintage": (
        "vintage: 2026-\u03bf4",
        "'2026-04'? (found '\u03bf', GREEK SMALL LETTER OMICRON)",
    ),
    "a wide letter in a platform": ("baseline: \uff4820 0", "baseline: found '\uff4820 0'; "),
    "a combining sign in a platform": ("baseline: h2\u030000", "(found '\u0300', COMBINING GRAVE ACCENT)"),
    "an unseen sign in a platform": (
        'baseline: "h2\\u200b00"',
        "did you mean 'h200'? (found '\\u200b', ZERO WIDTH SPACE)",
    ),
    "a blank behind a platform": ("baseline: 'h200 '", "found 'h200 '; did you mean 'h200'?"),
    "a blank behind a name": ("'baseline ': h200", "unknown parameter 'baseline '; did you mean 'baseline'?"),
    # Names that are code
    "the name of a class": ("__class__: x", "unknown parameter '__class__'"),
    "the name of a model's settings": ("model_config: {extra: allow}", "unknown parameter 'model_config'"),
    "the name of the folder": ("folder: /etc", "unknown parameter 'folder'"),
    "a name that is a call": ("os.system('id'): 1", "unknown parameter \"os.system('id')\""),
    "a name of a template": ("'{{ 7 * 7 }}': 1", "unknown parameter '{{ 7 * 7 }}'"),
    "a name of the shell": ("$(id): 1", "unknown parameter '$(id)'"),
    "a name that colors the terminal": ('"\\e[31m": 1', "unknown parameter '\\x1b[31m'"),
    "a name that turns the line around": ('"\\u202etitle": x', "'\\u202etitle'; did you mean 'title'?"),
    "a name without end": (f"? {'x' * 100_000}\n: 1", "unknown parameter 'xxxx"),
    "a number for a name": ("1e3: 1", "unknown parameter 1000.0"),
    "nothing for a name": ("~: 1", "unknown parameter None"),
    "a merge of what is not allowed": ("<<: {title: x}", "line 1: a merge ('<<') is not allowed"),
    # Files elsewhere
    "a logo above": ("logo: ../logo.svg", "logo: found '../logo.svg'; String should match pattern"),
    "a logo of the system": ("logo: /etc/passwd", "logo: found '/etc/passwd'; "),
    "a logo on a share": ("logo: '\\\\host\\logo.svg'", "logo: found "),
    "a logo in the web": ("logo: https://example.org/logo.svg", "logo: found "),
    "a hidden logo": ("logo: .logo.svg", "logo: found '.logo.svg'; "),
    "a logo of two names": ('logo: "logo.svg\\0.png"', "logo: found 'logo.svg\\x00.png'; "),
    "a logo of another kind": ("logo: logo.gif", "logo: found 'logo.gif'; "),
    "a snapshot of the system": ("snapshot: /etc/passwd", "snapshot: found '/etc/passwd'; "),
    "every snapshot": ("snapshot: '*'", "snapshot: found '*'; "),
    # Signs that nobody sees
    "a title turned around": ('title: "35\\u202ex53"', "found '35\\u202ex53'; the control character '\\u202e'"),
    "an isolated title": ('title: "\\u2066x\\u2069"', "the control character '\\u2066' is not allowed"),
    "a mark of direction": ('authors: ["A\\u200f"]', "authors[0]: found 'A\\u200f'; the control character '\\u200f'"),
    "a title with an unseen space": ('title: "a\\u200bb"', "the control character '\\u200b' is not allowed"),
    "a title with a soft hyphen": ('subtitle: "a\\xadb"', "the control character '\\xad' is not allowed"),
    "a title that colors the terminal": ('title: "\\x9b31m"', "the control character '\\x9b' is not allowed"),
    "a title of two lines": ('title: "a\\Nb"', "the control character '\\x85' is not allowed"),
    "a title of two paragraphs": ('title: "a\\Pb"', "the control character '\\u2029' is not allowed"),
    "a title with a null": ('title: "a\\0b"', "the control character '\\x00' is not allowed"),
    "a title with what is no character": ('title: "a\\uffffb"', "the control character '\\uffff' is not allowed"),
    "half a character": ('title: "\\ud800"', "title: found '\\ud800'; Input should be a valid string"),
    "a title in tags": ('title: "\\U000e0041"', "the control character '\\U000e0041' is not allowed"),
    # What a spreadsheet would compute
    "a provider that is a formula": (QUOTE.format("=cmd|x"), "a spreadsheet would compute it"),
    "a provider that is a sum": (QUOTE.format("+A1"), "quotes[0].provider: found '+A1'; "),
    "a provider that is a difference": (QUOTE.format("-A1"), "does not begin with = + - @"),
    "a provider that is a function": (QUOTE.format("'@SUM(A1)'"), "found '@SUM(A1)'; "),
    "terms that are a formula": (QUOTE.format("A, terms: '=1+A1'"), "quotes[0].terms: found"),
    "a formula in wide signs": (QUOTE.format("\uff1dA1"), "a spreadsheet would compute it"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_a_word_that_is_not_what_it_seems_is_refused_with_its_place(file, text, said):
    path = file("own.yaml", text)
    message = refusal(read_scenario, path)
    assert message.startswith(path)
    assert said in message
