"""Who and what a view draws, and what stands out in it."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from string import ascii_uppercase

from api.mark import Mark, MarkKind
from api.view import Extent, View
from graph.network import Unit
from powermap.model import PowerMap
from visual.lines import Line
from visual.picture import MOST_DRAWN, MOST_LINES, MOST_NAMES, Highlight, Party, choose

MOST_AT_TOP = 40
LINES_AT_TOP = 60


def admitted(
    view: View, shown: PowerMap, parties: Sequence[Party], lines: Sequence[Line]
) -> tuple[list[Party], list[Line]]:
    """Those whom the filters let through, and the lines between them."""

    def passes(party: Party) -> bool:
        bodies = party.bodies if view.unit is Unit.LEADERS else (party.id,)
        kinds = {shown.organisations[body].kind for body in bodies}
        return (not view.sectors or bool(view.sectors & set(party.sectors))) and (
            not view.kinds or bool(view.kinds & kinds)
        )

    let_through = [party for party in parties if passes(party)]
    ids = {party.id for party in let_through}
    return let_through, [
        line
        for line in _between(ids, lines)
        if view.strength is None or (line.strength or 0) >= view.strength
    ]


def selected(
    view: View,
    parties: Sequence[Party],
    lines: Sequence[Line],
    values: Mapping[str, float | None],
    highlight: Highlight,
    standing: AbstractSet[str],
) -> tuple[list[Party], list[Line]]:
    """Who of those admitted is drawn, and their lines."""
    if view.focus is not None:
        near = around(view.focus, view.distance, lines)
        parties = [party for party in parties if party.id in near]
        lines = _between(near, lines)
    if view.show is Extent.ALL:
        kept = list(parties[:MOST_DRAWN])
        return kept, _between({party.id for party in kept}, lines)
    if view.show is Extent.TOP:
        ranked = sorted(parties, key=lambda p: (-(values.get(p.id) or 0.0), p.name, p.id))
        parties = ranked[:MOST_AT_TOP]
        lines = _between({party.id for party in parties}, lines)
        return choose(parties, lines, highlight.parties, standing, MOST_AT_TOP, LINES_AT_TOP)
    return choose(parties, lines, highlight.parties, standing, MOST_NAMES, MOST_LINES)


def around(focus: str, distance: int, lines: Iterable[Line]) -> set[str]:
    """Those within so many steps of the one in focus, whichever way the ties point."""
    near = {focus}
    for _ in range(distance):
        near |= {
            end
            for line in lines
            if line.source in near or line.target in near
            for end in (line.source, line.target)
        }
    return near


def focus_highlight(focus: str, lines: Iterable[Line]) -> Highlight:
    """The one in focus, those a step away, and the lines between."""
    near = [line for line in lines if focus in (line.source, line.target)]
    return Highlight(
        centre=focus,
        parties=frozenset({focus} | {end for line in near for end in (line.source, line.target)}),
        letters={line.id: "" for line in near},
    )


def highlight_of(mark: Mark, lines: Sequence[Line]) -> Highlight:
    """A mark as it is drawn: numbered steps, lettered pairs, a gap, or some people."""
    parties = frozenset(mark.parties)
    if mark.kind is MarkKind.PATH:
        return Highlight(
            centre=mark.parties[0],
            parties=parties,
            accented=parties,
            letters={
                line.id: str(step)
                for step, ends in enumerate(pairwise(mark.parties), start=1)
                for line in _step(*ends, lines)
            },
        )
    if mark.kind is MarkKind.PAIRS:
        centre, *ends = mark.parties
        pairs = list(zip(ends[::2], ends[1::2], strict=True))
        return lettered(centre, dict(zip(ascii_uppercase, pairs, strict=False)), lines)
    inside = {line.id: "" for line in _between(parties, lines)}
    if mark.kind is MarkKind.GAP:
        one, other, *_ = mark.parties
        return Highlight(
            parties=parties, accented=frozenset((one, other)), letters=inside, gap=(one, other)
        )
    return Highlight(parties=parties, accented=parties, letters=inside)


def lettered(centre: str, pairs: Mapping[str, tuple[str, str]], lines: Iterable[Line]) -> Highlight:
    """Whoever joins pairs, with the letters of the pairs on the lines that join them."""
    letters: dict[str, list[str]] = {}
    for letter, pair in pairs.items():
        for end in pair:
            letters.setdefault(end, []).append(letter)
    return Highlight(
        centre=centre,
        parties=frozenset((centre, *letters)),
        letters={
            line.id: " ".join(letters[other])
            for line in lines
            for other in (line.target if line.source == centre else line.source,)
            if centre in (line.source, line.target) and other in letters
        },
    )


def _between(ids: AbstractSet[str], lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.source in ids and line.target in ids]


def _step(one: str, other: str, lines: Iterable[Line]) -> list[Line]:
    """The line by which a path goes from one to the other: theirs if they have one."""
    found = _between({one, other}, lines)
    return sorted(found, key=lambda line: (line.source != one, line.id))[:1]
