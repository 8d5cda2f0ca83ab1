"""What a field may hold, said once on the field itself.

`told` describes a field of a dataclass; `shape_of` reads the description back. Validation, the
stores' JSON, the marshmallow schemas and the OpenAPI pages all follow from it.
"""

import dataclasses
import types
import typing
import unicodedata
from collections.abc import Callable
from dataclasses import MISSING, dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from powermap.dates import PartialDate
from powermap.errors import InvalidValue, Problem

T = TypeVar("T")


def told(
    doc: str,
    *,
    default: Any = MISSING,
    low: int | None = None,
    high: int | None = None,
    longest: int = 200,
    most: int = 100,
    lines: bool = False,
    by_server: bool = False,
    refers: bool = False,
    example: Any = None,
) -> Any:
    """Describe a field: what it says, and what it may hold.

    `longest` is in characters, for text; `most` is how many a list may hold; `lines` allows line
    breaks; `by_server` fields cannot be sent; `refers` fields hold the id of another record.
    """
    return dataclasses.field(
        default=default,
        metadata={
            "doc": doc,
            "low": low,
            "high": high,
            "longest": longest,
            "most": most,
            "lines": lines,
            "by_server": by_server,
            "refers": refers,
            "example": example,
        },
    )


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One field, as read off its dataclass."""

    name: str
    type: type
    optional: bool
    many: bool
    required: bool
    default: Any
    doc: str
    low: int | None
    high: int | None
    longest: int
    most: int
    lines: bool
    by_server: bool
    refers: bool
    example: Any


def shape_of(cls: Any) -> tuple[Shape, ...]:
    """The fields of a dataclass, in order."""
    return _shape_of(cls)


@cache
def _shape_of(cls: Any) -> tuple[Shape, ...]:
    hints = get_type_hints(cls)
    return tuple(_shape(field, hints[field.name]) for field in dataclasses.fields(cls))


def _shape(field: "dataclasses.Field[Any]", hint: Any) -> Shape:
    optional = many = False
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (arg for arg in get_args(hint) if arg is not type(None))
        optional = True
    if get_origin(hint) is tuple:
        hint = get_args(hint)[0]
        many = True
    return Shape(
        name=field.name,
        type=hint,
        optional=optional,
        many=many,
        required=field.default is MISSING,
        default=None if field.default is MISSING else field.default,
        **field.metadata,
    )


def tidy(record: object) -> None:
    """Normalise the text of a frozen dataclass being built, and refuse what its fields forbid."""
    problems: list[Problem] = []
    for shape in shape_of(type(record)):
        value = getattr(record, shape.name)
        try:
            clean = _clean_field(shape, value)
        except InvalidValue as error:
            problems += error.under(shape.name).problems
        else:
            if clean is not value:
                object.__setattr__(record, shape.name, clean)
    if problems:
        raise InvalidValue(*problems)


def _clean_field(shape: Shape, value: Any) -> Any:
    if not shape.many:
        return None if value is None and shape.optional else clean(shape, value)
    if len(value) > shape.most:
        raise InvalidValue(Problem((), f"must hold at most {shape.most}"))
    cleaned: list[Any] = []
    problems: list[Problem] = []
    for position, item in enumerate(value):
        try:
            cleaned.append(clean(shape, item))
        except InvalidValue as error:
            problems += error.under(position).problems
    if problems:
        raise InvalidValue(*problems)
    return tuple(cleaned)


def clean(shape: Shape, value: Any) -> Any:
    """One value of a field (one item, where it holds many), normalised, or `InvalidValue`."""
    if shape.type is str:
        return clean_text(value, longest=shape.longest, lines=shape.lines)
    if shape.type is int:
        if type(value) is not int or not _between(value, shape.low, shape.high):
            raise InvalidValue(Problem((), f"must be {_range(shape.low, shape.high)}"))
    elif issubclass(shape.type, StrEnum):
        try:
            return shape.type(value)
        except (ValueError, TypeError):
            raise InvalidValue(Problem((), "must be one of: " + ", ".join(shape.type))) from None
    elif not isinstance(value, shape.type):
        raise InvalidValue(Problem((), f"must be a {shape.type.__name__}"))
    return value


def clean_text(value: Any, *, longest: int, lines: bool = False) -> str:
    """Text in normal form NFC, without outer white space, with at least one visible character."""
    if not isinstance(value, str):
        raise InvalidValue(Problem((), "must be text"))
    text = unicodedata.normalize("NFC", value).strip()
    for character in text:
        category = unicodedata.category(character)
        if category in ("Cs", "Cc") and not (lines and character in "\n\t"):
            raise InvalidValue(
                Problem((), f"must not hold the control character U+{ord(character):04X}")
            )
    if not any(unicodedata.category(c)[0] in "LNPS" for c in text):
        raise InvalidValue(Problem((), "must have at least one visible character"))
    if len(text) > longest:
        raise InvalidValue(
            Problem((), f"must be at most {longest} characters long; it is {len(text)}")
        )
    return text


def _between(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


def _range(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return "a whole number"
    return f"a whole number from {low} to {high}"


def plain(record: object) -> dict[str, Any]:
    """A dataclass as JSON-ready values; what is not known, empty or None, is left out."""
    return _plain(record)


def _plain(record: object) -> dict[str, Any]:
    result: dict[str, Any] = {}
    cls: Any = type(record)
    for name, many, write in _writers(cls):
        value = getattr(record, name)
        if value is None or (many and not value):
            continue
        written = [write(item) for item in value] if many else write(value)
        if written != {}:
            result[name] = written
    return result


@cache
def _writers(cls: Any) -> tuple[tuple[str, bool, Callable[[Any], Any]], ...]:
    return tuple((shape.name, shape.many, _writer(shape.type)) for shape in shape_of(cls))


def _writer(kind: type) -> Callable[[Any], Any]:
    if kind is PartialDate:
        return str
    if kind is date:
        return lambda value: cast(date, value).isoformat()
    if issubclass(kind, StrEnum):
        return lambda value: value.value
    return _plain if dataclasses.is_dataclass(kind) else lambda value: value


def rebuilt(cls: type[T], values: dict[str, Any]) -> T:
    """A record from what `plain` wrote, without checking it again: for the stores alone."""
    record = object.__new__(cls)
    fields = record.__dict__
    described: Any = cls
    for name, many, default, read in _readers(described):
        value = values.get(name)
        if value is None:
            fields[name] = default
        else:
            fields[name] = tuple(read(item) for item in value) if many else read(value)
    return record


def stamped(record: T, **by_server: Any) -> T:
    """The same record with what the server sets; nothing that needs checking again."""
    copy = object.__new__(type(record))
    copy.__dict__.update(record.__dict__)
    copy.__dict__.update(by_server)
    return copy


@cache
def _readers(cls: Any) -> tuple[tuple[str, bool, Any, Callable[[Any], Any]], ...]:
    return tuple(
        (shape.name, shape.many, shape.default, _reader(shape.type)) for shape in shape_of(cls)
    )


def _reader(kind: type) -> Callable[[Any], Any]:
    if kind is PartialDate:
        return cache(PartialDate)
    if kind is date:
        return date.fromisoformat
    if issubclass(kind, StrEnum):
        return typing.cast(Callable[[Any], Any], {str(member): member for member in kind}.get)
    if dataclasses.is_dataclass(kind):
        return lambda value: rebuilt(kind, value)
    return lambda value: value
