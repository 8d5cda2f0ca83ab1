"""The log of a map in sentences."""

from collections.abc import Sequence

from api.context import store, viewer
from api.pages.words import count
from powermap.changes import Entry, Op
from powermap.errors import DeletedRecord, UnknownRecord
from powermap.model import PowerMap, Record
from powermap.usecases.listing import shown_name
from powermap.vocabulary import RecordKind

KIND_WORDS = {
    RecordKind.MAP: "the map's own description",
    RecordKind.ORGANISATION: "the organisation",
    RecordKind.LEADER: "the person",
    RecordKind.ACCOUNTABILITY: "the accountability",
    RecordKind.RELATIONSHIP: "the tie",
    RecordKind.ASSESSMENT: "the assessment of",
}
DONE = {
    Op.CREATE: "Added",
    Op.UPDATE: "Changed",
    Op.DELETE: "Deleted",
    Op.RESTORE: "Restored",
}


def told(entries: Sequence[Entry], whole: PowerMap) -> str:
    """What one revision did: its first change in words, and how many came with it."""
    first = next((entry for entry in entries if entry.cause is None), entries[0])
    sentence = f"{DONE[first.op]} {KIND_WORDS[first.kind]}"
    if first.kind is not RecordKind.MAP:
        sentence += f" {entry_name(first, whole)}"
    others = len(entries) - 1
    return sentence + (f", and {count(others, 'other record')}." if others else ".")


def entry_name(entry: Entry, whole: PowerMap) -> str:
    """The name of the record an entry is about, also of one that has gone."""
    record = entry.record or _last_written(entry, whole.header.id)
    return shown_name(whole, record) if record else "that has gone"


def _last_written(entry: Entry, map_id: str) -> Record | None:
    try:
        history = store().history(map_id, viewer(), entry.id)
    except (UnknownRecord, DeletedRecord):
        return None
    return next((each.record for each in reversed(history) if each.record is not None), None)
