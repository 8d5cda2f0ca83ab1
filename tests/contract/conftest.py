"""The stores that are held to their promises: each test runs on every one of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from powermap.ports import MapStore
from tests.contract.board import Board, Place
from tests.neo4j_server import Server, empty_database

STORES = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("neo4j", id="neo4j", marks=pytest.mark.neo4j),
]


@pytest.fixture(scope="module", params=STORES)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """Somewhere to keep maps, empty when the file of tests begins."""
    if request.param == "sqlite":
        yield Place(f"sqlite:///{tmp_path_factory.mktemp('store')}/powermap.db")
        return
    server: Server = request.getfixturevalue("neo4j_server")
    empty_database(server)
    yield Place(server.uri, server.user, server.password)
    empty_database(server)


@pytest.fixture(scope="module")
def store(place: Place) -> Iterator[MapStore]:
    store = place.open()
    yield store
    store.close()


@pytest.fixture
def board(store: MapStore, place: Place) -> Board:
    """A new map with its header alone, made by its owner."""
    return Board(store, place)
