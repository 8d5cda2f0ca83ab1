"""What stands out in a view: some people, a path, the pairs somebody joins, or a gap."""

from dataclasses import dataclass
from enum import StrEnum

from powermap.errors import InvalidValue

MOST_MARKED = 40


class MarkKind(StrEnum):
    PEOPLE = "people"
    """These, and the ties among them."""
    PATH = "path"
    """A way from the first to the last; the steps are numbered 1, 2, 3."""
    PAIRS = "pairs"
    """The first joins the others, two by two; the pairs are lettered A, B, C."""
    GAP = "gap"
    """The first two have no tie, and could have; any others belong to the reason."""


_LEAST = {MarkKind.PEOPLE: 0, MarkKind.PATH: 2, MarkKind.PAIRS: 3, MarkKind.GAP: 2}


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Leaders or organisations by id, in order."""

    kind: MarkKind = MarkKind.PEOPLE
    parties: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        number = len(self.parties)
        if not all(self.parties):
            raise InvalidValue.at("parties", "must hold no empty id")
        if number > MOST_MARKED:
            raise InvalidValue.at("parties", f"must name at most {MOST_MARKED}")
        if number < _LEAST[self.kind]:
            raise InvalidValue.at(
                "parties", f"must name at least {_LEAST[self.kind]} for {self.kind}"
            )
        if self.kind is MarkKind.PAIRS and number % 2 == 0:
            raise InvalidValue.at("parties", "must name who joins them, then the pairs two by two")
        if self.kind is not MarkKind.PAIRS and len(set(self.parties)) < number:
            raise InvalidValue.at("parties", "must name each one once")
