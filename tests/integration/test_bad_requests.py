"""What must be refused, each with a 4xx problem that says where and what would be right."""

import json

import pytest

from api.problems import _TITLES, STATUS
from powermap.errors import PowerMapError

JSON = "application/json"


def tie(value: str) -> str:
    return '{"source": "ASHA", "target": "BEN", "kind": "trusts", "strength": ' + value + "}"


BODIES = [
    pytest.param("leaders", "[" * 100_000, JSON, 400, None, id="nested deeply"),
    pytest.param("leaders", '"' + '\\"' * 200_000, JSON, 400, None, id="a string without an end"),
    pytest.param("leaders", "", JSON, 400, None, id="nothing"),
    pytest.param("leaders", b'{"name": "\xe9"}', JSON, 400, None, id="not UTF-8"),
    pytest.param("leaders", '{"name": NaN}', JSON, 400, None, id="NaN"),
    pytest.param("leaders", '{"name": 1e999}', JSON, 400, None, id="infinite"),
    pytest.param("relationships", tie("9223372036854775808"), JSON, 400, None, id="65 bits"),
    pytest.param("leaders", '{"name": ' + "9" * 9999 + "}", JSON, 400, None, id="9,999 digits"),
    pytest.param("leaders", '{"name": "a", "name": "b"}', JSON, 400, None, id="the same key twice"),
    pytest.param("leaders", '{"name": "a"}', "text/plain", 415, None, id="text/plain"),
    pytest.param("leaders", "name=a", "application/x-www-form-urlencoded", 415, None, id="a form"),
    pytest.param("leaders", '{"name": "' + "x" * 2_200_000 + '"}', JSON, 413, None, id="2.2 MB"),
    pytest.param("leaders", "[]", JSON, 422, "", id="a list"),
    pytest.param("leaders", "null", JSON, 422, "", id="null"),
    pytest.param("leaders", "{}", JSON, 422, "/name", id="a name missing"),
    pytest.param("leaders", '{"name": null}', JSON, 422, "/name", id="a name of null"),
    pytest.param("leaders", '{"name": true}', JSON, 422, "/name", id="a name of true"),
    pytest.param("leaders", '{"name": " \\u200b"}', JSON, 422, "/name", id="an invisible name"),
    pytest.param("leaders", '{"name": "a\\ud800"}', JSON, 422, "/name", id="a lone surrogate"),
    pytest.param("leaders", '{"name": "a\\u0000"}', JSON, 422, "/name", id="NUL"),
    pytest.param(
        "leaders", '{"name": "' + "x" * 201 + '"}', JSON, 422, "/name", id="201 characters"
    ),
    pytest.param("leaders", '{"name": "a", "nom": 1}', JSON, 422, "/nom", id="an unknown field"),
    pytest.param("leaders", '{"name": "a", "id": "x"}', JSON, 422, "/id", id="an id"),
    pytest.param("leaders", '{"name": "a", "author": "x"}', JSON, 422, "/author", id="an author"),
    pytest.param(
        "leaders",
        '{"name": "a", "sensitivity": "secret"}',
        JSON,
        422,
        "/sensitivity",
        id="an unknown sensitivity",
    ),
    pytest.param(
        "leaders",
        '{"name": "a", "evidence": [{"basis": "minutes", "citation": "c", "nature": "gossip"}]}',
        JSON,
        422,
        "/evidence/0/nature",
        id="evidence of an unknown nature",
    ),
    pytest.param("relationships", tie("1.9"), JSON, 422, "/strength", id="strength 1.9"),
    pytest.param("relationships", tie("3.0"), JSON, 422, "/strength", id="strength 3.0"),
    pytest.param("relationships", tie("6"), JSON, 422, "/strength", id="strength 6"),
    pytest.param("relationships", tie("true"), JSON, 422, "/strength", id="strength true"),
    pytest.param("relationships", tie('"٣"'), JSON, 422, "/strength", id="an Arabic digit"),
    pytest.param("relationships", tie("1e308"), JSON, 422, "/strength", id="1e308"),
    pytest.param(
        "relationships",
        '{"source": "ASHA", "target": "ASHA", "kind": "trusts"}',
        JSON,
        422,
        "/target",
        id="a tie to oneself",
    ),
    pytest.param(
        "relationships",
        '{"source": "ASHA", "target": "nobody", "kind": "trusts"}',
        JSON,
        422,
        "/target",
        id="a tie to nobody",
    ),
    pytest.param(
        "organisations",
        '{"name": "a", "kind": "council", "sector": "nhs", "active_from": "2009-02-30"}',
        JSON,
        422,
        "/active_from",
        id="30 February",
    ),
    pytest.param(
        "organisations",
        '{"name": "a", "kind": "council", "sector": "nhs", "active_from": "2010", '
        '"active_to": "2009"}',
        JSON,
        422,
        "/active_to",
        id="an end before its start",
    ),
    pytest.param(
        "accountabilities",
        '{"to": "ASHA", "kind": "post", "title": "t"}',
        JSON,
        422,
        "/holder",
        id="a named post without a name",
    ),
    pytest.param(
        "assessments",
        '{"leader": "ASHA", "assessed_on": "2010"}',
        JSON,
        422,
        "/power",
        id="an assessment of nothing",
    ),
]


@pytest.mark.parametrize(("plural", "body", "media", "status", "pointer"), BODIES)
def test_a_bad_body_is_refused_and_changes_nothing(one_map, plural, body, media, status, pointer):
    asha, ben = one_map.leader("Asha"), one_map.leader("Ben")
    if isinstance(body, str):
        body = body.replace("ASHA", asha).replace("BEN", ben)
    before = one_map.get("/changes").json

    answer = one_map.client.post(f"{one_map.address}/{plural}", data=body, content_type=media)

    assert answer.status_code == status, answer.json
    assert answer.content_type == "application/problem+json"
    assert {"type", "title", "status", "detail", "request_id"} <= set(answer.json)
    if pointer is not None:
        assert pointer in [error["pointer"] for error in answer.json["errors"]]
    assert one_map.get("/changes").json == before


QUERIES = [
    ("leaders?onn=2010", "onn"),
    ("leaders?on=2010", "on"),
    ("leaders?on=2010-13-01", "on"),
    ("leaders?limit=0", "limit"),
    ("leaders?limit=501", "limit"),
    ("leaders?limit=٣", "limit"),
    ("leaders?limit=1&limit=2", "limit"),
    ("leaders?cursor=nowhere", "cursor"),
    ("leaders?revision=-1", "revision"),
    ("leaders?q=%00", "q"),
    ("organisations?sector=health", "sector"),
    ("relationships?kind=likes", "kind"),
    ("measures?layer=all", "layer"),
    ("measures?group_by=age", "group_by"),
    ("joint-posts?on=today", "on"),
    ("changes?after=x", "after"),
]


@pytest.mark.parametrize(("query", "parameter"), QUERIES)
def test_a_bad_query_is_refused_by_name(one_map, query, parameter):
    answer = one_map.get(f"/{query}")

    assert answer.status_code == 422, answer.json
    assert answer.json["errors"][0]["parameter"] == parameter


UNDONE_ONES = [
    ("get", "/leaders/none", 404),
    ("get", "/leaders/none/history", 404),
    ("get", "?revision=99", 404),
    ("put", "/leaders", 405),
    ("post", "/leaders/none/restore", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), UNDONE_ONES)
def test_what_is_not_there_is_said_in_the_same_shape(one_map, method, path, status):
    answer = one_map.client.open(one_map.address + path, method=method.upper())

    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    if status == 405:
        assert "POST" in answer.headers["Allow"]


def test_another_map_does_not_lend_its_records(one_map, client):
    asha = one_map.leader("Asha")
    values = {"title": "Other", "purpose": "P", "as_at": "2010-03-01"}
    other = client.post("/api/v1/maps", json=values).json["id"]

    read = client.get(f"/api/v1/maps/{other}/leaders/{asha}")
    named = client.post(
        f"/api/v1/maps/{other}/assessments",
        json={"leader": asha, "power": 1, "assessed_on": "2010"},
    )

    assert read.status_code == 404
    assert named.status_code == 422


def test_a_record_is_read_only_at_the_address_of_its_kind(one_map):
    asha = one_map.leader("Asha")

    assert one_map.get(f"/organisations/{asha}").status_code == 404
    assert one_map.get(f"/organisations/{asha}/history").status_code == 404
    assert one_map.delete(f"/organisations/{asha}", 1).status_code == 404


def test_every_error_has_a_status_and_a_title():
    def below(cls):
        return {cls} | {found for sub in cls.__subclasses__() for found in below(sub)}

    ours = {c for c in below(PowerMapError) if c.__module__.startswith(("powermap", "api"))}
    # The command shows its own errors as a sentence, never over HTTP.
    over_http = {c for c in ours if not c.__module__.startswith("api.command")}

    assert over_http - {PowerMapError} == set(STATUS)
    assert set(STATUS) == set(_TITLES)


def test_a_fault_of_ours_says_nothing_of_the_inside(app, client):
    app._got_first_request = False  # a route of the test, after the map was made

    @app.get("/api/v1/broken")
    def broken():
        raise RuntimeError("a secret about Asha")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get("/api/v1/broken")

    assert answer.status_code == 500
    assert "secret" not in json.dumps(answer.json)
