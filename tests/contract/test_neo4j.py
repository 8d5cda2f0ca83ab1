"""What only a store behind a network has to promise, and how its maps look to a person."""

from __future__ import annotations

import dataclasses
import os
import random
import re
import threading
import time
from collections.abc import Iterator
from typing import Any, LiteralString

import pytest
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.stores import bolt, cypher, neo4j, open_store
from graph.stores.bolt import translated
from graph.stores.cypher import SCHEMA_RULES
from graph.stores.neo4j import Neo4jStore
from powermap.changes import Create, Undo
from powermap.dates import PartialDate
from powermap.errors import Conflict, PowerMapError, StoreUnavailable, StoreUnusable, TooMuch
from powermap.model import Evidence
from powermap.ports import MapStore
from powermap.vocabulary import Basis, Level, Nature
from tests.contract.board import (
    EDITOR,
    OPEN,
    OWNER,
    PRIVATE,
    READER,
    Board,
    Place,
    body,
    leader,
    post,
    small_map,
    tie,
    to_keep,
    to_save,
)
from tests.contract.bolt_proxy import BoltProxy
from tests.contract.workers import apply_until_answered
from tests.neo4j_server import NamedServer, NoServer, Server, connect, empty_database, find_server

pytestmark = pytest.mark.neo4j


@pytest.fixture(scope="module")
def place(neo4j_server: Server) -> Iterator[Place]:
    empty_database(neo4j_server)
    yield Place(neo4j_server.uri, neo4j_server.user, neo4j_server.password)
    empty_database(neo4j_server)


@pytest.fixture(scope="module")
def store(place: Place) -> Iterator[MapStore]:
    store = place.open()
    yield store
    store.close()


@pytest.fixture
def board(store: MapStore, place: Place) -> Board:
    return Board(store, place)


@pytest.fixture
def proxy(neo4j_server: Server) -> Iterator[BoltProxy]:
    proxy = BoltProxy(neo4j_server.uri)
    yield proxy
    proxy.close()


@pytest.fixture
def far_board(board: Board, proxy: BoltProxy, neo4j_server: Server) -> Iterator[Board]:
    """The same map, reached over the road that can be cut."""
    place = Place(proxy.uri, neo4j_server.user, neo4j_server.password)
    store = place.open()
    far = Board(store, place)
    yield far
    store.close()


def ask(server: Server, query: LiteralString, **parameters: Any) -> list[dict[str, Any]]:
    with connect(server) as driver:
        return [record.data() for record in driver.execute_query(query, parameters).records]


# -- what a person sees in Neo4j Browser ----------------------------------------------------------


def test_a_map_is_a_graph_a_person_understands(board: Board, neo4j_server: Server) -> None:
    board.add(*small_map(), body("heir"), body("old", succeeded_by=("heir",)))

    paths = ask(
        neo4j_server,
        "MATCH (a:Record {map: $map})-[r]->(b:Record) RETURN labels(a) AS from, a.id AS a,"
        " type(r) AS type, b.id AS b, labels(b) AS to",
        map=board.id,
    )

    found = {(path["a"], path["type"], path["b"]) for path in paths}
    assert found == {
        ("kim", "HOLDS", "chief"),
        ("lee", "HOLDS", "deputy"),
        ("chief", "TO", "council"),
        ("deputy", "TO", "council"),
        ("deputy", "REPORTS_TO", "chief"),
        ("kim", "RELATES", "lee"),
        ("lee", "RELATES", "trust"),
        ("of-kim", "ABOUT", "kim"),
        ("old", "SUCCEEDED_BY", "heir"),
    }
    labels = {path["a"]: set(path["from"]) for path in paths}
    assert labels["kim"] == {"Record", "Leader"}
    assert labels["chief"] == {"Record", "Accountability"}
    assert labels["of-kim"] == {"Record", "Assessment"}
    assert labels["old"] == {"Record", "Organisation"}


def test_nodes_and_ties_carry_what_people_ask_for(board: Board, neo4j_server: Server) -> None:
    board.add(leader("kim", name="Kim"), body("trust", active_from=PartialDate("2009-05")))
    chief = post("chief", "trust", title="Chief executive", holder="kim")
    board.add(dataclasses.replace(chief, level=Level.CHIEF_OFFICER))
    board.add(tie("t", "kim", "trust", strength=4), by=EDITOR)

    (found,) = ask(
        neo4j_server,
        "MATCH (map:Map {id: $map}), (l:Leader {map: $map})-[t:RELATES]->(o:Organisation),"
        " (l)-[:HOLDS]->(a:Accountability)-[:TO]->(o) RETURN map, l, properties(t) AS t, o, a",
        map=board.id,
    )

    assert found["map"]["title"] == "A system"
    assert found["l"]["name"] == "Kim"
    assert (found["o"]["kind"], found["o"]["sector"]) == ("council", "nhs")
    assert (found["o"]["active_from"], found["o"]["from_max"]) == ("2009-05", "2009-05-31")
    assert (found["a"]["title"], found["a"]["level"]) == ("Chief executive", "chief_officer")
    said = {"kind": "trusts", "strength": 4, "version": 1, "author": "ed", "revision": 4}
    assert said.items() <= found["t"].items()
    assert found["t"]["sensitivity"] == "confidential"


def test_the_graph_follows_every_change(board: Board, neo4j_server: Server) -> None:
    board.add(*small_map())
    board.change(post("deputy", "trust", holder="kim"), 1)
    dropped = board.drop(leader("lee"), 1)

    def around() -> set[tuple[str, str]]:
        query: LiteralString = (
            "MATCH (a:Record {map: $map, id: 'deputy'})-[r]-(b) RETURN type(r) AS type, b.id AS id"
        )
        rows = ask(neo4j_server, query, map=board.id)
        assert len(rows) == len({(row["type"], row["id"]) for row in rows})
        return {(row["type"], row["id"]) for row in rows}

    assert around() == {("HOLDS", "kim"), ("TO", "trust")}
    board.make(Undo(dropped.revision))
    board.change(post("deputy", "council"), 2)
    assert around() == {("TO", "council")}
    assert ask(
        neo4j_server, "MATCH ()-[r:RELATES {map: $map}]->() RETURN count(r) AS n", map=board.id
    ) == [{"n": 2}]


def test_log_and_requests_stand_apart_from_the_graph(board: Board, neo4j_server: Server) -> None:
    board.add(*small_map())
    board.drop(leader("kim"), 1)

    linked = ask(
        neo4j_server,
        "MATCH (n)--() WHERE n:Change OR n:Ledger OR n:Request OR n:About RETURN count(n) AS n",
    )
    (ledger,) = ask(neo4j_server, "MATCH (l:Ledger {map: $map}) RETURN l", map=board.id)

    assert linked == [{"n": 0}]
    assert ledger["l"]["revision"] == 3
    assert "locked" not in ledger["l"]


# -- the layout -----------------------------------------------------------------------------------


def test_opening_makes_the_constraints_and_opening_again_changes_nothing(
    empty_neo4j: Server,
) -> None:
    place = Place(empty_neo4j.uri, empty_neo4j.user, empty_neo4j.password)
    for _ in range(2):
        place.open().close()

    rows = ask(empty_neo4j, "SHOW INDEXES YIELD name, entityType AS of RETURN name, of")
    assert SCHEMA_RULES.keys() <= {row["name"] for row in rows}
    assert {row["name"]: row["of"] for row in rows}["relates_id"] == "RELATIONSHIP"
    assert ask(empty_neo4j, "MATCH (a:About) RETURN a.schema AS schema") == [{"schema": 3}]


def test_many_open_an_empty_database_at_once(empty_neo4j: Server) -> None:
    with connect(empty_neo4j) as driver:
        for name in SCHEMA_RULES:
            rule = "INDEX" if name == "change_revision" else "CONSTRAINT"
            driver.execute_query(f"DROP {rule} {name} IF EXISTS")  # type: ignore[arg-type]
    place = Place(empty_neo4j.uri, empty_neo4j.user, empty_neo4j.password)
    failures: list[BaseException] = []

    def open_and_use(number: int) -> None:
        try:
            store = place.open()
            Board(store, place).add(leader("kim"))
            store.close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=open_and_use, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    rows = ask(empty_neo4j, "SHOW INDEXES YIELD name RETURN name")
    assert SCHEMA_RULES.keys() <= {row["name"] for row in rows}


def test_a_database_of_a_newer_powermap_is_refused(empty_neo4j: Server) -> None:
    place = Place(empty_neo4j.uri, empty_neo4j.user, empty_neo4j.password)
    store = place.open()
    ask(empty_neo4j, "MATCH (about:About) SET about.schema = 4")

    for act in (place.open, store.check):
        with pytest.raises(StoreUnusable, match="version 4; this powermap works with version 3"):
            act()
    store.close()


def test_a_database_of_an_older_powermap_is_brought_up_to_date(empty_neo4j: Server) -> None:
    place = Place(empty_neo4j.uri, empty_neo4j.user, empty_neo4j.password)
    store = place.open()
    board = Board(store, place)
    board.add(leader("kim"))
    store.close()
    newer = {"saved_question_name", "paper_id"}
    ask(empty_neo4j, "DROP CONSTRAINT saved_question_name")
    ask(empty_neo4j, "DROP CONSTRAINT paper_id")
    ask(empty_neo4j, "MATCH (about:About) SET about.schema = 1")

    again = place.open()

    assert again.check().schema == 3
    assert set(again.read(board.id, OWNER).records) == {"kim"}
    rows = ask(empty_neo4j, "SHOW INDEXES YIELD name RETURN name")
    assert newer <= {row["name"] for row in rows}
    again.close()


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (n:Change {map: $map}) WITH n LIMIT 1 CREATE (m:Change) SET m = n",
        "MATCH (n:Change {map: $map}) WITH n LIMIT 1 CREATE (m:Change) SET m = n, m.revision = 99",
        "MATCH (n:Record {map: $map}) WITH n LIMIT 1 CREATE (m:Record) SET m = n",
        "MATCH (a)-[r:RELATES {map: $map}]->(b) WITH * LIMIT 1 CREATE (b)-[s:RELATES]->(a)"
        " SET s = properties(r)",
        "MATCH (n:Ledger {map: $map}) CREATE (m:Ledger) SET m = n",
        "MATCH (n:Request {map: $map}) WITH n LIMIT 1 CREATE (m:Request) SET m = n",
        "MATCH (n:Request {map: $map}) WITH n LIMIT 1 CREATE (m:Request) SET m = n, m.key = 'new'",
        "MATCH (n:SavedQuestion {map: $map}) CREATE (m:SavedQuestion) SET m = n, m.id = 'new'",
        "MATCH (n:Paper {map: $map}) CREATE (m:Paper) SET m = n, m.title = 'new'",
    ],
    ids=["change", "version", "record", "tie", "ledger", "key", "revision", "saved", "paper"],
)
def test_nothing_can_be_there_twice(
    board: Board, neo4j_server: Server, query: LiteralString
) -> None:
    board.add(*small_map())
    board.store.save_question(board.id, OWNER, to_save("Gaps"))
    board.store.keep_paper(board.id, OWNER, to_keep("Paper"))

    with pytest.raises(ConstraintError):
        ask(neo4j_server, query, map=board.id)


def test_reads_cannot_write(store: MapStore) -> None:
    assert isinstance(store, Neo4jStore)

    with pytest.raises(StoreUnusable, match="AccessMode"):
        store._server.read(lambda tx: tx.run("CREATE (:Record)").consume())


def test_a_wrong_password_says_so(neo4j_server: Server) -> None:
    with pytest.raises(StoreUnavailable, match="refuses the user name or the password"):
        open_store(neo4j_server.uri, username="neo4j", password="wrong")


def test_a_database_that_is_not_there_says_so(neo4j_server: Server) -> None:
    with pytest.raises(StoreUnusable, match="no such database"):
        open_store(
            neo4j_server.uri,
            username=neo4j_server.user,
            password=neo4j_server.password,
            database="elsewhere",
        )


def test_routing_addresses_work_too(neo4j_server: Server, board: Board) -> None:
    board.add(leader("kim"))
    uri = neo4j_server.uri.replace("bolt://", "neo4j://")

    store = open_store(uri, username=neo4j_server.user, password=neo4j_server.password)

    assert set(store.read(board.id, OWNER).records) == {"kim"}
    store.close()


def test_large_maps_are_read_in_slices(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j, "READ_SLICE", 7)
    monkeypatch.setattr(neo4j, "WRITE_SLICE", 5)
    people = [leader(f"l{number:02}", OPEN if number % 3 else PRIVATE) for number in range(40)]
    ties = [
        tie(f"t{number:02}", f"l{number:02}", f"l{number + 1:02}", PRIVATE) for number in range(39)
    ]

    board.add(*people, *ties)
    board.change(leader("l01", OPEN, name="Changed"), 1)

    assert board.ids() == {record.id for record in [*people, *ties]}
    assert board.ids(READER) == {person.id for person in people if person.sensitivity is OPEN}
    assert board.ids(revision=2) == board.ids()
    assert len(board.ids(READER, 2)) == 26


# These ask about all maps there are, which are few, or about what there is one of.
ABOUT_ALL = {"MAPS", "HEADERS", "ABOUT", "INTRODUCE", "SERVER", "SCHEMA_RULES_THERE"}


def queries() -> dict[str, LiteralString]:
    found: dict[str, LiteralString] = {}
    for name, text in vars(cypher).items():
        if name.isupper() and name[0] != "_" and name not in {*ABOUT_ALL, "SEEN", "SCHEMA_RULES"}:
            texts = text.items() if isinstance(text, dict) else [("", text)]
            found |= {f"{name} {key}".strip(): query for key, query in texts}
    return found


@pytest.mark.parametrize("name", queries())
def test_no_query_goes_through_all_there_is(empty_neo4j: Server, name: str) -> None:
    """Planned on an empty database, where going through everything looks cheapest."""
    Place(empty_neo4j.uri, empty_neo4j.user, empty_neo4j.password).open().close()

    with connect(empty_neo4j) as driver:
        text: Any = "EXPLAIN " + queries()[name]
        parameters = dict.fromkeys(re.findall(r"\$(\w+)", text))
        plan = driver.execute_query(text, parameters).summary.plan

    assert not [step for step in steps_of(plan) if "Scan" in step]


def steps_of(plan: Any) -> list[str]:
    below = [step for child in plan.get("children", []) for step in steps_of(child)]
    return [plan["operatorType"], *below]


# -- a server that is gone ------------------------------------------------------------------------


def test_a_server_that_is_gone_is_unavailable_within_about_a_second(
    far_board: Board, proxy: BoltProxy
) -> None:
    far_board.add(leader("kim"))
    acts = [
        far_board.read,
        lambda: far_board.get("kim"),
        lambda: far_board.add(leader("lee")),
        lambda: far_board.store.maps(OWNER),
        far_board.store.check,
    ]

    for silent in (False, True):
        proxy.refusing, proxy.silent = not silent, silent
        for act in acts:
            proxy.cut()
            began = time.monotonic()
            with pytest.raises(StoreUnavailable, match="Check that it runs"):
                act()
            assert time.monotonic() - began < 1.6

    proxy.refusing = proxy.silent = False
    assert far_board.ids() == {"kim"}
    far_board.add(leader("lee"))


def test_nobody_at_the_address() -> None:
    began = time.monotonic()
    with pytest.raises(StoreUnavailable):
        open_store("bolt://127.0.0.1:1")
    assert time.monotonic() - began < 1.5


def test_a_connection_cut_between_requests_is_not_noticed(
    far_board: Board, proxy: BoltProxy
) -> None:
    for number in range(5):
        far_board.add(leader(f"l{number}"))
        proxy.cut()

    assert len(far_board.ids()) == 5


def test_an_answer_lost_after_the_commit_is_found_again(far_board: Board, proxy: BoltProxy) -> None:
    """The change was made, once, and the caller gets its first answer."""
    for number in range(5):
        commits = proxy.commits
        proxy.cut_after_commit = 1

        outcome = far_board.add(leader(f"l{number}"))

        assert proxy.commits - commits >= 2
        assert (outcome.revision, outcome.replayed) == (2 + number, False)
        assert [(entry.id, entry.version) for entry in outcome.entries] == [(f"l{number}", 1)]
    assert far_board.read().revision == 6
    assert [entry.revision for entry in far_board.log()] == [1, 2, 3, 4, 5, 6]


def test_a_commit_lost_on_its_way_is_made_again(far_board: Board, proxy: BoltProxy) -> None:
    proxy.cut_before_commit = 1

    outcome = far_board.add(leader("kim"))

    assert (outcome.revision, outcome.replayed) == (2, False)
    assert far_board.read().revision == 2


def test_a_paper_is_kept_and_forgotten_once_though_the_answer_is_lost(
    far_board: Board, proxy: BoltProxy
) -> None:
    proxy.cut_after_commit = 1
    kept = far_board.store.keep_paper(far_board.id, OWNER, to_keep("Paper"))
    assert proxy.cut_after_commit == 0
    assert far_board.store.papers(far_board.id, OWNER) == (kept,)

    proxy.cut_after_commit = 1
    far_board.store.forget_paper(far_board.id, OWNER, kept.id)

    assert proxy.cut_after_commit == 0
    assert far_board.store.papers(far_board.id, OWNER) == ()


def test_a_request_sent_again_after_its_answer_was_lost_changes_once(
    far_board: Board, proxy: BoltProxy
) -> None:
    proxy.cut_after_commit = 1

    def go_away() -> None:
        while proxy.cut_after_commit:
            time.sleep(0.01)
        proxy.refusing = True

    watching = threading.Thread(target=go_away)
    watching.start()
    with pytest.raises(StoreUnavailable):
        far_board.make(Create(leader("kim")), key="once")
    watching.join()
    proxy.refusing = False

    outcome = far_board.make(Create(leader("kim")), key="once")

    assert (outcome.revision, outcome.replayed) == (2, True)
    assert far_board.read().revision == 2


# -- a server that is killed ----------------------------------------------------------------------


KILLS = int(os.environ.get("POWERMAP_KILLS") or 1)


def test_a_server_killed_amid_writes_loses_nothing_and_doubles_nothing(
    board: Board, neo4j_server: Server
) -> None:
    if not neo4j_server.can_be_killed:
        pytest.skip("a server that was named is not ours to kill")
    answers: dict[str, int] = {}
    stopping = threading.Event()

    def write(name: str) -> None:
        number = 0
        while not stopping.is_set() or number < 20:
            id = f"{name}-{number}"
            changes = [Create(leader(id)), Create(tie(f"{id}-tie", id, "hub"))]
            answers[id] = apply_until_answered(board.store, board.id, changes, id)
            number += 1

    board.add(leader("hub"))
    writers = [threading.Thread(target=write, args=(f"w{n}",)) for n in range(4)]
    for writer in writers:
        writer.start()
    for _ in range(KILLS):
        time.sleep(random.uniform(1, 2))
        neo4j_server.kill()
        began = time.monotonic()
        with pytest.raises(StoreUnavailable):
            board.read()
        assert time.monotonic() - began < 2
        neo4j_server.restart()
    time.sleep(1)
    stopping.set()
    for writer in writers:
        writer.join()

    found = board.read()
    assert found.leaders.keys() - {"hub"} == answers.keys()
    assert found.relationships.keys() == {f"{id}-tie" for id in answers}
    assert sorted(answers.values()) == list(range(3, 3 + len(answers)))
    assert {record.version for record in found.records.values()} == {1}
    assert found.revision == 2 + len(answers)
    log = board.log()
    assert len(log) == 2 + 2 * len(answers)


# -- too much -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small_server() -> Iterator[Server]:
    try:
        server = find_server(heap="200m")
    except NoServer as reason:
        pytest.skip(f"no Neo4j: {reason}")
    if isinstance(server, NamedServer):
        pytest.skip("the memory of a server that was named is not ours to choose")
    server.start()
    yield server
    server.stop()


def test_an_import_too_large_for_the_server_says_so_at_once(small_server: Server) -> None:
    place = Place(small_server.uri, small_server.user, small_server.password)
    store = place.open()
    board = Board(store, place)
    words = Evidence(basis=Basis.MINUTES, citation="w" * 1000, nature=Nature.FACT)
    people = [leader(f"l{n}", evidence=(words,) * 20) for n in range(6_000)]

    with pytest.raises(TooMuch, match=r"dbms\.memory\.transaction\.total\.max.*heap\.max_size"):
        board.add(*people)

    assert board.ids() == set()
    assert board.read().revision == 1
    assert board.add(leader("kim")).revision == 2
    store.close()


# -- errors ---------------------------------------------------------------------------------------


def coded(error: Neo4jError, code: str) -> Neo4jError:
    error._neo4j_code = code
    return error


SYNTAX = coded(ClientError("what"), "Neo.ClientError.Statement.SyntaxError")
NO_DATABASE = coded(ClientError("where"), "Neo.ClientError.Database.DatabaseNotFound")
TOO_LONG = coded(ClientError("when"), "Neo.ClientError.Transaction.TransactionTimedOut")
NO_MEMORY = coded(
    TransientError("too much"), "Neo.TransientError.General.MemoryPoolOutOfMemoryError"
)
ERRORS: list[tuple[Exception, type[PowerMapError]]] = [
    (ServiceUnavailable("gone"), StoreUnavailable),
    (SessionExpired("gone"), StoreUnavailable),
    (AuthError("no"), StoreUnavailable),
    (ConfigurationError("odd"), StoreUnusable),
    (ConstraintError("twice"), Conflict),
    (TransientError("later"), StoreUnavailable),
    (SYNTAX, StoreUnusable),
    (NO_DATABASE, StoreUnusable),
    (TOO_LONG, StoreUnavailable),
    (NO_MEMORY, TooMuch),
]


@pytest.mark.parametrize(("error", "ours"), ERRORS, ids=lambda item: getattr(item, "__name__", ""))
def test_each_error_of_the_driver_becomes_ours(
    error: Neo4jError, ours: type[PowerMapError]
) -> None:
    assert type(translated(error, "neo4j://host")) is ours


def test_what_will_not_pass_is_not_tried_again() -> None:
    assert bolt.patience(NO_MEMORY) == 0
    assert bolt.patience(TransientError("a deadlock")) > 0


def test_a_deadlock_is_tried_again(store: MapStore, neo4j_server: Server) -> None:
    """Two transactions that lock two nodes in opposite order: one is stopped, and starts again."""
    assert isinstance(store, Neo4jStore)
    server = store._server
    ask(neo4j_server, "CREATE (:Tried {id: 1, n: 0}), (:Tried {id: 2, n: 0})")
    meeting = threading.Barrier(2)
    attempts: list[int] = []

    def work_in(order: list[int]) -> None:
        def work(tx: Any) -> None:
            attempts.append(order[0])
            for id in order:
                tx.run("MATCH (n:Tried {id: $id}) SET n.n = n.n + 1", id=id).consume()
                if id == order[0] and len(attempts) <= 2:
                    meeting.wait(5)

        server.write(work)

    threads = [threading.Thread(target=work_in, args=(order,)) for order in ([1, 2], [2, 1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(attempts) == 3
    counted = ask(neo4j_server, "MATCH (n:Tried) WITH n, n.n AS counted DELETE n RETURN counted")
    assert [row["counted"] for row in counted] == [2, 2]
