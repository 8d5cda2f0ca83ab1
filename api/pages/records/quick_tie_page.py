"""Adding a tie by its short form, from the table of ties or from somebody's page."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, request

from api.context import power_map
from api.pages.records.kinds import record_address, table_address
from api.pages.records.party_page import party_page
from api.pages.records.quick_tie import QuickTie
from api.pages.records.saving import save
from api.pages.records.table_page import table
from api.pages.records.typed import rearranged, record_typed, typed_in_form
from powermap.changes import Create
from powermap.errors import InvalidValue
from powermap.model import Leader, Organisation, Relationship, kind_of
from powermap.vocabulary import RecordKind


def add_quick_tie(map_id: str) -> Any:
    """Save the tie and begin the next one; where something is wrong, show the same page again."""
    whole = power_map(map_id)
    party = whole.records.get(request.form.get("at", ""))
    at = party.id if isinstance(party, Leader | Organisation) else ""
    typed = typed_in_form(Relationship, request.form)
    rearranged(Relationship, typed, request.form.get("do", ""))
    record, reading = record_typed(whole, Relationship, typed)
    if record is not None:
        try:
            outcome = save(map_id, Create(record))
        except InvalidValue as error:
            reading.problems += error.problems
        else:
            done = str(outcome.revision)
            if party is not None and at:
                address = record_address(map_id, kind_of(party), at, done=done, next="tie")
            else:
                address = table_address(map_id, RecordKind.RELATIONSHIP, done=done, next="tie")
            return redirect(address, HTTPStatus.SEE_OTHER)
    quick = QuickTie.made(map_id, typed, at=at, reading=reading)
    if at:
        return party_page(map_id, at, quick)
    return table(RecordKind.RELATIONSHIP, map_id, quick)


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule(
        "/maps/<map_id>/relationships/quick", "quick_tie", add_quick_tie, methods=["POST"]
    )
