"""The pictures of a paper, drawn from the part of the map that the paper may show."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from api.figures.asked import FigureAsked, Making, Shows
from api.figures.before_after import of_those_it_is_about, sentence_of
from api.figures.comparing import comparing
from api.figures.drawing import first_that_holds
from api.figures.ground import Ground
from api.pages.questions.highlight import view_of_row
from api.paper.asked import AskedQuestion
from graph.findings.answer import Finding
from graph.findings.questions import QUESTIONS, Takes
from powermap.errors import InvalidValue, Problem
from powermap.schema import read_day
from visual.document.paper import Figure
from visual.figure.preset import Preset


@dataclass(frozen=True, kw_only=True)
class Artist:
    """Draws for one paper: upright where that holds all names, else on its side."""

    ground: Ground
    making: Making
    presets: tuple[Preset, ...]

    def asked_for(self, figures: Iterable[FigureAsked]) -> Iterator[Figure]:
        """Raises `InvalidValue` at the place of one that cannot be drawn, and says what could."""
        for place, asked in enumerate(figures):
            try:
                yield self._drawn(asked)
            except InvalidValue as error:
                raise InvalidValue(Problem(("figures", place), str(error))) from None

    def answering(self, finding: Finding, asked: AskedQuestion) -> Figure | None:
        """How the foremost finding looks on the map; None where there is nobody to draw."""
        figure = figure_answering(self.ground, finding, asked)
        if figure is None:
            return None
        whole = figure.shows is Shows.BEFORE_AFTER
        return self._drawn(figure, sentence_of(finding) if whole else finding.rows[0].sentence)

    def _drawn(self, asked: FigureAsked, sentence: str = "") -> Figure:
        making = replace(self.making, sentence=sentence)
        return first_that_holds(asked, self.ground, making, self.presets)


def figure_answering(
    ground: Ground, finding: Finding, asked: AskedQuestion, row: int = 1
) -> FigureAsked | None:
    """The figure that goes with an answer: one row of it, by its number from 1, on the map.

    What would change, and what did, stands beside what is; a later row is seen by itself.
    """
    if not 1 <= row <= len(finding.rows):
        return None
    both = comparing(asked.name, asked.parameters) if row == 1 else None
    if both:
        return of_those_it_is_about(both, ground)
    allowed = ground.allowed
    about = [id for value in asked.parameters.values() for id in str(value).split(";")]
    shown = allowed.held_on(_day(asked.name, asked.parameters) or allowed.header.as_at)
    view = view_of_row(allowed, shown, finding.rows[row - 1], about)
    return FigureAsked(view=view) if view else None


def _day(name: str, parameters: Mapping[str, Any]) -> date | None:
    """The day asked about; of several the latest."""
    known = QUESTIONS[name].parameters
    days = [
        read_day(str(value)) for key, value in parameters.items() if known[key].takes is Takes.DAY
    ]
    return max(days, default=None)
