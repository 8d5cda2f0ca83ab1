"""What other processes do to a store: run by name, so that each starts with nothing shared."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from typing import Any

from powermap.changes import Create, Request, Update
from powermap.errors import StaleVersion, StoreUnavailable
from powermap.ports import MapStore
from tests.contract.board import OWNER, Place, leader, to_keep, to_save

Tally = tuple[int, int]


def start(work: Any, *arguments: Any) -> BaseProcess:
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    return process


def finish(processes: Sequence[BaseProcess], seconds: float = 240) -> list[int | None]:
    """Wait for them all, and say how each ended."""
    for process in processes:
        process.join(seconds)
    return [process.exitcode for process in processes]


def count_up(place: Place, map_id: str, times: int) -> None:
    """Add one to a number that all write, trying again whenever somebody else was faster."""
    store = place.open()
    for step in range(times):
        while True:
            current = store.get(map_id, OWNER, "counter")
            number = int(current.name.split()[-1])  # type: ignore[attr-defined]
            request = Request(f"{os.getpid()}-{step}-{current.version}", "")
            wanted = Update(leader("counter", name=f"Counted {number + 1}"), current.version)
            try:
                store.apply(map_id, OWNER, [wanted], request=request)
                break
            except StaleVersion:
                time.sleep(random.uniform(0, 0.02))
    store.close()


def add_leaders(place: Place, map_id: str, prefix: str, times: int) -> None:
    """Add leaders, printing each that was acknowledged, until killed or done."""
    store = place.open()
    for number in range(times):
        id = f"{prefix}-{number}"
        store.apply(map_id, OWNER, [Create(leader(id))], request=Request(id, ""))
        print(id, flush=True)
    store.close()


def save_questions(place: Place, map_id: str) -> None:
    """Save one question again and again, printing each that was acknowledged, until killed."""
    store = place.open()
    for number in itertools.count():
        store.save_question(map_id, OWNER, to_save("Counted", kinds=str(number)))
        print(number, flush=True)


def keep_papers(place: Place, map_id: str) -> None:
    """Make papers, printing each that was acknowledged, until killed.

    So few that those of three such makers are all kept.
    """
    store = place.open()
    for number in range(60):
        print(store.keep_paper(map_id, OWNER, to_keep("Paper", number)).id, flush=True)
    time.sleep(60)


def use_before_and_after_a_fork(place: Place, map_id: str) -> None:
    """A parent that has used the store forks; both go on using it."""
    store = place.open()
    store.read(map_id, OWNER)
    child = os.fork()
    name = "parent" if child else "child"
    for number in range(10):
        id = f"{name}-{number}"
        store.apply(map_id, OWNER, [Create(leader(id))], request=Request(id, ""))
    if child == 0:
        os._exit(0)
    _, status = os.waitpid(child, 0)
    store.close()
    sys.exit(os.waitstatus_to_exitcode(status))


def apply_until_answered(store: MapStore, map_id: str, changes: list[Any], key: str) -> int:
    """Send the same request until it is answered, as a patient client does."""
    while True:
        try:
            return store.apply(map_id, OWNER, changes, request=Request(key, "")).revision
        except StoreUnavailable:
            time.sleep(0.2)


if __name__ == "__main__":
    url, username, password, map_id, *rest = sys.argv[1:]
    if rest == ["papers"]:
        keep_papers(Place(url, username, password), map_id)
    elif rest:
        prefix, times = rest
        add_leaders(Place(url, username, password), map_id, prefix, int(times))
    else:
        save_questions(Place(url, username, password), map_id)
