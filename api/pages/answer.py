"""What the map page opens on: the strongest broker and the pairs they join, in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_uppercase

import networkx as nx  # type: ignore[import-untyped, unused-ignore]

from graph.measures import OpenPair, open_pairs, strongest_broker
from visual.lines import Line
from visual.picture import MOST_HIGHLIGHTED, Highlight

MOST_PAIRS = 5
MOST_LISTED = 300
MOST_COUNTED = 20_000


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two that the broker joins; a few have a letter that marks them on the map."""

    one: str
    other: str
    only_link: bool
    """Nobody else on the map joins them in two steps."""
    letter: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The strongest broker of the recorded map, or why there is none."""

    broker: str | None = None
    equals: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    """The pairs with a letter; `more` are the others, as far as they are listed."""
    more: tuple[Pair, ...] = ()
    joined: int = 0
    or_more: bool = False
    """Whether there are too many pairs to count here."""
    across: int = 0
    """How many of the pairs are of two groups."""
    only_link: int = 0
    one_way: bool = False
    """Whether one of each pair names the other: nobody joins two without any tie."""
    reason: str | None = None
    rule: str = ""
    highlight: Highlight = field(default_factory=Highlight)


def answer_of(
    graph: "nx.DiGraph[str]",
    groups: Mapping[str, str],
    lines: Sequence[Line],
    names: Mapping[str, str],
) -> Answer:
    """Find the broker, count the pairs, and letter the few that are shown."""
    found = strongest_broker(graph, dict(groups))
    if found.broker is None:
        return Answer(reason=found.reason)
    opened = open_pairs(graph, found.broker, dict(groups), limit=MOST_COUNTED)
    pairs = _two_by_two(graph, opened)
    one_way = not pairs
    if one_way:
        pairs = _two_by_two(nx.DiGraph(), opened)
    ranked = sorted(
        pairs.items(),
        key=lambda item: (
            groups[item[0][0]] == groups[item[0][1]],
            not item[1],
            names[item[0][0]],
            names[item[0][1]],
            item[0],
        ),
    )
    listed = [Pair(one=one, other=other, only_link=only) for (one, other), only in ranked]
    shown = _varied(listed)
    return Answer(
        broker=found.broker,
        equals=found.equals,
        pairs=tuple(shown),
        more=tuple(pair for pair in listed[:MOST_LISTED] if not _is_among(pair, shown)),
        joined=len(pairs),
        or_more=found.joined > MOST_COUNTED,
        across=sum(groups[one] != groups[other] for one, other in pairs),
        only_link=sum(pairs.values()),
        one_way=one_way,
        rule=found.rule,
        highlight=_highlight(found.broker, shown, lines),
    )


def _two_by_two(graph: "nx.DiGraph[str]", pairs: Sequence[OpenPair]) -> dict[tuple[str, str], bool]:
    """Each two once, if neither names the other; and whether no third person joins them too."""
    found: dict[tuple[str, str], bool] = {}
    for pair in pairs:
        one, other = sorted((pair.source, pair.target))
        if not graph.has_edge(pair.target, pair.source):
            found[one, other] = found.get((one, other), True) and not pair.also_through
    return found


def _varied(pairs: Sequence[Pair]) -> list[Pair]:
    """The first pairs that share nobody, then others: five pairs of one person say little."""
    chosen: list[Pair] = []
    for sharing in (False, True):
        for pair in pairs:
            met = {end for each in chosen for end in (each.one, each.other)}
            if len(chosen) < MOST_PAIRS and not _is_among(pair, chosen):
                if sharing or not {pair.one, pair.other} & met:
                    chosen.append(pair)
    return [
        replace(pair, letter=letter) for letter, pair in zip(ascii_uppercase, chosen, strict=False)
    ]


def _is_among(pair: Pair, pairs: Sequence[Pair]) -> bool:
    return any((pair.one, pair.other) == (each.one, each.other) for each in pairs)


def _highlight(broker: str, pairs: Sequence[Pair], lines: Sequence[Line]) -> Highlight:
    letters: dict[str, list[str]] = {}
    for pair in pairs:
        for end in (pair.one, pair.other):
            letters.setdefault(end, []).append(pair.letter)
    parties = [broker, *letters][:MOST_HIGHLIGHTED]
    return Highlight(
        centre=broker,
        parties=frozenset(parties),
        letters={
            line.id: " ".join(letters[other])
            for line in lines
            for other in (line.target if line.source == broker else line.source,)
            if broker in (line.source, line.target) and other in letters
        },
    )
