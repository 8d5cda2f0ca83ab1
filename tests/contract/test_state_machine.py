"""Chance works on a map; the stores and the plain model must agree at every step.

`POWERMAP_STEPS=100000` runs so many steps instead of a few hundred, and `POWERMAP_SEED=…` runs
the same ones again; each run prints both.
"""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from graph.stores import open_store
from powermap.access import Role, Viewer
from powermap.changes import Change, Create, Delete, Entry, Outcome, Request, Restore, Undo, Update
from powermap.errors import Conflict, PowerMapError
from powermap.model import Identifier, MapHeader, Record, kind_of, name_of
from powermap.ports import MapStore
from powermap.vocabulary import RecordKind, Sensitivity
from tests.contract import board
from tests.contract.model import RANK, Done, Draft, ModelMap, Person, Refused, Thing
from tests.neo4j_server import Server, empty_database

STEPS_EACH = 30
PEOPLE = [
    Person("ann", "owner"),
    Person("ed", "editor"),
    Person("eve", "editor"),
    Person("una", "analyst"),
    Person("vic", "viewer"),
]
IDS = {
    "leader": ["l1", "l2", "l3", "l4", "l5"],
    "organisation": ["o1", "o2", "o3"],
    "accountability": ["a1", "a2", "a3", "a4", "a5", "a6"],
    "relationship": ["r1", "r2", "r3", "r4", "r5", "r6"],
}
KIND = {id: kind for kind, ids in IDS.items() for id in ids}
FIRST = {
    "l1": {},
    "l2": {},
    "o1": {},
    "o2": {},
    "a1": {"to": "o1", "holder": "l1"},
    "a2": {"to": "o1", "holder": "l2", "reports_to": "a1"},
    "a3": {"to": "l1", "holder": "o2", "reports_to": "a2"},
    "r1": {"source": "l1", "target": "l2"},
    "r2": {"source": "l2", "target": "o2"},
}
LEVELS = ["open", "open", "confidential", "confidential", "private"]

people = st.sampled_from(PEOPLE[:4] + PEOPLE[:3] * 3)
readers = st.sampled_from(PEOPLE)
levels = st.sampled_from(LEVELS)
words = st.sampled_from(["one", "two", "three"])


class Act(NamedTuple):
    """One change, as the model and as the stores are asked for it."""

    model: Callable[[Draft], None]
    change: Change


class Machine(RuleBasedStateMachine):
    stores: list[MapStore] = []
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.model = ModelMap()
        self.map = uuid.uuid4().hex
        self.requests: list[tuple[Person, str, str, list[Act]]] = []
        header = MapHeader(id=self.map, title="A map", purpose="Chance", as_at=date(2010, 3, 1))
        for store in self.stores:
            store.apply(self.map, viewer(PEOPLE[0]), [Create(header)], request=Request("0", ""))

    @invariant()
    def count(self) -> None:
        Machine.steps += 1

    @initialize(levels=st.lists(levels.filter(lambda level: level != "private"), min_size=9))
    def start_with_some(self, levels: list[str]) -> None:
        """An empty map is soon known: begin with people, bodies, posts in a line and ties."""
        level = dict(zip(FIRST, levels, strict=False))
        for id, names in FIRST.items():
            level[id] = max([level[id], *(level[n] for n in names.values())], key=RANK.__getitem__)
        wanted = [
            Thing(id, KIND[id], level[id], tuple(names.items()), "one")
            for id, names in FIRST.items()
        ]
        acts = [Act(partial(Draft.create, thing=t), Create(record(t))) for t in wanted]
        self.ask(PEOPLE[0], acts)

    # -- what chance may do ---------------------------------------------------------------------

    @rule(who=people, data=st.data())
    def create(self, who: Person, data: st.DataObject) -> None:
        self.ask(who, [self.creating(data)])

    @rule(who=people, data=st.data())
    def update(self, who: Person, data: st.DataObject) -> None:
        self.ask(who, [self.updating(data)])

    @rule(who=people, data=st.data())
    def delete(self, who: Person, data: st.DataObject) -> None:
        self.ask(who, [self.deleting(data)])

    @rule(who=people, data=st.data())
    def restore(self, who: Person, data: st.DataObject) -> None:
        self.ask(who, [self.restoring(data)])

    @rule(who=people, back=st.integers(0, 4))
    def undo(self, who: Person, back: int) -> None:
        self.ask(who, [undoing(len(self.model.log) - 1 - back)])

    @rule(who=people, data=st.data())
    def several(self, who: Person, data: st.DataObject) -> None:
        making = [self.creating, self.creating, self.updating, self.deleting, self.restoring]
        acts = []
        for _ in range(data.draw(st.integers(2, 4))):
            acts.append(data.draw(st.sampled_from(making))(data))
        self.ask(who, acts)

    @rule(index=st.integers(0, 30), same=st.booleans())
    def ask_again(self, index: int, same: bool) -> None:
        if self.requests:
            who, key, digest, acts = self.requests[index % len(self.requests)]
            self.ask(who, acts, key=key, digest=digest if same else digest + "'")

    @rule(who=people, data=st.data())
    def try_a_deletion(self, who: Person, data: st.DataObject) -> None:
        self.ask(who, [self.deleting(data)], dry=True)

    @rule(who=readers, back=st.integers(0, 12))
    def look_back(self, who: Person, back: int) -> None:
        revision = max(0, len(self.model.log) - 1 - back)
        expected = self.model.read(who, revision)
        for store in self.stores:
            found = store.read(self.map, viewer(who), revision=revision + 1)
            assert things(found.records) == expected

    @rule(who=readers, data=st.data())
    def look_up(self, who: Person, data: st.DataObject) -> None:
        id = self.one_of(data, "there", "gone")
        expected = outcome(lambda: self.model.get(who, id))
        past = self.model.history(who, id)
        for store in self.stores:
            found = outcome(lambda s=store: thing(s.get(self.map, viewer(who), id)))  # type: ignore[misc]
            assert found == expected
            entries = outcome(lambda s=store: store_history(s, self.map, who, id))  # type: ignore[misc]
            assert entries == (past or ("UnknownRecord", None))

    @rule(who=readers, after=st.integers(0, 20), limit=st.integers(1, 5))
    def read_the_log(self, who: Person, after: int, limit: int) -> None:
        expected = []
        for number, done in enumerate(self.model.log):
            shown = [d for d in done if d in self.model.history(who, d.id)]
            expected += [(number + 1, sorted(shown, key=str))] if shown and number else []
        expected = [(n, shown) for n, shown in expected if n > max(after, 1)][:limit]
        for store in self.stores:
            found: dict[int, list[Done]] = {}
            entries = store.changes(self.map, viewer(who), after=max(after, 1), limit=limit)
            for entry in entries:
                found.setdefault(entry.revision, []).append(line(entry))
            assert [(n, sorted(d, key=str)) for n, d in found.items()] == expected

    # -- asking ---------------------------------------------------------------------------------

    def ask(
        self, who: Person, acts: list[Act], key: str = "", digest: str = "d", dry: bool = False
    ) -> None:
        key = key or uuid.uuid4().hex
        model = ModelMap(**{**vars(self.model), "answers": dict(self.model.answers)})
        if dry:
            model.past, model.log = list(model.past), list(model.log)
        expected = outcome(lambda: told(*model.request(who, key, digest, [a.model for a in acts])))
        request = Request(key, digest)
        changes = [act.change for act in acts]
        for store in self.stores:
            found = outcome(
                lambda s=store: of_store(  # type: ignore[misc]
                    s.apply(self.map, viewer(who), changes, request=request, dry_run=dry)
                )
            )
            assert agrees(found, expected), (found, expected)
        if not dry:
            self.model = model
            self.requests.append((who, key, digest, acts))
        for reader in {PEOPLE[0], who, PEOPLE[-1]}:
            self.compare(reader)

    def compare(self, who: Person) -> None:
        expected = (self.model.read(who), len(self.model.log), self.model.withheld(who))
        for store in self.stores:
            found = store.read(self.map, viewer(who))
            assert (things(found.records), found.revision, found.withheld) == expected

    # -- drawing --------------------------------------------------------------------------------

    def one_of(self, data: st.DataObject, *kinds: str) -> str:
        """Mostly a record of the kind asked for: `there`, `gone` or `new`."""
        used = {done.id for entries in self.model.log for done in entries}
        state = {id: "there" if id in self.model.now else "gone" for id in used}
        wanted = [id for id in KIND if state.get(id, "new") in kinds]
        return data.draw(st.sampled_from(wanted * 6 + list(KIND)))

    def creating(self, data: st.DataObject) -> Act:
        id = self.one_of(data, "new")
        wanted = Thing(id, KIND[id], data.draw(levels), self.names(id, data), data.draw(words))
        return Act(lambda draft: draft.create(wanted), Create(record(wanted)))

    def updating(self, data: st.DataObject) -> Act:
        id = self.one_of(data, "there")
        current = self.model.now.get(id)
        keeps = current is not None and data.draw(st.integers(0, 3)) > 0
        names = current.names if current and keeps else self.names(id, data)
        wanted = Thing(id, KIND[id], data.draw(levels), names, data.draw(words))
        version = (current.version if current else 1) - (data.draw(st.integers(0, 9)) == 9)
        return Act(lambda draft: draft.update(wanted, version), Update(record(wanted), version))

    def deleting(self, data: st.DataObject) -> Act:
        id = self.one_of(data, "there")
        current = self.model.now.get(id)
        version = (current.version if current else 1) + (data.draw(st.integers(0, 9)) == 9)
        kind = KIND[id]
        return Act(
            lambda draft: draft.delete(id, kind, version), Delete(RecordKind(kind), id, version)
        )

    def restoring(self, data: st.DataObject) -> Act:
        id = self.one_of(data, "gone")
        kind = KIND[id]
        return Act(lambda draft: draft.restore(id, kind), Restore(RecordKind(kind), id))

    def names(self, id: str, data: st.DataObject) -> tuple[tuple[str, str], ...]:
        """Whom a record names: mostly those who are there, and nobody twice."""

        def pick(*kinds: str, but: str = "") -> str:
            there = [i for i, t in self.model.now.items() if t.kind in kinds and i != but]
            every = [i for kind in kinds for i in IDS[kind] if i != but]
            return data.draw(st.sampled_from(sorted(there) * 4 + every))

        if KIND[id] == "relationship":
            source = pick("leader", "organisation")
            return (("source", source), ("target", pick("leader", "organisation", but=source)))
        if KIND[id] == "accountability":
            to = pick("leader", "organisation")
            names = [("to", to)]
            if data.draw(st.booleans()):
                names.append(("holder", pick("leader", "organisation", but=to)))
            if data.draw(st.booleans()):
                names.append(("reports_to", pick("accountability", but=id)))
            return tuple(names)
        return ()


def undoing(revision: int) -> Act:
    # The stores count the header's revision as the first; chance leaves that one alone.
    revision = revision if revision > 0 else 10_000
    return Act(lambda draft: draft.undo(revision), Undo(revision + 1))


# -- the model's words and the stores' ------------------------------------------------------------


def viewer(who: Person) -> Viewer:
    return Viewer(who.name, Role(who.role))


def record(wanted: Thing) -> Record:
    level, names = Sensitivity(wanted.level), dict(wanted.names)
    match wanted.kind:
        case "leader":
            return board.leader(wanted.id, level, wanted.said)
        case "organisation":
            return board.body(wanted.id, level, name=wanted.said)
        case "accountability":
            return board.post(wanted.id, level=level, title=wanted.said, **names)
        case _:
            word = (Identifier(scheme="said", value=wanted.said),)
            return board.tie(wanted.id, level=level, identifiers=word, **names)


def thing(found: Record) -> Thing:
    names = {reference.field: reference.id for reference in found.references()}
    order = [
        field for field in ("source", "target", "to", "holder", "reports_to") if field in names
    ]
    return Thing(
        id=found.id,
        kind=kind_of(found).value,
        level=found.sensitivity.value,
        names=tuple((field, names[field]) for field in order),
        said=name_of(found) or found.identifiers[0].value,
        author=found.author,
        version=found.version,
    )


def things(records: Any) -> dict[str, Thing]:
    return {id: thing(found) for id, found in records.items()}


def line(entry: Entry) -> Done:
    return Done(
        id=entry.id,
        version=entry.version,
        op=entry.op.value,
        cause=entry.cause,
        level=entry.sensitivity.value,
        author=entry.author,
        thing=thing(entry.record) if entry.record else None,
    )


def store_history(store: MapStore, map_id: str, who: Person, id: str) -> list[Done]:
    return [line(entry) for entry in store.history(map_id, viewer(who), id)]


def of_store(found: Outcome) -> Any:
    return told(found.revision - 1, [line(entry) for entry in found.entries], found.replayed)


def told(revision: int, done: list[Done], replayed: bool) -> Any:
    return (revision, sorted(done, key=str), replayed)


def outcome(ask: Callable[[], Any]) -> Any:
    """What is answered, or the kind of error and the records it lists."""
    try:
        return ask()
    except Refused as refused:
        return (refused.kind, refused.records)
    except PowerMapError as error:
        return (type(error).__name__, error.records if isinstance(error, Conflict) else None)


def agrees(found: Any, expected: Any) -> bool:
    if len(found) == 2 and len(expected) == 2 and expected[1] is None:
        return bool(found[0] == expected[0])
    return bool(found == expected)


# -- running --------------------------------------------------------------------------------------


def run(stores: list[MapStore], steps: int, capsys: pytest.CaptureFixture[str]) -> None:
    number = int(os.environ.get("POWERMAP_SEED") or random.randrange(10**9))
    steps = int(os.environ.get("POWERMAP_STEPS") or steps)
    machine = seed(number)(type("Machine", (Machine,), {"stores": stores}))
    Machine.steps = 0
    try:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            machine,
            settings=settings(
                max_examples=max(1, steps // STEPS_EACH),
                stateful_step_count=STEPS_EACH,
                deadline=None,
                database=None,
                phases=[Phase.generate, Phase.shrink],
                suppress_health_check=list(HealthCheck),
                verbosity=Verbosity.normal,
            ),
        )
    finally:
        names = ", ".join(type(store).__name__ for store in stores)
        with capsys.disabled():
            print(f"\n{names}: {Machine.steps} steps, POWERMAP_SEED={number}")


def test_sqlite_agrees_with_the_model(capsys: pytest.CaptureFixture[str]) -> None:
    store = open_store("sqlite://")
    run([store], 4000, capsys)
    store.close()


@pytest.fixture
def both(tmp_path: Any, neo4j_server: Server) -> Iterator[list[MapStore]]:
    empty_database(neo4j_server)
    server = neo4j_server
    stores = [
        open_store(f"sqlite:///{tmp_path}/powermap.db"),
        open_store(server.uri, username=server.user, password=server.password),
    ]
    yield stores
    for store in stores:
        store.close()
    empty_database(neo4j_server)


@pytest.mark.neo4j
def test_both_stores_agree_with_the_model(
    both: list[MapStore], capsys: pytest.CaptureFixture[str]
) -> None:
    run(both, 400, capsys)
