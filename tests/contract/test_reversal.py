"""Bringing records back, and undoing what a request did."""

from __future__ import annotations

import pytest

from powermap.changes import Create, Delete, Restore, Undo, Update
from powermap.errors import (
    Conflict,
    DeletedRecord,
    Forbidden,
    UnknownMap,
    UnknownRecord,
    UnknownRevision,
)
from powermap.model import PowerMap
from powermap.shape import stamped
from powermap.vocabulary import RecordKind
from tests.contract.board import (
    ANALYST,
    CONFIDENTIAL,
    EDITOR,
    OPEN,
    OWNER,
    PRIVATE,
    Board,
    body,
    delete,
    did,
    header,
    leader,
    post,
    small_map,
    tie,
)

LEADER = RecordKind.LEADER


def said(found: PowerMap) -> dict[str, object]:
    """What the map says, whatever the versions."""
    return {id: stamped(record, version=0) for id, record in found.records.items()}


# -- restore ------------------------------------------------------------------------------------


def test_a_leader_comes_back_with_the_ties_their_deletion_removed(board: Board) -> None:
    board.add(*small_map())
    before = said(board.read())
    board.drop(leader("kim"), 1)

    outcome = board.make(Restore(LEADER, "kim"))

    assert did(outcome) == [
        ("kim", 3, "restore", None),
        ("kim-lee", 3, "restore", "kim"),
        ("of-kim", 3, "restore", "kim"),
        ("chief", 3, "update", "kim"),
    ]
    assert said(board.read()) == before


def test_a_post_filled_meanwhile_stays_filled(board: Board) -> None:
    board.add(*small_map())
    board.drop(leader("kim"), 1)
    board.change(post("chief", "council", holder="lee"), 2)

    board.make(Restore(LEADER, "kim"))

    assert board.read().accountabilities["chief"].holder == "lee"


def test_a_tie_to_somebody_gone_stays_away_until_they_are_back(board: Board) -> None:
    board.add(*small_map())
    board.drop(leader("kim"), 1)
    board.drop(leader("lee"), 1)

    board.make(Restore(LEADER, "kim"))

    assert "kim-lee" not in board.ids()
    board.make(Restore(LEADER, "lee"))
    board.make(Restore(RecordKind.RELATIONSHIP, "kim-lee"))
    assert "kim-lee" in board.ids()


def test_a_tie_cannot_come_back_without_its_end(board: Board) -> None:
    board.add(*small_map())
    board.drop(leader("kim"), 1)

    with pytest.raises(Conflict) as refused:
        board.make(Restore(RecordKind.RELATIONSHIP, "kim-lee"))
    assert refused.value.records == ("kim-lee",)


def test_a_line_of_posts_comes_back_whole(board: Board) -> None:
    board.add(*small_map(), post("clerk", "council", reports_to="deputy"))
    before = said(board.read())
    board.drop(body("council"), 1)

    board.make(Restore(RecordKind.ORGANISATION, "council"))

    assert said(board.read()) == before


def test_what_comes_back_is_as_sensitive_as_what_it_names_now(board: Board) -> None:
    board.add(*small_map(OPEN))
    board.drop(tie("kim-lee", "kim", "lee"), 1)
    board.change(leader("kim", CONFIDENTIAL), 1)

    board.make(Restore(RecordKind.RELATIONSHIP, "kim-lee"))

    assert board.get("kim-lee").sensitivity is CONFIDENTIAL


def test_a_restore_that_would_make_a_loop_is_refused(board: Board) -> None:
    board.add(*small_map(), post("top", "council"))
    board.change(post("chief", "council", reports_to="top"), 1)
    board.drop(post("chief", "council"), 2)
    board.change(post("top", "council", reports_to="deputy"), 1)

    with pytest.raises(Conflict):
        board.make(Restore(RecordKind.ACCOUNTABILITY, "chief"))


def test_only_what_was_deleted_can_be_restored(board: Board) -> None:
    board.add(leader("kim"))

    with pytest.raises(Conflict):
        board.make(Restore(LEADER, "kim"))
    with pytest.raises(UnknownRecord):
        board.make(Restore(LEADER, "nobody"))
    board.drop(leader("kim"), 1)
    with pytest.raises(UnknownRecord):
        board.make(Restore(RecordKind.ORGANISATION, "kim"))


def test_a_restore_sees_the_changes_before_it(board: Board) -> None:
    board.add(*small_map())

    outcome = board.make(delete("kim", 1), Restore(LEADER, "kim"))
    board.drop(leader("lee"), 1)
    with pytest.raises(Conflict, match="has not been deleted"):
        board.make(Restore(LEADER, "lee"), Restore(RecordKind.RELATIONSHIP, "kim-lee"))

    assert board.versions()["kim"] == 3
    assert ("kim-lee", 3, "restore", "kim") in did(outcome)


def test_deleted_and_restored_again_and_again(board: Board) -> None:
    board.add(*small_map())
    before = said(board.read())

    for round in range(3):
        board.drop(leader("kim"), 1 + 2 * round)
        with pytest.raises(DeletedRecord):
            board.get("kim-lee")
        board.make(Restore(LEADER, "kim"))

    assert said(board.read()) == before
    assert board.versions()["kim-lee"] == 7


def test_restoring_needs_the_right_to_write(board: Board) -> None:
    board.add(leader("kim"))
    board.add(leader("own", PRIVATE), by=ANALYST)
    board.drop(leader("kim"), 1)
    board.drop(leader("own"), 1, by=ANALYST)

    with pytest.raises(Forbidden):
        board.make(Restore(LEADER, "kim"), by=ANALYST)
    board.make(Restore(LEADER, "own"), by=ANALYST)


def test_a_note_comes_back_to_its_author_when_somebody_else_restores(board: Board) -> None:
    board.add(*small_map())
    board.add(tie("note", "kim", "trust", PRIVATE), by=ANALYST)
    board.drop(leader("kim"), 1)
    assert "note" not in board.ids(ANALYST)

    outcome = board.make(Restore(LEADER, "kim"))

    assert "note" not in [entry.id for entry in outcome.entries]
    assert board.get("note", ANALYST).author == "una"


# -- undo ---------------------------------------------------------------------------------------


def test_undo_of_a_change(board: Board) -> None:
    board.add(leader("kim", name="First"))
    changed = board.change(leader("kim", name="Second"), 1)

    outcome = board.make(Undo(changed.revision))

    assert did(outcome) == [("kim", 3, "update", None)]
    assert board.read().leaders["kim"].name == "First"


def test_undo_of_a_deletion_brings_back_all_it_took(board: Board) -> None:
    board.add(*small_map())
    before = said(board.read())
    deleted = board.drop(leader("kim"), 1)

    board.make(Undo(deleted.revision))

    assert said(board.read()) == before


def test_undo_of_an_import_takes_it_all_away(board: Board) -> None:
    board.add(leader("old"))
    imported = board.add(*small_map())

    outcome = board.make(Undo(imported.revision))

    assert board.ids() == {"old"}
    assert {entry.op.value for entry in outcome.entries} == {"delete"}
    assert len(outcome.entries) == len(small_map())


def test_undo_of_an_undo(board: Board) -> None:
    board.add(*small_map())
    before = said(board.read())
    deleted = board.drop(body("council"), 1)
    undone = board.make(Undo(deleted.revision))
    again = board.make(Undo(undone.revision))
    assert "chief" not in board.ids()

    board.make(Undo(again.revision))

    assert said(board.read()) == before


def test_undo_of_a_request_with_many_changes_of_one_record(board: Board) -> None:
    board.add(leader("kim", name="First"))
    outcome = board.make(
        Update(leader("kim", name="Second"), 1),
        Delete(LEADER, "kim", 2),
        Restore(LEADER, "kim"),
        Update(leader("kim", name="Third"), 4),
    )

    board.make(Undo(outcome.revision))

    assert board.read().leaders["kim"].name == "First"
    assert board.versions()["kim"] == 6


def test_undo_is_refused_with_a_list_of_what_changed_since(board: Board) -> None:
    imported = board.add(*small_map())
    board.change(leader("kim", name="Later"), 1)
    board.change(body("trust", name="Later"), 1)

    with pytest.raises(Conflict) as refused:
        board.make(Undo(imported.revision))

    assert refused.value.records == ("kim", "trust")


def test_undo_is_refused_with_a_list_of_what_was_built_since(board: Board) -> None:
    made = board.add(leader("kim"), leader("lee"))
    board.add(tie("later", "kim", "lee"))

    with pytest.raises(Conflict) as refused:
        board.make(Undo(made.revision))

    assert refused.value.records == ("later",)


def test_undo_of_a_raised_level_lowers_what_was_raised_with_it(board: Board) -> None:
    board.add(*small_map(OPEN), post("clerk", "trust", OPEN, reports_to="deputy"))
    before = said(board.read())
    raised = board.change(leader("lee", CONFIDENTIAL), 1)
    assert ("clerk", 2, "update", "lee") in did(raised)

    board.make(Undo(raised.revision))

    assert said(board.read()) == before


def test_undo_of_a_lowered_level_raises_what_was_built_since(board: Board) -> None:
    board.add(leader("kim"), leader("lee", OPEN), tie("old", "kim", "lee"))
    lowered = board.make(Update(leader("kim", OPEN), 1), Update(tie("old", "kim", "lee", OPEN), 1))
    board.add(tie("new", "kim", "lee", OPEN))

    outcome = board.make(Undo(lowered.revision))

    assert sorted(did(outcome)) == [
        ("kim", 3, "update", None),
        ("new", 2, "update", "kim"),
        ("old", 3, "update", None),
    ]
    assert board.get("new").sensitivity is CONFIDENTIAL


def test_an_undo_that_would_hide_what_is_shared_is_refused(board: Board) -> None:
    board.add(leader("kim", PRIVATE))
    shared = board.change(leader("kim", CONFIDENTIAL), 1)

    with pytest.raises(Conflict):
        board.make(Undo(shared.revision))


@pytest.mark.parametrize("revision", [0, -1, 99])
def test_a_revision_that_never_was_cannot_be_undone(board: Board, revision: int) -> None:
    with pytest.raises(UnknownRevision):
        board.make(Undo(revision))


def test_undo_needs_the_right_to_write(board: Board) -> None:
    made = board.add(leader("kim"))
    own = board.add(tie_of_own := leader("own", PRIVATE), by=ANALYST)

    with pytest.raises(Forbidden):
        board.make(Undo(made.revision), by=ANALYST)
    with pytest.raises(UnknownRevision):
        board.make(Undo(own.revision), by=OWNER)
    board.make(Undo(own.revision), by=ANALYST)
    assert tie_of_own.id not in board.ids(ANALYST)


def test_undo_leaves_what_became_private_since(board: Board) -> None:
    """Its author made the tie private, so for anybody else the revision holds nothing."""
    board.add(leader("kim"), leader("lee"))
    made = board.add(tie("t", "kim", "lee"), by=EDITOR)
    board.change(tie("t", "kim", "lee", PRIVATE), 1, by=EDITOR)

    with pytest.raises(UnknownRevision):
        board.make(Undo(made.revision), by=OWNER)

    assert board.ids(EDITOR) == {"kim", "lee", "t"}


def test_undo_leaves_what_somebody_changed_in_private_since(board: Board) -> None:
    board.add(leader("kim"), body("trust"))
    board.add(post("own", "trust", PRIVATE, holder="kim"), by=EDITOR)
    deleted = board.drop(leader("kim"), 1)
    board.change(post("own", "trust", PRIVATE, title="Another"), 2, by=EDITOR)

    outcome = board.make(Undo(deleted.revision))

    assert did(outcome) == [("kim", 3, "restore", None)]
    assert board.read(EDITOR).accountabilities["own"].title == "Another"


def test_undo_leaves_private_ties_that_cannot_stand(board: Board) -> None:
    board.add(leader("kim"))
    board.add(body("own", PRIVATE), tie("t", "kim", "own", PRIVATE), by=EDITOR)
    deleted = board.drop(leader("kim"), 1)
    board.drop(body("own"), 1, by=EDITOR)

    board.make(Undo(deleted.revision))

    assert board.ids(EDITOR) == {"kim"}


# -- the map itself -----------------------------------------------------------------------------


def test_a_map_is_deleted_and_restored_whole(board: Board) -> None:
    board.add(*small_map(), body("a", succeeded_by=("b",)), body("b", succeeded_by=("a",)))
    board.add(leader("own", PRIVATE), by=EDITOR)
    before = said(board.read())

    board.make(Delete(RecordKind.MAP, board.id, 1))

    with pytest.raises(UnknownMap):
        board.read()
    assert board.id not in [summary.header.id for summary in board.store.maps(OWNER)]
    board.make(Restore(RecordKind.MAP, board.id))
    assert said(board.read()) == before
    assert "own" in board.ids(EDITOR)
    assert board.read().revision == 5


def test_undo_brings_a_deleted_map_back(board: Board) -> None:
    board.add(*small_map())
    before = said(board.read())
    deleted = board.make(Delete(RecordKind.MAP, board.id, 1))

    board.make(Undo(deleted.revision))

    assert said(board.read()) == before


def test_a_deleted_map_takes_no_changes(board: Board) -> None:
    made = board.add(leader("kim"))
    dropped = board.drop(leader("kim"), 1)
    board.make(Delete(RecordKind.MAP, board.id, 1))

    for change in (Create(leader("lee")), Restore(LEADER, "kim"), Undo(dropped.revision)):
        with pytest.raises(UnknownMap):
            board.make(change)
    with pytest.raises(Conflict):
        board.make(Undo(made.revision))
    with pytest.raises(Conflict):
        board.make(Create(header(board.id)))


def test_a_map_cannot_be_deleted_and_added_to_at_once(board: Board) -> None:
    with pytest.raises(UnknownMap):
        board.make(Delete(RecordKind.MAP, board.id, 1), Create(leader("kim")))
    assert board.ids() == set()


def test_a_map_is_deleted_with_what_the_same_request_did(board: Board) -> None:
    board.add(leader("kim"))

    outcome = board.make(
        Update(leader("kim", name="Second"), 1),
        Create(leader("lee")),
        Delete(RecordKind.MAP, board.id, 1),
    )

    assert sorted(did(outcome)[2:]) == sorted(
        [
            ("kim", 3, "delete", board.id),
            ("lee", 2, "delete", board.id),
            (board.id, 2, "delete", None),
        ]
    )
    board.make(Restore(RecordKind.MAP, board.id))
    assert board.versions() == {"kim": 4, "lee": 3}


def test_only_an_owner_brings_a_map_back(board: Board) -> None:
    deleted = board.make(Delete(RecordKind.MAP, board.id, 1))

    for change in (Restore(RecordKind.MAP, board.id), Undo(deleted.revision)):
        with pytest.raises(Forbidden):
            board.make(change, by=EDITOR)


def test_undoing_how_a_map_began_is_refused_once_it_holds_more(board: Board) -> None:
    board.add(leader("kim"))
    with pytest.raises(Conflict) as refused:
        board.make(Undo(1))
    assert refused.value.records == ("kim",)

    board.drop(leader("kim"), 1)
    board.add(leader("own", PRIVATE), by=EDITOR)
    board.make(Undo(1))
    with pytest.raises(UnknownMap):
        board.read(EDITOR)
