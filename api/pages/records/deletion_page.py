"""Deleting a record, with what goes with it shown first."""

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
from api.pages.records.past import Naming, history_of, moment
from api.pages.records.reversing import happening
from api.pages.records.saving import save, sent_number
from api.pages.shell import render_on_map
from powermap.changes import Delete
from powermap.errors import (
    DeletedRecord,
    StaleVersion,
)
from powermap.schema import new_id
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


def register(blueprint: Blueprint) -> None:
    for kind in ON_A_MAP:
        blueprint.add_url_rule(
            f"/maps/<map_id>/{kind.plural}/<record_id>/delete",
            f"delete_{kind}",
            partial(delete_record, kind),
            methods=["GET", "POST"],
        )
