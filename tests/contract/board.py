"""A map on a store, and the people who work on it: what the contract's tests are told with."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from graph.stores import open_store
from powermap.access import Role, Viewer
from powermap.changes import Change, Create, Delete, Entry, Outcome, Request, Update
from powermap.dates import PartialDate
from powermap.errors import PowerMapError
from powermap.model import (
    Accountability,
    Assessment,
    Leader,
    MapHeader,
    Organisation,
    PowerMap,
    Record,
    Relationship,
    kind_of,
)
from powermap.papers import PaperToKeep
from powermap.ports import MapStore
from powermap.saved import QuestionToSave
from powermap.vocabulary import (
    AccountabilityKind,
    OrganisationKind,
    RecordKind,
    RelationshipKind,
    Sector,
    Sensitivity,
)

OWNER = Viewer("ann", Role.OWNER)
EDITOR = Viewer("ed", Role.EDITOR)
ANALYST = Viewer("una", Role.ANALYST)
READER = Viewer("vic", Role.VIEWER)
EVERYBODY = (OWNER, EDITOR, ANALYST, READER)

OPEN, CONFIDENTIAL, PRIVATE = Sensitivity
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Place:
    """Where maps are kept: enough for another process to open the same store."""

    url: str
    username: str = ""
    password: str = ""

    def open(self) -> MapStore:
        return open_store(self.url, username=self.username, password=self.password)


class Board:
    """One map on a store."""

    def __init__(self, store: MapStore, place: Place, map_id: str = "", by: Viewer = OWNER) -> None:
        self.store, self.place = store, place
        self.id = map_id or f"map-{uuid.uuid4().hex[:12]}"
        self.made = self.make(Create(header(self.id)), by=by)

    def make(
        self,
        *changes: Change,
        by: Viewer = OWNER,
        key: str = "",
        digest: str = "",
        dry: bool = False,
    ) -> Outcome:
        request = Request(key or f"key-{next(_numbers)}", digest or "digest")
        return self.store.apply(self.id, by, changes, request=request, dry_run=dry)

    def add(self, *records: Record, by: Viewer = OWNER) -> Outcome:
        return self.make(*map(Create, records), by=by)

    def change(self, record: Record, version: int, by: Viewer = OWNER) -> Outcome:
        return self.make(Update(record, version), by=by)

    def drop(self, record: Record, version: int, by: Viewer = OWNER) -> Outcome:
        return self.make(Delete(kind_of(record), record.id, version), by=by)

    def read(self, viewer: Viewer = OWNER, revision: int | None = None) -> PowerMap:
        return self.store.read(self.id, viewer, revision=revision)

    def get(self, record_id: str, viewer: Viewer = OWNER) -> Record:
        return self.store.get(self.id, viewer, record_id)

    def ids(self, viewer: Viewer = OWNER, revision: int | None = None) -> set[str]:
        return set(self.read(viewer, revision).records)

    def versions(self, viewer: Viewer = OWNER) -> dict[str, int]:
        return {record.id: record.version for record in self.read(viewer).records.values()}

    def history(self, record_id: str, viewer: Viewer = OWNER) -> tuple[Entry, ...]:
        return self.store.history(self.id, viewer, record_id)

    def log(self, viewer: Viewer = OWNER) -> tuple[Entry, ...]:
        """The whole log, read in small pages."""
        found: list[Entry] = []
        while page := self.store.changes(
            self.id, viewer, after=found[-1].revision if found else 0, limit=3
        ):
            found += page
        return tuple(found)


def did(outcome: Outcome) -> list[tuple[str, int, str, str | None]]:
    """What an outcome says was done: record, version, operation and cause."""
    return [(e.id, e.version, e.op.value, e.cause) for e in outcome.entries]


def answer(ask: Callable[..., Any], *about: Any) -> Any:
    """What is answered, or the kind of error with the facts it carries."""
    try:
        return ask(*about)
    except PowerMapError as error:
        facts = {
            name: value
            for name, value in vars(error).items()
            if name in ("records", "record_id", "based_on", "current", "position")
        }
        return (type(error).__name__, str(error), facts)


# -- records, with as little said of them as is allowed -------------------------------------------


def header(map_id: str, **values: Any) -> MapHeader:
    said = {"title": "A system", "purpose": "To try the stores", "as_at": date(2010, 3, 1)}
    return MapHeader(id=map_id, **(said | values))


def leader(id: str, level: Sensitivity = CONFIDENTIAL, name: str = "", **values: Any) -> Leader:
    return Leader(id=id, sensitivity=level, name=name or f"Leader {id}", **values)


def body(id: str, level: Sensitivity = CONFIDENTIAL, **values: Any) -> Organisation:
    said = {"name": f"Body {id}", "kind": OrganisationKind.COUNCIL, "sector": Sector.NHS}
    return Organisation(id=id, sensitivity=level, **(said | values))


def post(id: str, to: str, level: Sensitivity = CONFIDENTIAL, **values: Any) -> Accountability:
    said: dict[str, Any] = {"kind": AccountabilityKind.POST, "title": f"Post {id}"}
    if "holder" not in values:
        said["holder_status"] = "vacant"
    return Accountability(id=id, to=to, sensitivity=level, **(said | values))


def tie(
    id: str, source: str, target: str, level: Sensitivity = CONFIDENTIAL, **values: Any
) -> Relationship:
    said = {"kind": RelationshipKind.TRUSTS}
    return Relationship(id=id, source=source, target=target, sensitivity=level, **(said | values))


def judgement(id: str, leader: str, level: Sensitivity = CONFIDENTIAL, **values: Any) -> Assessment:
    said: dict[str, Any] = {"power": 3, "assessed_on": PartialDate("2010-02")}
    return Assessment(id=id, leader=leader, sensitivity=level, **(said | values))


def to_save(name: str, seen_revision: int = 1, **parameters: str) -> QuestionToSave:
    return QuestionToSave(
        name=name, question="gaps", parameters=parameters, seen_revision=seen_revision
    )


def to_keep(title: str, minute: int = 0, revision: int = 1, **values: Any) -> PaperToKeep:
    said: dict[str, Any] = {
        "format": "word",
        "made_at": datetime(2026, 11, 22, 9, 30, tzinfo=UTC) + timedelta(minutes=minute),
        "ceiling": OPEN,
        "pseudonyms": False,
        "digest": "0" * 64,
        "asked": {"questions": [{"name": "gaps", "parameters": {}}]},
    }
    return PaperToKeep(title=title, revision=revision, **(said | values))


def small_map(level: Sensitivity = CONFIDENTIAL) -> list[Record]:
    """Two leaders, two bodies, two posts in a line, two ties and a judgement."""
    return [
        leader("kim", level),
        leader("lee", level),
        body("trust", level),
        body("council", level),
        post("chief", "council", level, holder="kim"),
        post("deputy", "council", level, holder="lee", reports_to="chief"),
        tie("kim-lee", "kim", "lee", level),
        tie("lee-trust", "lee", "trust", level),
        judgement("of-kim", "kim", level),
    ]


KIND_OF_SMALL = {record.id: kind_of(record) for record in small_map()}


def delete(id: str, version: int, kind: RecordKind | None = None) -> Delete:
    return Delete(kind or KIND_OF_SMALL[id], id, version)
