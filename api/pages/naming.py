"""From a typed name to the person or body it means, and what each is called where names repeat."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from graph.posts import places_held
from powermap.model import Leader, Organisation, PowerMap
from powermap.vocabulary import RecordKind

MOST_OFFERED = 8
PARTIES = (RecordKind.LEADER, RecordKind.ORGANISATION)


@dataclass(frozen=True, kw_only=True)
class Meant:
    """Whom a typed name means; where that is not one alone, what is wrong and who is near."""

    id: str | None = None
    message: str = ""
    offers: tuple[str, ...] = ()
    """Ids of those it could mean, the likeliest first."""


def labels(whole: PowerMap, kinds: Iterable[RecordKind] = PARTIES) -> dict[str, str]:
    """What to call each person or body in a list to choose from: no two alike, by name.

    Where two have one name, the post or the kind of body tells them apart, else the id.
    """
    parties: dict[str, Leader | Organisation] = {}
    for kind in kinds:
        parties |= whole.leaders if kind is RecordKind.LEADER else whole.organisations
    called = {id: party.name for id, party in parties.items()}
    for tell_apart in (_with_role, _with_id):
        times = Counter(map(_folded, called.values()))
        alike = {id: parties[id] for id, name in called.items() if times[_folded(name)] > 1}
        if alike:
            called |= tell_apart(whole, alike)
    return dict(sorted(called.items(), key=lambda each: (_folded(each[1]), each[0])))


def meant(
    whole: PowerMap, typed: str, kinds: Iterable[RecordKind] = PARTIES, what: str = ""
) -> Meant:
    """Whom a name, a label of `labels` or an id means; capitals and accents do not matter."""
    called = labels(whole, kinds)
    sought = _folded(typed)
    if typed in called:
        return Meant(id=typed)
    by_label = [id for id, label in called.items() if _folded(label) == sought]
    by_name = [id for id in called if _folded(whole.party(id).name) == sought]
    found = by_label or by_name
    if len(found) == 1:
        return Meant(id=found[0])
    if found:
        return Meant(
            message=f"{len(found)} on this map are called “{_short(typed)}”: choose which is meant",
            offers=tuple(found[:MOST_OFFERED]),
        )
    near = _near(called, {id: whole.party(id).name for id in called}, sought)
    nobody = f"nobody and nothing on this map is called “{_short(typed)}”"
    if what:
        nobody = f"no {what} on this map is called “{_short(typed)}”"
    return Meant(
        message=f"{nobody}{': choose below, or type another name' if near else ''}", offers=near
    )


def _near(called: Mapping[str, str], names: Mapping[str, str], sought: str) -> tuple[str, ...]:
    """Those whose names hold all that was typed, those whose posts do, those spelt alike."""
    words = sought.split()
    holding = [
        id
        for text in (names, called)
        for id in called
        if words and all(word in _folded(text[id]) for word in words)
    ]
    by_spelling: dict[str, list[str]] = {}
    for id, name in names.items():
        by_spelling.setdefault(_folded(name)[:80], []).append(id)
    alike = get_close_matches(sought[:80], by_spelling, n=MOST_OFFERED, cutoff=0.6)
    found = [*holding, *(id for spelling in alike for id in by_spelling[spelling])]
    return tuple(dict.fromkeys(found))[:MOST_OFFERED]


def _with_role(whole: PowerMap, parties: Mapping[str, Leader | Organisation]) -> dict[str, str]:
    shown = whole.held_on(whole.header.as_at)
    places = places_held(shown)
    told = {}
    for id, party in parties.items():
        if isinstance(party, Organisation):
            told[id] = f"{party.name} ({party.kind.replace('_', ' ')})"
        elif held := places.get(id):
            body = whole.organisations[held[0].to].name
            told[id] = f"{party.name} ({held[0].title}, {body})"
    return told


def _with_id(whole: PowerMap, parties: Mapping[str, Leader | Organisation]) -> dict[str, str]:
    return {id: f"{party.name} ({id})" for id, party in parties.items()}


def _folded(text: str) -> str:
    """Without capitals, accents and doubled spaces, so that what looks alike is alike."""
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(mark for mark in apart if not unicodedata.combining(mark))
    return " ".join(plain.casefold().split())


def _short(typed: str) -> str:
    return typed if len(typed) <= 60 else typed[:59] + "…"
