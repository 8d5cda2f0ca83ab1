"""Groups of people, by sector, kind of body or body, without a tie between them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from graph.findings.answer import Row
from graph.findings.gaps.choices import Grouping
from graph.findings.gaps.found import Found
from graph.findings.gaps.identity import row_key
from graph.findings.gaps.kinds import MOST_LISTED, Gap
from graph.findings.gaps.paths import NO_PATH
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.steps import introduction, path_facts
from graph.findings.gaps.ties import Ends
from graph.findings.phrases import counted, listed, sentence_case
from powermap.vocabulary import OrganisationKind, Sector

MOST_GROUPS = 100
"""Beyond this many groups most pairs have no tie, and a list of them tells nobody anything."""
WORDS = {
    Grouping.SECTOR: "sectors",
    Grouping.KIND: "kinds of body",
    Grouping.ORGANISATION: "bodies",
}
SECTOR_NAMES = {
    Sector.NHS: "the NHS",
    Sector.LOCAL_GOVERNMENT: "local government",
    Sector.CENTRAL_GOVERNMENT: "central government",
    Sector.VOLUNTARY: "the voluntary sector",
    Sector.EDUCATION: "education",
    Sector.PRIVATE: "the private sector",
    Sector.PUBLIC_VOICE: "the public's voice",
}


@dataclass(frozen=True, kw_only=True)
class Group:
    """Some people who belong together."""

    name: str
    people: frozenset[str]

    @property
    def told(self) -> str:
        return f"{self.name} ({counted(len(self.people), 'leader')})"


def groups_without_tie(reading: Reading) -> Found:
    """Two groups whose people have no tie with each other, or one only."""
    by = Grouping(reading.choices.group_by)
    groups = _groups(reading, by)
    if len(groups) > MOST_GROUPS:
        said = (
            f"Groups without a tie are listed for up to {MOST_GROUPS} {WORDS[by]}; this map has "
            f"{len(groups):,}."
        )
        return Found(kind=Gap.GROUPS_WITHOUT_TIE, apart=(said,))
    silent = [g for g, found in groups.items() if not any(map(reading.contacts.get, found.people))]
    ties = _ties_across(reading, groups)
    rows = []
    for pair in combinations((group for group in groups if group not in silent), 2):
        here, there = (groups[group] for group in pair)
        if not here.people & there.people and len(ties[pair]) < 2:
            rows.append(_row(reading, pair, here, there, sorted(ties[pair])))
    rows.sort(key=_rank)
    return Found(
        kind=Gap.GROUPS_WITHOUT_TIE,
        rows=tuple(rows[:MOST_LISTED]),
        every=frozenset(map(row_key, rows)),
        counting=sentence_case(
            f"{counted(len(rows), 'pair')} of {WORDS[by]} have no recorded tie with each other, "
            "or one only"
        ),
        apart=_silent_told(WORDS[by], [groups[group] for group in silent]),
    )


def _groups(reading: Reading, by: Grouping) -> dict[str, Group]:
    """In the order of their names; people without a place, and what is `other`, are no group."""
    people: dict[str, set[str]] = defaultdict(set)
    for leader in reading.leaders:
        for place in reading.places.get(leader, ()):
            body = reading.shown.organisations[place.to]
            group = {
                Grouping.SECTOR: str(body.sector),
                Grouping.KIND: str(body.kind),
                Grouping.ORGANISATION: body.id,
            }[by]
            people[group].add(leader)
    found = [
        (group, Group(name=_name(reading, group, by), people=frozenset(people[group])))
        for group in people
        if group not in (Sector.OTHER, OrganisationKind.OTHER)
    ]
    return dict(sorted(found, key=lambda item: (item[1].name.casefold(), item[0])))


def _name(reading: Reading, group: str, by: Grouping) -> str:
    if by is Grouping.ORGANISATION:
        return reading.name(group)
    if by is Grouping.SECTOR:
        return SECTOR_NAMES.get(Sector(group), group)
    words = group.replace("arms_length", "arm's length").replace("_", " ")
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def _ties_across(reading: Reading, groups: Mapping[str, Group]) -> Mapping[Ends, set[Ends]]:
    """Between which two people, for every two groups in their order."""
    order = {group: place for place, group in enumerate(groups)}
    belongs: dict[str, list[str]] = defaultdict(list)
    for group, found in groups.items():
        for leader in found.people:
            belongs[leader].append(group)
    across: dict[Ends, set[Ends]] = defaultdict(set)
    for tie in reading.ties_of_leaders:
        for one, other in product(*(belongs[end] for end in tie.ends)):
            if one != other:
                pair = (one, other) if order[one] < order[other] else (other, one)
                across[pair].add(tie.ends)
    return across


def _rank(row: Row) -> tuple[int, int, int, str]:
    facts = row.facts
    score = NO_PATH if facts["path_score"] is None else facts["path_score"]
    return -facts["shared"], facts["ties"], score, row.sentence.casefold()


def _row(reading: Reading, pair: Ends, here: Group, there: Group, ties: list[Ends]) -> Row:
    one, other = reading.in_order(ties[0]) if ties else _closest(reading, here, there)
    path, shared = reading.paths.best(one, other), reading.shared(one, other)
    facts = {
        "groups": list(pair),
        "group_by": reading.choices.group_by,
        "ties": len(ties),
        "shared": len(shared),
        **path_facts(path),
    }
    if not ties:
        return Row(
            kind=Gap.GROUPS_WITHOUT_TIE,
            sentence=f"No tie is recorded between {here.told} and {there.told}.",
            parties=(one, other),
            records=tuple(p.id for leader in (one, other) for p in reading.places[leader]),
            next_step=introduction(reading, one, other, path, shared),
            facts=facts,
        )
    tie = reading.tie(one, other)
    named = f"{reading.name(one)} and {reading.name(other)}"
    return Row(
        kind=Gap.GROUPS_WITHOUT_TIE,
        sentence=f"The tie between {named} is the only one recorded between {here.told} and "
        f"{there.told}.",
        parties=(one, other),
        records=tie.records if tie else (),
        next_step=f"Agree a second tie between the two, so that it does not rest on {named} alone.",
        facts=facts,
    )


def _closest(reading: Reading, here: Group, there: Group) -> Ends:
    """The two of both sides who share most and whom the best path joins."""
    return max(
        product(reading.in_order(here.people), reading.in_order(there.people)),
        key=lambda pair: (len(reading.shared(*pair)), reading.paths.score(*pair)),
    )


def _silent_told(words: str, silent: Iterable[Group]) -> tuple[str, ...]:
    told = [group.told for group in silent]
    if not told:
        return ()
    return (
        f"What these {words} have with others cannot be told, since no tie of their people is "
        f"recorded: {listed(told)}.",
    )
