"""What is written on the cards of a figure, and how high the cards must be for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from visual.cards import CardStyle, Lettering
from visual.figure.preset import Size
from visual.figure.signs import writable
from visual.picture import Party
from visual.typeface import fit, width_of

LEADING = 3
MARGIN = 7
USUAL_LINES = 2


@dataclass(frozen=True, kw_only=True)
class Cards:
    """The one size of all cards, what each says, and whose name does not stand there in full."""

    style: CardStyle
    lettering: Mapping[str, Lettering]
    short: tuple[str, ...]


def cards(parties: Sequence[Party], size: Size, most_lines: int) -> Cards:
    """As high as the longest name needs, up to so many lines; past that it ends in an ellipsis."""
    style = size.roomy if len(parties) <= size.most_roomy else size.compact
    for lines in range(USUAL_LINES, max(most_lines, USUAL_LINES) + 1):
        lettered = {party.id: _lettering(party, style, lines) for party in parties}
        short = tuple(
            party.id
            for party in parties
            if lettered[party.id].name[-1].endswith("…") and not party.name.endswith("…")
        )
        if not short:
            break
    rows = max((len(one.name) + len(one.role) for one in lettered.values()), default=1)
    height = max(rows, USUAL_LINES) * pitch(style) + 2 * MARGIN
    return Cards(
        style=replace(style, height=height),
        lettering=lettered,
        short=short,
    )


def _breakable(name: str, style: CardStyle) -> str:
    """The name with room after its hyphens, where a part of it is too wide for one line."""
    words = [
        word.replace("-", "- ").rstrip()
        if width_of(word, style.name_size, "semibold") > style.text_width
        else word
        for word in writable(name).split()
    ]
    return " ".join(words)


def pitch(style: CardStyle) -> int:
    """From one line of a card to the next."""
    return style.name_size + LEADING


def _lettering(party: Party, style: CardStyle, lines: int) -> Lettering:
    name = fit(_breakable(party.name, style), style.text_width, style.name_size, "semibold", lines)
    role: tuple[str, ...] = ()
    if style.role_size and party.role:
        room = max(1, 4 - len(name))
        role = fit(writable(party.role), style.text_width, style.role_size, "regular", room)
    return Lettering(name or ("(no name)",), role)
