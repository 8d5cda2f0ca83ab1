"""Many changes at once, the map's log, and undo."""

from http import HTTPStatus
from typing import Any

from flask import Response

from api.answers import answer, answer_outcome, make
from api.context import store, viewer
from api.plain import plain_entry
from api.resources.blueprint import IDEMPOTENCY_KEY, READING, WRITING, Topic
from api.resources.shapes import (
    ChangeOp,
    Changes,
    ChangesQuery,
    DryRun,
    Log,
    Outcome,
    UndoRequest,
)
from powermap.changes import Change, Create, Delete, Restore, Undo, Update
from powermap.errors import InvalidValue, PowerMapError, Problem, UnknownRecord
from powermap.model import CLASSES, kind_of
from powermap.schema import amended, new_id, parse
from powermap.shape import shape_of

blueprint = Topic("changes", "Many changes at once, and what was changed.", "/<map_id>")

_NEEDED = {
    ChangeOp.CREATE: {"record"},
    ChangeOp.UPDATE: {"id", "version", "patch"},
    ChangeOp.DELETE: {"id", "version"},
    ChangeOp.RESTORE: {"id"},
}
_ALLOWED = {**_NEEDED, ChangeOp.CREATE: {"record", "key"}}


@blueprint.get("/changes")
@blueprint.arguments(ChangesQuery, location="query")
@blueprint.response(HTTPStatus.OK, Log)
@blueprint.may_fail(*READING)
def list_changes(query: dict[str, Any], map_id: str) -> Response:
    """The map's log after a revision, oldest first."""
    entries = store().changes(map_id, viewer(), **query)
    body: dict[str, Any] = {"items": [plain_entry(entry) for entry in entries]}
    if len({entry.revision for entry in entries}) == query["limit"]:
        body["next"] = entries[-1].revision
    return answer(body)


@blueprint.post("/changes")
@blueprint.arguments(
    Changes,
    example={
        "changes": [
            {
                "op": "create",
                "kind": "leader",
                "key": "asha",
                "record": {"name": "Asha Verma", "sensitivity": "open"},
            },
            {
                "op": "create",
                "kind": "relationship",
                "record": {"source": "#asha", "target": "…", "kind": "trusts", "strength": 4},
            },
        ]
    },
)
@blueprint.arguments(DryRun, location="query")
@blueprint.response(HTTPStatus.OK, Outcome)
@blueprint.may_fail(*WRITING, HTTPStatus.PRECONDITION_FAILED, HTTPStatus.GONE)
@blueprint.doc(parameters=[IDEMPOTENCY_KEY])
def make_changes(body: dict[str, Any], query: dict[str, Any], map_id: str) -> Response:
    """Make changes in order, all or none."""
    changes = _Reading(map_id, body["changes"]).changes()
    try:
        outcome = make(map_id, *changes, **query)
    except InvalidValue as error:
        raise _pointed(error, body["changes"]) from None
    return answer_outcome(outcome, **query)


@blueprint.post("/undo")
@blueprint.arguments(UndoRequest, example={"revision": 17})
@blueprint.arguments(DryRun, location="query")
@blueprint.response(HTTPStatus.OK, Outcome)
@blueprint.may_fail(*WRITING)
@blueprint.doc(parameters=[IDEMPOTENCY_KEY])
def undo(body: dict[str, Any], query: dict[str, Any], map_id: str) -> Response:
    """Reverse all that one request did, unless later changes stand on it."""
    return answer_outcome(make(map_id, Undo(body["revision"]), **query), **query)


class _Reading:
    """From the changes as sent to changes of the subject, with every problem found."""

    def __init__(self, map_id: str, sent: list[dict[str, Any]]) -> None:
        self._map_id, self._sent = map_id, sent
        self._ids = {one["key"]: new_id() for one in sent if "key" in one}
        self._current: dict[str, Any] = {}

    def changes(self) -> list[Change]:
        found: list[Change] = []
        problems: list[Problem] = []
        for position, one in enumerate(self._sent):
            try:
                found.append(self._change(one))
            except InvalidValue as error:
                problems += error.under("changes", position).problems
            except PowerMapError as error:
                error.position = position
                raise
        if problems:
            raise InvalidValue(*problems)
        return found

    def _change(self, one: dict[str, Any]) -> Change:
        op, kind = one["op"], one["kind"]
        given = set(one) - {"op", "kind"}
        wrong = [Problem((name,), f"is needed to {op}") for name in sorted(_NEEDED[op] - given)]
        wrong += [Problem((name,), f"has no meaning here ({op})") for name in given - _ALLOWED[op]]
        if wrong:
            raise InvalidValue(*wrong)
        if op is ChangeOp.DELETE:
            return Delete(kind, one["id"], one["version"])
        if op is ChangeOp.RESTORE:
            return Restore(kind, one["id"])
        return self._create(one) if op is ChangeOp.CREATE else self._update(one)

    def _create(self, one: dict[str, Any]) -> Create:
        record_id = self._ids[one["key"]] if "key" in one else new_id()
        cls = CLASSES[one["kind"]]
        try:
            return Create(parse(cls, self._resolved(cls, one["record"]), id=record_id))
        except InvalidValue as error:
            raise error.under("record") from None

    def _update(self, one: dict[str, Any]) -> Update:
        cls = CLASSES[one["kind"]]
        record_id = one["id"]
        if record_id not in self._current:
            self._current[record_id] = store().get(self._map_id, viewer(), record_id)
        current = self._current[record_id]
        if kind_of(current) is not one["kind"]:
            raise UnknownRecord(record_id)
        try:
            wanted = amended(current, self._resolved(cls, one["patch"]))
        except InvalidValue as error:
            raise error.under("patch") from None
        # A later change of the same record builds on this one.
        self._current[record_id] = wanted
        return Update(wanted, one["version"])

    def _resolved(self, cls: type, values: dict[str, Any]) -> dict[str, Any]:
        """`#key` replaced by the id that the new record will have."""
        resolved = dict(values)
        for shape in shape_of(cls):
            if shape.refers and shape.name in values:
                value = values[shape.name]
                resolved[shape.name] = (
                    [self._id(shape.name, item) for item in value]
                    if shape.many and isinstance(value, list)
                    else self._id(shape.name, value)
                )
        return resolved

    def _id(self, field: str, value: Any) -> Any:
        if not isinstance(value, str) or not value.startswith("#"):
            return value
        if value[1:] not in self._ids:
            raise InvalidValue.at(field, f"{value!r} is not the key of a create in this request")
        return self._ids[value[1:]]


def _pointed(error: InvalidValue, sent: list[dict[str, Any]]) -> InvalidValue:
    """The store's problems, by position and field, as places in the body."""
    problems = []
    for found in error.problems:
        position, *field = found.path
        if not isinstance(position, int):
            problems.append(found)
            continue
        member = "patch" if sent[position]["op"] is ChangeOp.UPDATE else "record"
        problems.append(Problem(("changes", position, member, *field), found.message))
    return InvalidValue(*problems)
