"""What is kept beside the log of a map in SQLite: how it was last drawn."""

from graph.stores import sql
from graph.stores.rows import positions_of, slice_of, text_of_positions
from graph.stores.sqlite_file import SqliteFile, live_ledger, scope_of
from powermap.access import Act, Viewer, permit
from powermap.ports import Positions


class KeptInSqlite:
    """That part of the store which is no part of the maps."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def arrangement(self, map_id: str, viewer: Viewer) -> Positions:
        parameters = {"map_id": map_id, "slice": slice_of(permit(viewer, Act.READ))}
        with self._file.reading() as connection:
            live_ledger(connection, map_id)
            row = connection.execute(sql.ARRANGEMENT, parameters).fetchone()
            ids = connection.execute(
                sql.SEEN_IDS, {"map_id": map_id, **scope_of(viewer)}
            ).fetchall()
        return {} if row is None else positions_of(row[0], {id for (id,) in ids})

    def keep_arrangement(self, map_id: str, viewer: Viewer, positions: Positions) -> None:
        slice_name = slice_of(permit(viewer, Act.READ))
        with self._file.writing() as connection:
            live_ledger(connection, map_id)
            connection.execute(
                sql.ARRANGE,
                {"map_id": map_id, "slice": slice_name, "positions": text_of_positions(positions)},
            )
