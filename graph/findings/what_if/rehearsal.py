"""A map as it would be if somebody left, a body went, bodies merged or two people met.

Nothing here is written anywhere: each function gives back another map in memory.
"""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from graph.network import Unit
from powermap.dates import PartialDate
from powermap.errors import InvalidValue
from powermap.model import (
    Accountability,
    FiveFactors,
    Leader,
    Organisation,
    PowerMap,
    Record,
    Relationship,
)
from powermap.vocabulary import (
    LAYER_KINDS,
    AccountabilityKind,
    HolderStatus,
    Layer,
    RelationshipKind,
)

NEWCOMER = "new leader"
MENDED_AWAY = frozenset({RelationshipKind.CONFLICTS, RelationshipKind.COMPETES})
"""What strains a tie; a challenge can be part of a good one."""


def shown_on(power_map: PowerMap, on: date | None) -> PowerMap:
    """The map on a day, its own as-at date unless given."""
    on = on or power_map.header.as_at
    return power_map if power_map.on == on else power_map.held_on(on)


def leader_on(shown: PowerMap, leader: str) -> Leader:
    record = shown.record(leader)
    if not isinstance(record, Leader):
        raise InvalidValue.at("leader", "must be a leader on the map on this date")
    return record


def body_on(shown: PowerMap, body: str) -> Organisation:
    record = shown.record(body)
    if not isinstance(record, Organisation):
        raise InvalidValue.at("organisation", "must be an organisation on the map on this date")
    return record


def without_leaders(shown: PowerMap, gone: Collection[str]) -> PowerMap:
    """The map after some have left: their posts stay, vacant; their ties go."""
    return _without(shown, set(gone))


def without_body(shown: PowerMap, body: str, successor: str | None = None) -> PowerMap:
    """The map after a body is abolished: what it held and what was held to it goes, or passes on.

    With a successor every post, duty and tie passes to it; what would then be held by the
    successor to itself goes.
    """
    if successor is not None:
        return _renamed(shown, {body: successor})
    duties = {duty.id for duty in shown.accountabilities.values() if body in (duty.holder, duty.to)}
    return _without(shown, {body} | duties)


def merged(shown: PowerMap, bodies: Sequence[str]) -> PowerMap:
    """The map with several bodies as one, which keeps the id of the first."""
    first = shown.organisations[bodies[0]]
    title = " and ".join(shown.organisations[body].name for body in bodies)
    renamed = _renamed(shown, dict.fromkeys(bodies[1:], first.id))
    one = dataclasses.replace(renamed.organisations[first.id], name=f"{title}, merged")
    return dataclasses.replace(renamed, records={**renamed.records, first.id: one})


def with_tie(shown: PowerMap, one: str, other: str) -> PowerMap:
    """The map with a tie that both see, beside those that are recorded."""
    new = {
        f"new {source} {target}": Relationship(
            id=f"new {source} {target}",
            source=source,
            target=target,
            kind=RelationshipKind.COLLABORATES,
        )
        for source, target in ((one, other), (other, one))
    }
    return dataclasses.replace(shown, records={**shown.records, **new})


def unit_of(shown: PowerMap, a: str, b: str) -> Unit:
    """Whose network two of the same sort belong to."""
    one, other = shown.party(a), shown.party(b)
    if type(one) is not type(other) or a == b:
        raise InvalidValue.at(
            "b", "must be another party of the same sort: two people or two bodies"
        )
    return Unit.LEADERS if isinstance(one, Leader) else Unit.ORGANISATIONS


def with_newcomer(shown: PowerMap, called: str, body: str, contacts: Sequence[str]) -> PowerMap:
    """The map with somebody more, who holds a post in a body and has ties that both sides see."""
    try:
        person = Leader(id=NEWCOMER, name=called)
    except InvalidValue as error:
        raise InvalidValue.at("called", error.problems[0].message) from None
    post = Accountability(
        id="new post", holder=NEWCOMER, to=body, kind=AccountabilityKind.POST, title="New post"
    )
    after = dataclasses.replace(shown, records={**shown.records, person.id: person, post.id: post})
    for contact in contacts:
        after = with_tie(after, NEWCOMER, contact)
    return after


def with_tie_mended(shown: PowerMap, one: str, other: str, strength: int) -> PowerMap:
    """The map with all views of a tie at least so strong, and what strains it gone.

    A side that has no view gets that of the other. The same map where nothing would be mended.
    """
    between = [
        tie for tie in shown.relationships.values() if {tie.source, tie.target} == {one, other}
    ]
    views = [tie for tie in between if tie.kind in LAYER_KINDS[Layer.RELATIONSHIPS]]
    gone = {tie.id for tie in between if tie.kind in MENDED_AWAY}
    raised = [_raised(view, strength) for view in views]
    for source, target in ((one, other), (other, one)):
        if not any(view.source == source for view in views):
            kinds = [view.kind for view in views] or [RelationshipKind.COLLABORATES]
            new = f"new {source} {target}"
            raised.append(
                Relationship(id=new, source=source, target=target, kind=kinds[0], strength=strength)
            )
    if not gone and raised == views:
        return shown
    today = PartialDate((shown.on or shown.header.as_at).isoformat())
    kept = {id: record for id, record in shown.records.items() if id not in gone}
    kept |= {view.id: dataclasses.replace(view, last_contact=today) for view in raised}
    return dataclasses.replace(shown, records=kept, doubtful=shown.doubtful & kept.keys())


def _raised(view: Relationship, least: int) -> Relationship:
    rated = {
        field.name: max(least, rating)
        for field in dataclasses.fields(view.factors)
        if (rating := getattr(view.factors, field.name)) is not None
    }
    return dataclasses.replace(
        view, strength=max(least, view.strength or least), factors=FiveFactors(**rated)
    )


def _without(shown: PowerMap, gone: set[str]) -> PowerMap:
    gone = gone | {
        record.id
        for record in shown.records.values()
        if any(reference.essential and reference.id in gone for reference in record.references())
    }
    kept: dict[str, Record] = {}
    for record in shown.records.values():
        if record.id in gone:
            continue
        for reference in list(record.references()):
            if reference.id in gone:
                record = record.without(reference.id)
        kept[record.id] = record
    return dataclasses.replace(shown, records=kept)


def _renamed(shown: PowerMap, names: Mapping[str, str]) -> PowerMap:
    kept: dict[str, Record] = {}
    gone: set[str] = set(names)
    for record in shown.records.values():
        if record.id in names:
            continue
        new = _with_new_names(record, names)
        if new is None:
            gone.add(record.id)
        else:
            kept[record.id] = new
    return _without(dataclasses.replace(shown, records=kept), gone)


def _with_new_names(record: Record, names: Mapping[str, str]) -> Record | None:
    """The record under the new names, or None where it would be about one party alone."""
    if isinstance(record, Accountability):
        holder, to = names.get(record.holder or "", record.holder), names.get(record.to, record.to)
        if holder == to and record.holder_status is HolderStatus.NAMED:
            return None
        return dataclasses.replace(record, holder=holder, to=to)
    if isinstance(record, Relationship):
        source = names.get(record.source, record.source)
        target = names.get(record.target, record.target)
        if source == target:
            return None
        return dataclasses.replace(record, source=source, target=target)
    return record
