"""What can be asked of a map's records, and what the map's log says was done."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from powermap.model import Record
from powermap.vocabulary import RecordKind, Sensitivity


@dataclass(frozen=True)
class Create:
    """Put a new record on the map. The store sets its author and version."""

    record: Record


@dataclass(frozen=True)
class Update:
    """Replace a record, if it is still at `version`."""

    record: Record
    version: int


@dataclass(frozen=True)
class Delete:
    """Take a record off the map, if it is still at `version`.

    Ties and assessments of a leader or organisation go with it, as do accountabilities held to
    it; a post it held becomes vacant. Deleting the header deletes the map.
    """

    kind: RecordKind
    id: str
    version: int


@dataclass(frozen=True)
class Restore:
    """Bring a deleted record back, with what its deletion removed and nobody has changed since."""

    kind: RecordKind
    id: str


@dataclass(frozen=True)
class Undo:
    """Reverse all that one revision did, unless later changes stand on it."""

    revision: int


Change = Create | Update | Delete | Restore | Undo


@dataclass(frozen=True)
class Request:
    """What makes two requests the same: the caller's key, and a digest of what was asked."""

    key: str
    digest: str


class Op(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    RESTORE = "restore"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a map's log: what one revision did to one record."""

    revision: int
    ordinal: int
    """Its place among those entries of its revision that this answer shows."""
    id: str
    version: int
    kind: RecordKind
    op: Op
    at: datetime
    actor: str
    request: str
    cause: str | None
    """The record whose change brought this one about, where it was not asked for itself."""
    sensitivity: Sensitivity
    author: str
    record: Record | None
    """The record as it was written; None when it was deleted."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a request did: the map's revision, and each record it changed that the viewer may see.

    `replayed` when the same request had been carried out before: this is its first answer.
    """

    revision: int
    entries: tuple[Entry, ...]
    replayed: bool = False
