"""What the map's shape says: measures, and the posts that join bodies."""

from http import HTTPStatus
from typing import Any

from flask import Response
from marshmallow import Schema, fields

from api.answers import answer, answer_text
from api.bodies import InvalidQuery
from api.context import power_map
from api.measuring import report_text
from api.plain import plain_joint_post
from api.resources.blueprint import READING, Topic
from api.resources.shapes import Day, MeasuresQuery
from graph.findings.joint_posts import joint_posts
from powermap.errors import InvalidValue

blueprint = Topic("analysis", "What the shape of a map says.", "/<map_id>")


class JointPosts(Schema):
    """Everybody who holds posts in two or more bodies on the day."""

    on = fields.Date()
    items = fields.List(
        fields.Dict(),
        metadata={
            "description": "Each: the `leader`, a `sentence`, whether it is `certain`, "
            "`rungs_apart` on the ladder of seniority (null when fewer than two levels are "
            "recorded), and the `posts`, most senior first, each with the `body`, the "
            "`accountability`, `held` and `answers_to`.",
            "example": [
                {
                    "leader": {"name": "Chris Bull"},
                    "sentence": "Chris Bull is chief executive of …",
                    "certain": True,
                    "rungs_apart": 0,
                    "posts": [],
                }
            ],
        },
    )


class Measures(Schema):
    """All measures of one network, unrounded, with how each was computed."""

    revision = fields.Integer(metadata={"description": "The revision of the map measured."})
    network = fields.Dict(
        metadata={
            "description": "Which network, on whose word, from which strength, without whom; and "
            "how many ties were merged or left out, and why."
        }
    )
    in_words = fields.List(
        fields.String(), metadata={"description": "The same in sentences, to show beside results."}
    )
    answer = fields.Dict(metadata={"description": "The strongest broker, in a sentence."})
    map = fields.Dict(
        metadata={
            "description": "The map as a whole: density, reciprocity, distances; `divisions` (cut "
            "points and bridges), `core_periphery`, `communities`, `key_players` (sets of each "
            "size), `brokerage`, `mixing` (E-I index with its permutation test). Leaders and "
            "organisations by id; null where not defined or not computed."
        }
    )
    map_in_words = fields.List(
        fields.String(), metadata={"description": "What that says, in sentences."}
    )
    nodes = fields.List(
        fields.Dict(),
        metadata={
            "description": "One per leader or organisation: every measure, and under `bands` its "
            "rank with the best and worst it has when any one tie is left out (small maps). Null "
            "means not defined; `reasons` says why.",
            "example": [
                {
                    "id": "…",
                    "name": "Rob Webster",
                    "group": "nhs",
                    "betweenness": 2.0,
                    "brokerage": {"total": {"raw": 2, "expected": 0.4, "sd": 0.8, "z": 2.0}},
                    "reasons": {"constraint_weighted": "no tie with a strength"},
                }
            ],
        },
    )
    method = fields.Dict(
        metadata={"description": "Name, version, direction, weights, isolates of each."}
    )
    not_computed = fields.Dict(metadata={"description": "Measures that would take too long."})


@blueprint.get("/joint-posts")
@blueprint.arguments(Day, location="query")
@blueprint.response(HTTPStatus.OK, JointPosts)
@blueprint.may_fail(*READING)
def list_joint_posts(query: dict[str, Any], map_id: str) -> Response:
    """Who holds posts in two or more bodies on a day, with levels and their asymmetry."""
    found = power_map(map_id)
    on = query.get("on") or found.header.as_at
    items = [plain_joint_post(joint) for joint in joint_posts(found, on)]
    return answer({"on": on.isoformat(), "items": items})


@blueprint.get("/measures")
@blueprint.arguments(MeasuresQuery, location="query")
@blueprint.response(HTTPStatus.OK, Measures)
@blueprint.may_fail(*READING)
def read_measures(query: dict[str, Any], map_id: str) -> Response:
    """Every measure of one network of the map."""
    found = power_map(map_id)
    try:
        text = report_text(found, query)
    except InvalidValue as error:
        raise InvalidQuery(*error.problems) from None
    return answer_text(text)
