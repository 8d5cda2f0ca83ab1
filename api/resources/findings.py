"""The questions people ask of a map: one address for each, and a list of them."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Response
from marshmallow import Schema, fields

from api.answers import answer
from api.bodies import InvalidQuery
from api.context import power_map
from api.parameters import answered, query_schema
from api.resources.blueprint import READING, Topic
from graph.findings.plain import plain_finding
from graph.findings.questions import QUESTIONS, Question
from powermap.errors import InvalidValue

blueprint = Topic("findings", "Questions answered in sentences and rows.", "/<map_id>/findings")


class FindingShape(Schema):
    """An answer: sentences, the rows behind them with their evidence, and the rule."""

    question = fields.String()
    sentences = fields.List(
        fields.String(), metadata={"description": "The answer, the most important first."}
    )
    rows = fields.List(
        fields.Dict(),
        metadata={
            "description": "Each: `kind`, `sentence`, the `parties` it is about, the `evidence` "
            "it rests on, a `next_step` where there is one, and `facts`.",
            "example": [{"kind": "one_way", "sentence": "…", "parties": [], "evidence": []}],
        },
    )
    rule = fields.String(metadata={"description": "What counts, and in which order."})
    thin = fields.String(
        metadata={"description": "Why the map is too thin to answer surely, where it is."}
    )


class QuestionList(Schema):
    items = fields.List(
        fields.Dict(),
        metadata={
            "description": "Each: its `name`, how people ask it, its `address` and what it takes.",
            "example": [{"name": "gaps", "asks": "Where is something missing?"}],
        },
    )


@blueprint.get("")
@blueprint.response(HTTPStatus.OK, QuestionList)
@blueprint.may_fail(*READING)
def list_questions(map_id: str) -> Response:
    """The questions this map can be asked."""
    power_map(map_id)
    items = [
        {
            "name": name,
            "asks": question.asks,
            "takes": {
                key: {"what": str(p.takes), "required": p.required, "description": p.doc}
                for key, p in question.parameters.items()
            },
        }
        for name, question in QUESTIONS.items()
    ]
    return answer({"items": items})


def _route(name: str, question: Question) -> None:
    def ask(query: dict[str, Any], map_id: str) -> Response:
        found = power_map(map_id)
        try:
            finding = answered(
                found, question, query, at=lambda revision: power_map(map_id, revision)
            )
        except InvalidValue as error:
            raise InvalidQuery(*error.problems) from None
        return answer(plain_finding(found, finding))

    ask.__name__ = f"ask_{name.replace('-', '_')}"
    ask.__doc__ = question.asks
    decorated: Callable[..., Any] = blueprint.may_fail(*READING)(ask)
    decorated = blueprint.response(HTTPStatus.OK, FindingShape)(decorated)
    decorated = blueprint.arguments(query_schema(name), location="query")(decorated)
    blueprint.get(f"/{name}")(decorated)


for _name, _question in QUESTIONS.items():
    _route(_name, _question)
