"""Bringing what a file says onto a map: what is new, what has changed, what stays."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from powermap.changes import Change, Create, Update
from powermap.errors import InvalidValue
from powermap.model import (
    Accountability,
    Identifier,
    Leader,
    MapHeader,
    PowerMap,
    Record,
    kind_of,
    name_of,
)
from powermap.shape import plain, shape_of, stamped
from powermap.vocabulary import HolderStatus, RecordKind

T = TypeVar("T")

MOST_NAMES = 20
"""How many records a note names one by one."""


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """Something in a file that could not be used, or that a reader should know."""

    row: int | None
    cell: str | None
    message: str
    used: bool = False
    """Whether the row was imported all the same."""


Key = tuple[RecordKind, Identifier]


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What a file says: records under fresh ids, which name each other by those ids."""

    header: MapHeader | None
    records: tuple[Record, ...]
    problems: tuple[RowProblem, ...] = ()
    rows: int = 0
    says: Mapping[RecordKind, frozenset[str]] | None = None
    """The fields the file speaks of, kind by kind; None when it speaks of every field.

    Of the others the map keeps what it has: dates, evidence and names that people have added.
    """
    registers: frozenset[str] = frozenset()
    """Identifier schemes of which this file is the whole: what is not in it has left it."""
    mentioned: frozenset[Key] = frozenset()
    """What the file names without a record of it, because the row could not be used."""


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """The changes that bring a map up to a file, and how many records of each sort there are."""

    changes: tuple[Change, ...]
    created: Mapping[RecordKind, int]
    updated: Mapping[RecordKind, int]
    unchanged: Mapping[RecordKind, int]
    rewritten: Mapping[RecordKind, Mapping[str, int]] = field(default_factory=dict)
    """In how many of the updated records each field differs."""
    absent: tuple[Record, ...] = ()
    """On the map from an earlier file of the same register, and not in this one. They stay."""
    notes: tuple[str, ...] = ()
    """What a person should look at, in sentences."""


def plan_import(current: PowerMap, incoming: Incoming) -> ImportPlan:
    """What it takes: records are recognised by their identifiers; nothing is ever removed.

    A recognised record keeps its id and its sensitivity (an import cannot lower a level). A
    record without identifiers is always new, and people are never recognised by their names.
    """
    return _Planning(current, incoming).plan()


class _Planning:
    """One file being laid over one map."""

    def __init__(self, current: PowerMap, incoming: Incoming) -> None:
        self._current = current
        self._incoming = incoming
        self._known = _known(current.records.values())
        self._ids: dict[str, str] = {}
        self._changes: list[Change] = []
        self._planned: dict[str, Record] = {}
        self._counts: dict[str, dict[RecordKind, int]] = {}
        self._rewritten: dict[RecordKind, dict[str, int]] = {}
        self._notes: dict[str, list[str]] = {}

    def plan(self) -> ImportPlan:
        for record in self._incoming.records:
            self._recognise(record)
        for record in self._incoming.records:
            self._place(record)
        absent = self._absent()
        self._note_absent(absent)
        self._note_namesakes()
        return ImportPlan(
            changes=tuple(self._changes),
            created=self._counts.get("created", {}),
            updated=self._counts.get("updated", {}),
            unchanged=self._counts.get("unchanged", {}),
            rewritten=self._rewritten,
            absent=absent,
            notes=(*self._header_notes(), *self._written_notes()),
        )

    def _recognise(self, record: Record) -> None:
        found = list(dict.fromkeys(id for key in _keys(record) for id in self._known.get(key, ())))
        if found:
            self._ids[record.id] = found[0]
        if len(found) > 1:
            self._note(
                "on the map more than once under the same identifier; the file was laid over the "
                "first of them",
                record,
            )

    def _place(self, record: Record) -> None:
        wanted = _renamed(record, self._ids)
        if any(r.id == wanted.id and not r.essential for r in wanted.references()):
            # Two posts of the file are one on this map, and one reported to the other.
            wanted = wanted.without(wanted.id)
        if record.id not in self._ids:
            if self._stands(wanted):
                self._changes.append(Create(wanted))
                self._count("created", wanted)
            return
        present = self._current.records[wanted.id]
        wanted = self._laid_over(present, wanted)
        if wanted.id in self._planned:
            # Somebody joined two records of the file on the map; the first one speaks.
            if plain(wanted) != plain(self._planned[wanted.id]):
                self._note("one record on the map and two in the file; the first was used", record)
            self._count("unchanged", wanted)
            return
        self._planned[wanted.id] = wanted
        differing = _differing(present, wanted)
        if not differing:
            self._count("unchanged", wanted)
        elif self._stands(wanted):
            self._changes.append(Update(wanted, present.version))
            self._count("updated", wanted)
            fields = self._rewritten.setdefault(kind_of(wanted), {})
            for name in differing:
                fields[name] = fields.get(name, 0) + 1
            self._note_stale_dates(present, wanted)

    def _laid_over(self, present: Record, wanted: Record) -> Record:
        """The map's record with what the file says of it."""
        says = self._incoming.says
        if says is None:
            return stamped(
                wanted,
                version=present.version,
                author=present.author,
                sensitivity=present.sensitivity,
            )
        said = {name: getattr(wanted, name) for name in says.get(kind_of(wanted), ())}
        if self._knows_better(present, wanted):
            said["holder"] = getattr(present, "holder", None)
            said["holder_status"] = HolderStatus.NAMED
            self._note("not disclosed in the file; the map's holder was kept", present)
        result = stamped(
            present, **said, identifiers=_joined(present, wanted, "identifiers", most=100)
        )
        if not _differing(present, result):
            return present
        # Evidence comes with what it is evidence of: the same facts in a later file add nothing.
        return stamped(result, evidence=_joined(present, wanted, "evidence", most=100))

    def _knows_better(self, present: Record, wanted: Record) -> bool:
        """Whether the map has a holder from elsewhere, where the file does not disclose one."""
        if not isinstance(present, Accountability) or not isinstance(wanted, Accountability):
            return False
        if wanted.holder_status is not HolderStatus.UNDISCLOSED or present.holder is None:
            return False
        holder = self._current.records.get(present.holder)
        return holder is not None and not self._is_registered(holder)

    def _is_registered(self, record: Record) -> bool:
        return any(i.scheme in self._incoming.registers for i in record.identifiers)

    def _stands(self, record: Record) -> bool:
        """Whether the record is still valid under the map's ids: two of its ends may be one now."""
        try:
            dataclasses.replace(record)
        except InvalidValue:
            self._note("left out: on this map its two ends are one and the same", record)
            return False
        return True

    def _absent(self) -> tuple[Record, ...]:
        there = set(self._ids.values())
        absent = [
            record
            for record in self._current.records.values()
            if record.id not in there
            and self._is_registered(record)
            and self._incoming.mentioned.isdisjoint(_keys(record))
        ]
        # Stores have orders of their own; the notes read alike on each.
        return tuple(sorted(absent, key=lambda record: (kind_of(record), _called(record))))

    def _count(self, outcome: str, record: Record) -> None:
        counts = self._counts.setdefault(outcome, {})
        counts[kind_of(record)] = counts.get(kind_of(record), 0) + 1

    def _note(self, what: str, record: Record) -> None:
        self._notes.setdefault(what, []).append(_called(record))

    def _note_absent(self, absent: Iterable[Record]) -> None:
        for record in absent:
            kind = "leaders" if isinstance(record, Leader) else kind_of(record).plural
            self._note(f"{kind} on the map and not in this file; nothing was removed", record)

    def _note_stale_dates(self, present: Record, wanted: Record) -> None:
        if (
            isinstance(present, Accountability)
            and isinstance(wanted, Accountability)
            and present.holder != wanted.holder
            and (present.active_from or present.active_to or present.acting)
        ):
            self._note(
                "the holder is another; check the dates and 'acting' kept from before", wanted
            )

    def _note_namesakes(self) -> None:
        """Name the new people who are called like somebody on the map: for a person to judge."""
        there: dict[str, Leader] = {}
        for leader in self._current.leaders.values():
            there.setdefault(_folded(leader.name), leader)
        for change in self._changes:
            if isinstance(change, Create) and isinstance(change.record, Leader):
                if _folded(change.record.name) in there:
                    self._note(
                        "called like somebody on the map already; kept as another person",
                        change.record,
                    )

    def _header_notes(self) -> list[str]:
        header = self._incoming.header
        if header is None or header.as_at == self._current.header.as_at:
            return []
        return [
            f"The file describes {header.as_at}, and the map says it describes "
            f"{self._current.header.as_at}: change its date and title if it is now of that day."
        ]

    def _written_notes(self) -> list[str]:
        notes = []
        for what, names in self._notes.items():
            more = len(names) - MOST_NAMES
            listed = ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
            notes.append(f"{what[0].upper()}{what[1:]} ({len(names)}): {listed}.")
        return notes


def _keys(record: Record) -> list[Key]:
    return [(kind_of(record), identifier) for identifier in record.identifiers]


def _known(records: Iterable[Record]) -> dict[Key, list[str]]:
    known: dict[Key, list[str]] = {}
    for record in records:
        for key in _keys(record):
            known.setdefault(key, []).append(record.id)
    return known


def _called(record: Record) -> str:
    """A record's name and what the file calls it, as far as it has either."""
    name = name_of(record) or kind_of(record).value
    return f"{name} ({record.identifiers[0].value})" if record.identifiers else name


def _folded(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _joined(present: Record, wanted: Record, name: str, *, most: int) -> tuple[object, ...]:
    """What the map has, and then what the file adds to it, up to what a record may hold."""
    together: Sequence[object] = (*getattr(present, name), *getattr(wanted, name))
    return tuple(dict.fromkeys(together))[:most]


def _differing(present: Record, wanted: Record) -> list[str]:
    before, after = plain(present), plain(wanted)
    return [name for name in before | after if before.get(name) != after.get(name)]


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
