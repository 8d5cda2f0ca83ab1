"""What somebody keeps to ask again: theirs alone, durable, and gone with the map."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest

from powermap.access import Role, Viewer
from powermap.changes import Delete, Restore, Undo
from powermap.errors import (
    Conflict,
    InvalidValue,
    StaleVersion,
    UnknownMap,
    UnknownRevision,
    UnknownSavedQuestion,
)
from powermap.ports import MapStore
from powermap.saved import MOST_SAVED, QuestionToSave
from powermap.vocabulary import RecordKind
from tests.contract.board import (
    EDITOR,
    EVERYBODY,
    OWNER,
    READER,
    Board,
    Place,
    leader,
    small_map,
    to_save,
)


def names(board: Board, viewer: Viewer = OWNER) -> list[str]:
    return [one.name for one in board.store.saved_questions(board.id, viewer)]


def test_a_question_comes_back_as_it_was_saved(board: Board) -> None:
    board.add(leader("kim"))
    began = datetime.now(UTC)
    wanted = QuestionToSave(
        name="Ways to Kim",
        question="introductions",
        parameters={"me": "lee", "target": "kim", "on": "2010-03-01"},
        seen_revision=2,
    )

    saved = board.store.save_question(board.id, OWNER, wanted)

    assert board.store.saved_questions(board.id, OWNER) == (saved,)
    assert (saved.name, saved.question, saved.seen_revision) == ("Ways to Kim", "introductions", 2)
    assert saved.parameters == wanted.parameters
    assert (saved.saved_by, saved.version) == ("ann", 1)
    assert began <= saved.saved_at <= datetime.now(UTC)
    assert saved.seen_at == saved.saved_at
    assert saved.id


def test_saving_changes_neither_map_nor_log(board: Board) -> None:
    board.add(*small_map())
    before, log = board.read(), board.log()

    saved = board.store.save_question(board.id, OWNER, to_save("Gaps"))
    board.store.see_question(board.id, OWNER, saved.id, 2)
    board.store.forget_question(board.id, OWNER, saved.id, 2)

    assert board.read() == before
    assert board.log() == log


@pytest.mark.parametrize(
    "name", ["Łódź – “gaps”?", "差距 🕳️", "' OR 1=1 --", "a/b\\c", "`{$name}`", "x" * 200]
)
def test_a_name_is_any_text(board: Board, name: str) -> None:
    saved = board.store.save_question(board.id, OWNER, to_save(name, target=name))

    (found,) = board.store.saved_questions(board.id, OWNER)
    assert found == saved
    assert found.name == found.parameters["target"] == name


def test_the_same_name_in_another_spelling_of_unicode_is_the_same(board: Board) -> None:
    board.store.save_question(board.id, OWNER, to_save("Caf\u00e9"))
    board.store.save_question(board.id, OWNER, to_save(" Cafe\u0301 "))

    assert names(board) == ["Caf\u00e9"]


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 201, "a\nb", "\ud800"])
def test_a_name_is_text_that_can_be_read(name: str) -> None:
    with pytest.raises(InvalidValue) as error:
        to_save(name)

    assert [problem.path for problem in error.value.problems] == [("name",)]


def test_questions_are_listed_by_name(board: Board) -> None:
    for name in ("zebra", "Apple", "banana"):
        board.store.save_question(board.id, OWNER, to_save(name))

    assert names(board) == ["Apple", "banana", "zebra"]


# -- saving again, seeing, forgetting -------------------------------------------------------------


def test_a_second_question_of_a_name_takes_the_place_of_the_first(board: Board) -> None:
    board.add(leader("kim"))
    first = board.store.save_question(board.id, OWNER, to_save("Mine", kinds="one_way"))

    second = board.store.save_question(board.id, OWNER, to_save("Mine", 2, kinds="gone_cold"))

    assert board.store.saved_questions(board.id, OWNER) == (second,)
    assert (second.id, second.version) == (first.id, 2)
    assert second.parameters == {"kinds": "gone_cold"}
    assert second.seen_revision == 2


def test_the_mark_moves_when_somebody_says_so(board: Board) -> None:
    saved = board.store.save_question(board.id, OWNER, to_save("Gaps"))
    other = board.store.save_question(board.id, OWNER, to_save("Other"))
    board.add(leader("kim"))
    board.add(leader("lee"))

    seen = board.store.see_question(board.id, OWNER, saved.id, 2)

    assert (seen.seen_revision, seen.version) == (2, 2)
    assert seen.seen_at >= saved.seen_at
    assert seen.saved_at == saved.saved_at
    assert board.store.saved_questions(board.id, OWNER) == (seen, other)


@pytest.mark.parametrize("revision", [0, -1, 3, 2**53])
def test_a_revision_that_never_was_cannot_have_been_seen(board: Board, revision: int) -> None:
    saved = board.store.save_question(board.id, OWNER, to_save("Gaps"))
    board.add(leader("kim"))

    with pytest.raises(UnknownRevision):
        board.store.see_question(board.id, OWNER, saved.id, revision)
    with pytest.raises(UnknownRevision):
        board.store.save_question(board.id, OWNER, to_save("Other", revision))

    assert board.store.saved_questions(board.id, OWNER) == (saved,)


def test_a_question_is_forgotten(board: Board) -> None:
    saved = board.store.save_question(board.id, OWNER, to_save("Gaps"))
    board.store.save_question(board.id, OWNER, to_save("Other"))

    board.store.forget_question(board.id, OWNER, saved.id, 1)

    assert names(board) == ["Other"]
    with pytest.raises(UnknownSavedQuestion):
        board.store.forget_question(board.id, OWNER, saved.id, 1)
    with pytest.raises(UnknownSavedQuestion):
        board.store.see_question(board.id, OWNER, saved.id, 1)


@pytest.mark.parametrize("version", [1, 3, 0, -1])
def test_one_that_was_changed_since_is_not_forgotten(board: Board, version: int) -> None:
    board.store.save_question(board.id, OWNER, to_save("Gaps"))
    saved = board.store.save_question(board.id, OWNER, to_save("Gaps", on="2010-03-01"))

    with pytest.raises(StaleVersion) as error:
        board.store.forget_question(board.id, OWNER, saved.id, version)

    assert error.value.current == 2
    assert names(board) == ["Gaps"]


# -- whose they are -------------------------------------------------------------------------------


def test_what_somebody_saved_is_theirs_alone(board: Board) -> None:
    mine = board.store.save_question(board.id, OWNER, to_save("Gaps", kinds="one_way"))
    theirs = board.store.save_question(board.id, READER, to_save("Gaps", kinds="gone_cold"))

    assert board.store.saved_questions(board.id, OWNER) == (mine,)
    assert board.store.saved_questions(board.id, READER) == (theirs,)
    assert board.store.saved_questions(board.id, EDITOR) == ()
    for act in (
        lambda: board.store.see_question(board.id, EDITOR, mine.id, 1),
        lambda: board.store.forget_question(board.id, EDITOR, mine.id, 1),
    ):
        with pytest.raises(UnknownSavedQuestion):
            act()
    assert board.store.saved_questions(board.id, OWNER) == (mine,)


@pytest.mark.parametrize("viewer", EVERYBODY, ids=lambda viewer: viewer.role.value)
def test_whoever_may_read_may_keep_questions(board: Board, viewer: Viewer) -> None:
    saved = board.store.save_question(board.id, viewer, to_save("Gaps"))
    board.store.see_question(board.id, viewer, saved.id, 1)
    board.store.forget_question(board.id, viewer, saved.id, 2)

    assert board.store.saved_questions(board.id, viewer) == ()


def test_they_stay_with_the_person_whose_role_changes(board: Board) -> None:
    saved = board.store.save_question(board.id, READER, to_save("Gaps"))

    promoted = Viewer(READER.name, Role.EDITOR)

    assert board.store.saved_questions(board.id, promoted) == (saved,)


def test_a_question_is_of_one_map(board: Board, store: MapStore, place: Place) -> None:
    other = Board(store, place)
    saved = board.store.save_question(board.id, OWNER, to_save("Gaps"))

    assert names(other) == []
    with pytest.raises(UnknownSavedQuestion):
        store.forget_question(other.id, OWNER, saved.id, 1)


def test_so_many_and_no_more(board: Board) -> None:
    for number in range(MOST_SAVED):
        board.store.save_question(board.id, OWNER, to_save(f"Question {number}"))

    with pytest.raises(Conflict, match=f"You keep {MOST_SAVED} questions"):
        board.store.save_question(board.id, OWNER, to_save("One more"))
    board.store.save_question(board.id, OWNER, to_save("Question 7", on="2010-03-01"))
    board.store.save_question(board.id, READER, to_save("One more"))

    assert len(names(board)) == MOST_SAVED
    assert names(board, READER) == ["One more"]


def test_many_at_once_keep_no_more_than_the_most(board: Board) -> None:
    for number in range(MOST_SAVED - 1):
        board.store.save_question(board.id, OWNER, to_save(f"Question {number}"))
    refused: list[str] = []

    def save(number: int) -> None:
        try:
            board.store.save_question(board.id, OWNER, to_save(f"Late {number}"))
        except Conflict as error:
            refused.append(str(error))

    threads = [threading.Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 3
    assert len(names(board)) == MOST_SAVED


# -- how long they are kept -----------------------------------------------------------------------


def test_they_are_there_when_the_store_is_opened_again(board: Board, place: Place) -> None:
    saved = board.store.save_question(board.id, OWNER, to_save("Gaps"))

    again = place.open()

    try:
        assert again.saved_questions(board.id, OWNER) == (saved,)
    finally:
        again.close()


def test_they_go_with_the_map_and_do_not_come_back(
    board: Board, store: MapStore, place: Place
) -> None:
    other = Board(store, place)
    store.save_question(other.id, OWNER, to_save("Elsewhere"))
    for viewer in (OWNER, READER):
        store.save_question(board.id, viewer, to_save("Gaps"))

    board.make(Delete(RecordKind.MAP, board.id, 1))

    with pytest.raises(UnknownMap):
        store.saved_questions(board.id, OWNER)
    board.make(Restore(RecordKind.MAP, board.id))
    assert names(board, OWNER) == names(board, READER) == []
    assert names(other) == ["Elsewhere"]


def test_they_go_when_the_making_of_the_map_is_undone(board: Board) -> None:
    board.store.save_question(board.id, OWNER, to_save("Gaps"))

    board.make(Undo(1))
    board.make(Restore(RecordKind.MAP, board.id))

    assert names(board) == []


def test_they_stay_when_a_map_is_deleted_as_a_trial_or_not_at_all(board: Board) -> None:
    board.store.save_question(board.id, OWNER, to_save("Gaps"))
    board.add(leader("kim"))

    board.make(Delete(RecordKind.MAP, board.id, 1), dry=True)
    with pytest.raises(StaleVersion):
        board.make(Delete(RecordKind.MAP, board.id, 9))
    board.drop(leader("kim"), 1)

    assert names(board) == ["Gaps"]


def test_one_that_was_acknowledged_survives_the_end_of_its_writer(board: Board) -> None:
    for pause in (0.0, 0.03, 0.11):
        place = board.place
        command = [sys.executable, "-m", "tests.contract.workers", place.url, place.username]
        writer = subprocess.Popen(
            [*command, place.password, board.id], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        lines = (first + writer.stdout.read()).split("\n")[:-1]
        writer.stdout.close()

        (saved,) = board.store.saved_questions(board.id, OWNER)
        assert int(saved.parameters["kinds"]) in (int(lines[-1]), int(lines[-1]) + 1)
