"""Measures that take long, as jobs: start one, see how far it is, take its result, or cancel it."""

from http import HTTPStatus
from typing import Any

from flask import Response, url_for
from marshmallow import Schema, fields

from api.answers import answer, answer_text
from api.context import service
from api.jobs import asked
from api.jobs.job import Job, State
from api.resources.analysis import Measures
from api.resources.blueprint import READING, WRITING, Topic
from api.resources.shapes import MeasuresQuery

blueprint = Topic("jobs", "Measures that take long, with progress and cancel.", "/<map_id>/jobs")

ASK_AGAIN = "2"
"""Seconds, for Retry-After."""


class JobShape(Schema):
    """A job as it stands. Only who asked for it sees it."""

    id = fields.String()
    address = fields.String(metadata={"description": "Where to look again, and to cancel it."})
    state = fields.String(metadata={"enum": [state.value for state in State]})
    sentence = fields.String(metadata={"description": "How it stands, or why it ended."})
    share = fields.Float(metadata={"description": "How much is done, from 0 to 1: an estimate."})
    measure = fields.String(
        allow_none=True, metadata={"description": "The measure it is working on."}
    )
    revision = fields.Integer(metadata={"description": "The revision of the map it measures."})
    network = fields.Dict(metadata={"description": "The network it measures, as in the result."})
    asked_at = fields.DateTime()
    begun_at = fields.DateTime(allow_none=True)
    ended_at = fields.DateTime(allow_none=True)
    result = fields.String(
        allow_none=True, metadata={"description": "Where the result is, once it is done."}
    )
    limits = fields.Dict(
        metadata={"description": "The `seconds` and `megabytes` of memory a job may take."}
    )


class JobList(Schema):
    items = fields.List(fields.Nested(JobShape))


@blueprint.post("")
@blueprint.arguments(MeasuresQuery)
@blueprint.response(HTTPStatus.ACCEPTED, JobShape)
@blueprint.may_fail(*WRITING, HTTPStatus.TOO_MANY_REQUESTS)
def start_job(question: dict[str, Any], map_id: str) -> Response:
    """Start measuring one network in full: also what would take too long for one request.

    The body takes what the measures take as query parameters. Asking again while the map is at
    the same revision gives the same job, with its result if it is done. Jobs are kept for an hour
    after they end, sixteen at most, and until the service is stopped.
    """
    job = asked.start(map_id, question)
    response = _answer(job, HTTPStatus.ACCEPTED)
    response.headers["Location"] = _address(job)
    return response


@blueprint.get("")
@blueprint.response(HTTPStatus.OK, JobList)
@blueprint.may_fail(*READING)
def list_jobs(map_id: str) -> Response:
    """Your jobs on this map, the latest first."""
    return answer({"items": [_plain(job) for job in asked.listed(map_id)]})


@blueprint.get("/<job_id>")
@blueprint.response(HTTPStatus.OK, JobShape)
@blueprint.may_fail(*READING)
def read_job(map_id: str, job_id: str) -> Response:
    """How a job stands; look again after the seconds in Retry-After."""
    return _answer(asked.look(map_id, job_id))


@blueprint.get("/<job_id>/result")
@blueprint.response(HTTPStatus.OK, Measures)
@blueprint.may_fail(*READING, HTTPStatus.CONFLICT, HTTPStatus.GONE)
def read_result(map_id: str, job_id: str) -> Response:
    """Every measure, in the shape of the map's measures; 409 while there is no result."""
    return answer_text(asked.report(map_id, job_id))


@blueprint.delete("/<job_id>")
@blueprint.response(HTTPStatus.OK, JobShape)
@blueprint.may_fail(*READING)
def cancel_job(map_id: str, job_id: str) -> Response:
    """Cancel a job: its work stops at once. One that has ended stays as it ended."""
    return _answer(asked.cancel(map_id, job_id))


def _answer(job: Job, status: HTTPStatus = HTTPStatus.OK) -> Response:
    response = answer(_plain(job), status)
    if not job.state.is_final:
        response.headers["Retry-After"] = ASK_AGAIN
    return response


def _address(job: Job) -> str:
    return url_for("jobs.read_job", map_id=job.subject.map_id, job_id=job.id)


def _plain(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "address": _address(job),
        "state": job.state.value,
        "sentence": job.sentence,
        "share": round(job.share, 4),
        "measure": job.measure,
        "revision": job.subject.revision,
        "network": dict(job.network),
        "asked_at": job.asked_at.isoformat(),
        "begun_at": job.begun_at and job.begun_at.isoformat(),
        "ended_at": job.ended_at and job.ended_at.isoformat(),
        "result": f"{_address(job)}/result" if job.state is State.DONE else None,
        "limits": {"seconds": service().jobs.seconds, "megabytes": service().jobs.megabytes},
    }
