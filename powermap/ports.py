"""What the core needs from outside: somewhere to keep maps. The docstrings are the promises.

`tests/contract/` holds every store to each of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from powermap.access import Viewer
from powermap.changes import Change, Entry, Outcome, Request
from powermap.model import MapHeader, PowerMap, Record
from powermap.papers import KeptPaper, PaperToKeep
from powermap.saved import QuestionToSave, SavedQuestion
from powermap.vocabulary import RecordKind

Positions = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, kw_only=True)
class MapSummary:
    """A map in a list: its header, how fresh it is and how much of it the viewer may see."""

    header: MapHeader
    revision: int
    changed_at: datetime
    counts: Mapping[RecordKind, int]


@dataclass(frozen=True, kw_only=True)
class StoreState:
    """What a store says of itself when asked whether it is well."""

    store: str
    version: str
    schema: int


class MapStore(Protocol):
    """Keeps maps. Every method but the last two works for a viewer, and shows what they may see.

    A record that the viewer may not see is, in every answer, as if it were not there. Any method
    may raise `StoreUnavailable` within about a second when the store cannot be reached.
    """

    def maps(self, viewer: Viewer) -> list[MapSummary]:
        """The maps there are, by title."""

    def revision(self, map_id: str, viewer: Viewer) -> int:
        """How many requests have changed the map, or raise `UnknownMap`."""

    def read(self, map_id: str, viewer: Viewer, *, revision: int | None = None) -> PowerMap:
        """The map as it is, or as it was known at a revision; one moment, never a mixture.

        A past version is shown only to those who may also see the record's latest version.
        Raises `UnknownMap` or `UnknownRevision`.
        """

    def get(self, map_id: str, viewer: Viewer, record_id: str) -> Record:
        """One record as it is, or raise `UnknownMap`, `UnknownRecord` or `DeletedRecord`.

        Only a viewer who could have seen the last version is told that a record was deleted.
        """

    def apply(
        self,
        map_id: str,
        viewer: Viewer,
        changes: Sequence[Change],
        *,
        request: Request,
        dry_run: bool = False,
    ) -> Outcome:
        """Make all changes in order, or none; return when they are durable.

        A first change that creates the header creates the map. The same request twice changes
        once and answers alike; the same key with another digest raises `RequestReused`. Each
        change sees the ones before it, and references may point to records created after.
        A dry run answers in the same way and stores nothing; nor does a request without changes.

        Raises `InvalidValue` (paths begin with the position of the change), `UnknownMap`,
        `UnknownRecord`, `StaleVersion`, `Conflict`, `Forbidden` or `TooMuch`.
        """

    def history(self, map_id: str, viewer: Viewer, record_id: str) -> tuple[Entry, ...]:
        """What was done to a record, oldest first, or raise `UnknownRecord`."""

    def changes(
        self, map_id: str, viewer: Viewer, *, after: int = 0, limit: int = 100
    ) -> tuple[Entry, ...]:
        """What was done to the map after a revision, oldest first: `limit` whole revisions."""

    def arrangement(self, map_id: str, viewer: Viewer, *, name: str = "") -> Positions:
        """Where visible things stand on the drawn map, as last kept for viewers who see the same.

        Empty when nothing was kept under that name. Raises `UnknownMap`.
        """

    def keep_arrangement(
        self, map_id: str, viewer: Viewer, positions: Positions, *, name: str = ""
    ) -> None:
        """Remember where things stand; not part of the log. Raises `UnknownMap`.

        The arrangement without a name is the one that the map opens with; those with a name stay
        beside it, so that a link to one shows it as it was.
        """

    def saved_questions(self, map_id: str, viewer: Viewer) -> tuple[SavedQuestion, ...]:
        """The questions that this viewer keeps of the map, by name. Raises `UnknownMap`."""

    def save_question(self, map_id: str, viewer: Viewer, wanted: QuestionToSave) -> SavedQuestion:
        """Keep a question under its name, in the place of one that had the name before.

        Kept until forgotten or until the map is deleted; not part of the map, nor of its log;
        shown to nobody else. Return when it is durable. Raises `UnknownMap`, `UnknownRevision`
        for one that the map has not come to, or `Conflict` beyond `MOST_SAVED`.
        """

    def see_question(
        self, map_id: str, viewer: Viewer, question_id: str, revision: int
    ) -> SavedQuestion:
        """Remember that the answer at a revision has been seen.

        Raises `UnknownMap`, `UnknownSavedQuestion` or `UnknownRevision`.
        """

    def forget_question(self, map_id: str, viewer: Viewer, question_id: str, version: int) -> None:
        """No longer keep a question, if it is still at `version`.

        Raises `UnknownMap`, `UnknownSavedQuestion` or `StaleVersion`.
        """

    def papers(self, map_id: str, viewer: Viewer) -> tuple[KeptPaper, ...]:
        """The papers that this viewer made of the map, the newest first. Raises `UnknownMap`."""

    def keep_paper(self, map_id: str, viewer: Viewer, wanted: PaperToKeep) -> KeptPaper:
        """Put a paper on record, where the oldest beyond `MOST_PAPERS` makes room for it.

        Kept until forgotten or until the map is deleted; not part of the map, nor of its log;
        shown to nobody else. Return when it is durable. Raises `UnknownMap`, or `UnknownRevision`
        for one that the map has not come to.
        """

    def forget_paper(self, map_id: str, viewer: Viewer, paper_id: str) -> None:
        """No longer keep a paper on record. Raises `UnknownMap` or `UnknownPaper`."""

    def check(self) -> StoreState:
        """Say what the store is, or raise `StoreUnavailable` or `StoreUnusable`."""

    def close(self) -> None:
        """Let go of connections."""
