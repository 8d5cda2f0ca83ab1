"""One map: the picture, the answer it opens on, and the same content as tables."""

from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request

from api.context import power_map
from api.pages.assets import ONE_FILE
from api.pages.drawing import NOUNS, picture_of, seen, summary
from api.pages.emphasis import EMPHASIS_WORDS
from api.pages.map_view import MapView
from api.pages.maps_page import opening_sentence
from api.pages.rows import accountability_rows, line_rows, party_rows, proofs
from api.pages.words import count, day, in_words, listed, sources
from api.view import Emphasis, View, joined_up, view_from
from graph.network import GroupBy, Unit
from powermap.model import PowerMap
from powermap.vocabulary import Layer
from visual.lines import Views
from visual.sectors import LOOKS, NO_SECTOR

_UNITS = {Unit.LEADERS: "People", Unit.ORGANISATIONS: "Organisations"}
_GROUPS = {
    GroupBy.SECTOR: "sectors",
    GroupBy.KIND: "kinds of body",
    GroupBy.ORGANISATION: "organisations",
    GroupBy.LEVEL: "levels",
}


def show_map(map_id: str) -> Response:
    view = view_from(joined_up(request.args.items(multi=True)), besides=("done", "tour"))
    response = make_response(page_of(map_id, view))
    response.headers["Cache-Control"] = "no-store"
    return response


def page_of(map_id: str, view: View) -> str:
    """One view of a map as a page."""
    return render_template("pages/map.html", **_told(map_id, power_map(map_id), seen(map_id, view)))


def file_of(map_id: str, view: View) -> str:
    """The same page as one file, which opens without a server and asks for nothing outside."""
    setattr(g, ONE_FILE, True)
    return page_of(map_id, view)


def _told(map_id: str, whole: PowerMap, found: MapView) -> dict[str, Any]:
    lines = line_rows(found.shown, found.lines)
    parties = party_rows(found.shown, found.parties, found.drawn, lines)
    view = found.view
    on = view.on or whole.header.as_at
    noun = NOUNS[view.unit]
    drawn_lines = found.drawn_lines
    return {
        "map_id": map_id,
        "header": whole.header,
        "opening": opening_sentence(whole.header),
        "revision": whole.revision,
        "withheld": whole.withheld,
        "seen": found,
        "emphasis_missing": found.emphasis_missing,
        "view": view,
        "answer": found.answer,
        "names": found.names,
        "fragment": picture_of(found),
        "on": on,
        "on_words": day(on),
        "other_day": on != whole.header.as_at,
        "as_at_words": day(whole.header.as_at),
        "parties": parties,
        "party_of": {row.id: row for row in parties},
        "lines": lines,
        "accountabilities": accountability_rows(found.shown),
        "organisations": sorted(found.shown.organisations.values(), key=lambda o: (o.name, o.id)),
        "noun": noun,
        "strip": _strip(found, noun, day(on)),
        "partial": len(found.drawn) < len(parties) or len(drawn_lines) < len(lines),
        "summary": summary(found),
        "source_words": f"Source: {told}" if (told := sources(found.sources)) else "Unsourced",
        "legend": _legend(found),
        "emphasis_words": EMPHASIS_WORDS,
        "layers": list(Layer),
        "units": _UNITS,
        "groups": _groups(view.unit),
        "emphases": list(Emphasis),
        "in_words": in_words,
        "listed": listed,
        "proofs": proofs,
        "count": count,
        "thin": _thin(found),
    }


def _strip(found: MapView, noun: tuple[str, ...], on: str) -> list[str]:
    """The strip over the map: how much of it is drawn, and how sure it is."""
    people, lines = len(found.parties), len(found.lines)
    drawn, drawn_lines = len(found.drawn), len(found.drawn_lines)
    said = [
        f"{drawn} of {count(people, *noun)} drawn" if drawn < people else count(people, *noun),
        f"{drawn_lines} of {count(lines, 'tie')}" if drawn_lines < lines else count(lines, "tie"),
    ]
    if one_sided := found.counted(Views.ONE_SIDED):
        said.append(f"{one_sided} one-sided")
    if differing := found.counted(Views.DIFFERING):
        said.append(f"{differing // 2} seen differently")
    if doubtful := sum(line.doubtful for line in found.drawn_lines):
        said.append(f"{doubtful} may be held")
    return [*said, f"as at {on}"]


def _groups(unit: Unit) -> dict[GroupBy, str]:
    """What can make a group; a body has no level."""
    bodies = unit is Unit.ORGANISATIONS
    return {by: word for by, word in _GROUPS.items() if by is not GroupBy.LEVEL or not bodies}


def _legend(found: MapView) -> list[Any]:
    """The sectors that are on the picture, in the order of the closed list."""
    present = {sector for party in found.picture.parties for sector in party.sectors}
    looks = [look for sector, look in LOOKS.items() if sector in present]
    return looks + [NO_SECTOR] * any(not party.sectors for party in found.picture.parties)


def _thin(found: MapView) -> str | None:
    """What to do next where there is nothing, or next to nothing, to see."""
    if not found.shown.leaders and not found.shown.organisations:
        return "empty"
    if not found.parties:
        return "no_parties"
    return None if found.lines else "no_ties"


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>", "map", show_map)
