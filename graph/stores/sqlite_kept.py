"""What is kept beside the log of a map in SQLite: how it was drawn, what people ask and made."""

import sqlite3

from graph.stores import sql
from graph.stores.papers import making_room, paper_row, papers_of, remembered
from graph.stores.rows import positions_of, slice_of, text_of_positions
from graph.stores.saving import found_by_id, saved, saved_of, saved_row, seen
from graph.stores.sqlite_file import SqliteFile, live_ledger, scope_of
from powermap.access import Act, Viewer, permit
from powermap.errors import UnknownPaper
from powermap.papers import KeptPaper, PaperToKeep
from powermap.ports import Positions
from powermap.saved import QuestionToSave, SavedQuestion


class KeptInSqlite:
    """That part of the store which is no part of the maps."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def arrangement(self, map_id: str, viewer: Viewer, *, name: str = "") -> Positions:
        parameters = {"map_id": map_id, "slice": slice_of(permit(viewer, Act.READ), name)}
        with self._file.reading() as connection:
            live_ledger(connection, map_id)
            row = connection.execute(sql.ARRANGEMENT, parameters).fetchone()
            ids = connection.execute(
                sql.SEEN_IDS, {"map_id": map_id, **scope_of(viewer)}
            ).fetchall()
        return {} if row is None else positions_of(row[0], {id for (id,) in ids})

    def keep_arrangement(
        self, map_id: str, viewer: Viewer, positions: Positions, *, name: str = ""
    ) -> None:
        slice_name = slice_of(permit(viewer, Act.READ), name)
        with self._file.writing() as connection:
            live_ledger(connection, map_id)
            connection.execute(
                sql.ARRANGE,
                {"map_id": map_id, "slice": slice_name, "positions": text_of_positions(positions)},
            )

    def saved_questions(self, map_id: str, viewer: Viewer) -> tuple[SavedQuestion, ...]:
        permit(viewer, Act.READ)
        with self._file.reading() as connection:
            live_ledger(connection, map_id)
            return _kept(connection, map_id, viewer)

    def save_question(self, map_id: str, viewer: Viewer, wanted: QuestionToSave) -> SavedQuestion:
        permit(viewer, Act.READ)
        with self._file.writing() as connection:
            revision, _ = live_ledger(connection, map_id)
            kept = _kept(connection, map_id, viewer)
            question = saved(kept, wanted, viewer, revision=revision)
            connection.execute(sql.SAVE, saved_row(map_id, question))
        return question

    def see_question(
        self, map_id: str, viewer: Viewer, question_id: str, revision: int
    ) -> SavedQuestion:
        permit(viewer, Act.READ)
        with self._file.writing() as connection:
            current, _ = live_ledger(connection, map_id)
            kept = _kept(connection, map_id, viewer)
            question = seen(kept, question_id, revision, revision=current)
            connection.execute(sql.SAVE, saved_row(map_id, question))
        return question

    def forget_question(self, map_id: str, viewer: Viewer, question_id: str, version: int) -> None:
        permit(viewer, Act.READ)
        with self._file.writing() as connection:
            live_ledger(connection, map_id)
            question = found_by_id(_kept(connection, map_id, viewer), question_id, version)
            connection.execute(sql.FORGET, saved_row(map_id, question))

    def papers(self, map_id: str, viewer: Viewer) -> tuple[KeptPaper, ...]:
        permit(viewer, Act.READ)
        with self._file.reading() as connection:
            live_ledger(connection, map_id)
            return _papers(connection, map_id, viewer)

    def keep_paper(self, map_id: str, viewer: Viewer, wanted: PaperToKeep) -> KeptPaper:
        permit(viewer, Act.READ)
        paper = remembered(wanted, viewer)
        with self._file.writing() as connection:
            revision, _ = live_ledger(connection, map_id)
            going = making_room(_papers(connection, map_id, viewer), paper, revision=revision)
            connection.executemany(sql.FORGET_PAPER, [paper_row(map_id, one) for one in going])
            connection.execute(sql.KEEP_PAPER, paper_row(map_id, paper))
        return paper

    def forget_paper(self, map_id: str, viewer: Viewer, paper_id: str) -> None:
        permit(viewer, Act.READ)
        parameters = {"map_id": map_id, "viewer": viewer.name, "id": paper_id}
        with self._file.writing() as connection:
            live_ledger(connection, map_id)
            if not connection.execute(sql.FORGET_PAPER, parameters).rowcount:
                raise UnknownPaper(paper_id)


def _kept(connection: sqlite3.Connection, map_id: str, viewer: Viewer) -> tuple[SavedQuestion, ...]:
    parameters = {"map_id": map_id, "viewer": viewer.name}
    return saved_of(connection.execute(sql.SAVED, parameters).fetchall())


def _papers(connection: sqlite3.Connection, map_id: str, viewer: Viewer) -> tuple[KeptPaper, ...]:
    parameters = {"map_id": map_id, "viewer": viewer.name}
    return papers_of(connection.execute(sql.PAPERS, parameters).fetchall())
