"""What a question is told, from the text that was sent to values, and back to text."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from api.resources.questions import choice, day, text, whole_number
from api.resources.shapes import Query
from graph.findings.answer import Finding
from graph.findings.questions import QUESTIONS, Parameter, Question, Takes
from powermap.errors import InvalidValue, UnknownRecord, UnknownRevision
from powermap.model import Leader, Organisation, PowerMap

AtRevision = Callable[[int], PowerMap]
"""Reads what the viewer may see of a map as it was known at a revision."""

_BETWEEN = {Takes.GAPS: ",", Takes.PARTIES: ";"}
"""Names may hold commas, so parties are separated by semicolons, here as with the command."""


@cache
def query_schema(name: str) -> type[Query]:
    """The parameters of a question, as they are sent to it."""
    members = {key: _field(p) for key, p in QUESTIONS[name].parameters.items()}
    return type("".join(w.title() for w in name.split("-")) + "Query", (Query,), members)


def answered(
    power_map: PowerMap, question: Question, sent: Mapping[str, Any], at: AtRevision
) -> Finding:
    """The answer to a question, given what the schema made of its parameters.

    `at` reads the same map as it was known at a revision. Raises `InvalidValue` for a parameter
    that the map, or the question, cannot do with.
    """
    given = {key: _value(power_map, key, question, value, at) for key, value in sent.items()}
    try:
        return question.answer(power_map, **given)
    except UnknownRecord as error:
        raise InvalidValue.at(_parameter_of(given, error), "is not on the map") from None


def as_text(given: Mapping[str, Any], question: Question) -> dict[str, str]:
    """The values of a question's parameters as they would be sent."""
    return {key: _text(question.parameters[key].takes, value) for key, value in given.items()}


def _field(parameter: Parameter) -> Any:
    doc = parameter.doc
    if parameter.takes is Takes.DAY:
        return day(doc, required=parameter.required)
    if parameter.takes is Takes.REVISION:
        return whole_number(doc, low=1, required=parameter.required)
    if parameter.takes is Takes.NUMBER:
        low, high = parameter.lowest, parameter.highest
        return whole_number(doc, low=low, high=high, required=parameter.required)
    if parameter.options is not None:
        return choice(parameter.options, doc, required=parameter.required)
    if parameter.takes in (Takes.PARTY, Takes.PARTIES):
        doc += " By id."
    return text(doc, required=parameter.required)


def _value(found: PowerMap, key: str, question: Question, value: Any, at: AtRevision) -> Any:
    takes = question.parameters[key].takes
    if takes in (Takes.DAY, Takes.NUMBER, Takes.CHOICE, Takes.TEXT):
        return value
    if takes is Takes.REVISION:
        return _known_at(found, key, value, at)
    values = [value]
    if takes in _BETWEEN:
        values = [part.strip() for part in value.split(_BETWEEN[takes]) if part.strip()]
    if takes is Takes.GAPS:
        return values
    for one in values:
        if not isinstance(found.records.get(one), Leader | Organisation):
            raise InvalidValue.at(key, "must be the id of a leader or organisation on this map")
    return values if takes is Takes.PARTIES else value


def _known_at(found: PowerMap, key: str, revision: int, at: AtRevision) -> PowerMap:
    try:
        return at(revision)
    except UnknownRevision:
        why = f"must be a revision of this map, from 1 to {found.revision}"
        raise InvalidValue.at(key, why) from None


def _text(takes: Takes, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PowerMap):
        return str(value.revision)
    return _BETWEEN[takes].join(value) if isinstance(value, list) else str(value)


def _parameter_of(given: Mapping[str, Any], error: UnknownRecord) -> str:
    named = (key for key, value in given.items() if error.record_id in (value, *_many(value)))
    return next(named, "map")


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
