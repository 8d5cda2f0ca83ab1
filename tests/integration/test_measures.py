"""The report of measures through the API: what can be chosen, what is refused, what is kept."""

import time

import pytest

from api import measuring
from api.context import EXTENSION
from powermap.access import Role, Viewer


@pytest.fixture
def seen(one_map):
    """Four people; Ben names Asha back, Carys nobody."""
    for name in ("Asha", "Ben", "Carys", "Dele"):
        one_map.leaders[name] = one_map.leader(name)
    for source, target, strength in (
        ("Asha", "Ben", 5),
        ("Ben", "Asha", 2),
        ("Ben", "Carys", 4),
        ("Dele", "Asha", None),
    ):
        values = {"strength": strength} if strength else {}
        one_map.tie(one_map.leaders[source], one_map.leaders[target], **values)
    return one_map


@pytest.fixture
def counted(monkeypatch):
    """How often a report was worked out."""
    made = []
    work = measuring.measured

    def count(*given, **asked):
        made.append(asked)
        return work(*given, **asked)

    monkeypatch.setattr(measuring, "measured", count)
    return made


def ties(answer):
    assert answer.status_code == 200, answer.json
    return answer.json["network"]["ties"]


def test_an_analyst_can_choose_whose_word_counts_how_strong_and_without_whom(seen):
    asha, dele = seen.leaders["Asha"], seen.leaders["Dele"]

    assert ties(seen.get("/measures")) == 4
    assert ties(seen.get("/measures?views=both")) == 2
    assert ties(seen.get("/measures?views=mean")) == 6
    assert ties(seen.get("/measures?at_least=3")) == 2
    assert ties(seen.get("/measures?views=mean&at_least=4")) == 2
    assert ties(seen.get(f"/measures?without={asha}")) == 1
    assert ties(seen.get(f"/measures?without={asha};{dele}")) == 1


def test_every_choice_is_named_beside_the_result(seen):
    asha = seen.leaders["Asha"]

    report = seen.get(f"/measures?views=both&at_least=2&without={asha}").json

    about = report["network"]
    assert (about["views"], about["at_least"], about["without"]) == ("both", 2, [asha])
    assert (about["one_sided"], about["of_those_left_out"]) == (1, 3)
    assert report["in_words"][-1] == (
        "Left out, as though not on the map: Asha, and with them three ties."
    )
    for name in ("betweenness", "communities", "core_periphery", "mixing", "loss_divides_most_1"):
        for part in ("definition", "Direction:", "Weights:", "Isolates:"):
            assert part in report["method"][name]


def test_the_whole_report_is_there_and_more_on_request(seen):
    usual = seen.get("/measures").json
    more = seen.get("/measures?largest_set=1&also=permutation,partial_credit").json

    assert usual["map"]["divisions"]["cut_points"]
    assert [one["size"] for one in usual["map"]["key_players"]["together_reach_most"]] == [1, 2]
    assert [one["size"] for one in more["map"]["key_players"]["together_reach_most"]] == [1]
    asked_for = {"brokerage_shuffled", "brokerage_partial_credit"}
    assert not asked_for & usual["map"].keys()
    assert asked_for < more["map"].keys()
    assert asked_for < more["method"].keys()
    assert usual["nodes"][0]["bands"]["betweenness"].keys() == {"rank", "best", "worst"}


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        ("views=all", "views", "must be one of: either, both, mean"),
        ("views=", "views", "must be one of: either, both, mean"),
        ("at_least=0", "at_least", "must be a whole number from 1 to 5"),
        ("at_least=2.5", "at_least", "must be a whole number from 1 to 5"),
        ("at_least=6", "at_least", "must be a whole number from 1 to 5"),
        ("without=nobody", "without", "must be ids of leaders or organisations on this map"),
        ("without=", "without", "must be 1 to 50 ids, with semicolons between"),
        ("without=" + ";".join(map(str, range(51))), "without", "must be 1 to 50 ids"),
        ("largest_set=0", "largest_set", "must be a whole number from 1 to 3"),
        ("largest_set=4", "largest_set", "must be a whole number from 1 to 3"),
        ("also=everything", "also", "must be one or more of: permutation, partial_credit"),
        ("also=", "also", "must be one or more of: permutation, partial_credit"),
        ("group_by=age", "group_by", "must be one of: sector, kind, organisation, level"),
        ("group_by=level&unit=organisations", "group_by", "a body has no level"),
        ("layer=accountabilities&views=both", "views", "must be either"),
        ("layer=accountabilities&at_least=2", "at_least", "accountabilities have no strength"),
        ("threshold=3", "threshold", "is not a parameter here"),
        ("views=both&views=mean", "views", "is given more than once"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(seen, query, parameter, says):
    answer = seen.get(f"/measures?{query}")

    assert answer.status_code == 422, answer.json
    assert answer.content_type == "application/problem+json"
    assert answer.json["errors"][0]["parameter"] == parameter
    assert says in answer.json["errors"][0]["detail"]


def test_nobody_can_be_left_out_who_cannot_be_seen(seen, monkeypatch):
    hidden = seen.leader("Hidden", sensitivity="private")
    as_viewer(monkeypatch, Viewer("other", Role.EDITOR))

    unseen = seen.get(f"/measures?without={hidden}")
    absent = seen.get("/measures?without=nobody")

    assert unseen.status_code == absent.status_code == 422
    assert unseen.json["detail"] == absent.json["detail"].replace("nobody", hidden)


def as_viewer(monkeypatch, viewer):
    monkeypatch.setattr(measuring, "viewer", lambda: viewer)
    monkeypatch.setattr("api.context.viewer", lambda: viewer)


def test_the_same_report_is_worked_out_once(seen, counted):
    first = seen.get("/measures")
    again = seen.get("/measures?on=2010-03-01&layer=relationships")

    assert first.data == again.data
    assert len(counted) == 1
    assert seen.get("/measures?views=both").json != first.json
    assert len(counted) == 2


def test_a_new_revision_is_measured_anew(seen, counted):
    before = seen.get("/measures").json
    seen.tie(seen.leaders["Carys"], seen.leaders["Ben"])

    after = seen.get("/measures").json

    assert (before["network"]["ties"], after["network"]["ties"]) == (4, 5)
    assert after["revision"] == before["revision"] + 1
    assert len(counted) == 2


def test_no_viewer_gets_what_another_may_see(seen, counted, monkeypatch):
    seen.leader("Private One", sensitivity="private")
    seen.leader("Confidential One", sensitivity="confidential")
    owner = seen.get("/measures").json

    as_viewer(monkeypatch, Viewer("other", Role.EDITOR))
    editor = seen.get("/measures").json
    as_viewer(monkeypatch, Viewer("third", Role.VIEWER))
    viewer = seen.get("/measures").json
    as_viewer(monkeypatch, Viewer("fourth", Role.VIEWER))
    alike = seen.get("/measures").json

    assert [len(one["nodes"]) for one in (owner, editor, viewer)] == [6, 5, 4]
    assert alike == viewer
    assert len(counted) == 3, "two viewers who see the same share a report"


@pytest.fixture
def jobs(app):
    yield app.extensions[EXTENSION].jobs
    app.extensions[EXTENSION].jobs.close()


def test_a_job_takes_the_same_words_and_gives_the_same_report(seen, jobs):
    asked = {"views": "both", "at_least": 2, "largest_set": 1, "also": "permutation"}

    job = seen.post("/jobs", asked)

    assert job.status_code == 202, job.json
    end = time.monotonic() + 30
    while job.json["result"] is None and time.monotonic() < end:
        time.sleep(0.1)
        job = seen.client.get(job.json["address"])
    words = "&".join(f"{name}={value}" for name, value in asked.items())
    assert seen.client.get(job.json["result"]).json == seen.get(f"/measures?{words}").json


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"also": "everything"}, "/also"),
        ({"at_least": "two"}, "/at_least"),
        ({"at_least": True}, "/at_least"),
        ({"without": 7}, "/without"),
        ({"without": "nobody"}, "/without"),
        ({"layer": "accountabilities", "views": "both"}, "/views"),
    ],
)
def test_a_job_that_cannot_be_asked_for_is_refused_by_name(seen, jobs, asked, pointer):
    refused = seen.post("/jobs", asked)

    assert refused.status_code == 422, refused.json
    assert refused.json["errors"][0]["pointer"] == pointer
