"""One map: the picture, the answer it opens on, and the same content as tables."""

from collections import Counter
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request
from markupsafe import Markup

from api.context import arrangement, keep_arrangement, power_map
from api.pages.assets import ONE_FILE
from api.pages.map_view import MapView, view_of
from api.pages.maps_page import opening_sentence
from api.pages.question import EMPHASIS_WORDS, Emphasis, Question, question_from
from api.pages.rows import accountability_rows, line_rows, party_rows, proofs
from api.pages.words import count, day, in_words, listed, sources
from graph.network import GroupBy, Unit
from powermap.model import PowerMap
from powermap.vocabulary import Layer
from visual.influence_map import fragment
from visual.lines import Views
from visual.sectors import LOOKS, NO_SECTOR

_UNITS = {Unit.LEADERS: "People", Unit.ORGANISATIONS: "Organisations"}
_NOUNS = {
    Unit.LEADERS: ("person", "people"),
    Unit.ORGANISATIONS: ("organisation", "organisations"),
}
_GROUPS = {
    GroupBy.SECTOR: "sectors",
    GroupBy.KIND: "kinds of body",
    GroupBy.ORGANISATION: "organisations",
    GroupBy.LEVEL: "levels",
}


def show_map(map_id: str) -> Response:
    response = make_response(page_of(map_id, question_from(request.args)))
    response.headers["Cache-Control"] = "no-store"
    return response


def page_of(map_id: str, question: Question) -> str:
    """One view of a map as a page; places that are new on it are kept."""
    whole = power_map(map_id)
    kept = arrangement(map_id)
    view = view_of(whole, question, kept)
    if not view.positions.keys() <= kept.keys():
        keep_arrangement(map_id, {**kept, **view.positions})
    return render_template("pages/map.html", **_told(map_id, whole, view))


def file_of(map_id: str, question: Question) -> str:
    """The same page as one file, which opens without a server and asks for nothing outside."""
    setattr(g, ONE_FILE, True)
    return page_of(map_id, question)


def _told(map_id: str, whole: PowerMap, view: MapView) -> dict[str, Any]:
    lines = line_rows(view.shown, view.lines)
    parties = party_rows(view.shown, view.parties, view.drawn, lines)
    question = view.question
    on = question.on or whole.header.as_at
    noun = _NOUNS[question.unit]
    drawn_lines = view.drawn_lines
    return {
        "map_id": map_id,
        "header": whole.header,
        "opening": opening_sentence(whole.header),
        "revision": whole.revision,
        "withheld": whole.withheld,
        "view": view,
        "question": question,
        "answer": view.answer,
        "names": view.names,
        "fragment": Markup(fragment(view.picture)),  # written by an autoescaping template
        "on": on,
        "on_words": day(on),
        "other_day": on != whole.header.as_at,
        "as_at_words": day(whole.header.as_at),
        "parties": parties,
        "party_of": {row.id: row for row in parties},
        "lines": lines,
        "accountabilities": accountability_rows(view.shown),
        "organisations": sorted(view.shown.organisations.values(), key=lambda o: (o.name, o.id)),
        "noun": noun,
        "strip": _strip(view, noun, day(on)),
        "partial": len(view.drawn) < len(parties) or len(drawn_lines) < len(lines),
        "summary": _summary(view, noun),
        "source_words": f"Source: {found}" if (found := sources(view.sources)) else "Unsourced",
        "legend": _legend(view),
        "emphasis_words": EMPHASIS_WORDS,
        "layers": list(Layer),
        "units": _UNITS,
        "groups": _groups(question.unit),
        "emphases": list(Emphasis),
        "in_words": in_words,
        "listed": listed,
        "proofs": proofs,
        "count": count,
        "thin": _thin(view),
    }


def _strip(view: MapView, noun: tuple[str, ...], on: str) -> list[str]:
    """The strip over the map: how much of it is drawn, and how sure it is."""
    people, lines = len(view.parties), len(view.lines)
    drawn, drawn_lines = len(view.drawn), len(view.drawn_lines)
    said = [
        f"{drawn} of {count(people, *noun)} drawn" if drawn < people else count(people, *noun),
        f"{drawn_lines} of {count(lines, 'tie')}" if drawn_lines < lines else count(lines, "tie"),
    ]
    if one_sided := view.counted(Views.ONE_SIDED):
        said.append(f"{one_sided} one-sided")
    if differing := view.counted(Views.DIFFERING):
        said.append(f"{differing // 2} seen differently")
    if doubtful := sum(line.doubtful for line in view.drawn_lines):
        said.append(f"{doubtful} may be held")
    return [*said, f"as at {on}"]


def _summary(view: MapView, noun: tuple[str, ...]) -> str:
    """One paragraph that says what the picture shows."""
    sectors = Counter(
        LOOKS[party.sectors[0]].name if party.sectors else NO_SECTOR.name
        for party in view.picture.parties
    )
    parts = [f"{name} {number}" for name, number in sectors.most_common()]
    told = f"The picture shows {count(len(view.drawn), *noun)}"
    told += f" ({', '.join(parts)})" if parts else ""
    told += f" and {count(len(view.drawn_lines), 'tie')} between them"
    told += f", of {len(view.parties):,} and {len(view.lines):,} on the map."
    alone = len(view.drawn - {end for line in view.lines for end in (line.source, line.target)})
    if alone and view.lines:
        told += f" {count(alone, 'has', 'have')} no tie in this layer."
    return told


def _groups(unit: Unit) -> dict[GroupBy, str]:
    """What can make a group; a body has no level."""
    bodies = unit is Unit.ORGANISATIONS
    return {by: word for by, word in _GROUPS.items() if by is not GroupBy.LEVEL or not bodies}


def _legend(view: MapView) -> list[Any]:
    """The sectors that are on the picture, in the order of the closed list."""
    present = {sector for party in view.picture.parties for sector in party.sectors}
    looks = [look for sector, look in LOOKS.items() if sector in present]
    return looks + [NO_SECTOR] * any(not party.sectors for party in view.picture.parties)


def _thin(view: MapView) -> str | None:
    """What to do next where there is nothing, or next to nothing, to see."""
    if not view.shown.leaders and not view.shown.organisations:
        return "empty"
    if not view.parties:
        return "no_parties"
    return None if view.lines else "no_ties"


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>", "map", show_map)
