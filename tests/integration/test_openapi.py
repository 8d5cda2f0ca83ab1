"""The API's description is whole: every route, field, problem and header is in it."""

import pytest


@pytest.fixture
def described(client):
    answer = client.get("/openapi.json")
    assert answer.status_code == 200
    return answer.json


def operations(described):
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if method in ("get", "post", "patch", "delete", "put"):
                yield f"{method.upper()} {path}", operation


def test_describes_every_route_below_the_api(client, described):
    served = {
        str(rule).replace("<", "{").replace(">", "}")
        for rule in client.application.url_map.iter_rules()
        if str(rule).startswith("/api/")
    }

    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == served


def test_every_route_has_a_summary_and_every_problem_our_shape(described):
    for name, operation in operations(described):
        assert operation.get("summary"), name
        assert "503" in operation["responses"], name
    for name, response in described["components"]["responses"].items():
        assert "application/problem+json" in response["content"], name


def test_every_field_of_a_record_is_described(described):
    schemas = described["components"]["schemas"]
    for name in (
        "MapHeader",
        "Organisation",
        "Leader",
        "Accountability",
        "Relationship",
        "Assessment",
        "Evidence",
        "FiveFactors",
        "Identifier",
    ):
        for field, shape in schemas[name]["properties"].items():
            assert shape.get("description"), f"{name}.{field}"
            assert "type" in shape or "$ref" in shape or "allOf" in shape, f"{name}.{field}"


def test_every_write_says_which_headers_it_takes(described):
    for name, operation in operations(described):
        if "/jobs" in name or "/papers" in name:
            # No record changes: asking or cancelling twice is the same as once.
            continue
        headers = {p["name"] for p in operation.get("parameters", []) if p.get("in") == "header"}
        if "/saved-questions" in name:
            # No record changes: saving under a name twice is the same as once.
            assert ("If-Match" in headers) is name.startswith("DELETE"), name
            continue
        if name.startswith(("PATCH", "DELETE")):
            assert {"If-Match", "Idempotency-Key"} <= headers, name
        elif name.startswith("POST"):
            assert "Idempotency-Key" in headers, name


def test_the_page_to_read_it_uses_only_our_own_files(client):
    page = client.get("/docs")

    assert page.status_code == 200
    assert b"http" not in page.data.replace(b"<!doctype html>", b"")
    for name in ("swagger-ui.css", "swagger-ui-bundle.js"):
        with client.get(f"/docs/files/{name}") as served:
            assert served.status_code == 200
    assert client.get("/docs/files/index.html").status_code == 404


def test_health_is_up_and_readiness_names_the_store(client):
    assert client.get("/healthz").json == {"status": "up"}
    ready = client.get("/readyz").json
    assert (ready["status"], ready["store"], ready["schema"]) == ("ready", "SQLite", 3)
