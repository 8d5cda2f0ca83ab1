"""Asking Neo4j inside a transaction, and what most questions begin with."""

from typing import Any, LiteralString

from neo4j import Transaction

from graph.stores import cypher
from powermap.access import Act, Scope, Viewer, permit
from powermap.errors import UnknownMap


def rows_of(tx: Transaction, query: LiteralString, **parameters: Any) -> list[Any]:
    return list(tx.run(query, parameters))


def one_of(tx: Transaction, query: LiteralString, **parameters: Any) -> Any:
    return tx.run(query, parameters).single(strict=True)


def run(tx: Transaction, query: LiteralString, **parameters: Any) -> None:
    tx.run(query, parameters).consume()


def live_ledger(tx: Transaction, map_id: str) -> dict[str, Any]:
    """The ledger of a map that is there."""
    rows = rows_of(tx, cypher.LEDGER, map=map_id)
    if not rows:
        raise UnknownMap(map_id)
    ledger: dict[str, Any] = rows[0]["ledger"]
    return ledger


def scope_of(viewer: Viewer) -> dict[str, Any]:
    return parameters_of(permit(viewer, Act.READ))


def parameters_of(scope: Scope) -> dict[str, Any]:
    return {"levels": [level.value for level in scope.levels], "author": scope.author}
