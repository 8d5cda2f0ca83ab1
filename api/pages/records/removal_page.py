"""Deleting a record, with what goes with it shown first; and bringing one back."""

from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, make_response, redirect, request

from api.pages.records.conflict import show_deleted
from api.pages.records.form_page import found_record
from api.pages.records.kinds import (
    ON_A_MAP,
    WORDS,
    act_address,
    record_address,
    table_address,
)
from api.pages.records.merging import differences
from api.pages.records.past import Naming, at_version, history_of, last_written, moment
from api.pages.records.reversing import happening
from api.pages.records.saving import save, sent_number
from api.pages.shell import render_on_map
from powermap.changes import Change, Delete, Restore, Update
from powermap.errors import (
    Conflict,
    DeletedRecord,
    InvalidValue,
    PowerMapError,
    StaleVersion,
    UnknownRevision,
)
from powermap.model import Record
from powermap.schema import new_id
from powermap.shape import stamped
from powermap.vocabulary import RecordKind


def delete_record(kind: RecordKind, map_id: str, record_id: str) -> Any:
    """Ask first, showing what goes with it; a record that changed since is asked about again."""
    try:
        record = found_record(map_id, kind, record_id)
    except DeletedRecord:
        return show_deleted(map_id, kind, record_id)
    stale = ""
    if request.method == "POST":
        try:
            outcome = save(map_id, Delete(kind, record_id, sent_number("version")))
            return redirect(
                table_address(map_id, kind, done=str(outcome.revision)), HTTPStatus.SEE_OTHER
            )
        except StaleVersion:
            last = history_of(map_id, kind, record_id)[-1]
            stale = (
                f"{last.actor} changed it ({moment(last.at)}), after this page was loaded. "
                "Nothing has been deleted. Look at it again before you do."
            )
    planned = save(map_id, Delete(kind, record_id, record.version), dry_run=True)
    named = Naming(map_id)
    page = render_on_map(
        "pages/records/delete.html",
        map_id,
        WORDS[kind].section,
        words=WORDS[kind],
        about=named.title(record),
        stale=stale,
        happening=happening(map_id, [e for e in planned.entries if e.id != record_id]),
        version=record.version,
        once=new_id(),
        action=act_address("delete", map_id, kind, record_id),
        back=record_address(map_id, kind, record_id),
    )
    return make_response(page, HTTPStatus.CONFLICT if stale else HTTPStatus.OK)


def restore_record(kind: RecordKind, map_id: str, record_id: str | None = None) -> Any:
    """Bring a deleted record back, or one as an earlier version said; what changes is shown."""
    record_id = record_id or map_id
    entries = history_of(map_id, kind, record_id)
    last = last_written(entries)
    wanted = _wanted(entries)
    if last is None or wanted is None:
        raise UnknownRevision(_version_asked() or 0)
    current = entries[-1].record
    changes = _changes(kind, wanted, current, last, entries[-1].version)
    problem = ""
    if request.method == "POST":
        try:
            if sent_number("version") != entries[-1].version:
                raise StaleVersion(record_id, sent_number("version"), entries[-1].version)
            outcome = save(map_id, *changes)
            return redirect(
                record_address(map_id, kind, record_id, done=outcome.revision),
                HTTPStatus.SEE_OTHER,
            )
        except StaleVersion:
            problem = "It was changed after this page was loaded. Look at it again."
        except (InvalidValue, Conflict) as error:
            problem = _told(map_id, error)
    coming = None
    if current is None and not problem:
        try:
            planned = save(map_id, *changes, dry_run=True)
            coming = happening(map_id, [e for e in planned.entries if e.id != record_id])
        except (InvalidValue, Conflict) as error:
            problem = _told(map_id, error)
    named = Naming(map_id)
    page = render_on_map(
        "pages/records/restore.html",
        map_id,
        WORDS[kind].section,
        words=WORDS[kind],
        about=named.title(wanted),
        gone=current is None,
        asked=_version_asked(),
        differences=differences(current, wanted, named),
        coming=coming,
        possible=bool(changes) and not (problem and current is None),
        problem=problem,
        version=entries[-1].version,
        once=new_id(),
        action=act_address(
            "restore", map_id, kind, record_id, **{"as": _version_asked() or wanted.version}
        ),
        back=act_address("history", map_id, kind, record_id),
    )
    return make_response(page, HTTPStatus.CONFLICT if problem else HTTPStatus.OK)


def _version_asked() -> int | None:
    given = request.args.get("as", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None


def _wanted(entries: Any) -> Record | None:
    asked = _version_asked()
    return last_written(entries) if asked is None else at_version(entries, asked)


def _changes(
    kind: RecordKind, wanted: Record, current: Record | None, last: Record, version: int
) -> list[Change]:
    changes: list[Change] = []
    if current is None:
        changes.append(Restore(kind, wanted.id))
        version += 1
    if wanted.version != (current or last).version:
        changes.append(Update(stamped(wanted, version=version), version))
    return changes


def _told(map_id: str, error: PowerMapError) -> str:
    if isinstance(error, Conflict) and error.records:
        named = Naming(map_id)
        return f"{error} It concerns: {', '.join(named(id) for id in error.records)}."
    if isinstance(error, InvalidValue):
        return "; ".join(found.message for found in error.problems)
    return str(error)


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
    both = ["GET", "POST"]
    acts = (("delete", delete_record), ("restore", restore_record), ("history", show_history))
    for kind in ON_A_MAP:
        for act, view in acts:
            blueprint.add_url_rule(
                f"/maps/<map_id>/{kind.plural}/<record_id>/{act}",
                f"{act}_{kind}",
                partial(view, kind),
                methods=["GET"] if act == "history" else both,
            )
    for act, view in acts[1:]:
        blueprint.add_url_rule(
            f"/maps/<map_id>/about/{act}",
            f"{act}_map",
            partial(view, RecordKind.MAP),
            methods=["GET"] if act == "history" else both,
        )
