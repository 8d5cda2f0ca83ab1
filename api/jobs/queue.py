"""The jobs of this service: one at work, a few waiting, and the latest results."""

import atexit
import logging
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from api.jobs.child import Child
from api.jobs.errors import TooManyJobs, UnknownJob
from api.jobs.job import Job, State, Subject
from api.jobs.worker import Order
from powermap.access import Viewer
from powermap.schema import new_id

log = logging.getLogger("powermap")

MOST_WAITING = 4
MOST_KEPT = 16
"""Jobs that have ended, results and all; the oldest go first."""
KEPT_FOR = timedelta(hours=1)


class Jobs:
    """Does jobs one after another, each in a process of its own; kept in memory alone.

    A viewer sees the jobs they asked for and no others. Jobs belong to this process: a service
    of several processes would not know the jobs of its neighbours.
    """

    def __init__(self, *, seconds: int, megabytes: int) -> None:
        self.seconds, self.megabytes = seconds, megabytes
        self._jobs: dict[str, Job] = {}
        self._orders: dict[str, Order] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._child: Child | None = None
        self._closed = False

    def same(self, subject: Subject) -> Job | None:
        """A job of this subject that is under way or has its result."""
        with self._lock:
            self._forget()
            return self._same(subject)

    def ask(
        self,
        subject: Subject,
        order: Order,
        *,
        question: Mapping[str, Any],
        network: Mapping[str, Any],
        seen: str,
    ) -> Job:
        """The job of this subject, there already or new; `TooManyJobs` if it must not wait."""
        with self._lock:
            self._forget()
            found = self._same(subject)
            if found is not None:
                return found
            waiting = sum(job.state is State.WAITING for job in self._jobs.values())
            if waiting >= MOST_WAITING or self._closed:
                raise TooManyJobs(
                    f"{waiting} jobs are waiting already, which is as many as are taken. Ask "
                    "again when one has ended, or cancel one that is no longer needed."
                )
            job = Job(
                id=new_id(),
                subject=subject,
                question=question,
                network=network,
                seen=seen,
                asked_at=datetime.now(UTC),
            )
            self._jobs[job.id], self._orders[job.id] = job, order
            if self._thread is None:
                atexit.register(self.close)
                self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()
            return job

    def look(self, viewer: Viewer, map_id: str, job_id: str) -> Job:
        """The job as it stands, or `UnknownJob` for all but who asked for it."""
        with self._lock:
            self._forget()
            job = self._jobs.get(job_id)
        if job is None or (job.subject.viewer, job.subject.map_id) != (viewer, map_id):
            raise UnknownJob(job_id)
        return job

    def all(self, viewer: Viewer, map_id: str) -> list[Job]:
        """The viewer's jobs on a map, the latest first."""
        with self._lock:
            self._forget()
            jobs = list(self._jobs.values())
        return [
            job
            for job in reversed(jobs)
            if (job.subject.viewer, job.subject.map_id) == (viewer, map_id)
        ]

    def cancel(self, viewer: Viewer, map_id: str, job_id: str) -> Job:
        """Stop it now, and return it; one that has ended stays as it ended."""
        self.look(viewer, map_id, job_id)
        self._end(job_id, State.CANCELLED, why="Cancelled.")
        return self.look(viewer, map_id, job_id)

    def close(self) -> None:
        """End all work, and take no more."""
        with self._lock:
            self._closed = True
            unfinished = [job.id for job in self._jobs.values() if not job.state.is_final]
            thread = self._thread
        for job_id in unfinished:
            self._end(job_id, State.CANCELLED, why="The service was stopped.")
        if thread is not None:
            thread.join(timeout=5)
        atexit.unregister(self.close)

    def _same(self, subject: Subject) -> Job | None:
        useful = (State.WAITING, State.RUNNING, State.DONE)
        jobs = reversed(self._jobs.values())
        return next((j for j in jobs if j.subject == subject and j.state in useful), None)

    def _forget(self) -> None:
        """Drop results that are old, and the oldest of too many."""
        ended = [job for job in self._jobs.values() if job.ended_at is not None]
        too_old = datetime.now(UTC) - KEPT_FOR
        ended.sort(key=lambda job: job.ended_at or too_old)
        for place, job in enumerate(ended):
            if len(ended) - place > MOST_KEPT or (job.ended_at or too_old) < too_old:
                del self._jobs[job.id]

    def _work(self) -> None:
        while (taken := self._next()) is not None:
            job_id, order = taken
            try:
                self._carry_out(job_id, order)
            except Exception:
                log.exception("a job could not be carried out")
                self._end(
                    job_id,
                    State.FAILED,
                    why="The work could not be started; the fault is ours. Start the job again.",
                )

    def _next(self) -> tuple[str, Order] | None:
        with self._lock:
            for job in self._jobs.values():
                if job.state is State.WAITING:
                    begun = replace(job, state=State.RUNNING, begun_at=datetime.now(UTC))
                    self._jobs[job.id] = begun
                    return job.id, self._orders.pop(job.id)
            self._thread = None
            return None

    def _carry_out(self, job_id: str, order: Order) -> None:
        child = Child(seconds=self.seconds, megabytes=self.megabytes)
        too_long = (
            f"It took longer than a job may here ({self.seconds:,} seconds). Choose a part of the "
            "map, measure organisations instead of leaders, or set POWERMAP_JOB_SECONDS higher."
        )
        limit = threading.Timer(self.seconds, self._end, (job_id, State.FAILED, too_long))
        limit.daemon = True
        limit.start()
        try:
            with self._lock:
                self._child = child
                if self._jobs[job_id].state.is_final:
                    return
            ending = child.work(order, lambda share, name: self._hear(job_id, share, name))
        finally:
            limit.cancel()
            with self._lock:
                self._child = None
            child.close()
        if ending.error:
            log.error("a job failed: %s", ending.error)
        if ending.report:
            self._end(job_id, State.DONE, report=ending.report)
        else:
            self._end(job_id, State.FAILED, why=ending.why)

    def _hear(self, job_id: str, share: float, measure: str) -> None:
        with self._lock:
            job = self._jobs[job_id]
            if job.state is State.RUNNING:
                self._jobs[job_id] = replace(job, share=share, measure=measure)

    def _end(self, job_id: str, state: State, why: str = "", report: bytes = b"") -> None:
        """The first ending stands; whatever still works on the job is stopped."""
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None or job.state.is_final:
                return
            self._jobs[job_id] = replace(
                job,
                state=state,
                why=why,
                report=report,
                share=1.0 if state is State.DONE else job.share,
                measure=None if state is State.DONE else job.measure,
                ended_at=datetime.now(UTC),
            )
            self._orders.pop(job_id, None)
            if job.state is State.RUNNING and self._child is not None:
                self._child.stop()
