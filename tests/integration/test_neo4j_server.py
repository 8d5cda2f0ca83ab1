"""The server that the store's tests stand on does what they rely on."""

from __future__ import annotations

import pytest

from tests.neo4j_server import NamedServer, NoServer, Server, connect, empty_database

pytestmark = pytest.mark.neo4j


def test_answers(empty_neo4j: Server) -> None:
    with connect(empty_neo4j) as driver:
        records, _, _ = driver.execute_query("RETURN 1 AS one")

    assert [record["one"] for record in records] == [1]


def test_keeps_what_was_acknowledged_when_killed(empty_neo4j: Server) -> None:
    if not empty_neo4j.can_be_killed:
        pytest.skip("a server that was named is not ours to kill")
    with connect(empty_neo4j) as driver:
        driver.execute_query("UNWIND range(1, 1000) AS number CREATE (:Kept {number: number})")

    empty_neo4j.kill()
    empty_neo4j.restart()

    with connect(empty_neo4j) as driver:
        records, _, _ = driver.execute_query("MATCH (kept:Kept) RETURN sum(kept.number) AS sum")
    assert records[0]["sum"] == 500_500


def test_is_emptied_but_keeps_its_constraints(empty_neo4j: Server) -> None:
    with connect(empty_neo4j) as driver:
        driver.execute_query("CREATE CONSTRAINT kept FOR (n:Kept) REQUIRE n.id IS UNIQUE")
        driver.execute_query("UNWIND range(1, 100) AS id CREATE (:Kept {id: id})-[:NEXT]->(:Other)")

        empty_database(empty_neo4j)

        nodes, _, _ = driver.execute_query("MATCH (n) RETURN count(n) AS count")
        constraints, _, _ = driver.execute_query("SHOW CONSTRAINTS YIELD name WHERE name = 'kept'")
        driver.execute_query("DROP CONSTRAINT kept")
    assert nodes[0]["count"] == 0
    assert len(constraints) == 1


def test_a_named_server_that_holds_something_is_refused(empty_neo4j: Server) -> None:
    with connect(empty_neo4j) as driver:
        driver.execute_query("CREATE (:SomebodysWork)")
    named = NamedServer(empty_neo4j.uri, empty_neo4j.user, empty_neo4j.password)

    with pytest.raises(NoServer, match="is not empty"):
        named.start()


def test_a_named_server_that_does_not_answer_is_reported() -> None:
    named = NamedServer("bolt://127.0.0.1:1", "neo4j", "")

    with pytest.raises(NoServer, match="cannot be used"):
        named.start()
