"""How a map may change, written once for all stores.

A store opens a transaction, takes the map's lock and hands over a `Ledger`; `carry_out` answers
with the log entries to write. What to do when a leader with ties is deleted, what undo refuses
and which level a tie must have are decided here and nowhere else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from powermap.access import Act, Viewer, permit
from powermap.changes import Change, Create, Delete, Entry, Op, Request, Restore, Undo, Update
from powermap.errors import (
    Conflict,
    Forbidden,
    InvalidValue,
    PowerMapError,
    Problem,
    StaleVersion,
    UnknownMap,
    UnknownRecord,
    UnknownRevision,
)
from powermap.model import MAY_NAME, Accountability, MapHeader, Record, kind_of
from powermap.shape import stamped
from powermap.vocabulary import RecordKind, Sensitivity


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


def carry_out(
    ledger: Ledger,
    map_id: str,
    viewer: Viewer,
    changes: Sequence[Change],
    *,
    revision: int,
    at: datetime,
    request: Request,
) -> list[Entry]:
    """The log entries that make these changes, or the error that explains why there are none."""
    work = _Work(ledger, map_id, viewer, revision=revision, at=at, request=request.key)
    work.load(_ids_in(changes) | {map_id})
    work.require_map(changes)
    work.load_known([c.record.id for c in changes if isinstance(c, Create)])
    for position, change in enumerate(changes):
        work.position = position
        try:
            work.make(change, alone=len(changes) == 1)
        except InvalidValue as error:
            raise error.under(position) from None
        except PowerMapError as error:
            error.position = position
            raise
    work.settle()
    return work.entries


def _ids_in(changes: Iterable[Change]) -> set[str]:
    ids = set()
    for change in changes:
        if isinstance(change, Create | Update):
            ids.add(change.record.id)
            ids.update(reference.id for reference in change.record.references())
        elif isinstance(change, Delete | Restore):
            ids.add(change.id)
    return ids


class _Work:
    """The map as it stands after the changes made so far, and the entries they take."""

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
        self.ledger, self.map_id, self.viewer = ledger, map_id, viewer
        self.revision, self.at, self.request = revision, at, request
        self.reads = permit(viewer, Act.READ)
        self.writes = permit(viewer, Act.WRITE)
        self.position = 0
        self.entries: list[Entry] = []
        self._state: dict[str, Record | None] = {}
        self._touched: dict[str, int] = {}
        self._ever: set[str] = set()
        self._brought_back: set[str] = set()
        self._names: dict[str, set[str]] = defaultdict(set)
        self._stored_names: dict[str, list[Record]] = {}

    # -- what is there ------------------------------------------------------------------------

    def load(self, ids: Collection[str]) -> None:
        missing = [id for id in ids if id not in self._state]
        if missing:
            self._state.update(dict.fromkeys(missing))
            self._state.update(self.ledger.live(missing))

    def load_known(self, ids: Collection[str]) -> None:
        """Which of these ids were used before, by records that may be gone."""
        if self.revision > 1 and ids:
            self._ever.update(self.ledger.last(ids))

    def load_naming(self, ids: Collection[str]) -> None:
        missing = [id for id in ids if id not in self._stored_names]
        if missing:
            self._stored_names.update({id: [] for id in missing})
            for record in self.ledger.naming(missing):
                self._state.setdefault(record.id, record)
                for named in {r.id for r in record.references()}.intersection(missing):
                    self._stored_names[named].append(record)

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

    def naming(self, record_id: str) -> list[Record]:
        """The records that name this one now."""
        self.load_naming([record_id])
        stored = [r for r in self._stored_names[record_id] if r.id not in self._touched]
        changed = (self._state[id] for id in sorted(self._names[record_id]))
        return stored + [
            record
            for record in changed
            if record and any(r.id == record_id for r in record.references())
        ]

    def require_map(self, changes: Sequence[Change]) -> None:
        """There must be a map, unless the first change makes one or brings it back."""
        first = changes[0] if changes else None
        if isinstance(first, Create) and isinstance(first.record, MapHeader):
            permit(self.viewer, Act.MANAGE)
            if self.revision > 1:
                raise Conflict("This map exists already.")
            return
        revives = isinstance(first, Undo) or (
            isinstance(first, Restore) and first.kind is RecordKind.MAP
        )
        if self.revision == 1 or (self._state[self.map_id] is None and not revives):
            raise UnknownMap(self.map_id)

    # -- the changes --------------------------------------------------------------------------

    def make(self, change: Change, *, alone: bool) -> None:
        match change:
            case Create(record):
                self.create(record)
            case Update(record, version):
                self.update(record, version)
            case Delete(kind, record_id, version):
                self.delete(kind, record_id, version)
            case Restore(kind, record_id):
                self.restore(kind, record_id)
            case Undo(revision):
                if not alone:
                    raise Conflict("An undo must be the only change of its request.")
                try:
                    self.undo(revision)
                except InvalidValue as error:
                    raise Conflict(f"It cannot be undone: {error}") from None

    def create(self, record: Record) -> None:
        if isinstance(record, MapHeader) and (record.id != self.map_id or self.revision > 1):
            raise Conflict("A map has one header.")
        if self._state[record.id] is not None or record.id in self._ever:
            raise Conflict(f"There is already a record {record.id!r}.", [record.id])
        record = stamped(record, author=self.viewer.name, version=1)
        self._may_write(record)
        self._put(record, Op.CREATE)

    def update(self, record: Record, version: int) -> None:
        current = self.seen(record.id, kind_of(record))
        self._may_write(current)
        self._at_version(current, version)
        self._same_ends(current, record)
        record = stamped(record, author=current.author, version=version + 1)
        self._may_write(record)
        self._may_hide(current, record)
        self._put(record, Op.UPDATE)
        self._raise_those_naming(record)

    def delete(self, kind: RecordKind, record_id: str, version: int) -> None:
        record = self.seen(record_id, kind)
        if kind is RecordKind.MAP:
            permit(self.viewer, Act.MANAGE)
        self._may_write(record)
        self._at_version(record, version)
        if kind is RecordKind.MAP:
            for other in self.ledger.everything():
                if other.id != record_id:
                    self._drop(other, cause=record_id)
        self._drop_with_dependants(record, cause=None)

    def restore(self, kind: RecordKind, record_id: str) -> None:
        last = self.ledger.last([record_id]).get(record_id)
        if (
            last is None
            or last.kind is not kind
            or not self.reads.admits(last.sensitivity, last.author)
        ):
            raise UnknownRecord(record_id)
        if last.op is not Op.DELETE:
            raise Conflict(f"Record {record_id!r} has not been deleted.", [record_id])
        if not self.writes.admits(last.sensitivity, last.author):
            raise Forbidden("Your role does not allow restoring this record.")
        first: dict[str, Entry] = {record_id: last}
        final: dict[str, Entry] = {}
        for entry in self.ledger.entries(last.revision):
            if entry.cause == record_id:
                first.setdefault(entry.id, entry)
                final[entry.id] = entry
        latest = self.ledger.last(list(final))
        earlier = self.ledger.versions([(id, entry.version - 1) for id, entry in first.items()])
        self.load(list(final))
        self._revive(earlier[record_id], last.version + 1, cause=None)
        waiting = {
            id: entry.version + 1
            for id, entry in final.items()
            if latest[id].version == entry.version
        }
        self.load({r.id for id in waiting for r in _record_of(earlier[id]).references()})
        # A post may wait for the post above it to come back in the same breath: go round until
        # nothing more can stand.
        while ready := [id for id in waiting if self._could_stand(_record_of(earlier[id]))]:
            for id in ready:
                self._revive(earlier[id], waiting.pop(id), cause=record_id)

    def undo(self, revision: int) -> None:
        entries = self.ledger.entries(revision)
        own = [
            entry
            for entry in entries
            if entry.cause is None and self.writes.admits(entry.sensitivity, entry.author)
        ]
        if not own:
            raise UnknownRevision(revision)
        roots = {entry.id for entry in own}
        undone = [e for e in entries if e.id in roots or e.cause in roots]
        if self.map_id in roots and any(e.id == self.map_id and e.op is not Op.UPDATE for e in own):
            permit(self.viewer, Act.MANAGE)
        first: dict[str, Entry] = {}
        final: dict[str, Entry] = {}
        for entry in undone:
            first.setdefault(entry.id, entry)
            final[entry.id] = entry
        self._refuse_if_changed_since(final)
        before = self.ledger.versions(
            [(id, entry.version - 1) for id, entry in first.items() if entry.version > 1]
        )
        self.load(list(first))
        self._reverse(final, before, roots)

    def _reverse(self, final: dict[str, Entry], before: dict[str, Entry], roots: set[str]) -> None:
        leaving = [id for id in final if id not in before or before[id].record is None]
        for record_id, entry in before.items():
            if entry.record is None:
                continue
            asked = record_id in roots
            current = self._state[record_id]
            earlier = stamped(entry.record, version=final[record_id].version + 1)
            if asked:
                self._may_write(earlier)
            if current is not None:
                self._may_hide(current, earlier)
            self._brought_back.add(record_id)
            cause = None if asked else final[record_id].cause
            self._put(earlier, Op.UPDATE if current else Op.RESTORE, cause)
            self._raise_those_naming(earlier)
        self.load_naming(leaving)
        for record_id in leaving:
            self._refuse_if_named(record_id, leaving)
        for record_id in leaving:
            record = self._state[record_id]
            if record is not None:
                cause = None if record_id in roots else final[record_id].cause
                self._drop_with_dependants(record, cause=cause)

    def _refuse_if_changed_since(self, final: dict[str, Entry]) -> None:
        latest = self.ledger.last(list(final))
        changed = [
            id
            for id, entry in final.items()
            if latest[id].version != entry.version
            and self.reads.admits(latest[id].sensitivity, latest[id].author)
        ]
        if changed:
            raise Conflict(
                f"It cannot be undone: {_records(len(changed))} changed since.", sorted(changed)
            )

    def _refuse_if_named(self, record_id: str, leaving: Collection[str]) -> None:
        later = [
            record.id
            for record in self.naming(record_id)
            if record.id not in leaving and self.sees(record)
        ]
        if later:
            raise Conflict(
                f"It cannot be undone: {_records(len(later))} recorded since "
                f"{'names' if len(later) == 1 else 'name'} what it would remove.",
                sorted(later),
            )

    # -- the rules ----------------------------------------------------------------------------

    def _may_write(self, record: Record) -> None:
        if not self.writes.admits(record.sensitivity, record.author):
            if record.sensitivity is Sensitivity.PRIVATE:
                raise InvalidValue.at("sensitivity", "only its author may make a record private")
            raise Forbidden(
                f"The role {self.viewer.role} may write private records of their own only."
            )

    def _at_version(self, record: Record, version: int) -> None:
        if record.version != version:
            raise StaleVersion(record.id, version, record.version)

    def _same_ends(self, current: Record, wanted: Record) -> None:
        for field in ("source", "target", "leader"):
            if getattr(current, field, None) != getattr(wanted, field, None):
                raise InvalidValue.at(
                    field, "cannot be changed; delete this record and make another"
                )

    def _may_hide(self, current: Record, wanted: Record) -> None:
        """Shared records that others may name cannot become private again.

        Refusing only when somebody does name them would tell the viewer that they do.
        """
        if (
            wanted.sensitivity is Sensitivity.PRIVATE
            and current.sensitivity is not Sensitivity.PRIVATE
            and kind_of(current)
            in (RecordKind.ORGANISATION, RecordKind.LEADER, RecordKind.ACCOUNTABILITY)
        ):
            raise InvalidValue.at(
                "sensitivity",
                "cannot become private once it is shared, since others may have built on it; "
                "delete it, or make it confidential",
            )

    def _raise_those_naming(self, record: Record) -> None:
        """What names a record is at least as sensitive as the record itself."""
        for naming in self.naming(record.id):
            if naming.sensitivity.rank < record.sensitivity.rank:
                raised = stamped(naming, sensitivity=record.sensitivity, version=naming.version + 1)
                self._put(raised, Op.UPDATE, cause=record.id)
                self._raise_those_naming(raised)

    def _drop_with_dependants(self, record: Record, cause: str | None) -> None:
        self._drop(record, cause)
        root = cause or record.id
        for naming in self.naming(record.id):
            current = self._state[naming.id]
            if current is None:
                continue
            if any(r.essential for r in current.references() if r.id == record.id):
                self._drop_with_dependants(current, cause=root)
            else:
                left = stamped(current.without(record.id), version=current.version + 1)
                self._put(left, Op.UPDATE, cause=root)

    def _could_stand(self, record: Record) -> bool:
        """Whether all that a removed record named is there again."""
        return all(self.find(reference.id) for reference in record.references())

    def _revive(self, earlier: Entry, version: int, cause: str | None) -> None:
        """Bring a record back as it was, and as sensitive as what it names is now."""
        record = _record_of(earlier)
        self.load([reference.id for reference in record.references()])
        named = (self._state[reference.id] for reference in record.references())
        level = max(
            (record.sensitivity, *(found.sensitivity for found in named if found)),
            key=lambda level: level.rank,
        )
        current = self.find(record.id)
        self._brought_back.add(record.id)
        self._put(
            stamped(record, sensitivity=level, version=version),
            Op.UPDATE if current else Op.RESTORE,
            cause,
        )

    # -- what is written ----------------------------------------------------------------------

    def _put(self, record: Record, op: Op, cause: str | None = None) -> None:
        self._state[record.id] = record
        for reference in record.references():
            self._names[reference.id].add(record.id)
        self._enter(record, op, record, cause)

    def _drop(self, record: Record, cause: str | None) -> None:
        self._state[record.id] = None
        gone = stamped(record, version=record.version + 1)
        self._enter(gone, Op.DELETE, None, cause)

    def _enter(self, as_of: Record, op: Op, written: Record | None, cause: str | None) -> None:
        self._touched[as_of.id] = self.position
        self.entries.append(
            Entry(
                revision=self.revision,
                ordinal=len(self.entries),
                id=as_of.id,
                version=as_of.version,
                kind=kind_of(as_of),
                op=op,
                at=self.at,
                actor=self.viewer.name,
                request=self.request,
                cause=cause,
                sensitivity=as_of.sensitivity,
                author=as_of.author,
                record=written,
            )
        )

    # -- the end ------------------------------------------------------------------------------

    def settle(self) -> None:
        """Check what only the whole request can show: references, levels, lines without loops."""
        touched = [r for id in self._touched if (r := self._state[id]) is not None]
        self.load({ref.id for record in touched for ref in record.references()})
        problems: list[Problem] = []
        missing: list[str] = []
        for record in touched:
            found = list(self._reference_problems(record))
            missing += [record.id] if found else []
            problems += [
                Problem((self._touched[record.id], *problem.path), problem.message)
                for problem in found
            ]
        if problems and self._brought_back:
            raise Conflict(
                "It cannot be brought back as it was: what it names has been deleted or hidden "
                "since.",
                sorted(missing),
            )
        if problems:
            raise InvalidValue(*problems)
        self._refuse_loops([r for r in touched if isinstance(r, Accountability)])

    def _reference_problems(self, record: Record) -> Iterable[Problem]:
        for reference in record.references():
            named = self._state[reference.id]
            allowed = MAY_NAME[kind_of(record), reference.field]
            # A cascade may touch records that the viewer cannot see; they were right before.
            if named is None or kind_of(named) not in allowed or self._hidden(record, named):
                kinds = " or ".join(sorted(kind.value for kind in allowed))
                yield Problem((reference.field,), f"there is no such {kinds} on this map")
            elif record.sensitivity.rank < named.sensitivity.rank:
                yield Problem(
                    ("sensitivity",),
                    f"must be at least {named.sensitivity}, as is what {reference.field} names",
                )

    def _hidden(self, record: Record, named: Record) -> bool:
        return self.sees(record) and not self.sees(named)

    def _refuse_loops(self, posts: Sequence[Accountability]) -> None:
        """A line of accountability ends somewhere: nobody answers to themselves in the end."""
        frontier = {post.reports_to for post in posts if post.reports_to}
        while frontier:
            self.load(frontier)
            above = {self._above(id) for id in frontier} - {None}
            frontier = {id for id in above if id is not None and id not in self._state}
        settled: set[str] = set()
        problems = []
        for post in posts:
            line: list[str] = []
            step: str | None = post.id
            while step is not None and step not in settled and step not in line:
                line.append(step)
                step = self._above(step)
            if step is not None and step in line:
                problems.append(
                    Problem(
                        (self._touched[post.id], "reports_to"),
                        "makes a loop: the line of accountability would lead back to itself",
                    )
                )
            settled.update(line)
        if problems:
            raise InvalidValue(*problems)

    def _above(self, record_id: str) -> str | None:
        record = self.find(record_id)
        return record.reports_to if isinstance(record, Accountability) else None


def _record_of(entry: Entry) -> Record:
    """The record an entry wrote; asked only of versions before a deletion, which wrote one."""
    if entry.record is None:
        raise UnknownRecord(entry.id)
    return entry.record


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"
