"""The log: complete, in order, never rewritten; the map as it was known, and as it was so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from powermap.changes import Create, Entry, Restore, Undo, Update
from powermap.dates import PartialDate
from powermap.errors import DeletedRecord, UnknownRevision
from powermap.model import PowerMap
from powermap.ports import MapStore
from powermap.vocabulary import RecordKind
from tests.contract.board import (
    EDITOR,
    OPEN,
    OWNER,
    READER,
    Board,
    Place,
    body,
    delete,
    leader,
    post,
    small_map,
    tie,
)


def eventful(board: Board) -> list[PowerMap]:
    """A map with a past; what it was after each revision."""
    past = [board.read()]
    for act in (
        lambda: board.add(*small_map()),
        lambda: board.change(leader("kim", name="Second"), 1),
        lambda: board.make(delete("lee", 1)),
        lambda: board.add(leader("new"), tie("t", "kim", "new"), by=EDITOR),
        lambda: board.make(Restore(RecordKind.LEADER, "lee")),
        lambda: board.make(Undo(5)),
        lambda: board.make(Update(leader("kim", name="Third"), 2), delete("trust", 1)),
    ):
        act()
        past.append(board.read())
    return past


def test_the_map_is_read_as_it_was_known_at_each_revision(board: Board) -> None:
    past = eventful(board)

    for revision, then in enumerate(past, start=1):
        found = board.read(revision=revision)
        assert found.records == then.records
        assert (found.revision, found.header) == (revision, then.header)
        assert found.changed_at == then.changed_at


@pytest.mark.parametrize("revision", [0, -1, 9, 2**40])
def test_a_revision_that_never_was(board: Board, revision: int) -> None:
    eventful(board)

    with pytest.raises(UnknownRevision):
        board.read(revision=revision)


def test_the_log_tells_all_that_was_done_in_order(board: Board) -> None:
    began = datetime.now(UTC) - timedelta(seconds=5)
    eventful(board)

    log = board.log()

    assert [entry.revision for entry in log] == sorted(entry.revision for entry in log)
    assert {entry.revision for entry in log} == set(range(1, 9))
    by_revision: dict[int, list[Entry]] = {}
    for entry in log:
        by_revision.setdefault(entry.revision, []).append(entry)
    for entries in by_revision.values():
        assert [entry.ordinal for entry in entries] == list(range(len(entries)))
        assert len({(entry.at, entry.actor, entry.request) for entry in entries}) == 1
    times = [entry.at for entry in log]
    assert times == sorted(times)
    assert began < times[0] <= times[-1] <= datetime.now(UTC)
    assert {entry.actor for entry in log} == {"ann", "ed"}


def test_each_record_has_every_version_once(board: Board) -> None:
    eventful(board)
    log = board.log()

    for id in {entry.id for entry in log}:
        versions = [entry.version for entry in log if entry.id == id]
        assert versions == list(range(1, len(versions) + 1))
        history = board.history(id)
        assert [entry.version for entry in history] == versions
        assert [entry.record for entry in history] == [e.record for e in log if e.id == id]


def test_the_log_replayed_is_the_map(board: Board) -> None:
    past = eventful(board)
    replayed = {}

    for entry in board.log():
        replayed[entry.id] = entry.record

    del replayed[board.id]
    assert {id: r for id, r in replayed.items() if r is not None} == past[-1].records


def test_later_changes_leave_the_log_as_it_was(board: Board) -> None:
    eventful(board)
    before = board.log()

    board.make(Undo(8))
    board.make(delete("council", 1))

    assert board.log()[: len(before)] == before


def test_an_entry_says_what_asked_for_it_and_what_brought_it_about(board: Board) -> None:
    board.add(*small_map())

    outcome = board.make(delete("kim", 1), key="the key")

    assert {entry.request for entry in outcome.entries} == {"the key"}
    assert {entry.id: entry.cause for entry in outcome.entries} == {
        "kim": None,
        "chief": "kim",
        "kim-lee": "kim",
        "of-kim": "kim",
    }


def test_a_deleted_record_keeps_its_history(board: Board) -> None:
    board.add(leader("kim"))
    board.change(leader("kim", name="Second"), 1)
    board.drop(leader("kim"), 2)

    with pytest.raises(DeletedRecord):
        board.get("kim")
    assert [(e.version, e.op.value, e.record is None) for e in board.history("kim")] == [
        (1, "create", False),
        (2, "update", False),
        (3, "delete", True),
    ]


@pytest.mark.parametrize(("after", "limit"), [(0, 1), (0, 3), (2, 2), (5, 100), (8, 5), (99, 5)])
def test_changes_are_read_in_whole_revisions(board: Board, after: int, limit: int) -> None:
    eventful(board)
    log = [entry for entry in board.log() if after < entry.revision <= after + limit]

    assert list(board.store.changes(board.id, OWNER, after=after, limit=limit)) == log


def test_a_log_belongs_to_one_map(board: Board, store: MapStore, place: Place) -> None:
    other = Board(store, place)
    board.add(leader("kim", name="Here"))
    other.add(leader("kim", name="There"))
    other.change(leader("kim", name="There, later"), 1)

    assert [entry.record.name for entry in board.history("kim") if entry.record] == ["Here"]  # type: ignore[attr-defined]
    assert board.store.revision(board.id, OWNER) == 2
    assert board.read().leaders["kim"].name == "Here"


# -- as of a day --------------------------------------------------------------------------------


def test_the_map_is_shown_as_it_was_on_a_day(board: Board) -> None:
    board.add(
        leader("kim"),
        body("trust", active_from=PartialDate("2007"), active_to=PartialDate("2013-03-31")),
        body("group", active_from=PartialDate("2013-04-01")),
        post("chief", "trust", holder="kim", active_from=PartialDate("2009-05")),
    )

    def on(day: date) -> tuple[set[str], frozenset[str]]:
        found = board.read().held_on(day)
        return set(found.records), found.doubtful

    assert on(date(2009, 6, 1)) == ({"kim", "trust", "chief"}, frozenset())
    assert on(date(2009, 5, 10)) == ({"kim", "trust", "chief"}, frozenset({"chief"}))
    assert on(date(2007, 6, 1)) == ({"kim", "trust"}, frozenset({"trust"}))
    assert on(date(2013, 4, 1)) == ({"kim", "group"}, frozenset())


def test_what_was_known_then_of_how_it_was_on_a_day(board: Board) -> None:
    """Two questions, kept apart: what was so on the day, and what we knew at the revision."""
    board.add(leader("kim"), body("trust"))
    board.add(post("chief", "trust", holder="kim", active_from=PartialDate("2009")))
    board.change(post("chief", "trust", holder="kim", active_from=PartialDate("2010")), 1)

    day = date(2009, 12, 31)
    assert "chief" in board.read(revision=3).held_on(day).records
    assert "chief" not in board.read(revision=4).held_on(day).records


# -- maps, and where things stand on them -------------------------------------------------------


def test_maps_are_listed_by_title(store: MapStore, place: Place) -> None:
    boards = [Board(store, place) for _ in range(3)]
    for board, title in zip(boards, ("beta", "Alpha", "Γ"), strict=True):
        current = board.read().header
        board.make(Update(type(current)(**{**vars(current), "title": title}), 1))
    boards[1].add(*small_map())

    mine = {board.id for board in boards}
    listed = [summary for summary in store.maps(OWNER) if summary.header.id in mine]

    assert [summary.header.title for summary in listed] == ["Alpha", "beta", "Γ"]
    assert listed[0].revision == 3
    assert listed[0].changed_at == boards[1].read().changed_at
    assert listed[0].counts == {
        RecordKind.LEADER: 2,
        RecordKind.ORGANISATION: 2,
        RecordKind.ACCOUNTABILITY: 2,
        RecordKind.RELATIONSHIP: 2,
        RecordKind.ASSESSMENT: 1,
    }
    assert listed[1].counts == {}


def test_an_arrangement_is_kept_for_those_who_see_the_same(board: Board) -> None:
    board.add(leader("kim", OPEN), leader("lee", OPEN))
    positions = {"kim": (0.25, -1.5), "lee": (1e-9, 3e5), "nobody": (0.0, 0.0)}

    assert board.store.arrangement(board.id, OWNER) == {}
    board.store.keep_arrangement(board.id, OWNER, positions)
    board.store.keep_arrangement(board.id, READER, {"kim": (9.0, 9.0)})

    del positions["nobody"]
    assert board.store.arrangement(board.id, OWNER) == positions
    assert board.store.arrangement(board.id, READER) == {"kim": (9.0, 9.0)}
    assert board.store.arrangement(board.id, EDITOR) == {}
    assert board.store.revision(board.id, OWNER) == 2
    board.store.keep_arrangement(board.id, OWNER, {"lee": (5.0, 5.0)})
    assert board.store.arrangement(board.id, OWNER) == {"lee": (5.0, 5.0)}


def test_an_arrangement_with_a_name_stays_beside_the_others(board: Board) -> None:
    board.add(leader("kim", OPEN))
    board.store.keep_arrangement(board.id, OWNER, {"kim": (1.0, 1.0)})
    board.store.keep_arrangement(board.id, OWNER, {"kim": (2.0, 2.0)}, name="a")
    board.store.keep_arrangement(board.id, OWNER, {"kim": (3.0, 3.0)}, name="b")

    assert board.store.arrangement(board.id, OWNER) == {"kim": (1.0, 1.0)}
    assert board.store.arrangement(board.id, OWNER, name="a") == {"kim": (2.0, 2.0)}
    assert board.store.arrangement(board.id, OWNER, name="b") == {"kim": (3.0, 3.0)}
    assert board.store.arrangement(board.id, OWNER, name="c") == {}
    assert board.store.arrangement(board.id, READER, name="a") == {}


def test_a_store_says_what_it_is(store: MapStore, place: Place) -> None:
    state = store.check()

    assert state.store == ("SQLite" if place.url.startswith("sqlite") else "Neo4j")
    assert state.version
    assert state.schema == 3


def test_a_store_opened_again_holds_what_it_held(board: Board, place: Place) -> None:
    board.add(*small_map())
    before = board.read()

    again = place.open()

    try:
        assert again.read(board.id, OWNER) == before
        assert again.changes(board.id, OWNER) == board.log()
    finally:
        again.close()


def test_a_change_of_nothing_is_still_a_version(board: Board) -> None:
    board.make(Create(leader("kim")))
    board.change(leader("kim"), 1)

    assert board.get("kim").version == 2
