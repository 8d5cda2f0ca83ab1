"""Starting a map from the pages: from a sample, a file, or empty."""

import io
import re
from pathlib import Path

import pytest

from api.app import create_app
from api.importing import samples
from api.settings import Settings

ROOT = Path(__file__).parents[2]
ORGANOGRAM = next(iter(sorted((ROOT / "tests/data/organogram").glob("*.csv"))))


@pytest.fixture
def client():
    app = create_app(Settings(store_url="sqlite://", log_level="ERROR"))
    return app.test_client()


def send(client, address, **fields):
    """Send a form as a browser does: with the key that the page gave."""
    page = client.get("/maps/new").text
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    return client.post(address, data={"form_key": key, **fields})


def titles(client):
    return [item["title"] for item in client.get("/api/v1/maps").json["items"]]


def test_an_empty_map_is_made_and_said_to_be(client):
    sent = send(
        client, "/maps/new/empty", title="Place", purpose="Who joins it?", as_at="2026-01-05"
    )

    assert sent.status_code == 303
    assert "done=1" in sent.location
    assert titles(client) == ["Place"]


def test_lines_are_ended_as_a_browser_sends_them(client):
    send(client, "/maps/new/empty", title="Place", purpose="Who?\r\nHow?", as_at="2026-01-05")

    [made] = client.get("/api/v1/maps").get_json()["items"]
    assert made["purpose"] == "Who?\nHow?"


def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(client):
    sent = send(client, "/maps/new/empty", title="<b>Mine</b>", as_at="soon")

    assert sent.status_code == 422
    assert 'href="#purpose"' in sent.text and 'id="purpose-error"' in sent.text
    assert 'href="#as_at"' in sent.text
    assert 'value="&lt;b&gt;Mine&lt;/b&gt;"' in sent.text
    assert titles(client) == []


def test_each_sample_can_be_loaded_once(client):
    for name, header in samples().items():
        sent = send(client, "/maps/new/sample", sample=name)
        assert sent.status_code == 303
        assert header.title in titles(client)

    assert client.get("/maps/new").text.count("is there already") == len(samples())


def test_an_unknown_sample_is_refused(client):
    assert send(client, "/maps/new/sample", sample="../secret").status_code == 422


def test_a_map_file_makes_a_map(client):
    content = (ROOT / "fixtures/leading-as-peers.json").read_bytes()

    sent = send(client, "/maps/new/file", file=(io.BytesIO(content), "peers.json"))

    assert sent.status_code == 303
    assert titles(client) == ["Leading as Peers, Calderdale and Kirklees"]


def test_trying_a_file_changes_nothing(client):
    content = (ROOT / "fixtures/leading-as-peers.json").read_bytes()

    sent = send(client, "/maps/new/file", file=(io.BytesIO(content), "a.json"), **{"try": "1"})

    assert "Nothing was changed" in sent.text
    assert titles(client) == []


def test_an_organogram_says_what_could_not_be_used(client):
    sent = send(
        client, "/maps/new/file", file=(io.BytesIO(ORGANOGRAM.read_bytes()), ORGANOGRAM.name)
    )

    assert sent.status_code in (200, 303)
    assert len(titles(client)) == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "none.json", "JSON"),
        (b"{}", "map.json", "file"),
        (b"\xff\xfe\x00", "map.json", ""),
        (b"a,b\n1,2\n", "posts.csv", ""),
        (b"x", "notes.txt", "say what kind of file it is"),
    ],
)
def test_a_file_that_is_no_map_is_refused_with_its_reason(client, content, name, said):
    sent = send(client, "/maps/new/file", file=(io.BytesIO(content), name))

    assert sent.status_code == 422
    assert 'href="#file"' in sent.text
    assert said in sent.text
    assert titles(client) == []


def test_no_file_and_an_unknown_map_are_refused(client):
    assert send(client, "/maps/new/file").status_code == 422
    sent = send(client, "/maps/new/file", file=(io.BytesIO(b"{}"), "a.json"), into="nowhere")
    assert 'href="#into"' in sent.text


@pytest.mark.parametrize("way", ["sample", "file", "empty"])
def test_a_form_of_another_site_is_refused(client, way):
    client.get("/maps/new")

    assert client.post(f"/maps/new/{way}", data={"title": "x"}).status_code == 403
    assert client.post(f"/maps/new/{way}", data={"form_key": "x" * 43}).status_code == 403


def test_a_newcomer_to_samples_alone_lands_on_one_once(client):
    send(client, "/maps/new/sample", sample="leading-as-peers")

    first = client.get("/")
    assert first.status_code == 303 and first.location.endswith("tour=1")
    assert client.get("/").status_code == 200


def test_a_map_of_ones_own_is_not_passed_over(client):
    send(client, "/maps/new/sample", sample="leading-as-peers")
    send(client, "/maps/new/empty", title="Mine", purpose="To see.", as_at="2026-01-05")

    assert client.get("/").status_code == 200
