"""Several processes and threads at work on the same map."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from powermap.changes import Create, Request, Update
from powermap.errors import Conflict, RequestReused, StaleVersion, UnknownMap
from powermap.ports import MapStore
from tests.contract.board import OWNER, Board, Place, answer, header, leader, tie
from tests.contract.workers import (
    add_leaders,
    count_up,
    finish,
    start,
    use_before_and_after_a_fork,
)

PROCESSES, TIMES = 4, 100


def test_four_processes_count_to_the_exact_sum(board: Board, place: Place) -> None:
    board.add(leader("counter", name="Counted 0"))

    workers = [start(count_up, place, board.id, TIMES) for _ in range(PROCESSES)]

    assert finish(workers) == [0] * PROCESSES
    found = board.read().leaders["counter"]
    assert (found.name, found.version) == (f"Counted {PROCESSES * TIMES}", 1 + PROCESSES * TIMES)
    history = board.history("counter")
    assert [entry.version for entry in history] == list(range(1, 2 + PROCESSES * TIMES))
    assert [e.record.name for e in history if e.record] == [  # type: ignore[attr-defined]
        f"Counted {number}" for number in range(1 + PROCESSES * TIMES)
    ]


def test_revisions_are_given_out_once_and_in_order(board: Board, place: Place) -> None:
    workers = [start(add_leaders, place, board.id, f"w{number}", 25) for number in range(4)]

    assert finish(workers) == [0] * 4
    log = board.log()
    assert [entry.revision for entry in log] == list(range(1, 102))
    assert len(board.ids()) == 100
    assert [entry.at for entry in log] == sorted(entry.at for entry in log)


def test_a_store_is_used_on_both_sides_of_a_fork(board: Board, place: Place) -> None:
    assert finish([start(use_before_and_after_a_fork, place, board.id)]) == [0]

    assert board.ids() == {f"{who}-{n}" for who in ("parent", "child") for n in range(10)}


def test_the_same_request_from_many_at_once_changes_once(board: Board) -> None:
    def send(_: int) -> tuple[int, bool]:
        outcome = board.make(Create(leader("kim")), key="once")
        return outcome.revision, outcome.replayed

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(16)))

    assert sorted(answers) == [(2, False)] + [(2, True)] * 15
    assert board.store.revision(board.id, OWNER) == 2


def test_one_of_many_that_use_a_key_differently_wins(board: Board) -> None:
    def send(number: int) -> str:
        digest = str(number)
        found = answer(lambda: board.make(Create(leader(digest)), key="once", digest=digest))
        return found[0] if isinstance(found, tuple) else "made"

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(8)))

    assert sorted(answers) == [RequestReused.__name__] * 7 + ["made"]
    assert len(board.ids()) == 1


def test_one_of_many_that_change_the_same_version_wins(board: Board) -> None:
    board.add(leader("kim"))

    def send(number: int) -> str:
        found = answer(lambda: board.change(leader("kim", name=str(number)), 1))
        return found[0] if isinstance(found, tuple) else "changed"

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(8)))

    assert sorted(answers) == [StaleVersion.__name__] * 7 + ["changed"]


def test_one_of_many_makes_the_map(store: MapStore, place: Place) -> None:
    map_id = Board(store, place).id + "-raced"

    def make(number: int) -> str:
        changes = [Create(header(map_id)), Create(leader(f"of-{number}"))]
        request = Request(f"key-{number}", "")
        found = answer(lambda: store.apply(map_id, OWNER, changes, request=request))
        return found[0] if isinstance(found, tuple) else "made"

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(make, range(8)))

    assert sorted(answers) == [Conflict.__name__] * 7 + ["made"]
    assert len(store.read(map_id, OWNER).records) == 1


def test_a_map_is_read_in_one_moment_while_it_changes(board: Board) -> None:
    """Each request rewrites every record with one number, so a mixture would show two."""
    size, done = 60, threading.Event()
    ids = [f"l{number:02}" for number in range(size)]
    board.add(*(leader(id, name="round 0") for id in ids))
    board.add(tie("t", ids[0], ids[1]))

    def rewrite() -> None:
        for round in range(1, 40):
            changes = [Update(leader(id, name=f"round {round}"), round) for id in ids]
            extra = [Create(leader(f"extra-{round}", name=f"round {round}"))]
            board.make(*changes, *extra)
        done.set()

    writer = threading.Thread(target=rewrite)
    writer.start()
    seen, deadline = set(), time.monotonic() + 60
    while not done.is_set() and time.monotonic() < deadline:
        found = board.read()
        rounds = {person.name for id, person in found.leaders.items() if id in ids}
        assert len(rounds) == 1
        (name,) = rounds
        number = int(name.split()[-1])
        assert found.revision == number + 3
        assert len(found.leaders) == size + number
        seen.add(number)
    writer.join()

    assert len(seen) > 3


def test_writers_of_different_maps_do_not_meet(store: MapStore, place: Place) -> None:
    boards = [Board(store, place) for _ in range(4)]

    def fill(board: Board) -> None:
        for number in range(10):
            board.add(leader(f"l{number}"))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(fill, boards))

    assert [store.revision(board.id, OWNER) for board in boards] == [11] * 4


def test_a_map_that_is_not_made_cannot_be_written_by_many(store: MapStore, place: Place) -> None:
    """Nobody's lock leaves a map behind."""
    map_id = Board(store, place).id + "-never"

    def write(number: int) -> str:
        request = Request(f"key-{number}", "")
        changes = [Create(leader("kim"))]
        return str(answer(lambda: store.apply(map_id, OWNER, changes, request=request))[0])

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(write, range(8))) == {UnknownMap.__name__}
    assert map_id not in [summary.header.id for summary in store.maps(OWNER)]
