"""Maps in one SQLite file."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from graph.stores import sql
from graph.stores.ledger import carry_out
from graph.stores.rows import (
    counts_withheld,
    entry_of,
    final_states,
    names_in,
    present,
    record_of,
    row_of,
    shown,
    text_of,
    visible,
    whole_revisions,
)
from graph.stores.sqlite_file import SqliteFile, as_json, live_ledger, scope_of
from graph.stores.sqlite_kept import KeptInSqlite
from powermap.access import Act, Viewer, permit
from powermap.changes import Change, Entry, Op, Outcome, Request
from powermap.errors import DeletedRecord, RequestReused, UnknownRecord, UnknownRevision
from powermap.model import PowerMap, Record, kind_of
from powermap.ports import MapSummary, StoreState
from powermap.vocabulary import RecordKind


class SqliteStore(KeptInSqlite):
    """Keeps maps in one file, with nothing to install or run.

    The right choice for one machine: a laptop, a small team behind one service. Never put the
    file on a network share. An empty path keeps everything in memory, for tests.
    """

    def __init__(self, path: str) -> None:
        super().__init__(SqliteFile(path))

    # -- reading ------------------------------------------------------------------------------

    def maps(self, viewer: Viewer) -> list[MapSummary]:
        with self._file.reading() as connection:
            rows = connection.execute(sql.MAPS, scope_of(viewer)).fetchall()
        summaries: dict[str, dict[str, Any]] = {}
        for row in rows:
            summary = summaries.setdefault(row["map_id"], {"counts": {}})
            summary["revision"] = row["revision"]
            summary["changed_at"] = datetime.fromisoformat(row["changed_at"])
            if row["kind"] == RecordKind.MAP:
                summary["header"] = record_of(row["kind"], row["header"])
            else:
                summary["counts"][RecordKind(row["kind"])] = row["count"]
        found = [MapSummary(**summary) for summary in summaries.values()]
        return sorted(
            found, key=lambda summary: (summary.header.title.casefold(), summary.header.id)
        )

    def revision(self, map_id: str, viewer: Viewer) -> int:
        permit(viewer, Act.READ)
        with self._file.reading() as connection:
            return live_ledger(connection, map_id)[0]

    def read(self, map_id: str, viewer: Viewer, *, revision: int | None = None) -> PowerMap:
        scope = scope_of(viewer)
        with self._file.reading() as connection:
            current, changed_at = live_ledger(connection, map_id)
            if revision is None or revision == current:
                rows = connection.execute(sql.READ, {"map_id": map_id, **scope}).fetchall()
                withheld, levels = None, []
                if counts_withheld(viewer):
                    parameters = {"map_id": map_id, **scope}
                    withheld = connection.execute(sql.WITHHELD, parameters).fetchone()[0]
                revision = current
            else:
                if not 1 <= revision <= current:
                    raise UnknownRevision(revision)
                parameters = {"map_id": map_id, "revision": revision, **scope}
                rows = connection.execute(sql.AS_OF, parameters).fetchall()
                levels = [row["sensitivity"] for row in rows]
                changed_at = connection.execute(sql.REVISION_AT, parameters).fetchone()[0]
                withheld = None
        records = [record_of(row["kind"], row["data"]) for row in rows]
        return present(revision, changed_at, records, withheld, levels)

    def get(self, map_id: str, viewer: Viewer, record_id: str) -> Record:
        parameters = {"map_id": map_id, "id": record_id, **scope_of(viewer)}
        with self._file.reading() as connection:
            live_ledger(connection, map_id)
            row = connection.execute(sql.GET, parameters).fetchone()
            if row is not None:
                return record_of(*row)
            history = connection.execute(sql.HISTORY, parameters).fetchall()
        if history and history[-1]["op"] == Op.DELETE:
            raise DeletedRecord(record_id)
        raise UnknownRecord(record_id)

    def history(self, map_id: str, viewer: Viewer, record_id: str) -> tuple[Entry, ...]:
        parameters = {"map_id": map_id, "id": record_id, **scope_of(viewer)}
        with self._file.reading() as connection:
            live_ledger(connection, map_id)
            versions = [entry_of(row) for row in connection.execute(sql.HISTORY, parameters)]
            entries = _shown(connection, map_id, viewer, versions)
        if not entries:
            raise UnknownRecord(record_id)
        return entries

    def changes(
        self, map_id: str, viewer: Viewer, *, after: int = 0, limit: int = 100
    ) -> tuple[Entry, ...]:
        with self._file.reading() as connection:
            live_ledger(connection, map_id)

            def page(after: int, limit: int) -> list[Entry]:
                bounds = {"map_id": map_id, "after": after, "limit": limit}
                rows = connection.execute(sql.CHANGES, {**bounds, **scope_of(viewer)})
                return [entry_of(row) for row in rows]

            show = partial(_shown, connection, map_id, viewer)
            return whole_revisions(page, show, after, limit)

    # -- writing ------------------------------------------------------------------------------

    def apply(
        self,
        map_id: str,
        viewer: Viewer,
        changes: Sequence[Change],
        *,
        request: Request,
        dry_run: bool = False,
    ) -> Outcome:
        permit(viewer, Act.WRITE)
        try:
            with self._file.writing() as connection:
                outcome = self._apply(connection, map_id, viewer, changes, request)
                if dry_run:
                    raise _RolledBack
        except _RolledBack:
            pass
        return outcome

    def _apply(
        self,
        connection: sqlite3.Connection,
        map_id: str,
        viewer: Viewer,
        changes: Sequence[Change],
        request: Request,
    ) -> Outcome:
        known = connection.execute(
            sql.KNOWN_REQUEST, {"map_id": map_id, "actor": viewer.name, "key": request.key}
        ).fetchone()
        if known is not None:
            return self._replayed(connection, map_id, viewer, request, known)
        row = connection.execute(sql.LOCK, {"map_id": map_id}).fetchone()
        revision = 1 if row is None else row["revision"] + 1
        now = datetime.now(UTC)
        at = now if row is None else max(now, datetime.fromisoformat(row["changed_at"]))
        entries = carry_out(
            _SqliteLedger(connection, map_id),
            map_id,
            viewer,
            changes,
            revision=revision,
            at=at,
            request=request,
        )
        if not entries:
            return Outcome(revision=revision - 1, entries=())
        self._write(connection, map_id, viewer, entries, revision, at, request)
        return Outcome(revision=revision, entries=visible(entries, permit(viewer, Act.READ)))

    def _replayed(
        self,
        connection: sqlite3.Connection,
        map_id: str,
        viewer: Viewer,
        request: Request,
        known: sqlite3.Row,
    ) -> Outcome:
        if known["digest"] != request.digest:
            raise RequestReused()
        parameters = {"map_id": map_id, "revision": known["revision"], **scope_of(viewer)}
        rows = connection.execute(sql.SEEN_ENTRIES, parameters).fetchall()
        entries = visible(map(entry_of, rows), permit(viewer, Act.READ))
        return Outcome(revision=known["revision"], entries=entries, replayed=True)

    def _write(
        self,
        connection: sqlite3.Connection,
        map_id: str,
        viewer: Viewer,
        entries: Sequence[Entry],
        revision: int,
        at: datetime,
        request: Request,
    ) -> None:
        connection.execute(
            sql.ADVANCE, {"map_id": map_id, "revision": revision, "at": at.isoformat()}
        )
        connection.executemany(sql.APPEND, [row_of(map_id, entry) for entry in entries])
        connection.execute(
            sql.REMEMBER,
            {
                "map_id": map_id,
                "actor": viewer.name,
                "key": request.key,
                "digest": request.digest,
                "revision": revision,
            },
        )
        final = final_states(entries)
        if map_id in final and final[map_id].record is None:
            connection.execute(sql.FORGET_ALL, {"map_id": map_id})
            connection.execute(sql.FORGET_PAPERS, {"map_id": map_id})
        keys = [{"map_id": map_id, "id": id} for id in final]
        connection.executemany(sql.UNNAME, keys)
        connection.executemany(sql.REMOVE, [k for k in keys if final[k["id"]].record is None])
        written = [entry.record for entry in final.values() if entry.record is not None]
        connection.executemany(sql.PUT, [_record_row(map_id, record) for record in written])
        connection.executemany(
            sql.NAME,
            [
                {"map_id": map_id, "named": reference.id, "id": record.id}
                for record in written
                for reference in record.references()
            ],
        )

    # -- the file -----------------------------------------------------------------------------

    def check(self) -> StoreState:
        return self._file.check()

    def close(self) -> None:
        self._file.close()


class _RolledBack(Exception):
    """Ends the transaction of a dry run."""


class _SqliteLedger:
    """One map inside an open write transaction (see `graph.stores.ledger.Ledger`)."""

    def __init__(self, connection: sqlite3.Connection, map_id: str) -> None:
        self._connection, self._map_id = connection, map_id

    def live(self, ids: Collection[str]) -> dict[str, Record]:
        return {record.id: record for record in self._records(sql.LIVE, ids=as_json(ids))}

    def naming(self, ids: Collection[str]) -> list[Record]:
        return self._records(sql.NAMING, ids=as_json(ids))

    def everything(self) -> list[Record]:
        return self._records(sql.EVERYTHING)

    def last(self, ids: Collection[str]) -> dict[str, Entry]:
        return {entry.id: entry for entry in self._entries(sql.LAST, ids=as_json(ids))}

    def versions(self, wanted: Collection[tuple[str, int]]) -> dict[str, Entry]:
        return {entry.id: entry for entry in self._entries(sql.VERSIONS, wanted=as_json(wanted))}

    def entries(self, revision: int) -> list[Entry]:
        return self._entries(sql.ENTRIES, revision=revision)

    def _records(self, query: str, **parameters: Any) -> list[Record]:
        rows = self._connection.execute(query, {"map_id": self._map_id, **parameters})
        return [record_of(*row) for row in rows]

    def _entries(self, query: str, **parameters: Any) -> list[Entry]:
        rows = self._connection.execute(query, {"map_id": self._map_id, **parameters})
        return [entry_of(row) for row in rows]


def _shown(
    connection: sqlite3.Connection, map_id: str, viewer: Viewer, entries: Sequence[Entry]
) -> tuple[Entry, ...]:
    last = _SqliteLedger(connection, map_id).last(names_in(entries))
    return shown(entries, last, permit(viewer, Act.READ))


def _record_row(map_id: str, record: Record) -> dict[str, Any]:
    return {
        "map_id": map_id,
        "id": record.id,
        "kind": kind_of(record).value,
        "version": record.version,
        "sensitivity": record.sensitivity.value,
        "author": record.author,
        "data": text_of(record),
    }
