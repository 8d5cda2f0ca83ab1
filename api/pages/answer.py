"""What the map page opens on: the strongest broker and the pairs they join, in a sentence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_uppercase

from api.pages.selection import lettered
from graph.findings.brokers import broker_answer
from graph.findings.joint_posts import JointPost, joint_posts
from graph.measures import OpenPair
from graph.network import Network, Unit
from powermap.model import PowerMap
from visual.lines import Line
from visual.picture import MOST_HIGHLIGHTED, Highlight

MOST_PAIRS = 5


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two that the broker joins; a few have a letter that marks them on the map."""

    one: str
    other: str
    only_link: bool
    """Nobody else on the map joins them in two steps."""
    one_way: bool
    """One of them names the other: only the way back leads through the broker."""
    letter: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A piece of a sentence: plain text, or the name of somebody on the map."""

    text: str
    party: str | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The strongest broker of the recorded map, or why there is none."""

    sentence: tuple[Said, ...]
    joint: tuple[tuple[Said, ...], ...] = ()
    """Where there is no broker: who holds posts in two bodies, a sentence each."""
    broker: str | None = None
    pairs: tuple[Pair, ...] = ()
    """The pairs with a letter; `more` are the others."""
    more: tuple[Pair, ...] = ()
    joined: int = 0
    across: int = 0
    """How many of the pairs are of two groups."""
    rule: str = ""
    highlight: Highlight = field(default_factory=Highlight)


def answer_of(
    shown: PowerMap, network: Network, lines: Sequence[Line], names: Mapping[str, str]
) -> Answer:
    """Find the broker, and letter a few of the pairs."""
    found = broker_answer(shown, network)
    if found.broker is None:
        joint = joint_posts(shown, network.on) if network.unit is Unit.LEADERS else []
        return Answer(
            sentence=(Said(text=found.sentence),),
            joint=tuple(_linked(one.sentence, {one.leader.name: one.leader.id}) for one in joint),
            highlight=_those_with_joint_posts(joint) if joint else _those_tied(lines),
        )
    groups = network.groups
    pairs = sorted(
        _two_by_two(network, found.pairs),
        key=lambda pair: (
            pair.one_way,
            groups[pair.one] == groups[pair.other],
            not pair.only_link,
            names[pair.one],
            names[pair.other],
            pair.one,
        ),
    )
    shown_pairs = _varied(pairs)
    spoken = [found.broker, *found.choice.equals[:3]]
    if len(pairs) == 1:
        spoken += [pairs[0].one, pairs[0].other]
    return Answer(
        sentence=_linked(found.sentence, {names[party]: party for party in spoken}),
        broker=found.broker,
        pairs=tuple(shown_pairs),
        more=tuple(pair for pair in pairs if not _is_among(pair, shown_pairs)),
        joined=len(pairs),
        across=sum(groups[pair.one] != groups[pair.other] for pair in pairs),
        rule=found.choice.rule,
        highlight=lettered(
            found.broker, {pair.letter: (pair.one, pair.other) for pair in shown_pairs}, lines
        ),
    )


def _those_with_joint_posts(joint: Sequence[JointPost]) -> Highlight:
    return Highlight(parties=frozenset(one.leader.id for one in joint[:MOST_HIGHLIGHTED]))


def _those_tied(lines: Sequence[Line]) -> Highlight:
    """The few who have a tie at all, where nobody else stands out."""
    tied = frozenset(end for line in lines for end in (line.source, line.target))
    if not 0 < len(tied) <= MOST_HIGHLIGHTED:
        return Highlight()
    return Highlight(parties=tied, letters={line.id: "" for line in lines})


def _linked(sentence: str, parties: Mapping[str, str]) -> tuple[Said, ...]:
    """The sentence, with the names in it set apart so that the page can link them."""
    longest_first = sorted(parties, key=len, reverse=True)
    pieces = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", sentence)
    return tuple(Said(text=piece, party=parties.get(piece)) for piece in pieces if piece)


def _two_by_two(network: Network, pairs: Sequence[OpenPair]) -> list[Pair]:
    """Each two once, whichever of them reaches the other through the broker."""
    found: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        one, other = sorted((pair.source, pair.target))
        before = found.get((one, other))
        only_link = not pair.also_through or (before is not None and before.only_link)
        one_way = network.graph.has_edge(pair.target, pair.source)
        found[one, other] = Pair(one=one, other=other, only_link=only_link, one_way=one_way)
    return list(found.values())


def _varied(pairs: Sequence[Pair]) -> list[Pair]:
    """The first pairs that share nobody, then others: five pairs of one person say little."""
    chosen: list[Pair] = []
    for sharing in (False, True):
        for pair in pairs:
            met = {end for each in chosen for end in (each.one, each.other)}
            fresh = sharing or not {pair.one, pair.other} & met
            if fresh and len(chosen) < MOST_PAIRS and not _is_among(pair, chosen):
                chosen.append(pair)
    return [
        replace(pair, letter=letter) for letter, pair in zip(ascii_uppercase, chosen, strict=False)
    ]


def _is_among(pair: Pair, pairs: Sequence[Pair]) -> bool:
    return any((pair.one, pair.other) == (each.one, each.other) for each in pairs)
