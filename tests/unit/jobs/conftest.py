"""Jobs to put on a queue, a quick one and one that takes its time, and the process at work."""

import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from api.jobs.job import Job, Subject
from api.jobs.queue import Jobs
from api.jobs.worker import Order
from graph.network import network
from powermap.access import Role, Viewer
from tests.unit.visual.made_up_maps import made_up_map

OWNER = Viewer("owner", Role.OWNER)


@cache
def order(people: int, ties: int) -> Order:
    power_map = made_up_map(people, ties)
    return Order(power_map=power_map, network=network(power_map))


def ask(
    jobs: Jobs,
    *,
    viewer: Viewer = OWNER,
    map_id: str = "map",
    revision: int = 1,
    question: str = "",
    long: bool = False,
) -> Job:
    """Ask for a job that takes a second, or many."""
    work = order(1500, 15000) if long else order(12, 30)
    subject = Subject(viewer=viewer, map_id=map_id, revision=revision, question=question)
    return jobs.ask(subject, work, question={}, network={}, seen="")


def wait(jobs: Jobs, job: Job, until: Callable[[Job], bool], seconds: float = 30) -> Job:
    """The job once it is so; fails when that takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = jobs.look(job.subject.viewer, job.subject.map_id, job.id)
        if until(now):
            return now
        time.sleep(0.02)
    raise AssertionError(f"still {now}")


def children(pid: str = "self") -> set[int]:
    """The processes that a process has started and that are still there."""
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return {int(child) for listed in found for child in listed.read_text().split()}


def workers() -> set[int]:
    """Those of this process that do a job."""
    return {pid for pid in children() if "api.jobs.worker" in _command(pid)}


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs(seconds=60, megabytes=4096)
    yield made
    made.close()
    assert workers() == set()
