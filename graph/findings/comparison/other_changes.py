"""People, bodies, posts and duties that are on one side of a comparison and not on the other."""

from collections.abc import Iterable

from graph.findings.answer import Row
from graph.findings.comparison.sides import Change, Sides, joint_bodies
from graph.findings.phrases import (
    DEPENDENCE,
    by_name,
    dependence_told,
    listed,
    name,
    names,
    post_held,
    post_named,
    sentence_case,
    when,
)
from powermap.dates import PartialDate
from powermap.model import Accountability, Organisation, PowerMap
from powermap.vocabulary import POST_KINDS, AccountabilityKind, HolderStatus, OrganisationKind

LEADS = POST_KINDS | {AccountabilityKind.CHAIR, AccountabilityKind.PROGRAMME_LEAD}


def body_rows(sides: Sides) -> list[Row]:
    """Bodies born and abolished."""
    rows = []
    for change in sides.begun(Organisation):
        begins = _said(sides, change.sure, "came into being", "may have come into being")
        verb = "is now on the map" if sides.as_known else begins
        dated = _dated("", change.record.active_from)
        rows.append(_body_row("body_born", f"{change.record.name} {verb}{dated}.", change))
    for change in sides.ended(Organisation):
        ends = _ending(sides, change)
        verb = "is no longer on the map" if sides.as_known else ends
        dated = _dated("last day ", change.record.active_to)
        heirs = [
            sides.either.organisations[heir].name
            for heir in change.record.succeeded_by
            if heir in sides.either.organisations
        ]
        after = f" Recorded as taking over: {listed(sorted(heirs))}." if heirs else ""
        said = f"{change.record.name} {verb}{dated}.{after}"
        rows.append(_body_row("body_abolished", said, change))
    return sorted(rows, key=lambda row: (row.kind, row.sentence.casefold()))


def _ending(sides: Sides, change: Change[Organisation]) -> str:
    if change.record.kind in (OrganisationKind.PROGRAMME, OrganisationKind.PARTNERSHIP):
        return _said(sides, change.sure, "ended", "may have ended")
    return _said(sides, change.sure, "was abolished", "may have been abolished")


def _body_row(kind: str, sentence: str, change: Change[Organisation]) -> Row:
    id = change.record.id
    return Row(
        kind=kind, sentence=sentence, parties=(id,), records=(id,), facts={"sure": change.sure}
    )


def people_rows(sides: Sides) -> list[Row]:
    """Who holds something where they held nothing, and the reverse."""
    if sides.as_known:
        return _people_recorded(sides)
    before, after = _holders(sides.before), _holders(sides.after)
    rows = []
    for person in by_name(sides.either, after.keys() | before.keys()):
        was, now = before.get(person), after.get(person)
        if was is None or (was is False and now):
            holds = "holds" if was is None and now else "may hold"
            said = f"{holds} a recorded post or seat, and held none before"
            rows.append(_person_row("person_came", sides, person, said))
        elif now is None or (now is False and was):
            held = "no longer holds" if now is None and was else "may no longer hold"
            said = f"{held} any recorded post or seat"
            rows.append(_person_row("person_went", sides, person, said))
    return sorted(rows, key=lambda row: row.kind)


def _people_recorded(sides: Sides) -> list[Row]:
    before, after = sides.before.leaders.keys(), sides.after.leaders.keys()
    came = [
        _person_row("person_came", sides, person, "is now on the map")
        for person in by_name(sides.either, after - before)
    ]
    went = [
        _person_row("person_went", sides, person, "is no longer on the map")
        for person in by_name(sides.either, before - after)
    ]
    return came + went


def _person_row(kind: str, sides: Sides, person: str, said: str) -> Row:
    held = [duty.id for duty in sides.either.accountabilities.values() if duty.holder == person]
    return Row(
        kind=kind,
        sentence=f"{name(sides.either, person)} {said}.",
        parties=(person,),
        records=tuple(held),
    )


def _holders(shown: PowerMap) -> dict[str, bool]:
    """Who holds anything, and whether surely."""
    found: dict[str, bool] = {}
    for duty in shown.accountabilities.values():
        if duty.holder is not None and duty.holder in shown.leaders:
            sure = duty.id not in shown.doubtful
            found[duty.holder] = sure or found.get(duty.holder, False)
    return found


def joint_post_rows(sides: Sides) -> list[Row]:
    """Joint posts begun and ended."""
    rows = []
    for person in by_name(sides.either, sides.posts[0].keys() | sides.posts[1].keys()):
        was, was_sure = joint_bodies(sides, person, later=False)
        now, now_sure = joint_bodies(sides, person, later=True)
        joint_was, joint_now = len(was) > 1, len(now) > 1
        if joint_was and joint_now and was_sure == now_sure:
            continue
        if joint_now and not (joint_was and was_sure):
            sure = now_sure and not joint_was
            rows.append(_joint_row(sides, "joint_post_begun", person, now, sure))
        elif joint_was:
            sure = was_sure and not joint_now
            rows.append(_joint_row(sides, "joint_post_ended", person, was, sure))
    return rows


def _joint_row(sides: Sides, kind: str, person: str, bodies: set[str], sure: bool) -> Row:
    if kind == "joint_post_begun":
        said = _said(sides, sure, "began to hold", "may have begun to hold", "is now recorded with")
    else:
        said = _said(
            sides, sure, "no longer holds", "may no longer hold", "is no longer recorded with"
        )
    held = [*sides.posts[0].get(person, ()), *sides.posts[1].get(person, ())]
    return Row(
        kind=kind,
        sentence=f"{name(sides.either, person)} {said} posts in both "
        f"{listed(names(sides.either, bodies))}.",
        parties=(person, *by_name(sides.either, bodies)),
        records=tuple(dict.fromkeys(post.id for post in held)),
        facts={"sure": sure},
    )


def accountability_rows(sides: Sides) -> list[Row]:
    """Posts and tasks begun and ended, then seats, then what body owes to body."""
    rows = [
        *_duty_rows(sides, sides.begun(Accountability), begun=True),
        *_duty_rows(sides, sides.ended(Accountability), begun=False),
    ]
    order = (
        "post_begun",
        "post_ended",
        "vacancy_begun",
        "vacancy_ended",
        "seat_begun",
        "seat_ended",
    )
    return sorted(
        rows,
        key=lambda row: (
            order.index(row.kind) if row.kind in order else len(order),
            row.kind,
            row.sentence.casefold(),
        ),
    )


def _duty_rows(
    sides: Sides, changes: Iterable[Change[Accountability]], *, begun: bool
) -> Iterable[Row]:
    for change in changes:
        duty = change.record
        ending = "begun" if begun else "ended"
        if duty.holder_status is not HolderStatus.NAMED:
            kind, said = f"vacancy_{ending}", _unheld(sides, change, begun)
        elif duty.holder in sides.either.organisations:
            kind, said = f"duty_{ending}", _between_bodies(sides, change, begun)
        else:
            sort = "post" if duty.kind in LEADS else "seat"
            kind, said = f"{sort}_{ending}", _held(sides, change, begun)
        parties = [duty.holder, duty.to] if duty.holder else [duty.to]
        yield Row(
            kind=kind,
            sentence=f"{said}.",
            parties=tuple(parties),
            records=(duty.id,),
            next_step="Agree who takes it on."
            if begun and duty.holder_status is HolderStatus.VACANT
            else None,
            facts={"sure": change.sure, "kind": duty.kind.value},
        )


def _held(sides: Sides, change: Change[Accountability], begun: bool) -> str:
    duty, who = change.record, name(sides.either, change.record.holder or "")
    if begun:
        verb = _said(sides, change.sure, "became", "may have become", "is now recorded as")
        dated = _dated("from ", duty.active_from)
    else:
        verb = _said(
            sides, change.sure, "ceased to be", "may have ceased to be", "is no longer recorded as"
        )
        dated = _dated("until ", duty.active_to)
    return f"{who} {verb} {post_held(sides.either, duty)}{dated}"


def _unheld(sides: Sides, change: Change[Accountability], begun: bool) -> str:
    duty = change.record
    state = (
        "vacant" if duty.holder_status is HolderStatus.VACANT else "held by somebody undisclosed"
    )
    what = sentence_case(post_named(sides.either, duty))
    dated = _dated("from ", duty.active_from) if begun else _dated("until ", duty.active_to)
    verb = _said(
        sides,
        change.sure,
        "is" if begun else "is no longer",
        "may be" if begun else "may no longer be",
        "is now recorded as" if begun else "is no longer recorded as",
    )
    return f"{what} {verb} {state}{dated}"


def _between_bodies(sides: Sides, change: Change[Accountability], begun: bool) -> str:
    duty = change.record
    if duty.kind in DEPENDENCE:
        told = dependence_told(sides.either, duty)
    else:
        told = f"{name(sides.either, duty.holder or '')} is {post_named(sides.either, duty)}"
    if begun:
        start = _said(sides, change.sure, "New", "May be new", "Now recorded")
    else:
        start = _said(sides, change.sure, "Ended", "May have ended", "No longer recorded")
    return f"{start}: {told}"


def _said(sides: Sides, sure: bool, happened: str, may: str, recorded: str | None = None) -> str:
    if sides.as_known and recorded:
        return recorded
    return happened if sure else may


def _dated(word: str, written: PartialDate | None) -> str:
    return f" ({word}{when(written)})" if written else ""
