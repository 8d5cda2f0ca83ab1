"""A paper as the answer to a request: its file, and its line in the service log."""

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app

from api import journal
from api.context import power_map, store, viewer
from api.pages.questions.kept import EXTENSION, Answers
from api.paper.asked import Ceiling
from api.paper.content import Ask, Read
from api.paper.making import Made, Maker
from api.paper.writing import WRITINGS, saved_as
from api.resources.kept_papers import address_of_paper
from api.saved import asked
from graph.findings.answer import Finding
from powermap.model import PowerMap


def maker(map_id: str) -> Maker:
    """Whoever asks, as the maker of papers of this map."""
    return Maker(
        map_id=map_id,
        viewer=viewer(),
        store=store(),
        read=lambda revision: power_map(map_id, revision),
        ask=_remembered,
    )


def _remembered(ceiling: Ceiling) -> Ask:
    """Answers are kept for a while: a paper is looked at, and then made."""

    def ask(shown: PowerMap, name: str, given: Mapping[str, Any], seen: Read) -> Finding:
        def work() -> Finding:
            return asked(shown, name, given, seen)

        if not all(isinstance(value, str) for value in given.values()):
            return work()  # which says what is wrong
        answers: Answers = current_app.extensions[EXTENSION]
        return answers.get(shown, name, given, work, ceiling=ceiling.value)

    return ask


def handed_out(made: Made) -> Response:
    """The file to save."""
    map_id, writing = made.map_id, WRITINGS[made.kind]
    journal.exported(
        made.content,
        actor=made.paper.maker,
        map=map_id,
        revision=made.paper.revision,
        ceiling=made.asked.ceiling.value,
        pseudonyms=made.asked.pseudonyms,
        format=made.kind.value,
    )
    name = saved_as(made.paper, made.kind, made.asked.front.held_on)
    response = Response(made.content, content_type=writing.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Powermap-Revision"] = str(made.paper.revision)
    response.headers["Powermap-Paper"] = made.kept.id
    response.headers["Location"] = address_of_paper(map_id, made.kept)
    return response
