"""What only a store in one file has to promise: its settings, its log's lock, its crashes."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.stores import open_store
from graph.stores.sql import TABLES, UPGRADES, VERSIONS
from graph.stores.sqlite import SqliteStore
from graph.stores.sqlite_file import SAFE_WAL
from powermap.changes import Create, Request
from powermap.errors import StoreUnavailable, StoreUnusable
from tests.contract.board import OWNER, Board, Place, leader, small_map, to_keep, to_save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "powermap.db"


@pytest.fixture
def board(path: Path) -> Iterator[Board]:
    place = Place(f"sqlite:///{path}")
    store = place.open()
    yield Board(store, place)
    store.close()


def raw(path: Path) -> sqlite3.Connection:
    """The file as another program opens it, with the trigger setting a careful one would have."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA recursive_triggers = ON")
    return connection


def test_a_change_is_on_the_disk_before_it_is_acknowledged(board: Board) -> None:
    assert isinstance(board.store, SqliteStore)
    connection = board.store._file.connection()

    def setting(name: str) -> object:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]

    safe_wal = sqlite3.sqlite_version_info >= SAFE_WAL
    assert setting("journal_mode") == ("wal" if safe_wal else "truncate")
    assert setting("synchronous") == 2
    assert setting("foreign_keys") == 1
    assert setting("recursive_triggers") == 1
    assert setting("mmap_size") == 0


@pytest.mark.parametrize(
    "pragma",
    [
        "synchronous = NORMAL",
        "foreign_keys = OFF",
        "recursive_triggers = OFF",
        "journal_mode = OFF",
    ],
)
def test_unsafe_settings_are_noticed(board: Board, pragma: str) -> None:
    assert isinstance(board.store, SqliteStore)
    board.store._file.connection().execute(f"PRAGMA {pragma}")

    with pytest.raises(StoreUnusable, match="could be lost"):
        board.store.check()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM change",
        "UPDATE change SET actor = 'nobody'",
        "INSERT OR REPLACE INTO change SELECT * FROM change",
        "REPLACE INTO change SELECT * FROM change WHERE ordinal = 0",
        "UPDATE OR REPLACE change SET revision = 1, ordinal = 0",
    ],
)
def test_the_log_cannot_be_rewritten(board: Board, path: Path, statement: str) -> None:
    board.add(*small_map())
    before = board.log()

    connection = raw(path)
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        connection.execute(statement)
    connection.close()

    assert board.log() == before


def test_versions_are_looked_up_one_by_one(board: Board) -> None:
    """Restoring a large map asks for as many versions as it has: none may cost a scan."""
    assert isinstance(board.store, SqliteStore)
    plan = board.store._file.connection().execute(
        "EXPLAIN QUERY PLAN " + VERSIONS, {"map_id": board.id, "wanted": "[]"}
    )

    steps = [row[3] for row in plan]
    assert steps[-1].endswith("(map_id=? AND id=? AND version=?)")


def test_a_store_in_memory_keeps_maps_for_its_life() -> None:
    store = open_store("sqlite://")
    board = Board(store, Place("sqlite://"))

    board.add(*small_map())

    assert len(board.ids()) == len(small_map())
    assert store.check().store == "SQLite"
    store.close()


def test_a_file_of_a_newer_powermap_is_refused(path: Path) -> None:
    open_store(f"sqlite:///{path}").close()
    connection = raw(path)
    connection.execute("UPDATE about SET schema = 4")
    connection.close()

    with pytest.raises(StoreUnusable, match="schema version 4; this powermap works with version 3"):
        open_store(f"sqlite:///{path}")


def test_a_file_of_an_older_powermap_is_brought_up_to_date(path: Path) -> None:
    connection = raw(path)
    connection.executescript(TABLES)
    connection.execute("INSERT INTO about VALUES (1)")
    connection.execute("INSERT INTO ledger VALUES ('old', 1, '2010-03-01T09:00:00+00:00')")
    header = json.dumps(
        {"id": "old", "title": "Old", "purpose": "To see", "as_at": "2010-03-01"}
        | {"version": 1, "author": "ann"}
    )
    connection.execute(
        "INSERT INTO record VALUES ('old', 'old', 'map', 1, 'open', 'ann', ?)", (header,)
    )
    connection.close()

    for _ in range(2):
        store = open_store(f"sqlite:///{path}")
        assert store.check().schema == 3
        assert store.read("old", OWNER).header.title == "Old"
        saved = store.save_question("old", OWNER, to_save("Gaps"))
        assert store.saved_questions("old", OWNER) == (saved,)
        kept = store.keep_paper("old", OWNER, to_keep("Paper"))
        assert kept in store.papers("old", OWNER)
        store.close()

    assert sqlite_says_it_is_whole(path)


def test_what_the_version_before_kept_is_still_there(path: Path) -> None:
    store = open_store(f"sqlite:///{path}")
    board = Board(store, Place(f"sqlite:///{path}"))
    saved = store.save_question(board.id, OWNER, to_save("Gaps"))
    store.close()
    connection = raw(path)
    connection.execute("DROP TABLE paper")
    connection.execute("UPDATE about SET schema = 2")
    connection.close()

    again = open_store(f"sqlite:///{path}")

    assert again.check().schema == 3
    assert again.saved_questions(board.id, OWNER) == (saved,)
    assert again.papers(board.id, OWNER) == ()
    again.close()


def test_a_file_that_cannot_be_brought_up_to_date_is_left_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = raw(path)
    connection.executescript(TABLES)
    connection.execute("INSERT INTO about VALUES (1)")
    connection.close()
    monkeypatch.setitem(UPGRADES, 2, UPGRADES[2] + "CREATE TABLE about (twice);\n")

    with pytest.raises(StoreUnavailable, match="about already exists"):
        open_store(f"sqlite:///{path}")

    connection = raw(path)
    assert connection.execute("SELECT schema FROM about").fetchall() == [(1,)]
    tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert ("saved_question",) not in tables
    connection.close()


def test_a_file_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    connection = raw(path)
    connection.execute("CREATE TABLE invoices (number)")
    connection.close()

    with pytest.raises(StoreUnusable, match="another program"):
        open_store(f"sqlite:///{path}")

    connection = raw(path)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("invoices",)]
    connection.close()


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_text("Not a database, but long enough to be looked at as one. " * 100)

    with pytest.raises(StoreUnusable):
        open_store(f"sqlite:///{path}")


def test_a_place_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path}/no/such/folder/powermap.db")


def test_a_damaged_file_is_said_to_be_damaged(board: Board, path: Path) -> None:
    board.add(*[leader(f"l{number}") for number in range(500)])
    board.store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4)
        file.write(os.urandom(size // 2))

    with pytest.raises(StoreUnusable, match="damaged"):
        again = open_store(f"sqlite:///{path}")
        again.read(board.id, OWNER)


def test_an_unknown_address_is_refused() -> None:
    with pytest.raises(StoreUnusable, match="must begin with sqlite:// or neo4j://"):
        open_store("postgresql://localhost/powermap")


def test_a_writer_waits_its_turn(board: Board, path: Path) -> None:
    """Somebody else's lock is waited for, not answered with an error."""
    other = raw(path)
    other.execute("BEGIN IMMEDIATE")

    waiting = threading.Thread(target=lambda: board.add(leader("kim")))
    waiting.start()
    time.sleep(0.5)
    assert waiting.is_alive()
    other.execute("ROLLBACK")
    other.close()
    waiting.join(10)

    assert board.ids() == {"kim"}


ROUNDS = 12


def test_a_writer_killed_at_any_moment_loses_nothing_acknowledged(board: Board, path: Path) -> None:
    chance = random.Random(5)
    acknowledged: list[str] = []
    killed = 0

    for round in range(ROUNDS):
        command = [sys.executable, "-m", "tests.contract.workers", board.place.url, "", ""]
        writer = subprocess.Popen(
            [*command, board.id, f"r{round}", "100000"], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        acknowledged.append(writer.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.15))
        writer.send_signal(signal.SIGKILL)
        killed += writer.wait() == -signal.SIGKILL
        rest = writer.stdout.read().split("\n")
        writer.stdout.close()
        # The last line may be cut: then its leader was acknowledged to nobody.
        acknowledged += rest[:-1]

    assert killed == ROUNDS
    assert len(acknowledged) > ROUNDS
    stored = board.ids()
    assert set(acknowledged) <= stored
    assert len(stored) - len(acknowledged) <= ROUNDS
    log = board.log()
    assert [entry.revision for entry in log] == list(range(1, len(stored) + 2))
    assert sqlite_says_it_is_whole(path)
    # And what was stored but never acknowledged is not done twice when it is asked for again.
    for id in sorted(stored - set(acknowledged)):
        outcome = board.store.apply(board.id, OWNER, [Create(leader(id))], request=Request(id, ""))
        assert outcome.replayed


def sqlite_says_it_is_whole(path: Path) -> bool:
    connection = raw(path)
    whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    hanging = connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()
    return whole and not hanging
