"""An SQLite file: how it is opened, what it must be like, and its errors as ours."""

import json
import os
import sqlite3
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from graph.stores import sql
from graph.stores.rows import SCHEMA
from powermap.access import Act, Viewer, permit
from powermap.errors import PowerMapError, StoreUnavailable, StoreUnusable, UnknownMap
from powermap.ports import StoreState

SAFE_WAL = (3, 51, 3)
"""The first SQLite without the WAL-reset bug, which several writers can hit."""


class SqliteFile:
    """One file as each thread of each process reaches it; in memory where the path is empty."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._local = threading.local()
        self._in_memory = None if path else self._connect()
        self._memory_lock = threading.RLock()
        try:
            with self.writing() as connection:
                self._prepare(connection)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def check(self) -> StoreState:
        with self.reading() as connection:
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

    def connection(self) -> sqlite3.Connection:
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
        """Make the tables in an empty file, bring older ones up to date, refuse newer ones."""
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE name = 'about'"
        ).fetchone()
        if not tables:
            if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise StoreUnusable(f"{self.path!r} is an SQLite file of another program.")
            _run_script(connection, sql.TABLES)
            connection.execute("INSERT INTO about VALUES (1)")
        schema = connection.execute("SELECT schema FROM about").fetchone()[0]
        for version in range(schema + 1, SCHEMA + 1):
            _run_script(connection, sql.UPGRADES[version])
            connection.execute("UPDATE about SET schema = ?", (version,))
        if schema > SCHEMA:
            raise StoreUnusable(_schema_message(schema))

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with _ours(), self._memory_lock if not self.path else _unlocked():
            connection = self.connection()
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def scope_of(viewer: Viewer) -> dict[str, Any]:
    scope = permit(viewer, Act.READ)
    return {"levels": as_json(scope.levels), "author": scope.author}


def as_json(values: Collection[Any]) -> str:
    return json.dumps(list(values))


def live_ledger(connection: sqlite3.Connection, map_id: str) -> tuple[int, str]:
    """The revision of a map that is there, and when it was made."""
    row = connection.execute(sql.LIVE_LEDGER, {"map_id": map_id}).fetchone()
    if row is None:
        raise UnknownMap(map_id)
    return row["revision"], row["changed_at"]


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


def _run_script(connection: sqlite3.Connection, script: str) -> None:
    """Its statements one by one: `executescript` would commit what was done before it."""
    statement = ""
    for line in script.strip().splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
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
