"""The project's own file: one map as readable JSON, with keys that mean something in it alone.

The format is described in `fixtures/README.md`. It is also the backup: what is exported by the
owner and imported again is an equal map.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from powermap.errors import InvalidValue, Problem
from powermap.model import CLASSES, MapHeader, PowerMap, Record, name_of
from powermap.schema import new_id, parse, plain
from powermap.shape import shape_of
from powermap.strict_json import read_json
from powermap.usecases.importing import Incoming
from powermap.vocabulary import RecordKind

FORMAT = 1
MOST_PROBLEMS = 100
_SECTIONS: list[RecordKind] = [kind for kind in RecordKind if kind is not RecordKind.MAP]
_KEYED = (RecordKind.ORGANISATION, RecordKind.LEADER, RecordKind.ACCOUNTABILITY)


def read_map_file(content: bytes) -> Incoming:
    """The map a file holds, under fresh ids, or `InvalidValue` with every problem in it.

    Raises `Malformed` where it is not JSON at all.
    """
    return _Reading(read_json(content)).incoming()


def write_map_file(power_map: PowerMap) -> str:
    """What the viewer sees of a map, as the text of a file: the same map, the same text."""
    keys = _local_keys(power_map)
    document: dict[str, Any] = {
        "powermap": FORMAT,
        "map": _without_server_fields(power_map.header),
    }
    for kind in _SECTIONS:
        written = [
            _written(record, keys)
            for record in power_map.records.values()
            if isinstance(record, CLASSES[kind])
        ]
        document[kind.plural] = sorted(written, key=_in_reading_order)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


class _Reading:
    """One file being read: its local keys, and all that is wrong with it."""

    def __init__(self, document: Any) -> None:
        self._problems: list[Problem] = []
        self._document = document if isinstance(document, dict) else {}
        if not isinstance(document, dict):
            self._wrong((), "must be a JSON object")
        elif document.get("powermap") != FORMAT:
            self._wrong(("powermap",), f"must be {FORMAT}, the version of the format")
        for name in sorted(set(self._document) - {"powermap", "map", *_section_names()}):
            self._wrong((name,), "is not a part of a map file")
        self._ids: dict[str, str] = {}

    def incoming(self) -> Incoming:
        header = self._header()
        self._read_keys()
        records = tuple(self._records())
        if self._problems or header is None:
            more = len(self._problems) - MOST_PROBLEMS
            if more > 0:
                self._problems[MOST_PROBLEMS:] = [Problem((), f"and {more} more problems")]
            raise InvalidValue(*self._problems)
        return Incoming(header=header, records=records, rows=len(records))

    def _wrong(self, path: tuple[str | int, ...], message: str) -> None:
        self._problems.append(Problem(path, message))

    def _header(self) -> MapHeader | None:
        values = self._document.get("map")
        if not isinstance(values, dict):
            self._wrong(("map",), "is needed, and must be a JSON object")
            return None
        try:
            return parse(MapHeader, values)
        except InvalidValue as error:
            self._problems += error.under("map").problems
            return None

    def _rows(self) -> Iterator[tuple[RecordKind, tuple[str, int], dict[str, Any]]]:
        for kind in _SECTIONS:
            rows = self._document.get(kind.plural, [])
            if not isinstance(rows, list):
                continue
            for position, values in enumerate(rows):
                if isinstance(values, dict):
                    yield kind, (kind.plural, position), values

    def _read_keys(self) -> None:
        for kind in _SECTIONS:
            rows = self._document.get(kind.plural, [])
            if not isinstance(rows, list):
                self._wrong((kind.plural,), "must be a list")
                continue
            for position, values in enumerate(rows):
                if not isinstance(values, dict):
                    self._wrong((kind.plural, position), "must be a JSON object")
        for kind, path, values in self._rows():
            key = values.get("key")
            if key is None:
                if kind in (RecordKind.ORGANISATION, RecordKind.LEADER):
                    self._wrong((*path, "key"), "is needed")
            elif not isinstance(key, str) or not key.strip() or len(key) > 200:
                self._wrong((*path, "key"), "must be text of 1 to 200 characters")
            elif key in self._ids:
                self._wrong((*path, "key"), f"{key!r} stands for another record already")
            else:
                self._ids[key] = new_id()

    def _records(self) -> Iterator[Record]:
        for kind, path, values in self._rows():
            cls = CLASSES[kind]
            key = values.get("key")
            known = isinstance(key, str) and key in self._ids
            record_id = self._ids[str(key)] if known else new_id()
            try:
                yield parse(cls, self._resolved(cls, path, values), id=record_id)
            except InvalidValue as error:
                self._problems += error.under(*path).problems

    def _resolved(
        self, cls: type[Record], path: tuple[str, int], values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The values with local keys replaced by ids; a key that leads nowhere is a problem."""
        resolved = {name: value for name, value in values.items() if name != "key"}
        for shape in shape_of(cls):
            value = resolved.get(shape.name)
            if not shape.refers or value is None:
                continue
            if shape.many and isinstance(value, list):
                resolved[shape.name] = [
                    self._id((*path, shape.name, place), item) for place, item in enumerate(value)
                ]
            elif not shape.many:
                resolved[shape.name] = self._id((*path, shape.name), value)
        return resolved

    def _id(self, path: tuple[str | int, ...], key: Any) -> Any:
        if not isinstance(key, str):
            return key
        if key not in self._ids:
            self._wrong(path, f"there is no record with the key {key!r} in this file")
            return new_id()
        return self._ids[key]


def _section_names() -> list[str]:
    return [kind.plural for kind in _SECTIONS]


def _local_keys(power_map: PowerMap) -> dict[str, str]:
    """A readable key for each record that others may name, the same for the same content."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for kind in _KEYED:
        named = [r for r in power_map.records.values() if isinstance(r, CLASSES[kind])]
        for record in sorted(named, key=lambda r: _content(power_map, r)):
            keys[record.id] = _free(_slug(_words(power_map, record)), taken)
    return keys


def _words(power_map: PowerMap, record: Record) -> str:
    words = [name_of(record) or ""]
    body = power_map.records.get(getattr(record, "to", ""))
    if body is not None:
        words.append(name_of(body) or "")
    return " ".join(words)


def _content(power_map: PowerMap, record: Record) -> str:
    """All that a record says, with names for ids, to order equal names by."""
    names = {r.id: name_of(power_map.records[r.id]) or "" for r in record.references()}
    return json.dumps([_words(power_map, record).casefold(), _written(record, names)])


def _slug(words: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:80] or "record"


def _free(slug: str, taken: set[str]) -> str:
    key, number = slug, 1
    while key in taken:
        number += 1
        key = f"{slug}-{number}"
    taken.add(key)
    return key


def _written(record: Record, keys: Mapping[str, str]) -> dict[str, Any]:
    values = _without_server_fields(record)
    for shape in shape_of(type(record)):
        if shape.refers and shape.name in values:
            value = values[shape.name]
            values[shape.name] = [keys[v] for v in value] if shape.many else keys[value]
    # What is the same for all records stands after what is of this one.
    shared = {
        name: values.pop(name)
        for name in ("identifiers", "sensitivity", "evidence")
        if name in values
    }
    own: dict[str, Any] = {"key": keys[record.id]} if record.id in keys else {}
    return own | values | shared


def _without_server_fields(record: Record) -> dict[str, Any]:
    by_server = {shape.name for shape in shape_of(type(record)) if shape.by_server}
    return {name: value for name, value in plain(record).items() if name not in by_server}


def _in_reading_order(values: dict[str, Any]) -> tuple[str, str]:
    return str(values.get("key", "")), json.dumps(values, ensure_ascii=False)
