"""Whom a draft is about and its paper may not tell of: said before the paper is worked out."""

from collections.abc import Iterator

from api.figures.asked import FigureAsked
from api.pages.naming import labels
from api.pages.papers.draft import Draft
from api.paper.asked import AskedQuestion, Ceiling
from graph.findings.questions import QUESTIONS, Takes
from powermap.errors import Problem
from powermap.model import PowerMap
from powermap.usecases.narrowing import up_to


def above_the_ceiling(whole: PowerMap, draft: Draft, ceiling: Ceiling) -> list[Problem]:
    """A problem for each item that names somebody who is more sensitive than the paper."""
    allowed, called = up_to(whole, ceiling.sensitivity).records, labels(whole)
    below = up_to(whole, Ceiling.CONFIDENTIAL.sensitivity).records
    named = [("questions", place, _asked_about(one)) for place, one in enumerate(draft.questions)]
    named += [("figures", place, _shown(one)) for place, one in enumerate(draft.figures)]
    found = []
    for sort, place, parties in named:
        above = next((id for id in parties if id in called and id not in allowed), None)
        if above is None:
            continue
        way = "remove it"
        if above in below:
            way += ", or choose “Open and confidential records”"
        message = f"{called[above]} is not among the records that this paper may hold: {way}"
        found.append(Problem((sort, place), message))
    return found


def _asked_about(question: AskedQuestion) -> Iterator[str]:
    for key, value in question.parameters.items():
        takes = QUESTIONS[question.name].parameters[key].takes
        if takes is Takes.PARTY:
            yield value
        elif takes is Takes.PARTIES:
            yield from value.split(";")


def _shown(figure: FigureAsked) -> Iterator[str]:
    if figure.view.focus:
        yield figure.view.focus
    yield from figure.view.mark.parties
    if figure.what_if:
        yield from figure.what_if.parties
