"""Which papers somebody made of a map: theirs alone, durable, and gone with the map."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from powermap.access import Role, Viewer
from powermap.changes import Delete, Restore, Undo
from powermap.errors import InvalidValue, StaleVersion, UnknownMap, UnknownPaper, UnknownRevision
from powermap.papers import LONGEST_ASKED, MOST_PAPERS, PaperToKeep
from powermap.ports import MapStore
from powermap.vocabulary import RecordKind, Sensitivity
from tests.contract.board import (
    EDITOR,
    EVERYBODY,
    OWNER,
    READER,
    Board,
    Place,
    leader,
    small_map,
    to_keep,
)

ASKED = {
    "questions": [{"name": "if-leaves", "parameters": {"leader": "kim", "on": "2010-03-01"}}],
    "front_sheet": {"recommendation": "The Board is asked\nto note it."},
    "figure": False,
    "most": 12,
    "share": 0.1,
    "none": None,
}


def titles(board: Board, viewer: Viewer = OWNER) -> list[str]:
    return [one.title for one in board.store.papers(board.id, viewer)]


def test_a_paper_comes_back_as_it_was_made(board: Board) -> None:
    board.add(leader("kim"))
    made_at = datetime(2026, 11, 22, 9, 30, 5, 123456, tzinfo=UTC)
    wanted = PaperToKeep(
        title="Who holds us together",
        format="word",
        revision=2,
        made_at=made_at,
        ceiling=Sensitivity.CONFIDENTIAL,
        pseudonyms=True,
        digest="0123456789abcdef" * 4,
        asked=ASKED,
    )

    kept = board.store.keep_paper(board.id, OWNER, wanted)

    (found,) = board.store.papers(board.id, OWNER)
    assert found == kept
    assert (found.title, found.format, found.revision) == ("Who holds us together", "word", 2)
    assert (found.ceiling, found.pseudonyms) == (Sensitivity.CONFIDENTIAL, True)
    assert found.digest == wanted.digest
    assert found.asked == ASKED
    assert (found.made_by, found.made_at) == ("ann", made_at)
    assert found.id


def test_a_record_of_a_paper_changes_neither_map_nor_log(board: Board) -> None:
    board.add(*small_map())
    before, log = board.read(), board.log()

    kept = board.store.keep_paper(board.id, OWNER, to_keep("Paper"))
    board.store.forget_paper(board.id, OWNER, kept.id)

    assert board.read() == before
    assert board.log() == log


@pytest.mark.parametrize(
    "text", ["Łódź – “gaps”?", "差距 🕳️", "' OR 1=1 --", "a/b\\c", "`{$title}`", "x" * 2000]
)
def test_what_was_asked_is_any_text(board: Board, text: str) -> None:
    kept = board.store.keep_paper(board.id, OWNER, to_keep(text, asked={text: [text, {text: 1}]}))

    (found,) = board.store.papers(board.id, OWNER)
    assert found == kept
    assert found.title == text
    assert found.asked == {text: [text, {text: 1}]}


def test_text_that_no_file_can_hold_does_not_stop_a_record(board: Board) -> None:
    asked = {"questions": ["\ud800", "a\x00b", "\u2028"]}

    board.store.keep_paper(board.id, OWNER, to_keep("Paper", asked=asked))

    assert board.store.papers(board.id, OWNER)[0].asked == asked


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "\u200b"),
        ("title", "x" * 2001),
        ("title", "a\x00b"),
        ("title", "\ud800"),
        ("format", " "),
        ("format", "x" * 21),
        ("digest", "0" * 63),
        ("digest", "G" * 64),
        ("digest", "0" * 64 + "\n"),
        ("made_at", datetime(2026, 11, 22)),
        ("asked", {"text": "x" * LONGEST_ASKED}),
    ],
)
def test_what_cannot_be_a_paper_is_refused(field: str, value: object) -> None:
    with pytest.raises(InvalidValue) as error:
        to_keep(**{"title": "Paper", field: value})  # type: ignore[arg-type]  # wrong on purpose

    assert [problem.path for problem in error.value.problems] == [(field,)]


def test_papers_are_listed_with_the_newest_first(board: Board) -> None:
    for title, minute in (("second", 2), ("third", 3), ("first", 1)):
        board.store.keep_paper(board.id, OWNER, to_keep(title, minute))

    assert titles(board) == ["third", "second", "first"]


def test_times_of_other_zones_and_of_parts_of_seconds_keep_their_order(board: Board) -> None:
    there = timezone(timedelta(hours=-11))
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    times = {
        "noon": noon,
        "later": noon + timedelta(microseconds=1),
        "elsewhere": datetime(2026, 11, 22, 1, 0, 1, tzinfo=there),
    }
    for title, made_at in times.items():
        board.store.keep_paper(board.id, OWNER, to_keep(title, made_at=made_at))

    found = board.store.papers(board.id, OWNER)
    assert {one.title: one.made_at for one in found} == times
    assert [one.title for one in found] == ["elsewhere", "later", "noon"]


@pytest.mark.parametrize("revision", [0, -1, 3, 2**53])
def test_a_paper_of_a_revision_that_never_was_is_refused(board: Board, revision: int) -> None:
    board.add(leader("kim"))

    with pytest.raises(UnknownRevision):
        board.store.keep_paper(board.id, OWNER, to_keep("Paper", revision=revision))

    assert titles(board) == []


def test_a_paper_of_an_earlier_revision_is_kept(board: Board) -> None:
    board.add(leader("kim"))

    board.store.keep_paper(board.id, OWNER, to_keep("Paper", revision=1))

    assert titles(board) == ["Paper"]


def test_the_same_paper_made_twice_is_two(board: Board) -> None:
    one, other = (board.store.keep_paper(board.id, OWNER, to_keep("Paper")) for _ in range(2))

    assert one.id != other.id
    assert {paper.id for paper in board.store.papers(board.id, OWNER)} == {one.id, other.id}


def test_a_paper_is_forgotten(board: Board) -> None:
    kept = board.store.keep_paper(board.id, OWNER, to_keep("Paper"))
    board.store.keep_paper(board.id, OWNER, to_keep("Other"))

    board.store.forget_paper(board.id, OWNER, kept.id)

    assert titles(board) == ["Other"]
    with pytest.raises(UnknownPaper):
        board.store.forget_paper(board.id, OWNER, kept.id)


# -- whose they are -------------------------------------------------------------------------------


def test_what_somebody_made_is_theirs_alone(board: Board) -> None:
    mine = board.store.keep_paper(board.id, OWNER, to_keep("Mine"))
    theirs = board.store.keep_paper(board.id, READER, to_keep("Theirs"))

    assert board.store.papers(board.id, OWNER) == (mine,)
    assert board.store.papers(board.id, READER) == (theirs,)
    assert board.store.papers(board.id, EDITOR) == ()
    with pytest.raises(UnknownPaper):
        board.store.forget_paper(board.id, OWNER, theirs.id)
    assert board.store.papers(board.id, READER) == (theirs,)


@pytest.mark.parametrize("viewer", EVERYBODY, ids=lambda viewer: viewer.role.value)
def test_whoever_may_read_may_make_papers(board: Board, viewer: Viewer) -> None:
    kept = board.store.keep_paper(board.id, viewer, to_keep("Paper"))
    assert board.store.papers(board.id, viewer) == (kept,)

    board.store.forget_paper(board.id, viewer, kept.id)

    assert board.store.papers(board.id, viewer) == ()


def test_they_stay_with_the_person_whose_role_changes(board: Board) -> None:
    kept = board.store.keep_paper(board.id, READER, to_keep("Paper"))

    promoted = Viewer(READER.name, Role.EDITOR)

    assert board.store.papers(board.id, promoted) == (kept,)


def test_a_paper_is_of_one_map(board: Board, store: MapStore, place: Place) -> None:
    other = Board(store, place)
    kept = board.store.keep_paper(board.id, OWNER, to_keep("Paper"))

    assert titles(other) == []
    with pytest.raises(UnknownPaper):
        store.forget_paper(other.id, OWNER, kept.id)


def test_a_map_that_is_not_there_has_no_papers(store: MapStore) -> None:
    for act in (
        lambda: store.papers("none", OWNER),
        lambda: store.keep_paper("none", OWNER, to_keep("Paper")),
        lambda: store.forget_paper("none", OWNER, "none"),
    ):
        with pytest.raises(UnknownMap):
            act()


# -- how long they are kept -----------------------------------------------------------------------


def test_beyond_the_most_the_oldest_makes_room(board: Board) -> None:
    for number in range(MOST_PAPERS):
        board.store.keep_paper(board.id, OWNER, to_keep(f"Paper {number}", number))
    board.store.keep_paper(board.id, READER, to_keep("Another's"))

    board.store.keep_paper(board.id, OWNER, to_keep("One more", MOST_PAPERS))

    found = titles(board)
    assert (len(found), found[0], found[-1]) == (MOST_PAPERS, "One more", "Paper 1")
    assert titles(board, READER) == ["Another's"]
    # A clock that was put back makes no paper vanish as it is made.
    late = board.store.keep_paper(board.id, OWNER, to_keep("An old clock", -60))
    assert late in board.store.papers(board.id, OWNER)
    assert len(titles(board)) == MOST_PAPERS


def test_many_makers_at_once_lose_nothing(board: Board, place: Place) -> None:
    failures: list[BaseException] = []

    def make(viewer: Viewer, number: int) -> None:
        try:
            store = place.open()
            for step in range(5):
                store.keep_paper(board.id, viewer, to_keep(f"{number}-{step}", number))
            store.close()
        except BaseException as error:
            failures.append(error)

    makers = [(OWNER, 0), (OWNER, 1), (READER, 2), (EDITOR, 3)]
    threads = [threading.Thread(target=make, args=maker) for maker in makers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert sorted(titles(board)) == [f"{n}-{step}" for n in (0, 1) for step in range(5)]
    assert len(titles(board, READER)) == len(titles(board, EDITOR)) == 5


def test_they_are_there_when_the_store_is_opened_again(board: Board, place: Place) -> None:
    kept = board.store.keep_paper(board.id, OWNER, to_keep("Paper", asked=ASKED))

    again = place.open()

    try:
        assert again.papers(board.id, OWNER) == (kept,)
    finally:
        again.close()


def test_they_go_with_the_map_and_do_not_come_back(
    board: Board, store: MapStore, place: Place
) -> None:
    other = Board(store, place)
    store.keep_paper(other.id, OWNER, to_keep("Elsewhere"))
    for viewer in (OWNER, READER):
        store.keep_paper(board.id, viewer, to_keep("Paper"))

    board.make(Delete(RecordKind.MAP, board.id, 1))

    with pytest.raises(UnknownMap):
        store.papers(board.id, OWNER)
    with pytest.raises(UnknownMap):
        store.keep_paper(board.id, OWNER, to_keep("Too late"))
    board.make(Restore(RecordKind.MAP, board.id))
    assert titles(board, OWNER) == titles(board, READER) == []
    assert titles(other) == ["Elsewhere"]


def test_they_go_when_the_making_of_the_map_is_undone(board: Board) -> None:
    board.store.keep_paper(board.id, OWNER, to_keep("Paper"))

    board.make(Undo(1))
    board.make(Restore(RecordKind.MAP, board.id))

    assert titles(board) == []


def test_they_stay_when_a_map_is_deleted_as_a_trial_or_not_at_all(board: Board) -> None:
    board.store.keep_paper(board.id, OWNER, to_keep("Paper"))
    board.add(leader("kim"))

    board.make(Delete(RecordKind.MAP, board.id, 1), dry=True)
    with pytest.raises(StaleVersion):
        board.make(Delete(RecordKind.MAP, board.id, 9))
    board.drop(leader("kim"), 1)

    assert titles(board) == ["Paper"]


def test_those_that_were_acknowledged_survive_the_end_of_their_writer(board: Board) -> None:
    acknowledged: list[str] = []
    for pause in (0.0, 0.03, 0.11):
        place = board.place
        command = [sys.executable, "-m", "tests.contract.workers", place.url, place.username]
        writer = subprocess.Popen(
            [*command, place.password, board.id, "papers"], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        acknowledged.append(writer.stdout.readline().strip())
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL
        # The last line may be cut: then its paper was acknowledged to nobody.
        acknowledged += writer.stdout.read().split("\n")[:-1]
        writer.stdout.close()

    stored = {one.id for one in board.store.papers(board.id, OWNER)}
    assert set(acknowledged) <= stored
    assert len(stored) - len(acknowledged) <= 3
