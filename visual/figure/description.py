"""A figure in words: what is read to somebody who cannot see it."""

from collections.abc import Mapping, Sequence

from visual.figure.words import Words
from visual.lines import Line, Views
from visual.picture import Highlight, Party
from visual.sectors import look_of


def description(
    words: Words, parties: Sequence[Party], lines: Sequence[Line], highlight: Highlight
) -> str:
    """Sentence, everybody with their sector, every tie, and the notes, in full."""
    names = {party.id: party.name.strip() or "(no name)" for party in parties}
    said = [f"{words.kind}.", words.sentence]
    everybody = [f"{names[party.id]} ({sectors_told(party)})" for party in parties]
    noun = words.noun[len(everybody) != 1]
    if everybody:
        said.append(f"It shows {len(everybody)} {noun}: {'; '.join(everybody)}.")
    told = [tie_told(one, names, highlight.letters.get(one.id, "")) for one in lines]
    if told:
        said.append(f"{len(told)} {'line' if len(told) == 1 else 'lines'}: {'; '.join(told)}.")
    if highlight.gap:
        one, other = (names[end] for end in highlight.gap)
        said.append(f"Between {one} and {other} no tie is recorded.")
    said += words.notes
    if words.marking:
        said.append(f"Marked {words.marking}.")
    return " ".join(part.strip() for part in said if part.strip())


def sectors_told(party: Party) -> str:
    looks = [look_of(sector) for sector in party.sectors] or [look_of(None)]
    return " and ".join(look.name for look in looks)


def tie_told(line: Line, names: Mapping[str, str], letter: str = "") -> str:
    ends = names[line.source], names[line.target]
    if line.views is Views.AGREED:
        told = " and ".join(ends)
    elif line.views is Views.STRUCTURE:
        told = " answers to ".join(ends)
    else:
        told = " names ".join(ends)
    return f"{told} ({letter})" if letter else told
