"""Names to choose from while one types, for maps too large to carry all of them in a page."""

import json
from typing import Any

from flask import Blueprint, Response, request

from api.context import power_map
from api.pages.records.references import called
from powermap.vocabulary import RecordKind

MOST = 20


def show_names(map_id: str) -> Any:
    """The first names that hold what was typed, of the kinds asked for."""
    asked = request.args.get("kinds", "").split("-")
    kinds = [kind for kind in RecordKind if kind.plural in asked and kind is not RecordKind.MAP]
    words = request.args.get("q", "").casefold().split()
    if RecordKind.ACCOUNTABILITY in kinds:
        kinds = [RecordKind.ACCOUNTABILITY]
    named = called(power_map(map_id), kinds) if kinds and words else {}
    found = [name for name in named.values() if all(w in name.casefold() for w in words)]
    # What begins as it was typed comes first, so that twenty are enough.
    found.sort(key=lambda name: not name.casefold().startswith(" ".join(words)))
    body = json.dumps(found[:MOST], ensure_ascii=False)
    return Response(body, content_type="application/json")


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/names", "names", show_names)
