"""The list of maps."""

from flask import Blueprint, render_template

from api.context import maps
from api.pages.words import count, day
from powermap.model import MapHeader
from powermap.vocabulary import RecordKind

_COUNTED = (
    (RecordKind.LEADER, "person", "people"),
    (RecordKind.ORGANISATION, "organisation", "organisations"),
    (RecordKind.ACCOUNTABILITY, "accountability", "accountabilities"),
    (RecordKind.RELATIONSHIP, "relationship", "relationships"),
)


def show_maps() -> str:
    listed = [
        {
            "header": found.header,
            "opening": opening_sentence(found.header),
            "as_at": day(found.header.as_at),
            "counts": ", ".join(
                count(found.counts.get(kind, 0), one, many) for kind, one, many in _COUNTED
            ),
        }
        for found in maps()
    ]
    return render_template("pages/maps.html", maps=listed)


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
