"""Who is central, and in which sense: a first place for each sense, and how sure it is."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.findings.answer import Finding, Row
from graph.findings.phrases import (
    by_name,
    counted,
    has_have,
    is_are,
    listed,
    name,
    number,
    on_day,
    percent,
    sentence_case,
)
from graph.measures import MEASURES, Scores, Snapshot, snapshot
from graph.measures.bands import bands
from graph.measures.snapshot import Measured
from graph.network import network
from powermap.errors import TooMuch
from powermap.model import PowerMap

FEWEST = 5
"""Among fewer with ties a first place means little."""
MOST_NAMED = 3
_DECIMALS = 9
MOST_PEOPLE, MOST_TIES = 200, 600
"""On a larger map one tie moves little, and leaving out each would keep a reader waiting."""
RULE = (
    "Six senses of being central, each on the network of relationships between people: named by "
    "most (in-degree), between others (betweenness), freest to broker (lowest constraint), able "
    "to reach most in two steps, reached in fewest steps (harmonic closeness, in), and named by "
    f"those often named (PageRank). On maps of up to {MOST_PEOPLE} people and {MOST_TIES} ties "
    "each tie is left out in turn: who would then come first is named too. It is position in the "
    "recorded map."
)


@dataclass(frozen=True, kw_only=True)
class _Sense:
    """One sense: the measure, how its first place is told, and how its number is."""

    kind: str
    measure: str
    label: str
    """After `comes first in`: freedom to broker, nearness to all."""
    told: str
    value: Callable[[float], str] | None = None
    lowest: bool = False


_SENSES = (
    _Sense(
        kind="named_by_most",
        measure="views_received",
        label="being named",
        told="{who} {is_are} named by more others than anybody else",
        value=lambda value: number(round(value)),
    ),
    _Sense(
        kind="between_others",
        measure="betweenness",
        label="standing between others",
        told="the shortest ways between others lead most often through {who}",
    ),
    _Sense(
        kind="freest_to_broker",
        measure="constraint",
        label="freedom to broker",
        told="{who} {has_have} the contacts who deal least with each other",
        lowest=True,
    ),
    _Sense(
        kind="reaches_most",
        measure="two_step_reach_out",
        label="reach",
        told="{who} can be introduced to more others than anybody else by somebody they name",
        value=lambda value: f"{percent(value)} are within two steps",
    ),
    _Sense(
        kind="reached_soonest",
        measure="harmonic_in",
        label="nearness to all",
        told="news from everybody reaches {who} in fewest steps",
    ),
    _Sense(
        kind="named_by_the_named",
        measure="pagerank",
        label="being named by the often named",
        told="{who} {is_are} named most by those who are often named themselves",
    ),
)


def who_is_central(power_map: PowerMap, on: date | None = None) -> Finding:
    """Who comes first in each sense of being central, and who would with one tie less."""
    shown = power_map.held_on(on or power_map.header.as_at)
    day = shown.on or shown.header.as_at
    measured = network(shown, on=day)
    taken = snapshot(measured.graph)
    question = f"Who is central, and in which sense, on {on_day(day)}?"
    if not taken.ties:
        said = f"No tie between people is recorded on {on_day(day)}, so nobody is central."
        return Finding(question=question, sentences=(said,), rows=(), rule=RULE, thin=said)
    rows, left_out = [], []
    for sense in _SENSES:
        try:
            row = _row(shown, taken, sense)
        except TooMuch as error:
            left_out.append(str(error))
            continue
        if row is not None:
            rows.append(row)
    tied = sum(1 for _, degree in measured.graph.degree() if degree)
    thin = None
    if tied < FEWEST:
        thin = (
            f"Only {counted(tied, 'person', 'people')} have a tie: a first place among so few "
            "says little."
        )
    return Finding(
        question=question,
        sentences=(*_together(shown, rows), *left_out),
        rows=tuple(rows),
        rule=RULE,
        thin=thin,
    )


def _row(shown: PowerMap, taken: Snapshot, sense: _Sense) -> Row | None:
    scores = MEASURES[sense.measure](taken)
    values = {
        leader: round(value, _DECIMALS)
        for leader, value in scores.values.items()
        if value is not None
    }
    if not values or (not sense.lowest and max(values.values()) <= 0):
        return None
    best = min(values.values()) if sense.lowest else max(values.values())
    first = by_name(shown, (leader for leader, value in values.items() if value == best))
    ordered = sorted(values, key=lambda leader: (values[leader], leader), reverse=not sense.lowest)
    could = _could_be_first(taken, sense, first)
    many = len(first) > 1
    told = sense.told.format(
        who=listed([name(shown, leader) for leader in first], MOST_NAMED),
        is_are=is_are(len(first)),
        has_have=has_have(len(first)),
    )
    value = f": {sense.value(best)}{' each' if many else ''}" if sense.value else ""
    sentence = f"{sentence_case(told)}{value}."
    if could:
        others = listed([name(shown, leader) for leader in by_name(shown, could)], MOST_NAMED)
        sentence += f" One tie fewer could put {others} first."
    return Row(
        kind=sense.kind,
        sentence=sentence,
        parties=tuple(first),
        records=_ties_of(taken, first),
        facts={
            "measure": sense.measure,
            "value": best,
            "lowest_is_first": sense.lowest,
            "could_be_first": [name(shown, leader) for leader in could],
            "next": [
                {"name": name(shown, leader), "value": values[leader]}
                for leader in ordered
                if leader not in first
            ][:MOST_NAMED],
        },
    )


def _could_be_first(taken: Snapshot, sense: _Sense, first: Sequence[str]) -> list[str]:
    """Who else would come first if one tie were left out; nobody where the map is too large."""
    if taken.size > MOST_PEOPLE or taken.ties > MOST_TIES:
        return []

    def ranked(measured: Measured) -> Scores:
        scores = MEASURES[sense.measure](measured)
        if not sense.lowest:
            return scores
        values = {node: None if v is None else -v for node, v in scores.values.items()}
        return replace(scores, values=values)

    try:
        found = bands(taken, ranked).bands
    except TooMuch:
        return []
    return [node for node, band in found.items() if band.best == 1 and node not in first]


def _ties_of(taken: Snapshot, leaders: Sequence[str], most: int = 40) -> tuple[str, ...]:
    """The records of the ties that the first places rest on."""
    edges = [
        edge
        for leader in leaders
        for edge in (
            *taken.network.in_edges(leader, data="ties"),
            *taken.network.out_edges(leader, data="ties"),
        )
    ]
    return tuple(dict.fromkeys(tie for *_, ties in edges for tie in ties or ()))[:most]


def _together(shown: PowerMap, rows: Sequence[Row]) -> list[str]:
    """Whether the senses agree, and who else comes first in which."""
    firsts = Counter(leader for row in rows for leader in row.parties)
    most = max(firsts.values())
    leading = by_name(shown, (leader for leader, times in firsts.items() if times == most))
    who = listed([name(shown, leader) for leader in leading], MOST_NAMED)
    if most == len(rows):
        said = f"In the recorded map {who} {is_are(len(leading))} first in every sense."
    elif most == 1:
        said = "No two senses of being central point at the same person in the recorded map."
    else:
        verb = "comes" if len(leading) == 1 else "come"
        said = f"In the recorded map {who} {verb} first in {number(most)} of {number(len(rows))} "
        said += "senses of being central."
    return [said, *_others_first(shown, rows, leading if most > 1 else [])]


def _others_first(shown: PowerMap, rows: Sequence[Row], leading: Sequence[str]) -> list[str]:
    """`Becky Malby comes first in freedom to broker and reach.`"""
    senses: dict[tuple[str, ...], list[str]] = {}
    labels = {sense.kind: sense.label for sense in _SENSES}
    for row in rows:
        others = tuple(leader for leader in row.parties if leader not in leading)
        if others:
            senses.setdefault(others, []).append(labels[row.kind])
    return [
        f"{listed([name(shown, leader) for leader in others], MOST_NAMED)} "
        f"{'comes' if len(others) == 1 else 'come'} first in {listed(found)}."
        for others, found in senses.items()
    ]
