"""The few who together reach everyone, and the few whose absence breaks the map apart."""

from collections.abc import Iterable, Sequence
from datetime import date

import networkx as nx

from graph.findings.answer import Finding, Row
from graph.findings.phrases import (
    counted,
    decimal,
    is_are,
    listed,
    name,
    on_day,
    people,
    sentence_case,
)
from graph.measures import snapshot
from graph.measures.key_players import KeyPlayers, furthest_reaching, most_fragmenting
from graph.network import Network, network
from powermap.errors import TooMuch
from powermap.model import PowerMap

MOST_IN_SET = 3
FEWEST = 5
"""Among fewer with ties there is no few to choose."""
MOST_FOR_STEPS = 500
"""On a larger map the length of the ways left is not worked out again."""
_NOTE = (
    "A set is not a ranking: the best two need not hold the best one. Ties count in either "
    "direction. Sets of one to three are shown; each says whether every set of its size was tried."
)
REACH_RULE = (
    "For each size the set with the largest distance-weighted reach (Borgatti 2006): its members "
    f"count 1, those one tie away 1, two ties away one half, and so on. {_NOTE}"
)
BREAK_RULE = (
    "For each size the set whose absence leaves the others furthest apart (distance-weighted "
    f"fragmentation, Borgatti 2006). {_NOTE}"
)


def who_reaches_everyone(power_map: PowerMap, on: date | None = None) -> Finding:
    """The one, two and three people who together are nearest to everybody."""
    shown, measured, either = _ways(power_map, on)
    question = f"Who are the few that reach everyone, on {on_day(measured.on)}?"
    if thin := _thin(measured):
        return Finding(question=question, sentences=(thin,), rows=(), rule=REACH_RULE, thin=thin)
    taken = snapshot(measured.graph)
    rows: list[Row] = []
    try:
        for size in range(1, min(MOST_IN_SET, taken.size) + 1):
            rows.append(_reaching(shown, either, furthest_reaching(taken, size)))
            if rows[-1].facts["within_one"] == rows[-1].facts["others"]:
                break
    except TooMuch as error:
        return _too_much(question, REACH_RULE, rows, error)
    return Finding(
        question=question,
        sentences=(*(row.sentence for row in rows), *_out_of_reach(shown, either)),
        rows=tuple(rows),
        rule=REACH_RULE,
    )


def who_holds_it_together(power_map: PowerMap, on: date | None = None) -> Finding:
    """The one, two and three people whose absence leaves the others furthest apart."""
    shown, measured, either = _ways(power_map, on)
    question = f"Whose absence would break the map apart, on {on_day(measured.on)}?"
    if thin := _thin(measured):
        return Finding(question=question, sentences=(thin,), rows=(), rule=BREAK_RULE, thin=thin)
    taken = snapshot(measured.graph)
    rows: list[Row] = []
    try:
        for size in range(1, min(MOST_IN_SET, taken.size - 2) + 1):
            rows.append(_breaking(shown, either, most_fragmenting(taken, size)))
            if rows[-1].facts["pairs_cut_off"] == rows[-1].facts["pairs_now"]:
                break
    except TooMuch as error:
        return _too_much(question, BREAK_RULE, rows, error)
    return Finding(
        question=question,
        sentences=tuple(row.sentence for row in rows),
        rows=tuple(rows),
        rule=BREAK_RULE,
    )


def _ways(power_map: PowerMap, on: date | None) -> "tuple[PowerMap, Network, nx.Graph[str]]":
    shown = power_map.held_on(on or power_map.header.as_at)
    measured = network(shown, on=shown.on)
    return shown, measured, nx.Graph(measured.graph.to_undirected())


def _thin(measured: Network) -> str | None:
    if measured.graph.number_of_edges() == 0:
        return f"No tie between people is recorded on {on_day(measured.on)}."
    tied = sum(1 for _, degree in measured.graph.degree() if degree)
    if tied < FEWEST:
        return f"Only {people(tied)} have a recorded tie on {on_day(measured.on)}: too few to tell."
    return None


def _too_much(question: str, rule: str, rows: Sequence[Row], error: TooMuch) -> Finding:
    said = str(error)
    sentences = (*(row.sentence for row in rows), said)
    return Finding(question=question, sentences=sentences, rows=tuple(rows), rule=rule, thin=said)


def _reaching(shown: PowerMap, either: "nx.Graph[str]", found: KeyPlayers) -> Row:
    steps = nx.multi_source_dijkstra_path_length(either, set(found.members), weight=None)
    others = either.number_of_nodes() - len(found.members)
    within_one = sum(1 for distance in steps.values() if distance == 1)
    within_two = sum(1 for distance in steps.values() if 1 <= distance <= 2)
    who = _named(shown, found.members)
    together = "together " if len(found.members) > 1 else ""
    sentence = f"{who} {is_are(len(found.members))} {together}"
    if within_one == others:
        sentence += f"tied to all the {people(others)} left on the map."
    else:
        sentence += f"tied to {within_one} of the other {others} on the map"
        sentence += (
            ", and within two steps of all."
            if within_two == others
            else f", and within two steps of {within_two}."
        )
    return Row(
        kind=f"set_of_{len(found.members)}",
        sentence=sentence + _equals(found),
        parties=found.members,
        records=_ties_of(either, found.members),
        facts={
            "within_one": within_one,
            "within_two": within_two,
            "others": others,
            **_facts(found),
        },
    )


def _out_of_reach(shown: PowerMap, either: "nx.Graph[str]") -> list[str]:
    parts = [part for part in nx.connected_components(either) if len(part) > 1]
    alone = either.number_of_nodes() - sum(map(len, parts))
    said = []
    if len(parts) > 1:
        said.append(
            f"The recorded map is in {counted(len(parts), 'part')} with no tie between them: no "
            "few can reach everybody."
        )
    if alone:
        verb = "has" if alone == 1 else "have"
        said.append(f"{people(alone).capitalize()} {verb} no recorded tie at all.")
    return said


def _breaking(shown: PowerMap, either: "nx.Graph[str]", found: KeyPlayers) -> Row:
    rest = either.subgraph(set(either) - set(found.members))
    before, after = _joined_pairs(either, rest), _joined_pairs(rest, rest)
    cut = before - after
    who = _named(shown, found.members)
    sentence = f"Without {who}, "
    if cut:
        sentence += f"{cut:,} of the {before:,} pairs of others who can reach each other now "
        sentence += "no longer could."
    else:
        longer = 0.0
        if len(rest) <= MOST_FOR_STEPS:
            longer = _mean_steps(rest, rest) - _mean_steps(either, rest)
        sentence += "nobody would be cut off"
        if longer > 0.05:
            sentence += (
                f", but the way between two others would be {decimal(longer)} steps longer "
                "on average"
            )
        sentence += "."
    return Row(
        kind=f"set_of_{len(found.members)}",
        sentence=sentence + _equals(found),
        parties=found.members,
        records=_ties_of(either, found.members),
        next_step="Agree who could stand in, and introduce them to those who would be cut off."
        if cut
        else None,
        facts={"pairs_cut_off": cut, "pairs_now": before, **_facts(found)},
    )


def _joined_pairs(ways: "nx.Graph[str]", among: Iterable[str]) -> int:
    """How many pairs of these can reach each other."""
    kept = set(among)
    sizes = (len(part & kept) for part in nx.connected_components(ways))
    return sum(size * (size - 1) // 2 for size in sizes)


def _mean_steps(ways: "nx.Graph[str]", among: Iterable[str]) -> float:
    """The mean number of steps between those of these who can reach each other; else 0."""
    kept = set(among)
    total = pairs = 0
    for source, steps in nx.all_pairs_shortest_path_length(ways):
        if source in kept:
            found = [distance for node, distance in steps.items() if node in kept and distance]
            total, pairs = total + sum(found), pairs + len(found)
    return total / pairs if pairs else 0.0


def _named(shown: PowerMap, members: Iterable[str]) -> str:
    return listed(sorted((name(shown, member) for member in members), key=str.casefold))


def _equals(found: KeyPlayers) -> str:
    if not found.equals:
        return ""
    if len(found.members) == 1:
        return f" The same is true of {counted(found.equals, 'other', 'others')}."
    return f" {sentence_case(counted(found.equals, 'other set'))} would do as well."


def _facts(found: KeyPlayers) -> dict[str, object]:
    return {
        "value": found.value,
        "every_set_tried": found.exact,
        "equally_good_sets": found.equals,
        "method": found.method,
    }


def _ties_of(either: "nx.Graph[str]", members: Iterable[str], most: int = 40) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(tie for *_, ties in either.edges(members, data="ties") for tie in ties or ())
    )[:most]
