"""One map: the picture, what matters now beside it, and the same content as tables."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, g, make_response, request

from api.context import power_map
from api.figures.asked import FigureAsked
from api.pages.assets import ONE_FILE
from api.pages.drawing import seen
from api.pages.map_controls import controls
from api.pages.map_told import told_of
from api.pages.papers.draft import item_text
from api.pages.shell import render_on_map
from api.view import View, joined_up, read_view
from powermap.errors import InvalidValue, Problem

BESIDES = ("done", "tour", "arranged")
"""What the address of the page may hold that is no part of the view."""


def show_map(map_id: str) -> Response:
    """A view of the map; where it is asked for wrongly, what is right of it and what is not."""
    view, problems = read_view(joined_up(request.args.items(multi=True)), besides=BESIDES)
    try:
        page = page_of(map_id, view, problems)
    except InvalidValue as error:
        problems += error.problems
        page = page_of(map_id, View(unit=view.unit), problems)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def page_of(map_id: str, view: View, problems: list[Problem] | None = None) -> str:
    """One view of a map as a page."""
    whole = power_map(map_id)
    found = seen(map_id, view)
    values: dict[str, Any] = {
        **told_of(map_id, whole, found),
        **controls(whole, found),
        "paper_item": item_text(FigureAsked(view=found.view)),
        "permalink": request.host_url.rstrip("/") + request.path,
        "problems": [_said(problem) for problem in problems or ()],
        "arranged": request.args.get("arranged", ""),
    }
    return render_on_map("pages/map.html", map_id, "map", **values)


def file_of(map_id: str, view: View) -> str:
    """The same page as one file, which opens without a server and asks for nothing outside."""
    setattr(g, ONE_FILE, True)
    return page_of(map_id, view)


def _said(problem: Problem) -> dict[str, str]:
    field = str(problem.path[0]) if problem.path else ""
    on_page = field in ("layer", "unit", "on", "emphasis", "group_by", "strength", "sensitivity")
    return {"field": field if on_page else "", "message": f"{field}: {problem.message}."}


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>", "map", show_map)
