"""What the service writes to its log: one JSON line a request, with ids and never with names."""

import hashlib
import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request

log = logging.getLogger("powermap")
_FIELDS = ("request_id", "method", "route", "status", "milliseconds", "role")
_OF_AN_EXPORT = ("actor", "map", "revision", "ceiling", "pseudonyms", "format", "sha256")


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        told = (*_FIELDS, *_OF_AN_EXPORT)
        line.update({k: v for k in told if (v := getattr(record, k, None)) is not None})
        if record.exc_info and record.exc_info[0] is not None:
            # Where it went wrong, but not the message: that may quote what somebody wrote.
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record)
        return json.dumps(line)


def _where(record: logging.LogRecord) -> list[str]:
    steps = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        steps.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return steps[-8:]


def register(app: Flask, level: str) -> None:
    """Log to standard error, one line a request."""
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_JsonLines())
        log.addHandler(handler)
        log.propagate = False
    log.setLevel(level)
    app.before_request(_start)
    app.after_request(_finish)


def exported(content: bytes, **facts: str | int | bool) -> None:
    """Record that a document left: who made it, of which map and revision, and its digest.

    A document is no change of the map, so the map's log has no line for it.
    """
    digest = hashlib.sha256(content).hexdigest()
    extra = {"request_id": g.get("request_id", "-"), **facts, "sha256": digest}
    log.info("exported", extra=extra)


def _start() -> None:
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    viewer = g.get("viewer")
    log.info(
        "request",
        extra={
            "request_id": g.get("request_id", "-"),
            "method": request.method,
            "route": str(request.url_rule) if request.url_rule else "none",
            "status": response.status_code,
            "milliseconds": round((time.perf_counter() - g.started) * 1000, 1),
            "role": viewer.role.value if viewer else None,
        },
    )
    return response
