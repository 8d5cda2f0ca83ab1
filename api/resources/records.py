"""The five kinds of record on a map: the same nine routes for each."""

from http import HTTPStatus
from typing import Any

from flask import Response, request

from api.answers import (
    answer,
    answer_outcome,
    answer_record,
    based_on,
    make,
    sent_patch,
    written_record,
)
from api.bodies import InvalidQuery
from api.context import power_map, store, viewer
from api.plain import plain_entry
from api.resources.blueprint import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    READING,
    VERSIONED,
    WRITING,
    Topic,
)
from api.resources.shapes import LIST_QUERIES, DryRun, Log, Outcome, page_schema
from powermap.changes import Create, Delete, Restore, Update
from powermap.errors import InvalidValue, UnknownRecord
from powermap.model import CLASSES, Record, kind_of
from powermap.schema import amended, new_id, plain, schema_of
from powermap.usecases.listing import page_of, record_after
from powermap.vocabulary import RecordKind


def topic(kind: RecordKind) -> Topic:
    """The blueprint of one kind of record, at its plural below a map."""
    cls = CLASSES[kind]
    schema = schema_of(cls)
    blueprint = Topic(kind.plural, str(cls.__doc__).splitlines()[0], f"/<map_id>/{kind.plural}")

    @blueprint.get("")
    @blueprint.arguments(LIST_QUERIES[kind], location="query")
    @blueprint.response(HTTPStatus.OK, page_schema(kind))
    @blueprint.may_fail(*READING)
    def list_records(query: dict[str, Any], map_id: str) -> Response:
        """List them by name, a page at a time."""
        found = power_map(map_id, query.pop("revision", None))
        on = query.pop("on", None)
        shown = found.held_on(on) if on else found
        cursor = query.pop("cursor", None)
        words, limit = query.pop("q", ""), query.pop("limit")
        try:
            after = record_after(found, cursor, _history(map_id)) if cursor else None
        except InvalidValue as error:
            raise InvalidQuery(*error.problems) from None
        page = page_of(shown, kind, fields=query, words=words, after=after, limit=limit)
        body: dict[str, Any] = {"items": [plain(r) for r in page.records], "total": page.total}
        if page.next:
            body["next"] = page.next
        if on:
            body["may_be_held"] = [r.id for r in page.records if r.id in shown.doubtful]
        return answer(body)

    @blueprint.post("")
    @blueprint.arguments(schema)
    @blueprint.response(HTTPStatus.CREATED, schema)
    @blueprint.may_fail(*WRITING)
    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    def create_record(values: dict[str, Any], map_id: str) -> Response:
        """Put a new one on the map."""
        record = cls(id=new_id(), **values)
        outcome = _one(map_id, Create(record))
        written = written_record(outcome)
        return answer_record(written, map_id, HTTPStatus.CREATED, outcome.revision)

    @blueprint.get("/<record_id>")
    @blueprint.response(HTTPStatus.OK, schema)
    @blueprint.may_fail(*READING, HTTPStatus.GONE)
    def read_record(map_id: str, record_id: str) -> Response:
        """Read one; its ETag is its version."""
        return answer_record(_found(map_id, record_id), map_id)

    @blueprint.patch("/<record_id>")
    @blueprint.arguments(schema_of(cls, patch=True)(), content_type="application/merge-patch+json")
    @blueprint.response(HTTPStatus.OK, schema)
    @blueprint.may_fail(*VERSIONED)
    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    def amend_record(_: dict[str, Any], map_id: str, record_id: str) -> Response:
        """Change what the merge patch (RFC 7396) names; null removes a value."""
        current = _found(map_id, record_id)
        version = based_on()
        # A repeated request is based on an older version: the store knows its first answer.
        wanted = amended(current, sent_patch()) if current.version == version else current
        outcome = _one(map_id, Update(wanted, version))
        written = written_record(outcome, record_id)
        return answer_record(written, map_id, revision=outcome.revision)

    @blueprint.delete("/<record_id>")
    @blueprint.arguments(DryRun, location="query")
    @blueprint.response(HTTPStatus.OK, Outcome)
    @blueprint.may_fail(*VERSIONED)
    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    def delete_record(query: dict[str, Any], map_id: str, record_id: str) -> Response:
        """Take it off the map, with the ties that cannot stand without it. It can be restored."""
        change = Delete(kind, record_id, _version_or_unknown(map_id, record_id))
        return answer_outcome(_one(map_id, change, **query), **query)

    @blueprint.post("/<record_id>/restore")
    @blueprint.arguments(DryRun, location="query")
    @blueprint.response(HTTPStatus.OK, Outcome)
    @blueprint.may_fail(*WRITING)
    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    def restore_record(query: dict[str, Any], map_id: str, record_id: str) -> Response:
        """Bring it back, with what its deletion removed."""
        outcome = make(map_id, Restore(kind, record_id), **query)
        return answer_outcome(outcome, **query)

    @blueprint.get("/<record_id>/history")
    @blueprint.response(HTTPStatus.OK, Log)
    @blueprint.may_fail(*READING)
    def read_history(map_id: str, record_id: str) -> Response:
        """All its versions, oldest first: who wrote them, when, and what they said."""
        entries = store().history(map_id, viewer(), record_id)
        if entries[0].kind is not kind:
            raise UnknownRecord(record_id)
        return answer({"items": [plain_entry(entry) for entry in entries]})

    def _found(map_id: str, record_id: str) -> Record:
        record = store().get(map_id, viewer(), record_id)
        if kind_of(record) is not kind:
            raise UnknownRecord(record_id)
        return record

    def _version_or_unknown(map_id: str, record_id: str) -> int:
        """The version in If-Match; what is not there is unknown before it is unversioned."""
        if "If-Match" not in request.headers:
            _found(map_id, record_id)
        return based_on()

    return blueprint


def _one(map_id: str, change: Any, **options: Any) -> Any:
    """A single change; where it is wrong is said without its position."""
    try:
        return make(map_id, change, **options)
    except InvalidValue as error:
        if error.problems[0].path[:1] == (0,):
            raise InvalidValue(*(type(p)(p.path[1:], p.message) for p in error.problems)) from None
        raise


def _history(map_id: str) -> Any:
    return lambda record_id: store().history(map_id, viewer(), record_id)
