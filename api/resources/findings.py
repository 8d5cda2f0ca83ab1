"""The questions people ask of a map: one address for each, and a list of them."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Response
from marshmallow import Schema, fields

from api.answers import answer
from api.bodies import InvalidQuery
from api.context import power_map
from api.resources.blueprint import READING, Topic
from api.resources.questions import day, text
from api.resources.shapes import Query
from graph.findings.plain import plain_finding
from graph.findings.questions import QUESTIONS, Parameter, Question, Takes
from powermap.errors import InvalidValue, Problem, UnknownRecord
from powermap.model import Leader, Organisation, PowerMap

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
    members = {key: _field(parameter) for key, parameter in question.parameters.items()}
    schema = type("".join(w.title() for w in name.split("-")) + "Query", (Query,), members)

    def ask(query: dict[str, Any], map_id: str) -> Response:
        found = power_map(map_id)
        given = {key: _value(found, key, question, value) for key, value in query.items()}
        try:
            finding = question.answer(found, **given)
        except UnknownRecord as error:
            raise InvalidQuery(Problem(_parameter_of(given, error), "is not on the map")) from None
        except InvalidValue as error:
            raise InvalidQuery(*error.problems) from None
        return answer(plain_finding(found, finding))

    ask.__name__ = f"ask_{name.replace('-', '_')}"
    ask.__doc__ = question.asks
    decorated: Callable[..., Any] = blueprint.may_fail(*READING)(ask)
    decorated = blueprint.response(HTTPStatus.OK, FindingShape)(decorated)
    decorated = blueprint.arguments(schema, location="query")(decorated)
    blueprint.get(f"/{name}")(decorated)


def _field(parameter: Parameter) -> Any:
    doc = parameter.doc
    if parameter.takes is Takes.DAY:
        return day(doc, required=parameter.required)
    if parameter.takes in (Takes.PARTY, Takes.PARTIES):
        doc += " By id."
    return text(doc, required=parameter.required)


def _value(found: PowerMap, key: str, question: Question, value: Any) -> Any:
    takes = question.parameters[key].takes
    if takes is Takes.DAY:
        return value
    # Names may hold commas, so parties are separated by semicolons, here as with the command.
    between = ";" if takes is Takes.PARTIES else ","
    values = [part.strip() for part in value.split(between) if part.strip()]
    if takes is Takes.GAPS:
        return values
    for one in values if takes is Takes.PARTIES else [value]:
        if not isinstance(found.records.get(one), Leader | Organisation):
            message = "must be the id of a leader or organisation on this map"
            raise InvalidQuery(Problem((key,), message))
    return values if takes is Takes.PARTIES else value


def _parameter_of(given: dict[str, Any], error: UnknownRecord) -> tuple[str]:
    named = (key for key, value in given.items() if error.record_id in (value, *_many(value)))
    return (next(named, "map"),)


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


for _name, _question in QUESTIONS.items():
    _route(_name, _question)
