"""Reading what a request carries, so strictly that nothing odd gets past: a webargs parser."""

from typing import Any, NoReturn

from flask import Request
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy

from powermap.errors import InvalidValue, PowerMapError, Problem
from powermap.schema import problems_in
from powermap.strict_json import read_json


class WrongMediaType(PowerMapError):
    """The body is sent as something other than JSON."""


class InvalidQuery(InvalidValue):
    """A query parameter or a header is unknown, or holds something it may not."""


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
