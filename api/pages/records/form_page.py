"""Adding and editing any record: one form, and what happens when two people use it at once."""

from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request

from api.answers import written_record
from api.context import power_map, store, viewer
from api.pages.records.conflict import show_clash, show_deleted
from api.pages.records.form import form_of
from api.pages.records.inputs import FIXED, Form
from api.pages.records.kinds import (
    ON_A_MAP,
    WORDS,
    act_address,
    add_address,
    record_address,
    table_address,
)
from api.pages.records.past import Naming
from api.pages.records.saving import save, sent_number
from api.pages.records.typed import (
    Reading,
    Typed,
    blank,
    names_for,
    rearranged,
    record_typed,
    typed_in_form,
    typed_of,
)
from api.pages.shell import render_on_map
from powermap.changes import Create, Update
from powermap.errors import Conflict, DeletedRecord, InvalidValue, StaleVersion, UnknownRecord
from powermap.model import CLASSES, PowerMap, Record, kind_of
from powermap.schema import new_id
from powermap.shape import plain, shape_of
from powermap.vocabulary import RecordKind


def add_record(kind: RecordKind, map_id: str) -> Any:
    """The form for a new record; what the address gives is filled in."""
    whole, cls = power_map(map_id), CLASSES[kind]
    if request.method == "GET":
        return _add_form(map_id, kind, form_of(whole, cls, _prefilled(whole, cls)))
    typed, wish = typed_in_form(cls, request.form), request.form.get("do", "save")
    if (focus := rearranged(cls, typed, wish)) is not None:
        return _add_form(map_id, kind, form_of(whole, cls, typed), focus=focus)
    record, reading = record_typed(whole, cls, typed)
    if record is not None:
        try:
            outcome = save(map_id, Create(record))
        except (InvalidValue, Conflict) as error:
            _take_in(reading, error)
        else:
            added = written_record(outcome)
            if wish == "again":
                return _gone_to(add_address(map_id, kind, done=str(outcome.revision)))
            return _gone_to(record_address(map_id, kind, added.id, done=outcome.revision))
    form = form_of(whole, cls, typed, problems=reading.problems, offers=reading.offers)
    return _refused(_add_form(map_id, kind, form))


def edit_record(kind: RecordKind, map_id: str, record_id: str | None = None) -> Any:
    """The form for a record as it is; told apart when somebody else was quicker."""
    record_id = record_id or map_id
    whole, cls = power_map(map_id), CLASSES[kind]
    posted = request.method == "POST"
    try:
        current = found_record(map_id, kind, record_id)
    except DeletedRecord:
        return show_deleted(map_id, kind, record_id)
    if not posted:
        form = form_of(whole, cls, typed_of(current, names_for(whole, cls)), new=False)
        return _edit_form(map_id, current, form, current.version)
    if "base" in request.form:
        return show_clash(map_id, current, _edit_form)
    typed, version = typed_in_form(cls, request.form), sent_number("version")
    for field in FIXED:
        if field in typed:
            typed[field] = getattr(current, field)
    wish = request.form.get("do", "save")
    if (focus := rearranged(cls, typed, wish)) is not None:
        form = form_of(whole, cls, typed, new=False)
        return _edit_form(map_id, current, form, version, focus=focus)
    mine, reading = record_typed(
        whole, cls, typed, id=record_id, version=version, author=current.author
    )
    if mine is not None:
        if current.version == version and plain(mine) == plain(current):
            return _gone_to(record_address(map_id, kind, record_id))
        try:
            outcome = save(map_id, Update(mine, version))
            return _gone_to(record_address(map_id, kind, record_id, done=outcome.revision))
        except StaleVersion:
            return show_clash(map_id, found_record(map_id, kind, record_id), _edit_form, mine)
        except (InvalidValue, Conflict) as error:
            _take_in(reading, error)
    form = form_of(whole, cls, typed, problems=reading.problems, offers=reading.offers, new=False)
    return _refused(_edit_form(map_id, current, form, version))


def found_record(map_id: str, kind: RecordKind, record_id: str) -> Record:
    """The record, or `UnknownRecord` or `DeletedRecord`."""
    record = store().get(map_id, viewer(), record_id)
    if kind_of(record) is not kind:
        raise UnknownRecord(record_id)
    return record


def _prefilled(whole: PowerMap, cls: type[Record]) -> Typed:
    """An empty form, with the simple values the address gives; names are given by id."""
    typed = blank(cls)
    names = names_for(whole, cls)
    for shape in shape_of(cls):
        given = request.args.get(shape.name, "")
        if given and isinstance(typed.get(shape.name), str):
            typed[shape.name] = names.get(given, given) if shape.refers else given
    return typed


def _take_in(reading: Reading, error: InvalidValue | Conflict) -> None:
    if isinstance(error, InvalidValue):
        reading.problems += error.problems
    else:
        reading.problems += InvalidValue.at("", str(error)).problems


def _add_form(map_id: str, kind: RecordKind, form: Form, focus: str = "") -> str:
    words = WORDS[kind]
    return render_on_map(
        "pages/records/form.html",
        map_id,
        words.section,
        heading=words.add,
        about="",
        form=form,
        action=add_address(map_id, kind),
        back=table_address(map_id, kind),
        new=True,
        version=0,
        once=new_id(),
        focus=focus,
    )


def _edit_form(map_id: str, record: Record, form: Form, version: int, focus: str = "") -> str:
    kind = kind_of(record)
    return render_on_map(
        "pages/records/form.html",
        map_id,
        WORDS[kind].section,
        heading=f"Edit the {WORDS[kind].one}",
        about=Naming(map_id).title(record),
        form=form,
        action=act_address("edit", map_id, kind, record.id),
        back=record_address(map_id, kind, record.id),
        new=False,
        version=version,
        once=new_id(),
        focus=focus,
    )


def _refused(page: str) -> Response:
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)


def _gone_to(address: str) -> Any:
    return redirect(address, HTTPStatus.SEE_OTHER)


def register(blueprint: Blueprint) -> None:
    both = ["GET", "POST"]
    for kind in ON_A_MAP:
        place = f"/maps/<map_id>/{kind.plural}"
        blueprint.add_url_rule(
            f"{place}/add", f"add_{kind}", partial(add_record, kind), methods=both
        )
        blueprint.add_url_rule(
            f"{place}/<record_id>/edit",
            f"edit_{kind}",
            partial(edit_record, kind),
            methods=both,
        )
    blueprint.add_url_rule(
        "/maps/<map_id>/about/edit",
        "edit_map",
        partial(edit_record, RecordKind.MAP),
        methods=both,
    )
