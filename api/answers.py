"""What all JSON routes share: versions in ETags, idempotency keys, and the shape of answers."""

import hashlib
import json
import re
from http import HTTPStatus
from typing import Any

from flask import Response, request, url_for

from api.bodies import InvalidQuery
from api.context import store, viewer
from api.plain import plain_entry
from powermap.changes import Change, Outcome, Request
from powermap.errors import MissingVersion
from powermap.model import Record, kind_of
from powermap.schema import new_id, plain
from powermap.strict_json import read_json

_VERSION = re.compile(r'"(\d{1,15})"')
_KEY = re.compile(r"[\x21-\x7e]{1,128}")


def based_on() -> int:
    """The version in If-Match, or `MissingVersion`; one that cannot match is version -1."""
    given = request.headers.get("If-Match", "").strip()
    if not given or given == "*":
        raise MissingVersion(
            "Say which version the change is based on: send the record's ETag in If-Match."
        )
    found = _VERSION.fullmatch(given)
    return int(found[1]) if found else -1


def this_request() -> Request:
    """What makes this request the same as an earlier one: its key, and all that it asks."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise InvalidQuery.at(
            "Idempotency-Key", "must be 1 to 128 visible ASCII characters without spaces"
        )
    asked = "\n".join(
        (request.method, request.full_path, request.headers.get("If-Match", ""))
    ).encode()
    digest = hashlib.sha256(asked + b"\n" + request.get_data(cache=True)).hexdigest()
    return Request(key or f"none-{new_id()}", digest)


def sent_patch() -> Any:
    """The merge patch as it was sent, nulls included; its schema has been checked before."""
    return read_json(request.get_data(cache=True))


def make(map_id: str, *changes: Change, dry_run: bool = False) -> Outcome:
    """Ask the store for these changes, as this request of this viewer."""
    return store().apply(map_id, viewer(), changes, request=this_request(), dry_run=dry_run)


def answer(body: Any, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A JSON answer with an ETag of its content, and 304 to a reader who has it."""
    return answer_text(json.dumps(body, ensure_ascii=False, allow_nan=False), status)


def answer_text(text: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """The same, of a body that is JSON already."""
    response = Response(text, status=status, content_type="application/json")
    if request.method in ("GET", "HEAD"):
        response.set_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
        response.headers["Cache-Control"] = "private, no-cache"
        response.make_conditional(request)
    return response


def answer_record(
    record: Record, map_id: str, status: HTTPStatus = HTTPStatus.OK, revision: int | None = None
) -> Response:
    """A record with its version as ETag; a new one with where it is."""
    response = answer(plain(record), status)
    response.set_etag(str(record.version))
    if request.method in ("GET", "HEAD"):
        response.status_code = status
        response.make_conditional(request)
    if revision is not None:
        response.headers["Powermap-Revision"] = str(revision)
    if status is HTTPStatus.CREATED:
        response.headers["Location"] = address_of(record, map_id)
    return response


def address_of(record: Record, map_id: str) -> str:
    kind = kind_of(record)
    if kind.value == "map":
        return url_for("maps.read_map", map_id=map_id)
    return url_for(f"{kind.plural}.read_record", map_id=map_id, record_id=record.id)


def answer_outcome(outcome: Outcome, *, dry_run: bool) -> Response:
    """What a request did, record by record."""
    response = answer(
        {
            "revision": outcome.revision,
            "dry_run": dry_run,
            "replayed": outcome.replayed,
            "changes": [plain_entry(entry) for entry in outcome.entries],
        }
    )
    if not dry_run:
        response.headers["Powermap-Revision"] = str(outcome.revision)
    return response


def written_record(outcome: Outcome, record_id: str | None = None) -> Record:
    """The record a single change wrote, as it was written (also when the request is repeated)."""
    for entry in reversed(outcome.entries):
        if entry.record is not None and entry.cause is None and record_id in (None, entry.id):
            return entry.record
    raise AssertionError("a single create or update writes its record")
