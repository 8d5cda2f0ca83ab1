"""A job: what was asked, by whom, how far it has come and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from api.jobs.progress import in_words
from powermap.access import Viewer


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        return self not in (State.WAITING, State.RUNNING)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is measured, for whom. Two jobs of one subject have the same result."""

    viewer: Viewer
    map_id: str
    revision: int
    question: str
    """Which network, and what beside it, written in one way."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One job as it stands now."""

    id: str
    subject: Subject
    question: Mapping[str, Any]
    network: Mapping[str, Any]
    """About the network that is measured, as in the report."""
    seen: str
    """A digest of what the viewer was shown, to see whether they may still see it."""
    asked_at: datetime
    state: State = State.WAITING
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    share: float = 0.0
    """How much is done, from 0 to 1: an estimate, as measures differ in cost."""
    measure: str | None = None
    """The measure at work."""
    why: str = ""
    """Why it failed or was cancelled, in a sentence."""
    report: bytes = field(default=b"", repr=False)
    """The result: JSON text, compressed."""

    @property
    def sentence(self) -> str:
        """How it stands, for people."""
        if self.state is State.WAITING:
            return "Waiting to begin; jobs are done one after another."
        if self.state is State.RUNNING:
            return f"{in_words(self.share, self.measure)}."
        if self.state is State.DONE:
            return "Done: the result is there."
        return self.why
