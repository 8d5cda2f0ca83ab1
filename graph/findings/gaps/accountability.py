"""Accountabilities without a holder, bodies with two chief officers, leaders with none."""

from collections import defaultdict

from graph.findings.answer import Row
from graph.findings.gaps.found import Found
from graph.findings.gaps.identity import gap_key
from graph.findings.gaps.kinds import MOST_LISTED, Gap
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.ties import ends
from graph.findings.phrases import (
    counted,
    has_have,
    listed,
    lower_first,
    on_day,
    sentence_case,
    when,
)
from powermap.model import Accountability
from powermap.vocabulary import POST_KINDS, AccountabilityKind, HolderStatus, Level


def no_holder(reading: Reading) -> Found:
    """What is recorded as vacant, the most senior first."""
    duties = reading.shown.accountabilities.values()
    vacant = [duty for duty in duties if duty.holder_status is HolderStatus.VACANT]
    hidden = sum(1 for duty in duties if duty.holder_status is HolderStatus.UNDISCLOSED)
    vacant.sort(key=lambda duty: (-_rung(duty), duty.title.casefold(), reading.name(duty.to)))
    unnamed = counted(hidden, "accountability", "accountabilities")
    apart = (
        f"{sentence_case(unnamed)} {has_have(hidden)} a holder whose name is not disclosed on the "
        "map.",
    )
    return Found(
        kind=Gap.NO_HOLDER,
        rows=tuple(_vacant_row(reading, duty) for duty in vacant[:MOST_LISTED]),
        every=frozenset(gap_key(Gap.NO_HOLDER, duty.id) for duty in vacant),
        counting=sentence_case(
            f"{counted(len(vacant), 'accountability', 'accountabilities')} "
            f"{has_have(len(vacant))} no holder"
        ),
        apart=apart if hidden else (),
    )


def _vacant_row(reading: Reading, duty: Accountability) -> Row:
    certain = duty.id not in reading.shown.doubtful
    since = f" (it dates from {when(duty.active_from)})" if duty.active_from else ""
    below = [d for d in reading.shown.accountabilities.values() if d.reports_to == duty.id]
    sentence = (
        f"{duty.title} at {reading.name(duty.to)} {'is' if certain else 'may be'} vacant{since}."
    )
    if below:
        sentence += f" {sentence_case(counted(len(below), 'accountability', 'accountabilities'))} "
        sentence += f"{'reports' if len(below) == 1 else 'report'} to it."
    return Row(
        kind=Gap.NO_HOLDER,
        sentence=sentence,
        parties=_people_of(reading, duty, below),
        records=(duty.id, *(d.id for d in below)),
        next_step=_who_decides(reading, duty),
        facts={
            "title": duty.title,
            "scope": duty.scope,
            "level": str(duty.level) if duty.level else None,
            "reporting_to_it": len(below),
            "certain": certain,
        },
    )


def _people_of(
    reading: Reading, duty: Accountability, below: list[Accountability]
) -> tuple[str, ...]:
    """The body, who decides, and who answers to the vacant post."""
    above = _above(reading, duty)
    holders = [d.holder for d in ([above] if above else []) + below if d.holder is not None]
    return tuple(dict.fromkeys((duty.to, *holders)))


def _who_decides(reading: Reading, duty: Accountability) -> str:
    above = _above(reading, duty)
    if above is None or above.holder is None:
        return f"Ask {reading.name(duty.to)} who answers for it until it is filled."
    title = lower_first(above.title)
    return f"Ask {reading.name(above.holder)} ({title}) who answers for it until it is filled."


def _above(reading: Reading, duty: Accountability) -> Accountability | None:
    """The held accountability above it in the line, or else the chair of the body."""
    above = reading.shown.accountabilities.get(duty.reports_to or "")
    if above is not None and above.holder is not None:
        return above
    chairs = (
        d
        for d in reading.shown.accountabilities.values()
        if d.to == duty.to and d.kind is AccountabilityKind.CHAIR and d.holder
    )
    return next(chairs, None)


def two_chief_officers(reading: Reading) -> Found:
    """Bodies in which more than one leader holds a chief officer's post."""
    chiefs: dict[str, list[Accountability]] = defaultdict(list)
    for posts in reading.posts.values():
        for post in posts:
            if post.level is Level.CHIEF_OFFICER and post.kind in POST_KINDS:
                chiefs[post.to].append(post)
    rows = [
        _chiefs_row(reading, body, chiefs[body])
        for body in reading.in_order(chiefs)
        if len({post.holder for post in chiefs[body]}) > 1
    ]
    return Found(
        kind=Gap.TWO_CHIEF_OFFICERS,
        rows=tuple(rows),
        counting=sentence_case(
            f"{counted(len(rows), 'body', 'bodies')} {has_have(len(rows))} more than one chief "
            "officer"
        ),
    )


def _chiefs_row(reading: Reading, body: str, posts: list[Accountability]) -> Row:
    holders = reading.in_order({post.holder for post in posts if post.holder})
    named = listed([reading.name(holder) for holder in holders])
    certain = not reading.doubtful(post.id for post in posts)
    hold = "hold" if certain else "may hold"
    return Row(
        kind=Gap.TWO_CHIEF_OFFICERS,
        sentence=(
            f"{named} {hold} chief officers' posts in {reading.name(body)} "
            f"{'at the same time' if certain else f'at the same time on {on_day(reading.day)}'}."
        ),
        parties=(*holders, body),
        records=tuple(post.id for post in posts),
        next_step=(
            "Agree which of them answers for the body, and record where one post ended."
            if certain
            else "Find the day on which the one handed over to the other."
        ),
        facts={"titles": sorted({post.title for post in posts}), "certain": certain},
    )


def no_accountability(reading: Reading) -> Found:
    """Leaders who hold none on the day."""
    holding = {duty.holder for duty in reading.shown.accountabilities.values()}
    without = [leader for leader in reading.leaders if leader not in holding]
    rows = [_none_row(reading, leader) for leader in without[:MOST_LISTED]]
    return Found(
        kind=Gap.NO_ACCOUNTABILITY,
        rows=tuple(rows),
        every=frozenset(gap_key(Gap.NO_ACCOUNTABILITY, leader) for leader in without),
        counting=sentence_case(
            f"{counted(len(without), 'leader')} {has_have(len(without))} no recorded accountability"
        ),
    )


def _none_row(reading: Reading, leader: str) -> Row:
    once = [d for d in reading.whole.accountabilities.values() if d.holder == leader]
    name = reading.name(leader)
    sentence = f"{name} holds no recorded accountability on {on_day(reading.day)}."
    if once:
        held = listed([f"{d.title} at {reading.whole.party(d.to).name}" for d in once], most=2)
        sentence += f" At another time: {held}."
    return Row(
        kind=Gap.NO_ACCOUNTABILITY,
        sentence=sentence,
        parties=(leader,),
        records=tuple(duty.id for duty in once) or _ties_of(reading, leader),
        next_step=(
            f"If {name} still has a part in this, record it; if not, nothing is missing."
            if once
            else f"Record what {name} answers for, and to whom."
        ),
        facts={"at_another_time": len(once)},
    )


def _ties_of(reading: Reading, leader: str) -> tuple[str, ...]:
    """Why somebody who answers for nothing is on the map at all."""
    others = reading.in_order(reading.contacts[leader])
    return tuple(record for other in others for record in reading.ties[ends(leader, other)].records)


def _rung(duty: Accountability) -> int:
    return (duty.level.rung if duty.level else None) or 0
