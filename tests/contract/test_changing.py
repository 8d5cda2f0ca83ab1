"""Creating, changing and deleting: all or nothing, once, and only from the latest version."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from powermap.changes import Change, Create, Delete, Op, Restore, Undo, Update
from powermap.errors import (
    Conflict,
    Forbidden,
    InvalidValue,
    RequestReused,
    StaleVersion,
    UnknownMap,
    UnknownRecord,
)
from powermap.ports import MapStore
from powermap.vocabulary import RecordKind
from tests.contract.board import (
    ANALYST,
    CONFIDENTIAL,
    EDITOR,
    OPEN,
    OWNER,
    PRIVATE,
    READER,
    Board,
    Place,
    body,
    delete,
    did,
    header,
    judgement,
    leader,
    post,
    small_map,
    tie,
    to_save,
)


def test_a_new_record_has_version_one_and_its_author(board: Board) -> None:
    outcome = board.add(leader("kim"), by=EDITOR)

    assert did(outcome) == [("kim", 1, "create", None)]
    assert (board.get("kim").version, board.get("kim").author) == (1, "ed")


def test_what_the_server_sets_cannot_be_sent(board: Board) -> None:
    board.add(dataclasses.replace(leader("kim"), version=40, author="somebody"))
    board.change(dataclasses.replace(leader("kim"), version=50, author="somebody"), 1, by=EDITOR)

    assert (board.get("kim").version, board.get("kim").author) == (2, "ann")


def test_each_request_is_one_revision(board: Board) -> None:
    assert board.made.revision == 1
    assert board.add(leader("kim"), leader("lee")).revision == 2
    assert board.change(leader("kim", name="Kim"), 1).revision == 3
    assert board.store.revision(board.id, READER) == 3
    assert board.read().revision == 3


def test_a_request_without_changes_changes_nothing(board: Board) -> None:
    outcome = board.make()

    assert (outcome.revision, outcome.entries) == (1, ())
    assert board.store.revision(board.id, OWNER) == 1


def test_time_of_change_is_that_of_the_last_request(board: Board) -> None:
    outcome = board.add(leader("kim"))

    assert board.read().changed_at == outcome.entries[0].at
    assert outcome.entries[0].at > board.made.entries[0].at


# -- versions -----------------------------------------------------------------------------------


def test_a_change_of_a_stale_version_is_refused(board: Board) -> None:
    board.add(leader("kim"))
    board.change(leader("kim", name="Second"), 1)

    with pytest.raises(StaleVersion) as refused:
        board.change(leader("kim", name="Third"), 1)

    facts = refused.value
    assert (facts.record_id, facts.based_on, facts.current) == ("kim", 1, 2)
    assert board.read().leaders["kim"].name == "Second"


@pytest.mark.parametrize("version", [0, 2, -1])
def test_a_version_that_never_was_is_stale(board: Board, version: int) -> None:
    board.add(leader("kim"))

    with pytest.raises(StaleVersion):
        board.change(leader("kim"), version)
    with pytest.raises(StaleVersion):
        board.drop(leader("kim"), version)


def test_a_deleted_record_cannot_be_changed(board: Board) -> None:
    board.add(leader("kim"))
    board.drop(leader("kim"), 1)

    with pytest.raises(UnknownRecord):
        board.change(leader("kim"), 1)
    with pytest.raises(UnknownRecord):
        board.change(leader("kim"), 2)


def test_a_record_is_of_one_kind(board: Board) -> None:
    board.add(leader("kim"))

    with pytest.raises(UnknownRecord):
        board.change(body("kim"), 1)
    with pytest.raises(UnknownRecord):
        board.make(Delete(RecordKind.ORGANISATION, "kim", 1))


def test_an_id_is_never_used_again(board: Board) -> None:
    board.add(leader("kim"))
    with pytest.raises(Conflict) as refused:
        board.add(leader("kim"))
    assert refused.value.records == ("kim",)

    board.drop(leader("kim"), 1)
    with pytest.raises(Conflict):
        board.add(leader("kim"))


def test_an_id_made_and_deleted_in_one_request_is_used_up(board: Board) -> None:
    with pytest.raises(Conflict):
        board.make(
            Create(leader("kim")), Delete(RecordKind.LEADER, "kim", 1), Create(leader("kim"))
        )


def test_a_record_made_and_deleted_in_one_request_leaves_its_log(board: Board) -> None:
    board.make(Create(leader("kim")), Delete(RecordKind.LEADER, "kim", 1))

    assert board.ids() == set()
    assert [entry.op for entry in board.history("kim")] == [Op.CREATE, Op.DELETE]


def test_each_change_sees_those_before_it(board: Board) -> None:
    outcome = board.make(
        Create(leader("kim")),
        Update(leader("kim", name="Second"), 1),
        Update(leader("kim", name="Third"), 2),
    )

    assert [(e.version, e.op) for e in outcome.entries] == [
        (1, Op.CREATE),
        (2, Op.UPDATE),
        (3, Op.UPDATE),
    ]
    assert board.read().leaders["kim"].name == "Third"


# -- all or nothing -----------------------------------------------------------------------------

WRONG: list[tuple[str, Change, type[Exception]]] = [
    ("stale", Update(leader("kim"), 7), StaleVersion),
    ("unknown", Update(leader("nobody"), 1), UnknownRecord),
    ("used", Create(leader("kim")), Conflict),
    ("dangling", Create(tie("t", "kim", "nobody")), InvalidValue),
    ("of another kind", Create(judgement("j", "trust")), InvalidValue),
    ("too open", Create(tie("t", "kim", "lee", OPEN)), InvalidValue),
    ("restored alive", Restore(RecordKind.LEADER, "kim"), Conflict),
    ("undo beside others", Undo(1), Conflict),
    ("second header", Create(header("other")), Conflict),
]


@pytest.mark.parametrize("position", [0, 2, 4])
@pytest.mark.parametrize(
    ("change", "kind"), [(c, k) for _, c, k in WRONG], ids=[w[0] for w in WRONG]
)
def test_one_wrong_change_undoes_them_all(
    board: Board, change: Change, kind: type[Exception], position: int
) -> None:
    board.add(*small_map())
    changes: list[Change] = [
        Create(leader("new")),
        Update(leader("lee", name="Changed"), 1),
        delete("of-kim", 1),
        Create(tie("new-lee", "new", "lee")),
    ]
    changes.insert(position, change)
    before, log = board.read(), board.log()

    with pytest.raises(kind) as refused:
        board.make(*changes, key="doomed", digest="a")

    assert board.read() == before
    assert board.log() == log
    if isinstance(refused.value, InvalidValue):
        assert all(problem.path[0] == position for problem in refused.value.problems)
    else:
        assert refused.value.position == position  # type: ignore[attr-defined]
    # Nor is the key remembered: the corrected request may use it.
    assert not board.make(Create(leader("other")), key="doomed", digest="b").replayed


def test_every_problem_of_a_request_is_told_at_once(board: Board) -> None:
    board.add(*small_map())

    with pytest.raises(InvalidValue) as refused:
        board.add(tie("a", "kim", "nobody"), leader("fine"), tie("b", "kim", "lee", OPEN))

    assert [problem.path for problem in refused.value.problems] == [
        (0, "target"),
        (2, "sensitivity"),
        (2, "sensitivity"),
    ]


# -- the same request twice ---------------------------------------------------------------------


def test_the_same_request_twice_changes_once_and_answers_alike(board: Board) -> None:
    first = board.make(Create(leader("kim")), Create(leader("lee")), key="once")
    second = board.make(Create(leader("kim")), Create(leader("lee")), key="once")

    assert (first.replayed, second.replayed) == (False, True)
    assert (first.revision, first.entries) == (second.revision, second.entries)
    assert board.store.revision(board.id, OWNER) == 2


def test_the_first_answer_stands_after_later_changes(board: Board) -> None:
    first = board.make(Create(leader("kim")), key="once")
    board.change(leader("kim", name="Later"), 1)
    board.drop(leader("kim"), 2)

    assert board.make(Create(leader("kim")), key="once").entries == first.entries


def test_a_key_with_another_request_is_refused(board: Board) -> None:
    board.make(Create(leader("kim")), key="once", digest="a")

    with pytest.raises(RequestReused):
        board.make(Create(leader("lee")), key="once", digest="b")
    assert board.ids() == {"kim"}


def test_keys_are_of_one_person_and_one_map(board: Board, store: MapStore, place: Place) -> None:
    board.make(Create(leader("kim")), key="shared")

    assert not board.make(Create(leader("lee")), key="shared", by=EDITOR).replayed
    assert not Board(store, place).make(Create(leader("kim")), key="shared").replayed


def test_a_dry_run_answers_alike_and_stores_nothing(board: Board) -> None:
    board.add(*small_map())
    before, log = board.read(), board.log()

    dry = board.make(delete("kim", 1), key="try", dry=True)

    assert board.read() == before
    assert board.log() == log
    wet = board.make(delete("kim", 1), key="try")
    assert (did(dry), dry.revision, dry.replayed) == (did(wet), wet.revision, wet.replayed)


def test_a_dry_run_makes_no_map(store: MapStore, place: Place) -> None:
    board = Board(store, place)
    board.id += "-tried"

    board.make(Create(header(board.id)), Create(leader("kim")), dry=True)

    with pytest.raises(UnknownMap):
        board.read()
    assert board.make(Create(header(board.id))).revision == 1


def test_a_dry_run_is_refused_for_the_same_reasons(board: Board) -> None:
    with pytest.raises(UnknownRecord):
        board.make(Update(leader("nobody"), 1), dry=True)


# -- references ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "record",
    [
        tie("x", "kim", "chief"),
        tie("x", "of-kim", "kim"),
        post("x", "chief"),
        post("x", "council", reports_to="kim"),
        post("x", "council", holder="chief"),
        judgement("x", "council"),
        body("x", succeeded_by=("kim",)),
        tie("x", "kim", "kim-lee"),
    ],
    ids=lambda record: next(iter(record.references())).field,
)
def test_a_reference_names_a_record_of_the_right_kind(board: Board, record: object) -> None:
    board.add(*small_map())

    with pytest.raises(InvalidValue, match="there is no such"):
        board.add(record)  # type: ignore[arg-type]


def test_a_reference_does_not_reach_another_map(
    board: Board, store: MapStore, place: Place
) -> None:
    board.add(leader("kim"))
    other = Board(store, place)
    other.add(leader("lee"))

    with pytest.raises(InvalidValue):
        other.add(tie("t", "kim", "lee"))


def test_the_ends_of_a_tie_cannot_be_changed(board: Board) -> None:
    board.add(*small_map())

    for changed in (tie("kim-lee", "lee", "kim"), tie("kim-lee", "kim", "trust")):
        with pytest.raises(InvalidValue, match="cannot be changed"):
            board.change(changed, 1)
    with pytest.raises(InvalidValue, match="cannot be changed"):
        board.change(judgement("of-kim", "lee"), 1)


def test_a_post_may_change_its_holder_its_body_and_its_line(board: Board) -> None:
    board.add(*small_map())

    board.change(post("deputy", "trust", holder="kim"), 1)
    board.drop(leader("lee"), 1)

    assert board.versions()["deputy"] == 2
    board.drop(body("trust"), 1)
    assert "deputy" not in board.ids()


@pytest.mark.parametrize(
    "changes",
    [
        [Update(post("chief", "council", holder="kim", reports_to="deputy"), 1)],
        [
            Create(post("a", "council", reports_to="b")),
            Create(post("b", "council", reports_to="c")),
            Create(post("c", "council", reports_to="a")),
        ],
        [
            Create(post("a", "council", reports_to="deputy")),
            Update(post("chief", "council", reports_to="a"), 1),
        ],
    ],
    ids=["two", "three new", "through the stored"],
)
def test_a_line_of_accountability_cannot_lead_back_to_itself(
    board: Board, changes: list[Change]
) -> None:
    board.add(*small_map())

    with pytest.raises(InvalidValue, match="loop"):
        board.make(*changes)


def test_a_line_may_be_turned_round_in_one_request(board: Board) -> None:
    board.add(*small_map())

    board.make(
        Update(post("deputy", "council", holder="lee"), 1),
        Update(post("chief", "council", holder="kim", reports_to="deputy"), 1),
    )

    assert board.read().accountabilities["chief"].reports_to == "deputy"


# -- deleting -----------------------------------------------------------------------------------


def test_what_cannot_stand_without_a_leader_goes_with_them(board: Board) -> None:
    board.add(*small_map())

    outcome = board.drop(leader("kim"), 1)

    assert did(outcome) == [
        ("kim", 2, "delete", None),
        ("kim-lee", 2, "delete", "kim"),
        ("of-kim", 2, "delete", "kim"),
        ("chief", 2, "update", "kim"),
    ]
    assert board.ids() == {"lee", "trust", "council", "chief", "deputy", "lee-trust"}
    vacated = board.read().accountabilities["chief"]
    assert (vacated.holder, vacated.holder_status.value) == (None, "vacant")


def test_posts_go_with_their_body_and_lines_end_where_a_post_goes(board: Board) -> None:
    board.add(*small_map(), post("clerk", "trust", reports_to="chief"))

    outcome = board.drop(body("council"), 1)

    assert did(outcome) == [
        ("council", 2, "delete", None),
        ("chief", 2, "delete", "council"),
        ("deputy", 2, "delete", "council"),
        ("clerk", 2, "update", "council"),
    ]
    assert board.read().accountabilities["clerk"].reports_to is None


def test_a_leader_may_hold_posts_answer_to_people_and_be_answered_to(board: Board) -> None:
    board.add(*small_map(), post("aide", "kim", holder="lee"))

    outcome = board.drop(leader("kim"), 1)

    assert ("aide", 2, "delete", "kim") in did(outcome)


def test_deleting_many_that_hang_together_enters_each_once(board: Board) -> None:
    board.add(*small_map())

    outcome = board.make(delete("kim", 1), delete("lee", 1), delete("trust", 1))

    assert sorted(did(outcome)) == [
        ("chief", 2, "update", "kim"),
        ("deputy", 2, "update", "lee"),
        ("kim", 2, "delete", None),
        ("kim-lee", 2, "delete", "kim"),
        ("lee", 2, "delete", None),
        ("lee-trust", 2, "delete", "lee"),
        ("of-kim", 2, "delete", "kim"),
        ("trust", 2, "delete", None),
    ]


# -- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "act",
    [
        lambda board: board.add(leader("x", PRIVATE), by=READER),
        lambda board: board.add(leader("x", OPEN), by=ANALYST),
        lambda board: board.add(leader("x", CONFIDENTIAL), by=ANALYST),
        lambda board: board.change(leader("kim"), 1, by=ANALYST),
        lambda board: board.drop(leader("kim"), 1, by=ANALYST),
        lambda board: board.change(leader("kim"), 99, by=ANALYST),
        lambda board: board.make(Delete(RecordKind.MAP, board.id, 1), by=EDITOR),
        lambda board: Board(board.store, board.place, by=EDITOR),
        lambda board: board.make(by=READER),
    ],
)
def test_a_role_does_no_more_than_it_may(board: Board, act: Callable[[Board], object]) -> None:
    board.add(leader("kim"))

    with pytest.raises(Forbidden):
        act(board)


def test_an_analyst_keeps_private_notes_on_shared_people(board: Board) -> None:
    board.add(*small_map())

    board.add(tie("note", "kim", "trust", PRIVATE), by=ANALYST)
    board.change(tie("note", "kim", "trust", PRIVATE, strength=4), 1, by=ANALYST)

    assert board.read(ANALYST).relationships["note"].strength == 4


# -- nothing there ------------------------------------------------------------------------------


def test_a_map_that_is_not_there(store: MapStore, place: Place) -> None:
    board = Board(store, place)
    board.id = "no-such-map"
    acts: list[Callable[[], object]] = [
        lambda: store.revision(board.id, OWNER),
        board.read,
        lambda: board.read(revision=1),
        lambda: board.get("kim"),
        lambda: board.history("kim"),
        board.log,
        lambda: store.arrangement(board.id, OWNER),
        lambda: store.keep_arrangement(board.id, OWNER, {}),
        lambda: store.saved_questions(board.id, OWNER),
        lambda: store.save_question(board.id, OWNER, to_save("Gaps")),
        lambda: store.see_question(board.id, OWNER, "none", 1),
        lambda: store.forget_question(board.id, OWNER, "none", 1),
        lambda: board.add(leader("kim")),
        lambda: board.make(),
        lambda: board.make(Restore(RecordKind.MAP, board.id)),
        lambda: board.make(Undo(1)),
    ]

    for act in acts:
        with pytest.raises(UnknownMap):
            act()
    assert board.id not in [summary.header.id for summary in store.maps(OWNER)]


def test_a_record_that_is_not_there(board: Board, store: MapStore, place: Place) -> None:
    Board(store, place).add(leader("elsewhere"))

    for id in ("nobody", "elsewhere", "", "'", board.id + "/kim"):
        for act in (board.get, board.history):
            with pytest.raises(UnknownRecord):
                act(id)
        with pytest.raises(UnknownRecord):
            board.make(Delete(RecordKind.LEADER, id, 1))
        with pytest.raises(UnknownRecord):
            board.make(Restore(RecordKind.LEADER, id))
