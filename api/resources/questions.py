"""Fields of query strings and small bodies, described and checked in one line each."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from marshmallow import fields

from powermap.errors import InvalidValue, Problem
from powermap.schema import Value, read_day
from powermap.shape import clean_text

_MESSAGES: dict[str, Any] = {"required": "is needed", "null": "must not be null"}


def _asked(
    read: Callable[[Any], Any], doc: str, kind: dict[str, Any], **options: Any
) -> fields.Field[Any]:
    default = options.pop("default", None)
    if default is not None:
        options["load_default"] = default
    metadata = {"description": doc, **kind}
    return Value(read, metadata=metadata, error_messages=_MESSAGES, **options)


def text(doc: str, *, longest: int = 400, lines: bool = False, **options: Any) -> fields.Field[Any]:
    def read(value: Any) -> str:
        return clean_text(value, longest=longest, lines=lines)

    return _asked(read, doc, {"type": "string", "maxLength": longest}, **options)


def choice(kind: type[StrEnum], doc: str, **options: Any) -> fields.Field[Any]:
    allowed = {member.value: member for member in kind}

    def read(value: Any) -> StrEnum:
        if not isinstance(value, str) or value not in allowed:
            raise InvalidValue(Problem((), "must be one of: " + ", ".join(allowed)))
        return allowed[value]

    return _asked(read, doc, {"type": "string", "enum": list(allowed)}, **options)


def choices(kind: type[StrEnum], doc: str, **options: Any) -> fields.Field[Any]:
    """Several of a closed list, with commas between."""
    allowed = {member.value: member for member in kind}

    def read(value: Any) -> tuple[StrEnum, ...]:
        asked = _parts(value, ",")
        if not asked or not all(one in allowed for one in asked):
            raise InvalidValue(Problem((), "must be one or more of: " + ", ".join(allowed)))
        return tuple(member for name, member in allowed.items() if name in asked)

    example = ",".join(allowed)
    return _asked(read, doc, {"type": "string", "example": example}, **options)


def ids(doc: str, *, most: int, **options: Any) -> fields.Field[Any]:
    """Several ids, with semicolons between."""

    def read(value: Any) -> tuple[str, ...]:
        asked = _parts(value, ";")
        if not 1 <= len(asked) <= most:
            raise InvalidValue(Problem((), f"must be 1 to {most} ids, with semicolons between"))
        return tuple(sorted(set(asked)))

    return _asked(read, doc, {"type": "string", "example": "01J8…;01J9…"}, **options)


def _parts(value: Any, between: str) -> list[str]:
    if not isinstance(value, str):
        return []
    return [part.strip() for part in value.split(between) if part.strip()]


def day(doc: str, **options: Any) -> fields.Field[Any]:
    def read(value: Any) -> date:
        return read_day(value)

    return _asked(
        read, doc, {"type": "string", "format": "date", "example": "2010-03-01"}, **options
    )


def truth(doc: str, **options: Any) -> fields.Field[Any]:
    def read(value: Any) -> bool:
        if isinstance(value, bool):
            return value
        if value in ("true", "false"):
            return bool(value == "true")
        raise InvalidValue(Problem((), "must be true or false"))

    return _asked(read, doc, {"type": "boolean"}, **{"default": False, **options})


def whole_number(
    doc: str, *, low: int, high: int = 2**53 - 1, in_body: bool = False, **options: Any
) -> fields.Field[Any]:
    """A whole number: JSON's own in a body; in a query plain ASCII digits."""

    def read(value: Any) -> int:
        digits = isinstance(value, str) and value.isascii() and value.isdigit()
        if digits and not in_body and len(value) < 17:
            value = int(value)
        if type(value) is not int or not low <= value <= high:
            wanted = f"from {low} to {high}" if high < 2**53 - 1 else f"of at least {low}"
            raise InvalidValue(Problem((), f"must be a whole number {wanted}"))
        return value

    return _asked(read, doc, {"type": "integer", "minimum": low, "maximum": high}, **options)
