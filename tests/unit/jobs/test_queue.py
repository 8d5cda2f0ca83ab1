"""Jobs wait their turn, tell how far they are, can be stopped, and belong to who asked."""

import json
import math
import os
import signal
import time
import zlib
from datetime import timedelta

import pytest

from api.jobs import queue
from api.jobs.errors import TooManyJobs, UnknownJob
from api.jobs.job import State
from api.jobs.queue import Jobs
from api.jobs.worker import report
from powermap.access import Role, Viewer
from tests.unit.jobs.conftest import OWNER, ask, order, wait, workers


def ended(job):
    return job.state.is_final


def at_work(job):
    return job.state is State.RUNNING and job.measure is not None


def alike(one, other):
    """Equal, numbers to a billionth part: threads of a library may add up in another order."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return one == other


def test_a_job_gives_the_report_that_is_computed_here(jobs):
    job = wait(jobs, ask(jobs), ended)

    assert (job.state, job.share, job.why) == (State.DONE, 1.0, "")
    here = json.loads(json.dumps(report(order(12, 30))))
    assert alike(json.loads(zlib.decompress(job.report)), here)


def test_a_job_tells_how_much_is_done_and_at_which_measure_it_is(jobs):
    job = ask(jobs, long=True)

    heard = []
    while not (now := jobs.look(OWNER, "map", job.id)).state.is_final:
        heard.append((now.share, now.measure, now.sentence))
        time.sleep(0.02)

    shares = [share for share, _, _ in heard]
    assert shares == sorted(shares)
    assert len(set(shares)) > 5
    assert any(measure == "betweenness_weighted" for _, measure, _ in heard)
    assert any("% done, working on betweenness weighted." in words for _, _, words in heard)


def test_the_same_question_is_not_worked_on_twice(jobs):
    first = ask(jobs)

    assert ask(jobs).id == first.id
    wait(jobs, first, ended)
    again = ask(jobs)
    assert (again.id, again.state) == (first.id, State.DONE)
    assert ask(jobs, revision=2).id != first.id
    assert ask(jobs, question="another").id != first.id
    assert ask(jobs, viewer=Viewer("owner", Role.EDITOR)).id != first.id


def test_a_job_is_seen_by_who_asked_and_on_its_own_map_alone(jobs):
    job = ask(jobs)

    strangers = [Viewer("else", Role.OWNER), Viewer("owner", Role.VIEWER)]
    for viewer, map_id in [*((each, "map") for each in strangers), (OWNER, "other")]:
        with pytest.raises(UnknownJob):
            jobs.look(viewer, map_id, job.id)
        with pytest.raises(UnknownJob):
            jobs.cancel(viewer, map_id, job.id)
        assert jobs.all(viewer, map_id) == []
    assert [each.id for each in jobs.all(OWNER, "map")] == [job.id]


def test_a_cancelled_job_stops_within_a_second_and_the_next_begins(jobs):
    first = ask(jobs, long=True)
    second = ask(jobs, question="next")
    wait(jobs, first, at_work)
    (worker,) = workers()

    begun = time.monotonic()
    cancelled = jobs.cancel(OWNER, "map", first.id)
    while worker in workers():
        assert time.monotonic() - begun < 1
        time.sleep(0.01)

    assert (cancelled.state, cancelled.sentence) == (State.CANCELLED, "Cancelled.")
    assert jobs.cancel(OWNER, "map", first.id) == cancelled
    assert wait(jobs, second, ended).state is State.DONE
    assert jobs.cancel(OWNER, "map", second.id).state is State.DONE
    assert ask(jobs, long=True).id != first.id


def test_one_is_at_work_a_few_wait_and_more_are_refused(jobs):
    wait(jobs, ask(jobs, long=True), at_work)
    waiting = [ask(jobs, question=str(n)) for n in range(queue.MOST_WAITING)]

    with pytest.raises(TooManyJobs, match="4 jobs are waiting already"):
        ask(jobs, question="one more")
    assert len(workers()) == 1
    jobs.cancel(OWNER, "map", waiting[0].id)
    assert ask(jobs, question="one more").state is State.WAITING


def test_a_process_killed_from_outside_fails_its_job_and_not_the_next(jobs):
    first = ask(jobs, long=True)
    second = ask(jobs, question="next")
    wait(jobs, first, at_work)

    for worker in workers():
        os.kill(worker, signal.SIGKILL)

    failed = wait(jobs, first, ended)
    assert failed.state is State.FAILED
    assert "ended from outside (signal 9)" in failed.sentence
    assert wait(jobs, second, ended).state is State.DONE


def test_a_job_that_needs_more_memory_than_it_may_have_says_so():
    jobs = Jobs(seconds=60, megabytes=64)

    job = wait(jobs, ask(jobs, long=True), ended)

    jobs.close()
    assert job.state is State.FAILED
    assert "more memory than a job may use here (64 MB)" in job.why


def test_a_job_that_takes_longer_than_it_may_is_stopped():
    jobs = Jobs(seconds=2, megabytes=4096)
    job = ask(jobs, long=True)
    wait(jobs, job, lambda now: now.state is State.RUNNING and bool(workers()))
    for worker in workers():
        os.kill(worker, signal.SIGSTOP)

    failed = wait(jobs, job, ended, seconds=4)

    jobs.close()
    assert failed.state is State.FAILED
    assert "longer than a job may here (2 seconds)" in failed.why
    assert workers() == set()


def test_closing_ends_what_is_at_work_and_what_waits(jobs):
    first = ask(jobs, long=True)
    second = ask(jobs, question="next")
    wait(jobs, first, at_work)

    jobs.close()

    assert workers() == set()
    for job in (first, second):
        assert jobs.look(OWNER, "map", job.id).why == "The service was stopped."
    with pytest.raises(TooManyJobs):
        ask(jobs, question="late")


def test_results_are_kept_for_a_while_and_only_so_many(jobs, monkeypatch):
    monkeypatch.setattr(queue, "MOST_KEPT", 2)
    asked = [wait(jobs, ask(jobs, question=str(n)), ended) for n in range(3)]

    assert [job.id for job in jobs.all(OWNER, "map")] == [asked[2].id, asked[1].id]
    monkeypatch.setattr(queue, "KEPT_FOR", timedelta(0))
    assert jobs.all(OWNER, "map") == []
    with pytest.raises(UnknownJob):
        jobs.look(OWNER, "map", asked[2].id)
