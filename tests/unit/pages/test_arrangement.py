"""An arrangement made by hand: kept under a name that a link carries, or worked out anew."""

import json
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from api.app import create_app
from api.context import EXTENSION
from api.pages.map_view import view_of
from api.settings import Settings
from api.view import View
from powermap.access import Role, Viewer
from powermap.changes import Create, Request
from powermap.model import Leader
from tests.unit.visual.made_up_maps import made_up_map

OWNER = Viewer("owner", Role.OWNER)


@pytest.fixture
def app():
    app = create_app(Settings(store_url="sqlite://", log_level="ERROR"))
    store = app.extensions[EXTENSION].store
    power_map = made_up_map(10, 18)
    changes = [Create(power_map.header), *map(Create, power_map.records.values())]
    store.apply("made-up", OWNER, changes, request=Request("made-up", "1"))
    yield app
    store.close()


@pytest.fixture
def client(app):
    return app.test_client()


def places(client, query=""):
    page = client.get(f"/maps/made-up{query}")
    assert page.status_code == 200
    text = re.search(
        r'id="influence-map-content">(.*?)</script>', page.get_data(as_text=True), re.S
    )
    return {node["id"]: (node["x"], node["y"]) for node in json.loads(text[1])["nodes"]}


def send(client, action="keep", query="", **form):
    key = re.search(r'name="form_key" value="([^"]+)"', client.get("/maps/made-up").text)[1]
    form |= {"form_key": key, "action": action}
    return client.post(f"/maps/made-up/arrangement{query}", data=form)


def query_of(answer):
    assert answer.status_code == 303
    return {key: found[0] for key, found in parse_qs(urlsplit(answer.location).query).items()}


def test_the_map_opens_as_it_was_arranged_and_nobody_else_moves(client):
    before = places(client)

    asked = query_of(send(client, places='{"person3": [612.34, -80]}'))

    after = places(client)
    assert after["person3"] == (612.3, -80.0)
    assert {id: after[id] for id in after if id != "person3"} == {
        id: before[id] for id in before if id != "person3"
    }
    assert places(client, f"?arrangement={asked['arrangement']}") == after
    assert places(client, f"?arrangement={asked['arranged']}") == before


def test_a_link_shows_an_arrangement_as_it_was_whatever_is_kept_later(client):
    first = query_of(send(client, places='{"person3": [612, -80]}'))["arrangement"]
    kept = places(client)

    query_of(send(client, places='{"person3": [0, 900], "person4": [400, 900]}'))
    asked = query_of(send(client, action="anew"))

    assert "arrangement" not in asked
    assert places(client, f"?arrangement={first}") == kept
    assert places(client) != kept


def test_whoever_comes_later_gets_a_place_and_nobody_gives_way(app, client):
    name = query_of(send(client, places='{"person3": [612, -80]}'))["arrangement"]
    before = places(client, f"?arrangement={name}")
    store = app.extensions[EXTENSION].store
    store.apply(
        "made-up", OWNER, [Create(Leader(id="new", name="New"))], request=Request("new", "2")
    )

    after = places(client, f"?arrangement={name}&show=all")

    assert set(after) == {*before, "new"}
    assert {id: after[id] for id in before} == before
    assert places(client, f"?arrangement={name}&show=all") == after


def test_the_rest_of_the_view_stays_as_it_was(client):
    places(client)

    asked = query_of(send(client, query="?show=all&sector=nhs", places="{}"))

    assert asked["show"] == "all"
    assert asked["sector"] == "nhs"


@pytest.mark.parametrize(
    "sent",
    [
        '{"person3": [1e9, 0]}',
        '{"person3": [1]}',
        '{"person3": ["1", "2"]}',
        '{"person3": [true, 2]}',
        '{"person3": {"x": 1}}',
        '{"nobody": [1, 2]}',
        '{"post3": [1, 2]}',
        "[1, 2]",
        '{"person3": [NaN, 2]}',
        '{"person3": [1e400, 2]}',
        "{",
        json.dumps({f"person{n}": [1, 2] for n in range(2001)}),
    ],
)
def test_places_that_cannot_be_are_refused_and_nothing_moves(client, sent):
    before = places(client)

    answer = send(client, places=sent)

    assert answer.status_code in (400, 422)
    assert places(client) == before


def test_a_form_from_elsewhere_changes_nothing(client):
    before = places(client)

    answer = client.post("/maps/made-up/arrangement", data={"places": '{"person3": [1, 2]}'})

    assert answer.status_code == 403
    assert places(client) == before


def test_an_arrangement_that_was_never_kept_is_said_by_name(client):
    answer = client.get("/maps/made-up?arrangement=0123456789abcdef")

    assert answer.status_code == 422
    assert "arrangement: is not kept on this map" in answer.text


def test_the_same_map_under_other_ids_looks_the_same():
    power_map = made_up_map(25, 40)
    other = {id: f"z{len(power_map.records) - n:04}" for n, id in enumerate(power_map.records)}

    def renamed(record):
        changed = {"id": other[record.id]}
        for name in ("source", "target", "holder", "to"):
            if getattr(record, name, None):
                changed[name] = other[getattr(record, name)]
        return replace(record, **changed)

    twin = replace(power_map, records={r.id: r for r in map(renamed, power_map.records.values())})

    mine, theirs = view_of(power_map, View(), {}), view_of(twin, View(), {})
    assert {other[id]: place for id, place in mine.positions.items()} == theirs.positions
