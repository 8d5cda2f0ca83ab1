"""Who brokers between which groups, and in which role: pair by pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.findings.answer import Finding, Row
from graph.findings.brokers import broker_answer
from graph.findings.phrases import counted, listed, name, names, number, on_day, sentence_case
from graph.measures import OpenPair, open_pairs
from graph.measures.brokerage import Brokerage, brokerage
from graph.measures.roles import Role
from graph.network import Network, network
from powermap.errors import InvalidValue
from powermap.model import PowerMap
from powermap.vocabulary import Sector

MOST_PAIRS = 300
MOST_READ = 5000
MOST_BROKERS = 10
RULE = (
    "A broker joins two people when one of them reaches the other through the broker in two steps "
    "and has no tie in that direction (Gould and Fernandez 1989). Groups are sectors. Coordinator: "
    "all three of one sector. Itinerant: the two of one sector, the broker of another. "
    "Representative: from the broker's own sector outward. Gatekeeper: from another sector into "
    "the broker's own. Liaison: three sectors. Pairs that nobody else joins come first, then "
    f"those of two sectors, then by name; at most {MOST_PAIRS} are listed. The strongest broker: "
)
_SECTORS = {Sector.NHS: "the NHS", Sector.OTHER: "other bodies"}


@dataclass(frozen=True, kw_only=True)
class _Joined:
    """Two whom a broker joins, in one direction or in both."""

    one: str
    other: str
    roles: tuple[Role, ...]
    also_through: frozenset[str]
    only_link: bool
    """In one direction at least nobody else joins them in two steps."""
    both_ways: bool


def broker_pairs(power_map: PowerMap, leader: str | None = None, on: date | None = None) -> Finding:
    """The pairs that a leader joins; those of the strongest broker unless one is given.

    Raises `UnknownRecord` for who is not on the map that day, `InvalidValue` for no leader.
    """
    shown = power_map.held_on(on or power_map.header.as_at)
    if leader is not None and shown.party(leader).id not in shown.leaders:
        raise InvalidValue.at("leader", "must be a leader, not an organisation")
    measured = network(shown, on=shown.on)
    strongest = broker_answer(shown, measured)
    chosen = leader or strongest.broker
    scores = brokerage(measured.graph, dict(measured.groups))
    joined = _joined(shown, measured, chosen) if chosen else []
    others = _others(shown, scores, chosen)
    if chosen is None or chosen == strongest.broker:
        first = strongest.sentence
    else:
        first = _of_one(shown, chosen, joined, measured)
    return Finding(
        question=_question(shown, leader),
        sentences=(first, *_across(measured, joined), *_told_of_others(shown, others)),
        rows=(
            *(_row(shown, measured, chosen or "", pair) for pair in joined[:MOST_PAIRS]),
            *others,
        ),
        rule=RULE + strongest.choice.rule[:1].lower() + strongest.choice.rule[1:],
        thin=None if measured.graph.number_of_edges() else "No tie between people is recorded.",
    )


def _question(shown: PowerMap, leader: str | None) -> str:
    day = on_day(shown.on or shown.header.as_at)
    if leader:
        return f"Between whom does {name(shown, leader)} broker on {day}?"
    return f"Who brokers between which groups, and in which role, on {day}?"


def _joined(shown: PowerMap, measured: Network, broker: str) -> list[_Joined]:
    """Each two once; nobody is joined by somebody without a group."""
    if broker not in measured.groups:
        return []
    found: dict[frozenset[str], list[OpenPair]] = {}
    for pair in open_pairs(measured.graph, broker, measured.groups, limit=MOST_READ):
        found.setdefault(frozenset((pair.source, pair.target)), []).append(pair)

    def order(pair: _Joined) -> tuple[bool, bool, list[str], str]:
        within = measured.groups[pair.one] == measured.groups[pair.other]
        called = [name(shown, end).casefold() for end in (pair.one, pair.other)]
        return not pair.only_link, within, called, pair.one

    return sorted((_two(shown, pairs) for pairs in found.values()), key=order)


def _two(shown: PowerMap, pairs: Sequence[OpenPair]) -> _Joined:
    ends = [pairs[0].source, pairs[0].target]
    if len(pairs) == 2:
        ends.sort(key=lambda end: (name(shown, end).casefold(), end))
    return _Joined(
        one=ends[0],
        other=ends[1],
        roles=tuple(dict.fromkeys(pair.role for pair in pairs)),
        also_through=frozenset().union(*(pair.also_through for pair in pairs)),
        only_link=any(not pair.also_through for pair in pairs),
        both_ways=len(pairs) == 2,
    )


def _row(shown: PowerMap, measured: Network, broker: str, pair: _Joined) -> Row:
    who = name(shown, broker)
    one, other = name(shown, pair.one), name(shown, pair.other)
    between = (
        f"{one} and {other} reach each other through {who}"
        if pair.both_ways
        else f"{one} reaches {other} through {who}"
    )
    roles = f"{who} is {' and '.join(map(str, sorted(pair.roles)))} here"
    also = names(shown, pair.also_through)
    alone = "nobody else joins them in two steps"
    if not pair.only_link:
        alone = f"{listed(also)} {'joins' if len(also) == 1 else 'join'} them too"
    steps = [(pair.one, broker), (broker, pair.other)]
    if pair.both_ways:
        steps += [(pair.other, broker), (broker, pair.one)]
    return Row(
        kind="only_link" if pair.only_link else "one_of_several_links",
        sentence=f"{between}; {alone}. {roles} ({_groups(measured, broker, pair)}).",
        parties=(pair.one, broker, pair.other),
        records=tuple(
            dict.fromkeys(tie for step in steps for tie in measured.graph.edges[step]["ties"])
        ),
        facts={
            "path": [pair.one, broker, pair.other],
            "roles": [str(role) for role in pair.roles],
            "both_ways": pair.both_ways,
            "also_through": sorted(pair.also_through, key=lambda id: name(shown, id).casefold()),
        },
    )


def _groups(measured: Network, broker: str, pair: _Joined) -> str:
    """`local government, the NHS, the NHS`: the groups of the three on the way."""
    way = [_sector(measured.groups[each]) for each in (pair.one, broker, pair.other)]
    return " – ".join(way) if len(set(way)) > 1 else f"all of {way[0]}"


def _sector(group: str) -> str:
    return _SECTORS.get(Sector(group), group.replace("_", " "))


def _of_one(shown: PowerMap, leader: str, joined: Sequence[_Joined], measured: Network) -> str:
    who = name(shown, leader)
    if leader not in measured.groups:
        return f"{who} has no place in a body on the recorded map, so what they join is not told."
    if not joined:
        return f"In the recorded map {who} joins nobody who has no tie of their own."
    if len(joined) == 1:
        pair = joined[0]
        ends = f"{name(shown, pair.one)} and {name(shown, pair.other)}"
        others = "nobody else does" if pair.only_link else "others do so too"
        return f"In the recorded map {who} joins {ends}, who have no direct tie; {others}."
    alone = sum(pair.only_link for pair in joined)
    of_them = counted(alone, "of them", "of them") if alone else "none of them"
    return (
        f"In the recorded map {who} stands between {counted(len(joined), 'pair')} of people who "
        f"have no direct tie, and is the only link in two steps for {of_them}."
    )


def _across(measured: Network, joined: Sequence[_Joined]) -> tuple[str, ...]:
    """How many of the pairs lie across sectors, and in which role the broker stands between."""
    if len(joined) < 2:
        return ()
    groups = measured.groups
    across = sum(groups[pair.one] != groups[pair.other] for pair in joined)
    times = {role: sum(role in pair.roles for pair in joined) for role in Role}
    roles = [
        f"{role} for {counted(count, 'pair')}"
        for role, count in sorted(times.items(), key=lambda each: -each[1])
        if count
    ]
    told = "None of these pairs reaches across sectors"
    if across:
        pairs = counted(across, "of these pairs reaches", "of these pairs reach")
        told = f"{sentence_case(pairs)} across sectors"
    return (f"{told}; the broker is {listed(roles)}.",)


def _others(shown: PowerMap, scores: Brokerage, chosen: str | None) -> list[Row]:
    """The others who join most, as rows of their own."""
    joining = {
        broker: roles
        for broker, roles in scores.brokers.items()
        if broker != chosen and roles[Role.TOTAL].raw
    }
    ranked = sorted(
        joining,
        key=lambda broker: (
            -joining[broker][Role.TOTAL].raw,
            name(shown, broker).casefold(),
            broker,
        ),
    )
    return [
        Row(
            kind="other_broker",
            sentence=_other(name(shown, broker), {r: s.raw for r, s in joining[broker].items()}),
            parties=(broker,),
            facts={
                "pairs_joined": joining[broker][Role.TOTAL].raw,
                "expected_by_chance": joining[broker][Role.TOTAL].expected,
            },
        )
        for broker in ranked[:MOST_BROKERS]
    ]


def _other(who: str, times: dict[Role, int]) -> str:
    total = times[Role.TOTAL]
    roles = [
        f"{number(times[role])} as {role}"
        for role in sorted(Role, key=lambda role: -times[role])
        if role is not Role.TOTAL and times[role]
    ]
    return f"{who} joins {counted(total, 'pair')}, counted in each direction: {listed(roles)}."


def _told_of_others(shown: PowerMap, others: Sequence[Row]) -> tuple[str, ...]:
    if not others:
        return ()
    named = listed([name(shown, row.parties[0]) for row in others[:3]])
    if len(others) == 1:
        return (f"Beside this, only {named} joins pairs.",)
    return (f"Others who join most pairs: {named}.",)
