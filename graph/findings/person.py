"""One page on a person or a body: what they answer for, whom they reach, what is due."""

from collections.abc import Iterable
from datetime import date

from graph.findings.answer import Finding, Row
from graph.findings.outside_accountabilities import outside_accountabilities
from graph.findings.person_ties import Section, tied
from graph.findings.phrases import (
    DEPENDENCE,
    by_name,
    counted,
    dependence_told,
    has_have,
    listed,
    name,
    number,
    on_day,
    post_held,
    post_named,
)
from powermap.model import Accountability, PowerMap, Record

__all__ = ["one_page", "outside_accountabilities"]

RULE = (
    "What is held on the date. Reaches and is reached: ties of the relationships layer, as each "
    "side sees them, and how many are within two steps. Depends: pairs joined in two steps by "
    "nobody else, with no tie of their own that way. Due: last contact, at the latest day it may "
    "mean, is longer ago than twice the cadence, or than 180 days where none is recorded; ties "
    "without a date are listed apart. Evidence: records without any are unsourced."
)


def one_page(power_map: PowerMap, party: str, on: date | None = None) -> Finding:
    """All that the recorded map says of one person or body, with what to do next."""
    on = on or power_map.header.as_at
    shown = power_map if power_map.on == on else power_map.held_on(on)
    who = shown.party(party).name
    held = _held(shown, party)
    ties = [tie for tie in shown.relationships.values() if party in (tie.source, tie.target)]
    sections = [_answers_for(shown, party, held), _answered_to(shown, party)]
    thin = None if ties else f"No tie of {who} is recorded on this date."
    sections += tied(shown, party, ties, on) if ties else [(thin, [])]
    sections.append(_evidence(party, [*held, *ties, *_about(shown, party)]))
    return Finding(
        question=f"What does the map say of {who}?",
        sentences=tuple(said for said, _ in sections if said),
        rows=tuple(row for _, rows in sections for row in rows),
        rule=f"On {on_day(on)}. {RULE}",
        thin=thin,
    )


def _held(shown: PowerMap, party: str) -> list[Accountability]:
    held = [duty for duty in shown.accountabilities.values() if duty.holder == party]

    def seniority(duty: Accountability) -> tuple[int, str]:
        rung = (duty.level.rung if duty.level else None) or 0
        return -rung, post_named(shown, duty).casefold()

    return sorted(held, key=seniority)


def _about(shown: PowerMap, party: str) -> list[Record]:
    return [found for found in shown.assessments.values() if found.leader == party]


def _answers_for(shown: PowerMap, party: str, held: list[Accountability]) -> Section:
    who = name(shown, party)
    if not held:
        return f"Nothing that {who} answers for is recorded on this date.", []
    rows = [_held_row(shown, party, duty) for duty in held]
    owed = [duty for duty in held if _owed_by_body(shown, duty)]
    posts = [duty for duty in held if duty not in owed]
    surely = [post_held(shown, duty) for duty in posts if duty.id not in shown.doubtful]
    maybe = [post_held(shown, duty) for duty in posts if duty.id in shown.doubtful]
    said = [f"{who} is {listed(surely)}."] if surely else []
    if maybe:
        said.append(f"{who} may be {listed(maybe)}.")
    said += [f"{dependence_told(shown, duty)}." for duty in owed[:3]]
    return " ".join(said), rows


def _owed_by_body(shown: PowerMap, duty: Accountability) -> bool:
    return duty.kind in DEPENDENCE and duty.holder in shown.organisations


def _held_row(shown: PowerMap, party: str, duty: Accountability) -> Row:
    above = shown.accountabilities.get(duty.reports_to or "")
    line = f" It reports to {post_named(shown, above)}." if above else ""
    is_ = "may be" if duty.id in shown.doubtful else "is"
    told = f"{name(shown, party)} {is_} {post_held(shown, duty)}"
    return Row(
        kind="answers_for",
        sentence=f"{dependence_told(shown, duty) if _owed_by_body(shown, duty) else told}.{line}",
        parties=(party, duty.to),
        records=(duty.id, above.id) if above else (duty.id,),
    )


def _answered_to(shown: PowerMap, party: str) -> Section:
    """Who answers to a person in a line, or what others owe to a body and who is in it."""
    if party in shown.organisations:
        return _owed_to(shown, party)
    own = {duty.id for duty in shown.accountabilities.values() if duty.holder == party}
    found: dict[str, list[str]] = {}
    for duty in shown.accountabilities.values():
        in_line = duty.reports_to in own or (duty.to == party and party in shown.leaders)
        if in_line and duty.holder in shown.leaders and duty.holder is not None:
            found.setdefault(duty.holder, []).append(duty.id)
    if not found:
        return None, []
    people = by_name(shown, found)
    said = listed([name(shown, person) for person in people])
    answer = "answers" if len(people) == 1 else "answer"
    row = Row(
        kind="answered_to",
        sentence=f"{said} {answer} to {name(shown, party)} in a line.",
        parties=(party, *people),
        records=tuple(id for person in people for id in found[person]),
    )
    return row.sentence, [row]


def _owed_to(shown: PowerMap, body: str) -> Section:
    duties = sorted(
        (duty for duty in shown.accountabilities.values() if duty.to == body and duty.holder),
        key=lambda duty: (duty.holder in shown.organisations, post_named(shown, duty).casefold()),
    )
    rows = []
    for duty in duties:
        holder = duty.holder or ""
        told = f"{name(shown, holder)} is {post_held(shown, duty)}"
        rows.append(
            Row(
                kind="answered_to",
                sentence=f"{dependence_told(shown, duty) if _owed_by_body(shown, duty) else told}"
                f"{', or may be' if duty.id in shown.doubtful else ''}.",
                parties=(holder, body),
                records=(duty.id,),
            )
        )
    holders = {duty.holder or "" for duty in duties}
    people = by_name(shown, holders & shown.leaders.keys())
    bodies = by_name(shown, holders & shown.organisations.keys())
    said = []
    if people:
        hold = "holds a post or seat" if len(people) == 1 else "hold posts or seats"
        said.append(f"{listed([name(shown, person) for person in people])} {hold} in it.")
    if bodies:
        others = listed([name(shown, other) for other in bodies])
        said.append(f"{others} {'answers' if len(bodies) == 1 else 'answer'} to it.")
    return " ".join(said) or None, rows


def _evidence(party: str, records: list[Record]) -> Section:
    if not records:
        return None, []
    unsourced = [record.id for record in records if not record.evidence]
    opinions = sum(
        all(proof.nature == "opinion" for proof in record.evidence)
        for record in records
        if record.evidence
    )
    total = counted(len(records), "record")
    said = f"This rests on {total}"
    if opinions:
        some = "all" if opinions == len(records) else number(opinions)
        said += f", {some} of opinion alone"
    if unsourced:
        said += f"; {number(len(unsourced))} {has_have(len(unsourced))} no evidence"
    row = Row(
        kind="evidence",
        sentence=f"{said}.",
        parties=(party,),
        records=tuple(record.id for record in records),
        next_step="Ask for a source where there is none." if unsourced else None,
        facts={
            "records": len(records),
            "opinion": opinions,
            "unsourced": unsourced,
            "last_seen": _last_seen(records),
        },
    )
    return row.sentence, [row]


def _last_seen(records: Iterable[Record]) -> str | None:
    seen = [
        proof.observed_on
        for record in records
        for proof in record.evidence
        if proof.observed_on is not None
    ]
    return max(seen, key=lambda day: day.latest).text if seen else None
