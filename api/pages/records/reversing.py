"""What a change would do, or did, in sentences: for confirming it and for the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.context import store, viewer
from api.pages.records.fields import paths_of
from api.pages.records.kinds import WORDS, act_address
from api.pages.records.past import Naming, last_written
from powermap.changes import Entry, Op
from powermap.errors import PowerMapError
from powermap.model import Accountability, Record
from powermap.vocabulary import HolderStatus, RecordKind

_DONE = {
    Op.CREATE: "added",
    Op.UPDATE: "changed",
    Op.DELETE: "deleted",
    Op.RESTORE: "brought back",
}
MOST_TOLD = 20


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One record, and what is done to it."""

    title: str
    kind: str
    done: str
    what: str
    """Which fields change, where some do."""
    address: str


@dataclass(frozen=True, kw_only=True)
class Happenings:
    """The first of them, and how many more there are."""

    first: tuple[Happening, ...]
    more: int


def happening(map_id: str, entries: Sequence[Entry]) -> Happenings:
    named = Naming(map_id)
    first = tuple(_one(map_id, entry, named) for entry in entries[:MOST_TOLD])
    return Happenings(first=first, more=max(0, len(entries) - MOST_TOLD))


def _one(map_id: str, entry: Entry, named: Naming) -> Happening:
    record = entry.record or _before(map_id, entry)
    changed, done = "", _DONE[entry.op]
    if entry.op is Op.UPDATE and entry.record and (before := _before(map_id, entry)):
        paths = paths_of(type(before))
        labels = [p.label for p in paths if p.value(before) != p.value(entry.record)]
        changed = ", ".join(labels)
        if _falls_vacant(before, entry.record):
            changed, done = "", "falls vacant"
    title = named.title(record) if record else "a record that has gone"
    return Happening(
        title="" if entry.kind is RecordKind.MAP else title,
        kind=WORDS[entry.kind].one,
        done=done,
        what=changed,
        address=act_address("history", map_id, entry.kind, entry.id),
    )


def _falls_vacant(before: Record, after: Record) -> bool:
    return (
        isinstance(before, Accountability)
        and isinstance(after, Accountability)
        and before.holder_status is HolderStatus.NAMED
        and after.holder_status is HolderStatus.VACANT
    )


def _before(map_id: str, entry: Entry) -> Record | None:
    """The record as it was before this entry."""
    try:
        entries = store().history(map_id, viewer(), entry.id)
    except PowerMapError:
        return None
    return last_written([each for each in entries if each.version < entry.version])
