"""Maps in one SQLite file."""

import json
import os
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

from graph.stores.ledger import carry_out
from graph.stores.rows import (
    SCHEMA,
    counts_withheld,
    entry_of,
    final_states,
    names_in,
    positions_of,
    present,
    record_of,
    row_of,
    shown,
    slice_of,
    text_of,
    text_of_positions,
    visible,
    whole_revisions,
)
from powermap.access import Act, Viewer, permit
from powermap.changes import Change, Entry, Op, Outcome, Request
from powermap.errors import (
    DeletedRecord,
    PowerMapError,
    RequestReused,
    StoreUnavailable,
    StoreUnusable,
    UnknownMap,
    UnknownRecord,
    UnknownRevision,
)
from powermap.model import PowerMap, Record, kind_of
from powermap.ports import MapSummary, Positions, StoreState
from powermap.vocabulary import RecordKind

TABLES = """
CREATE TABLE about (schema INTEGER NOT NULL);
CREATE TABLE ledger (
  map_id TEXT PRIMARY KEY, revision INTEGER NOT NULL, changed_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE record (
  map_id TEXT NOT NULL REFERENCES ledger, id TEXT NOT NULL, kind TEXT NOT NULL,
  version INTEGER NOT NULL, sensitivity TEXT NOT NULL, author TEXT NOT NULL,
  data TEXT NOT NULL CHECK (json_valid(data)),
  PRIMARY KEY (map_id, id)) WITHOUT ROWID;
CREATE INDEX record_by_kind ON record (kind, map_id);
CREATE TABLE naming (
  map_id TEXT NOT NULL, named TEXT NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (map_id, named, id),
  FOREIGN KEY (map_id, named) REFERENCES record DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (map_id, id) REFERENCES record DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID;
CREATE INDEX naming_by_id ON naming (map_id, id);
CREATE TABLE change (
  map_id TEXT NOT NULL REFERENCES ledger, revision INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  id TEXT NOT NULL, version INTEGER NOT NULL, kind TEXT NOT NULL, op TEXT NOT NULL,
  at TEXT NOT NULL, actor TEXT NOT NULL, request TEXT NOT NULL, cause TEXT,
  sensitivity TEXT NOT NULL, author TEXT NOT NULL, data TEXT,
  PRIMARY KEY (map_id, revision, ordinal), UNIQUE (map_id, id, version));
CREATE TRIGGER change_is_kept BEFORE UPDATE ON change
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER change_stays BEFORE DELETE ON change
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TABLE request (
  map_id TEXT NOT NULL REFERENCES ledger, actor TEXT NOT NULL, key TEXT NOT NULL,
  digest TEXT NOT NULL, revision INTEGER NOT NULL,
  PRIMARY KEY (map_id, actor, key)) WITHOUT ROWID;
CREATE TABLE arrangement (
  map_id TEXT NOT NULL REFERENCES ledger, slice TEXT NOT NULL, positions TEXT NOT NULL,
  PRIMARY KEY (map_id, slice)) WITHOUT ROWID;
"""

# What a viewer may see; :levels is a JSON list, :author may be NULL.
SEEN = """(record.sensitivity IN (SELECT value FROM json_each(:levels))
   OR (record.sensitivity = 'private' AND record.author = :author))"""

MAPS = f"""
SELECT ledger.map_id, revision, changed_at, kind, count(*) AS count,
       max(CASE WHEN kind = 'map' THEN data END) AS header
FROM ledger JOIN record ON record.map_id = ledger.map_id AND {SEEN}
GROUP BY ledger.map_id, kind"""

LIVE_LEDGER = """
SELECT revision, changed_at FROM ledger JOIN record
ON record.map_id = ledger.map_id AND record.id = ledger.map_id
WHERE ledger.map_id = :map_id"""

SEEN_IDS = f"""
SELECT id FROM record WHERE map_id = :map_id AND kind <> 'relationship' AND {SEEN}"""

READ = f"SELECT kind, data FROM record WHERE map_id = :map_id AND {SEEN} ORDER BY id"

WITHHELD = f"SELECT count(*) FROM record WHERE map_id = :map_id AND NOT {SEEN}"

GET = f"SELECT kind, data FROM record WHERE map_id = :map_id AND id = :id AND {SEEN}"

# A version is shown when it may be seen itself and the latest version may be seen too.
_LATEST = """
JOIN change AS latest ON latest.map_id = record.map_id AND latest.id = record.id
 AND latest.version = (SELECT max(version) FROM change AS c
                       WHERE c.map_id = record.map_id AND c.id = record.id)
 AND (latest.sensitivity IN (SELECT value FROM json_each(:levels))
      OR (latest.sensitivity = 'private' AND latest.author = :author))"""

AS_OF = f"""
SELECT record.kind, record.data FROM change AS record {_LATEST}
WHERE record.map_id = :map_id AND record.data IS NOT NULL AND {SEEN}
  AND record.version = (SELECT max(version) FROM change AS c WHERE c.map_id = record.map_id
                        AND c.id = record.id AND c.revision <= :revision)
ORDER BY record.id"""

REVISION_AT = "SELECT max(at) FROM change WHERE map_id = :map_id AND revision = :revision"

HISTORY = f"""
SELECT record.* FROM change AS record {_LATEST}
WHERE record.map_id = :map_id AND record.id = :id AND {SEEN} ORDER BY record.version"""

CHANGES = f"""
SELECT record.* FROM change AS record {_LATEST}
WHERE record.map_id = :map_id AND {SEEN} AND record.revision IN (
  SELECT DISTINCT record.revision FROM change AS record {_LATEST}
  WHERE record.map_id = :map_id AND record.revision > :after AND {SEEN}
  ORDER BY record.revision LIMIT :limit)
ORDER BY record.revision, record.ordinal"""

LIVE = """
SELECT kind, data FROM record
WHERE map_id = :map_id AND id IN (SELECT value FROM json_each(:ids))"""

NAMING = """
SELECT DISTINCT kind, data FROM naming
JOIN record ON record.map_id = naming.map_id AND record.id = naming.id
WHERE naming.map_id = :map_id AND named IN (SELECT value FROM json_each(:ids))
ORDER BY record.id"""

EVERYTHING = "SELECT kind, data FROM record WHERE map_id = :map_id ORDER BY id"

LAST = """
SELECT * FROM change WHERE map_id = :map_id AND id IN (SELECT value FROM json_each(:ids))
AND version = (SELECT max(version) FROM change AS c
               WHERE c.map_id = change.map_id AND c.id = change.id)"""

# CROSS JOIN keeps the order: each wanted version is looked up, instead of each version of the map.
VERSIONS = """
SELECT change.* FROM json_each(:wanted) AS wanted CROSS JOIN change
ON change.map_id = :map_id AND change.id = wanted.value ->> 0
AND change.version = wanted.value ->> 1"""

ENTRIES = "SELECT * FROM change WHERE map_id = :map_id AND revision = :revision ORDER BY ordinal"

SEEN_ENTRIES = f"""
SELECT * FROM change AS record WHERE map_id = :map_id AND revision = :revision AND {SEEN}
ORDER BY ordinal"""

KNOWN_REQUEST = """
SELECT digest, revision FROM request
WHERE map_id = :map_id AND actor = :actor AND key = :key"""

LOCK = "SELECT revision, changed_at FROM ledger WHERE map_id = :map_id"

ADVANCE = """
INSERT INTO ledger VALUES (:map_id, :revision, :at)
ON CONFLICT (map_id) DO UPDATE SET revision = excluded.revision, changed_at = excluded.changed_at"""

APPEND = """
INSERT INTO change VALUES (:map_id, :revision, :ordinal, :id, :version, :kind, :op, :at, :actor,
                           :request, :cause, :sensitivity, :author, :data)"""

REMEMBER = "INSERT INTO request VALUES (:map_id, :actor, :key, :digest, :revision)"

UNNAME = "DELETE FROM naming WHERE map_id = :map_id AND id = :id"
REMOVE = "DELETE FROM record WHERE map_id = :map_id AND id = :id"
PUT = """
INSERT INTO record VALUES (:map_id, :id, :kind, :version, :sensitivity, :author, :data)
ON CONFLICT (map_id, id) DO UPDATE SET version = excluded.version,
  sensitivity = excluded.sensitivity, author = excluded.author, data = excluded.data"""
NAME = "INSERT OR IGNORE INTO naming VALUES (:map_id, :named, :id)"

ARRANGEMENT = "SELECT positions FROM arrangement WHERE map_id = :map_id AND slice = :slice"
ARRANGE = "INSERT OR REPLACE INTO arrangement VALUES (:map_id, :slice, :positions)"

SAFE_WAL = (3, 51, 3)
"""The first SQLite without the WAL-reset bug, which several writers can hit."""


class SqliteStore:
    """Keeps maps in one file, with nothing to install or run.

    The right choice for one machine: a laptop, a small team behind one service. Never put the
    file on a network share. An empty path keeps everything in memory, for tests.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._local = threading.local()
        self._in_memory = None if path else self._connect()
        self._memory_lock = threading.RLock()
        try:
            with self._writing() as connection:
                self._prepare(connection)
        except BaseException:
            self.close()
            raise

    # -- reading ------------------------------------------------------------------------------

    def maps(self, viewer: Viewer) -> list[MapSummary]:
        with self._reading() as connection:
            rows = connection.execute(MAPS, _scope(viewer)).fetchall()
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
        with self._reading() as connection:
            return _live_ledger(connection, map_id)[0]

    def read(self, map_id: str, viewer: Viewer, *, revision: int | None = None) -> PowerMap:
        scope = _scope(viewer)
        with self._reading() as connection:
            current, changed_at = _live_ledger(connection, map_id)
            if revision is None or revision == current:
                rows = connection.execute(READ, {"map_id": map_id, **scope}).fetchall()
                withheld = None
                if counts_withheld(viewer):
                    parameters = {"map_id": map_id, **scope}
                    withheld = connection.execute(WITHHELD, parameters).fetchone()[0]
                revision = current
            else:
                if not 1 <= revision <= current:
                    raise UnknownRevision(revision)
                parameters = {"map_id": map_id, "revision": revision, **scope}
                rows = connection.execute(AS_OF, parameters).fetchall()
                changed_at = connection.execute(REVISION_AT, parameters).fetchone()[0]
                withheld = None
        return present(revision, changed_at, (record_of(*row) for row in rows), withheld)

    def get(self, map_id: str, viewer: Viewer, record_id: str) -> Record:
        parameters = {"map_id": map_id, "id": record_id, **_scope(viewer)}
        with self._reading() as connection:
            _live_ledger(connection, map_id)
            row = connection.execute(GET, parameters).fetchone()
            if row is not None:
                return record_of(*row)
            history = connection.execute(HISTORY, parameters).fetchall()
        if history and history[-1]["op"] == Op.DELETE:
            raise DeletedRecord(record_id)
        raise UnknownRecord(record_id)

    def history(self, map_id: str, viewer: Viewer, record_id: str) -> tuple[Entry, ...]:
        parameters = {"map_id": map_id, "id": record_id, **_scope(viewer)}
        with self._reading() as connection:
            _live_ledger(connection, map_id)
            versions = [entry_of(row) for row in connection.execute(HISTORY, parameters)]
            entries = _shown(connection, map_id, viewer, versions)
        if not entries:
            raise UnknownRecord(record_id)
        return entries

    def changes(
        self, map_id: str, viewer: Viewer, *, after: int = 0, limit: int = 100
    ) -> tuple[Entry, ...]:
        with self._reading() as connection:
            _live_ledger(connection, map_id)

            def page(after: int, limit: int) -> list[Entry]:
                bounds = {"map_id": map_id, "after": after, "limit": limit}
                rows = connection.execute(CHANGES, {**bounds, **_scope(viewer)})
                return [entry_of(row) for row in rows]

            show = partial(_shown, connection, map_id, viewer)
            return whole_revisions(page, show, after, limit)

    def arrangement(self, map_id: str, viewer: Viewer) -> Positions:
        parameters = {"map_id": map_id, "slice": slice_of(permit(viewer, Act.READ))}
        with self._reading() as connection:
            _live_ledger(connection, map_id)
            row = connection.execute(ARRANGEMENT, parameters).fetchone()
            ids = connection.execute(SEEN_IDS, {"map_id": map_id, **_scope(viewer)}).fetchall()
        return {} if row is None else positions_of(row[0], {id for (id,) in ids})

    # -- writing ------------------------------------------------------------------------------

    def keep_arrangement(self, map_id: str, viewer: Viewer, positions: Positions) -> None:
        slice_name = slice_of(permit(viewer, Act.READ))
        with self._writing() as connection:
            _live_ledger(connection, map_id)
            connection.execute(
                ARRANGE,
                {"map_id": map_id, "slice": slice_name, "positions": text_of_positions(positions)},
            )

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
            with self._writing() as connection:
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
            KNOWN_REQUEST, {"map_id": map_id, "actor": viewer.name, "key": request.key}
        ).fetchone()
        if known is not None:
            return self._replayed(connection, map_id, viewer, request, known)
        row = connection.execute(LOCK, {"map_id": map_id}).fetchone()
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
        parameters = {"map_id": map_id, "revision": known["revision"], **_scope(viewer)}
        rows = connection.execute(SEEN_ENTRIES, parameters).fetchall()
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
        connection.execute(ADVANCE, {"map_id": map_id, "revision": revision, "at": at.isoformat()})
        connection.executemany(APPEND, [row_of(map_id, entry) for entry in entries])
        connection.execute(
            REMEMBER,
            {
                "map_id": map_id,
                "actor": viewer.name,
                "key": request.key,
                "digest": request.digest,
                "revision": revision,
            },
        )
        final = final_states(entries)
        keys = [{"map_id": map_id, "id": id} for id in final]
        connection.executemany(UNNAME, keys)
        connection.executemany(REMOVE, [k for k in keys if final[k["id"]].record is None])
        written = [entry.record for entry in final.values() if entry.record is not None]
        connection.executemany(PUT, [_record_row(map_id, record) for record in written])
        connection.executemany(
            NAME,
            [
                {"map_id": map_id, "named": reference.id, "id": record.id}
                for record in written
                for reference in record.references()
            ],
        )

    # -- the file -----------------------------------------------------------------------------

    def check(self) -> StoreState:
        with self._reading() as connection:
            _refuse_unsafe(connection, in_memory=not self.path)
            schema = connection.execute("SELECT schema FROM about").fetchone()[0]
        if schema != SCHEMA:
            raise StoreUnusable(_schema_message(schema))
        return StoreState(store="SQLite", version=sqlite3.sqlite_version, schema=schema)

    def close(self) -> None:
        connection = self._in_memory or getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection; a forked process makes its own."""
        if self._in_memory is not None:
            return self._in_memory
        if getattr(self._local, "process", None) != os.getpid() or not self._local.connection:
            self._local.connection = self._connect()
            self._local.process = os.getpid()
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(
                self.path or ":memory:",
                timeout=30,
                isolation_level=None,
                check_same_thread=bool(self.path),
            )
            connection.row_factory = sqlite3.Row
            safe_wal = sqlite3.sqlite_version_info >= SAFE_WAL
            connection.execute(
                "PRAGMA journal_mode = WAL" if safe_wal else "PRAGMA journal_mode = TRUNCATE"
            )
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")
            _refuse_unsafe(connection, in_memory=not self.path)
        except sqlite3.OperationalError as error:
            raise StoreUnavailable(
                f"The SQLite file {self.path!r} cannot be opened: {error}. "
                "Check POWERMAP_STORE and that the folder can be written to."
            ) from error
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables in an empty file; refuse a file made by a newer powermap."""
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE name = 'about'"
        ).fetchone()
        if not tables:
            if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise StoreUnusable(f"{self.path!r} is an SQLite file of another program.")
            for statement in _statements(TABLES):
                connection.execute(statement)
            connection.execute("INSERT INTO about VALUES (?)", (SCHEMA,))
            return
        schema = connection.execute("SELECT schema FROM about").fetchone()[0]
        if schema != SCHEMA:
            raise StoreUnusable(_schema_message(schema))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with _ours(), self._memory_lock if not self.path else _unlocked():
            connection = self._connection()
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


class _RolledBack(Exception):
    """Ends the transaction of a dry run."""


class _SqliteLedger:
    """One map inside an open write transaction (see `graph.stores.ledger.Ledger`)."""

    def __init__(self, connection: sqlite3.Connection, map_id: str) -> None:
        self._connection, self._map_id = connection, map_id

    def live(self, ids: Collection[str]) -> dict[str, Record]:
        return {record.id: record for record in self._records(LIVE, ids=_json(ids))}

    def naming(self, ids: Collection[str]) -> list[Record]:
        return self._records(NAMING, ids=_json(ids))

    def everything(self) -> list[Record]:
        return self._records(EVERYTHING)

    def last(self, ids: Collection[str]) -> dict[str, Entry]:
        return {entry.id: entry for entry in self._entries(LAST, ids=_json(ids))}

    def versions(self, wanted: Collection[tuple[str, int]]) -> dict[str, Entry]:
        return {entry.id: entry for entry in self._entries(VERSIONS, wanted=_json(wanted))}

    def entries(self, revision: int) -> list[Entry]:
        return self._entries(ENTRIES, revision=revision)

    def _records(self, query: str, **parameters: Any) -> list[Record]:
        rows = self._connection.execute(query, {"map_id": self._map_id, **parameters})
        return [record_of(*row) for row in rows]

    def _entries(self, query: str, **parameters: Any) -> list[Entry]:
        rows = self._connection.execute(query, {"map_id": self._map_id, **parameters})
        return [entry_of(row) for row in rows]


def _scope(viewer: Viewer) -> dict[str, Any]:
    scope = permit(viewer, Act.READ)
    return {"levels": _json(scope.levels), "author": scope.author}


def _shown(
    connection: sqlite3.Connection, map_id: str, viewer: Viewer, entries: Sequence[Entry]
) -> tuple[Entry, ...]:
    last = _SqliteLedger(connection, map_id).last(names_in(entries))
    return shown(entries, last, permit(viewer, Act.READ))


def _json(values: Collection[Any]) -> str:
    return json.dumps(list(values))


def _live_ledger(connection: sqlite3.Connection, map_id: str) -> tuple[int, str]:
    """The revision of a map that is there, and when it was made."""
    row = connection.execute(LIVE_LEDGER, {"map_id": map_id}).fetchone()
    if row is None:
        raise UnknownMap(map_id)
    return row["revision"], row["changed_at"]


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


def _refuse_unsafe(connection: sqlite3.Connection, *, in_memory: bool) -> None:
    """A wrapper or a build may set pragmas silently: read them back."""
    journal = connection.execute("PRAGMA journal_mode").fetchone()[0]
    allowed = {"memory"} if in_memory else {"wal", "truncate"}
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    foreign_keys = connection.execute("PRAGMA foreign_keys").fetchone()[0]
    triggers = connection.execute("PRAGMA recursive_triggers").fetchone()[0]
    if journal not in allowed or synchronous < 2 or not foreign_keys or not triggers:
        raise StoreUnusable(
            f"SQLite runs with journal_mode={journal}, synchronous={synchronous}, "
            f"foreign_keys={foreign_keys}, recursive_triggers={triggers}; acknowledged changes "
            "could be lost."
        )


def _schema_message(schema: int) -> str:
    return (
        f"The store has schema version {schema}; this powermap works with version {SCHEMA}. "
        "Use a newer powermap, or import a copy that was exported with the older one."
    )


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.strip().splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def _ours() -> Iterator[None]:
    """SQLite's errors as ours, in this one place."""
    try:
        yield
    except PowerMapError:
        raise
    except sqlite3.OperationalError as error:
        raise StoreUnavailable(f"The SQLite store cannot be used now: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise StoreUnusable(f"The SQLite store is damaged or was changed: {error}.") from error


@contextmanager
def _unlocked() -> Iterator[None]:
    yield
