"""Maps in a Neo4j database, where Neo4j Browser shows them as the graphs they are."""

import os
import random
import re
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any, LiteralString, TypeVar

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, Transaction
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConnectionPoolError,
    ConstraintError,
    DatabaseUnavailable,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.stores.ledger import carry_out
from graph.stores.rows import (
    SCHEMA,
    counts_withheld,
    entry_of,
    final_states,
    names_in,
    present,
    record_of,
    row_of,
    shown,
    slice_of,
    visible,
)
from powermap.access import Act, Scope, Viewer, permit
from powermap.changes import Change, Create, Entry, Op, Outcome, Request
from powermap.errors import (
    Conflict,
    DeletedRecord,
    PowerMapError,
    RequestReused,
    StoreUnavailable,
    StoreUnusable,
    TooMuch,
    UnknownMap,
    UnknownRecord,
    UnknownRevision,
)
from powermap.model import MapHeader, PowerMap, Record, kind_of
from powermap.ports import MapSummary, Positions, StoreState
from powermap.shape import plain
from powermap.vocabulary import RecordKind

T = TypeVar("T")

# -- the layout -------------------------------------------------------------------------------

SCHEMA_RULES: dict[str, LiteralString] = {
    "about_name": "CREATE CONSTRAINT about_name IF NOT EXISTS "
    "FOR (n:About) REQUIRE n.name IS UNIQUE",
    "ledger_map": "CREATE CONSTRAINT ledger_map IF NOT EXISTS "
    "FOR (n:Ledger) REQUIRE n.map IS UNIQUE",
    "record_id": "CREATE CONSTRAINT record_id IF NOT EXISTS "
    "FOR (n:Record) REQUIRE (n.map, n.id) IS UNIQUE",
    "relates_id": "CREATE CONSTRAINT relates_id IF NOT EXISTS "
    "FOR ()-[r:RELATES]-() REQUIRE (r.map, r.id) IS UNIQUE",
    "change_version": "CREATE CONSTRAINT change_version IF NOT EXISTS "
    "FOR (n:Change) REQUIRE (n.map, n.id, n.version) IS UNIQUE",
    "change_ordinal": "CREATE CONSTRAINT change_ordinal IF NOT EXISTS "
    "FOR (n:Change) REQUIRE (n.map, n.revision, n.ordinal) IS UNIQUE",
    "request_key": "CREATE CONSTRAINT request_key IF NOT EXISTS "
    "FOR (n:Request) REQUIRE (n.map, n.actor, n.key) IS UNIQUE",
    "arrangement_slice": "CREATE CONSTRAINT arrangement_slice IF NOT EXISTS "
    "FOR (n:Arrangement) REQUIRE (n.map, n.slice) IS UNIQUE",
}

SCHEMA_RULES_THERE: LiteralString = "SHOW CONSTRAINTS YIELD name RETURN collect(name) AS names"

ABOUT: LiteralString = "MATCH (about:About {name: 'powermap'}) RETURN about.schema AS schema"

INTRODUCE: LiteralString = """
MERGE (about:About {name: 'powermap'}) ON CREATE SET about.schema = $schema
RETURN about.schema AS schema"""

SERVER: LiteralString = """
CALL dbms.components() YIELD name, versions, edition
WHERE name = 'Neo4j Kernel' RETURN versions[0] + ' ' + edition AS version"""

# -- what a viewer may see --------------------------------------------------------------------

SEEN: LiteralString = """(record.sensitivity IN $levels
  OR (record.sensitivity = 'private' AND record.author = $author))"""

# The latest version as of a settled revision; a version is shown to those who may see both.
_LATEST: LiteralString = """
CALL (record) {
  MATCH (latest:Change) WHERE latest.map = record.map AND latest.id = record.id
    AND latest.version >= record.version AND latest.revision <= $settled
  RETURN latest ORDER BY latest.map DESC, latest.id DESC, latest.version DESC LIMIT 1 }
WITH record, latest WHERE (latest.sensitivity IN $levels
  OR (latest.sensitivity = 'private' AND latest.author = $author))"""

# -- reading a map ----------------------------------------------------------------------------

MAPS: LiteralString = f"""
MATCH (record:Record) WHERE {SEEN}
RETURN record.map AS map, record.record_kind AS kind, count(*) AS count
UNION ALL
MATCH ()-[record:RELATES]->() WHERE {SEEN}
RETURN record.map AS map, record.record_kind AS kind, count(*) AS count"""

HEADERS: LiteralString = """
MATCH (header:Map) MATCH (ledger:Ledger {map: header.map})
RETURN header.map AS map, header.data AS data,
  ledger.revision AS revision, ledger.changed_at AS changed_at"""

LEDGER: LiteralString = """
MATCH (ledger:Ledger {map: $map}) MATCH (:Record:Map {map: $map, id: $map})
RETURN ledger {.revision, .changed_at, .live, .stamps} AS ledger"""

# The log is whole up to the ledger's revision once all entries of that revision can be seen.
SETTLED: LiteralString = """
MATCH (ledger:Ledger {map: $map}) MATCH (:Record:Map {map: $map, id: $map})
OPTIONAL MATCH (change:Change {map: $map, revision: ledger.revision})
WITH ledger, count(change) AS seen
RETURN ledger.revision AS revision, ledger.entries = seen AS whole"""

READ_NODES: LiteralString = f"""
MATCH (record:Record) WHERE record.map = $map AND record.id > $after
WITH record ORDER BY record.map, record.id LIMIT $slice
WITH record, {SEEN} AS seen
RETURN collect(CASE WHEN seen THEN record.record_kind END) AS kinds,
  collect(CASE WHEN seen THEN record.data END) AS texts,
  count(record) AS live, sum(record.revision) AS stamps,
  max(record.revision) AS newest, max(record.id) AS last"""

READ_TIES: LiteralString = f"""
MATCH ()-[record:RELATES]->() WHERE record.map = $map AND record.id > $after
WITH record ORDER BY record.map, record.id LIMIT $slice
WITH record, {SEEN} AS seen
RETURN collect(CASE WHEN seen THEN record.record_kind END) AS kinds,
  collect(CASE WHEN seen THEN record.data END) AS texts,
  count(record) AS live, sum(record.revision) AS stamps,
  max(record.revision) AS newest, max(record.id) AS last"""

AS_OF: LiteralString = f"""
MATCH (change:Change) USING INDEX change:Change(map, id, version)
WHERE change.map = $map AND change.id > $after AND change.version = 1
WITH change.id AS id ORDER BY id LIMIT $slice
CALL (id) {{
  MATCH (record:Change) WHERE record.map = $map AND record.id = id AND record.version > 0
    AND record.revision <= $revision
  RETURN record ORDER BY record.map DESC, record.id DESC, record.version DESC LIMIT 1 }}
CALL (record) {{
  MATCH (latest:Change) WHERE latest.map = record.map AND latest.id = record.id
    AND latest.version >= record.version AND latest.revision <= $settled
  RETURN latest ORDER BY latest.map DESC, latest.id DESC, latest.version DESC LIMIT 1 }}
WITH record, record.data IS NOT NULL AND {SEEN} AND (latest.sensitivity IN $levels
  OR (latest.sensitivity = 'private' AND latest.author = $author)) AS seen
RETURN collect(CASE WHEN seen THEN record.kind END) AS kinds,
  collect(CASE WHEN seen THEN record.data END) AS texts, max(record.id) AS last"""

REVISION_AT: LiteralString = """
MATCH (change:Change {map: $map, revision: $revision}) RETURN max(change.at) AS at"""

GET: LiteralString = f"""
MATCH (record:Record {{map: $map, id: $id}}) WHERE {SEEN}
RETURN record.record_kind AS kind, record.data AS data
UNION ALL
MATCH ()-[record:RELATES {{map: $map, id: $id}}]->() WHERE {SEEN}
RETURN record.record_kind AS kind, record.data AS data"""

VISIBLE_IDS: LiteralString = f"""
MATCH (record:Record) WHERE record.map = $map AND {SEEN} RETURN collect(record.id) AS ids"""

# -- reading the log --------------------------------------------------------------------------

HISTORY: LiteralString = f"""
MATCH (record:Change) WHERE record.map = $map AND record.id = $id AND record.version > 0
  AND record.revision <= $settled AND {SEEN}
{_LATEST}
RETURN record {{.*}} AS entry ORDER BY record.version"""

REVISIONS: LiteralString = f"""
MATCH (record:Change) USING INDEX record:Change(map, revision, ordinal)
WHERE record.map = $map AND record.revision > $after AND record.ordinal >= 0
  AND record.revision <= $settled AND {SEEN}
WITH DISTINCT record.revision AS revision ORDER BY revision LIMIT $limit
RETURN collect(revision) AS revisions"""

CHANGES: LiteralString = f"""
UNWIND $revisions AS revision
MATCH (record:Change) WHERE record.map = $map AND record.revision = revision
  AND record.ordinal >= 0 AND {SEEN}
{_LATEST}
RETURN record {{.*}} AS entry ORDER BY record.revision, record.ordinal"""

SEEN_ENTRIES: LiteralString = f"""
MATCH (record:Change {{map: $map, revision: $revision}}) WHERE {SEEN}
RETURN record {{.*}} AS entry ORDER BY record.ordinal"""

ENTRIES: LiteralString = """
MATCH (record:Change {map: $map, revision: $revision})
RETURN record {.*} AS entry ORDER BY record.ordinal"""

LAST: LiteralString = """
UNWIND $ids AS id
CALL (id) {
  MATCH (record:Change) WHERE record.map = $map AND record.id = id AND record.version > 0
  RETURN record ORDER BY record.map DESC, record.id DESC, record.version DESC LIMIT 1 }
RETURN record {.*} AS entry"""

VERSIONS: LiteralString = """
UNWIND $wanted AS wanted
MATCH (record:Change {map: $map, id: wanted[0], version: wanted[1]})
RETURN record {.*} AS entry"""

# -- what a change of the map needs to know -----------------------------------------------------

LIVE_NODES: LiteralString = """
UNWIND $ids AS id MATCH (record:Record {map: $map, id: id})
RETURN collect(record.record_kind) AS kinds, collect(record.data) AS texts"""

LIVE_TIES: LiteralString = """
UNWIND $ids AS id MATCH ()-[record:RELATES {map: $map, id: id}]->()
RETURN collect(record.record_kind) AS kinds, collect(record.data) AS texts"""

NAMING: LiteralString = """
UNWIND $ids AS id
MATCH (:Record {map: $map, id: id})<-[:TO|REPORTS_TO|ABOUT|SUCCEEDED_BY]-(record:Record)
RETURN record.record_kind AS kind, record.data AS data
UNION
UNWIND $ids AS id MATCH (:Record {map: $map, id: id})-[:HOLDS]->(record:Record)
RETURN record.record_kind AS kind, record.data AS data
UNION
UNWIND $ids AS id MATCH (:Record {map: $map, id: id})-[record:RELATES]-()
RETURN record.record_kind AS kind, record.data AS data"""

# -- writing ----------------------------------------------------------------------------------

# The first statement of every write: it takes the ledger node's lock, so that writers of one map
# stand in line. What the map says is read by the statements after it, when the lock is held.
LOCK: LiteralString = "MATCH (ledger:Ledger {map: $map}) SET ledger.locked = true RETURN ledger.map"

LOCK_OR_BEGIN: LiteralString = """
MERGE (ledger:Ledger {map: $map})
ON CREATE SET ledger.revision = 0, ledger.live = 0, ledger.stamps = 0
SET ledger.locked = true RETURN ledger.map"""

LOCKED: LiteralString = """
MATCH (ledger:Ledger {map: $map})
OPTIONAL MATCH (request:Request {map: $map, actor: $actor, key: $key})
RETURN ledger.revision AS revision, ledger.changed_at AS changed_at,
  request.digest AS digest, request.revision AS answered"""

STAMPS: LiteralString = """
UNWIND $ids AS id MATCH (record:Record {map: $map, id: id})
RETURN count(record) AS live, sum(record.revision) AS stamps
UNION ALL
UNWIND $ids AS id MATCH ()-[record:RELATES {map: $map, id: id}]->()
RETURN count(record) AS live, sum(record.revision) AS stamps"""

ADVANCE: LiteralString = """
MATCH (ledger:Ledger {map: $map})
SET ledger.revision = $revision, ledger.changed_at = $at, ledger.entries = $entries,
  ledger.live = ledger.live + $live, ledger.stamps = ledger.stamps + $stamps
REMOVE ledger.locked
CREATE (:Request {map: $map, actor: $actor, key: $key, digest: $digest, revision: $revision})"""

APPEND: LiteralString = "UNWIND $rows AS row CREATE (change:Change) SET change = row"

REMOVE_TIES: LiteralString = """
UNWIND $ids AS id MATCH ()-[record:RELATES {map: $map, id: id}]->() DELETE record"""

REMOVE_NODES: LiteralString = """
UNWIND $ids AS id MATCH (record:Record {map: $map, id: id}) DETACH DELETE record"""

PUT_NODES: dict[RecordKind, LiteralString] = {
    RecordKind.MAP: """
UNWIND $rows AS row MERGE (record:Record {map: row.map, id: row.id})
SET record:Map SET record = row""",
    RecordKind.ORGANISATION: """
UNWIND $rows AS row MERGE (record:Record {map: row.map, id: row.id})
SET record:Organisation SET record = row""",
    RecordKind.LEADER: """
UNWIND $rows AS row MERGE (record:Record {map: row.map, id: row.id})
SET record:Leader SET record = row""",
    RecordKind.ACCOUNTABILITY: """
UNWIND $rows AS row MERGE (record:Record {map: row.map, id: row.id})
SET record:Accountability SET record = row""",
    RecordKind.ASSESSMENT: """
UNWIND $rows AS row MERGE (record:Record {map: row.map, id: row.id})
SET record:Assessment SET record = row""",
}

# A new tie is made between its ends; they never change, so a later version only has its words.
NEW_TIES: LiteralString = """
UNWIND $rows AS row
MATCH (source:Record {map: row.map, id: row.source})
MATCH (target:Record {map: row.map, id: row.target})
CREATE (source)-[record:RELATES]->(target) SET record = row"""

PUT_TIES: LiteralString = """
UNWIND $rows AS row MATCH ()-[record:RELATES {map: row.map, id: row.id}]->() SET record = row"""

UNNAME: LiteralString = """
UNWIND $ids AS id MATCH (record:Record {map: $map, id: id})
OPTIONAL MATCH (record)-[named:TO|REPORTS_TO|ABOUT|SUCCEEDED_BY]->()
OPTIONAL MATCH (record)<-[held:HOLDS]-()
DELETE named, held"""

NAME: dict[str, LiteralString] = {
    "holder": """
UNWIND $rows AS row MATCH (record:Record {map: $map, id: row.id})
MATCH (named:Record {map: $map, id: row.named}) CREATE (named)-[:HOLDS]->(record)""",
    "to": """
UNWIND $rows AS row MATCH (record:Record {map: $map, id: row.id})
MATCH (named:Record {map: $map, id: row.named}) CREATE (record)-[:TO]->(named)""",
    "reports_to": """
UNWIND $rows AS row MATCH (record:Record {map: $map, id: row.id})
MATCH (named:Record {map: $map, id: row.named}) CREATE (record)-[:REPORTS_TO]->(named)""",
    "leader": """
UNWIND $rows AS row MATCH (record:Record {map: $map, id: row.id})
MATCH (named:Record {map: $map, id: row.named}) CREATE (record)-[:ABOUT]->(named)""",
    "succeeded_by": """
UNWIND $rows AS row MATCH (record:Record {map: $map, id: row.id})
MATCH (named:Record {map: $map, id: row.named}) CREATE (record)-[:SUCCEEDED_BY]->(named)""",
}

ARRANGEMENT: LiteralString = """
MATCH (arrangement:Arrangement {map: $map, slice: $part})
RETURN arrangement.ids AS ids, arrangement.xs AS xs, arrangement.ys AS ys"""

ARRANGE: LiteralString = """
MERGE (arrangement:Arrangement {map: $map, slice: $part})
SET arrangement.ids = $ids, arrangement.xs = $xs, arrangement.ys = $ys"""

# -- how long, how many -----------------------------------------------------------------------

READ_SLICE = 10_000
WRITE_SLICE = 5_000
POOL = 40
CONNECT_SECONDS = 0.8
READ_SECONDS = 60
WRITE_SECONDS = 600
GONE_SECONDS = 0.6
"""How long after a first failure a lost server is tried again before it is called unavailable."""
BUSY_SECONDS = 10
"""How long a deadlock, or another passing trouble of the server, is tried again."""
TORN_READS = 3
"""After so many reads that a writer cut across, the next one makes writers wait."""

OUT_OF_MEMORY = {
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
    "Neo.TransientError.General.TransactionMemoryLimit",
    "Neo.TransientError.General.OutOfMemoryError",
}
"""The server calls these transient; the same request fails in the same way each time."""

_SETTING = re.compile(r"\b(?:dbms|db|server)\.memory\.[a-z._]+")


class Neo4jStore:
    """Keeps maps in Neo4j Community or Enterprise, 5.26 or later.

    The right choice where a Neo4j is run and backed up already, where several services share the
    maps, or where people want to look at them with Neo4j's own tools.
    """

    def __init__(
        self, url: str, *, username: str = "", password: str = "", database: str = ""
    ) -> None:
        self.url = url
        self._auth = (username or "neo4j", password) if password else None
        self._database = database or "neo4j"
        self._drivers: dict[int, Driver] = {}
        self._lock = threading.Lock()
        self._prepare()

    # -- reading ------------------------------------------------------------------------------

    def maps(self, viewer: Viewer) -> list[MapSummary]:
        scope = _scope(viewer)

        def work(tx: Transaction) -> tuple[list[Any], list[Any]]:
            return _rows(tx, HEADERS), _rows(tx, MAPS, **scope)

        headers, rows = self._read(work)
        counts: dict[str, dict[RecordKind, int]] = {}
        for row in rows:
            if row["kind"] != RecordKind.MAP:
                counts.setdefault(row["map"], {})[RecordKind(row["kind"])] = row["count"]
        found = [
            MapSummary(
                header=_header(row["data"]),
                revision=row["revision"],
                changed_at=datetime.fromisoformat(row["changed_at"]),
                counts=counts.get(row["map"], {}),
            )
            for row in headers
        ]
        return sorted(
            found, key=lambda summary: (summary.header.title.casefold(), summary.header.id)
        )

    def revision(self, map_id: str, viewer: Viewer) -> int:
        permit(viewer, Act.READ)
        revision: int = self._read(lambda tx: _ledger(tx, map_id)["revision"])
        return revision

    def read(self, map_id: str, viewer: Viewer, *, revision: int | None = None) -> PowerMap:
        scope = permit(viewer, Act.READ)
        if revision is not None:
            current = self.revision(map_id, viewer)
            if not 1 <= revision <= current:
                raise UnknownRevision(revision)
            if revision != current:
                return self._read(lambda tx: _map_as_of(tx, map_id, scope, revision))
        for _ in range(TORN_READS):
            found = self._read(lambda tx: _map_now(tx, map_id, viewer))
            if found is not None:
                break
        else:
            found = self._write(lambda tx: _map_while_locked(tx, map_id, viewer), keep=False)
        if revision is not None and found.revision != revision:
            # Somebody changed the map meanwhile, so the one asked for is in the past now.
            return self._read(lambda tx: _map_as_of(tx, map_id, scope, revision))
        return found

    def get(self, map_id: str, viewer: Viewer, record_id: str) -> Record:
        scope = permit(viewer, Act.READ)

        def work(tx: Transaction) -> Record:
            _ledger(tx, map_id)
            for row in _rows(tx, GET, map=map_id, id=record_id, **_scope(viewer)):
                record = record_of(row["kind"], row["data"])
                if scope.admits(record.sensitivity, record.author):
                    return record
            entries = _history(tx, map_id, record_id, scope)
            if entries and entries[-1].op is Op.DELETE:
                raise DeletedRecord(record_id)
            raise UnknownRecord(record_id)

        return self._read(work)

    def history(self, map_id: str, viewer: Viewer, record_id: str) -> tuple[Entry, ...]:
        scope = permit(viewer, Act.READ)

        def work(tx: Transaction) -> tuple[Entry, ...]:
            entries = _history(tx, map_id, record_id, scope)
            return shown(entries, _Neo4jLedger(tx, map_id).last(names_in(entries)), scope)

        entries = self._read(work)
        if not entries:
            raise UnknownRecord(record_id)
        return entries

    def changes(
        self, map_id: str, viewer: Viewer, *, after: int = 0, limit: int = 100
    ) -> tuple[Entry, ...]:
        scope = permit(viewer, Act.READ)

        def work(tx: Transaction) -> tuple[Entry, ...]:
            parameters = {"map": map_id, "settled": _settled(tx, map_id), **_parameters(scope)}
            revisions = _one(tx, REVISIONS, after=after, limit=limit, **parameters)["revisions"]
            entries = _entries(tx, CHANGES, revisions=revisions, **parameters)
            return shown(entries, _Neo4jLedger(tx, map_id).last(names_in(entries)), scope)

        return self._read(work)

    def arrangement(self, map_id: str, viewer: Viewer) -> Positions:
        scope = permit(viewer, Act.READ)

        def work(tx: Transaction) -> Positions:
            rows = _rows(tx, ARRANGEMENT, map=map_id, part=slice_of(scope))
            if not rows:
                return {}
            row = rows[0]
            points = zip(row["xs"], row["ys"], strict=True)
            return dict(zip(row["ids"], points, strict=True))

        return self._read(work)

    # -- writing ------------------------------------------------------------------------------

    def keep_arrangement(self, map_id: str, viewer: Viewer, positions: Positions) -> None:
        scope = permit(viewer, Act.READ)
        ids = list(positions)

        def work(tx: Transaction) -> None:
            _ledger(tx, map_id)
            _run(
                tx,
                ARRANGE,
                map=map_id,
                part=slice_of(scope),
                ids=ids,
                xs=[float(positions[id][0]) for id in ids],
                ys=[float(positions[id][1]) for id in ids],
            )

        self._write(work)

    def apply(
        self,
        map_id: str,
        viewer: Viewer,
        changes: Sequence[Change],
        *,
        request: Request,
        dry_run: bool = False,
    ) -> Outcome:
        written = False

        def work(tx: Transaction) -> Outcome:
            nonlocal written
            locked = _lock(tx, map_id, viewer, changes, request)
            if locked["digest"] is not None:
                outcome = _first_answer(tx, map_id, viewer, request, locked)
                # When the answer to our own commit was lost, this is not a repetition.
                return Outcome(
                    revision=outcome.revision, entries=outcome.entries, replayed=not written
                )
            outcome = _apply(tx, map_id, viewer, changes, request, locked)
            written = not dry_run
            return outcome

        return self._write(work, keep=not dry_run)

    # -- the server ---------------------------------------------------------------------------

    def check(self) -> StoreState:
        def work(tx: Transaction) -> StoreState:
            about = _rows(tx, ABOUT)
            _refuse_other_schema(about)
            return StoreState(
                store="Neo4j", version=_one(tx, SERVER)["version"], schema=about[0]["schema"]
            )

        return self._read(work)

    def close(self) -> None:
        driver = self._drivers.pop(os.getpid(), None)
        if driver is not None:
            driver.close()

    def _prepare(self) -> None:
        """Make the constraints, and refuse a database laid out by a newer powermap."""
        about = self._read(lambda tx: _rows(tx, ABOUT))
        if about:
            _refuse_other_schema(about)
        there = set(self._read(lambda tx: _one(tx, SCHEMA_RULES_THERE)["names"]))
        for name, rule in SCHEMA_RULES.items():
            if name not in there:
                self._write(partial(_run, query=rule))
        _refuse_other_schema(self._write(lambda tx: _rows(tx, INTRODUCE, schema=SCHEMA)))

    def _driver(self) -> Driver:
        """This process's driver: one made before a fork would share its connections."""
        process = os.getpid()
        with self._lock:
            if process not in self._drivers:
                self._drivers[process] = GraphDatabase.driver(
                    self.url,
                    auth=self._auth,
                    connection_timeout=CONNECT_SECONDS,
                    connection_acquisition_timeout=10,
                    max_connection_pool_size=POOL,
                    liveness_check_timeout=30,
                    # Every query is written to be asked before its labels exist.
                    notifications_disabled_classifications=["UNRECOGNIZED"],
                )
            return self._drivers[process]

    def _read(self, work: Callable[[Transaction], T]) -> T:
        return self._transact(work, READ_ACCESS, READ_SECONDS, keep=True)

    def _write(self, work: Callable[[Transaction], T], *, keep: bool = True) -> T:
        return self._transact(work, WRITE_ACCESS, WRITE_SECONDS, keep=keep)

    def _transact(
        self, work: Callable[[Transaction], T], access: str, seconds: float, *, keep: bool
    ) -> T:
        """Do the work in one transaction, again where that can help: `work` must bear it."""
        first_failure = 0.0
        with _ours(self.url):
            for attempt in count():
                started, reached = time.monotonic(), False
                try:
                    driver = self._driver()
                    with (
                        driver.session(
                            database=self._database,
                            default_access_mode=access,
                            bookmark_manager=driver.execute_query_bookmark_manager,
                        ) as session,
                        session.begin_transaction(timeout=seconds) as tx,
                    ):
                        reached = True
                        answer = work(tx)
                        if keep:
                            tx.commit()
                        return answer
                except (ServiceUnavailable, SessionExpired, TransientError) as error:
                    now = time.monotonic()
                    first_failure = first_failure or now
                    patience = _patience(error)
                    slow_to_connect = not reached and now - started > CONNECT_SECONDS / 2
                    if slow_to_connect or now - first_failure >= patience:
                        raise
                time.sleep(random.uniform(0.5, 1) * min(0.02 * 2**attempt, 0.5))
        raise AssertionError("unreachable: count() does not end")


# -- the pieces of one request ------------------------------------------------------------------


def _map_now(
    tx: Transaction, map_id: str, viewer: Viewer, *, torn_is_possible: bool = True
) -> PowerMap | None:
    """The live map, or None when a writer's changes became visible while it was read.

    Neo4j shows a commit piece by piece. The ledger says how many records there are and what
    their revision numbers add up to; anything seen too early or too late changes one of them.
    """
    scope = permit(viewer, Act.READ)
    ledger = _ledger(tx, map_id)
    records: list[Record] = []
    live = stamps = newest = 0
    for query in (READ_NODES, READ_TIES):
        after = ""
        while True:
            row = _one(tx, query, map=map_id, after=after, slice=READ_SLICE, **_parameters(scope))
            records += map(record_of, row["kinds"], row["texts"])
            live, stamps = live + row["live"], stamps + row["stamps"]
            newest = max(newest, row["newest"] or 0)
            if row["live"] < READ_SLICE:
                break
            after = row["last"]
    whole = (live, stamps) == (ledger["live"], ledger["stamps"]) and newest <= ledger["revision"]
    if torn_is_possible and not (whole and _ledger(tx, map_id) == ledger):
        return None
    records = [r for r in records if scope.admits(r.sensitivity, r.author)]
    withheld = live - len(records) if counts_withheld(viewer) else None
    return present(ledger["revision"], ledger["changed_at"], records, withheld)


def _map_while_locked(tx: Transaction, map_id: str, viewer: Viewer) -> PowerMap:
    if not _rows(tx, LOCK, map=map_id):
        raise UnknownMap(map_id)
    found = _map_now(tx, map_id, viewer, torn_is_possible=False)
    if found is None:
        raise AssertionError("a locked map is read at once")
    return found


def _map_as_of(tx: Transaction, map_id: str, scope: Scope, revision: int) -> PowerMap:
    parameters = {"map": map_id, "settled": _settled(tx, map_id), **_parameters(scope)}
    records: list[Record] = []
    after: str | None = ""
    while after is not None:
        row = _one(tx, AS_OF, revision=revision, after=after, slice=READ_SLICE, **parameters)
        records += map(record_of, row["kinds"], row["texts"])
        after = row["last"]
    changed_at = _one(tx, REVISION_AT, map=map_id, revision=revision)["at"]
    return present(revision, changed_at, records, None)


def _history(tx: Transaction, map_id: str, record_id: str, scope: Scope) -> list[Entry]:
    settled = _settled(tx, map_id)
    return _entries(tx, HISTORY, map=map_id, id=record_id, settled=settled, **_parameters(scope))


def _ledger(tx: Transaction, map_id: str) -> dict[str, Any]:
    """The ledger of a map that is there."""
    rows = _rows(tx, LEDGER, map=map_id)
    if not rows:
        raise UnknownMap(map_id)
    ledger: dict[str, Any] = rows[0]["ledger"]
    return ledger


def _settled(tx: Transaction, map_id: str) -> int:
    """The revision up to which the log can be seen whole."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        rows = _rows(tx, SETTLED, map=map_id)
        if not rows:
            raise UnknownMap(map_id)
        if rows[0]["whole"]:
            revision: int = rows[0]["revision"]
            return revision
        if time.monotonic() > deadline:
            raise StoreUnusable(
                f"The log of map {map_id!r} has no whole revision {rows[0]['revision']}."
            )
        time.sleep(0.005)


def _lock(
    tx: Transaction, map_id: str, viewer: Viewer, changes: Sequence[Change], request: Request
) -> Any:
    """The ledger, once nobody else can change the map, with what is known of the request."""
    first = changes[0] if changes else None
    begins = isinstance(first, Create) and isinstance(first.record, MapHeader)
    if not _rows(tx, LOCK_OR_BEGIN if begins else LOCK, map=map_id):
        permit(viewer, Act.WRITE)
        raise UnknownMap(map_id)
    return _one(tx, LOCKED, map=map_id, actor=viewer.name, key=request.key)


def _first_answer(
    tx: Transaction, map_id: str, viewer: Viewer, request: Request, locked: Any
) -> Outcome:
    if locked["digest"] != request.digest:
        raise RequestReused()
    entries = _entries(tx, SEEN_ENTRIES, map=map_id, revision=locked["answered"], **_scope(viewer))
    return Outcome(revision=locked["answered"], entries=tuple(entries))


def _apply(
    tx: Transaction,
    map_id: str,
    viewer: Viewer,
    changes: Sequence[Change],
    request: Request,
    locked: Any,
) -> Outcome:
    revision = locked["revision"] + 1
    at = datetime.now(UTC)
    if locked["changed_at"] is not None:
        at = max(at, datetime.fromisoformat(locked["changed_at"]))
    entries = carry_out(
        _Neo4jLedger(tx, map_id),
        map_id,
        viewer,
        changes,
        revision=revision,
        at=at,
        request=request,
    )
    final = final_states(entries)
    before = _rows(tx, STAMPS, map=map_id, ids=list(final))
    rows = {(row["id"], row["version"]): row for row in (row_of(map_id, e) for e in entries)}
    for slice_of_rows in _slices([_change_row(row) for row in rows.values()]):
        _run(tx, APPEND, rows=slice_of_rows)
    _put(tx, map_id, entries, final, rows)
    written = sum(entry.record is not None for entry in final.values())
    _run(
        tx,
        ADVANCE,
        map=map_id,
        revision=revision,
        at=at.isoformat(),
        entries=len(entries),
        live=written - sum(row["live"] for row in before),
        stamps=written * revision - sum(row["stamps"] for row in before),
        actor=viewer.name,
        key=request.key,
        digest=request.digest,
    )
    return Outcome(revision=revision, entries=visible(entries, permit(viewer, Act.READ)))


def _put(
    tx: Transaction,
    map_id: str,
    entries: Iterable[Entry],
    final: Mapping[str, Entry],
    rows: Mapping[tuple[str, int], Mapping[str, Any]],
) -> None:
    """Make the live graph say what the entries say."""
    was_there: dict[str, bool] = {}
    for entry in entries:
        was_there.setdefault(entry.id, entry.op not in (Op.CREATE, Op.RESTORE))
    gone = [id for id, entry in final.items() if entry.record is None and was_there[id]]
    for ids in _slices(gone):
        _run(tx, REMOVE_TIES, map=map_id, ids=ids)
        _run(tx, REMOVE_NODES, map=map_id, ids=ids)
    nodes: dict[RecordKind, list[dict[str, Any]]] = {kind: [] for kind in PUT_NODES}
    names: dict[str, list[dict[str, Any]]] = {field: [] for field in NAME}
    new_ties: list[dict[str, Any]] = []
    old_ties: list[dict[str, Any]] = []
    renamed: list[str] = []
    for id, entry in final.items():
        if entry.record is None:
            continue
        row = _record_row(map_id, entry.record, rows[id, entry.version])
        if entry.kind is RecordKind.RELATIONSHIP:
            (old_ties if was_there[id] else new_ties).append(row)
            continue
        nodes[entry.kind].append(row)
        if was_there[id]:
            renamed.append(id)
        for field, named in {(r.field, r.id) for r in entry.record.references()}:
            names[field].append({"id": id, "named": named})
    for kind, kind_rows in nodes.items():
        for slice_of_rows in _slices(kind_rows):
            _run(tx, PUT_NODES[kind], rows=slice_of_rows)
    for ids in _slices(renamed):
        _run(tx, UNNAME, map=map_id, ids=ids)
    for field, pairs in names.items():
        for slice_of_pairs in _slices(pairs):
            _run(tx, NAME[field], map=map_id, rows=slice_of_pairs)
    for slice_of_rows in _slices(old_ties):
        _run(tx, PUT_TIES, rows=slice_of_rows)
    for slice_of_rows in _slices(new_ties):
        _run(tx, NEW_TIES, rows=slice_of_rows)


class _Neo4jLedger:
    """One map inside an open transaction (see `graph.stores.ledger.Ledger`)."""

    def __init__(self, tx: Transaction, map_id: str) -> None:
        self._tx, self._map_id = tx, map_id

    def live(self, ids: Collection[str]) -> dict[str, Record]:
        found: dict[str, Record] = {}
        for some in _slices(list(ids)):
            for query in (LIVE_NODES, LIVE_TIES):
                row = _one(self._tx, query, map=self._map_id, ids=some)
                for record in map(record_of, row["kinds"], row["texts"]):
                    found[record.id] = record
        return found

    def naming(self, ids: Collection[str]) -> list[Record]:
        found: dict[str, Record] = {}
        for some in _slices(list(ids)):
            for row in _rows(self._tx, NAMING, map=self._map_id, ids=some):
                record = record_of(row["kind"], row["data"])
                found[record.id] = record
        return [found[id] for id in sorted(found)]

    def everything(self) -> list[Record]:
        records: list[Record] = []
        for query in (READ_NODES, READ_TIES):
            after: str | None = ""
            while after is not None:
                row = _one(
                    self._tx,
                    query,
                    map=self._map_id,
                    after=after,
                    slice=READ_SLICE,
                    levels=["open", "confidential", "private"],
                    author=None,
                )
                records += map(record_of, row["kinds"], row["texts"])
                after = row["last"]
        return sorted(records, key=lambda record: record.id)

    def last(self, ids: Collection[str]) -> dict[str, Entry]:
        return {
            entry.id: entry
            for some in _slices(list(ids))
            for entry in _entries(self._tx, LAST, map=self._map_id, ids=some)
        }

    def versions(self, wanted: Collection[tuple[str, int]]) -> dict[str, Entry]:
        pairs = [[id, version] for id, version in wanted]
        return {
            entry.id: entry
            for some in _slices(pairs)
            for entry in _entries(self._tx, VERSIONS, map=self._map_id, wanted=some)
        }

    def entries(self, revision: int) -> list[Entry]:
        return _entries(self._tx, ENTRIES, map=self._map_id, revision=revision)


# -- rows ---------------------------------------------------------------------------------------


def _rows(tx: Transaction, query: LiteralString, **parameters: Any) -> list[Any]:
    return list(tx.run(query, parameters))


def _one(tx: Transaction, query: LiteralString, **parameters: Any) -> Any:
    return tx.run(query, parameters).single(strict=True)


def _run(tx: Transaction, query: LiteralString, **parameters: Any) -> None:
    tx.run(query, parameters).consume()


def _entries(tx: Transaction, query: LiteralString, **parameters: Any) -> list[Entry]:
    # Neo4j keeps no property that is null, and an entry has some.
    return [
        entry_of({"request": None, "cause": None, "data": None, **row["entry"]})
        for row in tx.run(query, parameters)
    ]


def _slices(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), WRITE_SLICE):
        yield rows[start : start + WRITE_SLICE]


def _scope(viewer: Viewer) -> dict[str, Any]:
    return _parameters(permit(viewer, Act.READ))


def _parameters(scope: Scope) -> dict[str, Any]:
    return {"levels": [level.value for level in scope.levels], "author": scope.author}


def _header(text: str) -> MapHeader:
    header = record_of(RecordKind.MAP, text)
    if not isinstance(header, MapHeader):
        raise StoreUnusable("The header of a map is kept as another kind of record.")
    return header


def _change_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The log's columns as properties: the map is called `map` here, as on every other node."""
    return {("map" if name == "map_id" else name): value for name, value in row.items()}


def _record_row(map_id: str, record: Record, row: Mapping[str, Any]) -> dict[str, Any]:
    """What a person sees on a node or tie, and beside it the whole record as it is read back."""
    words: dict[str, Any] = {
        name: value
        for name, value in plain(record).items()
        if isinstance(value, str | int | float | bool)
    }
    period = record.period
    if period is not None:
        for name, day in zip(BOUNDS, period.bounds, strict=True):
            words[name] = None if day is None else day.isoformat()
    return {
        **words,
        "map": map_id,
        "record_kind": kind_of(record).value,
        "author": record.author,
        "sensitivity": record.sensitivity.value,
        "version": record.version,
        "revision": row["revision"],
        "data": row["data"],
    }


BOUNDS = ("from_min", "from_max", "to_min", "to_max")


def _refuse_other_schema(about: Sequence[Any]) -> None:
    if not about:
        raise StoreUnusable(
            "The Neo4j database has been emptied since powermap was started. Start it again."
        )
    schema = about[0]["schema"]
    if schema != SCHEMA:
        raise StoreUnusable(
            f"The store has schema version {schema}; this powermap works with version {SCHEMA}. "
            "Use a newer powermap, or import a copy that was exported with the older one."
        )


# -- errors -------------------------------------------------------------------------------------


def _patience(error: Neo4jError | DriverError) -> float:
    """For how many seconds it makes sense to try again."""
    if isinstance(error, TransientError) and not isinstance(error, DatabaseUnavailable):
        return 0 if error.code in OUT_OF_MEMORY else BUSY_SECONDS
    return GONE_SECONDS


@contextmanager
def _ours(url: str) -> Iterator[None]:
    """Neo4j's errors as ours, in this one place. What was sent is in none of their messages."""
    try:
        yield
    except PowerMapError:
        raise
    except (Neo4jError, DriverError) as error:
        raise _translated(error, url) from error


def _translated(error: Neo4jError | DriverError, url: str) -> PowerMapError:
    code = getattr(error, "code", None)
    match error:
        case AuthError():
            return StoreUnavailable(
                f"Neo4j at {url} refuses the user name or the password. "
                "Check POWERMAP_NEO4J_USERNAME and POWERMAP_NEO4J_PASSWORD."
            )
        case ConfigurationError():
            return StoreUnusable(f"{url!r} is not an address of a Neo4j server: {error}.")
        case ConstraintError():
            return Conflict(
                "Somebody changed the same records at the same moment; nothing was changed. "
                "Read them again, and try again."
            )
        case Neo4jError() if code in OUT_OF_MEMORY:
            found = _SETTING.search(error.message or "")
            setting = found[0] if found else "dbms.memory.transaction.total.max"
            return TooMuch(
                "The request is too large for the Neo4j server's memory; nothing was changed. "
                f"Raise {setting} (by default it is 70 % of server.memory.heap.max_size, so "
                "raise that first), or send the request in parts."
            )
        case ServiceUnavailable() | SessionExpired() | ConnectionPoolError() | TransientError():
            return StoreUnavailable(
                f"Neo4j at {url} cannot be used now. Check that it runs and can be reached, "
                "and try again."
            )
        case ClientError() if code == "Neo.ClientError.Database.DatabaseNotFound":
            return StoreUnusable(
                f"Neo4j at {url} has no such database. Check POWERMAP_NEO4J_DATABASE."
            )
        case Neo4jError() if code and ("TransactionTimedOut" in code or "DatabaseError" in code):
            return StoreUnavailable(f"Neo4j at {url} could not finish the request ({code}).")
    return StoreUnusable(f"Neo4j at {url} does not work as expected ({code or error!r}).")
