"""Whom one party reaches and is reached by, what depends on it, and which contact is due."""

from collections.abc import Iterable
from datetime import date

from graph.findings.answer import Row
from graph.findings.gaps.ties import Tie, ties_between
from graph.findings.gaps.views import allowed
from graph.findings.phrases import (
    SAYS,
    by_name,
    counted,
    layer_of,
    listed,
    name,
    names,
    number,
    pair_named,
    pairs_by_name,
    sentence_case,
    when,
)
from graph.findings.what_if.network_shape import only_links
from graph.network import Unit, network
from powermap.model import PowerMap, Relationship
from powermap.vocabulary import Layer

SHOWN_PAIRS = 100
Section = tuple[str | None, list[Row]]
"""A sentence for the top of the page, and the rows below it."""


def tied(shown: PowerMap, party: str, ties: list[Relationship], on: date) -> list[Section]:
    return [
        _reach(shown, party, ties, outwards=True),
        _reach(shown, party, ties, outwards=False),
        _tensions(shown, party, ties),
        _depends(shown, party),
        _due(shown, party, ties, on),
    ]


def _reach(shown: PowerMap, party: str, ties: Iterable[Relationship], *, outwards: bool) -> Section:
    rows = []
    for tie in ties:
        if layer_of(tie.kind) is Layer.RELATIONSHIPS and outwards == (tie.source == party):
            other = tie.target if outwards else tie.source
            rows.append(
                Row(
                    kind="reaches" if outwards else "is_reached_by",
                    sentence=f"{_view(shown, tie)}.",
                    parties=(party, other),
                    records=(tie.id,),
                    facts={"strength": tie.strength, "kind": tie.kind.value},
                )
            )
    rows.sort(key=lambda row: (-(row.facts["strength"] or 0), row.sentence.casefold()))
    others = list(dict.fromkeys(row.parties[1] for row in rows))
    who = name(shown, party)
    if not others:
        what = "whom they reach" if outwards else "who reaches them"
        return f"No tie is recorded that tells {what}.", rows
    some = listed([name(shown, other) for other in others])
    two = _within_two(shown, party, outwards)
    if outwards:
        return f"{who} reaches {some}{_steps(two, len(others))}.", rows
    return f"{some} {'reaches' if len(others) == 1 else 'reach'} {who}.", rows


def _within_two(shown: PowerMap, party: str, outwards: bool) -> int:
    """How many of the same sort are within two steps along the ties."""
    unit = Unit.LEADERS if party in shown.leaders else Unit.ORGANISATIONS
    graph = network(shown, on=shown.on, unit=unit).graph
    following = graph.succ if outwards else graph.pred
    near = set(following[party])
    return len(near.union(*(following[other] for other in near)) - {party})


def _steps(two: int, one: int) -> str:
    return f", and {number(two)} within two steps" if two > one else ""


def _view(shown: PowerMap, tie: Relationship) -> str:
    source, target = name(shown, tie.source), name(shown, tie.target)
    strength = f", strength {tie.strength} of 5" if tie.strength else ""
    return f"{source} {SAYS[tie.kind][tie.id in shown.doubtful]} {target}{strength}"


def _tensions(shown: PowerMap, party: str, ties: Iterable[Relationship]) -> Section:
    strained = [tie for tie in ties if layer_of(tie.kind) is Layer.TENSIONS]
    if not strained:
        return None, []
    rows = [
        Row(
            kind="tension",
            sentence=f"{_view(shown, tie)}.",
            parties=(party, tie.target if tie.source == party else tie.source),
            records=(tie.id,),
        )
        for tie in strained
    ]
    others = {row.parties[1] for row in rows}
    return f"A tension is recorded with {listed(names(shown, others))}.", rows


def _depends(shown: PowerMap, party: str) -> Section:
    unit = Unit.LEADERS if party in shown.leaders else Unit.ORGANISATIONS
    graph = network(shown, on=shown.on, unit=unit).graph
    pairs = pairs_by_name(shown, only_links(graph, frozenset({party})))
    who = name(shown, party)
    if not pairs:
        return f"No pair depends on {who} as its only link.", []
    rows = [
        Row(
            kind="depends",
            sentence=f"{who} is the only link in two steps between {pair_named(shown, pair)}.",
            parties=(party, *pair),
            next_step=f"Let {who} bring {pair_named(shown, pair)} together.",
        )
        for pair in pairs[:SHOWN_PAIRS]
    ]
    if len(pairs) == 1:
        return rows[0].sentence, rows
    depend = counted(len(pairs), "pair depends", "pairs depend")
    return f"{sentence_case(depend)} on {who} as their only link in two steps.", rows


def _due(shown: PowerMap, party: str, ties: Iterable[Relationship], on: date) -> Section:
    rows, undated = [], []
    for tie in ties_between(ties).values():
        if not tie.relationships:
            continue
        other = tie.other(party)
        if tie.last_contact is None:
            undated.append((other, tie.records))
        elif on - tie.last_contact.latest > allowed(tie):
            rows.append(_due_row(shown, party, other, tie))
    rows.sort(key=lambda row: row.sentence.casefold())
    cold = [row.parties[1] for row in rows]
    if undated:
        rows.append(_undated(shown, party, undated))
    if not cold:
        return None, rows
    return f"Contact is due with {listed([name(shown, other) for other in cold])}.", rows


def _due_row(shown: PowerMap, party: str, other: str, tie: Tie) -> Row:
    assert tie.last_contact is not None
    usual = f", though {tie.cadence} contact is usual" if tie.cadence else ""
    return Row(
        kind="due",
        sentence=f"{name(shown, party)} and {name(shown, other)} were last in contact "
        f"{'on' if len(tie.last_contact.text) == 10 else 'in'} {when(tie.last_contact)}{usual}.",
        parties=(party, other),
        records=tie.records,
        next_step=f"Get in touch with {name(shown, other)}.",
    )


def _undated(shown: PowerMap, party: str, undated: list[tuple[str, tuple[str, ...]]]) -> Row:
    others = by_name(shown, {other for other, _ in undated})
    count = counted(len(others), "person or body", "people or bodies")
    return Row(
        kind="contact_not_dated",
        sentence=f"When {name(shown, party)} was last in contact is not recorded for {count}: "
        f"{listed([name(shown, other) for other in others])}.",
        parties=(party, *others),
        records=tuple(id for _, ids in undated for id in ids),
    )
