"""The pages as they are sent: what they say, what they refuse, and what they may load."""

import re
from html.parser import HTMLParser

import pytest

from api.app import create_app
from api.context import EXTENSION
from api.pages.assets import FILES
from api.settings import Settings
from powermap.access import Role, Viewer
from powermap.changes import Create, Request
from tests.unit.visual.made_up_maps import HOSTILE_NAMES, made_up_map


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


@pytest.fixture(scope="module")
def client():
    app = create_app(Settings(store_url="sqlite://", log_level="ERROR"))
    store = app.extensions[EXTENSION].store
    power_map = made_up_map(12, 24, names=HOSTILE_NAMES, title="<b>Riverside</b>")
    changes = [Create(power_map.header), *map(Create, power_map.records.values())]
    store.apply("made-up", Viewer("owner", Role.OWNER), changes, request=Request("made-up", "1"))
    yield app.test_client()
    store.close()


def page_of(client, query=""):
    answer = client.get(f"/maps/made-up{query}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_list_names_every_map_with_its_purpose_and_date(client):
    page = client.get("/", headers={"Accept": "text/html"}).get_data(as_text=True)

    assert "&lt;b&gt;Riverside&lt;/b&gt;" in page
    assert "Who can bring the partners to one bid?" in page
    assert "1 March 2010" in page
    assert "12 people" in page
    assert "Illustrative" in page


def test_a_page_loads_its_own_files_alone(client):
    page = page_of(client)

    tags = Tags()
    tags.feed(page)
    loaded = [
        attributes.get("src") or attributes.get("href")
        for tag, attributes in tags.tags
        if tag in ("script", "link", "img") and attributes.get("type") != "application/json"
    ]
    assert len(loaded) >= 8
    assert all(address.startswith(("/assets/", "data:,")) for address in loaded)
    names = {name for _, attributes in tags.tags for name in attributes}
    assert not {name for name in names if name == "style" or name.startswith("on")}


def test_names_are_text_wherever_they_stand(client):
    page = page_of(client, "?show=all")

    for name in HOSTILE_NAMES:
        if "<" in name:
            assert name not in page
    assert "&lt;img src=x onerror=alert(1) href&gt;" in page


def test_records_that_may_be_held_are_told_apart(client):
    assert "may have been held" in page_of(client)
    assert "may have been held" not in page_of(client, "?on=2012-01-01")


def test_a_record_without_evidence_is_shown_as_unsourced(client):
    page = page_of(client)

    assert "Unsourced: no evidence is recorded." in page
    assert "said by Another Person" in page


def test_tables_have_captions_and_scopes(client):
    page = page_of(client)

    assert page.count("<table") == page.count("<caption>") == 5
    assert not re.search(r"<th(?![^>]*scope=)[ >]", page)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?layer=friendship", "layer"),
        ("?on=yesterday", "2010-03-01"),
        ("?emphasis=fame&unit=dogs", "emphasis"),
        ("?show=some", "all"),
    ],
)
def test_a_wrong_question_is_refused_on_a_page_that_says_why(client, query, said):
    answer = client.get(f"/maps/made-up{query}", headers={"Accept": "text/html"})

    assert answer.status_code == 422
    assert answer.mimetype == "text/html"
    assert said in answer.get_data(as_text=True)


@pytest.mark.parametrize("address", ["/maps/nowhere", "/maps/made-up?focus=nobody", "/nowhere"])
def test_what_is_not_there_is_said_on_a_page(client, address):
    answer = client.get(address, headers={"Accept": "text/html"})

    assert answer.status_code == 404
    assert "Go to the list of maps" in answer.get_data(as_text=True)


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_is_served_with_its_type_and_may_be_kept(client, name):
    with client.get(f"/assets/{name}") as answer:
        assert answer.status_code == 200
        assert answer.mimetype in ("text/css", "text/javascript", "font/ttf")
        assert answer.cache_control.max_age > 86400
        same = {"If-None-Match": answer.headers["ETag"]}
    with client.get(f"/assets/{name}", headers=same) as again:
        assert again.status_code == 304


@pytest.mark.parametrize("name", ["theme.py", "../__init__.py", "..%2f__init__.py", "vis-9.0.4"])
def test_no_other_file_is_served(client, name):
    assert client.get(f"/assets/{name}").status_code == 404


def test_a_map_page_is_not_kept_by_browsers(client):
    answer = client.get("/maps/made-up")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
