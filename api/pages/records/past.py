"""What was done to records: who and when, what records that have gone were called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from api.context import power_map, store, viewer
from api.pages.records.references import title_of
from api.pages.words import day
from powermap.changes import Entry
from powermap.errors import PowerMapError, UnknownRecord
from powermap.model import Record
from powermap.vocabulary import RecordKind


def history_of(map_id: str, kind: RecordKind, record_id: str) -> tuple[Entry, ...]:
    """All that was done to a record of this kind, oldest first, or `UnknownRecord`."""
    entries = store().history(map_id, viewer(), record_id)
    if not entries or entries[-1].kind is not kind:
        raise UnknownRecord(record_id)
    return entries


def last_written(entries: Sequence[Entry]) -> Record | None:
    """The record as it was last, before it was deleted if it was."""
    return next((entry.record for entry in reversed(entries) if entry.record), None)


def at_version(entries: Sequence[Entry], version: int) -> Record | None:
    """The record as one version said, where the log still shows it."""
    return next((e.record for e in entries if e.version == version and e.record), None)


def moment(at: datetime) -> str:
    """22 November 2026, 14:05 (the hour is UTC)."""
    at = at.astimezone(UTC)
    return f"{day(at.date())}, {at:%H:%M} UTC"


@dataclass(frozen=True)
class Naming:
    """What records are called on a map, also those that have gone from it."""

    map_id: str

    def __call__(self, record_id: str) -> str:
        record = power_map(self.map_id).records.get(record_id) or self._gone(record_id)
        return self.title(record) if record else "a record that has gone"

    def title(self, record: Record) -> str:
        return title_of(power_map(self.map_id), record, self)

    def _gone(self, record_id: str) -> Record | None:
        try:
            return last_written(store().history(self.map_id, viewer(), record_id))
        except PowerMapError:
            return None
