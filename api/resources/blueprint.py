"""The blueprint that all topics share: strict reading, and errors described as they come."""

from http import HTTPStatus
from typing import Any

from flask_smorest import Blueprint

from api.bodies import StrictParser

PREFIX = "/api/v1/maps"


class Topic(Blueprint):
    """A topic of the API under `/api/v1/maps`, or below one map."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, description: str, below: str = "") -> None:
        super().__init__(name, __name__, url_prefix=PREFIX + below, description=description)

    def may_fail(self, *statuses: HTTPStatus) -> Any:
        """Say in the OpenAPI page which problems a route can answer with."""

        def decorate(route: Any) -> Any:
            for status in statuses:
                route = self.alt_response(status, status.name)(route)
            return route

        return decorate


READING = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
WRITING = (
    *READING,
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)
VERSIONED = (
    *WRITING,
    HTTPStatus.GONE,
    HTTPStatus.PRECONDITION_FAILED,
    HTTPStatus.PRECONDITION_REQUIRED,
)

IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "maxLength": 128},
    "description": "Send the same key again to repeat a request safely: it is carried out once.",
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string"},
    "example": '"3"',
    "description": "The ETag of the version this change is based on.",
}
