"""The questions a map answers, in the words people use."""

from flask import Blueprint

from api.pages.questions.wording import index
from api.pages.shell import render_on_map


def show_questions(map_id: str) -> str:
    return render_on_map("pages/questions/index.html", map_id, "questions", groups=index())


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/questions", "questions", show_questions)
