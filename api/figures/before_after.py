"""A map before and after as a board figure: who and what goes, comes, turns or grows stronger."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

import networkx as nx  # type: ignore[import-untyped, unused-ignore]

from api.figures.asked import FigureAsked, Making
from api.figures.compared import Compared, compared
from api.figures.ground import Ground
from api.figures.words import notes
from api.pages.drawing import NOUNS
from api.pages.map_controls import filters_in_words
from api.pages.map_view import cited, parties_of
from api.pages.selection import admitted, around
from api.pages.words import count
from api.view import Extent, View
from graph.findings.answer import Finding
from graph.network import Unit, network
from graph.posts import places_held
from powermap.errors import InvalidValue
from powermap.model import PowerMap
from powermap.vocabulary import Basis, Layer
from visual.document.paper import Figure
from visual.figure.changes import (
    PartyChange,
    Place,
    concerned,
    nearest,
    party_changes,
    place_of,
    tie_changes,
)
from visual.figure.panels import MOST_NAMES
from visual.figure.side_by_side import draw_sides
from visual.figure.sides import Side, Sides
from visual.figure.words import Words
from visual.layout import arrange
from visual.lines import Line, lines_of
from visual.picture import Party, belonging
from visual.routing import Point

MOST_TIES = 30
"""On each side: those that differ, then the strongest."""
LONGEST_SENTENCE = 420
_LAYERS = {
    Layer.RELATIONSHIPS: (Layer.RELATIONSHIPS, Layer.TENSIONS),
    Layer.TENSIONS: (Layer.TENSIONS,),
    Layer.ACCOUNTABILITIES: (Layer.ACCOUNTABILITIES,),
}
_KIND = {
    Layer.RELATIONSHIPS: "Relationships and tensions between {}",
    Layer.TENSIONS: "Tensions between {}",
    Layer.ACCOUNTABILITIES: "Who answers to whom: {}",
}


def before_after(asked: FigureAsked, ground: Ground, making: Making) -> Figure:
    """The figure. Raises `InvalidValue` that names what it cannot be drawn from."""
    two = compared(asked, ground)
    view = replace(asked.view, unit=two.unit)
    whole = _sides(view, two)
    places = ground.seen(replace(view, show=Extent.OPENING)).positions
    if view.focus is not None and view.focus not in {party.id for party in whole.everybody}:
        raise InvalidValue.at("focus", "names somebody who is on neither side")
    first = {*two.about, *view.mark.parties, *whole.parties}
    kept = _chosen(view, whole, first, min(asked.names or 99, MOST_NAMES[making.preset]))
    drawn = _fewer_ties(whole.among(kept))
    drawn = replace(drawn, screen=_places(drawn, places))
    noun = NOUNS[two.unit]
    kind = f"{_KIND[view.layer].format(noun[1])} {two.told}"
    words = Words(
        title=ground.whole.header.title,
        kind=", ".join([kind, *filters_in_words(view)]),
        sentence=making.sentence or _sentence(two),
        noun=noun,
        notes=notes(
            ground, _left_out(view, two, whole, drawn), _method(two), _cited(two, drawn), making
        ),
        marking=making.marking,
        maker=making.maker,
    )
    return Figure(sheet=draw_sides(drawn, words, making.preset), caption=words.kind)


def of_those_it_is_about(asked: FigureAsked, ground: Ground) -> FigureAsked:
    """The same figure: of organisations, where between people nothing has changed and there it has.

    Raises `InvalidValue` where there is no such figure.
    """
    two, view = compared(asked, ground), asked.view
    between_people = asked.what_if is None and two.unit is Unit.LEADERS
    if between_people and not _differ(view, two) and _elsewhere(view, two):
        return replace(asked, view=replace(view, unit=Unit.ORGANISATIONS))
    return asked


def _differ(view: View, two: Compared) -> bool:
    sides = _sides(view, two)
    return bool(sides.parties or sides.ties)


def _elsewhere(view: View, two: Compared) -> bool:
    """Whether something differs between organisations."""
    return _differ(
        replace(view, unit=Unit.ORGANISATIONS), replace(two, unit=Unit.ORGANISATIONS, past=False)
    )


def _sides(view: View, two: Compared) -> Sides:
    """Everybody whom the filters let through on one side or the other, and what differs."""
    shown = (two.before, two.after)
    pictures = [_picture(view, power_map) for power_map in shown]
    let_through = [
        admitted(view, power_map, *picture)
        for power_map, picture in zip(shown, pictures, strict=True)
    ]
    # Who or what passes on one side is seen on both: a filter must not look like a change.
    ids = {party.id for parties, _ in let_through for party in parties}
    places = {place_of(line) for _, lines in let_through for line in lines}
    sides = [
        Side(
            heading=heading,
            parties=[party for party in parties if party.id in ids],
            lines=[
                line
                for line in lines
                if place_of(line) in places and {line.source, line.target} <= ids
            ],
        )
        for heading, (parties, lines) in zip(two.headings, pictures, strict=True)
    ]
    before, after = sides
    absent = [_absent(power_map, side) for power_map, side in zip(shown, sides, strict=True)]
    changes = party_changes(
        before.parties,
        after.parties,
        gone=absent[1] - absent[0] if two.past else frozenset(),
        come=absent[0] - absent[1] if two.past else frozenset(),
    )
    tags = _tags(before, after, changes, two)
    return Sides(
        before=before,
        after=after,
        screen={},
        parties=changes,
        ties=tie_changes(before.lines, after.lines),
        tags=tags,
    )


def _picture(view: View, power_map: PowerMap) -> tuple[list[Party], list[Line]]:
    """Everybody, and every line of the layers that are drawn together."""
    nets = [
        network(power_map, on=power_map.on, layer=layer, unit=view.unit)
        for layer in _LAYERS[view.layer]
    ]
    lines = [line for net in nets for line in lines_of(power_map, net.graph, net.layer)]
    return parties_of(power_map, nets[0], places_held(power_map), {}), lines


def _absent(power_map: PowerMap, side: Side) -> frozenset[str]:
    """People without any post, seat or tie: the record of a person has no days of its own."""
    holders = {duty.holder for duty in power_map.accountabilities.values()}
    tied = {end for line in side.lines for end in (line.source, line.target)}
    people = {party.id for party in side.parties if party.person}
    return frozenset(people - holders - tied)


def _tags(
    before: Side, after: Side, changes: Mapping[str, PartyChange], two: Compared
) -> dict[str, str]:
    """What became of somebody, in a word or two, where the sort of change does not say it."""
    was, now = ({party.id: party for party in side.parties} for side in (before, after))
    tags = {
        id: _changed(was[id], now[id])
        for id, change in changes.items()
        if change is PartyChange.CHANGED
    }
    return tags | {id: two.became for id in two.about if two.became and id in changes}


def _changed(was: Party, now: Party) -> str:
    then, there = len(set(was.bodies)), len(set(now.bodies))
    if was.name != now.name:
        return "renamed"
    if then < 2 <= there:
        return "joint post"
    if there < 2 <= then:
        return "no joint post"
    if not was.person:
        return "changed"
    return "other post" if there else "no post"


def _chosen(view: View, whole: Sides, first: Iterable[str], most: int) -> set[str]:
    everybody, lines = whole.everybody, whole.every_line
    if view.focus is not None:
        near = around(view.focus, view.distance, lines)
        everybody = [party for party in everybody if party.id in near]
    return set(nearest(set(first), concerned(whole.parties, whole.ties), everybody, lines, most))


def _fewer_ties(sides: Sides) -> Sides:
    """Without the weakest of what does not differ, where there are too many lines to follow."""
    strength = {place_of(line): line.strength or 0 for line in sides.every_line}
    names = {party.id: party.name for party in sides.everybody}
    ranked = sorted(
        strength,
        key=lambda place: (
            place not in sides.ties,
            -strength[place],
            sorted(names[end] for end in place[0]),
            place[1],
        ),
    )
    kept = {*ranked[:MOST_TIES], *sides.ties}
    return replace(
        sides,
        before=_with_ties(sides.before, kept),
        after=_with_ties(sides.after, kept),
    )


def _with_ties(side: Side, kept: AbstractSet[Place]) -> Side:
    return replace(side, lines=[line for line in side.lines if place_of(line) in kept])


def _places(sides: Sides, screen: Mapping[str, Point]) -> dict[str, Point]:
    """Where everybody stands on the screen; whoever does not, where there is room beside theirs.

    Found in the order of names: on ids, which are minted by chance, no place may hang.
    """
    everybody = sorted(sides.everybody, key=lambda party: (party.name, party.role, party.id))
    key = {party.id: f"{place:04}" for place, party in enumerate(everybody)}
    ties: nx.Graph[str] = nx.Graph()
    ties.add_nodes_from(key.values())
    ties.add_edges_from((key[line.source], key[line.target]) for line in sides.every_line)
    found = arrange(
        ties,
        belonging([replace(party, id=key[party.id]) for party in everybody]),
        {key[id]: screen[id] for id in key if id in screen},
    )
    return {id: found[key[id]] for id in key}


def _sentence(two: Compared) -> str:
    finding = two.answer()
    return sentence_of(finding) if finding else "Both sides show the same day: nothing differs."


def sentence_of(finding: Finding) -> str:
    """What the reader should see: the first of the answer, and the next where both are short."""
    both = " ".join(finding.sentences[:2])
    return both if len(both) <= LONGEST_SENTENCE else finding.sentences[0]


def _left_out(view: View, two: Compared, whole: Sides, drawn: Sides) -> str:
    """How many are not drawn, and whether anything differs for them."""
    noun = NOUNS[two.unit]
    shown, there = len(drawn.everybody), len(whole.everybody)
    ties, of_ties = (len({place_of(line) for line in one.every_line}) for one in (drawn, whole))
    differs = len(concerned(whole.parties, whole.ties) - {party.id for party in drawn.everybody})
    told = (
        f"Shows {count(shown, *noun)} and {count(ties, 'tie')} of either side."
        if (shown, ties) == (there, of_ties)
        else f"Shows {shown:,} of {count(there, *noun)} and {ties:,} of {count(of_ties, 'tie')}, "
        "those that differ and those next to them first; "
        + (
            f"for {differs:,} of the others too something differs."
            if differs
            else "for the others nothing differs."
        )
    )
    if not (whole.parties or whole.ties):
        told += " Nothing that is drawn here differs between the two sides."
        if two.unit is Unit.LEADERS and _elsewhere(view, two):
            told += " Between organisations something does (unit=organisations)."
    return told


def _method(two: Compared) -> str:
    return (
        "Whoever is on both sides stands at the same place in both; place means nothing else. What "
        f"does not differ stands back. {two.method} A tie that nobody recorded is not drawn."
    )


def _cited(two: Compared, drawn: Sides) -> dict[Basis, int]:
    """The sources of everything drawn on either side; what is supposed has none."""
    known = replace(two.after, records={**two.after.records, **two.before.records})
    ties = (tie for line in (*drawn.before.lines, *drawn.after.lines) for tie in line.ties)
    ids = {*(party.id for party in drawn.everybody), *ties}
    return cited(known, sorted(ids & known.records.keys()))
