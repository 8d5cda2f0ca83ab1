"""One job on a page: how far it has come, and a way to stop it."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from api.context import power_map
from api.jobs import asked as jobs
from api.jobs.errors import TooManyJobs
from api.jobs.job import State
from api.pages.form_key import FIELD
from api.pages.measures.asked import read
from api.pages.shell import render_on_map
from powermap.errors import InvalidValue

_ENDED = {
    State.DONE: "The measures are there",
    State.FAILED: "The work could not be finished",
    State.CANCELLED: "The work was stopped",
}


def start_job(map_id: str) -> Response | tuple[str, int]:
    given = {name: text for name, text in request.form.items() if name != FIELD}
    asked = read(power_map(map_id), given)
    if asked.problems:
        raise InvalidValue(*asked.problems)
    try:
        job = jobs.start(map_id, dict(asked.question))
    except TooManyJobs as error:
        page = render_on_map(
            "pages/measures/too_many.html", map_id, "measures", told=str(error), asked=asked
        )
        return page, 429
    texts: dict[str, Any] = dict(asked.texts)
    return redirect(url_for("pages.job", map_id=map_id, job_id=job.id, **texts), 303)


def show_job(map_id: str, job_id: str) -> str:
    job = jobs.look(map_id, job_id)
    texts: dict[str, Any] = {name: text for name, text in request.args.items() if name != "job"}
    return render_on_map(
        "pages/measures/job.html",
        map_id,
        "measures",
        job=job,
        heading=_ENDED.get(job.state, "Measuring"),
        texts=texts,
        result=url_for("pages.measures", map_id=map_id, **{**texts, "job": job_id}),
    )


def cancel_job(map_id: str, job_id: str) -> Response:
    jobs.cancel(map_id, job_id)
    texts: dict[str, Any] = request.args.to_dict()
    return redirect(url_for("pages.job", map_id=map_id, job_id=job_id, **texts), 303)


def register(blueprint: Blueprint) -> None:
    one = "/maps/<map_id>/measures/jobs/<job_id>"
    blueprint.add_url_rule("/maps/<map_id>/measures/jobs", "start_job", start_job, methods=["POST"])
    blueprint.add_url_rule(one, "job", show_job)
    blueprint.add_url_rule(f"{one}/cancel", "cancel_job", cancel_job, methods=["POST"])
