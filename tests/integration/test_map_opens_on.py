"""What the map page opens on, as text: the broker, or else the joint posts."""

import json
from pathlib import Path

from api.context import EXTENSION
from graph.exchange.map_file import read_map_file
from powermap.access import Role, Viewer
from powermap.changes import Create, Request

FIXTURES = Path(__file__).parents[2] / "fixtures"


def opened(app, client, name):
    incoming = read_map_file((FIXTURES / f"{name}.json").read_bytes())
    changes = [Create(incoming.header), *map(Create, incoming.records)]
    owner = Viewer("owner", Role.OWNER)
    store = app.extensions[EXTENSION].store
    store.apply(incoming.header.id, owner, changes, request=Request(name, name))
    return client.get(f"/maps/{incoming.header.id}", headers={"Accept": "text/html"}).text


def test_on_the_strongest_broker(app, client):
    page = opened(app, client, "leading-as-peers")

    assert "The strongest broker" in page
    assert "is the only link in two steps between" in page


def test_on_the_joint_posts_where_nobody_brokers(app, client):
    page = opened(app, client, "senior-joint-posts")

    assert "On 1 March 2010 7 leaders hold posts in two bodies or more." in page
    content = page.split('id="influence-map-content">')[1].split("</script>")[0]
    assert len(json.loads(content)["nodes"]) == 9


def test_an_unknown_map_is_a_page_that_says_so(client):
    answer = client.get("/maps/none", headers={"Accept": "text/html"})

    assert answer.status_code == 404
    assert "No such map" in answer.text
    assert "Go to the list of maps" in answer.text
