"""Whose voice is at the edge: the public's and the voluntary sector's people."""

from graph.findings.answer import Row
from graph.findings.gaps.found import Found
from graph.findings.gaps.kinds import Gap
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.steps import introduction, path_facts
from graph.findings.gaps.ties import ends
from graph.findings.phrases import counted, is_are, sentence_case
from graph.measures.closeness import harmonic_in
from graph.network import network
from powermap.vocabulary import LAYER_KINDS, AccountabilityKind, Layer, Sector

FEWEST_LEADERS = 10
VOICES = frozenset({Sector.PUBLIC_VOICE, Sector.VOLUNTARY})


def voice_at_the_edge(reading: Reading) -> Found:
    """Nobody outside their sector who holds a post names them, or few ways lead to them."""
    voices = [leader for leader in reading.leaders if _sector(reading, leader) in VOICES]
    if not voices:
        return Found(kind=Gap.VOICE_AT_THE_EDGE)
    if len(reading.leaders) < FEWEST_LEADERS:
        return Found(
            kind=Gap.VOICE_AT_THE_EDGE,
            apart=(
                f"With fewer than {FEWEST_LEADERS} leaders on the map it is not said whose voice "
                "is at the edge.",
            ),
        )
    lowest = _lowest_quarter(reading)
    naming = _named_by(reading)
    silent = [leader for leader in voices if not reading.contacts[leader]]
    edge = [
        leader
        for leader in voices
        if leader not in silent and (not _heard_by(reading, naming, leader) or leader in lowest)
    ]
    rows = [_row(reading, leader, naming, leader in lowest) for leader in edge]
    rows.sort(key=lambda row: (row.facts["named_by_post_holders_outside"], row.sentence.casefold()))
    return Found(
        kind=Gap.VOICE_AT_THE_EDGE,
        rows=(*rows, *(_silent_row(reading, leader) for leader in silent)),
        counting=sentence_case(
            f"{counted(len(rows), 'voice')} of the public or the voluntary sector "
            f"{is_are(len(rows))} at the edge of the recorded map"
            + (f", and of {len(silent)} no tie is recorded" if silent else "")
        ),
    )


def _sector(reading: Reading, leader: str) -> Sector | None:
    places = reading.places.get(leader)
    return reading.shown.organisations[places[0].to].sector if places else None


def _lowest_quarter(reading: Reading) -> set[str]:
    """Fewer than a quarter of all leaders have a lower value."""
    values = harmonic_in(network(reading.shown, on=reading.day).graph).values
    every = sorted(value or 0.0 for value in values.values())
    below = {value: every.index(value) for value in set(every)}
    return {leader for leader, value in values.items() if 4 * below[value or 0.0] < len(every)}


def _named_by(reading: Reading) -> dict[str, set[str]]:
    """Who has a view of a tie with each leader."""
    found: dict[str, set[str]] = {leader: set() for leader in reading.leaders}
    for view in reading.shown.relationships.values():
        if view.kind in LAYER_KINDS[Layer.RELATIONSHIPS] and view.target in found:
            found[view.target].add(view.source)
    return found


def _heard_by(reading: Reading, naming: dict[str, set[str]], leader: str) -> list[str]:
    """The post-holders outside their sector who name them."""
    own = _sector(reading, leader)
    return [
        other
        for other in naming[leader]
        if other in reading.posts and _sector(reading, other) != own
    ]


def _row(reading: Reading, leader: str, naming: dict[str, set[str]], low: bool) -> Row:
    name = reading.name(leader)
    heard = _heard_by(reading, naming, leader)
    body = reading.name(reading.places[leader][0].to)
    reasons = []
    if not heard:
        reasons.append("nobody outside their sector who holds a post is recorded as naming them")
    else:
        who = counted(len(heard), "post-holder")
        reasons.append(f"{who} outside their sector {'names' if len(heard) == 1 else 'name'} them")
    if low:
        reasons.append("fewer than a quarter of the leaders on the map are harder to reach")
    joint = ", but " if heard and low else ", and "
    anchor = _whom_to_meet(reading, leader)
    path = reading.paths.best(anchor, leader) if anchor else None
    return Row(
        kind=Gap.VOICE_AT_THE_EDGE,
        sentence=f"{name} ({body}) is at the edge: {joint.join(reasons)}.",
        parties=(leader,),
        records=tuple(
            record
            for other in reading.in_order(reading.contacts[leader])
            for record in reading.ties[ends(leader, other)].records
        ),
        next_step=introduction(reading, anchor, leader, path)
        if anchor
        else f"Agree who of those who decide should meet {name}.",
        facts={
            "named_by": len(naming[leader]),
            "named_by_post_holders_outside": len(heard),
            "lowest_quarter_of_harmonic_in": low,
            "no_tie_recorded": False,
            **path_facts(path),
        },
    )


def _whom_to_meet(reading: Reading, leader: str) -> str | None:
    """The chair of something they take part in, or of what the most leaders do, without a tie."""
    chairs = [
        duty
        for duty in reading.shown.accountabilities.values()
        if duty.kind is AccountabilityKind.CHAIR
        and duty.holder in reading.shown.leaders
        and duty.holder != leader
        and duty.holder not in reading.contacts[leader]
    ]
    if not chairs:
        return None
    best = max(
        chairs,
        key=lambda duty: (
            duty.to in reading.seats.get(leader, {}),
            len(reading.members[duty.to]),
            reading.name(duty.to),
        ),
    )
    return best.holder


def _silent_row(reading: Reading, leader: str) -> Row:
    name = reading.name(leader)
    return Row(
        kind=Gap.VOICE_AT_THE_EDGE,
        sentence=f"No tie of {name} is recorded; whether they are heard cannot be told.",
        parties=(leader,),
        records=tuple(place.id for place in reading.places.get(leader, ())),
        next_step=f"Ask {name} whom they work with.",
        facts={
            "named_by": 0,
            "named_by_post_holders_outside": 0,
            "lowest_quarter_of_harmonic_in": None,
            "no_tie_recorded": True,
            **path_facts(None),
        },
    )
