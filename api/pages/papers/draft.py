"""The paper that a reader is putting together: questions and figures by their text forms.

It holds ids, and no name but that of a newcomer whom somebody makes up, so it may lie in a cookie:
nothing of a paper that was never made is kept on the server. What stands on the front sheet is in
the form alone.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from flask import request
from werkzeug.wrappers import Response

from api.figures.asked import FigureAsked, figure_from_text
from api.pages.words import count
from api.paper.asked import MOST_FIGURES, MOST_QUESTIONS, AskedQuestion
from graph.findings.questions import QUESTIONS
from powermap.errors import InvalidValue

COOKIE = "powermap_paper"
MOST_CHARACTERS = 3500
"""In the cookie; browsers keep some 4,000 of one."""
_MONTH = 31 * 24 * 3600
_FIGURE = "figure"
_PICTURED = "*"
assert _FIGURE not in QUESTIONS

Item = AskedQuestion | FigureAsked
T = TypeVar("T", bound=Item)


@dataclass(frozen=True)
class Draft:
    """What the paper is to answer and to show, each in order and no item twice."""

    questions: tuple[AskedQuestion, ...] = ()
    figures: tuple[FigureAsked, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.questions or self.figures)

    @property
    def items(self) -> tuple[Item, ...]:
        return (*self.questions, *self.figures)

    def text(self) -> str:
        """All of it as one line: `draft_from_text` reads it back."""
        return "|".join(map(item_text, self.items))

    def told(self) -> str:
        """`2 answers and 1 picture`."""
        answers = count(len(self.questions), "answer")
        return f"{answers} and {count(len(self.figures), 'picture')}"

    def holds(self, item: Item) -> bool:
        """Whether it is in the paper, with a picture beside it or without."""
        return self.place_of(item) > 0

    def place_of(self, item: Item) -> int:
        """Which of all items it is, from 1; 0 for none of them."""
        keys = [key_of(one) for one in self.items]
        return keys.index(key_of(item)) + 1 if key_of(item) in keys else 0

    def adding(self, *items: Item) -> "Draft":
        """With these at the end; those that it holds stay where they are.

        Raises `InvalidValue` where it is full.
        """
        new = [item for item in items if not self.holds(item)]
        questions = [item for item in new if isinstance(item, AskedQuestion)]
        figures = [item for item in new if isinstance(item, FigureAsked)]
        found = Draft((*self.questions, *questions), (*self.figures, *figures))
        for held, most, noun in (
            (found.questions, MOST_QUESTIONS, "answers"),
            (found.figures, MOST_FIGURES, "pictures"),
        ):
            if len(held) > most:
                raise InvalidValue.at("add", f"has room for {most} {noun}: remove one first")
        if len(found.text()) > MOST_CHARACTERS:
            raise InvalidValue.at(
                "add",
                "has no room for so long a question or view as well: remove another first, or "
                "make a second paper",
            )
        return found

    def without(self, key: str) -> "Draft":
        return Draft(
            tuple(one for one in self.questions if key_of(one) != key),
            tuple(one for one in self.figures if key_of(one) != key),
        )

    def moved(self, key: str, by: int) -> "Draft":
        """With one item a place earlier (-1) or later (1) among its like."""
        return Draft(_moved(self.questions, key, by), _moved(self.figures, key, by))

    def pictured(self, *, ticked: AbstractSet[str], listed: AbstractSet[str]) -> "Draft":
        """With a picture beside the answers that are ticked and not beside the others listed."""
        return replace(
            self,
            questions=tuple(
                replace(one, picture=key_of(one) in ticked) if key_of(one) in listed else one
                for one in self.questions
            ),
        )


def _moved(items: tuple[T, ...], key: str, by: int) -> tuple[T, ...]:
    place = next((at for at, one in enumerate(items) if key_of(one) == key), None)
    if place is None or not 0 <= place + by < len(items):
        return items
    rest = [*items]
    rest.insert(place + by, rest.pop(place))
    return tuple(rest)


def item_text(item: Item) -> str:
    """`gaps*?kinds=one_way`, the star for a picture; `figure?layer=tensions`."""
    if isinstance(item, FigureAsked):
        return f"{_FIGURE}?{item.text()}"
    picture = _PICTURED if item.picture else ""
    return f"{item.name}{picture}?{urlencode(dict(item.parameters))}"


def key_of(item: Item) -> str:
    """What tells it from the others: a question is the same with a picture as without."""
    if isinstance(item, FigureAsked):
        return item_text(item)
    return item_text(replace(item, picture=False))


def item_from_text(text: str) -> Item:
    """The question or figure that a text form stands for, or `InvalidValue` at `item`.

    Whether the map can answer it is not looked at here.
    """
    head, _, query = text.partition("?")
    if head == _FIGURE:
        try:
            return figure_from_text(query)
        except InvalidValue as error:
            raise InvalidValue.at("item", f"is no view: {error}") from None
    name = head.removesuffix(_PICTURED)
    told = parse_qsl(query, keep_blank_values=True)
    parameters = {key: value for key, value in told if value}
    if name not in QUESTIONS:
        raise InvalidValue.at("item", "must begin with one of: " + ", ".join(QUESTIONS))
    if strange := parameters.keys() - QUESTIONS[name].parameters.keys():
        why = f"is told {min(strange)}, which the question {name} does not take"
        raise InvalidValue.at("item", why)
    return AskedQuestion(name=name, parameters=parameters, picture=head.endswith(_PICTURED))


def draft_from_text(text: str) -> Draft:
    """The draft as far as it can be read: what cannot be, or is too much, is left out."""
    draft = Draft()
    for item in _readable(text[:MOST_CHARACTERS]):
        try:
            draft = draft.adding(item)
        except InvalidValue:
            continue
    return draft


def _readable(text: str) -> Iterator[Item]:
    for part in text.split("|"):
        try:
            yield item_from_text(part)
        except InvalidValue:
            continue


def kept_draft() -> Draft:
    """The draft of this map in this browser."""
    return draft_from_text(request.cookies.get(COOKIE, ""))


def keep_draft(response: Response, map_id: str, draft: Draft) -> None:
    """Remember it in this browser for a month, or forget it where it is empty."""
    path = f"/maps/{map_id}"
    if not draft:
        response.delete_cookie(COOKIE, path=path, httponly=True, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        draft.text(),
        max_age=_MONTH,
        path=path,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
