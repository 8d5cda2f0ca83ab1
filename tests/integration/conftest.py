"""A service in memory, and one map on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.context import EXTENSION
from api.settings import Settings

HEADER = {
    "title": "Riverside",
    "purpose": "Who can bring the partners together?",
    "as_at": "2010-03-01",
}


@pytest.fixture
def app() -> Iterator[Flask]:
    made = create_app(Settings(store_url="sqlite://", log_level="ERROR"))
    yield made
    made.extensions[EXTENSION].store.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@dataclass
class OneMap:
    """A map on the service, with short ways to ask about it."""

    client: FlaskClient
    id: str
    leaders: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"/api/v1/maps/{self.id}"

    def get(self, path: str = "", **options: Any) -> TestResponse:
        return self.client.get(self.address + path, **options)

    def post(self, path: str, values: Any = None, **options: Any) -> TestResponse:
        return self.client.post(self.address + path, json=values, **options)

    def patch(self, path: str, values: Any, version: int, **headers: str) -> TestResponse:
        tagged = {"If-Match": f'"{version}"', **headers}
        return self.client.patch(self.address + path, json=values, headers=tagged)

    def delete(self, path: str, version: int, **options: Any) -> TestResponse:
        return self.client.delete(
            self.address + path, headers={"If-Match": f'"{version}"'}, **options
        )

    def leader(self, name: str, **values: Any) -> str:
        answer = self.post("/leaders", {"name": name, "sensitivity": "open", **values})
        assert answer.status_code == 201, answer.json
        return str(answer.json["id"])

    def tie(self, source: str, target: str, **values: Any) -> str:
        body = {"source": source, "target": target, "kind": "trusts", "sensitivity": "open"}
        answer = self.post("/relationships", body | values)
        assert answer.status_code == 201, answer.json
        return str(answer.json["id"])


@pytest.fixture
def one_map(client: FlaskClient) -> OneMap:
    answer = client.post("/api/v1/maps", json=HEADER)
    assert answer.status_code == 201, answer.json
    return OneMap(client, answer.json["id"])
