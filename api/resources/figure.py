"""A view of a map as a board figure: SVG, PNG or PDF."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from flask import Response, request

from api.bodies import InvalidQuery
from api.context import power_map, store, viewer
from api.figures.asked import MOST_NAMES, Making, Shows, figure_from
from api.figures.drawing import Format, figure_of, file_of
from api.figures.ground import kept_ground
from api.figures.supposed import GRAMMAR
from api.file_names import file_name
from api.pages.matrix_rows import Rows
from api.resources.blueprint import READING, Topic
from api.resources.questions import choice, day, text, truth, whole_number
from api.resources.shapes import Query
from api.view import Emphasis, Extent
from graph.network import GroupBy, Unit
from powermap.errors import InvalidValue
from powermap.vocabulary import Layer, Sensitivity
from visual.figure.preset import Preset

blueprint = Topic("figure", "Pictures for board papers.", "/<map_id>")

MEDIA_TYPES = {
    Format.SVG: "image/svg+xml",
    Format.PNG: "image/png",
    Format.PDF: "application/pdf",
}
LONGEST_MARKING = 60
_BINARY = {"schema": {"type": "string", "format": "binary"}}


class ViewQuery(Query):
    """A view in its text form, as in the address of the map page."""

    layer = choice(Layer, "Which ties are drawn.")
    unit = choice(Unit, "People or organisations.")
    on = day("The day drawn; the map's as-at date unless given.")
    focus = text("Draw this leader or organisation, by id, and those near them.")
    distance = whole_number("How many steps from the one in focus.", low=1, high=2)
    emphasis = choice(Emphasis, "What a heavier border stands for.")
    group_by = choice(GroupBy, "What makes two people of one group.")
    show = choice(
        Extent,
        "How much: the answer and the best tied, the top by the measure emphasised, or all.",
    )
    sector = text("Only these sectors, with commas between.", longest=2000)
    kind = text("Only these kinds of body, with commas between.", longest=2000)
    sensitivity = choice(Sensitivity, "Look only at what is no more sensitive.")
    strength = whole_number("Only ties of this strength or more.", low=1, high=5)
    highlight = text(
        "What stands out: ids with commas between; after `path:`, `pairs:` or `gap:` in that role.",
        longest=8000,
    )
    arrangement = text("An arrangement that was kept, as in a link to a view.")


class FigureQuery(ViewQuery):
    """Which picture of the view."""

    shows = choice(
        Shows,
        "What sort of picture. `before_after` takes one more of `before`, `since` and `what_if`; "
        "`power_interest` takes `opinions=true`.",
        default=Shows.MAP,
    )
    before = day(
        "With shows=before_after: the earlier day; the later is `on`, or the as-at date of the map."
    )
    since = whole_number(
        "With shows=before_after: the map as it was known at this revision, beside the map now.",
        low=1,
    )
    what_if = text(
        "With shows=before_after: the map as it is, beside the map as it would be. By ids, "
        + GRAMMAR.replace("one of ", "one of: ")
        + ".",
        longest=2000,
    )
    rows = choice(
        Rows,
        "With shows=matrix: what a row stands for; each, if any preset holds that, else the finest "
        "that this one holds.",
    )
    opinions = truth(
        "With shows=power_interest: must be true, for it draws what some people think of others "
        "by name. Left out of every other figure."
    )
    format = choice(Format, "The kind of file.", default=Format.SVG)
    preset = choice(
        Preset,
        "16 cm wide, for up to 25 names; 25 cm, for up to 40; or the width of a slide, for 20.",
        default=Preset.PORTRAIT,
    )
    ceiling = choice(
        Sensitivity,
        "Nothing more sensitive than this is in it, and its place leaves no gap.",
        default=Sensitivity.OPEN,
    )
    marking = text(
        "The protective marking, at the top and at the foot.",
        longest=LONGEST_MARKING,
    )
    names = whole_number(
        "At most so many names: those that stand out, then the best tied, or the top by the "
        "measure with show=top.",
        low=1,
        high=MOST_NAMES,
    )


@blueprint.get("/figure")
@blueprint.arguments(FigureQuery, location="query")
@blueprint.response(HTTPStatus.OK, {"type": "string"}, content_type="image/svg+xml")
@blueprint.doc(
    responses={
        "200": {
            "description": "The file. The same map, view and day make the same bytes.",
            "content": {"image/png": _BINARY, "application/pdf": _BINARY},
        }
    }
)
@blueprint.may_fail(*READING)
def read_figure(query: dict[str, Any], map_id: str) -> Response:
    """A view as a picture for a paper, with title, legend, source and method on its face.

    A view too full to be read in print is refused, with what to do instead.
    """
    format = query["format"]
    made_on = datetime.now(UTC).date()
    making = Making(
        maker=viewer().name,
        made_on=made_on,
        preset=query["preset"],
        marking=query.get("marking", ""),
    )
    asked = {name: value for name, value in request.args.items() if name not in _OF_THE_FILE}
    try:
        wanted = figure_from(asked)
        ceiling = min(query["ceiling"], wanted.view.ceiling, key=lambda level: level.rank)
        ground = kept_ground(store(), power_map(map_id), viewer(), ceiling)
        sheet = figure_of(wanted, ground, making).sheet
    except InvalidValue as error:
        raise InvalidQuery(*error.problems) from None
    response = Response(file_of(sheet, format, made_on), content_type=MEDIA_TYPES[format])
    name = f"{file_name(sheet.title)}.{format.value}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


_OF_THE_FILE = frozenset({"format", "preset", "ceiling", "marking"})
