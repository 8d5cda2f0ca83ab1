"""Files in and out of a store."""

import os
import tempfile
from datetime import date
from pathlib import Path

from api.importing import Imported, UnreadableFile, import_content, request_of
from powermap.access import Viewer
from powermap.changes import Outcome, Undo
from powermap.ports import MapStore
from powermap.schema import new_id


def import_file(
    store: MapStore,
    viewer: Viewer,
    path: Path,
    *,
    into: str | None,
    format_name: str | None,
    as_at: date | None,
    dry_run: bool,
) -> Imported:
    """Bring a file onto a map, all or nothing."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from None
    return import_content(
        store,
        viewer,
        str(path),
        content,
        into=into,
        format_name=format_name,
        as_at=as_at,
        dry_run=dry_run,
    )


def undo(store: MapStore, viewer: Viewer, map_id: str, revision: int, *, dry_run: bool) -> Outcome:
    """Reverse one revision of a map."""
    request = request_of("undo", map_id, str(revision), new_id())
    return store.apply(map_id, viewer, [Undo(revision)], request=request, dry_run=dry_run)


def write_whole(target: Path, content: str | bytes) -> None:
    """Write a file so that it is either the old one or the new one, never half of it."""
    written = content.encode() if isinstance(content, str) else content
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except OSError as error:
        raise UnreadableFile(f"{target} cannot be written: {error.strerror}.") from None
