"""All that was done to one record: who, when, what, and because of what."""

from functools import partial
from typing import Any

from flask import Blueprint

from api.pages.records.kinds import (
    ON_A_MAP,
    WORDS,
    act_address,
    record_address,
)
from api.pages.records.merging import differences
from api.pages.records.past import Naming, history_of, last_written, moment
from api.pages.shell import render_on_map
from powermap.model import Record
from powermap.vocabulary import RecordKind


def show_history(kind: RecordKind, map_id: str, record_id: str | None = None) -> Any:
    """All that was done to one record: who, when, what, and because of what."""
    record_id = record_id or map_id
    entries = history_of(map_id, kind, record_id)
    named = Naming(map_id)
    before: Record | None = None
    told = []
    for entry in entries:
        told.append(
            {
                "entry": entry,
                "when": moment(entry.at),
                "cause": named(entry.cause) if entry.cause else "",
                "differences": differences(before, entry.record, named) if entry.record else [],
                "restore": act_address("restore", map_id, kind, record_id, **{"as": entry.version})
                if entry.record and entry is not entries[-1]
                else "",
            }
        )
        before = entry.record or before
    last = last_written(entries)
    gone = entries[-1].record is None
    return render_on_map(
        "pages/records/history.html",
        map_id,
        WORDS[kind].section,
        words=WORDS[kind],
        about=named.title(last) if last else record_id,
        told=list(reversed(told)),
        gone=gone,
        restore=act_address("restore", map_id, kind, record_id),
        back=record_address(map_id, kind, record_id),
    )


def register(blueprint: Blueprint) -> None:
    for kind in ON_A_MAP:
        blueprint.add_url_rule(
            f"/maps/<map_id>/{kind.plural}/<record_id>/history",
            f"history_{kind}",
            partial(show_history, kind),
        )
    blueprint.add_url_rule(
        "/maps/<map_id>/about/history", "history_map", partial(show_history, RecordKind.MAP)
    )
