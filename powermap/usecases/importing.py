"""Bringing what a file says onto a map: what is new, what has changed, what stays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from powermap.changes import Change, Create, Update
from powermap.model import Identifier, MapHeader, PowerMap, Record, kind_of
from powermap.shape import plain, shape_of, stamped
from powermap.vocabulary import RecordKind


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """Something in a file that could not be used, or that a reader should know."""

    row: int | None
    cell: str | None
    message: str
    used: bool = False
    """Whether the row was imported all the same."""


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What a file says: records under fresh ids, which name each other by those ids."""

    header: MapHeader | None
    records: tuple[Record, ...]
    problems: tuple[RowProblem, ...] = ()
    rows: int = 0


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """The changes that bring a map up to a file, and how many records of each sort there are."""

    changes: tuple[Change, ...]
    created: Mapping[RecordKind, int]
    updated: Mapping[RecordKind, int]
    unchanged: Mapping[RecordKind, int]


def plan_import(current: PowerMap, incoming: Incoming) -> ImportPlan:
    """What it takes: records are recognised by their identifiers; nothing is ever removed.

    A recognised record keeps its id and its sensitivity (an import cannot lower a level). A
    record without identifiers is always new.
    """
    known = _known(current.records.values())
    ids = {}
    for record in incoming.records:
        found = next((known[key] for key in _keys(record) if key in known), None)
        if found is not None:
            ids[record.id] = found
    changes: list[Change] = []
    counts: dict[str, dict[RecordKind, int]] = {"created": {}, "updated": {}, "unchanged": {}}
    for record in incoming.records:
        kind = kind_of(record)
        wanted = _renamed(record, ids)
        if record.id not in ids:
            changes.append(Create(wanted))
            outcome = "created"
        else:
            present = current.records[wanted.id]
            wanted = stamped(
                wanted,
                version=present.version,
                author=present.author,
                sensitivity=present.sensitivity,
            )
            outcome = "unchanged" if plain(wanted) == plain(present) else "updated"
            if outcome == "updated":
                changes.append(Update(wanted, present.version))
        counts[outcome][kind] = counts[outcome].get(kind, 0) + 1
    return ImportPlan(changes=tuple(changes), **counts)


Key = tuple[RecordKind, Identifier]


def _keys(record: Record) -> list[Key]:
    return [(kind_of(record), identifier) for identifier in record.identifiers]


def _known(records: Iterable[Record]) -> dict[Key, str]:
    return {key: record.id for record in records for key in _keys(record)}


def _renamed(record: Record, ids: Mapping[str, str]) -> Record:
    """The record under the ids that the map already uses."""
    changed: dict[str, object] = {}
    if record.id in ids:
        changed["id"] = ids[record.id]
    for shape in shape_of(type(record)):
        if shape.refers:
            value = getattr(record, shape.name)
            if shape.many:
                changed[shape.name] = tuple(ids.get(item, item) for item in value)
            elif value in ids:
                changed[shape.name] = ids[value]
    return stamped(record, **changed)
