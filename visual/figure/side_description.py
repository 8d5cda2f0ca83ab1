"""Two sides in words: what is read to somebody who cannot see them."""

from collections.abc import Iterator, Mapping

from visual.figure.changes import PartyChange, TieChange
from visual.figure.description import sectors_told, tie_told
from visual.figure.sides import Side, Sides
from visual.figure.words import Words

_PARTY = {
    PartyChange.GONE: "{} is gone",
    PartyChange.COME: "{} is new",
    PartyChange.CHANGED: "{} has changed",
}
_TIE = {
    TieChange.TURNED: "the tie between {} has turned",
    TieChange.MADE: "{} have a tie that was not there",
    TieChange.LOST: "{} have lost a tie",
    TieChange.STRONGER: "the tie between {} is stronger",
    TieChange.WEAKER: "the tie between {} is weaker",
    TieChange.OTHER: "the tie between {} is seen otherwise",
}


def description(words: Words, sides: Sides) -> str:
    """Sentence, what differs, both sides with everybody and every tie, and the notes, in full."""
    differing = "; ".join(_differences(sides))
    said = [f"{words.kind}.", words.sentence]
    said.append(f"What differs: {differing}." if differing else "Nothing that is drawn differs.")
    said += [_told(side, words) for side in (sides.before, sides.after)]
    said += words.notes
    if words.marking:
        said.append(f"Marked {words.marking}.")
    return " ".join(part.strip() for part in said if part.strip())


def _differences(sides: Sides) -> Iterator[str]:
    names = {party.id: party.name.strip() or "(no name)" for party in sides.everybody}
    for id, change in sorted(sides.parties.items()):
        told = _PARTY[change].format(names[id])
        yield f"{told} ({sides.tags[id]})" if id in sides.tags else told
    for ends, layer in sorted(sides.ties, key=lambda place: (sorted(place[0]), place[1])):
        both = " and ".join(names[end] for end in sorted(ends))
        yield _TIE[sides.ties[ends, layer]].format(both)


def _told(side: Side, words: Words) -> str:
    names: Mapping[str, str] = {
        party.id: party.name.strip() or "(no name)" for party in side.parties
    }
    if not names:
        return f"{side.heading}: nobody."
    count = f"{len(names)} {words.noun[len(names) != 1]}"
    everybody = [f"{names[party.id]} ({sectors_told(party)})" for party in side.parties]
    told = f"{side.heading}: {count}: {'; '.join(everybody)}."
    ties = [tie_told(one, names) for one in side.lines]
    if not ties:
        return f"{told} No ties."
    return f"{told} {len(ties)} {'line' if len(ties) == 1 else 'lines'}: {'; '.join(ties)}."
