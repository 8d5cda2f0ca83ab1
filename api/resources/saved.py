"""Questions that somebody keeps, to ask them again and see what is new."""

from http import HTTPStatus
from typing import Any

from flask import Response, request, url_for
from marshmallow import Schema, fields

from api.answers import answer, based_on
from api.bodies import InvalidQuery
from api.context import power_map, store, viewer
from api.parameters import AtRevision
from api.resources.blueprint import IF_MATCH, READING, VERSIONED, WRITING, Topic
from api.resources.findings import FindingShape
from api.resources.questions import text, whole_number
from api.resources.shapes import Query
from api.saved import asked_again, plain_again, plain_saved, to_save
from graph.findings.questions import QUESTIONS
from powermap.errors import UnknownRevision, UnknownSavedQuestion
from powermap.saved import LONGEST_NAME, SavedQuestion

blueprint = Topic("saved", "Questions kept to be asked again.", "/<map_id>/saved-questions")


class QuestionBody(Schema):
    """A question to keep, as it would be asked at its own address."""

    error_messages = {"unknown": "is not a field here", "type": "must be a JSON object"}

    name = text(
        "What you call it; one of the same name is replaced.", longest=LONGEST_NAME, required=True
    )
    question = text("Which question: a `name` of the list of questions.", required=True)
    parameters = fields.Dict(
        load_default=dict,
        metadata={
            "description": "What the question is told: its query parameters, each as text.",
            "example": {"kinds": "one_way,gone_cold", "on": "2010-03-01"},
            "additionalProperties": {"type": "string"},
        },
        error_messages={
            "invalid": "must be a JSON object",
            "null": "must not be null; leave it out when there are none",
        },
    )


class SavedQuestionShape(Schema):
    """A question as it is kept. Only who saved it sees it."""

    id = fields.String()
    name = fields.String()
    question = fields.String(metadata={"enum": list(QUESTIONS)})
    asks = fields.String(metadata={"description": "The question, as people ask it."})
    parameters = fields.Dict()
    seen_revision = fields.Integer(
        metadata={"description": "The revision of the map whose answer was last seen."}
    )
    seen_at = fields.DateTime(metadata={"description": "When that was said."})
    saved_at = fields.DateTime()
    saved_by = fields.String()
    version = fields.Integer()
    address = fields.String()


class SavedQuestionList(Schema):
    revision = fields.Integer(metadata={"description": "The revision the map is at."})
    items = fields.List(fields.Nested(SavedQuestionShape))


class AnswerAgain(Schema):
    """A saved question asked again, and what is new."""

    saved = fields.Nested(SavedQuestionShape)
    revision = fields.Integer(
        metadata={"description": "The revision of this answer: say it when you have seen it."}
    )
    differs = fields.Boolean(
        metadata={
            "description": "Whether the answer is another one than at `seen_revision`; absent "
            "where it could not be asked then."
        }
    )
    answer = fields.Nested(FindingShape, metadata={"description": "The answer now."})
    then = fields.List(
        fields.String(),
        metadata={"description": "The sentences of the answer last seen, where it differs."},
    )
    since = fields.Nested(
        FindingShape,
        metadata={
            "description": "For gaps: what is new, wider, gone or still there since "
            "`seen_revision`; each row says which in `facts.change`."
        },
    )


class SeenQuery(Query):
    revision = whole_number("The revision whose answer you have seen; else the present one.", low=1)


@blueprint.get("")
@blueprint.response(HTTPStatus.OK, SavedQuestionList)
@blueprint.may_fail(*READING)
def list_saved(map_id: str) -> Response:
    """The questions you keep of this map, by name."""
    revision = store().revision(map_id, viewer())
    kept = store().saved_questions(map_id, viewer())
    return answer({"revision": revision, "items": [_plain(map_id, one) for one in kept]})


@blueprint.post("")
@blueprint.arguments(
    QuestionBody,
    example={"name": "One-way ties", "question": "gaps", "parameters": {"kinds": "one_way"}},
)
@blueprint.response(HTTPStatus.CREATED, SavedQuestionShape)
@blueprint.may_fail(*WRITING)
def save_question(body: dict[str, Any], map_id: str) -> Response:
    """Keep a question, with the present revision as the one whose answer you have seen.

    One of the same name is replaced (200). It is asked once, so that what cannot be answered is
    not kept. Nobody else sees it; it is no part of the map, and goes when the map is deleted.
    """
    wanted, _ = to_save(power_map(map_id), **body, at=_reader(map_id))
    saved = store().save_question(map_id, viewer(), wanted)
    response = _answer(map_id, saved, HTTPStatus.CREATED if saved.version == 1 else HTTPStatus.OK)
    response.headers["Location"] = _address(map_id, saved)
    return response


@blueprint.get("/<saved_id>")
@blueprint.response(HTTPStatus.OK, SavedQuestionShape)
@blueprint.may_fail(*READING)
def read_saved(map_id: str, saved_id: str) -> Response:
    """A question you keep; its version is in the ETag."""
    return _answer(map_id, _kept(map_id, saved_id))


@blueprint.delete("/<saved_id>")
@blueprint.response(HTTPStatus.NO_CONTENT)
@blueprint.may_fail(*VERSIONED)
@blueprint.doc(parameters=[IF_MATCH])
def forget_saved(map_id: str, saved_id: str) -> Response:
    """No longer keep a question."""
    store().forget_question(map_id, viewer(), saved_id, based_on())
    return Response(status=HTTPStatus.NO_CONTENT)


@blueprint.get("/<saved_id>/answer")
@blueprint.response(HTTPStatus.OK, AnswerAgain)
@blueprint.may_fail(*READING, HTTPStatus.CONFLICT)
def ask_again(map_id: str, saved_id: str) -> Response:
    """Ask a saved question again, and see what is new since you last saw its answer.

    Asking changes nothing: what is new stays new until you say that you have seen it.
    """
    kept = _kept(map_id, saved_id)
    found = power_map(map_id)
    again = plain_again(found, asked_again(found, kept, at=_reader(map_id)))
    return answer({**again, "saved": _plain(map_id, kept)})


@blueprint.post("/<saved_id>/seen")
@blueprint.arguments(SeenQuery, location="query")
@blueprint.response(HTTPStatus.OK, SavedQuestionShape)
@blueprint.may_fail(*READING)
def mark_seen(query: dict[str, Any], map_id: str, saved_id: str) -> Response:
    """Say that you have seen the answer: what was new in it is new no longer.

    Name the `revision` of the answer that you saw, or what changed meanwhile is never told as new.
    """
    present = store().revision(map_id, viewer())
    revision = query.get("revision", present)
    try:
        saved = store().see_question(map_id, viewer(), saved_id, revision)
    except UnknownRevision:
        why = f"must be a revision of this map, from 1 to {present}"
        raise InvalidQuery.at("revision", why) from None
    return _answer(map_id, saved)


def _kept(map_id: str, saved_id: str) -> SavedQuestion:
    for kept in store().saved_questions(map_id, viewer()):
        if kept.id == saved_id:
            return kept
    raise UnknownSavedQuestion(saved_id)


def _reader(map_id: str) -> AtRevision:
    return lambda revision: power_map(map_id, revision)


def _answer(map_id: str, saved: SavedQuestion, status: HTTPStatus = HTTPStatus.OK) -> Response:
    response = answer(_plain(map_id, saved), status)
    response.set_etag(str(saved.version))
    if request.method in ("GET", "HEAD"):
        response.status_code = status
        response.make_conditional(request)
    return response


def _plain(map_id: str, saved: SavedQuestion) -> dict[str, Any]:
    return {**plain_saved(saved), "address": _address(map_id, saved)}


def _address(map_id: str, saved: SavedQuestion) -> str:
    return url_for("saved.read_saved", map_id=map_id, saved_id=saved.id)
