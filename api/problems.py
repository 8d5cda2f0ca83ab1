"""Errors as answers: one table from error to status, in RFC 9457 problem+json or as a page."""

import json
import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException

from api.bodies import InvalidQuery, WrongMediaType
from api.guard import WrongHost
from api.importing import UnreadableFile
from api.jobs.errors import NoResult, ResultWithdrawn, TooManyJobs, UnknownJob
from api.settings import WrongSetting
from powermap import errors
from powermap.errors import Conflict, InvalidValue, PowerMapError, Problem

STATUS: dict[type[PowerMapError], HTTPStatus] = {
    InvalidValue: HTTPStatus.UNPROCESSABLE_ENTITY,
    InvalidQuery: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.Malformed: HTTPStatus.BAD_REQUEST,
    WrongMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    UnreadableFile: HTTPStatus.UNPROCESSABLE_ENTITY,
    WrongHost: HTTPStatus.MISDIRECTED_REQUEST,
    WrongSetting: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.UnknownMap: HTTPStatus.NOT_FOUND,
    errors.UnknownRecord: HTTPStatus.NOT_FOUND,
    errors.UnknownRevision: HTTPStatus.NOT_FOUND,
    errors.UnknownSavedQuestion: HTTPStatus.NOT_FOUND,
    errors.UnknownPaper: HTTPStatus.NOT_FOUND,
    errors.DeletedRecord: HTTPStatus.GONE,
    errors.MissingVersion: HTTPStatus.PRECONDITION_REQUIRED,
    errors.StaleVersion: HTTPStatus.PRECONDITION_FAILED,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.RequestReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NotAuthenticated: HTTPStatus.UNAUTHORIZED,
    errors.Forbidden: HTTPStatus.FORBIDDEN,
    errors.TooMuch: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnknownJob: HTTPStatus.NOT_FOUND,
    TooManyJobs: HTTPStatus.TOO_MANY_REQUESTS,
    NoResult: HTTPStatus.CONFLICT,
    ResultWithdrawn: HTTPStatus.GONE,
    errors.StoreUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.StoreUnusable: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The only place where an error becomes a status."""

_TITLES: dict[type[PowerMapError], str] = {
    InvalidValue: "Some values are not right",
    InvalidQuery: "Some query parameters are not right",
    errors.Malformed: "The body cannot be read",
    WrongMediaType: "Not a media type that is read here",
    UnreadableFile: "The file cannot be used",
    WrongHost: "Not a host of this service",
    WrongSetting: "The service is not set up",
    errors.UnknownMap: "No such map",
    errors.UnknownRecord: "No such record",
    errors.UnknownRevision: "No such revision",
    errors.UnknownSavedQuestion: "No such saved question",
    errors.UnknownPaper: "No such paper",
    errors.DeletedRecord: "The record has been deleted",
    errors.MissingVersion: "The version is missing",
    errors.StaleVersion: "Somebody changed it since",
    errors.Conflict: "The map does not allow it as it stands",
    errors.RequestReused: "The Idempotency-Key was used before",
    errors.NotAuthenticated: "Say who you are",
    errors.Forbidden: "Not allowed",
    errors.TooMuch: "Too much for one request",
    UnknownJob: "No such job",
    TooManyJobs: "Too many jobs are waiting",
    NoResult: "There is no result",
    ResultWithdrawn: "The result is no longer shown",
    errors.StoreUnavailable: "The store cannot be reached",
    errors.StoreUnusable: "The store cannot be used",
}

log = logging.getLogger("powermap")


def register(app: Flask) -> None:
    """Answer every error of the app in our shape."""
    app.register_error_handler(PowerMapError, _power_map_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def _power_map_error(error: PowerMapError) -> Response:
    kind = next(cls for cls in type(error).__mro__ if cls in STATUS)
    status = STATUS[kind]
    extra: dict[str, Any] = {}
    if isinstance(error, InvalidValue):
        where = "parameter" if isinstance(error, InvalidQuery) else "pointer"
        extra["errors"] = [_member(problem, where) for problem in error.problems]
        detail = _summary(error.problems)
    else:
        detail = str(error)
        if error.position is not None and request.path.endswith("/changes"):
            pointer = f"/changes/{error.position}"
            extra["errors"] = [{"pointer": pointer, "detail": detail}]
    if isinstance(error, Conflict) and error.records:
        extra["records"] = list(error.records)
    response = problem(status, _TITLES[kind], detail, **extra)
    if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        response.headers["Retry-After"] = "5"
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Basic realm="powermap", charset="UTF-8"'
        response.headers.add("WWW-Authenticate", 'Bearer realm="powermap"')
    return response


def _http_error(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    detail = error.description or status.description
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        detail = "The body is larger than POWERMAP_LARGEST_BODY allows. Send it in parts."
    response = problem(status, status.phrase, detail)
    for name, value in error.get_headers():
        if name in ("Allow", "Location", "Retry-After"):
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    log.exception("unexpected error", extra={"request_id": g.get("request_id", "-")})
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong here",
        "The fault is ours. Nothing was changed unless you were told so; it is safe to ask again.",
    )


def problem(status: HTTPStatus, title: str, detail: str, **extra: Any) -> Response:
    """A problem+json answer; a page where a browser asked for one."""
    if not _wants_json():
        page = render_template("pages/problem.html", title=title, detail=detail, status=status)
        return Response(page, status=status, content_type="text/html; charset=utf-8")
    body = {
        "type": "about:blank",
        "title": title,
        "status": int(status),
        "detail": detail,
        "request_id": g.get("request_id", "-"),
        **extra,
    }
    return Response(json.dumps(body), status=status, content_type="application/problem+json")


def _wants_json() -> bool:
    if request.path.startswith(("/api/", "/openapi.json", "/healthz", "/readyz")):
        return True
    return not request.accept_mimetypes.accept_html


def _member(found: Problem, where: str) -> dict[str, str]:
    if where == "parameter":
        return {"parameter": "/".join(map(str, found.path)), "detail": found.message}
    return {
        "pointer": "".join(f"/{_escaped(step)}" for step in found.path),
        "detail": found.message,
    }


def _escaped(step: str | int) -> str:
    """One step of a JSON pointer (RFC 6901)."""
    return str(step).replace("~", "~0").replace("/", "~1")


def _summary(problems: Iterable[Problem]) -> str:
    sentences = [
        f"{'.'.join(map(str, p.path))}: {p.message}" if p.path else p.message for p in problems
    ]
    more = f" (and {len(sentences) - 3} more)" if len(sentences) > 3 else ""
    return "; ".join(sentences[:3]) + more + "."
