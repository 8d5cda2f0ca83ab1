"""Lists: order, pages, filters, words and dates."""


def names(answer):
    return [item["name"] for item in answer.json["items"]]


def test_pages_follow_the_alphabet_and_miss_nothing_when_others_write(one_map):
    for name in ("Dele", "asha", "Carys", "Ben", "Émile"):
        one_map.leader(name)

    first = one_map.get("/leaders?limit=2")
    one_map.leader("Aaron")  # before the page just read: not to be met again
    one_map.leader("Cato")
    second = one_map.get(f"/leaders?limit=2&cursor={first.json['next']}")
    third = one_map.get(f"/leaders?limit=9&cursor={second.json['next']}")

    assert names(first) == ["asha", "Ben"]
    assert names(second) == ["Carys", "Cato"]
    assert names(third) == ["Dele", "Émile"]
    assert "next" not in third.json


def test_a_cursor_outlives_the_record_it_stood_on(one_map):
    ids = {name: one_map.leader(name) for name in ("Asha", "Ben", "Carys")}
    first = one_map.get("/leaders?limit=2")
    one_map.delete(f"/leaders/{ids['Ben']}", 1)

    second = one_map.get(f"/leaders?cursor={first.json['next']}")

    assert names(second) == ["Carys"]


def test_filters_by_field_and_by_words_in_any_letter_case(one_map):
    for name, kind in (("Riverside Council", "council"), ("Riverside Trust", "acute_trust")):
        one_map.post("/organisations", {"name": name, "kind": kind, "sector": "nhs"})

    by_kind = one_map.get("/organisations?kind=council")
    by_words = one_map.get("/organisations?q=SIDE+trust")
    literally = one_map.get("/organisations?q=%25")

    assert names(by_kind) == ["Riverside Council"]
    assert names(by_words) == ["Riverside Trust"]
    assert names(literally) == []


def test_finds_ties_by_either_end(one_map):
    asha, ben, carys = (one_map.leader(name) for name in ("Asha", "Ben", "Carys"))
    one_map.tie(asha, ben)
    one_map.tie(ben, carys)

    assert one_map.get(f"/relationships?party={ben}").json["total"] == 2
    assert one_map.get(f"/relationships?source={ben}").json["total"] == 1
    assert one_map.get("/relationships?q=carys").json["total"] == 1


def test_on_a_day_what_was_so_is_told_from_what_may_have_been(one_map):
    def body(name, **dates):
        values = {"name": name, "kind": "council", "sector": "local_government", **dates}
        return one_map.post("/organisations", values).json["id"]

    body("Always")
    body("Gone", active_to="2009")
    maybe = body("Perhaps", active_from="2010-05")
    body("Later", active_from="2011")

    answer = one_map.get("/organisations?on=2010-05-10")

    assert names(answer) == ["Always", "Perhaps"]
    assert answer.json["may_be_held"] == [maybe]


def test_the_map_as_it_was_known_at_a_revision(one_map):
    asha = one_map.leader("Asha")
    one_map.patch(f"/leaders/{asha}", {"name": "Asha Verma"}, 1)
    one_map.leader("Ben")

    then = one_map.get("/leaders?revision=2")

    assert names(then) == ["Asha"]
    assert names(one_map.get("/leaders")) == ["Asha Verma", "Ben"]
