"""What is kept beside the log of a map in Neo4j: how it was drawn, what people ask and made."""

from collections.abc import Callable
from typing import TypeVar

from neo4j import Transaction

from graph.stores import cypher
from graph.stores.bolt import Server
from graph.stores.neo4j_rows import live_ledger, one_of, parameters_of, rows_of, run
from graph.stores.papers import making_room, paper_row, papers_of, remembered
from graph.stores.rows import positions_of, slice_of, text_of_positions
from graph.stores.saving import found_by_id, saved, saved_of, saved_row, seen
from powermap.access import Act, Viewer, permit
from powermap.errors import UnknownMap, UnknownPaper, UnknownSavedQuestion
from powermap.papers import KeptPaper, PaperToKeep
from powermap.ports import Positions
from powermap.saved import QuestionToSave, SavedQuestion

T = TypeVar("T")


class KeptInNeo4j:
    """That part of the store which is no part of the maps."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def arrangement(self, map_id: str, viewer: Viewer, *, name: str = "") -> Positions:
        scope = permit(viewer, Act.READ)

        def work(tx: Transaction) -> Positions:
            live_ledger(tx, map_id)
            rows = rows_of(tx, cypher.ARRANGEMENT, map=map_id, part=slice_of(scope, name))
            ids = one_of(tx, cypher.SEEN_IDS, map=map_id, **parameters_of(scope))["ids"]
            return positions_of(rows[0]["positions"], set(ids)) if rows else {}

        return self._server.read(work)

    def keep_arrangement(
        self, map_id: str, viewer: Viewer, positions: Positions, *, name: str = ""
    ) -> None:
        part, text = slice_of(permit(viewer, Act.READ), name), text_of_positions(positions)

        def work(tx: Transaction) -> None:
            live_ledger(tx, map_id)
            run(tx, cypher.ARRANGE, map=map_id, part=part, positions=text)

        self._server.write(work)

    def saved_questions(self, map_id: str, viewer: Viewer) -> tuple[SavedQuestion, ...]:
        permit(viewer, Act.READ)

        def work(tx: Transaction) -> tuple[SavedQuestion, ...]:
            live_ledger(tx, map_id)
            return _kept(tx, map_id, viewer)

        return self._server.read(work)

    def save_question(self, map_id: str, viewer: Viewer, wanted: QuestionToSave) -> SavedQuestion:
        def work(tx: Transaction, revision: int) -> SavedQuestion:
            question = saved(_kept(tx, map_id, viewer), wanted, viewer, revision=revision)
            run(tx, cypher.SAVE, **saved_row(map_id, question))
            return question

        return self._while_locked(map_id, viewer, work)

    def see_question(
        self, map_id: str, viewer: Viewer, question_id: str, revision: int
    ) -> SavedQuestion:
        def work(tx: Transaction, current: int) -> SavedQuestion:
            question = seen(_kept(tx, map_id, viewer), question_id, revision, revision=current)
            run(tx, cypher.SAVE, **saved_row(map_id, question))
            return question

        return self._while_locked(map_id, viewer, work)

    def forget_question(self, map_id: str, viewer: Viewer, question_id: str, version: int) -> None:
        forgotten = False

        def work(tx: Transaction, _: int) -> None:
            nonlocal forgotten
            try:
                question = found_by_id(_kept(tx, map_id, viewer), question_id, version)
            except UnknownSavedQuestion:
                if forgotten:
                    # The answer to our own commit was lost: it is as it should be.
                    return
                raise
            run(tx, cypher.FORGET, **saved_row(map_id, question))
            forgotten = True

        self._while_locked(map_id, viewer, work)

    def papers(self, map_id: str, viewer: Viewer) -> tuple[KeptPaper, ...]:
        permit(viewer, Act.READ)

        def work(tx: Transaction) -> tuple[KeptPaper, ...]:
            live_ledger(tx, map_id)
            return _papers(tx, map_id, viewer)

        return self._server.read(work)

    def keep_paper(self, map_id: str, viewer: Viewer, wanted: PaperToKeep) -> KeptPaper:
        paper = remembered(wanted, viewer)

        def work(tx: Transaction, revision: int) -> KeptPaper:
            for one in making_room(_papers(tx, map_id, viewer), paper, revision=revision):
                run(tx, cypher.FORGET_PAPER, **paper_row(map_id, one))
            run(tx, cypher.KEEP_PAPER, **paper_row(map_id, paper))
            return paper

        return self._while_locked(map_id, viewer, work)

    def forget_paper(self, map_id: str, viewer: Viewer, paper_id: str) -> None:
        parameters = {"map_id": map_id, "viewer": viewer.name, "id": paper_id}
        forgotten = False

        def work(tx: Transaction, _: int) -> None:
            nonlocal forgotten
            there = one_of(tx, cypher.FORGET_PAPER, **parameters)["forgotten"]
            # Where the answer to our own commit was lost, it is as it should be.
            if not there and not forgotten:
                raise UnknownPaper(paper_id)
            forgotten = True

        self._while_locked(map_id, viewer, work)

    def _while_locked(
        self, map_id: str, viewer: Viewer, work: Callable[[Transaction, int], T]
    ) -> T:
        """What `work` answers, given the map's revision, while nobody can change or delete it."""
        permit(viewer, Act.READ)

        def locked(tx: Transaction) -> T:
            if not rows_of(tx, cypher.LOCK, map=map_id):
                raise UnknownMap(map_id)
            answer = work(tx, live_ledger(tx, map_id)["revision"])
            run(tx, cypher.UNLOCK, map=map_id)
            return answer

        return self._server.write(locked)


def _kept(tx: Transaction, map_id: str, viewer: Viewer) -> tuple[SavedQuestion, ...]:
    rows = rows_of(tx, cypher.SAVED, map=map_id, viewer=viewer.name)
    return saved_of(row["question"] for row in rows)


def _papers(tx: Transaction, map_id: str, viewer: Viewer) -> tuple[KeptPaper, ...]:
    rows = rows_of(tx, cypher.PAPERS, map=map_id, viewer=viewer.name)
    return papers_of(row["paper"] for row in rows)
