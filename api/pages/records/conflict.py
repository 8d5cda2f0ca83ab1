"""Somebody else changed, or deleted, what one is editing: both versions, and nothing lost."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Response, make_response, redirect, request

from api.context import power_map, store, viewer
from api.pages.records.form import form_of
from api.pages.records.inputs import FIXED
from api.pages.records.kinds import WORDS, act_address, record_address, table_address
from api.pages.records.merging import Clash, clashes, differences, merged
from api.pages.records.past import Naming, at_version, history_of, last_written, moment
from api.pages.records.saving import save, sent_number
from api.pages.records.typed import flat, names_for, record_typed, typed_in_form, typed_of
from api.pages.shell import render_on_map
from powermap.changes import Entry, Restore, Update
from powermap.errors import Conflict, DeletedRecord, InvalidValue, StaleVersion
from powermap.model import CLASSES, Record, kind_of
from powermap.schema import new_id
from powermap.vocabulary import RecordKind

EditForm = Callable[..., str]


def show_clash(map_id: str, theirs: Record, edit_form: EditForm, mine: Record | None = None) -> Any:
    """Both versions field by field; once everything is chosen, the one made of both is saved.

    `mine` is what was sent just now; without it the form of this very page was sent.
    """
    kind, cls = kind_of(theirs), type(theirs)
    entries = history_of(map_id, kind, theirs.id)
    if mine is None:
        return _choose(map_id, theirs, entries, edit_form)
    was = at_version(entries, mine.version)
    found = clashes(was or theirs, theirs, mine, Naming(map_id), {})
    names = names_for(power_map(map_id), cls)
    sent = list(flat(typed_of(mine, names)))
    return _clash_page(map_id, theirs, entries, found, sent, base=mine.version)


def _choose(map_id: str, theirs: Record, entries: tuple[Entry, ...], edit_form: EditForm) -> Any:
    whole, cls, kind = power_map(map_id), type(theirs), kind_of(theirs)
    names, form = names_for(whole, cls), request.form
    typed = typed_in_form(cls, form)
    base, seen = sent_number("base"), sent_number("version")
    mine, reading = record_typed(
        whole, cls, typed, id=theirs.id, version=base, author=theirs.author
    )
    if mine is None:
        shown = form_of(whole, cls, typed, problems=reading.problems, new=False)
        return _status(edit_form(map_id, theirs, shown, theirs.version))
    all_of = form.get("all", "")
    was = at_version(entries, base) or theirs
    choices = {name[7:]: value for name, value in form.items() if name.startswith("choice-")}
    found = clashes(was, theirs, mine, Naming(map_id), choices)
    if all_of == "theirs":
        return redirect(record_address(map_id, kind, theirs.id), HTTPStatus.SEE_OTHER)
    if all_of == "mine":
        wanted = typed
    elif seen != theirs.version or any(not clash.chosen for clash in found):
        sent = list(flat(typed))
        return _clash_page(
            map_id, theirs, entries, found, sent, base=base, undecided=seen == theirs.version
        )
    else:
        wanted = merged(found, typed_of(theirs, names), typed)
    return _save_merged(map_id, theirs, wanted, edit_form, seen)


def _save_merged(
    map_id: str, theirs: Record, wanted: dict[str, Any], edit_form: EditForm, seen: int
) -> Any:
    whole, cls, kind = power_map(map_id), type(theirs), kind_of(theirs)
    record, reading = record_typed(
        whole, cls, wanted, id=theirs.id, version=seen, author=theirs.author
    )
    if record is not None:
        try:
            outcome = save(map_id, Update(record, seen))
            address = record_address(map_id, kind, theirs.id, done=outcome.revision)
            return redirect(address, HTTPStatus.SEE_OTHER)
        except StaleVersion:
            latest = store().get(map_id, viewer(), theirs.id)
            return _choose(map_id, latest, history_of(map_id, kind, theirs.id), edit_form)
        except InvalidValue as error:
            reading.problems += error.problems
    shown = form_of(whole, cls, wanted, problems=reading.problems, offers=reading.offers, new=False)
    return _status(edit_form(map_id, theirs, shown, theirs.version))


def _clash_page(
    map_id: str,
    theirs: Record,
    entries: tuple[Entry, ...],
    found: list[Clash],
    sent: list[tuple[str, str]],
    *,
    base: int,
    undecided: bool = False,
) -> Response:
    kind = kind_of(theirs)
    since = [entry for entry in entries if entry.version > base]
    page = render_on_map(
        "pages/records/clash.html",
        map_id,
        WORDS[kind].section,
        kind_words=WORDS[kind],
        about=Naming(map_id).title(theirs),
        who=sorted({entry.actor for entry in since}),
        when=moment(since[-1].at) if since else "",
        clashes=found,
        undecided=[clash for clash in found if undecided and not clash.chosen],
        sent=sent,
        base=base,
        version=theirs.version,
        once=new_id(),
        action=act_address("edit", map_id, kind, theirs.id),
        back=record_address(map_id, kind, theirs.id),
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if undecided else HTTPStatus.CONFLICT
    return make_response(page, status)


def show_deleted(map_id: str, kind: RecordKind, record_id: str) -> Any:
    """The record was deleted while it was edited: bring it back with the edit, or leave it."""
    entries = history_of(map_id, kind, record_id)
    last, gone = last_written(entries), entries[-1]
    if last is None:
        raise DeletedRecord(record_id)
    whole, cls = power_map(map_id), CLASSES[kind]
    mine, problem = None, ""
    typed = typed_of(last, names_for(whole, cls))
    if request.method == "POST":
        typed = typed_in_form(cls, request.form)
        for field in FIXED:
            if field in typed:
                typed[field] = getattr(last, field)
        base = sent_number("version")
        mine, reading = record_typed(
            whole, cls, typed, id=record_id, version=base, author=last.author
        )
        problem = "; ".join(found.message for found in reading.problems)
        if request.form.get("do") == "restore" and mine is not None:
            try:
                return _brought_back(map_id, kind, entries, mine)
            except (InvalidValue, Conflict) as error:
                problem = str(error)
    named = Naming(map_id)
    page = render_on_map(
        "pages/records/deleted.html",
        map_id,
        WORDS[kind].section,
        kind_words=WORDS[kind],
        about=named.title(last),
        gone=gone,
        when=moment(gone.at),
        cause=named(gone.cause) if gone.cause else "",
        differences=differences(last, mine, named) if mine else [],
        sent=list(flat(typed)) if mine else [],
        version=sent_number("version"),
        once=new_id(),
        problem=problem,
        action=act_address("edit", map_id, kind, record_id),
        restore=act_address("restore", map_id, kind, record_id),
        history=act_address("history", map_id, kind, record_id),
        back=table_address(map_id, kind),
    )
    return make_response(page, HTTPStatus.GONE)


def _brought_back(map_id: str, kind: RecordKind, entries: tuple[Entry, ...], mine: Record) -> Any:
    """Restored with the edit in one step; where others changed it before, both are shown."""
    gone = entries[-1]
    last = last_written(entries)
    back = Restore(kind, mine.id)
    if last is not None and last.version == mine.version:
        outcome = save(map_id, back, Update(mine, gone.version + 1))
        address = record_address(map_id, kind, mine.id, done=outcome.revision)
        return redirect(address, HTTPStatus.SEE_OTHER)
    save(map_id, back)
    return show_clash(map_id, store().get(map_id, viewer(), mine.id), _never, mine)


def _never(*_: Any, **__: Any) -> str:
    raise AssertionError("both versions are shown before any form")


def _status(page: str) -> Response:
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)
