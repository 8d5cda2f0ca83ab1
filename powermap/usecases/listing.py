"""Finding records on a map: by kind, by field, by name, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from powermap.errors import DeletedRecord, InvalidValue, UnknownRecord
from powermap.model import PowerMap, Record, Relationship, kind_of, name_of
from powermap.vocabulary import RecordKind


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some records in order, and the id to go on after; None when these are the last."""

    records: tuple[Record, ...]
    total: int
    next: str | None


def page_of(
    power_map: PowerMap,
    kind: RecordKind,
    *,
    fields: Mapping[str, Any],
    words: str = "",
    after: Record | None = None,
    limit: int = 100,
) -> Page:
    """The records of a kind whose fields equal these and whose name holds the words, by name.

    `fields` may name `party`, for ties with that leader or organisation at either end. `after`
    is the last record of the page before, as it was then.
    """
    found = matching(power_map, kind, fields=fields, words=words)
    start = 0
    if after is not None:
        place = _place(power_map, after)
        start = sum(1 for record in found if _place(power_map, record) <= place)
    page = tuple(found[start : start + limit])
    more = start + limit < len(found)
    return Page(records=page, total=len(found), next=page[-1].id if more else None)


def matching(
    power_map: PowerMap, kind: RecordKind, *, fields: Mapping[str, Any], words: str = ""
) -> list[Record]:
    """All records that `page_of` would show page by page."""
    sought = words.casefold()
    return sorted(
        (
            record
            for record in power_map.records.values()
            if kind_of(record) is kind
            and all(_fits(record, field, value) for field, value in fields.items())
            and sought in shown_name(power_map, record).casefold()
        ),
        key=lambda record: _place(power_map, record),
    )


def shown_name(power_map: PowerMap, record: Record) -> str:
    """A name for any record: of a tie, the names at its two ends."""
    name = name_of(record)
    if name is not None:
        return name
    ends = [
        name_of(power_map.records[reference.id]) or ""
        for reference in record.references()
        if reference.id in power_map.records
    ]
    return " – ".join(ends)


def record_after(power_map: PowerMap, cursor: str, history: Any) -> Record:
    """The record a cursor stands for, even when it has left the map since the page was read."""
    if cursor in power_map.records:
        return power_map.records[cursor]
    try:
        written = [entry.record for entry in history(cursor) if entry.record is not None]
    except (UnknownRecord, DeletedRecord):
        written = []
    if not written:
        raise InvalidValue.at("cursor", "does not belong to this list; start from the first page")
    record: Record = written[-1]
    return record


def _fits(record: Record, field: str, value: Any) -> bool:
    if field == "party":
        return isinstance(record, Relationship) and value in (record.source, record.target)
    return bool(getattr(record, field, None) == value)


def _place(power_map: PowerMap, record: Record) -> tuple[str, str]:
    return shown_name(power_map, record).casefold(), record.id
