"""The questions a map answers, in the words people use."""

from flask import Blueprint
from werkzeug.datastructures import MultiDict

from api.context import power_map
from api.pages.naming import labels
from api.pages.questions.form import read
from api.pages.questions.wording import index
from api.pages.shell import me, render_on_map

_FIRST = "introductions"
"""The question whose form stands on the index: it is asked most, by those with least time."""


def show_questions(map_id: str) -> str:
    whole = power_map(map_id)
    known = me(whole)
    first = read(whole, _FIRST, MultiDict(), typed=True, me=known.id if known else None)
    return render_on_map(
        "pages/questions/index.html",
        map_id,
        "questions",
        groups=index(),
        first=_FIRST,
        fields=[field for field in first.fields if field.required],
        parties=labels(whole).values(),
    )


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/questions", "questions", show_questions)
