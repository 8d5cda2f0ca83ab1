"""The brief of a person or an organisation as text."""

from functools import partial

from flask import Blueprint, Response

from api.bodies import InvalidQuery
from api.context import power_map
from api.pages.copying import Passage
from api.pages.downloads import permitted, text_file
from api.pages.records.brief import passages_of, sections
from api.pages.records.party_page import assessments_of, day_asked
from api.pages.words import day
from graph.findings.person import one_page
from powermap.errors import Problem, UnknownRecord
from powermap.model import kind_of
from powermap.vocabulary import RecordKind


def download_brief(kind: RecordKind, map_id: str, record_id: str) -> Response:
    """What the page says on the day, in sentences."""
    whole = permitted(power_map(map_id))
    party = whole.party(record_id)
    if kind_of(party) is not kind:
        raise UnknownRecord(record_id)
    on, problem = day_asked(whole)
    if problem:
        raise InvalidQuery(Problem(("on",), problem))
    shown = whole.held_on(on)
    if record_id in shown.records:
        found = one_page(shown, record_id, on)
        parts = sections(map_id, shown, party, found)
        passages = passages_of(found.sentences, parts, assessments_of(whole, party))
    else:
        passages = [Passage(sentences=(f"Not there on {day(on)}.",))]
    return text_file("brief", whole, on, passages, heading=party.name)


def register(blueprint: Blueprint) -> None:
    for kind in (RecordKind.LEADER, RecordKind.ORGANISATION):
        blueprint.add_url_rule(
            f"/maps/<map_id>/{kind.plural}/<record_id>/brief.txt",
            f"{kind.value}_brief",
            partial(download_brief, kind),
        )
