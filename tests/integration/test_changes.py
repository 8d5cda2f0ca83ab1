"""Many changes at once, the log, and undo."""


def create(kind, record, key=None):
    change = {"op": "create", "kind": kind, "record": {"sensitivity": "open", **record}}
    return change | ({"key": key} if key else {})


def test_new_records_may_name_each_other_in_any_order(one_map):
    tie = {"source": "#asha", "target": "#ben", "kind": "trusts"}
    changes = [
        create("relationship", tie),
        create("leader", {"name": "Asha"}, "asha"),
        create("leader", {"name": "Ben"}, "ben"),
    ]

    answer = one_map.post("/changes", {"changes": changes})

    assert answer.status_code == 200
    found = one_map.get("/relationships?q=asha").json["items"][0]
    assert found["source"] == answer.json["changes"][1]["id"]
    assert answer.json["revision"] == 2


def test_one_wrong_change_leaves_nothing_and_every_fault_is_named(one_map):
    changes = [
        create("leader", {"name": "Asha"}, "asha"),
        create("leader", {"name": " "}),
        create("relationship", {"source": "#asha", "target": "#nobody", "kind": "trusts"}),
        {"op": "update", "kind": "leader", "id": "x", "version": 1},
    ]

    answer = one_map.post("/changes", {"changes": changes})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [
        "/changes/1/record/name",
        "/changes/2/record/target",
        "/changes/3/patch",
    ]
    assert one_map.get("/leaders").json["total"] == 0
    assert one_map.get("/changes").json["items"][-1]["revision"] == 1


def test_a_stale_version_among_many_points_to_its_change(one_map):
    asha = one_map.leader("Asha")
    changes = [
        create("leader", {"name": "Ben"}),
        {"op": "update", "kind": "leader", "id": asha, "version": 9, "patch": {"name": "A"}},
    ]

    answer = one_map.post("/changes", {"changes": changes})

    assert answer.status_code == 412
    assert answer.json["errors"][0]["pointer"] == "/changes/1"
    assert one_map.get("/leaders").json["total"] == 1


def test_later_changes_of_a_record_build_on_the_earlier_ones(one_map):
    asha, ben = one_map.leader("Asha"), one_map.leader("Ben")
    tie = one_map.tie(asha, ben)
    update = {"op": "update", "kind": "relationship", "id": tie}

    answer = one_map.post(
        "/changes",
        {
            "changes": [
                {**update, "version": 1, "patch": {"strength": 4}},
                {**update, "version": 2, "patch": {"cadence": "weekly"}},
            ]
        },
    )

    assert answer.status_code == 200
    read = one_map.get(f"/relationships/{tie}").json
    assert (read["strength"], read["cadence"], read["version"]) == (4, "weekly", 3)


def test_a_dry_run_answers_and_stores_nothing(one_map):
    changes = {"changes": [create("leader", {"name": "Asha"})]}

    answer = one_map.post("/changes?dry_run=true", changes)

    assert answer.json["dry_run"] is True
    assert answer.json["changes"][0]["record"]["name"] == "Asha"
    assert one_map.get("/leaders").json["total"] == 0


def test_undo_reverses_one_request_and_can_itself_be_undone(one_map):
    asha, ben = one_map.leader("Asha"), one_map.leader("Ben")
    one_map.tie(asha, ben)
    revision = one_map.delete(f"/leaders/{asha}", 1).json["revision"]

    undone = one_map.post("/undo", {"revision": revision})
    ties_then = one_map.get("/relationships").json["total"]
    again = one_map.post("/undo", {"revision": undone.json["revision"]})

    assert undone.status_code == again.status_code == 200
    assert ties_then == 1
    assert one_map.get("/relationships").json["total"] == 0
    assert one_map.get(f"/leaders/{asha}").status_code == 410


def test_undo_is_refused_when_later_changes_stand_on_it_and_names_them(one_map):
    asha = one_map.leader("Asha")
    ben = one_map.leader("Ben")
    tie = one_map.tie(asha, ben)

    answer = one_map.post("/undo", {"revision": 2})

    assert answer.status_code == 409
    assert answer.json["records"] == [tie]
    assert one_map.get(f"/leaders/{asha}").status_code == 200


def test_the_log_is_read_in_pages_of_revisions(one_map):
    for name in ("Asha", "Ben", "Carys"):
        one_map.leader(name)

    first = one_map.get("/changes?limit=2")
    second = one_map.get(f"/changes?limit=9&after={first.json['next']}")

    assert [item["revision"] for item in first.json["items"]] == [1, 2]
    assert [item["revision"] for item in second.json["items"]] == [3, 4]
    assert "next" not in second.json
