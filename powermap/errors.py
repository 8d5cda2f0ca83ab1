"""Everything that can go wrong, in the subject's words. Errors carry facts, never HTTP statuses."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what was sent: where (a path of keys and positions), and what to do."""

    path: tuple[str | int, ...]
    message: str


class PowerMapError(Exception):
    """The root of all errors that are about the request or the store, not about our code."""

    position: int | None = None
    """Which of several changes it is about, counted from 0; None when there was one."""


class InvalidValue(PowerMapError):
    """A record, or a request, holds something it may not."""

    def __init__(self, *problems: Problem) -> None:
        self.problems: tuple[Problem, ...] = problems
        super().__init__("; ".join(_sentence(problem) for problem in problems))

    @classmethod
    def at(cls, field: str, message: str) -> "InvalidValue":
        return cls(Problem((field,), message))

    def under(self, *path: str | int) -> "InvalidValue":
        """The same problems, seen from further out."""
        return type(self)(*(Problem((*path, *p.path), p.message) for p in self.problems))


class Malformed(PowerMapError):
    """What was sent, or a file, is not text that can be read in one way only."""


class UnknownMap(PowerMapError):
    """There is no such map, or this viewer may not know that there is."""

    def __init__(self, map_id: str) -> None:
        super().__init__(f"There is no map {map_id!r}.")


class UnknownRecord(PowerMapError):
    """There is no such record on the map, or this viewer may not know that there is."""

    def __init__(self, record_id: str) -> None:
        self.record_id = record_id
        super().__init__(f"There is no record {record_id!r} on this map.")


class DeletedRecord(PowerMapError):
    """The record was on the map and has been deleted; it can be restored."""

    def __init__(self, record_id: str) -> None:
        self.record_id = record_id
        super().__init__(f"Record {record_id!r} has been deleted. It can be restored.")


class UnknownRevision(PowerMapError):
    """The map has no such revision, or nothing in it that this viewer may see."""

    def __init__(self, revision: int) -> None:
        super().__init__(f"The map has no revision {revision}.")


class UnknownSavedQuestion(PowerMapError):
    """This viewer has saved no such question of the map; what others saved is theirs."""

    def __init__(self, question_id: str) -> None:
        super().__init__(f"You have saved no question {question_id!r} of this map.")


class UnknownPaper(PowerMapError):
    """This viewer has made no such paper of the map, or forgot it; those of others are theirs."""

    def __init__(self, paper_id: str) -> None:
        super().__init__(f"You have made no paper {paper_id!r} of this map.")


class MissingVersion(PowerMapError):
    """A change did not say which version it was based on."""


class StaleVersion(PowerMapError):
    """Somebody changed the record after the version this change was based on."""

    def __init__(self, record_id: str, based_on: int, current: int) -> None:
        self.record_id, self.based_on, self.current = record_id, based_on, current
        base = f"was based on version {based_on}" if based_on > 0 else "names no version of it"
        super().__init__(
            f"Record {record_id!r} is at version {current}; the change {base}. "
            "Read it again, and decide which of the two should stand."
        )


class Conflict(PowerMapError):
    """The change is well formed but the map, as it stands, does not allow it."""

    def __init__(self, message: str, records: Sequence[str] = ()) -> None:
        self.records = tuple(records)
        super().__init__(message)


class RequestReused(PowerMapError):
    """An idempotency key came back with a different request."""

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key was used before for a different request. Use a new key."
        )


class NotAuthenticated(PowerMapError):
    """The caller did not show who they are."""


class Forbidden(PowerMapError):
    """The viewer's role does not allow this."""


class TooMuch(PowerMapError):
    """The work is larger than this service does in one request; the message says what to change."""


class StoreUnavailable(PowerMapError):
    """The store cannot be reached now; the same request may succeed later."""


class StoreUnusable(PowerMapError):
    """The store answers, but must not be used as it is (its schema, or its settings)."""


def _sentence(problem: Problem) -> str:
    where = "/".join(str(step) for step in problem.path)
    return f"{where}: {problem.message}" if where else problem.message
