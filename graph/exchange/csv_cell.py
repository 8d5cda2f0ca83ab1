"""Cells that a spreadsheet shows as they are: no text in them is ever taken for a formula."""

_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")


def text_cell(text: str) -> str:
    """A text so that Excel, LibreOffice and others show it and do not run it.

    What begins like a formula gets an apostrophe before it (OWASP ASVS 5.0, 1.2.10); numbers are
    not texts and stay as they are.
    """
    return f"'{text}" if text.startswith(_BEGIN_FORMULAS) else text
