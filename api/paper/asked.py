"""What a board paper is asked to hold; the same for the API and the command."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from api.figures.asked import FigureAsked
from powermap.vocabulary import Sensitivity

MOST_QUESTIONS = 12
MOST_FIGURES = 6


class Ceiling(StrEnum):
    """The most sensitive records that a paper may rest on; what is private never leaves in one."""

    OPEN = "open"
    CONFIDENTIAL = "confidential"

    @property
    def sensitivity(self) -> Sensitivity:
        return Sensitivity(self.value)

    @property
    def marking(self) -> str:
        """What stands on the paper unless another marking is given."""
        return "OFFICIAL" if self is Ceiling.OPEN else "OFFICIAL-SENSITIVE"


class Purpose(StrEnum):
    """What the board is to do with it."""

    DECISION = "decision"
    ASSURANCE = "assurance"
    DISCUSSION = "discussion"
    NOTING = "noting"


@dataclass(frozen=True, kw_only=True)
class FrontSheet:
    """What a secretary needs to file the paper; what is left out does not stand on it."""

    title: str | None = None
    meeting: str | None = None
    held_on: date | None = None
    item: str | None = None
    lead: str | None = None
    author: str | None = None
    purpose: Purpose | None = None
    recommendation: str | None = None


@dataclass(frozen=True, kw_only=True)
class AskedQuestion:
    """One question by its name, and its parameters as they would be sent to it."""

    name: str
    parameters: Mapping[str, Any]
    picture: bool = False
    """Whether its foremost finding stands there as a picture too."""


@dataclass(frozen=True, kw_only=True)
class PaperAsked:
    """All of it."""

    questions: tuple[AskedQuestion, ...]
    figures: tuple[FigureAsked, ...] = ()
    front: FrontSheet = FrontSheet()
    ceiling: Ceiling = Ceiling.OPEN
    pseudonyms: bool = False
    marking: str | None = None

    @property
    def marking_told(self) -> str:
        """What stands in header and footer."""
        return self.marking or self.ceiling.marking


def paper_asked(values: Mapping[str, Any]) -> PaperAsked:
    """The paper that a body asks for, once it has been read: `PaperBody` names what it holds."""
    return PaperAsked(
        questions=tuple(AskedQuestion(**one) for one in values["questions"]),
        figures=tuple(values["figures"]),
        front=FrontSheet(**values["front_sheet"]),
        ceiling=values["ceiling"],
        pseudonyms=values["pseudonyms"],
        marking=values.get("marking"),
    )
