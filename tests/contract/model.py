"""What a map does, said again in the plainest way: whole copies of dicts, one a revision.

Written from the promises alone and sharing no rule with the stores, so that a mistake in the
rules is a difference between the two. It knows four kinds of record and the fields that rules
are about; everything else is a word in `said`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace

RANK = {"open": 0, "confidential": 1, "private": 2}
PARTIES = ("leader", "organisation")
MAY_NAME = {
    "to": PARTIES,
    "holder": PARTIES,
    "source": PARTIES,
    "target": PARTIES,
    "reports_to": ("accountability",),
}
KEEPS_ITS_ENDS = ("source", "target")
ESSENTIAL = ("to", "source", "target")
ROLES = {  # what may be read, what may be written, and whether own private records are included
    "owner": ({"open", "confidential"}, {"open", "confidential"}, True),
    "editor": ({"open", "confidential"}, {"open", "confidential"}, True),
    "analyst": ({"open", "confidential"}, set(), True),
    "viewer": ({"open"}, None, False),
}


@dataclass(frozen=True)
class Thing:
    """One record: what it says, whom it names, and its version."""

    id: str
    kind: str
    level: str
    names: tuple[tuple[str, str], ...] = ()
    said: str = ""
    author: str = ""
    version: int = 0

    def naming(self, id: str) -> list[str]:
        return [field for field, named in self.names if named == id]


@dataclass(frozen=True)
class Done:
    """One line of the log."""

    id: str
    version: int
    op: str
    cause: str | None
    level: str
    author: str
    thing: Thing | None


class Refused(Exception):
    """The kind of error that a store must answer with."""

    def __init__(self, kind: str, records: tuple[str, ...] | None = None) -> None:
        super().__init__(kind)
        self.kind, self.records = kind, records


@dataclass(frozen=True)
class Person:
    name: str
    role: str

    def reads(self, level: str, author: str) -> bool:
        levels, _, own = ROLES[self.role]
        return level in levels or (own and level == "private" and author == self.name)

    def writes(self, level: str, author: str) -> bool:
        _, levels, own = ROLES[self.role]
        assert levels is not None
        return level in levels or (own and level == "private" and author == self.name)


@dataclass
class ModelMap:
    """A map: what is on it now, what was on it after each revision, and what each revision did."""

    now: dict[str, Thing] = field(default_factory=dict)
    past: list[dict[str, Thing]] = field(default_factory=lambda: [{}])
    log: list[list[Done]] = field(default_factory=lambda: [[]])
    answers: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    # -- reading --------------------------------------------------------------------------------

    def latest(self, id: str) -> Done | None:
        return next((d for done in reversed(self.log) for d in reversed(done) if d.id == id), None)

    def all_versions(self, id: str) -> Iterator[Done]:
        return (d for done in self.log for d in done if d.id == id)

    def may_know(self, who: Person, id: str) -> bool:
        last = self.latest(id)
        return last is not None and who.reads(last.level, last.author)

    def read(self, who: Person, revision: int | None = None) -> dict[str, Thing]:
        then = self.now if revision is None else self.past[revision]
        seen = {
            id: thing
            for id, thing in then.items()
            if who.reads(thing.level, thing.author) and self.may_know(who, id)
        }
        while hanging := [t.id for t in seen.values() if any(n not in seen for _, n in t.names)]:
            for id in hanging:
                del seen[id]
        return seen

    def withheld(self, who: Person) -> int | None:
        if who.role != "owner":
            return None
        return sum(not who.reads(thing.level, thing.author) for thing in self.now.values())

    def tells_of_hidden(self, who: Person, done: Done) -> bool:
        told = [named for _, named in done.thing.names] if done.thing else []
        told += [done.cause] if done.cause else []
        return any(self.latest(id) and not self.may_know(who, id) for id in told)

    def history(self, who: Person, id: str) -> list[Done]:
        if not self.may_know(who, id):
            return []
        return [
            done
            for done in self.all_versions(id)
            if who.reads(done.level, done.author) and not self.tells_of_hidden(who, done)
        ]

    def get(self, who: Person, id: str) -> Thing:
        thing = self.now.get(id)
        if thing is not None and who.reads(thing.level, thing.author):
            return thing
        last = self.latest(id)
        if last is not None and last.op == "delete" and who.reads(last.level, last.author):
            raise Refused("DeletedRecord")
        raise Refused("UnknownRecord")

    # -- changing -------------------------------------------------------------------------------

    def request(
        self, who: Person, key: str, digest: str, acts: list[Callable[[Draft], None]]
    ) -> tuple[int, list[Done], bool]:
        """The revision, what the person may see of what was done, and whether it was a repeat."""
        if ROLES[who.role][1] is None:
            raise Refused("Forbidden")
        if (who.name, key) in self.answers:
            known, revision = self.answers[who.name, key]
            if known != digest:
                raise Refused("RequestReused")
            return revision, self.visible(who, self.log[revision]), True
        draft = Draft(self, who)
        for act in acts:
            act(draft)
        draft.check()
        if not draft.done:
            return len(self.log) - 1, [], False
        self.now = draft.now
        self.past.append(dict(draft.now))
        self.log.append(draft.done)
        revision = len(self.log) - 1
        self.answers[who.name, key] = (digest, revision)
        return revision, self.visible(who, draft.done), False

    def visible(self, who: Person, done: list[Done]) -> list[Done]:
        return [d for d in done if who.reads(d.level, d.author)]


class Draft:
    """A copy of the map that one request works on."""

    def __init__(self, before: ModelMap, who: Person) -> None:
        self.map, self.who = before, who
        self.now = copy.copy(before.now)
        self.done: list[Done] = []
        self.brought_back = False

    def versions(self, id: str) -> list[Done]:
        return [*self.map.all_versions(id), *(d for d in self.done if d.id == id)]

    def write(self, thing: Thing, op: str, cause: str | None) -> None:
        thing = replace(thing, version=len(self.versions(thing.id)) + 1)
        self.now[thing.id] = thing
        self.done.append(Done(thing.id, thing.version, op, cause, thing.level, thing.author, thing))

    def remove(self, thing: Thing, cause: str | None) -> None:
        del self.now[thing.id]
        version = len(self.versions(thing.id)) + 1
        self.done.append(Done(thing.id, version, "delete", cause, thing.level, thing.author, None))

    def seen(self, id: str, kind: str) -> Thing:
        thing = self.now.get(id)
        if thing is None or thing.kind != kind or not self.who.reads(thing.level, thing.author):
            raise Refused("UnknownRecord")
        return thing

    def must_write(self, thing: Thing) -> None:
        if not self.who.writes(thing.level, thing.author):
            raise Refused("InvalidValue" if thing.level == "private" else "Forbidden")

    # -- the changes ----------------------------------------------------------------------------

    def create(self, thing: Thing) -> None:
        if self.versions(thing.id):
            raise Refused("Conflict", (thing.id,))
        thing = replace(thing, author=self.who.name)
        self.must_write(thing)
        self.write(thing, "create", None)

    def update(self, wanted: Thing, version: int) -> None:
        current = self.seen(wanted.id, wanted.kind)
        self.must_write(current)
        if current.version != version:
            raise Refused("StaleVersion")
        if any(dict(current.names).get(f) != dict(wanted.names).get(f) for f in KEEPS_ITS_ENDS):
            raise Refused("InvalidValue")
        wanted = replace(wanted, author=current.author)
        self.must_write(wanted)
        if self.hides(current, wanted):
            raise Refused("InvalidValue")
        self.write(wanted, "update", None)
        if RANK[wanted.level] > RANK[current.level]:
            self.raise_those_naming(wanted.id, wanted.id)

    def delete(self, id: str, kind: str, version: int) -> None:
        thing = self.seen(id, kind)
        self.must_write(thing)
        if thing.version != version:
            raise Refused("StaleVersion")
        self.fell([id], {id: None})

    def restore(self, id: str, kind: str) -> None:
        versions = self.versions(id)
        if not versions or not self.who.reads(versions[-1].level, versions[-1].author):
            raise Refused("UnknownRecord")
        if next(d.thing for d in versions if d.thing).kind != kind:  # type: ignore[union-attr]
            raise Refused("UnknownRecord")
        if versions[-1].op != "delete":
            raise Refused("Conflict", (id,))
        if not self.who.writes(versions[-1].level, versions[-1].author):
            raise Refused("Forbidden")
        together = next(
            done for done in [self.done, *reversed(self.map.log)] if versions[-1] in done
        )
        back: dict[str, Thing] = {id: self.before(id, [versions[-1]])}  # type: ignore[dict-item]
        for other in dict.fromkeys(d.id for d in together if d.cause == id):
            mine = [d for d in together if d.id == other and d.cause == id]
            earlier = self.before(other, mine)
            if mine[-1] == self.versions(other)[-1] and earlier is not None:
                back[other] = earlier
        self.keep_standing(back, lambda other: other != id, ())
        self.bring_back(back, {other: None if other == id else id for other in back})

    def undo(self, revision: int) -> None:
        done = self.map.log[revision] if 0 < revision < len(self.map.log) else []
        asked = [
            d
            for d in done
            if d.cause is None
            and self.who.reads(d.level, d.author)
            and self.map.may_know(self.who, d.id)
        ]
        if not asked:
            raise Refused("UnknownRevision")
        if not all(self.who.writes(d.level, d.author) for d in asked):
            raise Refused("Forbidden")
        roots = {d.id for d in asked}
        mine: dict[str, list[Done]] = {}
        for d in done:
            if d.id in roots or d.cause in roots:
                mine.setdefault(d.id, []).append(d)
        changed = [id for id in mine if self.versions(id)[-1] != mine[id][-1]]
        told = sorted(id for id in changed if self.map.may_know(self.who, id))
        if told:
            raise Refused("Conflict", tuple(told))
        for id in changed:
            del mine[id]
        earlier = {id: self.before(id, mine[id]) for id in mine}
        back = {id: thing for id, thing in earlier.items() if thing is not None}
        leaving = [id for id, thing in earlier.items() if thing is None]
        causes = {id: None if id in roots else mine[id][-1].cause for id in mine}
        self.keep_standing(back, lambda id: not self.map.may_know(self.who, id), leaving)
        try:
            self.bring_back(back, causes)
        except Refused as refused:
            raise Refused("Conflict" if refused.kind == "InvalidValue" else refused.kind) from None
        built = [
            t.id
            for t in self.now.values()
            if t.id not in leaving
            and any(t.naming(id) for id in leaving)
            and self.who.reads(t.level, t.author)
        ]
        if built:
            raise Refused("Conflict", tuple(sorted(built)))
        self.fell([id for id in leaving if id in self.now], causes)

    # -- what follows ---------------------------------------------------------------------------

    def before(self, id: str, mine: list[Done]) -> Thing | None:
        """What the record was before these lines of the log."""
        versions = self.versions(id)
        first = versions.index(mine[0])
        return versions[first - 1].thing if first else None

    def hides(self, current: Thing, wanted: Thing) -> bool:
        shared = current.level != "private"
        return shared and wanted.level == "private" and current.kind != "relationship"

    def raise_those_naming(self, id: str, root: str) -> None:
        level = self.now[id].level
        for other in sorted(self.now):
            thing = self.now[other]
            if thing.naming(id) and RANK[thing.level] < RANK[level]:
                self.write(replace(thing, level=level), "update", root)
                self.raise_those_naming(thing.id, root)

    def fell(self, ids: list[str], causes: dict[str, str | None]) -> None:
        """Take these away, then what cannot stand without them; then let go of them all."""
        gone = {id: causes[id] or id for id in ids}
        for id in ids:
            self.remove(self.now[id], causes[id])
        queue = list(ids)
        while queue:
            fallen = queue.pop(0)
            for thing in sorted(self.now.values(), key=lambda t: t.id):
                if any(f in ESSENTIAL for f in thing.naming(fallen)):
                    self.remove(thing, gone[fallen])
                    gone[thing.id] = gone[fallen]
                    queue.append(thing.id)
        for thing in list(self.now.values()):
            named = [id for id in gone if thing.naming(id)]
            if named:
                left = tuple((f, n) for f, n in thing.names if n not in gone)
                self.write(replace(thing, names=left), "update", gone[named[0]])

    def keep_standing(
        self, back: dict[str, Thing], optional: Callable[[str], bool], leaving: Collection[str]
    ) -> None:
        while True:
            there = (self.now.keys() - set(leaving)) | back.keys()
            hanging = [
                id
                for id, thing in back.items()
                if optional(id) and any(named not in there for _, named in thing.names)
            ]
            if not hanging:
                return
            for id in hanging:
                del back[id]

    def bring_back(self, back: dict[str, Thing], causes: dict[str, str | None]) -> None:
        self.brought_back = True
        level = {id: thing.level for id, thing in back.items()}
        for _ in range(len(back) + 1):
            for id, thing in back.items():
                for _, named in thing.names:
                    other = level.get(named) or (
                        self.now[named].level if named in self.now else "open"
                    )
                    level[id] = max(level[id], other, key=RANK.__getitem__)
        raised = [
            id for id in back if id in self.now and RANK[self.now[id].level] < RANK[level[id]]
        ]
        for id, thing in back.items():
            thing = replace(thing, level=level[id])
            if causes[id] is None:
                self.must_write(thing)
            if id in self.now and self.hides(self.now[id], thing):
                raise Refused("InvalidValue")
            self.write(thing, "update" if id in self.now else "restore", causes[id])
        for id in raised:
            self.raise_those_naming(id, causes[id] or id)

    # -- the end --------------------------------------------------------------------------------

    def check(self) -> None:
        written = {d.id for d in self.done} & self.now.keys()
        wrong = {
            id
            for id in written
            for f, named in self.now[id].names
            if not self.fits(self.now[id], f, named)
        }
        if not wrong:
            wrong = {id for id in written if self.leads_back(id)}
        if wrong:
            raise Refused("Conflict" if self.brought_back else "InvalidValue")

    def fits(self, thing: Thing, f: str, named: str) -> bool:
        other = self.now.get(named)
        if other is None or other.kind not in MAY_NAME[f]:
            return False
        sees = self.who.reads
        if sees(thing.level, thing.author) and not sees(other.level, other.author):
            return False
        return RANK[thing.level] >= RANK[other.level]

    def leads_back(self, id: str) -> bool:
        passed: set[str] = set()
        step: str | None = id
        while step is not None and step not in passed:
            passed.add(step)
            thing = self.now.get(step)
            step = dict(thing.names).get("reports_to") if thing else None
        return step is not None
