"""What the members of a board answer for elsewhere, and to whom: what pulls on them."""

from collections import Counter
from datetime import date

from graph.findings.answer import Finding, Row
from graph.findings.factors import members_of
from graph.findings.phrases import (
    DEPENDENCE,
    by_name,
    counted,
    dependence_told,
    has_have,
    listed,
    lower_first,
    name,
    number,
    on_day,
    people,
    post_held,
    post_named,
    sentence_case,
)
from graph.posts import posts_held
from powermap.errors import InvalidValue
from powermap.model import Accountability, Leader, Organisation, PowerMap
from powermap.vocabulary import OrganisationKind

OWN_WORK = (OrganisationKind.PROGRAMME, OrganisationKind.PARTNERSHIP)
RULE = (
    "Members: people with any post or seat in the body on the date. Outside: what they hold to "
    "others, and what the bodies in which they hold posts owe to others by contract, grant, "
    "regulation, delegation or law; a programme or partnership that answers to the body itself is "
    "not outside. Ordered by the number held in person, then by name."
)


def outside_accountabilities(power_map: PowerMap, body: str, on: date | None = None) -> Finding:
    """The outside accountabilities that pull on each member of a board."""
    on = on or power_map.header.as_at
    shown = power_map if power_map.on == on else power_map.held_on(on)
    board = shown.record(body)
    if not isinstance(board, Organisation):
        raise InvalidValue.at("body", "must be an organisation on the map on this date")
    members = by_name(shown, members_of(shown, body))
    question = f"Which outside accountabilities pull on each member of {board.name}?"
    rule = f"On {on_day(on)}. {RULE}"
    if not members:
        said = f"No member of {board.name} is recorded on this date."
        return Finding(question=question, sentences=(said,), rows=(), rule=rule, thin=said)
    rows = [_row(shown, member, body) for member in members]
    rows.sort(key=lambda row: -row.facts["held"])
    return Finding(
        question=question,
        sentences=tuple(_told(shown, board.name, rows)),
        rows=tuple(rows),
        rule=rule,
    )


def _row(shown: PowerMap, member: str, body: str) -> Row:
    inside = {body, *_own_programmes(shown, body)}
    held = [
        duty
        for duty in shown.accountabilities.values()
        if duty.holder == member and duty.to not in inside
    ]
    held.sort(key=lambda duty: post_named(shown, duty).casefold())
    bodies = {post.to for post in posts_held(shown).get(member, ()) if post.to != body}
    owed = _owed(shown, bodies, body)
    return Row(
        kind="pulled" if held else "none_recorded",
        sentence=" ".join(_sentences(shown, member, held, owed)),
        parties=(member, *by_name(shown, {duty.to for duty in held})),
        records=tuple(duty.id for duty in (*held, *owed)),
        facts={
            "held": len(held),
            "owed_by_their_bodies": len(owed),
            "to": by_name(shown, {duty.to for duty in (*held, *owed)}),
        },
    )


def _own_programmes(shown: PowerMap, body: str) -> set[str]:
    """Programmes and partnerships that answer to the board themselves: its own work."""
    return {
        duty.holder
        for duty in shown.accountabilities.values()
        if duty.to == body
        and duty.holder is not None
        and duty.holder in shown.organisations
        and shown.organisations[duty.holder].kind in OWN_WORK
    }


def _owed(shown: PowerMap, bodies: set[str], board: str) -> list[Accountability]:
    """What those bodies answer for to others than the board."""
    owed = [
        duty
        for duty in shown.accountabilities.values()
        if duty.holder in bodies and duty.to != board and duty.kind in DEPENDENCE
    ]
    return sorted(owed, key=lambda duty: dependence_told(shown, duty).casefold())


def _sentences(
    shown: PowerMap, member: str, held: list[Accountability], owed: list[Accountability]
) -> list[str]:
    who = name(shown, member)
    if not held:
        return [f"No outside accountability of {who} is recorded."]
    said = [f"{who} is also {listed([_post(shown, duty) for duty in held])}."]
    if owed:
        said += [f"{dependence_told(shown, duty)}." for duty in owed[:3]]
        if len(owed) > 3:
            more = counted(len(owed) - 3, "more duty", "more duties")
            said.append(f"And {more} of their bodies.")
    return said


def _post(shown: PowerMap, duty: Accountability) -> str:
    unsure = " (may be held)" if duty.id in shown.doubtful else ""
    above = shown.accountabilities.get(duty.reports_to or "")
    line = ""
    if above is not None:
        boss = shown.records.get(above.holder or "")
        line = f", answering to {boss.name if isinstance(boss, Leader) else 'the ' + _title(above)}"
    scope = duty.scope if duty.scope and duty.scope not in post_named(shown, duty) else None
    matter = f" ({scope})" if scope and len(scope) <= 80 else ""
    return f"{post_held(shown, duty)}{matter}{line}{unsure}"


def _title(above: Accountability) -> str:
    return lower_first(above.title)


def _how_many(some: int, every: int) -> str:
    if some == every:
        return f"All {people(every)}" if every > 1 else "The one person"
    return f"{sentence_case(number(some) if some else 'none')} of {people(every)}"


def _told(shown: PowerMap, board: str, rows: list[Row]) -> list[str]:
    pulled = [row for row in rows if row.kind == "pulled"]
    silent = [row for row in rows if row.kind != "pulled"]
    said = [
        f"{_how_many(len(pulled), len(rows))} with a post or seat in {board} "
        f"{has_have(len(pulled))} recorded accountabilities elsewhere."
    ]
    pulls = Counter(body for row in pulled for body in row.facts["to"])
    most = [body for body, count in pulls.items() if count == max(pulls.values())]
    if pulls and max(pulls.values()) > 1:
        names = listed([name(shown, body) for body in by_name(shown, most)])
        said.append(
            f"{names} {'pulls' if len(most) == 1 else 'pull'} on the most of them: "
            f"{counted(max(pulls.values()), 'member')}{' each' if len(most) > 1 else ''}."
        )
    said += [row.sentence for row in pulled[:3]]
    if silent:
        said.append(
            f"Nothing outside is recorded of {listed([name(shown, r.parties[0]) for r in silent])}."
        )
    return said
