"""What was changed on a map, latest first, and taking the last change back."""

from collections import defaultdict
from http import HTTPStatus
from typing import Any

from flask import Blueprint, make_response, redirect, request, url_for

from api.context import power_map, store, viewer
from api.pages.copying import List, table_links
from api.pages.log_words import told
from api.pages.records.kinds import act_address
from api.pages.records.past import Naming, moment
from api.pages.records.reversing import happening
from api.pages.records.saving import save, sent_number
from api.pages.shell import render_on_map
from api.pages.words import count
from powermap.changes import Entry, Undo
from powermap.errors import Conflict, Forbidden, InvalidValue, UnknownRevision
from powermap.schema import new_id
from powermap.vocabulary import RecordKind

PER_PAGE = 25


def show_changes(map_id: str) -> Any:
    """A page of the log, the latest revision first; `before` goes back."""
    whole = power_map(map_id)
    latest = whole.revision
    given = request.args.get("before", "")
    right = given.isascii() and given.isdigit() and len(given) < 16
    before = min(int(given), latest + 1) if right else latest + 1
    after = max(0, before - 1 - PER_PAGE)
    by_revision: dict[int, list[Entry]] = defaultdict(list)
    for entry in store().changes(map_id, viewer(), after=after, limit=PER_PAGE):
        if entry.revision < before:
            by_revision[entry.revision].append(entry)
    revisions: list[dict[str, Any]] = [
        {
            "number": number,
            "sentence": told(entries, whole),
            "who": entries[0].actor,
            "when": moment(entries[0].at),
            "happening": happening(map_id, entries),
            "undo": number == latest and number > 1,
        }
        for number, entries in sorted(by_revision.items(), reverse=True)
    ]
    listed = List(
        caption=f"Changes ({len(revisions):,} of {count(latest, 'revision')})",
        columns=("Revision", "When", "Who", "What was done"),
        rows=tuple((f"{r['number']}", r["when"], r["who"], r["sentence"]) for r in revisions),
    )
    return render_on_map(
        "pages/records/changes.html",
        map_id,
        "changes",
        revisions=revisions,
        copy=table_links(whole, None, "changes", "pages.changes_file", {}, listed=listed),
        latest=latest,
        at_latest=before == latest + 1,
        earlier=url_for("pages.changes", map_id=map_id, before=after + 1) if after else "",
        newest=url_for("pages.changes", map_id=map_id),
        undo=url_for("pages.undo", map_id=map_id),
        edit_map=act_address("edit", map_id, RecordKind.MAP, map_id),
        map_history=act_address("history", map_id, RecordKind.MAP, map_id),
    )


def undo_change(map_id: str) -> Any:
    """Say what would be reversed; once confirmed, reverse it."""
    revision = sent_number("revision")
    if revision < 1:
        raise UnknownRevision(revision)
    problem = ""
    about: tuple[str, ...] = ()
    if request.form.get("confirmed"):
        try:
            outcome = save(map_id, Undo(revision))
            address = url_for("pages.changes", map_id=map_id, done=outcome.revision)
            return redirect(address, HTTPStatus.SEE_OTHER)
        except (Conflict, InvalidValue, Forbidden) as error:
            problem, about = str(error), getattr(error, "records", ())
    entries = [
        entry
        for entry in store().changes(map_id, viewer(), after=revision - 1, limit=1)
        if entry.revision == revision
    ]
    if not entries:
        raise UnknownRevision(revision)
    planned = None
    if not problem:
        try:
            planned = happening(map_id, save(map_id, Undo(revision), dry_run=True).entries)
        except (Conflict, InvalidValue, Forbidden) as error:
            problem, about = str(error), getattr(error, "records", ())
    named = Naming(map_id)
    page = render_on_map(
        "pages/records/undo.html",
        map_id,
        "changes",
        revision=revision,
        sentence=told(entries, power_map(map_id)),
        who=entries[0].actor,
        when=moment(entries[0].at),
        planned=planned,
        problem=problem,
        about=[named(id) for id in about],
        once=new_id(),
        action=url_for("pages.undo", map_id=map_id),
        back=url_for("pages.changes", map_id=map_id),
    )
    return make_response(page, HTTPStatus.CONFLICT if problem else HTTPStatus.OK)


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/changes", "changes", show_changes)
    blueprint.add_url_rule("/maps/<map_id>/undo", "undo", undo_change, methods=["POST"])
