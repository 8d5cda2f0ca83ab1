"""Maps: what there is, what each is for, and taking one back."""

from http import HTTPStatus
from typing import Any

from flask import Response, request
from marshmallow import Schema, fields

from api.answers import (
    address_of,
    answer,
    answer_outcome,
    answer_record,
    based_on,
    make,
    sent_patch,
    written_record,
)
from api.context import maps as all_maps
from api.context import power_map, viewer
from api.resources.blueprint import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    READING,
    VERSIONED,
    WRITING,
    Topic,
)
from api.resources.shapes import AsKnown, DryRun, Outcome
from powermap.changes import Create, Delete, Restore, Update
from powermap.model import MapHeader
from powermap.ports import MapSummary
from powermap.schema import amended, new_id, plain, schema_of
from powermap.usecases.making_maps import map_id_for
from powermap.vocabulary import RecordKind

blueprint = Topic("maps", "Systems under study: a title, a purpose and a date each.")


class MapSummaries(Schema):
    """The maps there are: what each is of, how fresh it is and how much is on it."""

    items = fields.List(
        fields.Dict(),
        metadata={
            "description": "Each map's header, with `revision`, `changed_at`, the number of its "
            "`records` by kind, and its `address`.",
            "example": [{"title": "Calderdale and Kirklees", "revision": 3}],
        },
    )


@blueprint.get("")
@blueprint.response(HTTPStatus.OK, MapSummaries)
@blueprint.may_fail(*READING)
def list_maps() -> Response:
    """The maps there are, by title."""
    return answer({"items": [_summary(found) for found in all_maps()]})


@blueprint.post("")
@blueprint.arguments(schema_of(MapHeader))
@blueprint.response(HTTPStatus.CREATED, schema_of(MapHeader))
@blueprint.may_fail(*WRITING)
@blueprint.doc(parameters=[IDEMPOTENCY_KEY])
def create_map(values: dict[str, Any]) -> Response:
    """Make a map. Repeating the request with the same Idempotency-Key answers with the same map."""
    map_id = map_id_for(viewer(), request.headers.get("Idempotency-Key"), new_id())
    header = MapHeader(id=map_id, **values)
    outcome = make(map_id, Create(header))
    return answer_record(written_record(outcome), map_id, HTTPStatus.CREATED, outcome.revision)


@blueprint.get("/<map_id>")
@blueprint.arguments(AsKnown, location="query")
@blueprint.response(HTTPStatus.OK, schema_of(MapHeader))
@blueprint.may_fail(*READING)
def read_map(query: dict[str, Any], map_id: str) -> Response:
    """What a map is of and for; its records are below it."""
    found = power_map(map_id, query.get("revision"))
    response = answer_record(found.header, map_id)
    response.headers["Powermap-Revision"] = str(found.revision)
    return response


@blueprint.patch("/<map_id>")
@blueprint.arguments(
    schema_of(MapHeader, patch=True)(), content_type="application/merge-patch+json"
)
@blueprint.response(HTTPStatus.OK, schema_of(MapHeader))
@blueprint.may_fail(*VERSIONED)
@blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
def amend_map(_: dict[str, Any], map_id: str) -> Response:
    """Change title, purpose, date or the illustrative mark (JSON merge patch)."""
    version = based_on()
    current = power_map(map_id).header
    wanted = amended(current, sent_patch()) if current.version == version else current
    outcome = make(map_id, Update(wanted, version))
    return answer_record(written_record(outcome), map_id, revision=outcome.revision)


@blueprint.delete("/<map_id>")
@blueprint.arguments(DryRun, location="query")
@blueprint.response(HTTPStatus.OK, Outcome)
@blueprint.may_fail(*VERSIONED)
@blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
def delete_map(query: dict[str, Any], map_id: str) -> Response:
    """Take a map away, with all that is on it. It can be restored."""
    change = Delete(RecordKind.MAP, map_id, based_on())
    return answer_outcome(make(map_id, change, dry_run=query["dry_run"]), **query)


@blueprint.post("/<map_id>/restore")
@blueprint.arguments(DryRun, location="query")
@blueprint.response(HTTPStatus.OK, Outcome)
@blueprint.may_fail(*WRITING)
@blueprint.doc(parameters=[IDEMPOTENCY_KEY])
def restore_map(query: dict[str, Any], map_id: str) -> Response:
    """Bring a deleted map back, with all that was on it."""
    change = Restore(RecordKind.MAP, map_id)
    return answer_outcome(make(map_id, change, dry_run=query["dry_run"]), **query)


def _summary(found: MapSummary) -> dict[str, Any]:
    return {
        **plain(found.header),
        "revision": found.revision,
        "changed_at": found.changed_at.isoformat(),
        "records": {kind.plural: count for kind, count in found.counts.items()},
        "address": address_of(found.header, found.header.id),
    }
