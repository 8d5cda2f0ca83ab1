"""Bringing a deleted record back, or an earlier version of one that is there."""

from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, make_response, redirect, request

from api.pages.records.kinds import (
    ON_A_MAP,
    WORDS,
    act_address,
    record_address,
)
from api.pages.records.merging import differences
from api.pages.records.past import Naming, at_version, history_of, last_written
from api.pages.records.reversing import happening
from api.pages.records.saving import save, sent_number
from api.pages.shell import render_on_map
from powermap.changes import Change, Restore, Update
from powermap.errors import (
    Conflict,
    InvalidValue,
    PowerMapError,
    StaleVersion,
    UnknownRevision,
)
from powermap.model import Record
from powermap.schema import new_id
from powermap.shape import stamped
from powermap.vocabulary import RecordKind


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


def register(blueprint: Blueprint) -> None:
    for kind in ON_A_MAP:
        blueprint.add_url_rule(
            f"/maps/<map_id>/{kind.plural}/<record_id>/restore",
            f"restore_{kind}",
            partial(restore_record, kind),
            methods=["GET", "POST"],
        )
    blueprint.add_url_rule(
        "/maps/<map_id>/about/restore",
        "restore_map",
        partial(restore_record, RecordKind.MAP),
        methods=["GET", "POST"],
    )
