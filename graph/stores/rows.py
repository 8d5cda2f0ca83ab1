"""Records and log entries as the JSON text that both stores keep, and what is common on the way."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from powermap.access import Role, Scope, Viewer
from powermap.changes import Entry, Op
from powermap.errors import UnknownRevision
from powermap.model import CLASSES, MapHeader, PowerMap, Record, kind_of
from powermap.shape import plain, rebuilt, stamped
from powermap.vocabulary import RecordKind, Sensitivity

SCHEMA = 3
"""The version of the stored layout; an older one is brought up to it, a newer one refused."""


def text_of(record: Record) -> str:
    return json.dumps(plain(record), ensure_ascii=False, separators=(",", ":"))


def record_of(kind: str, text: str) -> Record:
    return rebuilt(CLASSES[RecordKind(kind)], json.loads(text))


def entry_of(row: Any) -> Entry:
    """An entry from a row (or mapping) with the log's column names."""
    return Entry(
        revision=row["revision"],
        ordinal=row["ordinal"],
        id=row["id"],
        version=row["version"],
        kind=RecordKind(row["kind"]),
        op=Op(row["op"]),
        at=datetime.fromisoformat(row["at"]),
        actor=row["actor"],
        request=row["request"],
        cause=row["cause"],
        sensitivity=Sensitivity(row["sensitivity"]),
        author=row["author"],
        record=None if row["data"] is None else record_of(row["kind"], row["data"]),
    )


def row_of(map_id: str, entry: Entry) -> dict[str, Any]:
    """The log's columns for an entry."""
    return {
        "map_id": map_id,
        "revision": entry.revision,
        "ordinal": entry.ordinal,
        "id": entry.id,
        "version": entry.version,
        "kind": entry.kind.value,
        "op": entry.op.value,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "request": entry.request,
        "cause": entry.cause,
        "sensitivity": entry.sensitivity.value,
        "author": entry.author,
        "data": None if entry.record is None else text_of(entry.record),
    }


def final_states(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The last entry of each record, in the order the records were first touched."""
    final: dict[str, Entry] = {}
    for entry in entries:
        final[entry.id] = entry
    return final


def slice_of(scope: Scope, name: str = "") -> str:
    """A key for all viewers who see the same part of a map, and for what of theirs has a name."""
    levels = "+".join(sorted(level.value for level in scope.levels))
    return (f"{name}:" if name else "") + f"{levels}|{scope.author or ''}"


def counts_withheld(viewer: Viewer) -> bool:
    """The owner is told how many private records of others there are; nobody else is."""
    return viewer.role is Role.OWNER


def present(
    revision: int,
    changed_at: str,
    records: Sequence[Record],
    withheld: int | None,
    levels: Sequence[str] = (),
) -> PowerMap:
    """The map from its rows; a record that names something unseen is left out with it.

    Of a past map, `levels` say how sensitive each record came to be.
    """
    latest = {one.id: Sensitivity(level) for one, level in zip(records, levels, strict=False)}
    found = {record.id: record for record in sorted(records, key=lambda record: record.id)}
    while dangling := [
        record.id
        for record in found.values()
        if any(reference.id not in found for reference in record.references())
    ]:
        for record_id in dangling:
            del found[record_id]
    header = next((r for r in found.values() if kind_of(r) is RecordKind.MAP), None)
    if not isinstance(header, MapHeader):
        raise UnknownRevision(revision)
    del found[header.id]
    return PowerMap(
        header=header,
        revision=revision,
        changed_at=datetime.fromisoformat(changed_at),
        records=found,
        withheld=withheld,
        latest=latest,
    )


def visible(entries: Iterable[Entry], scope: Scope) -> tuple[Entry, ...]:
    return _numbered(entry for entry in entries if scope.admits(entry.sensitivity, entry.author))


def names_in(entries: Iterable[Entry]) -> set[str]:
    """The ids that entries tell: of what the records name, and of what brought them about."""
    told = {r.id for entry in entries if entry.record for r in entry.record.references()}
    return told | {entry.cause for entry in entries if entry.cause}


def shown(entries: Iterable[Entry], last: Mapping[str, Entry], scope: Scope) -> tuple[Entry, ...]:
    """Without the versions that tell of a record whose latest version the viewer may not see."""
    hidden = {id for id, entry in last.items() if not scope.admits(entry.sensitivity, entry.author)}
    return _numbered(entry for entry in entries if not names_in([entry]) & hidden)


def whole_revisions(
    page: Callable[[int, int], Sequence[Entry]],
    show: Callable[[Sequence[Entry]], Sequence[Entry]],
    after: int,
    limit: int,
) -> tuple[Entry, ...]:
    """What may be shown of `limit` revisions, reading on where a page has less than that."""
    found: list[Entry] = []
    while limit > 0 and (entries := page(after, limit)):
        after = entries[-1].revision
        kept = show(entries)
        found += kept
        limit -= len({entry.revision for entry in kept})
    return tuple(found)


def _numbered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """With ordinals that leave no gap where something is not shown."""
    counts: Counter[int] = Counter()
    numbered = []
    for entry in entries:
        numbered.append(stamped(entry, ordinal=counts[entry.revision]))
        counts[entry.revision] += 1
    return tuple(numbered)


def positions_of(text: str, visible_ids: Collection[str]) -> dict[str, tuple[float, float]]:
    """Where the visible records stand: one that was hidden since leaves no trace."""
    return {id: (x, y) for id, (x, y) in json.loads(text).items() if id in visible_ids}


def text_of_positions(positions: Mapping[str, tuple[float, float]]) -> str:
    return json.dumps({id: [x, y] for id, (x, y) in positions.items()})
