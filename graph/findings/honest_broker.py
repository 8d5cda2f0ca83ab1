"""Who could be the honest broker between two, and which two are stuck."""

from collections.abc import Iterator
from datetime import date

from graph.findings.answer import Finding, Row
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.ties import Tie
from graph.findings.phrases import counted, listed, on_day, when
from powermap.errors import InvalidValue
from powermap.model import Leader, PowerMap
from powermap.vocabulary import RelationshipKind

HONEST_STRENGTH = 3

BROKER_RULE = (
    "honest broker: a leader with a tie of strength 3 or more with each of the two (in either "
    "view), contact with each in the 12 months before the day, and no accountability in or to "
    "either person or the bodies where these hold a post (or, without one, a seat), nor either of "
    "the two to them. Ranked by the weaker of the two ties, then by balance, then by name."
)
STUCK_RULE = (
    "stuck: a tie of kind conflicts between two leaders, or both views of strength 2 or less."
)


def honest_broker(power_map: PowerMap, one: str, other: str, on: date | None = None) -> Finding:
    """Who has good ties with both of two leaders and answers to neither of them."""
    reading = Reading(power_map, on)
    for field, party in (("one", one), ("other", other)):
        leader_on(reading, party, field)
    if one == other:
        raise InvalidValue.at("other", "must differ from one")
    pair = " and ".join(reading.names((one, other)))
    rows = tuple(_brokers(reading, one, other))
    return Finding(
        question=f"Who could be the honest broker between {pair}?",
        sentences=tuple(_brokers_told(rows, pair)),
        rows=rows,
        rule=f"{BROKER_RULE}\n{STUCK_RULE}",
        thin=thin_between(reading, one, [other], reading.name(other)),
    )


def _brokers_told(rows: tuple[Row, ...], pair: str) -> Iterator[str]:
    if not rows:
        yield f"Nobody in the recorded map meets the rule for an honest broker between {pair}."
        return
    yield rows[0].sentence
    if len(rows) > 1:
        named = listed([row.facts["name"] for row in rows[1:]], most=4)
        yield f"{named} could be too."


def _brokers(reading: Reading, one: str, other: str) -> list[Row]:
    rows = [
        _broker_row(reading, person, one, other)
        for person in reading.in_order(reading.contacts[one] & reading.contacts[other])
        if person in reading.shown.leaders
        and all(_good_tie(reading, person, end) for end in (one, other))
        and not any(_answerable(reading, person, end) for end in (one, other))
    ]
    return sorted(rows, key=lambda row: (-row.facts["weaker"], row.facts["apart"]))


def _good_tie(reading: Reading, person: str, end: str) -> bool:
    tie = reading.tie(person, end)
    return (
        tie is not None
        and bool(tie.strengths)
        and tie.strengths[-1] >= HONEST_STRENGTH
        and tie.recent(reading.day)
    )


def _answerable(reading: Reading, person: str, end: str) -> bool:
    """Whether an accountability binds the two, or the person to a body of the other's."""
    bodies = {place.to for place in reading.places.get(end, ())}
    duties = reading.shown.accountabilities
    for duty in duties.values():
        above = duties.get(duty.reports_to or "")
        to = {duty.to, above.holder if above else None}
        if duty.holder == person and to & {end, *bodies}:
            return True
        if duty.holder == end and person in to:
            return True
    return False


def _broker_row(reading: Reading, person: str, one: str, other: str) -> Row:
    ties = [tie for end in (one, other) if (tie := reading.tie(person, end)) is not None]
    strengths = [tie.strengths[-1] for tie in ties]
    contacts = [tie.last_contact for tie in ties]
    name, here, there = (reading.name(party) for party in (person, one, other))
    strong = (
        f"ties of strength {strengths[0]} with both"
        if strengths[0] == strengths[1]
        else f"ties of strength {strengths[0]} with {here} and {strengths[1]} with {there}"
    )
    last = " and ".join(when(contact) for contact in contacts if contact)
    records = tuple(record for tie in ties for record in tie.records)
    at_odds = [
        reading.name(tie.other(person)) for tie in ties if tie.has(RelationshipKind.CONFLICTS)
    ]
    verb = "may have" if reading.doubtful(records) else "has"
    return Row(
        kind="honest_broker",
        sentence=(
            f"{name} could be the honest broker between {here} and {there}: {name} {verb} {strong} "
            f"(last contact {last}) and answers to neither of them nor to their bodies."
            + (f" A conflict with {listed(at_odds)} is recorded too." if at_odds else "")
        ),
        parties=(person, one, other),
        records=records,
        next_step=f"Ask {name} to bring {here} and {there} together.",
        facts={
            "name": name,
            "strengths": strengths,
            "weaker": min(strengths),
            "apart": abs(strengths[0] - strengths[1]),
            "last_contact": [str(contact) for contact in contacts],
        },
    )


def stuck_pairs(power_map: PowerMap, on: date | None = None) -> Finding:
    """Two leaders in conflict, or who both call their tie weak; and their honest broker."""
    reading = Reading(power_map, on)
    stuck = sorted(
        (tie for tie in reading.ties_of_leaders if tie.stuck),
        key=lambda tie: [name.casefold() for name in reading.names(tie.ends)],
    )
    rows = tuple(_stuck_row(reading, tie) for tie in stuck)
    where = f"In the recorded map on {on_day(reading.day)}"
    told = (
        f"{where} {counted(len(rows), 'pair')} of leaders {'is' if len(rows) == 1 else 'are'} stuck"
    )
    if not rows:
        told = f"{where} no pair of leaders is recorded as stuck"
    rated = sum(1 for tie in reading.ties_of_leaders if tie.strengths or tie.stuck)
    return Finding(
        question="Who is stuck, and who could be the honest broker?",
        sentences=(f"{told}.", *(f"{row.sentence} {row.next_step}" for row in rows[:5])),
        rows=rows,
        rule=f"{STUCK_RULE}\n{BROKER_RULE}\nIn the order of their names.",
        thin=None if rated else "No strength and no conflict is recorded between leaders.",
    )


def _stuck_row(reading: Reading, tie: Tie) -> Row:
    one, other = reading.in_order(tie.ends)
    brokers = _brokers(reading, one, other)
    pair = f"{reading.name(one)} and {reading.name(other)}"
    named = listed([row.facts["name"] for row in brokers], most=3) if brokers else ""
    doubt = " if the tie was held that day," if reading.doubtful(tie.records) else ""
    return Row(
        kind="stuck",
        sentence=f"{pair} are stuck,{doubt} since {why_stuck(reading, tie)}.",
        parties=(one, other),
        records=tie.records,
        next_step=(
            f"{named} could be the honest broker."
            if brokers
            else "Nobody in the recorded map meets the rule for an honest broker."
        ),
        facts={
            "in_conflict": tie.has(RelationshipKind.CONFLICTS),
            "strengths": list(tie.strengths),
            "honest_brokers": [row.parties[0] for row in brokers],
        },
    )


def why_stuck(reading: Reading, tie: Tie) -> str:
    if tie.has(RelationshipKind.CONFLICTS):
        views = [view for view in tie.views if view.kind is RelationshipKind.CONFLICTS]
        sides = {view.source for view in views}
        who = "both record" if len(sides) == 2 else f"{reading.name(views[0].source)} records"
        return f"{who} a conflict"
    return f"both call their tie weak (strength {' and '.join(map(str, tie.strengths))} of 5)"


def leader_on(reading: Reading, party: str, field: str) -> str:
    if not isinstance(reading.shown.party(party), Leader):
        raise InvalidValue.at(field, "must be a leader on the map on this date")
    return party


def thin_between(reading: Reading, me: str, goals: list[str], goal: str) -> str | None:
    """Why it may not be the map that answers: nobody acts for the goal, or no tie is recorded."""
    if not goals:
        return f"Nobody on the map acts for {goal} on this day."
    silent = [person for person in (me, *goals[:1]) if not reading.contacts[person]]
    if silent:
        return f"No tie of {listed(reading.names(silent))} is recorded on this day."
    return None
