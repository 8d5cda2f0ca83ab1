"""The list of maps; whoever opens a service of samples alone lands on one, with a walk-through."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from api.context import maps
from api.importing import samples
from api.pages.words import ago, count, day
from powermap.model import MapHeader
from powermap.ports import MapSummary
from powermap.vocabulary import RecordKind

BEEN_HERE = "powermap_been_here"
_FIRST_SAMPLE = "leading-as-peers"
_COUNTED = (
    (RecordKind.LEADER, "person", "people"),
    (RecordKind.ORGANISATION, "organisation", "organisations"),
    (RecordKind.ACCOUNTABILITY, "accountability", "accountabilities"),
    (RecordKind.RELATIONSHIP, "relationship", "relationships"),
)


def show_maps() -> str | Response:
    found = maps()
    walk = _walk_through(found)
    if walk is not None and BEEN_HERE not in request.cookies and _only_samples(found):
        response = redirect(walk, 303)
        response.set_cookie(
            BEEN_HERE, "1", max_age=365 * 24 * 3600, httponly=True, samesite="Strict"
        )
        return response
    listed = [
        {
            "header": each.header,
            "opening": opening_sentence(each.header),
            "as_at": day(each.header.as_at),
            "changed": ago(each.changed_at),
            "revision": each.revision,
            "counts": ", ".join(
                count(each.counts.get(kind, 0), one, many) for kind, one, many in _COUNTED
            ),
        }
        for each in found
    ]
    return render_template("pages/maps.html", maps=listed, walk=walk)


def _walk_through(found: list[MapSummary]) -> str | None:
    """Where the walk-through begins: on a sample map that is there."""
    titles = {name: header.title for name, header in samples().items()}
    here = {each.header.title: each.header.id for each in found}
    known = [here[title] for title in titles.values() if title in here]
    first = here.get(titles.get(_FIRST_SAMPLE, ""))
    map_id = first or (known[0] if known else None)
    return url_for("pages.map", map_id=map_id, tour=1) if map_id else None


def _only_samples(found: list[MapSummary]) -> bool:
    titles = {header.title for header in samples().values()}
    return all(each.header.title in titles for each in found)


def opening_sentence(header: MapHeader, longest: int = 180) -> str:
    """The first sentence of a map's purpose, cut where it runs on."""
    first = header.purpose.split("\n")[0]
    for end in (". ", "? ", "! "):
        first = first.split(end)[0] + end.strip() if end in first else first
    if len(first) <= longest:
        return first
    return first[:longest].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/", "maps", show_maps)
