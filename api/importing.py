"""Bringing a file's content onto a map, for the command and the pages alike; the sample maps."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from graph.exchange.map_file import read_map_file
from graph.exchange.organogram import read_organogram
from powermap.access import Viewer
from powermap.changes import Change, Create, Request
from powermap.errors import InvalidValue, PowerMapError, Problem
from powermap.model import MapHeader
from powermap.ports import MapStore
from powermap.schema import new_id
from powermap.usecases.importing import Incoming, RowProblem, plan_import
from powermap.vocabulary import RecordKind

SAMPLES = Path(__file__).resolve().parents[1] / "fixtures"


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


@cache
def samples() -> Mapping[str, MapHeader]:
    """The headers of the sample maps, by the name of their file; none where they were left out."""
    paths = sorted(SAMPLES.glob("*.json"))
    headers = {path.stem: read_map_file(path.read_bytes()).header for path in paths}
    return {name: header for name, header in headers.items() if header is not None}


def load_sample(store: MapStore, viewer: Viewer, name: str) -> Imported:
    """Load one sample map, by the name of its file."""
    content = (SAMPLES / f"{name}.json").read_bytes()
    return _import(store, viewer, read_map_file(content), content, into=None, dry_run=False)


def load_samples(store: MapStore, viewer: Viewer) -> Iterator[tuple[str, bool]]:
    """Load each sample map whose title is not there yet; say which were loaded."""
    if not samples():
        raise UnreadableFile(f"The sample maps are not in {SAMPLES}.")
    there = {found.header.title for found in store.maps(viewer)}
    for name, header in samples().items():
        if header.title not in there:
            load_sample(store, viewer, name)
        yield header.title, header.title not in there


def import_content(
    store: MapStore,
    viewer: Viewer,
    name: str,
    content: bytes,
    *,
    into: str | None,
    format_name: str | None = None,
    as_at: date | None = None,
    dry_run: bool = False,
) -> Imported:
    """Bring a file of this name and content onto a map, all or nothing."""
    kind = format_name or {".json": "map", ".csv": "organogram"}.get(PurePath(name).suffix.lower())
    if kind is None:
        raise UnreadableFile(
            f"{name}: say what kind of file it is. A map file ends in .json and an organogram in "
            ".csv; the command takes --format."
        )
    if kind == "map":
        if into is not None:
            raise UnreadableFile("A map file makes a new map; it cannot be laid over another.")
        incoming = read_map_file(content)
    else:
        incoming = read_organogram(content, source=PurePath(name).name, as_at=as_at)
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
        request = request_of("import", into, str(current.revision), content)
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
    request = request_of("import", header.id, "new", content)
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


def request_of(*parts: Any) -> Request:
    """A request known by these parts: the same again is the same request."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else f"{part}\n".encode())
    return Request(digest.hexdigest()[:40], digest.hexdigest())
