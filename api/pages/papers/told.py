"""What a draft holds, in words: each question with what it is told by name, each view."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for
from werkzeug.datastructures import MultiDict

from api.figures.asked import FigureAsked, Shows
from api.figures.supposed import WhatIf
from api.mark import MarkKind
from api.pages.drawing import NOUNS
from api.pages.map_controls import filters_in_words
from api.pages.matrix_rows import Rows
from api.pages.naming import labels
from api.pages.papers.draft import Draft, Item, item_text, key_of
from api.pages.questions.form import Field, read
from api.pages.questions.wording import asked_as, index
from api.pages.words import count, day, headed, listed
from api.paper.asked import AskedQuestion
from api.view import Extent, View
from graph.findings.questions import QUESTIONS, Takes
from powermap.errors import InvalidValue
from powermap.model import PowerMap
from powermap.saved import SavedQuestion
from powermap.schema import read_day

_MOST_NAMED = 3
GONE = "somebody who is not on the map any more"
_SHOWN = {
    "before_after": "Before and after",
    "matrix": "Who with whom",
    "power_interest": "Power–interest grid",
}
_ROWS = {Rows.ORGANISATION: "organisation", Rows.SECTOR: "sector"}
_SUPPOSED = {
    WhatIf.LEAVES: "{0} left",
    WhatIf.ABOLISHED: "{1} were abolished",
    WhatIf.MERGED: "{0} merged",
    WhatIf.TIED: "{0} were tied",
    WhatIf.MENDED: "{0} mended their tie",
    WhatIf.JOINS: "somebody joined {1}",
}
"""What is supposed, with the names of all, and of the first."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """One item of the draft, as the page lists it."""

    key: str
    heading: str
    facts: tuple[str, ...]
    address: str
    """Where it is seen on a page of its own."""
    picture: bool = False
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Something that can be put into the paper by choosing it from a list."""

    text: str
    words: str


def told_of(whole: PowerMap, draft: Draft) -> tuple[list[Told], list[Told]]:
    """The questions and the figures, in order."""
    called = labels(whole)
    return (
        [_question(whole, one) for one in draft.questions],
        [_figure(whole, one, called) for one in draft.figures],
    )


def heading_of(whole: PowerMap, item: Item) -> str:
    """One of them in a line."""
    if isinstance(item, FigureAsked):
        return _figure(whole, item, labels(whole)).heading
    return _question(whole, item).heading


def problem_with(whole: PowerMap, item: Item) -> str:
    """Why the map cannot be asked it as it stands; empty where it can."""
    if isinstance(item, FigureAsked):
        return _figure(whole, item, labels(whole)).problem
    return _question(whole, item).problem


def offers(draft: Draft, saved: tuple[SavedQuestion, ...]) -> list[tuple[str, list[Offer]]]:
    """Questions that can be added as they are, in groups: those that need no name, and one's own.

    What the draft holds is left out.
    """
    groups = [
        (
            title,
            [
                _offer(AskedQuestion(name=entry.name, parameters=entry.chosen), entry.heading)
                for entry in entries
                if not any(p.required for p in QUESTIONS[entry.name].parameters.values())
            ],
        )
        for title, entries in index()
    ]
    own = [
        _offer(AskedQuestion(name=one.question, parameters=one.parameters), one.name)
        for one in saved
        if one.question in QUESTIONS
    ]
    held = {key_of(item) for item in draft.items}
    fresh = [
        (title, [offer for offer in found if offer.text not in held])
        for title, found in [("Questions that you saved", own), *groups]
    ]
    return [(title, found) for title, found in fresh if found]


def _offer(question: AskedQuestion, words: str) -> Offer:
    return Offer(text=item_text(question), words=words)


def _question(whole: PowerMap, asked: AskedQuestion) -> Told:
    told = MultiDict(asked.parameters)
    entered = read(whole, asked.name, told, typed=False, me=None).requiring_all()
    texts = {key: str(value) for key, value in asked.parameters.items()}
    heading = asked_as(asked.name, texts)
    in_heading = {"kinds"} if heading != QUESTIONS[asked.name].asks else set[str]()
    facts = [
        f"{field.label}: {_value(field)}"
        for field in entered.fields
        if field.texts and field.name not in in_heading
    ]
    return Told(
        key=key_of(asked),
        heading=heading,
        facts=tuple(facts),
        address=url_for(
            "pages.question", map_id=whole.header.id, name=asked.name, **asked.parameters
        ),
        picture=asked.picture,
        problem=next((one["message"] for one in entered.summary), ""),
    )


def _value(field: Field) -> str:
    if field.takes is Takes.DAY:
        return ", ".join(map(_day, field.texts))
    return ", ".join(field.options.get(text, text) for text in field.texts)


def _day(text: str) -> str:
    try:
        return day(read_day(text))
    except InvalidValue:
        return text


def _figure(whole: PowerMap, asked: FigureAsked, called: Mapping[str, str]) -> Told:
    view, supposed = asked.view, asked.what_if
    heading = f"{headed(view.layer)} between {NOUNS[view.unit][1]}"
    if asked.shows is Shows.POWER_INTEREST:
        heading = f"{_SHOWN[asked.shows]}: opinions of people by name"
    elif asked.shows is not Shows.MAP:
        heading = f"{_SHOWN.get(asked.shows, headed(asked.shows))}: {heading.lower()}"
    named = [*view.mark.parties, *(supposed.parties if supposed else ())]
    named += [view.focus] if view.focus else []
    gone = any(party not in called for party in named)
    return Told(
        key=key_of(asked),
        heading=heading,
        facts=(*_of_the_sort(asked, called), *_facts(whole, view, called)),
        address=_address(whole.header.id, asked),
        problem=f"It shows {GONE}: remove it." if gone else "",
    )


def _address(map_id: str, asked: FigureAsked) -> str:
    """The same view as a page; a sort of picture that no page shows, as a picture."""
    view = asked.view
    if asked.shows is Shows.MAP:
        return url_for("pages.map", map_id=map_id, **view.address())
    if asked.shows is Shows.MATRIX and not view.filtered:
        values = {key: view.address().get(key) for key in ("layer", "unit", "on")}
        return url_for("pages.matrix", map_id=map_id, rows=asked.rows, **values)
    return url_for("figure.read_figure", map_id=map_id, format="png", **asked.address())


def _of_the_sort(asked: FigureAsked, called: Mapping[str, str]) -> Iterator[str]:
    """What a sort of picture is told beside its view."""
    if asked.before:
        yield f"beside {day(asked.before)}"
    if asked.since:
        yield f"beside revision {asked.since}"
    if supposed := asked.what_if:
        names = [called.get(party, GONE) for party in supposed.parties]
        yield f"if {_SUPPOSED[supposed.what].format(listed(names), names[0])}"
    if asked.rows:
        yield f"a row for each {_ROWS.get(asked.rows, NOUNS[asked.view.unit][0])}"
    if asked.names:
        yield f"at most {count(asked.names, 'name')}"


def _facts(whole: PowerMap, view: View, called: Mapping[str, str]) -> Iterator[str]:
    """What is seen in it beside the usual."""

    def name(party: str) -> str:
        return called.get(party, GONE)

    yield f"as at {day(view.on or whole.header.as_at)}"
    yield from filters_in_words(view)
    if view.focus:
        yield f"round {name(view.focus)}, within {count(view.distance, 'step')}"
    marked = view.mark.parties
    if marked and view.mark.kind is MarkKind.PATH:
        yield f"the way from {name(marked[0])} to {name(marked[-1])}"
    elif marked and view.mark.kind is MarkKind.PAIRS:
        yield f"whom {name(marked[0])} joins"
    elif marked and view.mark.kind is MarkKind.GAP:
        yield f"no tie between {name(marked[0])} and {name(marked[1])}"
    elif marked:
        names = [name(party) for party in marked[:_MOST_NAMED]]
        more = len(marked) - len(names)
        yield f"with {listed([*names, *([f'{more} more'] if more else [])])} standing out"
    if view.show is not Extent.OPENING:
        yield "everybody" if view.show is Extent.ALL else "the top by what is emphasised"
