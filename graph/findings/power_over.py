"""Who has power over whom in this room: by line, contract, grant, regulation or delegation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from graph.findings.answer import Finding, Row
from graph.findings.phrases import (
    DEPENDENCE,
    by_name,
    counted,
    listed,
    name,
    names,
    on_day,
    sentence_case,
)
from graph.posts import places_held
from powermap.model import Accountability, PowerMap
from powermap.vocabulary import POST_KINDS, AccountabilityKind, Level

SPEAKERS = 3
SEATS = frozenset(
    {
        AccountabilityKind.CHAIR,
        AccountabilityKind.BOARD_MEMBER,
        AccountabilityKind.PARTNERSHIP_MEMBER,
    }
)
RULE = (
    "Between people: whoever holds the post another post reports to, or is answered to in person. "
    "Between bodies: commissioning, regulation, funding, delegation and statutory duty, held by "
    "the one that answers; in the room each body's most senior post-holders (chairs and elected "
    f"members beside chief officers, at most {SPEAKERS}), or the members of a body with fewer than "
    "two. A person or body to which functions are delegated by another acts for "
    "it towards those who answer to it. Ordered by the number of people it is held over."
)


def power_over(power_map: PowerMap, on: date | None = None) -> Finding:
    """Every recorded ground on which one in the room has power over another."""
    on = on or power_map.header.as_at
    shown = power_map if power_map.on == on else power_map.held_on(on)
    room = _room(shown)
    rows = [*_body_rows(shown, room), *_acting_for_rows(shown, room)]
    rows.sort(key=lambda row: (-row.facts["people"], row.sentence.casefold()))
    rows += _line_rows(shown)
    question = "Who has power over whom in this room?"
    rule = f"On {on_day(on)}. {RULE}"
    if not rows:
        said = "No line, contract, grant, regulation or delegation is recorded on this date."
        return Finding(question=question, sentences=(said,), rows=(), rule=rule, thin=said)
    return Finding(question=question, sentences=tuple(_told(rows)), rows=tuple(rows), rule=rule)


def _room(shown: PowerMap) -> dict[str, list[str]]:
    """Who speaks for each body: its most senior post-holders and chair, or else its members."""
    posts: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    seats: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for duty in shown.accountabilities.values():
        holder = duty.holder
        if holder is None or holder not in shown.leaders or duty.kind not in POST_KINDS | SEATS:
            continue
        speaks = (-_seniority(duty), name(shown, holder).casefold(), holder)
        post = duty.kind in POST_KINDS or duty.kind is AccountabilityKind.CHAIR
        seats[duty.to].append(speaks)
        if post:
            posts[duty.to].append(speaks)
    room = {}
    for body, members in seats.items():
        only_chaired = body not in posts or len(posts[body]) == 1
        found = members if only_chaired else posts[body]
        order = list(dict.fromkeys(leader for *_, leader in sorted(found)))
        room[body] = order if only_chaired else order[:SPEAKERS]
    return room


def _seniority(duty: Accountability) -> int:
    """The rung; chairs and elected members beside chief officers."""
    if duty.kind is AccountabilityKind.CHAIR or duty.level in (Level.CHAIR, Level.ELECTED_MEMBER):
        return 6
    return (duty.level.rung if duty.level else None) or 0


def _body_rows(shown: PowerMap, room: dict[str, list[str]]) -> list[Row]:
    grounds: dict[tuple[str, AccountabilityKind], list[Accountability]] = defaultdict(list)
    for duty in shown.accountabilities.values():
        if (
            duty.kind in DEPENDENCE
            and duty.kind is not AccountabilityKind.LINE_MANAGEMENT
            and duty.to in shown.organisations
            and duty.holder in shown.organisations
        ):
            grounds[duty.to, duty.kind].append(duty)
    return [
        _body_row(shown, room, above, kind, duties) for (above, kind), duties in grounds.items()
    ]


def _body_row(
    shown: PowerMap,
    room: dict[str, list[str]],
    above: str,
    kind: AccountabilityKind,
    duties: Sequence[Accountability],
) -> Row:
    below = by_name(shown, {duty.holder for duty in duties if duty.holder})
    holders = room.get(above, [])
    under = _people_of(room, below, set(holders))
    return Row(
        kind=kind.value,
        sentence=f"{_verb(shown, above, kind, below)}{_terms(duties)}{_doubt(shown, duties)}."
        f"{_in_room(shown, holders, under)}",
        parties=(above, *below),
        records=tuple(duty.id for duty in duties),
        facts=_facts(holders, under),
    )


def _verb(shown: PowerMap, above: str, kind: AccountabilityKind, below: Sequence[str]) -> str:
    said = listed([name(shown, body) for body in below])
    if kind is AccountabilityKind.STATUTORY:
        return f"{name(shown, above)} holds {said} to account by law"
    return f"{name(shown, above)} {DEPENDENCE[kind]} {said}"


def _terms(duties: Sequence[Accountability]) -> str:
    """What it is for, where that is one thing."""
    scopes = {duty.scope for duty in duties if duty.scope}
    return f" ({scopes.pop()})" if len(scopes) == 1 else ""


def _doubt(shown: PowerMap, duties: Iterable[Accountability]) -> str:
    return ", as it may be on this date" if any(d.id in shown.doubtful for d in duties) else ""


def _people_of(room: dict[str, list[str]], bodies: Iterable[str], not_these: set[str]) -> list[str]:
    found = [leader for body in bodies for leader in room.get(body, [])]
    return [leader for leader in dict.fromkeys(found) if leader not in not_these]


def _in_room(shown: PowerMap, holders: Sequence[str], under: Sequence[str]) -> str:
    if not holders or not under:
        return ""
    above = listed([name(shown, leader) for leader in holders], 3)
    return f" In the room: {above} over {listed(names(shown, under), 8)}."


def _facts(holders: Sequence[str], under: Sequence[str]) -> dict[str, object]:
    return {"over": list(under), "held_by": list(holders), "people": len(under) if holders else 0}


def _acting_for_rows(shown: PowerMap, room: dict[str, list[str]]) -> list[Row]:
    """People who hold functions of a body, and so its power over those who answer to it."""
    rows = []
    for duty in shown.accountabilities.values():
        if duty.kind is not AccountabilityKind.DELEGATION or duty.holder not in shown.leaders:
            continue
        holder = duty.holder or ""
        own = {place.to for place in places_held(shown).get(holder, ())}
        answers = {
            other.holder
            for other in shown.accountabilities.values()
            if other.to == duty.to
            and other.kind in DEPENDENCE
            and other.holder in shown.organisations
        }
        below = by_name(shown, {body for body in answers if body} - own)
        under = _people_of(room, below, {holder})
        if not below:
            continue
        rows.append(
            Row(
                kind="acts_for",
                sentence=f"{name(shown, holder)} acts for {name(shown, duty.to)}"
                f"{_terms([duty])}{_doubt(shown, [duty])}, to which "
                f"{listed([name(shown, body) for body in below])} "
                f"{'answers' if len(below) == 1 else 'answer'}."
                f"{_in_room(shown, [holder], under)}",
                parties=(holder, duty.to, *below),
                records=(duty.id,),
                next_step=f"Say openly when {name(shown, holder)} speaks for whom.",
                facts=_facts([holder], under),
            )
        )
    return rows


def _line_rows(shown: PowerMap) -> list[Row]:
    """Lines between people: the holder of the post above, or a manager in person."""
    lines: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for duty in shown.accountabilities.values():
        if duty.holder is None or duty.holder not in shown.leaders:
            continue
        above = shown.accountabilities.get(duty.reports_to or "")
        superior = above.holder if above else None
        for boss in {superior, duty.to}:
            if boss in shown.leaders and boss is not None and boss != duty.holder:
                lines[boss][duty.holder].append(duty.id)
    rows = []
    for boss in by_name(shown, lines):
        below = by_name(shown, lines[boss])
        said = listed([name(shown, leader) for leader in below])
        rows.append(
            Row(
                kind="line",
                sentence=f"{said} {'answers' if len(below) == 1 else 'answer'} to "
                f"{name(shown, boss)} in a line of accountability.",
                parties=(boss, *below),
                records=tuple(id for found in lines[boss].values() for id in found),
                facts={"over": below, "held_by": [boss], "people": len(below)},
            )
        )
    return sorted(rows, key=lambda row: -len(row.parties))


def _told(rows: Sequence[Row]) -> list[str]:
    grounds = [row for row in rows if row.kind != "line"]
    lines = [row for row in rows if row.kind == "line"]
    ordered = [row for row in grounds if row.facts["people"]] or grounds
    leading = {row.kind: row for row in reversed(ordered)}
    told = [row.sentence for row in ordered if row is leading[row.kind]]
    if lines:
        below = {party for row in lines for party in row.facts["over"]}
        said = counted(len(below), "person answers", "people answer")
        told.append(f"{sentence_case(said)} to another on the map in a line of accountability.")
    return told
