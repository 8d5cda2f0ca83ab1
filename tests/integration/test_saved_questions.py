"""Questions are kept, asked again, and show what is new; through the API and with the command."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.saved import asked_again, plain_again, to_save
from graph.stores import open_store
from powermap.saved import MOST_SAVED
from tests.contract.board import (
    CONFIDENTIAL,
    OPEN,
    OWNER,
    READER,
    Board,
    Place,
    leader,
    tie,
)
from tests.integration.conftest import OneMap

ONE_WAY = {"name": "One-way ties", "question": "gaps", "parameters": {"kinds": "one_way"}}


def save(one_map: OneMap, **values: Any) -> Any:
    answer = one_map.post("/saved-questions", {**ONE_WAY, **values})
    assert answer.status_code in (200, 201), answer.json
    return answer.json


def ask_again(one_map: OneMap, saved: Any) -> Any:
    answer = one_map.get(f"/saved-questions/{saved['id']}/answer")
    assert answer.status_code == 200, answer.json
    return answer.json


def changes(again: Any) -> dict[str, str]:
    """Between whom each tie is that is new, or gone, or still there."""
    return {
        " and ".join(sorted(party["name"] for party in row["parties"])): row["facts"]["change"]
        for row in again["since"]["rows"]
    }


# -- saving ---------------------------------------------------------------------------------------


def test_a_question_is_saved_listed_and_read(one_map: OneMap) -> None:
    one_map.leader("Kim")

    answer = one_map.post("/saved-questions", ONE_WAY)

    assert answer.status_code == 201, answer.json
    saved = answer.json
    assert saved["name"] == "One-way ties"
    assert saved["asks"] == "Where is something missing, weak or out of date?"
    assert saved["parameters"] == {"kinds": "one_way"}
    assert (saved["seen_revision"], saved["saved_by"], saved["version"]) == (2, "owner", 1)
    assert answer.headers["Location"] == saved["address"]
    read = one_map.client.get(saved["address"])
    assert read.json == saved
    assert read.headers["ETag"] == '"1"'
    assert one_map.get("/saved-questions").json == {"revision": 2, "items": [saved]}


def test_saving_again_replaces(one_map: OneMap) -> None:
    first = save(one_map)

    answer = one_map.post("/saved-questions", {**ONE_WAY, "parameters": {"kinds": "gone_cold"}})

    assert answer.status_code == 200
    assert (answer.json["id"], answer.json["version"]) == (first["id"], 2)
    items = one_map.get("/saved-questions").json["items"]
    assert [item["parameters"] for item in items] == [{"kinds": "gone_cold"}]


def test_a_reader_who_has_it_is_not_sent_it_again(one_map: OneMap) -> None:
    saved = save(one_map)
    headers = {"If-None-Match": '"1"'}

    assert one_map.client.get(saved["address"], headers=headers).status_code == 304
    one_map.post(f"/saved-questions/{saved['id']}/seen")
    assert one_map.client.get(saved["address"], headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"name": None}, "/name"),
        ({"name": " "}, "/name"),
        ({"name": "x" * 201}, "/name"),
        ({"name": 7}, "/name"),
        ({"question": "nothing"}, "/question"),
        ({"question": ["gaps"]}, "/question"),
        ({"parameters": []}, "/parameters"),
        ({"parameters": None}, "/parameters"),
        ({"parameters": {"kinds": "nothing"}}, "/parameters/kinds"),
        ({"parameters": {"kinds": ["one_way"]}}, "/parameters/kinds"),
        ({"parameters": {"kinds": None}}, "/parameters/kinds"),
        ({"parameters": {"on": "soon"}}, "/parameters/on"),
        ({"parameters": {"on": 2010}}, "/parameters/on"),
        ({"parameters": {"who": "me"}}, "/parameters/who"),
        ({"question": "one-page", "parameters": {}}, "/parameters/party"),
        ({"question": "one-page", "parameters": {"party": "nobody"}}, "/parameters/party"),
        (
            {"question": "gaps-since", "parameters": {"from_revision": "9"}},
            "/parameters/from_revision",
        ),
        (
            {"question": "gaps-since", "parameters": {"from_revision": 1}},
            "/parameters/from_revision",
        ),
        ({"seen_revision": 1}, "/seen_revision"),
    ],
)
def test_what_is_wrong_is_named(one_map: OneMap, values: dict[str, Any], pointer: str) -> None:
    answer = one_map.post("/saved-questions", {**ONE_WAY, **values})

    assert answer.status_code == 422, answer.json
    assert answer.content_type == "application/problem+json"
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    assert one_map.get("/saved-questions").json["items"] == []


def test_a_question_that_means_nothing_for_the_person_named_is_not_saved(one_map: OneMap) -> None:
    body = one_map.post(
        "/organisations", {"name": "Council", "kind": "council", "sector": "local_government"}
    ).json["id"]

    answer = one_map.post(
        "/saved-questions",
        {"name": "Leaving", "question": "if-leaves", "parameters": {"leader": body}},
    )

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/parameters/leader"


def test_the_most_that_are_kept_is_said(one_map: OneMap) -> None:
    for number in range(MOST_SAVED):
        save(one_map, name=f"Question {number}", parameters={"kinds": "no_holder"})

    answer = one_map.post("/saved-questions", ONE_WAY)

    assert answer.status_code == 409
    assert f"You keep {MOST_SAVED} questions of this map already" in answer.json["detail"]


# -- asking again ---------------------------------------------------------------------------------


def test_gaps_show_what_is_new_until_it_has_been_seen(one_map: OneMap) -> None:
    kim, lee, ray = (one_map.leader(name) for name in ("Kim", "Lee", "Ray"))
    one_map.tie(kim, lee)
    saved = save(one_map)
    assert ask_again(one_map, saved)["differs"] is False
    one_map.tie(ray, kim)

    again = ask_again(one_map, saved)

    assert again["differs"] is True
    assert (again["saved"]["seen_revision"], again["revision"]) == (5, 6)
    assert changes(again) == {"Kim and Ray": "new", "Kim and Lee": "still_there"}
    assert "Since revision 5, one gap is new." in again["since"]["sentences"]
    assert len(again["answer"]["rows"]) == 2
    assert ask_again(one_map, saved) == again, "asking changes nothing"

    seen = one_map.post(f"/saved-questions/{saved['id']}/seen?revision=6")

    assert seen.status_code == 200
    assert (seen.json["seen_revision"], seen.json["version"]) == (6, 2)
    after = ask_again(one_map, saved)
    assert after["differs"] is False
    assert set(changes(after).values()) == {"still_there"}


def test_what_changed_between_the_answer_and_the_mark_stays_new(one_map: OneMap) -> None:
    kim, lee, ray = (one_map.leader(name) for name in ("Kim", "Lee", "Ray"))
    saved = save(one_map)
    one_map.tie(kim, lee)
    answered = ask_again(one_map, saved)
    one_map.tie(ray, kim)

    one_map.post(f"/saved-questions/{saved['id']}/seen?revision={answered['revision']}")

    assert changes(ask_again(one_map, saved)) == {
        "Kim and Ray": "new",
        "Kim and Lee": "still_there",
    }


def test_without_a_revision_the_present_one_is_marked(one_map: OneMap) -> None:
    saved = save(one_map)
    one_map.leader("Kim")
    one_map.leader("Lee")

    assert one_map.post(f"/saved-questions/{saved['id']}/seen").json["seen_revision"] == 3


def test_another_question_says_whether_its_answer_differs(one_map: OneMap) -> None:
    kim, lee = one_map.leader("Kim"), one_map.leader("Lee")
    tie = one_map.tie(kim, lee)
    saved = save(one_map, name="Kim", question="one-page", parameters={"party": kim})
    same = ask_again(one_map, saved)
    assert same["differs"] is False
    assert "then" not in same and "since" not in same
    one_map.patch(f"/relationships/{tie}", {"kind": "advises"}, 1)

    again = ask_again(one_map, saved)

    assert again["differs"] is True
    assert again["then"] == same["answer"]["sentences"]
    assert again["answer"] == one_map.get(f"/findings/one-page?party={kim}").json
    one_map.patch(f"/relationships/{tie}", {"kind": "trusts"}, 2)
    assert ask_again(one_map, saved)["differs"] is False, "it is as it was"


@pytest.mark.parametrize("revision", ["0", "4", "-1", "soon", "1.0", "٣"])
def test_a_revision_that_cannot_have_been_seen_is_refused(one_map: OneMap, revision: str) -> None:
    saved = save(one_map)

    answer = one_map.post(f"/saved-questions/{saved['id']}/seen?revision={revision}")

    assert answer.status_code == 422
    assert [error["parameter"] for error in answer.json["errors"]] == ["revision"]
    assert one_map.client.get(saved["address"]).json == saved


def test_a_question_about_somebody_who_is_gone_says_so(one_map: OneMap) -> None:
    kim = one_map.leader("Kim")
    saved = save(one_map, name="Kim", question="one-page", parameters={"party": kim})
    one_map.delete(f"/leaders/{kim}", 1)

    answer = one_map.get(f"/saved-questions/{saved['id']}/answer")

    assert answer.status_code == 409
    assert "party: must be the id of a leader or organisation" in answer.json["detail"]


def test_a_question_about_somebody_who_was_not_there_yet_is_answered_for_now(
    one_map: OneMap,
) -> None:
    kim = one_map.leader("Kim")
    saved = save(one_map, name="Kim", question="one-page", parameters={"party": kim})
    one_map.post(f"/saved-questions/{saved['id']}/seen?revision=1")

    again = ask_again(one_map, saved)

    assert "differs" not in again
    assert again["answer"]["sentences"]


def test_what_was_then_names_nobody_who_is_hidden_since() -> None:
    store = open_store("sqlite://")
    board = Board(store, Place("sqlite://"))
    board.add(leader("kim", OPEN), leader("lee", OPEN, name="Canary"), tie("t", "kim", "lee", OPEN))
    told = {}
    for viewer in (READER, OWNER):
        at = partial(board.read, viewer)
        wanted, finding = to_save(at(), "Kim", "one-page", {"party": "kim"}, at)
        assert "Canary" in repr(finding)
        saved = store.save_question(board.id, viewer, wanted)
        told[viewer] = saved, at
    board.change(leader("lee", CONFIDENTIAL, name="Canary"), 1)

    again = {
        viewer: json.dumps(plain_again(at(), asked_again(at(), saved, at)))
        for viewer, (saved, at) in told.items()
    }

    assert "Canary" not in again[READER]
    assert "Canary" in again[OWNER]
    store.close()


# -- forgetting -----------------------------------------------------------------------------------


def test_a_question_is_forgotten_at_the_version_it_was_read(one_map: OneMap) -> None:
    saved = save(one_map)
    address = f"/saved-questions/{saved['id']}"

    assert one_map.client.delete(saved["address"]).status_code == 428
    assert one_map.delete(address, 2).status_code == 412
    assert one_map.delete(address, 1).status_code == 204
    for answer in (
        one_map.delete(address, 1),
        one_map.get(address),
        one_map.get(f"{address}/answer"),
    ):
        assert answer.status_code == 404
        assert answer.json["title"] == "No such saved question"
    assert one_map.post(f"{address}/seen").status_code == 404


def test_nothing_is_kept_of_a_map_that_is_not_there(client: FlaskClient) -> None:
    nowhere = OneMap(client, "none")

    assert nowhere.get("/saved-questions").status_code == 404
    assert nowhere.post("/saved-questions", ONE_WAY).status_code == 404
    assert nowhere.get("/saved-questions/x/answer").status_code == 404


def test_a_page_of_another_site_saves_nothing(one_map: OneMap) -> None:
    answer = one_map.post("/saved-questions", ONE_WAY, headers={"Origin": "http://elsewhere"})

    assert answer.status_code == 403
