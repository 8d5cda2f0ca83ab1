"""The log of a map as CSV: a line for each record that was changed, the latest first."""

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

from flask import Blueprint, Response

from api.context import power_map, store, viewer
from api.pages.downloads import Records, csv_file, permitted, records_asked
from api.pages.log_words import DONE, entry_name
from api.pages.records.kinds import WORDS
from powermap.access import Role, Viewer
from powermap.changes import Entry
from powermap.model import PowerMap
from powermap.usecases.listing import shown_name
from powermap.vocabulary import RecordKind

_COLUMNS = ("in revision", "when", "who", "what was done", "kind", "record", "because of")
_AT_ONCE = 100


def download_changes(map_id: str) -> Response:
    """Everything that was done, as far as the file may tell of it."""
    told = permitted(power_map(map_id))
    rows = (_row(entry, told) for entry in reversed([*_log(map_id, _reader())]))
    return csv_file("changes", told, None, _COLUMNS, rows)


def _reader() -> Viewer:
    """Who may see as much as the file may tell: the log knows what was hidden before it went."""
    if records_asked() is Records.ALL:
        return viewer()
    return Viewer(viewer().name, Role.VIEWER)


def _log(map_id: str, reader: Viewer) -> Iterator[Entry]:
    after = 0
    while entries := store().changes(map_id, reader, after=after, limit=_AT_ONCE):
        yield from entries
        after = entries[-1].revision


def _row(entry: Entry, told: PowerMap) -> Mapping[str, Any]:
    because = told.records.get(entry.cause or "")
    return {
        "in revision": entry.revision,
        "when": entry.at.astimezone(UTC).isoformat(timespec="seconds"),
        "who": entry.actor,
        "what was done": DONE[entry.op],
        "kind": WORDS[entry.kind].one,
        "record": "" if entry.kind is RecordKind.MAP else entry_name(entry, told),
        "because of": shown_name(told, because) if because else "",
    }


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/changes.csv", "changes_file", download_changes)
