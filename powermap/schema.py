"""marshmallow schemas read off the dataclasses: for request bodies and files, the edges alone.

`parse` makes a record from JSON values and names every problem by its path; `plain` goes back.
"""

import dataclasses
import re
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache, partial
from typing import Any, TypeVar

from marshmallow import RAISE, Schema, ValidationError, fields, post_load

from powermap.dates import PartialDate
from powermap.errors import InvalidValue, Problem
from powermap.model import Record
from powermap.shape import Shape, clean, plain, shape_of

__all__ = [
    "Value",
    "amended",
    "new_id",
    "parse",
    "plain",
    "problems_in",
    "read_day",
    "read_partial_date",
    "schema_of",
]

R = TypeVar("R", bound=Record)


def new_id() -> str:
    """A fresh id for a record or a map: opaque, and never used again."""
    return uuid.uuid4().hex


def parse(cls: type[R], values: Mapping[str, Any], **by_server: Any) -> R:
    """A record from JSON values, with what the server sets, or `InvalidValue` for every problem."""
    try:
        loaded = schema_of(cls)().load(values)
    except ValidationError as error:
        raise InvalidValue(*problems_in(error.messages)) from None
    by_server.setdefault("id", new_id())
    return cls(**loaded, **by_server)


def amended(current: R, patch: Mapping[str, Any]) -> R:
    """The record with a JSON merge patch (RFC 7396) laid over it, checked as a whole."""
    by_server = {shape.name for shape in shape_of(type(current)) if shape.by_server}
    values = {key: value for key, value in plain(current).items() if key not in by_server}
    merged = _merged(values, patch)
    kept = {name: getattr(current, name) for name in by_server}
    return parse(type(current), merged, **kept)


def _merged(target: Any, patch: Any) -> Any:
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = _merged(result.get(key), value)
    return result


def problems_in(messages: Any, path: tuple[str | int, ...] = ()) -> list[Problem]:
    """marshmallow's nested messages as a flat list of problems."""
    if isinstance(messages, Mapping):
        found = []
        for key, inner in messages.items():
            found += problems_in(inner, path if key == "_schema" else (*path, key))
        return found
    if isinstance(messages, list | tuple):
        return [Problem(path, str(message)) for message in messages]
    return [Problem(path, str(messages))]


def schema_of(cls: Any, *, patch: bool = False) -> type[Schema]:
    """The schema of a dataclass; for a merge patch nothing is needed and null removes a field."""
    return _schema_of(cls, patch)


@cache
def _schema_of(cls: Any, patch: bool) -> type[Schema]:
    members: dict[str, Any] = {shape.name: _field(shape, patch=patch) for shape in shape_of(cls)}
    members["Meta"] = type("Meta", (), {"unknown": RAISE})
    members["error_messages"] = {
        "unknown": "is not a field here",
        "type": "must be a JSON object",
    }
    if not issubclass(cls, Record) and not patch:
        members["make"] = _maker(cls)
    return type(cls.__name__ + ("Patch" if patch else ""), (Schema,), members)


def _maker(cls: type) -> Any:
    def make(self: Schema, values: dict[str, Any], **_: Any) -> Any:
        try:
            return cls(**values)
        except InvalidValue as error:
            raise ValidationError(_nested(error)) from None

    return post_load(make)


def _nested(error: InvalidValue) -> dict[str | int, Any]:
    messages: dict[str | int, Any] = {}
    for problem in error.problems:
        level = messages
        for step in problem.path[:-1]:
            level = level.setdefault(step, {})
        level.setdefault(problem.path[-1] if problem.path else "_schema", []).append(
            problem.message
        )
    return messages


def _field(shape: Shape, *, patch: bool) -> fields.Field[Any]:
    about = {"description": shape.doc}
    if shape.example is not None:
        about["example"] = shape.example
    needed: dict[str, Any] = {"dump_only": True}
    if not shape.by_server:
        needed = {
            "required": shape.required and not patch,
            "allow_none": patch and not shape.required,
        }
    if shape.many:
        item = _value(shape, {}, patch=False)
        return fields.List(
            item,
            metadata={**about, "maxItems": shape.most},
            error_messages={**_MESSAGES, "invalid": "must be a list"},
            **needed,
        )
    return _value(shape, about, patch=patch, **needed)


_MESSAGES: dict[str, Any] = {
    "required": "is needed",
    "null": "must not be null; leave it out when not known",
}


def _value(shape: Shape, about: dict[str, Any], *, patch: bool, **needed: Any) -> fields.Field[Any]:
    kind = shape.type
    if dataclasses.is_dataclass(kind) and kind is not PartialDate:
        messages: dict[str, Any] = {**_MESSAGES, "type": "must be a JSON object"}
        schema = schema_of(kind, patch=patch)
        return fields.Nested(schema, metadata=about, error_messages=messages, **needed)
    read, described = _reader(shape)
    return Value(read, metadata={**described, **about}, error_messages=_MESSAGES, **needed)


class Value(fields.Field[Any]):
    """A value read by a function that raises `InvalidValue` with what would be right."""

    def __init__(self, read: Callable[[Any], Any], **options: Any) -> None:
        super().__init__(**options)
        self._read = read

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        try:
            return self._read(value)
        except InvalidValue as error:
            raise ValidationError(error.problems[0].message) from None


def _reader(shape: Shape) -> tuple[Callable[[Any], Any], dict[str, Any]]:
    """How to read one JSON value of a field, and how OpenAPI describes it."""
    kind = shape.type
    if kind is PartialDate:
        return read_partial_date, {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
    if kind is date:
        return read_day, {"type": "string", "format": "date"}
    if kind is bool:
        return _read_truth, {"type": "boolean"}
    if issubclass(kind, StrEnum):
        return partial(clean, shape), {"type": "string", "enum": [str(m) for m in kind]}
    if kind is int:
        described = {"type": "integer", "minimum": shape.low, "maximum": shape.high}
        return partial(clean, shape), {k: v for k, v in described.items() if v is not None}
    return partial(clean, shape), {
        "type": "string",
        "minLength": 1,
        "maxLength": shape.longest,
    }


def read_partial_date(value: Any) -> PartialDate:
    return PartialDate(value)


def read_day(value: Any) -> date:
    """A whole date; nothing less can be a point in time."""
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise InvalidValue(Problem((), "must be a day such as 2010-03-01"))


def _read_truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidValue(Problem((), "must be true or false"))
    return value
