"""What a file is called that somebody saves."""

import re
import unicodedata


def file_name(title: str, otherwise: str = "figure") -> str:
    """A title as the plain beginning of a file's name; one without plain letters has another."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or otherwise
