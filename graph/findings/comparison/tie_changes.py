"""Ties that opened, closed, strengthened or turned between two sides."""

from collections import defaultdict
from dataclasses import dataclass

from graph.findings.answer import Row
from graph.findings.comparison.sides import Change, Sides
from graph.findings.phrases import (
    MUTUALLY,
    TIED_BY,
    TOWARDS,
    layer_of,
    name,
    pair_named,
    pairs_by_name,
)
from powermap.model import Relationship
from powermap.vocabulary import Layer, RelationshipKind

Direction = tuple[str, str]
TIE_ORDER = (
    "turned",
    "strengthened",
    "weakened",
    "changed_kind",
    "tie_opened",
    "tie_closed",
)


@dataclass(frozen=True, kw_only=True)
class _Step:
    """What changed in one person's view of another."""

    kind: str
    was: Relationship | None
    now: Relationship | None
    sure: bool

    @property
    def told(self) -> tuple[str, RelationshipKind | None, RelationshipKind | None, bool]:
        """What two views must share to be told in one sentence."""
        was, now = self.was, self.now
        return self.kind, was.kind if was else None, now.kind if now else None, self.sure


def tie_rows(sides: Sides) -> list[Row]:
    """One row per pair and kind of change, what turned first."""
    steps: dict[tuple[str, str], list[_Step]] = defaultdict(list)
    for (source, target), found in _steps(sides).items():
        steps[min(source, target), max(source, target)] += found
    rows = []
    for pair in pairs_by_name(sides.either, steps):
        alike: dict[object, list[_Step]] = defaultdict(list)
        for step in steps[min(pair), max(pair)]:
            alike[step.told].append(step)
        told = [_row(sides, pair, group) for group in alike.values()]
        rows += sorted(told, key=lambda row: row.sentence.casefold())
    return sorted(rows, key=lambda row: TIE_ORDER.index(row.kind))


def _steps(sides: Sides) -> dict[Direction, list[_Step]]:
    ended: dict[Direction, list[Change[Relationship]]] = defaultdict(list)
    begun: dict[Direction, list[Change[Relationship]]] = defaultdict(list)
    for change in sides.ended(Relationship):
        if layer_of(change.record.kind):
            ended[change.record.source, change.record.target].append(change)
    for change in sides.begun(Relationship):
        if layer_of(change.record.kind):
            begun[change.record.source, change.record.target].append(change)
    return {
        direction: _matched(_in_order(ended[direction]), _in_order(begun[direction]))
        for direction in sorted(ended.keys() | begun.keys())
    }


def _in_order(changes: list[Change[Relationship]]) -> list[Change[Relationship]]:
    """By kind and strength, so that the order of records decides nothing."""
    kinds = list(RelationshipKind)
    return sorted(
        changes, key=lambda c: (kinds.index(c.record.kind), c.record.strength or 0, c.record.id)
    )


def _matched(ended: list[Change[Relationship]], begun: list[Change[Relationship]]) -> list[_Step]:
    """Pair what ended with what began: first of the same kind, then whatever else there is."""
    steps, left = [], list(begun)
    unmatched = []
    for was in ended:
        same = next((now for now in left if now.record.kind is was.record.kind), None)
        if same is None:
            unmatched.append(was)
            continue
        left.remove(same)
        steps += _strength_step(was, same)
    for was in unmatched:
        now = left.pop(0) if left else None
        if now is None:
            steps.append(_Step(kind="tie_closed", was=was.record, now=None, sure=was.sure))
        else:
            turned = layer_of(was.record.kind) is not layer_of(now.record.kind)
            steps.append(
                _Step(
                    kind="turned" if turned else "changed_kind",
                    was=was.record,
                    now=now.record,
                    sure=was.sure and now.sure,
                )
            )
    steps += [_Step(kind="tie_opened", was=None, now=now.record, sure=now.sure) for now in left]
    return steps


def _strength_step(was: Change[Relationship], now: Change[Relationship]) -> list[_Step]:
    before, after = was.record.strength, now.record.strength
    if before is None or after is None or before == after:
        return []
    return [
        _Step(
            kind="strengthened" if after > before else "weakened",
            was=was.record,
            now=now.record,
            sure=was.sure and now.sure,
        )
    ]


def _row(sides: Sides, pair: Direction, steps: list[_Step]) -> Row:
    first = steps[0]
    records = [tie.id for step in steps for tie in (step.was, step.now) if tie]
    return Row(
        kind=first.kind,
        sentence=f"{_told(sides, pair, steps)}.",
        parties=pair,
        records=tuple(dict.fromkeys(records)),
        next_step=_next_step(sides, pair, first),
        facts={
            "views": len(steps),
            "sure": first.sure,
            "was": _fact(first.was),
            "now": _fact(first.now),
            "strengths": [
                [step.was.strength if step.was else None, step.now.strength if step.now else None]
                for step in steps
            ],
        },
    )


def _fact(tie: Relationship | None) -> str | None:
    return tie.kind.value if tie else None


def _next_step(sides: Sides, pair: Direction, step: _Step) -> str | None:
    if step.kind == "turned" and step.now and layer_of(step.now.kind) is Layer.TENSIONS:
        return f"Ask {pair_named(sides.either, pair)} what has come between them."
    if step.kind == "tie_closed" and step.was and layer_of(step.was.kind) is not Layer.TENSIONS:
        return f"Ask whether {pair_named(sides.either, pair)} still need the tie."
    return None


def _told(sides: Sides, pair: Direction, steps: list[_Step]) -> str:
    first = steps[0]
    if first.kind in ("strengthened", "weakened"):
        return _strength_told(sides, pair, steps)
    both = len({_source(step) for step in steps}) > 1
    if first.kind in ("turned", "changed_kind"):
        return _turn_told(sides, pair, first, both)
    tie = first.now or first.was
    assert tie is not None
    did = _verb(sides, first, both)
    if both:
        return f"{pair_named(sides.either, pair)} {did} {MUTUALLY[tie.kind]}"
    source, target = name(sides.either, tie.source), name(sides.either, tie.target)
    return f"{source} {did} {TOWARDS[tie.kind]} {target}"


def _turn_told(sides: Sides, pair: Direction, step: _Step, both: bool) -> str:
    words = MUTUALLY if both else TIED_BY
    was = words[step.was.kind] if step.was else ""
    now = words[step.now.kind] if step.now else ""
    if both:
        who = pair_named(sides.either, pair)
    else:
        other = pair[0] if pair[1] == _source(step) else pair[1]
        view = name(sides.either, _source(step))
        who = f"In the view of {view}, the tie with {name(sides.either, other)}"
    if sides.as_known:
        return f"{who} {'are' if both else 'is'} now recorded as {now} instead of {was}"
    return f"{who} {'turned' if step.sure else 'may have turned'} from {was} to {now}"


def _verb(sides: Sides, step: _Step, both: bool) -> str:
    are = "are" if both else "is"
    if step.kind == "tie_opened":
        if sides.as_known:
            return f"{are} now recorded as"
        return "began" if step.sure else "may have begun"
    if sides.as_known:
        return f"{are} no longer recorded as"
    return "stopped" if step.sure else "may have stopped"


def _source(step: _Step) -> str:
    tie = step.now or step.was
    return tie.source if tie else ""


def _strength_told(sides: Sides, pair: Direction, steps: list[_Step]) -> str:
    first = steps[0]
    may = "" if first.sure or sides.as_known else "may have "
    views = sorted(
        {
            (name(sides.either, _source(step)), step.was.strength, step.now.strength)
            for step in steps
            if step.was and step.now
        },
        key=lambda view: view[0],
    )
    moves = {(was, now) for _, was, now in views}
    verb = f"is now recorded as {first.kind}" if sides.as_known else f"{may}{first.kind}"
    if len(views) > 1 and len(moves) == 1:
        how = f"from {views[0][1]} to {views[0][2]} in both views"
    else:
        how = " and ".join(f"from {was} to {now} in the view of {who}" for who, was, now in views)
    return f"The tie between {pair_named(sides.either, pair)} {verb} {how}"
