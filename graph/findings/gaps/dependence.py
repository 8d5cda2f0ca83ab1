"""Bodies that depend on each other, and are joined by one person only or by nobody."""

from collections import defaultdict
from dataclasses import dataclass

from graph.findings.answer import Row
from graph.findings.gaps.found import Found
from graph.findings.gaps.kinds import Gap
from graph.findings.gaps.paths import NO_PATH
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.steps import introduction, path_facts
from graph.findings.gaps.ties import Ends
from graph.findings.phrases import counted, listed, sentence_case
from powermap.model import Accountability
from powermap.vocabulary import AccountabilityKind

_DOES = {
    AccountabilityKind.COMMISSIONING: "is commissioned by",
    AccountabilityKind.REGULATION: "is regulated by",
    AccountabilityKind.FUNDING: "is funded by",
    AccountabilityKind.DELEGATION: "answers for delegated functions to",
    AccountabilityKind.PARTNERSHIP_MEMBER: "is a member of",
}


@dataclass(frozen=True, kw_only=True)
class Links:
    """What joins two bodies: each link is the people it rests on."""

    people: tuple[frozenset[str], ...]
    records: tuple[str, ...]

    @property
    def rests_on(self) -> frozenset[str]:
        """The people without any of whom no link would be left."""
        return frozenset.intersection(*self.people) if self.people else frozenset()

    @property
    def thin(self) -> bool:
        return not self.people or bool(self.rests_on)


def dependent_bodies(reading: Reading) -> Found:
    rows = []
    unknown: dict[str, list[str]] = defaultdict(list)
    for pair in reading.dependences:
        nobody = [body for body in reading.in_order(pair) if not reading.members.get(body)]
        if reading.tie(*pair) is not None:
            continue  # the bodies themselves have a tie, which rests on no person that is named
        for body in nobody[:1]:
            unknown[body].append(pair[0] if body == pair[1] else pair[1])
        if not nobody:
            links = _links(reading, pair)
            if links.thin:
                rows.append(_row(reading, pair, links))
    rows.sort(key=_rank)
    return Found(
        kind=Gap.DEPENDENT_BODIES,
        rows=tuple(rows),
        counting=sentence_case(
            f"{counted(len(rows), 'pair')} of bodies depend on each other, and nobody, one person "
            f"or one tie joins them in the recorded map{_of_them(rows)}"
        ),
        apart=_unmapped(reading, unknown, "more " if rows else ""),
    )


def _tied(reading: Reading, pair: Ends) -> list[str]:
    tie = reading.tie(*pair)
    return list(tie.records) if tie else []


def _links(reading: Reading, pair: Ends) -> Links:
    here, there = (reading.members[body] for body in pair)
    people, records = [], []
    for leader in here & there:
        people.append(frozenset({leader}))
        records += [*reading.seats[leader][pair[0]], *reading.seats[leader][pair[1]]]
    for one in here - there:
        for other in reading.contacts[one] & (there - here):
            people.append(frozenset({one, other}))
            records += _tied(reading, (one, other))
    for leaders, body in ((here, pair[1]), (there, pair[0])):
        for leader in leaders & reading.contacts.get(body, set()):
            people.append(frozenset({leader}))
            records += _tied(reading, (leader, body))
    return Links(people=tuple(people), records=tuple(records))


def _row(reading: Reading, pair: Ends, links: Links) -> Row:
    duties = reading.dependences[pair]
    one, other = reading.in_order(pair)
    here, there = _foremost(reading, one, other)
    path = reading.paths.best(here, there) if here != there else None
    doubtful = reading.doubtful(duty.id for duty in duties)
    return Row(
        kind=Gap.DEPENDENT_BODIES,
        sentence=f"{_dependence(reading, duties)}, and {_joined(reading, pair, links)}.",
        parties=(one, other, *(reading.in_order(links.rests_on) or (here, there))),
        records=(*(duty.id for duty in duties), *links.records),
        next_step=(
            introduction(reading, here, there, path, reading.shared(here, there))
            if not links.people
            else _second_link(reading, links)
        ),
        facts={
            "shared": len(duties),
            "links": len(links.people),
            "rests_on": list(reading.in_order(links.rests_on)),
            "nobody_else_on_the_map": bool(links.people) and bool(_only_people(reading, pair)),
            "certain": not doubtful,
            **path_facts(path),
        },
    )


def _rank(row: Row) -> tuple[int, bool, bool, int, str]:
    """Nobody before one; what only looks thin because few are on the map comes last."""
    facts = row.facts
    score = facts["path_score"] if facts["links"] == 0 else 0
    few, linked = facts["nobody_else_on_the_map"], facts["links"] > 0
    return -facts["shared"], few, linked, score or NO_PATH, row.sentence.casefold()


def _dependence(reading: Reading, duties: list[Accountability]) -> str:
    """`A is commissioned and regulated by B`; in both directions, both."""
    clauses: dict[tuple[str, str], list[str]] = defaultdict(list)
    for duty in sorted(duties, key=lambda duty: (str(duty.kind), duty.id)):
        verb = _DOES[duty.kind]
        if duty.id in reading.shown.doubtful:
            verb = f"may {verb.replace('is ', 'be ', 1).replace('answers', 'answer', 1)}"
        told = clauses[duty.holder or "", duty.to]
        if verb not in told:
            told.append(verb)
    return " and ".join(
        f"{reading.name(holder)} {' and '.join(verbs)} {reading.name(to)}"
        for (holder, to), verbs in clauses.items()
    )


def _joined(reading: Reading, pair: Ends, links: Links) -> str:
    if not links.people:
        return "nobody is recorded as joining the two"
    named = reading.names(links.rests_on)
    if len(links.rests_on) == 2:
        sole = _only_people(reading, pair)
        apart = f" ({sole})" if sole else ""
        return f"the tie between {named[0]} and {named[1]} is all that joins them{apart}"
    (alone,) = links.rests_on
    if all(alone in reading.members[body] for body in pair):
        return f"{named[0]}, who answers to both, is the only person who joins them"
    return f"no tie between their people is recorded in which {named[0]} has no part"


def _only_people(reading: Reading, pair: Ends) -> str:
    alone = [body for body in reading.in_order(pair) if len(reading.members[body]) == 1]
    if len(alone) == 2:
        return "nobody else of either body is on the map"
    return f"nobody else of {reading.name(alone[0])} is on the map" if alone else ""


def _second_link(reading: Reading, links: Links) -> str:
    named = listed(reading.names(links.rests_on))
    return f"Agree a second tie between the two, so that it does not rest on {named} alone."


def _foremost(reading: Reading, one: str, other: str) -> tuple[str, str]:
    """Of each body the person whom the best path brings to somebody of the other."""
    pairs = [
        (here, there)
        for here in reading.in_order(reading.members[one])
        for there in reading.in_order(reading.members[other])
        if here != there
    ]
    if not pairs:
        (alone,) = reading.members[one]
        return alone, alone
    return max(pairs, key=lambda pair: reading.paths.score(*pair))


def _of_them(rows: list[Row]) -> str:
    nobody = sum(1 for row in rows if not row.facts["links"])
    few = sum(1 for row in rows if row.facts["nobody_else_on_the_map"])
    told = [f"nobody joins {counted(nobody, 'of them', 'of them')}"] if nobody else []
    if few:
        told.append(
            f"in {counted(few, 'of them', 'of them')} a body has only one person on the map"
        )
    return f" ({'; '.join(told)})" if told else ""


def _unmapped(reading: Reading, unknown: dict[str, list[str]], more: str) -> tuple[str, ...]:
    if not unknown:
        return ()
    pairs = sum(len(others) for others in unknown.values())
    bodies = [
        f"{reading.name(body)} ({counted(len(unknown[body]), 'pair')})"
        for body in sorted(unknown, key=lambda body: (-len(unknown[body]), reading.name(body)))
    ]
    return (
        f"What joins {counted(pairs, f'{more}pair')} of bodies cannot be told, since "
        f"nobody on the map acts for one of the two: {listed(bodies)}.",
    )
