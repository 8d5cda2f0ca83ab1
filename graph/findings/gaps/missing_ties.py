"""Leaders who share an accountability, and sectors, without a tie between them."""

from collections import defaultdict
from itertools import combinations

from graph.findings.answer import Row
from graph.findings.gaps.found import Found
from graph.findings.gaps.identity import gap_key
from graph.findings.gaps.kinds import MOST_LISTED, Gap
from graph.findings.gaps.paths import NO_PATH
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.steps import introduction, path_facts
from graph.findings.gaps.ties import Ends, Tie
from graph.findings.phrases import counted, listed, sentence_case
from powermap.vocabulary import Sector


def shared_accountability(reading: Reading) -> Found:
    """Two who answer to the same body and have no tie, the most shared first."""
    missing = [pair for pair in reading.sharing if pair not in reading.ties]
    score = reading.paths.score
    ranked = sorted(
        missing,
        key=lambda pair: (
            -len(reading.sharing[pair]),
            score(*pair),
            *(name.casefold() for name in reading.names(pair)),
            pair,
        ),
    )
    return Found(
        kind=Gap.SHARED_ACCOUNTABILITY,
        rows=tuple(_shared_row(reading, pair) for pair in ranked[:MOST_LISTED]),
        every=frozenset(gap_key(Gap.SHARED_ACCOUNTABILITY, *pair) for pair in missing),
        counting=_counting(reading, missing),
    )


def _counting(reading: Reading, missing: list[Ends]) -> str:
    several = sum(1 for pair in missing if len(reading.sharing[pair]) > 1)
    more = f" ({counted(several, 'of them', 'of them')} two or more)" if several else ""
    pairs = sentence_case(counted(len(missing), "pair"))
    return (
        f"{pairs} of leaders share an accountability{more}, and no tie between the two is recorded"
    )


def _shared_row(reading: Reading, pair: Ends) -> Row:
    one, other = reading.in_order(pair)
    bodies = reading.shared(one, other)
    certain = [body for body in bodies if _surely_shared(reading, pair, body)]
    both = f"{reading.name(one)} and {reading.name(other)}"
    verb = "share" if certain else "may share"
    sentence = (
        f"{both} {verb} {listed(reading.name(body) for body in certain or bodies)}, "
        "and no tie between them is recorded."
    )
    alone = only_joiner(reading, one, other)
    if alone is not None:
        sentence += (
            f" Nobody but {reading.name(alone)} has ties with both that are seen from both sides."
        )
    path = reading.paths.best(one, other)
    return Row(
        kind=Gap.SHARED_ACCOUNTABILITY,
        sentence=sentence,
        parties=(one, other),
        records=tuple(
            dict.fromkeys(
                record
                for body in bodies
                for leader in (one, other)
                for record in reading.seats[leader][body]
            )
        ),
        next_step=introduction(reading, one, other, path, bodies),
        facts={
            "shared": len(bodies),
            "shared_bodies": bodies,
            "certain": bool(certain),
            "only_joined_by": alone,
            **path_facts(path),
        },
    )


def _surely_shared(reading: Reading, pair: Ends, body: str) -> bool:
    return not any(reading.doubtful(reading.seats[leader][body]) for leader in pair)


def only_joiner(reading: Reading, one: str, other: str) -> str | None:
    """The one person whose ties with both are seen from both sides, where there is just one."""
    joining = [
        leader
        for leader in reading.contacts[one] & reading.contacts[other]
        if leader in reading.shown.leaders
        and all(_from_both_sides(reading.tie(leader, end)) for end in (one, other))
    ]
    return joining[0] if len(joining) == 1 else None


def _from_both_sides(tie: Tie | None) -> bool:
    return tie is not None and tie.from_both_sides


def groups_without_tie(reading: Reading) -> Found:
    """Two sectors whose people have no tie with each other, or one only."""
    people: dict[str, set[str]] = defaultdict(set)
    for leader in reading.leaders:
        for sector in reading.sectors(leader):
            if sector != Sector.OTHER:
                people[sector].add(leader)
    silent = [s for s in people if not any(reading.contacts[leader] for leader in people[s])]
    rows = []
    for one, other in combinations(sorted(set(people) - set(silent)), 2):
        row = _groups_row(reading, (one, other), people)
        if row is not None:
            rows.append(row)
    rows.sort(
        key=lambda row: (
            -row.facts["shared"],
            row.facts["ties"],
            row.facts["path_score"] or NO_PATH,
        )
    )
    return Found(
        kind=Gap.GROUPS_WITHOUT_TIE,
        rows=tuple(rows),
        counting=sentence_case(
            f"{counted(len(rows), 'pair')} of sectors have no recorded tie with each other, "
            "or one only"
        ),
        apart=_silent_sectors(silent, people),
    )


def _rank(row: Row) -> tuple[int, int, int, str]:
    score = row.facts["path_score"]
    return -row.facts["shared"], row.facts["ties"], score or NO_PATH, row.sentence


def _groups_row(
    reading: Reading, sectors: tuple[str, str], people: dict[str, set[str]]
) -> Row | None:
    here, there = (people[sector] for sector in sectors)
    joined = {
        (one, other)
        for one in here
        for other in reading.contacts[one] & there
        if not {one, other} <= here & there
    }
    across = {frozenset(pair) for pair in joined}
    if here & there or len(across) > 1:
        return None  # somebody belongs to both, or there are ties enough
    named = [f"{sector_name(s)} ({counted(len(people[s]), 'leader')})" for s in sectors]
    if across:
        one, other = reading.in_order(next(iter(across)))
        tie = reading.tie(one, other)
        return Row(
            kind=Gap.GROUPS_WITHOUT_TIE,
            sentence=(
                f"The tie between {reading.name(one)} and {reading.name(other)} is the only one "
                f"recorded between {named[0]} and {named[1]}."
            ),
            parties=(one, other),
            records=tie.records if tie else (),
            next_step=(
                "Agree a second tie between the two sectors, so that it does not rest on "
                f"{reading.name(one)} and {reading.name(other)} alone."
            ),
            facts={
                "groups": list(sectors),
                "ties": 1,
                "shared": len(reading.shared(one, other)),
                **path_facts(reading.paths.best(one, other)),
            },
        )
    one, other = _closest(reading, here, there)
    path = reading.paths.best(one, other)
    shared = reading.shared(one, other)
    return Row(
        kind=Gap.GROUPS_WITHOUT_TIE,
        sentence=f"No tie is recorded between {named[0]} and {named[1]}.",
        parties=(one, other),
        next_step=introduction(reading, one, other, path, shared),
        facts={"groups": list(sectors), "ties": 0, "shared": len(shared), **path_facts(path)},
    )


def _closest(reading: Reading, here: set[str], there: set[str]) -> tuple[str, str]:
    """The two of both sides who share most and whom the best path joins."""
    return min(
        ((one, other) for one in reading.in_order(here) for other in reading.in_order(there)),
        key=lambda pair: (-len(reading.shared(*pair)), -reading.paths.score(*pair)),
    )


def _silent_sectors(silent: list[str], people: dict[str, set[str]]) -> tuple[str, ...]:
    if not silent:
        return ()
    named = listed(
        f"{sector_name(s)} ({counted(len(people[s]), 'leader')})" for s in sorted(silent)
    )
    return (
        f"What these sectors have with others cannot be told, since no tie of their people is "
        f"recorded: {named}.",
    )


SECTOR_NAMES = {
    "nhs": "the NHS",
    "local_government": "local government",
    "central_government": "central government",
    "voluntary": "the voluntary sector",
    "education": "education",
    "private": "the private sector",
    "public_voice": "the public's voice",
}


def sector_name(sector: str) -> str:
    return SECTOR_NAMES[sector]
