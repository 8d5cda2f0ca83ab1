"""Put this in a paper: from the page of an answer or a view, and back."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from api.context import power_map
from api.pages.papers.draft import item_from_text, keep_draft, kept_draft
from api.pages.papers.told import problem_with
from api.pages.shell import within_map
from powermap.errors import InvalidValue


def add_to_paper(map_id: str) -> Response:
    """Put one question or figure at the end of the draft, and show the paper.

    A paper that is full says so on its page, and holds what it held.
    """
    whole = power_map(map_id)
    item = item_from_text(request.form.get("item", ""))
    if problem := problem_with(whole, item):
        raise InvalidValue.at("item", f"cannot be asked of this map. {problem}")
    draft, back = kept_draft(), within_map(map_id, request.form.get("back", ""))
    there = draft.place_of(item)
    try:
        draft = draft.adding(item)
    except InvalidValue:
        return redirect(url_for("pages.paper", map_id=map_id, full="yes", back=back), 303)
    told: dict[str, Any] = {"there": there} if there else {"added": draft.place_of(item)}
    response = redirect(url_for("pages.paper", map_id=map_id, back=back, **told), 303)
    keep_draft(response, map_id, draft)
    return response


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule(
        "/maps/<map_id>/paper/items", "add_to_paper", add_to_paper, methods=["POST"]
    )
