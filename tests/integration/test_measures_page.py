"""Every measure as a page, and long ones as a job."""

import html
import re
import time
from pathlib import Path

import pytest

from api.app import create_app
from api.context import EXTENSION
from api.importing import import_content
from api.pages.measures.asked import COLUMNS
from api.settings import Settings
from graph.measures import MEASURES
from powermap.access import Role, Viewer

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def site():
    app = create_app(Settings(store_url="sqlite://", log_level="ERROR"))
    store, owner = app.extensions[EXTENSION].store, Viewer("owner", Role.OWNER)
    maps = {
        path.stem: import_content(store, owner, path.name, path.read_bytes(), into=None).map_id
        for path in FIXTURES.glob("*.json")
    }
    yield app.test_client(), maps
    app.extensions[EXTENSION].jobs.close()


def rows(page):
    """The names and the first figures of the table."""
    found = re.findall(r'<th scope="row">.*?<bdi>(.*?)</bdi>.*?<td[^>]*>([^< ]*)', page, re.DOTALL)
    return [(html.unescape(name), figure) for name, figure in found]


def test_every_measure_is_in_some_set_of_columns():
    shown = {name for _, names in COLUMNS.values() for name in names}

    assert shown == {*MEASURES, "brokerage"}


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("stem", ["leading-as-peers", "senior-joint-posts"])
def test_the_page_has_the_api_s_numbers_in_order(site, columns, stem):
    client, maps = site
    name = COLUMNS[columns][1][0]
    nodes = client.get(f"/api/v1/maps/{maps[stem]}/measures").json["nodes"]

    page = client.get(f"/maps/{maps[stem]}/measures?columns={columns}").text

    shown = rows(page)
    assert {row[0] for row in shown} == {node["name"] for node in nodes}
    values = {node["name"]: node[name] for node in nodes}
    if columns == "brokerage":
        values = {n: v and v["total"]["raw"] for n, v in values.items()}
    ordered = [values[row[0]] for row in shown if values[row[0]] is not None]
    assert ordered == sorted(ordered, reverse=True)


def test_whoever_is_left_out_is_not_measured(site):
    client, maps = site
    address = f"/maps/{maps['leading-as-peers']}/measures"

    page = client.get(address, query_string={"without": "Rob Webster; becky malby"}).text

    names = {row[0] for row in rows(page)}
    assert not names & {"Rob Webster", "Becky Malby"} and len(names) == 5
    assert 'value="Becky Malby; Rob Webster"' in page or 'value="Rob Webster; Becky Malby"' in page


@pytest.mark.parametrize(
    "query",
    ["at_least=9", "views=mine", "layer=x", "on=never", "columns=all", "sort=x", "without=Nobody"],
)
def test_a_wrong_choice_is_named_and_the_rest_still_answers(site, query):
    client, maps = site

    answer = client.get(f"/maps/{maps['leading-as-peers']}/measures?{query}")

    assert answer.status_code == 422
    assert f'href="#{query.split("=")[0]}"' in answer.text


def test_long_work_is_begun_shown_and_stopped(site):
    client, maps = site
    address = f"/maps/{maps['leading-as-peers']}/measures"
    key = re.search(
        r'name="form_key" value="([^"]+)"', client.get(f"/maps/{maps['leading-as-peers']}/me").text
    )[1]

    begun = client.post(f"{address}/jobs", data={"form_key": key, "views": "both"})
    assert begun.status_code == 303 and "views=both" in begun.location
    for _ in range(120):
        page = client.get(begun.location).text
        if "See the measures" in page:
            break
        time.sleep(0.5)
    result = html.unescape(re.search(r'href="([^"]+job=[^"]+)"', page)[1])

    assert "Only ties that both sides name count" in client.get(result).text
    stopped = client.post(begun.location.replace("?", "/cancel?"), data={"form_key": key})
    assert stopped.status_code == 303


def test_a_job_is_not_begun_without_our_form(site):
    client, maps = site

    assert client.post(f"/maps/{maps['leading-as-peers']}/measures/jobs").status_code == 403


def test_an_unknown_job_is_not_found(site):
    client, maps = site

    assert client.get(f"/maps/{maps['leading-as-peers']}/measures/jobs/none").status_code == 404
