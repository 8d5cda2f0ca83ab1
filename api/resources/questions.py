"""Fields of query strings and small bodies, described and checked in one line each."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields

from powermap.errors import InvalidValue
from powermap.schema import read_day
from powermap.shape import clean_text


class _Asked(fields.Field[Any]):
    """A value read by a function that raises `ValueError` with what would be right."""

    default_error_messages = {"required": "is needed", "null": "must not be null"}

    def __init__(self, read: Callable[[Any], Any], **options: Any) -> None:
        super().__init__(**options)
        self._read = read

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        try:
            return self._read(value)
        except InvalidValue as error:
            raise ValidationError(error.problems[0].message) from None
        except ValueError as error:
            raise ValidationError(str(error)) from None


def _asked(
    read: Callable[[Any], Any], doc: str, kind: dict[str, Any], **options: Any
) -> fields.Field[Any]:
    default = options.pop("default", None)
    if default is not None:
        options["load_default"] = default
    return _Asked(read, metadata={"description": doc, **kind}, **options)


def text(doc: str, **options: Any) -> fields.Field[Any]:
    def read(value: Any) -> str:
        return clean_text(value, longest=400)

    return _asked(read, doc, {"type": "string", "maxLength": 400}, **options)


def choice(kind: type[StrEnum], doc: str, **options: Any) -> fields.Field[Any]:
    allowed = {member.value: member for member in kind}

    def read(value: Any) -> StrEnum:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError("must be one of: " + ", ".join(allowed))
        return allowed[value]

    return _asked(read, doc, {"type": "string", "enum": list(allowed)}, **options)


def day(doc: str, **options: Any) -> fields.Field[Any]:
    def read(value: Any) -> date:
        return read_day(value)

    return _asked(
        read, doc, {"type": "string", "format": "date", "example": "2010-03-01"}, **options
    )


def truth(doc: str, **options: Any) -> fields.Field[Any]:
    def read(value: Any) -> bool:
        if value in ("true", "false"):
            return bool(value == "true")
        raise ValueError("must be true or false")

    return _asked(read, doc, {"type": "boolean"}, **{"default": False, **options})


def whole_number(
    doc: str, *, low: int, high: int = 2**53 - 1, in_body: bool = False, **options: Any
) -> fields.Field[Any]:
    """A whole number: JSON's own in a body, plain ASCII digits in a query."""

    def read(value: Any) -> int:
        if not in_body and value.isascii() and value.isdigit() and len(value) < 17:
            value = int(value)
        if type(value) is not int or not low <= value <= high:
            wanted = f"from {low} to {high}" if high < 2**53 - 1 else f"of at least {low}"
            raise ValueError(f"must be a whole number {wanted}")
        return value

    return _asked(read, doc, {"type": "integer", "minimum": low, "maximum": high}, **options)
