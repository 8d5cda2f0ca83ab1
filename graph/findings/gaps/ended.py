"""What outlived its holder or its body: accountabilities recorded past an end."""

from collections import defaultdict
from datetime import date

from graph.findings.answer import Row
from graph.findings.gaps.found import Found
from graph.findings.gaps.kinds import Gap
from graph.findings.gaps.reading import Reading
from graph.findings.phrases import counted, has_have, is_are, listed, sentence_case, when
from powermap.dates import Held
from powermap.model import Accountability, Leader, Organisation
from powermap.vocabulary import POST_KINDS


def holder_left(reading: Reading) -> Found:
    """Accountabilities whose holder has ended, or has left every recorded post."""
    left: dict[str, list[Accountability]] = defaultdict(list)
    gone = _leaders_gone(reading)
    for duty in _running(reading):
        holder = reading.whole.records.get(duty.holder or "")
        if isinstance(holder, Organisation) and _ended(holder, reading.day):
            left[holder.id].append(duty)
        elif holder is not None and holder.id in gone:
            if duty.id in reading.shown.accountabilities:
                left[holder.id].append(duty)
    rows = [_left_row(reading, holder, left[holder]) for holder in _ordered(reading, left)]
    count = sum(len(duties) for duties in left.values())
    return Found(
        kind=Gap.HOLDER_LEFT,
        rows=tuple(rows),
        counting=sentence_case(
            f"{counted(count, 'accountability', 'accountabilities')} {is_are(count)} held by "
            "people or bodies whose recorded posts or days have ended"
        ),
    )


def _left_row(reading: Reading, holder: str, duties: list[Accountability]) -> Row:
    party = reading.whole.party(holder)
    held = listed([f"{d.title} at {reading.whole.party(d.to).name}" for d in duties], most=3)
    if isinstance(party, Organisation) and party.active_to:
        why = f"{party.name} ended ({when(party.active_to)})"
    else:
        why = f"Every recorded post of {party.name} has ended"
    return Row(
        kind=Gap.HOLDER_LEFT,
        sentence=f"{why}, yet it is still recorded as holding {held}."
        if isinstance(party, Organisation)
        else f"{why}, yet {held} {is_are(len(duties))} still recorded as held.",
        parties=(holder, *dict.fromkeys(duty.to for duty in duties)),
        records=tuple(duty.id for duty in duties),
        next_step=_to_whom(reading, party, len(duties)),
        facts={"accountabilities": len(duties)},
    )


def body_abolished(reading: Reading) -> Found:
    """Bodies that have ended, with accountabilities to them that have not."""
    over: dict[str, list[Accountability]] = defaultdict(list)
    for duty in _running(reading):
        to = reading.whole.records.get(duty.to)
        if isinstance(to, Organisation) and _ended(to, reading.day):
            over[to.id].append(duty)
    rows = [_abolished_row(reading, body, over[body]) for body in _ordered(reading, over)]
    return Found(
        kind=Gap.BODY_ABOLISHED,
        rows=tuple(rows),
        counting=sentence_case(
            f"{counted(len(rows), 'body', 'bodies')} {has_have(len(rows))} ended with "
            "accountabilities still recorded past the end"
        ),
    )


def _abolished_row(reading: Reading, body: str, duties: list[Accountability]) -> Row:
    ended = reading.whole.organisations[body]
    held = listed([_who_holds(reading, duty) for duty in duties], most=3)
    return Row(
        kind=Gap.BODY_ABOLISHED,
        sentence=(
            f"{ended.name} ended ({when(ended.active_to) if ended.active_to else ''}), and "
            f"{counted(len(duties), 'accountability', 'accountabilities')} to it "
            f"{is_are(len(duties))} recorded past that day: {held}."
        ),
        parties=(body, *dict.fromkeys(duty.holder for duty in duties if duty.holder)),
        records=tuple(duty.id for duty in duties),
        next_step=_to_whom(reading, ended, len(duties)),
        facts={"accountabilities": len(duties)},
    )


def _running(reading: Reading) -> list[Accountability]:
    """Whose own dates say that it is held on the day, whatever became of holder and body."""
    return [
        duty
        for duty in reading.whole.accountabilities.values()
        if duty.period.held_on(reading.day) is Held.YES
    ]


def _ended(body: Organisation, day: date) -> bool:
    return body.active_to is not None and body.active_to.latest < day


def _leaders_gone(reading: Reading) -> set[str]:
    """Who has held posts, every one of which has ended."""
    posts: dict[str, list[Accountability]] = defaultdict(list)
    for duty in reading.whole.accountabilities.values():
        if duty.kind in POST_KINDS and duty.holder is not None:
            if duty.holder in reading.whole.leaders:
                posts[duty.holder].append(duty)
    return {
        leader
        for leader, held in posts.items()
        if all(post.active_to and post.active_to.latest < reading.day for post in held)
    }


def _ordered(reading: Reading, duties: dict[str, list[Accountability]]) -> list[str]:
    return sorted(
        duties,
        key=lambda party: (-len(duties[party]), reading.whole.party(party).name.casefold(), party),
    )


def _to_whom(reading: Reading, party: Leader | Organisation, number: int) -> str:
    end, passed = ("End it", "it passed") if number == 1 else ("End them", "they passed")
    successors = [
        reading.whole.party(successor).name
        for successor in (party.succeeded_by if isinstance(party, Organisation) else ())
    ]
    if successors:
        return f"{end}, or record what passed to {listed(successors)}."
    return f"{end}, or record to whom {passed}."


def _who_holds(reading: Reading, duty: Accountability) -> str:
    holder = reading.whole.party(duty.holder).name if duty.holder else str(duty.holder_status)
    return f"{duty.title} ({holder})"
