"""Who sees what: a record that may not be seen is, in every answer, as if it were not there."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from powermap.access import Viewer
from powermap.changes import Create, Delete, Entry, Outcome, Restore, Undo
from powermap.errors import Conflict, DeletedRecord, InvalidValue, UnknownRecord, UnknownRevision
from powermap.model import PowerMap, Record
from powermap.ports import MapStore, MapSummary
from powermap.shape import stamped
from powermap.usecases.narrowing import as_known
from powermap.vocabulary import RecordKind, Sensitivity
from tests.contract.board import (
    ANALYST,
    CONFIDENTIAL,
    EDITOR,
    EVERYBODY,
    OPEN,
    OWNER,
    PRIVATE,
    READER,
    Board,
    Place,
    answer,
    body,
    delete,
    judgement,
    leader,
    post,
    small_map,
    tie,
)

# Who sees what the editor recorded at each level.
SEEN_BY = {
    OPEN: {OWNER, EDITOR, ANALYST, READER},
    CONFIDENTIAL: {OWNER, EDITOR, ANALYST},
    PRIVATE: {EDITOR},
}


@pytest.mark.parametrize("viewer", EVERYBODY, ids=lambda viewer: viewer.role.value)
@pytest.mark.parametrize("level", list(Sensitivity))
def test_each_question_is_answered_by_level(
    board: Board, level: Sensitivity, viewer: Viewer
) -> None:
    made = board.add(leader("kim", level), by=EDITOR)
    gone = board.add(leader("lee", level), by=EDITOR)
    board.drop(leader("lee", level), 1, by=EDITOR)
    board.store.keep_arrangement(board.id, viewer, {"kim": (1.0, 2.0)})

    sees = viewer in SEEN_BY[level]

    there = {"kim"} if sees else set()
    assert board.ids(viewer) == there
    assert board.ids(viewer, made.revision) == there
    assert board.ids(viewer, gone.revision) == (there | {"lee"} if sees else set())
    assert {entry.id for entry in board.log(viewer)} == {board.id} | (
        there | {"lee"} if sees else set()
    )
    summary = next(s for s in board.store.maps(viewer) if s.header.id == board.id)
    assert summary.counts == ({RecordKind.LEADER: 1} if sees else {})
    assert set(board.store.arrangement(board.id, viewer)) == there
    if sees:
        assert board.get("kim", viewer).id == "kim"
        assert len(board.history("lee", viewer)) == 2
        with pytest.raises(DeletedRecord):
            board.get("lee", viewer)
    else:
        for ask in (board.get, board.history):
            for id in ("kim", "lee"):
                with pytest.raises(UnknownRecord):
                    ask(id, viewer)


def test_the_owner_alone_is_told_how_much_is_withheld(board: Board) -> None:
    board.add(*small_map())
    board.add(leader("a", PRIVATE), leader("b", PRIVATE), tie("t", "a", "b", PRIVATE), by=EDITOR)
    board.add(leader("own", PRIVATE), by=OWNER)

    assert [board.read(viewer).withheld for viewer in EVERYBODY] == [3, None, None, None]
    assert board.read(OWNER, revision=1).withheld is None


# -- levels of records that name each other -----------------------------------------------------


def test_raising_a_leader_raises_all_that_names_them(board: Board) -> None:
    board.add(*small_map(OPEN), post("clerk", "trust", OPEN, reports_to="deputy"))
    board.add(tie("note", "lee", "trust", PRIVATE), by=EDITOR)

    outcome = board.change(leader("lee", CONFIDENTIAL), 1)

    raised = {entry.id: entry.cause for entry in outcome.entries}
    assert raised == {
        "lee": None,
        "deputy": "lee",
        "kim-lee": "lee",
        "lee-trust": "lee",
        "clerk": "lee",
    }
    assert board.ids(READER) == {"kim", "trust", "council", "chief", "of-kim"}
    assert board.get("note", EDITOR).version == 1


def test_a_raised_level_hides_the_past_too(board: Board) -> None:
    board.add(*small_map(OPEN))
    board.change(leader("lee", CONFIDENTIAL), 1)

    for revision in (2, 3):
        assert board.ids(READER, revision) == {"kim", "trust", "council", "chief", "of-kim"}
    assert "lee" not in {entry.id for entry in board.log(READER)}
    with pytest.raises(UnknownRecord):
        board.history("lee", READER)


def test_a_lowered_level_shows_only_what_was_recorded_at_it(board: Board) -> None:
    board.add(leader("kim", name="Before"))
    board.change(leader("kim", OPEN, name="After"), 1)

    assert [entry.version for entry in board.history("kim", READER)] == [2]
    assert board.ids(READER, 2) == set()
    assert board.ids(READER, 3) == {"kim"}


def test_a_version_that_named_somebody_hidden_since_is_hidden(board: Board) -> None:
    """The post let go of its holder before they were hidden; its first version still names them."""
    board.add(leader("kim", OPEN), body("trust", OPEN), post("chief", "trust", OPEN, holder="kim"))
    board.change(post("chief", "trust", OPEN), 1)
    board.change(leader("kim", CONFIDENTIAL), 1)

    assert [entry.version for entry in board.history("chief", READER)] == [2]
    assert [entry.version for entry in board.log(READER) if entry.id == "chief"] == [2]
    assert board.ids(READER, 2) == {"trust"}
    assert board.ids(READER, 3) == {"trust", "chief"}


def test_a_version_that_somebody_hidden_brought_about_is_hidden(board: Board) -> None:
    board.add(leader("kim", OPEN), body("trust", OPEN), post("chief", "trust", OPEN, holder="kim"))
    board.drop(leader("kim"), 1)
    board.make(Restore(RecordKind.LEADER, "kim"))
    board.change(post("chief", "trust", OPEN, title="Another"), 3)
    board.change(leader("kim", CONFIDENTIAL), 3)

    assert [entry.version for entry in board.history("chief", READER)] == [4]


def test_a_tie_is_never_more_open_than_what_it_names(board: Board) -> None:
    board.add(leader("kim"), leader("lee", OPEN))

    with pytest.raises(InvalidValue, match="must be at least confidential"):
        board.add(tie("t", "kim", "lee", OPEN))
    board.add(tie("t", "kim", "lee", CONFIDENTIAL))
    with pytest.raises(InvalidValue, match="must be at least confidential"):
        board.change(tie("t", "kim", "lee", OPEN), 1)


def test_only_private_notes_name_what_is_private(board: Board) -> None:
    board.add(leader("own", PRIVATE), leader("kim"), by=EDITOR)

    with pytest.raises(InvalidValue, match="must be at least private"):
        board.add(tie("t", "own", "kim"), by=EDITOR)
    with pytest.raises(InvalidValue, match="there is no such"):
        board.add(tie("t", "own", "kim", PRIVATE), by=OWNER)
    board.add(tie("t", "own", "kim", PRIVATE), by=EDITOR)


@pytest.mark.parametrize(
    "record",
    [leader("x"), body("x"), post("x", "trust")],
    ids=["leader", "organisation", "accountability"],
)
def test_what_others_may_name_cannot_become_private_again(board: Board, record: Record) -> None:
    board.add(body("trust"), record)

    with pytest.raises(InvalidValue, match="cannot become private"):
        board.change(stamped(record, sensitivity=PRIVATE), 1)


@pytest.mark.parametrize(
    "record", [tie("x", "kim", "lee"), judgement("x", "kim")], ids=["tie", "j"]
)
def test_a_tie_or_judgement_may_become_private_again(board: Board, record: Record) -> None:
    board.add(leader("kim"), leader("lee"), record, by=EDITOR)

    board.change(stamped(record, sensitivity=PRIVATE), 1, by=EDITOR)

    assert "x" in board.ids(EDITOR)
    assert "x" not in board.ids(OWNER)
    with pytest.raises(UnknownRecord):
        board.history("x", OWNER)


def test_only_its_author_makes_a_record_private(board: Board) -> None:
    board.add(leader("kim"), leader("lee"), tie("t", "kim", "lee"), by=EDITOR)

    with pytest.raises(InvalidValue, match="only its author"):
        board.change(tie("t", "kim", "lee", PRIVATE), 1, by=OWNER)


def test_what_was_private_and_is_shared_keeps_its_past_to_its_author(board: Board) -> None:
    board.add(leader("kim", PRIVATE, name="Draft"), by=EDITOR)
    board.change(leader("kim", CONFIDENTIAL, name="Shared"), 1, by=EDITOR)

    assert [entry.version for entry in board.history("kim", OWNER)] == [2]
    assert [entry.version for entry in board.history("kim", EDITOR)] == [1, 2]
    assert board.ids(OWNER, 2) == set()


def test_ordinals_show_no_gap_where_something_is_hidden(board: Board) -> None:
    board.add(*small_map())
    board.add(tie("a-note", "kim", "trust", PRIVATE), by=EDITOR)

    outcome = board.drop(leader("kim"), 1)

    assert [entry.ordinal for entry in outcome.entries] == [0, 1, 2, 3]
    assert [e.ordinal for e in board.log() if e.revision == outcome.revision] == [0, 1, 2, 3]
    assert [entry.ordinal for entry in board.history("of-kim")] == [0, 0]


def test_pages_of_changes_go_on_past_what_is_hidden(board: Board) -> None:
    board.add(body("trust", OPEN))
    for number in range(8):
        board.add(leader(f"hidden-{number}"))
    board.add(leader("kim", OPEN), post("chief", "trust", OPEN, holder="kim"))
    for version in range(1, 6):
        board.change(post("chief", "trust", OPEN, holder="kim"), version)
    board.change(post("chief", "trust", OPEN), 6)
    board.change(leader("kim"), 1)
    board.change(body("trust", OPEN), 1)

    entries = board.store.changes(board.id, READER, after=1, limit=3)

    assert [(entry.id, entry.version) for entry in entries] == [
        ("trust", 1),
        ("chief", 7),
        ("trust", 2),
    ]


# -- two worlds ---------------------------------------------------------------------------------

Step = tuple[str, Viewer, Callable[[Board], Any]]
"""Whose world the step is in (`both`, or `hidden` alone), who takes it, and what they do."""

STEPS: list[Step] = [
    ("both", OWNER, lambda b: b.add(*small_map(OPEN))),
    ("hidden", EDITOR, lambda b: b.add(leader("x", PRIVATE), body("y", PRIVATE), by=EDITOR)),
    ("hidden", EDITOR, lambda b: b.add(tie("a-x", "kim", "x", PRIVATE), by=EDITOR)),
    ("hidden", EDITOR, lambda b: b.add(post("b-x", "y", PRIVATE, holder="kim"), by=EDITOR)),
    ("hidden", EDITOR, lambda b: b.add(judgement("c-x", "kim", PRIVATE), by=EDITOR)),
    ("hidden", EDITOR, lambda b: b.add(post("d", "y", PRIVATE, reports_to="chief"), by=EDITOR)),
    ("hidden", EDITOR, lambda b: b.change(leader("x", PRIVATE, name="Other"), 1, by=EDITOR)),
    ("both", OWNER, lambda b: b.change(leader("lee", CONFIDENTIAL), 1)),
    ("both", OWNER, lambda b: b.change(body("trust", OPEN, name="Renamed"), 1)),
    ("hidden", EDITOR, lambda b: b.drop(body("y"), 1, by=EDITOR)),
    ("hidden", EDITOR, lambda b: b.make(Restore(RecordKind.ORGANISATION, "y"), by=EDITOR)),
    ("both", OWNER, lambda b: b.drop(leader("kim"), 1)),
    ("hidden", EDITOR, lambda b: b.change(post("b-x", "y", PRIVATE), 4, by=EDITOR)),
    ("both", OWNER, lambda b: b.make(Restore(RecordKind.LEADER, "kim"))),
    ("both", OWNER, lambda b: b.make(Undo(b.read().revision))),
    ("both", OWNER, lambda b: b.make(Undo(b.read().revision))),
    ("both", OWNER, lambda b: b.change(leader("kim"), 99)),
    ("both", OWNER, lambda b: b.make(Undo(99999))),
    ("both", OWNER, lambda b: b.add(tie("t", "kim", "z"))),
    ("both", OWNER, lambda b: b.make(delete("kim", 5), delete("council", 1))),
    ("both", OWNER, lambda b: b.make(Delete(RecordKind.MAP, b.id, 1))),
    ("both", OWNER, lambda b: b.make(Restore(RecordKind.MAP, b.id))),
]


@pytest.mark.parametrize("viewer", [OWNER, ANALYST, READER], ids=lambda v: v.role.value)
def test_a_hidden_record_leaves_no_trace(store: MapStore, place: Place, viewer: Viewer) -> None:
    without, with_hidden = Board(store, place), Board(store, place)
    # The revisions after each step that both worlds share.
    marks: dict[str, list[int]] = {without.id: [1], with_hidden.id: [1]}

    for world, actor, act in STEPS:
        if world == "hidden":
            act(with_hidden)
            continue
        told = {board.id: [untold(answer(act, board), board)] for board in (without, with_hidden)}
        if viewer != actor:
            told = {without.id: [], with_hidden.id: []}
        for board in (without, with_hidden):
            revision = answer(store.revision, board.id, viewer)
            marks[board.id] += [revision] if isinstance(revision, int) else []
            told[board.id] += all_told(board, viewer, marks[board.id])
        assert told[without.id] == told[with_hidden.id]

    assert with_hidden.ids(EDITOR) - without.ids(EDITOR) == {"x", "y", "b-x", "d"}


def all_told(board: Board, viewer: Viewer, marks: list[int]) -> list[Any]:
    """The answer to every question there is, without revision numbers and times."""
    store = board.store
    ids = ["kim", "chief", "x", "a-x", "b-x", "d", "t"]
    found = [
        [s for s in store.maps(viewer) if s.header.id == board.id],
        answer(board.read, viewer),
        answer(board.log, viewer),
        answer(store.arrangement, board.id, viewer),
        *[answer(board.read, viewer, revision) for revision in marks[-2:]],
    ]
    for id in ids:
        # The last is refused whether or not there is such a record.
        impossible = partial(board.change, leader(id), 1_000, viewer)
        found += [answer(board.get, id, viewer), answer(board.history, id, viewer)]
        found += [answer(impossible)]
    return [untold(item, board) for item in found]


def untold(found: Any, board: Board) -> Any:
    """An answer without what every member may know: revision numbers, times and the map's id."""
    if isinstance(found, Outcome):
        return untold(found.entries, board)
    if isinstance(found, PowerMap):
        # How many are withheld is the stated exception, for the owner alone.
        return untold([found.header, *found.records.values()], board)
    if isinstance(found, MapSummary):
        return untold([found.header, found.counts], board)
    if isinstance(found, tuple | list):
        return [untold(item, board) for item in found]
    if isinstance(found, Entry):
        found = dataclasses.replace(found, revision=0, at=datetime.min, request="")
    return re.sub(r"revision \d+", "revision n", repr(found).replace(board.id, "the map"))


def test_refusals_list_nothing_hidden(board: Board) -> None:
    made = board.add(leader("kim"))
    board.add(tie_between := body("own", PRIVATE), by=EDITOR)
    board.add(tie("note", "kim", tie_between.id, PRIVATE), by=EDITOR)

    outcome = board.make(Undo(made.revision))

    assert [entry.id for entry in outcome.entries] == ["kim"]
    assert board.ids(EDITOR) == {"own"}
    with pytest.raises(UnknownRevision):
        board.make(Undo(3), by=OWNER)
    with pytest.raises(Conflict):
        board.make(Create(leader("kim")))


def test_a_past_map_tells_how_sensitive_each_record_came_to_be(board: Board) -> None:
    board.add(leader("kim", OPEN), leader("lee", OPEN), leader("max", OPEN))
    board.change(leader("kim", CONFIDENTIAL), 1)
    board.change(leader("lee", CONFIDENTIAL), 1)
    board.drop(leader("lee"), 2)

    then, now = board.read(OWNER, 2), board.read(OWNER)

    assert {id: then.latest[id] for id in then.records} == {
        "kim": CONFIDENTIAL,
        "lee": CONFIDENTIAL,
        "max": OPEN,
    }
    assert set(as_known(then, now, OPEN).records) == {"max"}
    assert set(as_known(then, now, CONFIDENTIAL).records) == {"kim", "lee", "max"}
