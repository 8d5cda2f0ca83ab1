"""What differs between two states of one picture: whose box, and which lines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum

from powermap.vocabulary import Layer
from visual.lines import Line, Views
from visual.picture import Party


class TieChange(StrEnum):
    """What became of the tie of two in one layer."""

    TURNED = "turned"
    """It is of another layer than before: from relationship to tension, or back."""
    MADE = "made"
    LOST = "lost"
    STRONGER = "stronger"
    WEAKER = "weaker"
    OTHER = "other"
    """It is seen otherwise: by one side and not by both, or rated where it was not."""


class PartyChange(StrEnum):
    """What became of one who is, or was, drawn."""

    GONE = "gone"
    COME = "come"
    CHANGED = "changed"
    """They are of other bodies, of another sector, or called otherwise."""


Place = tuple[frozenset[str], Layer]
"""Two, in either order, in one layer."""
_Strengths = dict[tuple[str, str], int | None]
"""For each direction in which a tie is seen, how strong."""


def place_of(line: Line) -> Place:
    return frozenset((line.source, line.target)), line.layer


def tie_changes(before: Iterable[Line], after: Iterable[Line]) -> dict[Place, TieChange]:
    """Every place where something differs. What turned is told where it is now, and once."""
    was, now = _views(before), _views(after)
    found: dict[Place, TieChange] = {}
    for place in sorted(was.keys() | now.keys(), key=_order):
        then, there = was.get(place, {}), now.get(place, {})
        if there and _turned_into(place, was, now):
            found[place] = TieChange.TURNED
        elif not then:
            found[place] = TieChange.MADE
        elif not there:
            if not _left_for_another(place, was, now):
                found[place] = TieChange.LOST
        elif change := _kept(then, there, explained=_left_for_another(place, was, now)):
            found[place] = change
    return found


def party_changes(
    before: Iterable[Party],
    after: Iterable[Party],
    gone: AbstractSet[str] = frozenset(),
    come: AbstractSet[str] = frozenset(),
) -> dict[str, PartyChange]:
    """Whose box differs. `gone` and `come` are there on both sides, but count as on one."""
    was, now = ({party.id: party for party in side} for side in (before, after))
    found = {}
    for id in sorted(was.keys() | now.keys()):
        if id not in now or id in gone:
            found[id] = PartyChange.GONE
        elif id not in was or id in come:
            found[id] = PartyChange.COME
        elif _looks(was[id]) != _looks(now[id]):
            found[id] = PartyChange.CHANGED
    return found


def _looks(party: Party) -> tuple[str, frozenset[str], frozenset[str]]:
    return party.name, frozenset(party.sectors), frozenset(party.bodies)


def _order(place: Place) -> tuple[list[str], str]:
    return sorted(place[0]), place[1]


def _views(lines: Iterable[Line]) -> dict[Place, _Strengths]:
    found: dict[Place, _Strengths] = defaultdict(dict)
    for line in lines:
        views = found[place_of(line)]
        views[line.source, line.target] = line.strength
        if line.views is Views.AGREED:
            views[line.target, line.source] = line.strength
    return dict(found)


def _others(place: Place, states: Mapping[Place, _Strengths]) -> list[_Strengths]:
    """The same two in the layers that a tie may turn to."""
    ends, layer = place
    turning = (Layer.RELATIONSHIPS, Layer.TENSIONS)
    if layer not in turning:
        return []
    return [states.get((ends, other), {}) for other in turning if other is not layer]


def _turned_into(
    place: Place, was: Mapping[Place, _Strengths], now: Mapping[Place, _Strengths]
) -> bool:
    """Whether a view is here now that was in another layer, and is there no more."""
    new = now[place].keys() - was.get(place, {}).keys()
    return any(
        new & (then.keys() - there.keys())
        for then, there in zip(_others(place, was), _others(place, now), strict=True)
    )


def _left_for_another(
    place: Place, was: Mapping[Place, _Strengths], now: Mapping[Place, _Strengths]
) -> bool:
    """Whether a view was here that is in another layer now, and was not there."""
    left = was[place].keys() - now.get(place, {}).keys()
    return any(
        left & (there.keys() - then.keys())
        for then, there in zip(_others(place, was), _others(place, now), strict=True)
    )


def _kept(then: _Strengths, now: _Strengths, *, explained: bool) -> TieChange | None:
    """How a tie differs that is there on both sides; `explained`: a view of it turned."""
    moves = [
        new - old
        for view in then.keys() & now.keys()
        if (old := then[view]) is not None and (new := now[view]) is not None
    ]
    up, down = any(move > 0 for move in moves), any(move < 0 for move in moves)
    if up != down:
        return TieChange.STRONGER if up else TieChange.WEAKER
    rated = any((then[view] is None) is not (now[view] is None) for view in then.keys() & now)
    if up or rated or (then.keys() != now.keys() and not explained):
        return TieChange.OTHER
    return None


def concerned(
    parties: Mapping[str, PartyChange], ties: Mapping[Place, TieChange]
) -> frozenset[str]:
    """Those whose box differs, and the ends of every line that does."""
    return frozenset(parties).union(*(ends for ends, _ in ties))


def nearest(
    about: AbstractSet[str],
    differing: AbstractSet[str],
    parties: Sequence[Party],
    lines: Iterable[Line],
    most: int,
) -> list[str]:
    """At most so many: those it is about, other ends of what differs, then those next to them.

    Of each sort those with the most ties to whom it is about come first, then those with the most
    ties to what differs, then the best tied; among equals the order of names decides.
    """
    near: dict[str, list[int]] = {party.id: [0, 0, 0] for party in parties}
    for one, other in {tuple(sorted((line.source, line.target))) for line in lines}:
        for end, far in ((one, other), (other, one)):
            if end in near:
                for place, counts in enumerate((far in about, far in differing, True)):
                    near[end][place] -= counts
    ranked = sorted(
        parties,
        key=lambda p: (p.id not in about, p.id not in differing, near[p.id], p.name, p.role, p.id),
    )
    return [party.id for party in ranked[:most]]
