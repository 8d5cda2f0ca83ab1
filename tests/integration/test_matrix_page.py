"""Who with whom, as a page."""

import re
from html import unescape
from pathlib import Path

import pytest

from api.app import create_app
from api.context import EXTENSION
from api.importing import import_content
from api.settings import Settings
from powermap.access import Role, Viewer

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def site():
    app = create_app(Settings(store_url="sqlite://", log_level="ERROR"))
    store, owner = app.extensions[EXTENSION].store, Viewer("owner", Role.OWNER)
    return app.test_client(), {
        path.stem: import_content(store, owner, path.name, path.read_bytes(), into=None).map_id
        for path in FIXTURES.glob("*.json")
    }


def test_every_tie_between_people_has_its_cell(site):
    client, maps = site
    measured = client.get(f"/api/v1/maps/{maps['peer-challenge']}/measures").json

    page = client.get(f"/maps/{maps['peer-challenge']}/matrix").text

    assert f"{measured['network']['ties']} cells with a tie" in page
    assert page.count('class="shade-') + page.count('class="first shade-') == (
        measured["network"]["ties"] + len("12345.")
    )


@pytest.mark.parametrize("rows", ["each", "organisation", "sector"])
@pytest.mark.parametrize("unit", ["leaders", "organisations"])
@pytest.mark.parametrize("layer", ["relationships", "tensions", "accountabilities"])
def test_every_choice_answers(site, rows, unit, layer):
    client, maps = site

    for map_id in maps.values():
        asked = f"/maps/{map_id}/matrix?rows={rows}&unit={unit}&layer={layer}"
        assert client.get(asked).status_code == 200


@pytest.mark.parametrize(
    "query", ["layer=love", "unit=cats", "on=2010-02-30", "rows=all"], ids=lambda query: query
)
def test_a_wrong_choice_is_named(site, query):
    client, maps = site

    answer = client.get(f"/maps/{maps['leading-as-peers']}/matrix?{query}")

    assert answer.status_code == 422
    assert f'href="#{query.split("=")[0]}"' in answer.text


def test_an_unknown_map_is_not_found(site):
    assert site[0].get("/maps/nowhere/matrix").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "rows=each", "rows=organisation", "rows=sector", "unit=organisations"]
)
def test_every_table_is_had_as_a_picture_with_the_same_rows(site, query):
    client, maps = site

    for name, map_id in maps.items():
        page = client.get(f"/maps/{map_id}/matrix?{query}").text
        links = [unescape(link) for link in re.findall(r'href="([^"]*/figure\?[^"]*)"', page)]
        if "No tie of this kind" in page:
            assert links == []
            continue
        assert [re.search(r"format=(\w+)", link)[1] for link in links] == ["svg", "png", "pdf"]
        answer = client.get(links[0])
        assert answer.status_code == 200, (name, links[0], answer.json)
        # Folded rows are higher, so fewer can be read: 25 upright; one for each, 40 on the side.
        rows = int(re.search(r": (\d+) rows?, \d+ cells?", page)[1])
        found = re.search(r"A table of (\d+) rows?", answer.text)
        if rows <= (25 if "organisation" in query else 40):
            assert int(found[1]) == rows, (name, query)
