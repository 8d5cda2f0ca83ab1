"""Text as a document can hold it, with nothing in it that could act."""

import re

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML refuses, and control characters that it allows."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What would turn the reading direction of the text that follows. Names in Arabic or Hebrew
turn by themselves and need none of it."""


def plain_text(text: str) -> str:
    """The text on lines of its own, without control characters."""
    return _TURNING.sub("", _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(plain_text(text).split())
