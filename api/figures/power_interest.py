"""The power–interest grid of the people on a map, as others judge them: drawn only if asked for."""

from collections import Counter
from collections.abc import Sequence

from api.figures.asked import NEEDS_OPINIONS, FigureAsked, Making
from api.figures.ground import Ground
from api.figures.words import notes, shown_of
from api.pages.drawing import NOUNS
from api.pages.map_view import MapView, cited
from api.pages.selection import around
from api.pages.words import count, listed, written
from graph.findings.judgements import QUADRANTS, Quadrant, Standing, said_by, standings
from graph.network import Unit
from powermap.errors import InvalidValue
from powermap.model import Assessment
from visual.document.paper import Figure
from visual.figure.grid import Content, Judged, draw
from visual.figure.preset import SIZES
from visual.figure.words import Words
from visual.picture import Party

MOST_ASSESSORS = 4
"""So many are named; of the others there is a number."""
MOST_FOREMOST = 3
FEWEST, FEWER = 4, 0.8
_TITLES = {
    Quadrant.MANAGE_CLOSELY: "Manage closely",
    Quadrant.KEEP_SATISFIED: "Keep satisfied",
    Quadrant.KEEP_INFORMED: "Keep informed",
    Quadrant.MONITOR: "Monitor",
}


def power_interest(asked: FigureAsked, ground: Ground, making: Making) -> Figure:
    """The figure. Raises `InvalidValue` where opinions are not asked for or nobody is judged."""
    if not asked.opinions:
        raise InvalidValue.at("opinions", NEEDS_OPINIONS)
    if asked.view.unit is not Unit.LEADERS:
        raise InvalidValue.at(
            "unit",
            "must be left out: only people are judged by power and interest; organisations can "
            "be shown with shows=map or shows=matrix",
        )
    found = ground.seen(asked.view)
    judged = _judged(found)
    if not judged:
        raise InvalidValue.at(
            "shows",
            "needs somebody whose power and interest are both assessed on this day, and in this "
            "view nobody's are: add assessments to the map, choose another day (on=…) or fewer "
            "filters, or raise the ceiling if they are not open",
        )
    most = min(asked.names or len(judged), SIZES[making.preset].most_names)
    while True:
        placed = _foremost(judged, most)
        content = Content(
            people=[_person(party, standing) for party, standing in placed],
            quarters={where: _TITLES[quadrant] for where, quadrant in QUADRANTS.items()},
        )
        words = _words(ground, found, judged, placed, making)
        try:
            return Figure(sheet=draw(content, words, making.preset), caption=words.kind)
        except InvalidValue:
            if asked.names or most <= FEWEST:
                raise
            # Many at one place can be too many for a plot that holds as many elsewhere.
            most = max(FEWEST, int(FEWER * most))


Judgements = Sequence[tuple[Party, Standing]]


def _judged(found: MapView) -> Judgements:
    """Those of the view who are judged, by name."""
    known = standings(found.shown, found.shown.on or found.network.on)
    near = None
    if found.view.focus is not None:
        near = around(found.view.focus, found.view.distance, found.lines)
    return [
        (party, known[party.id])
        for party in sorted(found.admitted, key=lambda party: (party.name, party.id))
        if party.id in known and (near is None or party.id in near)
    ]


def _foremost(judged: Judgements, most: int) -> Judgements:
    """The highest on both, as many as can be read; of equals the first by name."""
    kept = sorted(judged, key=lambda one: -one[1].power * one[1].interest)[:most]
    ids = {party.id for party, _ in kept}
    return [one for one in judged if one[0].id in ids]


def _person(party: Party, standing: Standing) -> Judged:
    return Judged(
        party=party,
        power=standing.power,
        interest=standing.interest,
        several=len(standing.assessments) > 1,
        told="judged by " + listed([name for name, _ in _assessors(standing.assessments)]),
    )


def _assessors(assessments: Sequence[Assessment]) -> list[tuple[str, int]]:
    """Who judged and how often, most first; whoever only recorded it is not named."""
    named = Counter(said_by(one) or "whoever recorded it" for one in assessments)
    return sorted(named.items(), key=lambda each: (-each[1], each[0]))


def _words(
    ground: Ground, found: MapView, judged: Judgements, placed: Judgements, making: Making
) -> Words:
    assessments = [one for _, standing in placed for one in standing.assessments]
    kind = [
        "An opinion, not a fact: power and interest of people as others judge them",
        *shown_of(ground, found.view),
    ]
    records = [*(party.id for party, _ in placed), *(one.id for one in assessments)]
    return Words(
        title=ground.whole.header.title,
        kind=", ".join(kind),
        sentence=making.sentence or _sentence(placed),
        noun=NOUNS[Unit.LEADERS],
        notes=notes(
            ground,
            _left_out(found, judged, placed),
            f"{_whose(assessments)} {_METHOD}",
            cited(found.shown, records),
            making,
        ),
        marking=making.marking,
        maker=making.maker,
    )


_METHOD = (
    "Of each assessor the latest counts; of several the average is drawn. Above 3 is high; who is "
    "at 3 lies on a line, in no quarter. Quarters after Mendelow (1991)."
)


def _sentence(placed: Judgements) -> str:
    """How many lie in each quarter, and who is highest on both."""
    quarters = Counter(standing.quadrant for _, standing in placed)
    said = [
        f"{quarters[quadrant]:,} to {_TITLES[quadrant].lower()}"
        for quadrant in Quadrant
        if quarters[quadrant]
    ]
    if quarters[None]:
        said.append(f"{quarters[None]:,} on a line between")
    told = f"Of {count(len(placed), *NOUNS[Unit.LEADERS])}: {listed(said)}."
    highest = max(standing.power * standing.interest for _, standing in placed)
    first = [
        party.name for party, standing in placed if standing.power * standing.interest == highest
    ]
    if len(placed) > 1 and len(first) <= MOST_FOREMOST:
        told += f" Highest on both together: {listed(first)}."
    return told


def _whose(assessments: Sequence[Assessment]) -> str:
    """Whose judgement it is, how many of each, and of when."""
    by = _assessors(assessments)
    told = [f"{name} ({number:,})" for name, number in by[:MOST_ASSESSORS]]
    if len(by) > MOST_ASSESSORS:
        told.append(count(len(by) - MOST_ASSESSORS, "other"))
    days = sorted((one.assessed_on for one in assessments), key=lambda day: day.earliest)
    first, last = written(days[0]), written(days[-1])
    when = first if first == last else f"{first} to {last}"
    return f"Judged by {'; '.join(told)}; {when}."


def _left_out(found: MapView, judged: Judgements, placed: Judgements) -> str:
    noun = NOUNS[Unit.LEADERS]
    told = f"Shows {len(placed):,} of {count(len(found.parties), *noun)}."
    if len(judged) > len(placed):
        told += f" {len(judged) - len(placed):,} judged lower on both together are left out."
    if without := len(found.admitted) - len(judged):
        told += (
            f" {count(without, *noun)} {'is' if without == 1 else 'are'} not judged on both, "
            "and not placed."
        )
    return told
