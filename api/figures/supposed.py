"""What is supposed in a figure of what would change, as one value with one text form."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote

from powermap.errors import InvalidValue, Problem

MOST_PARTIES = 20


class WhatIf(StrEnum):
    """What would happen, and to whom: the ids that follow."""

    LEAVES = "leaves"
    """A leader."""
    ABOLISHED = "abolished"
    """A body, and perhaps the one that takes over."""
    MERGED = "merged"
    """Two bodies or more."""
    TIED = "tied"
    """Two people, or two bodies."""
    MENDED = "mended"
    """The same two, and perhaps how strong their tie would be."""
    JOINS = "joins"
    """The body that somebody new joins, and one leader or more whom they know."""


_NUMBERS = {
    WhatIf.LEAVES: (1, 1),
    WhatIf.ABOLISHED: (1, 2),
    WhatIf.MERGED: (2, MOST_PARTIES),
    WhatIf.TIED: (2, 2),
    WhatIf.MENDED: (2, 2),
    WhatIf.JOINS: (2, MOST_PARTIES),
}
GRAMMAR = (
    "one of leaves:ID, abolished:ID[,SUCCESSOR], merged:ID,ID,…, tied:ID,ID, "
    "mended:ID,ID[,STRENGTH] and joins:BODY,CONTACT,…"
)


@dataclass(frozen=True, kw_only=True)
class Supposed:
    """Leaders and organisations by id, in order."""

    what: WhatIf
    parties: tuple[str, ...]
    strength: int | None = None
    """Of a mended tie, 1 to 5; as strong as the question has it unless given."""

    def text(self) -> str:
        """`supposed_from` reads it back."""
        parts = [quote(party, safe="") for party in self.parties]
        parts += [] if self.strength is None else [str(self.strength)]
        return f"{self.what}:{','.join(parts)}"


def supposed_from(text: str) -> Supposed:
    """What a text supposes. Raises `InvalidValue` that says what would be right."""
    kind, _, rest = text.partition(":")
    parties = [unquote(part.strip()) for part in rest.split(",")]
    if kind not in set(WhatIf):
        raise InvalidValue(Problem((), f"must be {GRAMMAR}"))
    what, strength = WhatIf(kind), None
    if what is WhatIf.MENDED and len(parties) == 3:
        last = parties.pop()
        if last not in tuple("12345"):
            raise InvalidValue(Problem((), "must end in a strength from 1 to 5, or in no strength"))
        strength = int(last)
    least, most = _NUMBERS[what]
    if not all(parties) or not least <= len(parties) <= most or len(set(parties)) < len(parties):
        raise InvalidValue(Problem((), f"must be {GRAMMAR}, each id once"))
    return Supposed(what=what, parties=tuple(parties), strength=strength)
