"""Reading what a request carries, so strictly that nothing odd gets past: a webargs parser."""

import json
import re
from typing import Any, NoReturn

from flask import Request
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy

from powermap.errors import InvalidValue, PowerMapError, Problem
from powermap.schema import problems_in

DEEPEST = 20
"""How deep lists and objects may nest; our own shapes need four."""

_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_LARGEST = 2**63


class MalformedBody(PowerMapError):
    """The body is not JSON that can be read in one way only."""


class WrongMediaType(PowerMapError):
    """The body is sent as something other than JSON."""


class InvalidQuery(InvalidValue):
    """A query parameter or a header is unknown, or holds something it may not."""


def read_json(text: bytes) -> Any:
    """JSON values, or `MalformedBody`; what other readers take in different ways is refused."""
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError:
        raise MalformedBody("The body is not UTF-8 text.") from None
    _refuse_depth(decoded)
    try:
        return json.loads(
            decoded,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_int=_whole_number,
            parse_float=_number,
        )
    except (ValueError, RecursionError) as error:
        raise MalformedBody(f"The body is not valid JSON: {error}.") from None


def _refuse_depth(text: str) -> None:
    depth = 0
    for found in _STRUCTURE.finditer(text):
        if found[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                raise MalformedBody(f"The body nests deeper than {DEEPEST} levels.")
        elif found[0] in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise MalformedBody(f"The name {json.dumps(twice)} stands twice in one object.")
    return result


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedBody(f"{name} is not a JSON number.")


def _whole_number(digits: str) -> int:
    if len(digits) > 20 or not -_LARGEST <= int(digits) < _LARGEST:
        raise MalformedBody("A whole number in the body has more than 64 bits.")
    return int(digits)


def _number(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise MalformedBody("A number in the body is too large.")
    return value


class StrictParser(FlaskParser):
    """Refuses unknown and repeated query parameters, and bodies that are not plainly JSON."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": None, "query": RAISE}

    def load_json(self, req: Request, schema: Schema) -> Any:
        media = req.mimetype
        if media != "application/json" and not media.endswith("+json"):
            raise WrongMediaType(
                "Send the body as JSON, with the header Content-Type: application/json."
            )
        return read_json(req.get_data(cache=True))

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        for name, values in req.args.lists():
            if len(values) > 1:
                raise InvalidQuery(Problem((name,), "is given more than once"))
        return MultiDictProxy(req.args, schema)

    def handle_error(
        self,
        error: ValidationError,
        req: Request,
        schema: Schema,
        *,
        error_status_code: int | None,
        error_headers: Any,
    ) -> NoReturn:
        by_location = error.messages if isinstance(error.messages, dict) else {}
        for location, messages in by_location.items():
            problems = problems_in(messages)
            if location == "query":
                raise InvalidQuery(*problems)
            raise InvalidValue(*problems)
        raise InvalidValue(*problems_in(error.messages))
