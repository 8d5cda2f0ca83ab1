"""The few shapes of requests and answers that are not a record of the model."""

from enum import StrEnum
from typing import Any

from marshmallow import Schema, fields, validate

from api.resources.questions import choice, choices, day, ids, text, truth, whole_number
from graph.findings.measured import USUAL_SET
from graph.findings.report.groups import Also
from graph.findings.report.whole_map import LARGEST_SET
from graph.network import GroupBy, Unit
from graph.views import ViewRule
from powermap.model import CLASSES
from powermap.schema import schema_of
from powermap.vocabulary import (
    AccountabilityKind,
    HolderStatus,
    Layer,
    Level,
    OrganisationKind,
    RecordKind,
    RelationshipKind,
    Sector,
    Sensitivity,
)

MOST_LEFT_OUT = 50


class Query(Schema):
    """A query string: what is not listed here is refused."""

    error_messages = {"unknown": "is not a parameter here"}


class DryRun(Query):
    dry_run = truth("Answer as if it were done, and do nothing.")


class AsKnown(Query):
    revision = whole_number("The map as it was known at this revision.", low=1)


class ListQuery(AsKnown):
    """What every list can be asked."""

    on = day("Only what was so on this day, or may have been.")
    q = text("Words that the name must hold; letter case does not matter.")
    sensitivity = choice(Sensitivity, "Only records of this level.")
    limit = whole_number("How many at most.", low=1, high=500, default=100)
    cursor = text("Where to go on: `next` of the page before.")


class OrganisationQuery(ListQuery):
    kind = choice(OrganisationKind, "Only this kind of body.")
    sector = choice(Sector, "Only this sector.")


class LeaderQuery(ListQuery):
    pass


class AccountabilityQuery(ListQuery):
    kind = choice(AccountabilityKind, "Only this kind.")
    level = choice(Level, "Only this level.")
    holder_status = choice(HolderStatus, "Only named, vacant or undisclosed ones.")
    holder = text("Only those held by this leader or organisation (its id).")
    to = text("Only those held to this organisation or leader (its id).")
    reports_to = text("Only those directly below this accountability (its id).")


class RelationshipQuery(ListQuery):
    kind = choice(RelationshipKind, "Only this kind of tie.")
    source = text("Only ties as this leader or organisation sees them (its id).")
    target = text("Only ties about this leader or organisation (its id).")
    party = text("Only ties with this leader or organisation at either end (its id).")


class AssessmentQuery(ListQuery):
    leader = text("Only those of this leader (its id).")


LIST_QUERIES: dict[RecordKind, type[ListQuery]] = {
    RecordKind.ORGANISATION: OrganisationQuery,
    RecordKind.LEADER: LeaderQuery,
    RecordKind.ACCOUNTABILITY: AccountabilityQuery,
    RecordKind.RELATIONSHIP: RelationshipQuery,
    RecordKind.ASSESSMENT: AssessmentQuery,
}


class ChangesQuery(Query):
    after = whole_number("Only what was done after this revision.", low=0, default=0)
    limit = whole_number("How many revisions at most.", low=1, high=500, default=100)


class Day(Query):
    on = day("The day asked about; the map's as-at date unless given.")


class NetworkQuery(Day):
    """Which network of the map is meant."""

    layer = choice(Layer, "Which ties count.", default=Layer.RELATIONSHIPS)
    unit = choice(Unit, "Whether the nodes are people or bodies.", default=Unit.LEADERS)
    group_by = choice(GroupBy, "What makes two people of one group.", default=GroupBy.SECTOR)
    views = choice(
        ViewRule,
        "Whose word makes a tie: either side's, both sides', or the mean of both, each way.",
        default=ViewRule.EITHER,
    )
    at_least = whole_number("Only ties of this strength or more.", low=1, high=5)
    without = ids(
        "Leaders and organisations to leave out, as though not on the map: ids, with semicolons "
        "between.",
        most=MOST_LEFT_OUT,
    )


class MeasuresQuery(NetworkQuery):
    """Which network is measured, and what beside the usual."""

    largest_set = whole_number(
        "The size of the largest sets of key players; smaller ones are found too.",
        low=1,
        high=LARGEST_SET,
        default=USUAL_SET,
    )
    also = choices(
        Also,
        "What takes longer, or is seldom asked for; with commas between. permutation: the roles "
        "of brokerage beside the same with group labels shuffled. partial_credit: brokerage with "
        "each pair shared among all who join it, as UCINET counts it.",
    )


class ChangeOp(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    RESTORE = "restore"


_RECORD_KINDS = [kind.value for kind in RecordKind if kind is not RecordKind.MAP]


class OneChange(Schema):
    """One of several changes. Which members are needed depends on `op`."""

    error_messages = {"unknown": "is not a field here", "type": "must be a JSON object"}

    op = choice(ChangeOp, "What to do.", required=True)
    kind = choice(RecordKind, "The kind of record; `map` for the map's own header.", required=True)
    id = text("The record to update, delete or restore.")
    version = whole_number("The version an update or delete is based on.", low=1, in_body=True)
    key = text(
        "For a create: a name by which other changes of this request refer to the new "
        "record, as `#name`."
    )
    record = fields.Dict(
        metadata={
            "description": "For a create: the record, as it would be sent to its own address. "
            "References may be ids or `#key` of another create in this request."
        }
    )
    patch = fields.Dict(metadata={"description": "For an update: a JSON merge patch (RFC 7396)."})


class Changes(Schema):
    changes = fields.List(
        fields.Nested(OneChange),
        required=True,
        validate=validate.Length(min=1, max=10_000, error="must hold 1 to 10,000 changes"),
        error_messages={
            "required": "is needed",
            "invalid": "must be a list",
            "null": "must be a list",
        },
        metadata={"description": "Made in order, all or none."},
    )


class UndoRequest(Schema):
    revision = whole_number("The revision to reverse.", low=1, in_body=True, required=True)


class ProblemMember(Schema):
    pointer = fields.String(metadata={"description": "Where in the body (RFC 6901)."})
    parameter = fields.String(metadata={"description": "Which query parameter or header."})
    detail = fields.String(metadata={"description": "What would be right."})


class Problem(Schema):
    """Why a request was not carried out (RFC 9457)."""

    type = fields.String(metadata={"example": "about:blank"})
    title = fields.String(metadata={"example": "Some values are not right"})
    status = fields.Integer(metadata={"example": 422})
    detail = fields.String(metadata={"example": "strength: must be a whole number from 1 to 5."})
    request_id = fields.String(metadata={"example": "3f1c9a7be2d04c55"})
    errors = fields.List(
        fields.Nested(ProblemMember),
        metadata={
            "example": [{"pointer": "/strength", "detail": "must be a whole number from 1 to 5"}]
        },
    )
    records = fields.List(
        fields.String(), metadata={"description": "The records that stand in the way."}
    )


def page_schema(kind: RecordKind) -> type[Schema]:
    """The answer of a list of records of a kind."""
    cls = CLASSES[kind]
    members: dict[str, Any] = {
        "items": fields.List(fields.Nested(schema_of(cls))),
        "total": fields.Integer(metadata={"description": "How many there are on all pages."}),
        "next": fields.String(
            metadata={"description": "The cursor of the next page; absent on the last."}
        ),
        "may_be_held": fields.List(
            fields.String(),
            metadata={
                "description": "With `on`: those of the items that may or may not have been so."
            },
        ),
    }
    return type(f"{cls.__name__}Page", (Schema,), members)


class Entry(Schema):
    """One line of the map's log."""

    op = fields.String(metadata={"example": "update"})
    kind = fields.String(metadata={"example": "leader"})
    id = fields.String()
    version = fields.Integer()
    revision = fields.Integer()
    at = fields.DateTime()
    actor = fields.String(metadata={"description": "Who did it."})
    cause = fields.String(
        metadata={"description": "The record whose change brought this one about."}
    )
    record = fields.Dict(metadata={"description": "The record as written; absent when deleted."})


class Outcome(Schema):
    """What a request did."""

    revision = fields.Integer(metadata={"description": "The map's revision after it."})
    dry_run = fields.Boolean()
    replayed = fields.Boolean(
        metadata={"description": "True when the same request had been carried out before."}
    )
    changes = fields.List(fields.Nested(Entry))


class Log(Schema):
    items = fields.List(fields.Nested(Entry))
    next = fields.Integer(metadata={"description": "Pass as `after` for the next page."})
