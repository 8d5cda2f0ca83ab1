"""Jobs as a route or a page asks for them: for the viewer of the request, on one map.

`start` one, `look` at it until it is done, then take its `report`; `cancel` it where nobody
waits for it any more.
"""

import hashlib
import zlib
from typing import Any

from api.context import power_map, service, store, viewer
from api.jobs.errors import NoResult, ResultWithdrawn
from api.jobs.job import Job, State, Subject
from api.jobs.worker import Order
from api.measuring import apart
from graph.findings.measured import about
from graph.network import Network, network
from powermap.model import PowerMap


def start(map_id: str, question: dict[str, Any]) -> Job:
    """The job that measures a network, asked for as the measures are, as the map is now.

    One under way, or done, for the same revision is returned as it stands. Raises `TooManyJobs`
    where it would have to wait behind too many others.
    """
    found = power_map(map_id)
    whole = {"on": found.header.as_at, **question}
    subject = Subject(
        viewer=viewer(),
        map_id=map_id,
        revision=found.revision,
        question=repr(sorted(whole.items())),
    )
    known = service().jobs.same(subject)
    if known is not None:
        return known
    words, beside = apart(whole)
    chosen = network(found, **words)
    return service().jobs.ask(
        subject,
        Order(power_map=found, network=chosen, beside=beside),
        question=words,
        network=about(chosen),
        seen=_digest(found, chosen),
    )


def look(map_id: str, job_id: str) -> Job:
    """A job as it stands; `UnknownJob` unless this viewer asked for it and may see the map."""
    _check_seen(map_id)
    return service().jobs.look(viewer(), map_id, job_id)


def listed(map_id: str) -> list[Job]:
    """This viewer's jobs on a map, the latest first."""
    _check_seen(map_id)
    return service().jobs.all(viewer(), map_id)


def cancel(map_id: str, job_id: str) -> Job:
    """Stop a job, and return it as it ended."""
    _check_seen(map_id)
    return service().jobs.cancel(viewer(), map_id, job_id)


def report(map_id: str, job_id: str) -> str:
    """The result as JSON text.

    Raises `NoResult` where there is none (yet), and `ResultWithdrawn` where the viewer may no
    longer see what it was computed from: somebody was erased since, or a level was raised.
    """
    job = look(map_id, job_id)
    if job.state is not State.DONE:
        raise NoResult(f"The job is {job.state}: {job.sentence}")
    if _check_seen(map_id) != job.subject.revision:
        then = power_map(map_id, job.subject.revision)
        if _digest(then, network(then, **job.question)) != job.seen:
            raise ResultWithdrawn()
    return zlib.decompress(job.report).decode()


def _check_seen(map_id: str) -> int:
    """The map's revision, or `UnknownMap` for whoever may not (or no longer) see it."""
    return store().revision(map_id, viewer())


def _digest(found: PowerMap, chosen: Network) -> str:
    """Of everything that a report on this network can tell."""
    digest = hashlib.sha256(repr(about(chosen)).encode())
    for node in chosen.graph:
        group = chosen.groups.get(node), chosen.other_groups.get(node)
        digest.update(repr((node, getattr(found.record(node), "name", ""), group)).encode())
    for source, target, tie in chosen.graph.edges(data=True):
        digest.update(repr((source, target, tie.get("weight"), tie["ties"])).encode())
    return digest.hexdigest()
