"""Maps in a Neo4j database, where Neo4j Browser shows them as the graphs they are."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, LiteralString, TypeVar

from neo4j import Transaction

from graph.stores import cypher
from graph.stores.bolt import BUSY_SECONDS, Server
from graph.stores.ledger import carry_out
from graph.stores.neo4j_kept import KeptInNeo4j
from graph.stores.neo4j_rows import live_ledger, one_of, parameters_of, rows_of, run, scope_of
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
    visible,
    whole_revisions,
)
from powermap.access import Act, Scope, Viewer, permit
from powermap.changes import Change, Create, Entry, Op, Outcome, Request
from powermap.errors import (
    DeletedRecord,
    RequestReused,
    StoreUnusable,
    UnknownMap,
    UnknownRecord,
    UnknownRevision,
)
from powermap.model import MapHeader, PowerMap, Record, Relationship, kind_of
from powermap.ports import MapSummary, StoreState
from powermap.shape import plain
from powermap.vocabulary import RecordKind

T = TypeVar("T")

# -- how long, how many -----------------------------------------------------------------------

READ_SLICE = 10_000
WRITE_SLICE = 5_000
WRITE_CHARACTERS = 4_000_000
TORN_READS = 3
"""After so many reads that a writer cut across, the next one makes writers wait."""


class Neo4jStore(KeptInNeo4j):
    """Keeps maps in Neo4j Community or Enterprise, 5.26 or later.

    The right choice where a Neo4j is run and backed up already, where several services share the
    maps, or where people want to look at them with Neo4j's own tools.
    """

    def __init__(
        self, url: str, *, username: str = "", password: str = "", database: str = ""
    ) -> None:
        super().__init__(Server(url, username=username, password=password, database=database))
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    # -- reading ------------------------------------------------------------------------------

    def maps(self, viewer: Viewer) -> list[MapSummary]:
        scope = scope_of(viewer)

        def work(tx: Transaction) -> tuple[list[Any], list[Any]]:
            return rows_of(tx, cypher.HEADERS), rows_of(tx, cypher.MAPS, **scope)

        headers, rows = self._server.read(work)
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
        revision: int = self._server.read(lambda tx: live_ledger(tx, map_id)["revision"])
        return revision

    def read(self, map_id: str, viewer: Viewer, *, revision: int | None = None) -> PowerMap:
        scope = permit(viewer, Act.READ)
        if revision is not None:
            current = self.revision(map_id, viewer)
            if not 1 <= revision <= current:
                raise UnknownRevision(revision)
            if revision != current:
                return self._server.read(lambda tx: _map_as_of(tx, map_id, scope, revision))
        for _ in range(TORN_READS):
            found = self._server.read(lambda tx: _map_now(tx, map_id, viewer))
            if found is not None:
                break
        else:
            found = self._server.write(lambda tx: _map_while_locked(tx, map_id, viewer), keep=False)
        if revision is not None and found.revision != revision:
            # Somebody changed the map meanwhile, so the one asked for is in the past now.
            return self._server.read(lambda tx: _map_as_of(tx, map_id, scope, revision))
        return found

    def get(self, map_id: str, viewer: Viewer, record_id: str) -> Record:
        scope = permit(viewer, Act.READ)

        def work(tx: Transaction) -> Record:
            live_ledger(tx, map_id)
            for row in rows_of(tx, cypher.GET, map=map_id, id=record_id, **scope_of(viewer)):
                record = record_of(row["kind"], row["data"])
                if scope.admits(record.sensitivity, record.author):
                    return record
            entries = _history(tx, map_id, record_id, scope)
            if entries and entries[-1].op is Op.DELETE:
                raise DeletedRecord(record_id)
            raise UnknownRecord(record_id)

        return self._server.read(work)

    def history(self, map_id: str, viewer: Viewer, record_id: str) -> tuple[Entry, ...]:
        scope = permit(viewer, Act.READ)

        def work(tx: Transaction) -> tuple[Entry, ...]:
            return _shown(tx, map_id, scope, _history(tx, map_id, record_id, scope))

        entries = self._server.read(work)
        if not entries:
            raise UnknownRecord(record_id)
        return entries

    def changes(
        self, map_id: str, viewer: Viewer, *, after: int = 0, limit: int = 100
    ) -> tuple[Entry, ...]:
        scope = permit(viewer, Act.READ)

        def work(tx: Transaction) -> tuple[Entry, ...]:
            parameters = {"map": map_id, "settled": _settled(tx, map_id), **parameters_of(scope)}

            def page(after: int, limit: int) -> list[Entry]:
                row = one_of(tx, cypher.REVISIONS, after=after, limit=limit, **parameters)
                return _entries(tx, cypher.CHANGES, revisions=row["revisions"], **parameters)

            return whole_revisions(page, partial(_shown, tx, map_id, scope), after, limit)

        return self._server.read(work)

    # -- writing ------------------------------------------------------------------------------

    def apply(
        self,
        map_id: str,
        viewer: Viewer,
        changes: Sequence[Change],
        *,
        request: Request,
        dry_run: bool = False,
    ) -> Outcome:
        permit(viewer, Act.WRITE)
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

        return self._server.write(work, keep=not dry_run)

    # -- the server ---------------------------------------------------------------------------

    def check(self) -> StoreState:
        def work(tx: Transaction) -> StoreState:
            about = rows_of(tx, cypher.ABOUT)
            _refuse_other_schema(about)
            return StoreState(
                store="Neo4j",
                version=one_of(tx, cypher.SERVER)["version"],
                schema=about[0]["schema"],
            )

        return self._server.read(work)

    def close(self) -> None:
        self._server.close()

    def _prepare(self) -> None:
        """Make the constraints that are missing; refuse what a newer powermap laid out."""
        about = self._server.read(lambda tx: rows_of(tx, cypher.ABOUT))
        if about and about[0]["schema"] > SCHEMA:
            _refuse_other_schema(about)
        there = set(self._server.read(lambda tx: one_of(tx, cypher.SCHEMA_RULES_THERE)["names"]))
        for name, rule in cypher.SCHEMA_RULES.items():
            if name not in there:
                self._server.write(partial(run, query=rule))
        _refuse_other_schema(
            self._server.write(lambda tx: rows_of(tx, cypher.INTRODUCE, schema=SCHEMA))
        )


# -- the pieces of one request ------------------------------------------------------------------


def _map_now(
    tx: Transaction, map_id: str, viewer: Viewer, *, torn_is_possible: bool = True
) -> PowerMap | None:
    """The live map, or None when a writer's changes became visible while it was read.

    Neo4j shows a commit piece by piece. The ledger says how many records there are and what
    their revision numbers add up to; anything seen too early or too late changes one of them.
    """
    scope = permit(viewer, Act.READ)
    ledger = live_ledger(tx, map_id)
    records: list[Record] = []
    live = stamps = newest = 0
    for query in (cypher.READ_NODES, cypher.READ_TIES):
        after = ""
        while True:
            row = one_of(
                tx, query, map=map_id, after=after, slice=READ_SLICE, **parameters_of(scope)
            )
            records += map(record_of, row["kinds"], row["texts"])
            live, stamps = live + row["live"], stamps + row["stamps"]
            newest = max(newest, row["newest"] or 0)
            if row["live"] < READ_SLICE:
                break
            after = row["last"]
    whole = (live, stamps) == (ledger["live"], ledger["stamps"]) and newest <= ledger["revision"]
    if torn_is_possible and not (whole and live_ledger(tx, map_id) == ledger):
        return None
    records = [r for r in records if scope.admits(r.sensitivity, r.author)]
    withheld = live - len(records) if counts_withheld(viewer) else None
    return present(ledger["revision"], ledger["changed_at"], records, withheld)


def _map_while_locked(tx: Transaction, map_id: str, viewer: Viewer) -> PowerMap:
    if not rows_of(tx, cypher.LOCK, map=map_id):
        raise UnknownMap(map_id)
    found = _map_now(tx, map_id, viewer, torn_is_possible=False)
    if found is None:
        raise AssertionError("a locked map is read at once")
    return found


def _map_as_of(tx: Transaction, map_id: str, scope: Scope, revision: int) -> PowerMap:
    parameters = {"map": map_id, "settled": _settled(tx, map_id), **parameters_of(scope)}
    records: list[Record] = []
    levels: list[str] = []
    after: str | None = ""
    while after is not None:
        row = one_of(
            tx, cypher.AS_OF, revision=revision, after=after, slice=READ_SLICE, **parameters
        )
        records += map(record_of, row["kinds"], row["texts"])
        levels += row["levels"]
        after = row["last"]
    changed_at = one_of(tx, cypher.REVISION_AT, map=map_id, revision=revision)["at"]
    return present(revision, changed_at, records, None, levels)


def _history(tx: Transaction, map_id: str, record_id: str, scope: Scope) -> list[Entry]:
    settled = _settled(tx, map_id)
    return _entries(
        tx, cypher.HISTORY, map=map_id, id=record_id, settled=settled, **parameters_of(scope)
    )


def _settled(tx: Transaction, map_id: str) -> int:
    """The revision up to which the log can be seen whole."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        rows = rows_of(tx, cypher.SETTLED, map=map_id)
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
    if not rows_of(tx, cypher.LOCK_OR_BEGIN if begins else cypher.LOCK, map=map_id):
        raise UnknownMap(map_id)
    return one_of(tx, cypher.LOCKED, map=map_id, actor=viewer.name, key=request.key)


def _first_answer(
    tx: Transaction, map_id: str, viewer: Viewer, request: Request, locked: Any
) -> Outcome:
    if locked["digest"] != request.digest:
        raise RequestReused()
    entries = _entries(
        tx, cypher.SEEN_ENTRIES, map=map_id, revision=locked["answered"], **scope_of(viewer)
    )
    return Outcome(revision=locked["answered"], entries=visible(entries, permit(viewer, Act.READ)))


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
    if not entries:
        return Outcome(revision=revision - 1, entries=())
    final = final_states(entries)
    if map_id in final and final[map_id].record is None:
        run(tx, cypher.FORGET_ALL, map=map_id)
        run(tx, cypher.FORGET_PAPERS, map=map_id)
    before = rows_of(tx, cypher.STAMPS, map=map_id, ids=list(final))
    rows = {(row["id"], row["version"]): row for row in (row_of(map_id, e) for e in entries)}
    _run_slices(tx, cypher.APPEND, [_change_row(row) for row in rows.values()])
    _put(tx, map_id, entries, final, rows)
    written = sum(entry.record is not None for entry in final.values())
    run(
        tx,
        cypher.ADVANCE,
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
    if gone:
        # Not in slices: each look-up would step over all that the slices before it removed.
        run(tx, cypher.REMOVE_TIES, map=map_id, ids=gone)
        run(tx, cypher.REMOVE_NODES, map=map_id, ids=gone)
    new_nodes: dict[RecordKind, list[dict[str, Any]]] = {kind: [] for kind in cypher.NEW_NODES}
    old_nodes: list[dict[str, Any]] = []
    names: dict[str, list[dict[str, Any]]] = {field: [] for field in cypher.NAME}
    new_ties: list[dict[str, Any]] = []
    old_ties: list[dict[str, Any]] = []
    for id, entry in final.items():
        record = entry.record
        if record is None:
            continue
        said = _said(map_id, record, rows[id, entry.version])
        if isinstance(record, Relationship):
            if was_there[id]:
                old_ties.append(said)
            else:
                ends = {"source": record.source, "target": record.target}
                new_ties.append({**ends, "said": said})
            continue
        (old_nodes if was_there[id] else new_nodes[entry.kind]).append(said)
        for field, named in {(r.field, r.id) for r in record.references()}:
            names[field].append({"id": id, "named": named})
    for kind, new_rows in new_nodes.items():
        _run_slices(tx, cypher.NEW_NODES[kind], new_rows)
    _run_slices(tx, cypher.PUT_NODES, old_nodes)
    for some in _slices(old_nodes):
        run(tx, cypher.UNNAME, map=map_id, ids=[row["id"] for row in some])
    for field, pairs in names.items():
        _run_slices(tx, cypher.NAME[field], pairs, map=map_id)
    _run_slices(tx, cypher.PUT_TIES, old_ties)
    _run_slices(tx, cypher.NEW_TIES, new_ties)


class _Neo4jLedger:
    """One map inside an open transaction (see `graph.stores.ledger.Ledger`)."""

    def __init__(self, tx: Transaction, map_id: str) -> None:
        self._tx, self._map_id = tx, map_id

    def live(self, ids: Collection[str]) -> dict[str, Record]:
        found: dict[str, Record] = {}
        for some in _slices(list(ids)):
            for query in (cypher.LIVE_NODES, cypher.LIVE_TIES):
                row = one_of(self._tx, query, map=self._map_id, ids=some)
                for record in map(record_of, row["kinds"], row["texts"]):
                    found[record.id] = record
        return found

    def naming(self, ids: Collection[str]) -> list[Record]:
        found: dict[str, Record] = {}
        for some in _slices(list(ids)):
            for row in rows_of(self._tx, cypher.NAMING, map=self._map_id, ids=some):
                record = record_of(row["kind"], row["data"])
                found[record.id] = record
        return [found[id] for id in sorted(found)]

    def everything(self) -> list[Record]:
        records: list[Record] = []
        for query in (cypher.READ_NODES, cypher.READ_TIES):
            after: str | None = ""
            while after is not None:
                row = one_of(
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
            for entry in _entries(self._tx, cypher.LAST, map=self._map_id, ids=some)
        }

    def versions(self, wanted: Collection[tuple[str, int]]) -> dict[str, Entry]:
        pairs = [[id, version] for id, version in wanted]
        return {
            entry.id: entry
            for some in _slices(pairs)
            for entry in _entries(self._tx, cypher.VERSIONS, map=self._map_id, wanted=some)
        }

    def entries(self, revision: int) -> list[Entry]:
        return _entries(self._tx, cypher.ENTRIES, map=self._map_id, revision=revision)


# -- rows ---------------------------------------------------------------------------------------


def _shown(
    tx: Transaction, map_id: str, scope: Scope, entries: Sequence[Entry]
) -> tuple[Entry, ...]:
    return shown(entries, _Neo4jLedger(tx, map_id).last(names_in(entries)), scope)


def _run_slices(
    tx: Transaction, query: LiteralString, rows: Sequence[dict[str, Any]], **parameters: Any
) -> None:
    for some in _slices_by_size(rows):
        run(tx, query, rows=some, **parameters)


def _entries(tx: Transaction, query: LiteralString, **parameters: Any) -> list[Entry]:
    # Neo4j keeps no property that is null, and an entry has some.
    return [
        entry_of({"cause": None, "data": None, **row["entry"]}) for row in tx.run(query, parameters)
    ]


def _slices(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), WRITE_SLICE):
        yield rows[start : start + WRITE_SLICE]


def _slices_by_size(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    """Slices whose records are not too much for one message, however long each of them is."""
    some: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        some.append(row)
        size += len(row.get("said", row).get("data") or "")
        if len(some) == WRITE_SLICE or size > WRITE_CHARACTERS:
            yield some
            some, size = [], 0
    if some:
        yield some


def _header(text: str) -> MapHeader:
    header = record_of(RecordKind.MAP, text)
    if not isinstance(header, MapHeader):
        raise StoreUnusable("The header of a map is kept as another kind of record.")
    return header


def _change_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The log's columns as properties, without those that its `:Request` says for them all."""
    once = ("map_id", "at", "actor", "request")
    return {"map": row["map_id"]} | {name: row[name] for name in row if name not in once}


def _said(map_id: str, record: Record, row: Mapping[str, Any]) -> dict[str, Any]:
    """What a person sees on a node or tie, and beside it the whole record as it is read back.

    A server's transaction memory is what limits an import, so a tie does not repeat its ends.
    """
    words: dict[str, Any] = {
        name: value
        for name, value in plain(record).items()
        if isinstance(value, str | int | float | bool)
    }
    if isinstance(record, Relationship):
        del words["source"], words["target"]
    else:
        words["record_kind"] = kind_of(record).value
    period = record.period
    if period is not None:
        for name, day in zip(BOUNDS, period.bounds, strict=True):
            if day is not None:
                words[name] = day.isoformat()
    return {**words, "map": map_id, "revision": row["revision"], "data": row["data"]}


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
