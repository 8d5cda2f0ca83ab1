"""Measures as jobs, through the API: start, look, take the result, cancel."""

import json
import time
from dataclasses import replace

import pytest

from api.context import EXTENSION
from powermap.access import Role, Viewer
from powermap.changes import Create, Request, Update
from powermap.model import Relationship


@pytest.fixture(autouse=True)
def nothing_left_at_work(app):
    yield
    app.extensions[EXTENSION].jobs.close()


@pytest.fixture
def pair(one_map):
    """Two people on the map, and a tie between them."""
    asha, dele = one_map.leader("Asha"), one_map.leader("Dele")
    one_map.tie(asha, dele)
    return one_map


def started(one_map, **question):
    answer = one_map.post("/jobs", question)
    assert answer.status_code == 202, answer.json
    return answer.json["address"]


def ended(one_map, address):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        answer = one_map.client.get(address)
        if answer.json["ended_at"] is not None:
            return answer
        assert answer.headers["Retry-After"] == "2"
        time.sleep(0.05)
    raise AssertionError(answer.json)


def test_a_job_is_accepted_and_ends_with_what_the_measures_say(pair):
    accepted = pair.post("/jobs", {"unit": "leaders", "on": "2010-01-01"})

    assert accepted.status_code == 202
    assert accepted.headers["Location"] == accepted.json["address"]
    assert accepted.json["state"] in ("waiting", "running")
    assert accepted.json["result"] is None
    done = ended(pair, accepted.headers["Location"])
    assert (done.status_code, done.json["state"], done.json["share"]) == (200, "done", 1.0)
    assert "Retry-After" not in done.headers
    assert done.json["network"]["on"] == "2010-01-01"
    assert done.json["limits"] == {"seconds": 3600, "megabytes": 4096}
    result = pair.client.get(done.json["result"])
    assert result.content_type == "application/json"
    assert result.json == pair.get("/measures?on=2010-01-01").json
    again = pair.client.get(done.json["result"], headers={"If-None-Match": result.headers["ETag"]})
    assert again.status_code == 304


def test_asking_again_gives_the_same_job_until_the_map_changes(pair):
    first = started(pair)
    ended(pair, first)

    same = pair.post("/jobs", {"layer": "relationships", "on": "2010-03-01"})
    assert (same.json["address"], same.json["state"]) == (first, "done")
    pair.leader("Gwen")
    assert started(pair) != first
    assert len(pair.get("/jobs").json["items"]) == 2


def test_a_result_of_an_earlier_revision_is_still_given(pair):
    address = started(pair)
    ended(pair, address)

    pair.leader("Gwen")

    assert len(pair.client.get(f"{address}/result").json["nodes"]) == 2


def test_a_result_is_withdrawn_when_its_reader_may_no_longer_see_what_is_in_it(app, pair):
    store = app.extensions[EXTENSION].store
    colleague = Viewer("colleague", Role.EDITOR)

    def keep(change, name):
        store.apply(pair.id, colleague, [change], request=Request(name, name))

    asha, dele = store.read(pair.id, colleague).leaders
    seen = Relationship(id="seen", source=dele, target=asha, kind="trusts")
    keep(Create(seen), "made")
    address = started(pair)
    ended(pair, address)

    keep(Update(replace(seen, strength=5), 1), "changed")
    changed = pair.client.get(f"{address}/result")
    keep(Update(replace(seen, sensitivity="private"), 2), "hidden")
    hidden = pair.client.get(f"{address}/result")

    assert changed.status_code == 200
    assert hidden.status_code == 410
    assert hidden.json["title"] == "The result is no longer shown"
    assert started(pair) != address


def test_there_is_no_result_before_the_end_nor_after_a_cancel(pair):
    address = started(pair)

    early = pair.client.get(f"{address}/result")
    cancelled = pair.client.delete(address)
    twice = pair.client.delete(address)
    late = pair.client.get(f"{address}/result")

    assert early.status_code == 409
    assert early.content_type == "application/problem+json"
    assert early.json["title"] == "There is no result"
    assert (cancelled.status_code, cancelled.json["state"]) == (200, "cancelled")
    assert twice.json == cancelled.json
    assert late.status_code == 409
    assert late.json["detail"] == "The job is cancelled: Cancelled."


@pytest.mark.parametrize(
    ("body", "pointer", "says"),
    [
        ({"unit": "people"}, "/unit", "must be one of: leaders, organisations"),
        ({"on": 2010}, "/on", "must be a day such as 2010-03-01"),
        ({"on": "2010"}, "/on", "must be a day such as 2010-03-01"),
        ({"layer": None}, "/layer", "must not be null"),
        ({"group_by": ["sector"]}, "/group_by", "must be one of: sector"),
        ({"everything": True}, "/everything", "is not a parameter here"),
    ],
)
def test_a_wrong_parameter_is_named(pair, body, pointer, says):
    answer = pair.post("/jobs", body)

    assert answer.status_code == 422
    (problem,) = answer.json["errors"]
    assert problem["pointer"] == pointer
    assert problem["detail"].startswith(says)


@pytest.mark.parametrize("body", ["", "[]", '"x"', "{", '{"on": "2010-01-01"}{}'])
def test_a_body_that_is_no_object_is_refused(pair, body):
    answer = pair.client.post(pair.address + "/jobs", data=body, content_type="application/json")

    assert answer.status_code in (400, 422)
    assert answer.content_type == "application/problem+json"


def test_jobs_of_other_maps_and_unknown_maps_are_not_found(client, pair):
    address = started(pair)
    other = client.post("/api/v1/maps", json={"title": "B", "purpose": "C", "as_at": "2010-03-01"})
    job = address.rsplit("/", 1)[1]

    for path in (f"/api/v1/maps/{other.json['id']}/jobs/{job}", f"/api/v1/maps/none/jobs/{job}"):
        assert client.get(path).status_code == 404
        assert client.get(f"{path}/result").status_code == 404
        assert client.delete(path).status_code == 404
    assert client.get("/api/v1/maps/none/jobs").status_code == 404
    assert client.post("/api/v1/maps/none/jobs", json={}).status_code == 404
    assert client.get(address).json["state"] != "cancelled"


def test_more_than_may_wait_are_refused_with_what_to_do(pair):
    days = [f"2010-01-{day:02}" for day in range(1, 9)]

    answers = [pair.post("/jobs", {"on": day}) for day in days]

    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert refused[0].json["title"] == "Too many jobs are waiting"
    assert "cancel one" in refused[0].json["detail"]
    assert refused[0].headers["Retry-After"]


def test_what_is_kept_of_a_job_is_no_name(pair):
    ended(pair, started(pair))

    (job,) = pair.get("/jobs").json["items"]

    assert "Asha" not in json.dumps(job)


def test_what_is_too_long_for_one_request_says_how_it_is_had_as_a_job(pair, monkeypatch):
    monkeypatch.setattr("graph.measures.centrality.BETWEENNESS_SECONDS_PER_STEP", 10.0)

    told = pair.get("/measures").json["not_computed"]["betweenness"]

    assert told.endswith(f"A job may take longer: POST the same parameters to {pair.address}/jobs.")
