"""Records through the JSON API: create, read, amend, delete, restore, and their history."""

from typing import Any

import pytest

BODIES: dict[str, dict[str, Any]] = {
    "organisations": {"name": "Riverside Council", "kind": "council", "sector": "local_government"},
    "leaders": {"name": "Asha Verma"},
    "accountabilities": {"to": "{body}", "holder": "{asha}", "kind": "post", "title": "Director"},
    "relationships": {"source": "{asha}", "target": "{ben}", "kind": "trusts", "strength": 4},
    "assessments": {"leader": "{asha}", "power": 3, "assessed_on": "2010-02"},
}


def filled(values: dict[str, Any], one_map) -> dict[str, Any]:
    body = one_map.post("/organisations", BODIES["organisations"]).json["id"]
    ids = {"asha": one_map.leader("Asha"), "ben": one_map.leader("Ben"), "body": body}
    return {k: v.format(**ids) if isinstance(v, str) else v for k, v in values.items()}


@pytest.mark.parametrize("plural", BODIES)
def test_keeps_what_was_sent_and_says_where_it_is(one_map, plural):
    values = filled(BODIES[plural], one_map)

    made = one_map.post(f"/{plural}", values)

    assert made.status_code == 201
    assert made.headers["ETag"] == '"1"'
    read = one_map.client.get(made.headers["Location"])
    assert read.status_code == 200
    assert values.items() <= read.json.items()
    assert read.json["author"] == "owner"
    assert read.json["sensitivity"] == "confidential"


@pytest.mark.parametrize("plural", BODIES)
def test_every_kind_is_amended_deleted_restored_and_has_its_history(one_map, plural):
    record = one_map.post(f"/{plural}", filled(BODIES[plural], one_map)).json
    path = f"/{plural}/{record['id']}"
    evidence = [{"basis": "minutes", "citation": "Board, 4 May 2009", "nature": "fact"}]

    amended = one_map.patch(path, {"evidence": evidence}, 1)
    deleted = one_map.delete(path, 2)
    gone = one_map.get(path)
    restored = one_map.post(f"{path}/restore")

    assert amended.json["evidence"][0]["citation"] == "Board, 4 May 2009"
    assert amended.headers["ETag"] == '"2"'
    assert deleted.json["changes"][0]["op"] == "delete"
    assert gone.status_code == 410
    assert restored.json["changes"][0]["op"] == "restore"
    assert one_map.get(path).headers["ETag"] == '"4"'
    history = one_map.get(f"{path}/history").json["items"]
    assert [entry["op"] for entry in history] == ["create", "update", "delete", "restore"]
    assert [entry["version"] for entry in history] == [1, 2, 3, 4]


def test_a_merge_patch_touches_only_what_it_names_and_null_removes(one_map):
    asha, ben = one_map.leader("Asha"), one_map.leader("Ben")
    factors = {"altruism": 3, "long_term": 5}
    tie = one_map.tie(asha, ben, strength=4, factors=factors)

    answer = one_map.patch(
        f"/relationships/{tie}", {"strength": None, "factors": {"altruism": 2}}, 1
    )

    assert "strength" not in answer.json
    assert answer.json["factors"] == {"altruism": 2, "long_term": 5}


def test_a_change_needs_the_version_it_was_based_on(one_map):
    asha = one_map.leader("Asha")

    without = one_map.client.patch(f"{one_map.address}/leaders/{asha}", json={"name": "A"})
    any_version = one_map.client.delete(
        f"{one_map.address}/leaders/{asha}", headers={"If-Match": "*"}
    )
    stale = one_map.patch(f"/leaders/{asha}", {"name": "A"}, 7)
    unknown = one_map.client.patch(
        f"{one_map.address}/leaders/none", json={"name": "A"}, headers={"If-Match": '"1"'}
    )

    assert without.status_code == any_version.status_code == 428
    assert stale.status_code == 412
    assert unknown.status_code == 404
    assert one_map.get(f"/leaders/{asha}").json["name"] == "Asha"


def test_a_reader_who_has_it_is_not_sent_it_again(one_map):
    asha = one_map.leader("Asha")

    for path in (f"/leaders/{asha}", "/leaders", "/measures", ""):
        first = one_map.get(path)
        again = one_map.get(path, headers={"If-None-Match": first.headers["ETag"]})

        assert again.status_code == 304, path
        assert not again.data


def test_the_same_key_changes_once_and_answers_alike(one_map):
    key = {"Idempotency-Key": "ask-1"}

    first = one_map.post("/leaders", {"name": "Asha"}, headers=key)
    again = one_map.post("/leaders", {"name": "Asha"}, headers=key)
    other = one_map.post("/leaders", {"name": "Ben"}, headers=key)

    assert again.status_code == 201
    assert again.json == first.json
    assert again.headers["Location"] == first.headers["Location"]
    assert one_map.get("/leaders").json["total"] == 1
    assert other.status_code == 422


def test_a_repeated_amendment_answers_as_it_did_although_others_changed_it_since(one_map):
    asha = one_map.leader("Asha")
    key = {"Idempotency-Key": "ask-2"}
    first = one_map.patch(f"/leaders/{asha}", {"name": "Asha V"}, 1, **key)
    one_map.patch(f"/leaders/{asha}", {"name": "Asha Verma"}, 2)

    again = one_map.patch(f"/leaders/{asha}", {"name": "Asha V"}, 1, **key)

    assert (again.status_code, again.json) == (200, first.json)
    assert one_map.get(f"/leaders/{asha}").json["name"] == "Asha Verma"


def test_making_a_map_twice_with_one_key_makes_one(client):
    values = {"title": "T", "purpose": "P", "as_at": "2010-03-01"}
    key = {"Idempotency-Key": "map-1"}

    first = client.post("/api/v1/maps", json=values, headers=key)
    again = client.post("/api/v1/maps", json=values, headers=key)

    assert again.json["id"] == first.json["id"]
    assert len(client.get("/api/v1/maps").json["items"]) == 1


def test_deleting_a_leader_shows_first_what_else_would_go(one_map):
    asha, ben = one_map.leader("Asha"), one_map.leader("Ben")
    tie = one_map.tie(asha, ben)

    would = one_map.delete(f"/leaders/{asha}", 1, query_string={"dry_run": "true"})
    before = one_map.get(f"/relationships/{tie}").status_code
    one_map.delete(f"/leaders/{asha}", 1)

    assert {change["id"] for change in would.json["changes"]} == {asha, tie}
    assert would.json["dry_run"] is True
    assert before == 200
    assert one_map.get(f"/relationships/{tie}").status_code == 410


def test_raising_a_leader_raises_the_ties_that_name_them(one_map):
    asha, ben = one_map.leader("Asha"), one_map.leader("Ben")
    tie = one_map.tie(asha, ben)

    one_map.patch(f"/leaders/{asha}", {"sensitivity": "confidential"}, 1)

    assert one_map.get(f"/relationships/{tie}").json["sensitivity"] == "confidential"


def test_a_map_is_deleted_with_all_on_it_and_comes_back_whole(one_map):
    asha = one_map.leader("Asha")

    one_map.delete("", 1)
    gone = one_map.get("/leaders")
    one_map.post("/restore")

    assert gone.status_code == 404
    assert one_map.get(f"/leaders/{asha}").json["name"] == "Asha"
