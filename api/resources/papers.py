"""Board papers: answers, picture, evidence and method as a document that can be edited."""

import base64
import binascii
from http import HTTPStatus
from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from api.figures.asked import FigureAsked, figure_from_text
from api.paper.answering import handed_out, maker
from api.paper.asked import (
    MOST_FIGURES,
    MOST_QUESTIONS,
    Ceiling,
    Purpose,
    paper_asked,
)
from api.paper.writing import WRITINGS, Kind
from api.resources.blueprint import WRITING, Topic
from api.resources.questions import choice, day, text, truth
from powermap.errors import InvalidValue, Problem
from powermap.schema import Value
from visual.document.template import MOST_BYTES, read_template

blueprint = Topic("papers", "Board papers, made from the map.", "/<map_id>/papers")

_UNKNOWN = {"unknown": "is not a field here", "type": "must be a JSON object"}
_NESTED = {"null": "must not be null; leave it out", "required": "is needed"}


class QuestionOfPaper(Schema):
    """One question that the paper answers."""

    error_messages = _UNKNOWN

    name = text("Which: a `name` of the list of questions.", required=True)
    parameters = fields.Dict(
        load_default=dict,
        metadata={
            "description": "What the question is told: its query parameters, each as text.",
            "example": {"kinds": "one_way"},
            "additionalProperties": {"type": "string"},
        },
        error_messages={
            "invalid": "must be a JSON object",
            "null": "must not be null; leave it out when there are none",
        },
    )
    picture = truth("Whether its foremost finding stands there as a picture of the map too.")


class FrontSheetShape(Schema):
    """What stands at the head of the paper; what is left out is not on it."""

    error_messages = _UNKNOWN

    title = text("What the paper is called; after the map unless given.", longest=200)
    meeting = text("Which meeting it is for.", longest=200)
    date = day("When the meeting is.", attribute="held_on")
    item = text("The number of the item on the agenda.", longest=40)
    lead = text("Who brings it.", longest=200)
    author = text("Who wrote it.", longest=200)
    purpose = choice(Purpose, "What the board is to do with it.")
    recommendation = text(
        "What the board is asked to do; each line is a paragraph.", longest=4000, lines=True
    )


def _figure(value: Any) -> FigureAsked:
    if not isinstance(value, str):
        raise InvalidValue(Problem((), "must be text: what follows the question mark of a figure"))
    try:
        return figure_from_text(value)
    except InvalidValue as error:
        raise InvalidValue(Problem((), str(error))) from None


def _template(value: Any) -> Any:
    try:
        content = base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise InvalidValue(Problem((), "must be the file in base64")) from None
    return read_template(content)


class PaperBody(Schema):
    """What the paper is to hold."""

    error_messages = _UNKNOWN

    kind = choice(Kind, "Which sort of document.", default=Kind.WORD)
    questions = fields.List(
        fields.Nested(QuestionOfPaper, error_messages={"type": "must be a JSON object"}),
        required=True,
        validate=validate.Length(
            min=1, max=MOST_QUESTIONS, error=f"must hold 1 to {MOST_QUESTIONS} questions"
        ),
        error_messages={**_NESTED, "invalid": "must be a list", "null": "must be a list"},
        metadata={"description": "Answered in this order."},
    )
    figures = fields.List(
        Value(_figure, metadata={"type": "string", "example": "layer=tensions"}),
        load_default=lambda: [FigureAsked()],
        validate=validate.Length(max=MOST_FIGURES, error=f"must hold at most {MOST_FIGURES}"),
        error_messages={"invalid": "must be a list", "null": "must be a list"},
        metadata={
            "description": "What the figures show: for each, what follows the question mark in "
            "the address of a view or a figure. The view that the map opens on unless given; "
            "an empty list for none.",
        },
    )
    front_sheet = fields.Nested(
        FrontSheetShape, load_default=dict, error_messages={**_NESTED, **_UNKNOWN}
    )
    ceiling = choice(
        Ceiling,
        "The most sensitive records it may rest on; what is private never leaves in a paper.",
        default=Ceiling.OPEN,
    )
    pseudonyms = truth("People A, B, C instead of names, offices and sources.")
    marking = text(
        "In header and footer; OFFICIAL, or OFFICIAL-SENSITIVE above open, unless given.",
        longest=80,
    )
    template = Value(
        _template,
        metadata={
            "type": "string",
            "contentEncoding": "base64",
            "description": "For a Word document: one whose styles, theme, page size and logo "
            f"are used, in base64, at most {MOST_BYTES // 1024 // 1024} MB. The logo is the first "
            "PNG or JPEG in its header; its text and other pictures stay behind. One with macros, "
            "embedded objects or links outside is refused.",
        },
        error_messages=_NESTED,
    )


@blueprint.post("")
@blueprint.arguments(
    PaperBody,
    example={
        "questions": [{"name": "gaps", "parameters": {"kinds": "one_way"}}],
        "figures": ["layer=relationships"],
        "front_sheet": {"meeting": "Partnership Board", "date": "2010-03-18", "item": "7.2"},
    },
)
@blueprint.response(
    HTTPStatus.OK,
    {"type": "string", "format": "binary"},
    content_type=WRITINGS[Kind.WORD].media_type,
)
@blueprint.doc(
    responses={
        "200": {
            "description": "The document.",
            "content": {
                writing.media_type: {"schema": {"type": "string", "format": "binary"}}
                for writing in WRITINGS.values()
            },
        }
    }
)
@blueprint.may_fail(*WRITING)
def make_paper(body: dict[str, Any], map_id: str) -> Response:
    """Make a board paper: a document with headings, captions, tables and alternative text.

    Built from what the ceiling allows alone; the rest is counted, and told as withheld. What was
    asked, the revision and the digest are put on record for you, at the address in `Location`;
    the file is not kept.
    """
    return handed_out(maker(map_id).make(paper_asked(body), body["kind"], body.get("template")))
