"""Files in and out of a store: the sample maps, imports and exports."""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from graph.exchange.map_file import read_map_file
from graph.exchange.organogram import read_organogram
from powermap.access import Viewer
from powermap.changes import Change, Create, Outcome, Request, Undo
from powermap.errors import InvalidValue, PowerMapError, Problem
from powermap.model import PowerMap
from powermap.ports import MapStore
from powermap.schema import new_id
from powermap.usecases.importing import Incoming, RowProblem, plan_import
from powermap.vocabulary import RecordKind, Sensitivity

SAMPLES = Path(__file__).resolve().parents[2] / "fixtures"


class UnreadableFile(PowerMapError):
    """A file that cannot be read or written, or whose kind is not known."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did, or would do."""

    map_id: str
    title: str
    dry_run: bool
    revision: int | None
    """None when nothing was to be changed."""
    created: Mapping[RecordKind, int]
    updated: Mapping[RecordKind, int]
    unchanged: Mapping[RecordKind, int]
    problems: tuple[RowProblem, ...]
    notes: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        return {
            "map": self.map_id,
            "title": self.title,
            "dry_run": self.dry_run,
            "revision": self.revision,
            "created": {kind.plural: count for kind, count in self.created.items()},
            "updated": {kind.plural: count for kind, count in self.updated.items()},
            "unchanged": {kind.plural: count for kind, count in self.unchanged.items()},
            "problems": [
                {"row": p.row, "cell": p.cell, "message": p.message, "used": p.used}
                for p in self.problems
            ],
            "notes": list(self.notes),
        }


def load_samples(store: MapStore, viewer: Viewer) -> Iterator[tuple[str, bool]]:
    """Load each sample map whose title is not there yet; say which were loaded."""
    paths = sorted(SAMPLES.glob("*.json"))
    if not paths:
        raise UnreadableFile(f"The sample maps are not in {SAMPLES}.")
    there = {found.header.title for found in store.maps(viewer)}
    for path in paths:
        content = path.read_bytes()
        incoming = read_map_file(content)
        title = incoming.header.title if incoming.header else path.stem
        if title in there:
            yield title, False
            continue
        _import(store, viewer, incoming, content, into=None, dry_run=False)
        yield title, True


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
    kind = format_name or {".json": "map", ".csv": "organogram"}.get(path.suffix.lower())
    if kind is None:
        raise UnreadableFile(f"{path}: say what kind of file it is with --format.")
    if kind == "map":
        if into is not None:
            raise UnreadableFile("A map file makes a new map; leave out --into.")
        incoming = read_map_file(content)
    else:
        incoming = read_organogram(content, source=path.name, as_at=as_at)
    return _import(store, viewer, incoming, content, into=into, dry_run=dry_run)


def _import(
    store: MapStore,
    viewer: Viewer,
    incoming: Incoming,
    content: bytes,
    *,
    into: str | None,
    dry_run: bool,
) -> Imported:
    if into is None:
        into = _map_made_from(store, viewer, incoming)
    if into is None:
        return _import_as_new(store, viewer, incoming, content, dry_run=dry_run)
    current = store.read(into, viewer)
    plan = plan_import(current, incoming)
    revision = None
    if plan.changes:
        request = _request("import", into, str(current.revision), content)
        revision = store.apply(
            into, viewer, plan.changes, request=request, dry_run=dry_run
        ).revision
    return Imported(
        map_id=into,
        title=current.header.title,
        dry_run=dry_run,
        revision=revision,
        created=plan.created,
        updated=plan.updated,
        unchanged=plan.unchanged,
        problems=incoming.problems,
        notes=plan.notes,
    )


def _import_as_new(
    store: MapStore, viewer: Viewer, incoming: Incoming, content: bytes, *, dry_run: bool
) -> Imported:
    header = incoming.header
    if header is None:
        raise InvalidValue(
            Problem((), "the file does not say which map it is; name one with --into")
        )
    header = replace(header, id=new_id())
    changes: list[Change] = [Create(header), *map(Create, incoming.records)]
    request = _request("import", header.id, "new", content)
    outcome = store.apply(header.id, viewer, changes, request=request, dry_run=dry_run)
    created: dict[RecordKind, int] = {}
    for entry in outcome.entries:
        if entry.kind is not RecordKind.MAP:
            created[entry.kind] = created.get(entry.kind, 0) + 1
    return Imported(
        map_id=header.id,
        title=header.title,
        dry_run=dry_run,
        revision=outcome.revision,
        created=created,
        updated={},
        unchanged={},
        problems=incoming.problems,
    )


def _map_made_from(store: MapStore, viewer: Viewer, incoming: Incoming) -> str | None:
    """The map that an earlier import of the same register made, known by its identifiers."""
    wanted = set(incoming.header.identifiers) if incoming.header else set()
    for found in store.maps(viewer):
        if wanted & set(found.header.identifiers):
            return found.header.id
    return None


def undo(store: MapStore, viewer: Viewer, map_id: str, revision: int, *, dry_run: bool) -> Outcome:
    """Reverse one revision of a map."""
    request = _request("undo", map_id, str(revision), new_id())
    return store.apply(map_id, viewer, [Undo(revision)], request=request, dry_run=dry_run)


def _request(*parts: Any) -> Request:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else f"{part}\n".encode())
    return Request(digest.hexdigest()[:40], digest.hexdigest())


def up_to(power_map: PowerMap, ceiling: Sensitivity) -> PowerMap:
    """The map without what is more sensitive; what names such a record is as sensitive itself."""
    kept = {r.id: r for r in power_map.records.values() if r.sensitivity.rank <= ceiling.rank}
    return replace(power_map, records=kept)


def write_whole(target: Path, text: str) -> None:
    """Write a file so that it is either the old one or the new one, never half of it."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except OSError as error:
        raise UnreadableFile(f"{target} cannot be written: {error.strerror}.") from None
