"""The page of a person or an organisation: the brief, what is known of it, what can be done."""

from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, make_response, request, url_for

from api.context import power_map, store, viewer
from api.pages.copying import sentence_links
from api.pages.drawing import drawn
from api.pages.records.brief import Line, Telling, passages_of, sections
from api.pages.records.conflict import show_deleted
from api.pages.records.fields import in_sentence
from api.pages.records.inputs import Wrong
from api.pages.records.kinds import WORDS, act_address, add_address, table_address
from api.pages.records.past import history_of, moment
from api.pages.records.quick_tie import QuickTie
from api.pages.rows import proofs
from api.pages.shell import render_on_map
from api.pages.words import count, day, headed, period
from api.view import View
from graph.findings.person import one_page
from graph.network import Unit
from graph.posts import bodies_of, places_held
from powermap.dates import Held
from powermap.errors import DeletedRecord, InvalidValue, UnknownRecord
from powermap.model import Leader, Organisation, PowerMap, kind_of
from powermap.schema import read_day
from powermap.vocabulary import RecordKind
from visual.sectors import SectorLook, look_of

MOST_DRAWN = 100

_ASKED_OF_A_PERSON = (
    ("How do I get to {name}, and who should introduce me?", "introductions", "target"),
    ("What changes if {name} leaves?", "if-leaves", "leader"),
)
_ASKED_OF_A_BODY = (
    ("How do I get to somebody in {name}?", "introductions", "target"),
    ("How evenly is leadership shared in {name}?", "spread-of-leadership", "body"),
    ("Which outside accountabilities pull on its members?", "outside-accountabilities", "body"),
    ("How strong are the five factors among its people?", "five-factors", "group"),
    ("What changes if it is abolished?", "if-abolished", "organisation"),
)


def show_party(kind: RecordKind, map_id: str, record_id: str) -> Any:
    try:
        record = store().get(map_id, viewer(), record_id)
    except DeletedRecord:
        return show_deleted(map_id, kind, record_id)
    if kind_of(record) is not kind:
        raise UnknownRecord(record_id)
    return party_page(map_id, record_id, QuickTie.on_page_of(map_id, record_id))


def party_page(map_id: str, record_id: str, quick: QuickTie) -> Any:
    """The page, with the short form of a tie as it was sent or empty."""
    whole = power_map(map_id)
    party = whole.party(record_id)
    kind = kind_of(party)
    on, problem = day_asked(whole)
    shown = whole.held_on(on)
    there = record_id in shown.records
    found = one_page(shown, record_id, on) if there else None
    telling = Telling(map_id, shown, record_id)
    parts = sections(map_id, shown, party, found) if found else []
    judged = assessments_of(whole, party)
    view = _view(whole, party, on)
    history = history_of(map_id, kind, record_id)
    page = render_on_map(
        "pages/records/party.html",
        map_id,
        WORDS[kind].section,
        party=party,
        kind=kind,
        words=WORDS[kind],
        is_person=isinstance(party, Leader),
        looks=_looks(shown, party) if there else (look_of(None),),
        role=_role(shown, party) if there else "",
        on=on,
        on_words=day(on),
        usual_day=on == whole.header.as_at,
        typed_on=request.args.get("on", on.isoformat()),
        problems=[Wrong(field="on", message=problem)] if problem else [],
        there=there,
        doubtful=record_id in shown.doubtful,
        when=period(party.period) if party.period else "",
        another_day=_another_day(party),
        sentences=[telling.linked(said, _all_in(found.rows)) for said in found.sentences]
        if found
        else [],
        thin=found.thin if found else None,
        rule=found.rule if found else "",
        sections=parts,
        assessments=judged,
        copy=sentence_links(
            whole,
            on,
            "brief",
            f"pages.{kind}_brief",
            {"record_id": record_id, "on": None if on == whole.header.as_at else on.isoformat()},
            passages_of(found.sentences, parts, judged),
            heading=party.name,
            noun="brief",
        )
        if found
        else None,
        proofs=proofs(party.evidence),
        identifiers=party.identifiers,
        sensitivity=headed(party.sensitivity),
        successors=[whole.party(each) for each in getattr(party, "succeeded_by", ())],
        author=party.author,
        changed=f"{moment(history[-1].at)}, by {history[-1].actor}",
        version=party.version,
        tallies=_tallies(map_id, whole, record_id),
        questions=_questions(map_id, party),
        on_the_map=url_for("pages.map", map_id=map_id, **view.address()),
        drawing=drawn(map_id, view) if found and not found.thin and _is_small(shown) else None,
        edit=act_address("edit", map_id, kind, record_id),
        history=act_address("history", map_id, kind, record_id),
        delete=act_address("delete", map_id, kind, record_id),
        add_accountability=add_address(map_id, RecordKind.ACCOUNTABILITY, holder=record_id),
        add_member=add_address(map_id, RecordKind.ACCOUNTABILITY, to=record_id),
        add_assessment=add_address(map_id, RecordKind.ASSESSMENT, leader=record_id),
        quick=quick,
    )
    wrong = problem or quick.form.problems
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


def day_asked(whole: PowerMap) -> tuple[date, str]:
    given = request.args.get("on", "").strip()
    if not given:
        return whole.header.as_at, ""
    try:
        return read_day(given), ""
    except InvalidValue as error:
        return whole.header.as_at, in_sentence("The day", error.problems[0].message)


def _all_in(rows: Any) -> list[str]:
    return list(dict.fromkeys(party for row in rows for party in row.parties))


def _looks(shown: PowerMap, party: Leader | Organisation) -> tuple[SectorLook, ...]:
    if isinstance(party, Organisation):
        return (look_of(party.sector),)
    bodies = bodies_of(shown, places_held(shown).get(party.id, ()))
    sectors = dict.fromkeys(body.sector for body in bodies)
    return tuple(look_of(sector) for sector in sectors) or (look_of(None),)


def _role(shown: PowerMap, party: Leader | Organisation) -> str:
    if isinstance(party, Organisation):
        return headed(party.kind)
    held = places_held(shown).get(party.id, ())
    return "; ".join(f"{post.title}, {shown.party(post.to).name}" for post in held[:3])


def _another_day(party: Leader | Organisation) -> date | None:
    """A day on which a body that is not there was there."""
    when = party.period
    if when is None:
        return None
    _, start, end, _ = when.bounds
    found = end or start
    return found if found and when.held_on(found) is not Held.NO else None


def assessments_of(whole: PowerMap, party: Leader | Organisation) -> list[Line]:
    telling = Telling(whole.header.id, whole, party.id)
    found = [made for made in whole.assessments.values() if made.leader == party.id]
    found.sort(key=lambda made: (made.assessed_on.latest, made.id), reverse=True)
    return [
        telling.assessment(
            made, act_address("edit", whole.header.id, RecordKind.ASSESSMENT, made.id)
        )
        for made in found
    ]


def _tallies(map_id: str, whole: PowerMap, party: str) -> list[tuple[str, str]]:
    """How much is recorded of any date, and the tables that list it."""
    ties = sum(party in (tie.source, tie.target) for tie in whole.relationships.values())
    holds = sum(duty.holder == party for duty in whole.accountabilities.values())
    owed = sum(duty.to == party for duty in whole.accountabilities.values())
    counted = [
        (ties, RecordKind.RELATIONSHIP, "party", count(ties, "tie")),
        (
            holds,
            RecordKind.ACCOUNTABILITY,
            "holder",
            f"{count(holds, 'accountability', 'accountabilities')} held",
        ),
        (
            owed,
            RecordKind.ACCOUNTABILITY,
            "to",
            f"{count(owed, 'accountability', 'accountabilities')} owed to it",
        ),
    ]
    return [
        (words, table_address(map_id, kind, **{field: party}))
        for number, kind, field, words in counted
        if number
    ]


def _questions(map_id: str, party: Leader | Organisation) -> list[tuple[str, str]]:
    asked = _ASKED_OF_A_PERSON if isinstance(party, Leader) else _ASKED_OF_A_BODY
    found = []
    for words, name, parameter in asked:
        given: dict[str, Any] = {"name": name, parameter: party.id}
        address = url_for("pages.question", map_id=map_id, **given)
        found.append((words.format(name=party.name), address))
    return found


def _view(whole: PowerMap, party: Leader | Organisation, on: date) -> View:
    return View(
        focus=party.id,
        unit=Unit.ORGANISATIONS if isinstance(party, Organisation) else Unit.LEADERS,
        on=None if on == whole.header.as_at else on,
    )


def _is_small(shown: PowerMap) -> bool:
    """Whether the map is drawn in no time; a larger one is a click away."""
    return max(len(shown.leaders), len(shown.organisations)) <= MOST_DRAWN


def register(blueprint: Blueprint) -> None:
    for kind in (RecordKind.LEADER, RecordKind.ORGANISATION):
        blueprint.add_url_rule(
            f"/maps/<map_id>/{kind.plural}/<record_id>",
            str(kind),
            partial(show_party, kind),
        )
