"""What is kept beside the log of a map in Neo4j: how it was last drawn."""

from neo4j import Transaction

from graph.stores import cypher
from graph.stores.bolt import Server
from graph.stores.neo4j_rows import live_ledger, one_of, parameters_of, rows_of, run
from graph.stores.rows import positions_of, slice_of, text_of_positions
from powermap.access import Act, Viewer, permit
from powermap.ports import Positions


class KeptInNeo4j:
    """That part of the store which is no part of the maps."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def arrangement(self, map_id: str, viewer: Viewer) -> Positions:
        scope = permit(viewer, Act.READ)

        def work(tx: Transaction) -> Positions:
            live_ledger(tx, map_id)
            rows = rows_of(tx, cypher.ARRANGEMENT, map=map_id, part=slice_of(scope))
            ids = one_of(tx, cypher.SEEN_IDS, map=map_id, **parameters_of(scope))["ids"]
            return positions_of(rows[0]["positions"], set(ids)) if rows else {}

        return self._server.read(work)

    def keep_arrangement(self, map_id: str, viewer: Viewer, positions: Positions) -> None:
        part, text = slice_of(permit(viewer, Act.READ)), text_of_positions(positions)

        def work(tx: Transaction) -> None:
            live_ledger(tx, map_id)
            run(tx, cypher.ARRANGE, map=map_id, part=part, positions=text)

        self._server.write(work)
