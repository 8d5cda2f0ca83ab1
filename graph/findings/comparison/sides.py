"""The two sides that are compared, and what lies on one and not on the other."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from graph.posts import Posts, posts_held
from powermap.model import Accountability, PowerMap, Record, Relationship

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Change(Generic[R]):
    """One record that is on one side only, or that says something else on the other."""

    record: R
    sure: bool
    """Whether every reading of its dates says so."""


@dataclass(frozen=True, kw_only=True)
class Sides:
    """A map twice: on two days, or as known at two revisions."""

    before: PowerMap
    after: PowerMap
    as_known: bool
    """Whether two states of knowledge are compared, and not two days."""

    def begun(self, kind: type[R]) -> Iterator[Change[R]]:
        """What is on the later side and was not, or not surely, on the earlier."""
        yield from _gained(self.before, self.after, kind)
        for record in self._doubtful_throughout(kind):
            start = record.period.start if record.period else None
            if start and start.earliest <= self.days[1] and start.latest > self.days[0]:
                yield Change(record, False)

    def ended(self, kind: type[R]) -> Iterator[Change[R]]:
        """What was on the earlier side and is not, or not surely, on the later."""
        yield from _gained(self.after, self.before, kind)
        for record in self._doubtful_throughout(kind):
            end = record.period.end if record.period else None
            if end and end.earliest < self.days[1] and end.latest >= self.days[0]:
                yield Change(record, False)

    @property
    def days(self) -> tuple[date, date]:
        return (
            self.before.on or self.before.header.as_at,
            self.after.on or self.after.header.as_at,
        )

    def _doubtful_throughout(self, kind: type[R]) -> Iterator[R]:
        """What may be held on both days: it may also have begun or ended between them."""
        if not self.as_known:
            for id in sorted(self.before.doubtful & self.after.doubtful):
                record = self.after.records[id]
                if isinstance(record, kind):
                    yield record

    @cached_property
    def posts(self) -> tuple[Posts, Posts]:
        return posts_held(self.before), posts_held(self.after)

    @cached_property
    def either(self) -> PowerMap:
        """Everybody and everything of both sides, to take names from."""
        return dataclasses.replace(
            self.after, records={**self.before.records, **self.after.records}, doubtful=frozenset()
        )

    def reworded(self) -> list[str]:
        """Records of both sides that differ in what no other row speaks of."""
        found = []
        for id in sorted(self.before.records.keys() & self.after.records.keys()):
            one, other = self.before.records[id], self.after.records[id]
            if not _same_claim(one, other) and isinstance(one, Relationship | Accountability):
                continue
            if not _same_but_version(one, other):
                found.append(id)
        return found


def _gained(without: PowerMap, having: PowerMap, kind: type[R]) -> Iterator[Change[R]]:
    for record in having.records.values():
        if not isinstance(record, kind):
            continue
        earlier = without.records.get(record.id)
        sure = record.id not in having.doubtful
        if earlier is None or not _same_claim(earlier, record):
            yield Change(record, sure)
        elif sure and record.id in without.doubtful:
            yield Change(record, False)


def _same_claim(one: Record, other: Record) -> bool:
    """Whether two versions of a record say the same of who is tied to whom, and how."""
    if isinstance(one, Relationship) and isinstance(other, Relationship):
        return (one.source, one.target, one.kind, one.strength) == (
            other.source,
            other.target,
            other.kind,
            other.strength,
        )
    if isinstance(one, Accountability) and isinstance(other, Accountability):
        return (one.holder_status, one.holder, one.to, one.kind, one.title) == (
            other.holder_status,
            other.holder,
            other.to,
            other.kind,
            other.title,
        )
    return True


def _same_but_version(one: Record, other: Record) -> bool:
    return dataclasses.replace(one, version=0) == dataclasses.replace(other, version=0)


def joint_bodies(sides: Sides, leader: str, *, later: bool) -> tuple[set[str], bool]:
    """The bodies in which a leader holds posts on one side, and whether surely in two."""
    shown = sides.after if later else sides.before
    held = sides.posts[later].get(leader, ())
    surely = {post.to for post in held if post.id not in shown.doubtful}
    return {post.to for post in held}, len(surely) > 1
