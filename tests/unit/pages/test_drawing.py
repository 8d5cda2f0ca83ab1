"""A smaller picture of a view: it stands as on the map, and leads there."""

import json
import re

import pytest
from flask import g, render_template

from api.app import create_app
from api.context import EXTENSION
from api.mark import Mark, MarkKind
from api.pages.drawing import drawn
from api.settings import Settings
from api.view import View
from powermap.access import Role, Viewer
from powermap.changes import Create, Request
from powermap.errors import UnknownRecord
from tests.unit.visual.made_up_maps import made_up_map

OWNER = Viewer("owner", Role.OWNER)


@pytest.fixture(scope="module")
def app():
    app = create_app(Settings(store_url="sqlite://", log_level="ERROR"))
    store = app.extensions[EXTENSION].store
    power_map = made_up_map(25, 60)
    changes = [Create(power_map.header), *map(Create, power_map.records.values())]
    store.apply("made-up", OWNER, changes, request=Request("made-up", "1"))
    yield app
    store.close()


def content_of(page):
    text = re.search(r'id="influence-map-content">(.*?)</script>', page, re.S)[1]
    return json.loads(text)


def test_everybody_stands_where_they_stand_on_the_map(app):
    view = View(mark=Mark(kind=MarkKind.PATH, parties=("person1", "person2")))
    with app.test_request_context():
        g.viewer = OWNER
        drawing = drawn("made-up", view)
        page = render_template("pages/drawing.html", drawing=drawing)

    on_map = content_of(app.test_client().get("/maps/made-up").get_data(as_text=True))
    places = {node["id"]: (node["x"], node["y"]) for node in on_map["nodes"]}
    here = {node["id"]: (node["x"], node["y"]) for node in content_of(page)["nodes"]}
    assert here.keys() & places.keys()
    assert {id: here[id] for id in here.keys() & places.keys()} == {
        id: places[id] for id in here.keys() & places.keys()
    }
    assert set(content_of(page)["setting"]["highlighted"]) == {"person1", "person2"}
    assert "Open this on the map" in page
    answer = app.test_client().get(drawing.address)
    assert content_of(answer.get_data(as_text=True))["nodes"] == content_of(page)["nodes"]


def test_whoever_is_not_on_the_map_cannot_be_drawn(app):
    with app.test_request_context():
        g.viewer = OWNER
        with pytest.raises(UnknownRecord):
            drawn("made-up", View(mark=Mark(parties=("nobody",))))
