"""How evenly leadership is shared: who chairs and who leads programmes and tasks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.findings.answer import Finding, Row
from graph.findings.factors import members_of
from graph.findings.phrases import (
    by_name,
    counted,
    decimal,
    listed,
    name,
    number,
    on_day,
    people,
    percent,
    post_named,
    sentence_case,
)
from powermap.errors import InvalidValue
from powermap.model import Accountability, Organisation, PowerMap
from powermap.vocabulary import AccountabilityKind, HolderStatus

FEWEST_ITEMS = 5
LEADS = (AccountabilityKind.CHAIR, AccountabilityKind.PROGRAMME_LEAD)
RULE = (
    "Chairs and programme leads held on the date by somebody named. Those with the same title and "
    "scope in one body count as one, split evenly between their holders. Effective number of "
    "leaders: 1 divided by the sum of squared shares, which is the number of leaders had all "
    f"carried the same. Only from {FEWEST_ITEMS} of them. Ordered by share, then by name."
)


@dataclass(frozen=True, kw_only=True)
class _Spread:
    """Who holds how much of what there is to lead."""

    held: list[Accountability]
    vacant: list[Accountability]
    undisclosed: list[Accountability]
    items: int
    carried: Mapping[str, float]
    """What each holder leads, a co-held item in parts."""

    @property
    def effective(self) -> float:
        return 1 / sum((part / self.items) ** 2 for part in self.carried.values())


def spread_of_leadership(
    power_map: PowerMap, on: date | None = None, body: str | None = None
) -> Finding:
    """How evenly chairs and leads are shared, on the whole map or in one body."""
    on = on or power_map.header.as_at
    shown = power_map if power_map.on == on else power_map.held_on(on)
    where = "on the recorded map"
    among = _anybody(shown)
    if body is not None:
        named = shown.record(body)
        if not isinstance(named, Organisation):
            raise InvalidValue.at("body", "must be an organisation on the map on this date")
        where, among = f"in {named.name}", members_of(shown, body)
    spread = _spread(shown, body)
    question = f"How evenly is leadership shared {where}?"
    rule = f"On {on_day(on)}. {RULE}"
    rows = (*_holder_rows(shown, spread), *_open_rows(shown, spread))
    if spread.items < FEWEST_ITEMS:
        found = counted(
            spread.items,
            "chair or lead with a named holder",
            "chairs and leads with a named holder",
        )
        needed = number(FEWEST_ITEMS)
        said = f"Too little is recorded to say: {found} {where}, where {needed} are needed."
        return Finding(question=question, sentences=(said,), rows=rows, rule=rule, thin=said)
    without = by_name(shown, among - spread.carried.keys())
    sentences = [
        _even_told(spread, where),
        _top_told(shown, spread),
        _without_told(shown, without, among),
        _open_told(spread),
        _doubt_told(shown, spread),
    ]
    return Finding(
        question=question,
        sentences=tuple(sentence for sentence in sentences if sentence),
        rows=(*rows, *_without_rows(shown, without)),
        rule=rule,
    )


def _anybody(shown: PowerMap) -> set[str]:
    """Leaders who hold anything at all."""
    return {
        duty.holder
        for duty in shown.accountabilities.values()
        if duty.holder is not None and duty.holder in shown.leaders
    }


def _spread(shown: PowerMap, body: str | None) -> _Spread:
    leads = [
        duty
        for duty in shown.accountabilities.values()
        if duty.kind in LEADS and (body is None or duty.to == body)
    ]
    held = [duty for duty in leads if duty.holder_status is HolderStatus.NAMED]
    items: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for duty in held:
        items[_item(duty)].add(duty.holder or "")
    parts: dict[str, float] = defaultdict(float)
    for holders in items.values():
        for holder in holders:
            parts[holder] += 1 / len(holders)
    return _Spread(
        held=held,
        vacant=[duty for duty in leads if duty.holder_status is HolderStatus.VACANT],
        undisclosed=[duty for duty in leads if duty.holder_status is HolderStatus.UNDISCLOSED],
        items=len(items),
        carried=parts,
    )


def _item(duty: Accountability) -> tuple[str, ...]:
    return duty.to, duty.kind.value, duty.title.casefold(), (duty.scope or "").casefold()


def _even_told(spread: _Spread, where: str) -> str:
    return (
        f"{sentence_case(counted(spread.items, 'chair or lead', 'chairs and leads'))} {where} "
        f"are shared by {counted(len(spread.carried), 'leader')}: as evenly as by "
        f"{decimal(spread.effective)} with the same share each."
    )


def _top_told(shown: PowerMap, spread: _Spread) -> str:
    most = max(spread.carried.values())
    top = by_name(shown, [who for who, part in spread.carried.items() if part == most])
    share = percent(most / spread.items)
    amount = f"{number(int(most)) if most % 1 == 0 else f'{most:g}'} of {number(spread.items)}"
    if len(top) == 1:
        return f"{name(shown, top[0])} carries the most: {amount}, or {share}."
    if len(top) == len(spread.carried):
        return f"All carry the same: {amount} each."
    said = listed([name(shown, who) for who in top])
    return f"{said} carry the most: {amount} each, or {share}."


def _without_told(shown: PowerMap, without: list[str], among: set[str]) -> str | None:
    if not without:
        return "Nobody with a post or seat is without one."
    verb = "leads" if len(without) == 1 else "lead"
    said = listed([name(shown, who) for who in without])
    return (
        f"{sentence_case(number(len(without)))} of {people(len(among))} with a post or seat {verb} "
        f"none: {said}."
    )


def _open_told(spread: _Spread) -> str | None:
    parts = []
    if spread.vacant:
        parts.append(f"{number(len(spread.vacant))} without a holder")
    if spread.undisclosed:
        parts.append(f"{number(len(spread.undisclosed))} with a holder who is not disclosed")
    return f"Not counted: {listed(parts)}." if parts else None


def _doubt_told(shown: PowerMap, spread: _Spread) -> str | None:
    doubtful = sum(duty.id in shown.doubtful for duty in spread.held)
    if not doubtful:
        return None
    return f"{sentence_case(number(doubtful))} of those counted may not have been held on the date."


def _holder_rows(shown: PowerMap, spread: _Spread) -> list[Row]:
    held: dict[str, list[Accountability]] = defaultdict(list)
    for duty in spread.held:
        held[duty.holder or ""].append(duty)
    order = sorted(by_name(shown, held), key=lambda who: -spread.carried[who])
    return [
        Row(
            kind="leads",
            sentence=f"{name(shown, who)} is "
            f"{listed(sorted(_said(shown, duty) for duty in held[who]), 12)}.",
            parties=(who,),
            records=tuple(duty.id for duty in held[who]),
            facts={
                "carries": spread.carried[who],
                "share": spread.carried[who] / spread.items,
            },
        )
        for who in order
    ]


def _said(shown: PowerMap, duty: Accountability) -> str:
    return post_named(shown, duty) + (" (may have been held)" if duty.id in shown.doubtful else "")


def _open_rows(shown: PowerMap, spread: _Spread) -> list[Row]:
    return [
        Row(
            kind="without_holder",
            sentence=f"{sentence_case(post_named(shown, duty))} has no holder.",
            parties=(duty.to,),
            records=(duty.id,),
            next_step="Agree who fits it best.",
        )
        for duty in sorted(spread.vacant, key=lambda duty: post_named(shown, duty))
    ]


def _without_rows(shown: PowerMap, without: list[str]) -> list[Row]:
    return [
        Row(
            kind="leads_none",
            sentence=f"{name(shown, who)} leads none of them.",
            parties=(who,),
            records=tuple(
                duty.id for duty in shown.accountabilities.values() if duty.holder == who
            ),
        )
        for who in without
    ]
