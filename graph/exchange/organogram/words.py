"""How cells are read and quoted: what is taken for the same words, what says nothing."""

import re
import unicodedata

_NOTHING = {
    *("", "nd", "na", "none", "nil", "tbc", "tba", "unknown"),
    *("notdisclosed", "undisclosed", "nondisclosed", "withheld", "redacted"),
}
_CONTROLS = "[\x00-\x1f\x7f-\x9f\ud800-\udfff]"
_LOST = "[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]"
"""Control characters but for tabs and line ends, and the sign for a character not understood."""


def one_line(text: str) -> str:
    """Text in normal form on one line; what cannot be shown is a space."""
    return " ".join(re.sub(_CONTROLS, " ", unicodedata.normalize("NFC", text)).split())


def has_lost_characters(text: str) -> bool:
    return re.search(_LOST, text) is not None


def words(text: str) -> list[str]:
    """The words of a text without case, marks and characters that cannot be seen."""
    seen = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return re.findall(r"[^\W_]+", "".join(seen).casefold())


def letters(text: str) -> str:
    return "".join(words(text))


def says_something(text: str) -> bool:
    return letters(text) not in _NOTHING


def without_stray_quotes(text: str) -> str:
    """Text without the quotes that spreadsheets leave around it, or at one end of it."""
    for quote in "'\"":
        # Unlike an apostrophe, a quote does not stand between two letters.
        quotes = re.findall(rf"(?<!\w){quote}|{quote}(?!\w)", text)
        if len(quotes) == 1 or text.startswith(quote) and text.endswith(quote):
            text = text.strip(quote)
    return text.strip()


def shown(text: str) -> str:
    """A cell as a message quotes it."""
    return repr(text if len(text) <= 60 else text[:59] + "…") if text else "An empty cell"
