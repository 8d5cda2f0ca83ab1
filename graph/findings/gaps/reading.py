"""One map read once on one day, for every family of gaps."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from graph.findings.gaps.choices import Choices
from graph.findings.gaps.paths import Paths
from graph.findings.gaps.ties import Ends, Tie, ends, ties_between
from graph.posts import places_held, posts_held
from powermap.model import Accountability, PowerMap
from powermap.vocabulary import AccountabilityKind, Level

DEPENDENCE = (
    AccountabilityKind.COMMISSIONING,
    AccountabilityKind.REGULATION,
    AccountabilityKind.FUNDING,
    AccountabilityKind.DELEGATION,
    AccountabilityKind.PARTNERSHIP_MEMBER,
)

Seats = dict[str, tuple[str, ...]]


class Reading:
    """Who holds what, who is tied to whom and which bodies depend on each other on a day."""

    def __init__(
        self, power_map: PowerMap, on: date | None = None, choices: Choices | None = None
    ) -> None:
        self.choices = choices or Choices()
        self.day = on or power_map.header.as_at
        self.whole = power_map
        self.shown = power_map if power_map.on == self.day else power_map.held_on(self.day)
        self.posts = posts_held(self.shown)
        self.places = places_held(self.shown)
        self.ties = ties_between(self.shown.relationships.values())
        self.leaders = self.in_order(self.shown.leaders)

    def name(self, party: str) -> str:
        return self.shown.party(party).name

    def in_order(self, parties: Iterable[str]) -> tuple[str, ...]:
        """By name, which every copy of the map keeps; then by id."""
        return tuple(sorted(parties, key=lambda party: (self.name(party).casefold(), party)))

    def names(self, parties: Iterable[str]) -> list[str]:
        return [self.name(party) for party in self.in_order(parties)]

    def doubtful(self, records: Iterable[str]) -> bool:
        return any(record in self.shown.doubtful for record in records)

    def tie(self, one: str, other: str) -> Tie | None:
        return self.ties.get(ends(one, other))

    @cached_property
    def ties_of_leaders(self) -> tuple[Tie, ...]:
        """Ties between two people."""
        leaders = self.shown.leaders
        return tuple(tie for tie in self.ties.values() if all(e in leaders for e in tie.ends))

    @cached_property
    def contacts(self) -> dict[str, set[str]]:
        """With whom each leader or organisation has a tie, whoever sees it."""
        found: dict[str, set[str]] = {party: set() for party in self.shown.leaders}
        for one, other in self.ties:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return found

    @cached_property
    def paths(self) -> Paths:
        return Paths(self.ties, self.leaders, self.day)

    @cached_property
    def seats(self) -> dict[str, Seats]:
        """For each leader the bodies they answer to, and by which accountabilities."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for leader, body, record in self._held_in_bodies():
            found[leader][body].append(record)
        for leader, body, records in list(self._through_their_body()):
            found[leader][body] += records
        return {
            leader: {body: tuple(ids) for body, ids in seats.items()}
            for leader, seats in found.items()
        }

    def _held_in_bodies(self) -> Iterable[tuple[str, str, str]]:
        """Each accountability of a leader to a body, as leader, body and record."""
        for duty in self.shown.accountabilities.values():
            if duty.holder is not None and duty.holder in self.shown.leaders:
                if duty.to in self.shown.organisations:
                    yield duty.holder, duty.to, duty.id

    def _between_bodies(self) -> Iterable[tuple[str, str, Accountability]]:
        """Each accountability of one body to another, with the two."""
        bodies = self.shown.organisations
        for duty in self.shown.accountabilities.values():
            if duty.holder is not None and duty.holder in bodies and duty.to in bodies:
                yield duty.holder, duty.to, duty

    def _through_their_body(self) -> Iterable[tuple[str, str, list[str]]]:
        """The partnerships that a chief officer's body is a member of."""
        memberships: dict[str, list[Accountability]] = defaultdict(list)
        for holder, _, duty in self._between_bodies():
            if duty.kind is AccountabilityKind.PARTNERSHIP_MEMBER:
                memberships[holder].append(duty)
        for leader, posts in self.posts.items():
            for post in posts:
                if post.level is Level.CHIEF_OFFICER:
                    for duty in memberships.get(post.to, ()):
                        yield leader, duty.to, [duty.id, post.id]

    @cached_property
    def members(self) -> dict[str, set[str]]:
        """Who answers to each body themselves."""
        found: dict[str, set[str]] = defaultdict(set)
        for leader, body, _ in self._held_in_bodies():
            found[body].add(leader)
        return dict(found)

    @cached_property
    def sharing(self) -> dict[Ends, list[str]]:
        """Every two leaders who share an accountability, and the bodies it is to."""
        found: dict[Ends, list[str]] = defaultdict(list)
        together: dict[str, list[str]] = defaultdict(list)
        for leader, seats in self.seats.items():
            for body in seats:
                together[body].append(leader)
        for body in self.in_order(together):
            people = sorted(together[body])
            for place, one in enumerate(people):
                for other in people[place + 1 :]:
                    found[one, other].append(body)
        return dict(found)

    def shared(self, one: str, other: str) -> list[str]:
        return self.sharing.get(ends(one, other), [])

    @cached_property
    def dependences(self) -> dict[Ends, list[Accountability]]:
        """Every two bodies of which one depends on the other, and by which accountabilities."""
        found: dict[Ends, list[Accountability]] = defaultdict(list)
        for holder, to, duty in self._between_bodies():
            if duty.kind in DEPENDENCE:
                found[ends(holder, to)].append(duty)
        return dict(found)

    def dependence_between(self, one: str, other: str) -> list[Accountability]:
        """By which accountabilities the bodies of two people depend on each other."""
        return [
            duty
            for here in {place.to for place in self.places.get(one, ())}
            for there in {place.to for place in self.places.get(other, ())}
            if here != there
            for duty in self.dependences.get(ends(here, there), ())
        ]
