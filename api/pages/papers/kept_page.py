"""A paper on record: what it was made from, and what in it reads differently now."""

from flask import Blueprint, redirect, url_for
from werkzeug import Response

from api.context import power_map, store, viewer
from api.figures.asked import figure_from_text
from api.pages.papers.draft import Draft
from api.pages.papers.form import again
from api.pages.papers.paper_page import NAMES, paper_page
from api.pages.shell import render_on_map
from api.pages.words import count, day
from api.paper.moved_on import moved_on
from api.paper.record import questions_of
from powermap.errors import InvalidValue, UnknownPaper
from powermap.papers import KeptPaper


def show_kept_paper(map_id: str, paper_id: str) -> str:
    found = moved_on(_kept(map_id, paper_id), lambda revision: power_map(map_id, revision))
    return render_on_map(
        "pages/papers/kept.html",
        map_id,
        "paper",
        found=found,
        paper=found.paper,
        kinds=NAMES,
        count=count,
        day=day,
    )


def make_again(map_id: str, paper_id: str) -> Response:
    """The paper page with all that was asked for this one, which takes the place of the draft."""
    kept = _kept(map_id, paper_id)
    figures = []
    for text in kept.asked.get("figures", ()):
        try:
            figures.append(figure_from_text(text))
        except InvalidValue:
            # A view that could be asked for then; the others still can.
            continue
    draft = Draft(questions_of(kept), tuple(figures))
    return paper_page(power_map(map_id), draft, again(kept.asked))


def forget_paper(map_id: str, paper_id: str) -> Response:
    """Take the paper off the record; wherever its file went, it stays there."""
    store().forget_paper(map_id, viewer(), paper_id)
    return redirect(url_for("pages.paper", map_id=map_id, _anchor="made-before"), 303)


def _kept(map_id: str, paper_id: str) -> KeptPaper:
    for kept in store().papers(map_id, viewer()):
        if kept.id == paper_id:
            return kept
    raise UnknownPaper(paper_id)


def register(blueprint: Blueprint) -> None:
    rule = "/maps/<map_id>/papers/<paper_id>"
    blueprint.add_url_rule(rule, "kept_paper", show_kept_paper)
    blueprint.add_url_rule(f"{rule}/again", "make_again", make_again, methods=["POST"])
    blueprint.add_url_rule(f"{rule}/forget", "forget_paper", forget_paper, methods=["POST"])
