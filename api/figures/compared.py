"""The two states of a map that a figure of before and after compares."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.figures.asked import FigureAsked
from api.figures.ground import Ground
from api.figures.supposed import GRAMMAR, Supposed, WhatIf
from api.pages.words import count, day
from graph.findings.answer import Finding
from graph.findings.comparison import what_changed, what_changed_since
from graph.findings.phrases import listed
from graph.findings.what_if import (
    what_if_abolished,
    what_if_joins,
    what_if_leaves,
    what_if_mended,
    what_if_merge,
    what_if_tie,
)
from graph.findings.what_if.abolition import if_abolished
from graph.findings.what_if.joining import SOMEBODY
from graph.findings.what_if.mending import STRENGTH
from graph.findings.what_if.rehearsal import (
    merged,
    with_newcomer,
    with_tie,
    with_tie_mended,
    without_leaders,
)
from graph.network import Unit
from powermap.errors import InvalidValue, UnknownRevision
from powermap.model import Leader, Organisation, PowerMap
from powermap.usecases.narrowing import up_to


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A map twice, and what is said of the two."""

    before: PowerMap
    after: PowerMap
    headings: tuple[str, str]
    told: str
    """Which two states, in a few words."""
    answer: Callable[[], Finding | None]
    """What the two differ in; None where they are the same day."""
    unit: Unit
    """People or organisations: whom it is about."""
    method: str = ""
    """How the second was worked out."""
    about: tuple[str, ...] = ()
    """Those whom it is about, by id."""
    became: str = ""
    """What becomes of them, in a word, where that is neither going nor coming."""
    past: bool = False
    """Whether people without any post or seat count as not there."""


def compared(asked: FigureAsked, ground: Ground) -> Compared:
    """Both states. Raises `InvalidValue` that names what they cannot be worked out from."""
    allowed = up_to(ground.allowed, asked.view.ceiling)
    if asked.before is not None:
        return _two_days(asked, allowed)
    if asked.since is not None:
        return _two_revisions(asked, asked.since, allowed, ground)
    assert asked.what_if is not None
    return _supposed(asked, asked.what_if, allowed)


def _two_days(asked: FigureAsked, allowed: PowerMap) -> Compared:
    before, after = asked.before, asked.view.on or allowed.header.as_at
    assert before is not None
    if before > after:
        raise InvalidValue.at(
            "before", f"must not be later than {after.isoformat()}, the other day"
        )
    return Compared(
        before=allowed.held_on(before),
        after=allowed.held_on(after),
        headings=(f"Before: as at {day(before)}", f"After: as at {day(after)}"),
        told=f"on {day(before)} and on {day(after)}",
        answer=lambda: what_changed(allowed, before, after) if before < after else None,
        unit=asked.view.unit,
        method="Both sides are as the map knows them now.",
        past=True,
    )


def _two_revisions(asked: FigureAsked, since: int, allowed: PowerMap, ground: Ground) -> Compared:
    why = f"must be a revision of this map, from 1 to {allowed.revision}"
    if since > allowed.revision:
        raise InvalidValue.at("since", why)
    try:
        earlier = up_to(ground.at(since), asked.view.ceiling)
    except UnknownRevision:
        raise InvalidValue.at("since", why) from None
    then, now = earlier.header.as_at, allowed.header.as_at
    return Compared(
        before=earlier.held_on(then),
        after=allowed.held_on(now),
        headings=(
            f"At revision {since}: as at {day(then)}",
            f"Now, at revision {allowed.revision}: as at {day(now)}",
        ),
        told=f"at revision {since} and at revision {allowed.revision}",
        answer=lambda: what_changed_since(earlier, allowed),
        unit=asked.view.unit,
        method="What differs is what is recorded, which need not be what is so.",
    )


_SORTS = {
    WhatIf.LEAVES: (Leader,),
    WhatIf.ABOLISHED: (Organisation,),
    WhatIf.MERGED: (Organisation,),
    WhatIf.TIED: (Leader, Organisation),
    WhatIf.MENDED: (Leader, Organisation),
}


def _supposed(asked: FigureAsked, supposed: Supposed, allowed: PowerMap) -> Compared:
    day_shown = asked.view.on or allowed.header.as_at
    shown = allowed.held_on(day_shown)
    parties = _known(supposed, shown)
    supposing = _SUPPOSING[supposed.what](allowed, shown, supposed)
    bodies = supposed.what in (WhatIf.ABOLISHED, WhatIf.MERGED) or (
        supposed.what is not WhatIf.JOINS and isinstance(parties[0], Organisation)
    )
    return Compared(
        before=shown,
        after=supposing.after,
        headings=(
            f"{'As' if asked.view.on else 'Now: as'} at {day(day_shown)}",
            supposing.heading[:1].upper() + supposing.heading[1:],
        ),
        told=f"as at {day(day_shown)}, and {supposing.heading}",
        answer=supposing.answer,
        unit=Unit.ORGANISATIONS if bodies else asked.view.unit,
        method=f"The second side is worked out, and recorded nowhere: {supposing.method}.",
        about=supposed.parties,
        became="merged" if supposed.what is WhatIf.MERGED else "",
    )


def _known(supposed: Supposed, shown: PowerMap) -> list[Leader | Organisation]:
    """Those it names. Whoever is withheld and whoever never was are answered alike."""
    found = [shown.records.get(party) for party in supposed.parties]
    kinds = [*_SORTS.get(supposed.what, (Leader,))]
    wanted = [kinds] * len(found)
    if supposed.what is WhatIf.JOINS:
        wanted[0] = [Organisation]
    right = [
        record
        for record, sorts in zip(found, wanted, strict=True)
        if isinstance(record, Leader | Organisation) and isinstance(record, tuple(sorts))
    ]
    alike = supposed.what is WhatIf.JOINS or len({type(record) for record in right}) == 1
    if len(right) < len(found) or not alike:
        raise InvalidValue.at(
            "what_if",
            f"must be {GRAMMAR}, with ids of the right sort, on the map on this day as far as the "
            "ceiling allows",
        )
    return right


@dataclass(frozen=True, kw_only=True)
class _Supposing:
    heading: str
    """`if Rob Webster leaves`"""
    after: PowerMap
    answer: Callable[[], Finding]
    method: str


def _leaves(allowed: PowerMap, shown: PowerMap, supposed: Supposed) -> _Supposing:
    (leader,) = supposed.parties
    return _Supposing(
        heading=f"if {_names(shown, supposed.parties)} leaves",
        after=without_leaders(shown, [leader]),
        answer=lambda: what_if_leaves(allowed, leader, shown.on),
        method="posts stay, without a holder, and ties go",
    )


def _abolished(allowed: PowerMap, shown: PowerMap, supposed: Supposed) -> _Supposing:
    body, successor = [*supposed.parties, None][:2]
    assert body is not None
    heir = f" and {_names(shown, [successor])} takes over" if successor else ""
    after, postless, _ = if_abolished(allowed, shown, [body], successor)
    return _Supposing(
        heading=f"if {_names(shown, [body])} is abolished{heir}",
        # Whoever stays without a post speaks for no other body yet: no tie of theirs is new.
        after=without_leaders(after, postless),
        answer=lambda: what_if_abolished(allowed, body, successor, shown.on),
        method="posts, duties and ties pass to the successor"
        if successor
        else "posts, duties and ties go, and whoever loses their only post speaks for nobody else",
    )


def _merged(allowed: PowerMap, shown: PowerMap, supposed: Supposed) -> _Supposing:
    return _Supposing(
        heading=f"if {_names(shown, supposed.parties)} merge",
        after=merged(shown, supposed.parties),
        answer=lambda: what_if_merge(allowed, supposed.parties, shown.on),
        method="all posts, duties and ties are taken as those of one body",
    )


def _tied(allowed: PowerMap, shown: PowerMap, supposed: Supposed) -> _Supposing:
    one, other = supposed.parties
    return _Supposing(
        heading=f"if {_names(shown, supposed.parties)} have a tie",
        after=with_tie(shown, one, other),
        answer=lambda: what_if_tie(allowed, one, other, shown.on),
        method="a tie that both see, between these two alone",
    )


def _mended(allowed: PowerMap, shown: PowerMap, supposed: Supposed) -> _Supposing:
    one, other = supposed.parties
    strength = supposed.strength or STRENGTH
    return _Supposing(
        heading=f"if the tie between {_names(shown, supposed.parties)} is mended",
        after=with_tie_mended(shown, one, other, strength),
        answer=lambda: what_if_mended(allowed, one, other, strength, shown.on),
        method=f"conflict and competition are over, and both see a tie of {strength} of 5 or more",
    )


def _joins(allowed: PowerMap, shown: PowerMap, supposed: Supposed) -> _Supposing:
    body, *contacts = supposed.parties
    others = count(len(contacts), "person", "people")
    whom = _names(shown, contacts) if len(contacts) < 4 else others
    return _Supposing(
        heading=f"if somebody joins {_names(shown, [body])} with ties to {whom}",
        after=with_newcomer(shown, SOMEBODY, body, contacts),
        answer=lambda: what_if_joins(allowed, body, contacts, on=shown.on),
        method="somebody made up, with one post and ties that both sides see",
    )


_SUPPOSING: dict[WhatIf, Callable[[PowerMap, PowerMap, Supposed], _Supposing]] = {
    WhatIf.LEAVES: _leaves,
    WhatIf.ABOLISHED: _abolished,
    WhatIf.MERGED: _merged,
    WhatIf.TIED: _tied,
    WhatIf.MENDED: _mended,
    WhatIf.JOINS: _joins,
}


def _names(shown: PowerMap, parties: Sequence[str]) -> str:
    return listed(shown.party(party).name for party in parties)
