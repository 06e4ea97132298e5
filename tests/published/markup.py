"""HTML as a record holds it: a line for each part of a page, without what no reader sees."""

import re

NUMBER = re.compile(r'<span class="number ?([^"]*)" data-number="[^"]*">([^<]*)</span>')
IDENTIFIER = re.compile(r"(\bn|sha256-)(?:[0-9a-f]{8,10}\b|[\w+/]{43}=)")  # a hash of what a record tells elsewhere
PICTURE = re.compile(r' src="data:[^"]*"')
BODY = re.compile(r"(<(script|style|svg)\b[^>]*>).*?(?=</\2>)", re.DOTALL)
BLOCKS = (
    "p|h[1-6]|[uod]l|li|d[dt]|table|caption|thead|tbody|tr|th|td|fig\\w+|section|div|nav|main|header|footer|aside"
)
INPUTS = "label|input|select|option|button|fieldset|legend|output|details|summary|meta|link|script|style|a|body|title"
BLOCK = re.compile(rf"(?<=.)(?=<(?:{BLOCKS}|{INPUTS})\b)")


def lines(fragment: str) -> list[str]:
    """Return HTML with a line for each paragraph, cell and the like."""
    text = BLOCK.sub("\n", PICTURE.sub("", brief(BODY.sub(r"\1", fragment))))
    return [line.strip() for line in text.split("\n") if line.strip()]


def brief(fragment: str) -> str:
    """Return HTML with its numbers in braces, each with its cautions."""
    text = NUMBER.sub(lambda match: "{" + " ".join(filter(None, (match[2], match[1]))) + "}", fragment)
    return IDENTIFIER.sub(r"\1", text)
