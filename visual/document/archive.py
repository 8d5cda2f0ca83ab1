"""A document's archive written so that the same content gives the same bytes."""

import io
import zipfile

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest a ZIP archive can hold: the document says itself when it was made."""
_FIRST = "[Content_Types].xml"


def with_fixed_times(archive: bytes) -> bytes:
    """The same parts in a fixed order, without the times at which they were written."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as given,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in sorted(given.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            kept.writestr(entry, given.read(name))
    return written.getvalue()
