"""The map as it stands after the changes made so far, and the log entries they take."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol

from powermap.access import Act, Viewer, permit
from powermap.changes import Entry, Op
from powermap.errors import UnknownRecord
from powermap.model import Record, kind_of
from powermap.shape import stamped
from powermap.vocabulary import RecordKind


class Ledger(Protocol):
    """One map's live records and log, inside a transaction that holds the map's write lock."""

    def live(self, ids: Collection[str]) -> dict[str, Record]:
        """Those of the records that are on the map now."""

    def naming(self, ids: Collection[str]) -> list[Record]:
        """The live records that name any of these."""

    def everything(self) -> list[Record]:
        """All live records, the header included."""

    def last(self, ids: Collection[str]) -> dict[str, Entry]:
        """The latest entry of each record that was ever on the map."""

    def versions(self, wanted: Collection[tuple[str, int]]) -> dict[str, Entry]:
        """The entries that made these versions of records, by record; one version of each."""

    def entries(self, revision: int) -> list[Entry]:
        """All that one revision did, in order."""


class Draft:
    """One request at work on one map: what it has read, and what it would write.

    Every question is answered as if the changes made so far were stored already.
    """

    def __init__(
        self,
        ledger: Ledger,
        map_id: str,
        viewer: Viewer,
        *,
        revision: int,
        at: datetime,
        request: str,
    ) -> None:
        self._ledger, self.map_id, self.viewer = ledger, map_id, viewer
        self.revision, self._at, self._request = revision, at, request
        self.reads = permit(viewer, Act.READ)
        self.writes = permit(viewer, Act.WRITE)
        self.position = 0
        self.entries: list[Entry] = []
        self.touched: dict[str, int] = {}
        """The position of the last change that wrote each record, in the order of writing."""
        self.used_ids: set[str] = set()
        self.brought_back: set[str] = set()
        """Records that a restore or undo wrote: what is wrong with them is no invalid value."""
        self._state: dict[str, Record | None] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._stored_names: dict[str, list[Record]] = {}

    # -- live records ---------------------------------------------------------------------------

    def load(self, ids: Collection[str]) -> None:
        """Read these at once, where `find` would read them one by one."""
        missing = [id for id in ids if id not in self._state]
        if missing:
            self._state.update(dict.fromkeys(missing))
            self._state.update(self._ledger.live(missing))

    def find(self, record_id: str) -> Record | None:
        self.load([record_id])
        return self._state[record_id]

    def sees(self, record: Record) -> bool:
        return self.reads.admits(record.sensitivity, record.author)

    def seen(self, record_id: str, kind: RecordKind) -> Record:
        """The live record of that kind, or `UnknownRecord` when the viewer may not know of it."""
        record = self.find(record_id)
        if record is None or kind_of(record) is not kind or not self.sees(record):
            raise UnknownRecord(record_id)
        return record

    def load_naming(self, ids: Collection[str]) -> None:
        """Read at once who names these, where `naming` would ask one by one."""
        missing = {id for id in ids if id not in self._stored_names}
        if missing:
            self._stored_names.update({id: [] for id in missing})
            for record in self._ledger.naming(missing):
                self._state.setdefault(record.id, record)
                for named in {r.id for r in record.references()} & missing:
                    self._stored_names[named].append(record)

    def naming(self, record_id: str) -> list[Record]:
        """The live records that name this one, by id."""
        self.load_naming([record_id])
        found = {r.id: r for r in self._stored_names[record_id] if r.id not in self.touched}
        for id in self._names[record_id]:
            record = self._state[id]
            if record and any(reference.id == record_id for reference in record.references()):
                found[id] = record
        return [found[id] for id in sorted(found)]

    def everything(self) -> list[Record]:
        """All live records, by id."""
        found = {r.id: r for r in self._ledger.everything() if r.id not in self.touched}
        for id in self.touched:
            record = self._state[id]
            if record is not None:
                found[id] = record
        return [found[id] for id in sorted(found)]

    # -- the log --------------------------------------------------------------------------------

    def last(self, ids: Collection[str]) -> dict[str, Entry]:
        """The latest entry of each record that was ever on the map, this request's included."""
        wanted = set(ids)
        # A map's first request has no earlier ones to ask about.
        last = self._ledger.last(wanted) if self.revision > 1 and wanted else {}
        if wanted & self.touched.keys():
            last.update({entry.id: entry for entry in self.entries if entry.id in wanted})
        return last

    def versions(self, wanted: Collection[tuple[str, int]]) -> dict[str, Entry]:
        found = self._ledger.versions(wanted) if wanted else {}
        pairs = set(wanted)
        found.update({e.id: e for e in self.entries if (e.id, e.version) in pairs})
        return found

    def done_in(self, revision: int) -> list[Entry]:
        """What a revision did, or what this request has done so far."""
        return list(self.entries) if revision == self.revision else self._ledger.entries(revision)

    # -- what is written ------------------------------------------------------------------------

    def put(self, record: Record, op: Op, cause: str | None = None) -> None:
        """Write the record as it is given, version and all."""
        self._state[record.id] = record
        for reference in record.references():
            self._names[reference.id].add(record.id)
        self._enter(record, op, record, cause)

    def drop(self, record: Record, cause: str | None = None) -> None:
        self._state[record.id] = None
        self._enter(stamped(record, version=record.version + 1), Op.DELETE, None, cause)

    def touched_records(self) -> Iterable[Record]:
        """What was written and is on the map."""
        return [record for id in self.touched if (record := self._state[id]) is not None]

    def _enter(self, as_of: Record, op: Op, written: Record | None, cause: str | None) -> None:
        self.touched[as_of.id] = self.position
        self.entries.append(
            Entry(
                revision=self.revision,
                ordinal=len(self.entries),
                id=as_of.id,
                version=as_of.version,
                kind=kind_of(as_of),
                op=op,
                at=self._at,
                actor=self.viewer.name,
                request=self._request,
                cause=cause,
                sensitivity=as_of.sensitivity,
                author=as_of.author,
                record=written,
            )
        )
