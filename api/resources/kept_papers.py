"""The papers that somebody made, and what in them reads differently now."""

from http import HTTPStatus
from typing import Any

from flask import Response, url_for
from marshmallow import Schema, fields

from api.answers import answer
from api.context import power_map, store, viewer
from api.paper.moved_on import moved_on, plain_answers
from api.paper.record import plain_paper
from api.resources.blueprint import READING, Topic
from graph.findings.questions import QUESTIONS
from powermap.errors import UnknownPaper
from powermap.papers import KeptPaper

blueprint = Topic(
    "kept-papers", "Papers on record, and what in them reads differently now.", "/<map_id>/papers"
)


class KeptPaperShape(Schema):
    """A paper on record. Only who made it sees it."""

    id = fields.String()
    title = fields.String(metadata={"description": "As it stands on the paper."})
    format = fields.String(metadata={"description": "Which sort of document.", "example": "word"})
    made_at = fields.DateTime(metadata={"description": "The time that stands in it."})
    made_by = fields.String()
    revision = fields.Integer(
        metadata={"description": "The revision of the map that it was made from."}
    )
    moved_on_by = fields.Integer(
        metadata={"description": "How many revisions the map has moved on since."}
    )
    ceiling = fields.String(
        metadata={"description": "The most sensitive records that it may rest on."}
    )
    pseudonyms = fields.Boolean()
    digest = fields.String(metadata={"description": "SHA-256 of the file."})
    address = fields.String()


class KeptPaperList(Schema):
    revision = fields.Integer(metadata={"description": "The revision the map is at."})
    items = fields.List(fields.Nested(KeptPaperShape))


class ReadingShape(Schema):
    """What the paper says to a question."""

    asks = fields.String(metadata={"description": "The question, as its heading has it."})
    sentences = fields.List(fields.String())
    thin = fields.String(
        metadata={"description": "Why the map is too thin to answer surely, where it is."}
    )
    rows = fields.List(
        fields.Dict(),
        metadata={
            "description": "Those rows of its table that the other side has not, or has in "
            "another place: each a `sentence`, and a `next_step` where there is one.",
            "example": [{"sentence": "…"}],
        },
    )
    rows_in_all = fields.Integer(
        metadata={"description": "How many rows the whole answer has; a table holds the foremost."}
    )


class AnswerSinceShape(Schema):
    """One question of the paper, then and now."""

    question = fields.String(metadata={"enum": list(QUESTIONS)})
    asks = fields.String(metadata={"description": "The question, as people ask it."})
    differs = fields.Boolean(
        metadata={
            "description": "Whether it reads differently now; absent where what it said can no "
            "longer be told."
        }
    )
    cannot_be_asked = fields.String(
        metadata={"description": "Why it cannot be asked of the map as it stands."}
    )
    then = fields.Nested(
        ReadingShape, metadata={"description": "What the paper says, where it differs."}
    )
    now = fields.Nested(ReadingShape, metadata={"description": "What it would say now."})


class PaperSince(Schema):
    """A paper on record beside the map as it is now."""

    paper = fields.Nested(KeptPaperShape)
    asked = fields.Dict(
        metadata={
            "description": "What was asked, but for a template: send it again to make the paper "
            "anew.",
            "example": {"questions": [{"name": "gaps", "parameters": {}}]},
        }
    )
    revision = fields.Integer(metadata={"description": "The revision the map is at."})
    differing = fields.Integer(metadata={"description": "How many answers read differently now."})
    answers = fields.List(
        fields.Nested(AnswerSinceShape), metadata={"description": "In the order of the paper."}
    )


@blueprint.get("")
@blueprint.response(HTTPStatus.OK, KeptPaperList)
@blueprint.may_fail(*READING)
def list_papers(map_id: str) -> Response:
    """The papers you made of this map, the newest first: at most the last 200."""
    revision = store().revision(map_id, viewer())
    kept = store().papers(map_id, viewer())
    return answer({"revision": revision, "items": [_plain(map_id, one, revision) for one in kept]})


@blueprint.get("/<paper_id>")
@blueprint.response(HTTPStatus.OK, PaperSince)
@blueprint.may_fail(*READING)
def read_paper(map_id: str, paper_id: str) -> Response:
    """A paper you made, whether the map has moved on since, and what reads differently now.

    Its questions are asked of the paper's revision and of the present one, up to its ceiling and
    with its pseudonyms. Evidence and pictures are not compared; the file itself is not kept.
    """
    found = moved_on(_kept(map_id, paper_id), lambda revision: power_map(map_id, revision))
    return answer(
        {
            "paper": _plain(map_id, found.paper, found.revision),
            "asked": dict(found.paper.asked),
            "revision": found.revision,
            "differing": found.differing,
            "answers": plain_answers(found),
        }
    )


@blueprint.delete("/<paper_id>")
@blueprint.response(HTTPStatus.NO_CONTENT)
@blueprint.may_fail(*READING)
def forget_paper(map_id: str, paper_id: str) -> Response:
    """No longer keep a paper on record. Wherever the file went, it stays there."""
    store().forget_paper(map_id, viewer(), paper_id)
    return Response(status=HTTPStatus.NO_CONTENT)


def address_of_paper(map_id: str, paper: KeptPaper) -> str:
    return url_for("kept-papers.read_paper", map_id=map_id, paper_id=paper.id)


def _kept(map_id: str, paper_id: str) -> KeptPaper:
    for kept in store().papers(map_id, viewer()):
        if kept.id == paper_id:
            return kept
    raise UnknownPaper(paper_id)


def _plain(map_id: str, paper: KeptPaper, revision: int) -> dict[str, Any]:
    return {**plain_paper(paper, revision), "address": address_of_paper(map_id, paper)}
