"""The form of a paper: what is typed into it, and the paper that it asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from marshmallow import ValidationError

from api.pages.papers.allowed import above_the_ceiling
from api.pages.papers.draft import Draft
from api.pages.questions.wording import LABELS as PARAMETERS
from api.paper.asked import PaperAsked, paper_asked
from api.resources.papers import PaperBody
from powermap.errors import InvalidValue, Problem
from powermap.model import PowerMap
from powermap.schema import problems_in
from visual.document.template import Template, read_template

LABELS: Mapping[str, str] = {
    "title": "Title",
    "meeting": "Meeting",
    "date": "Date of the meeting",
    "item": "Agenda item",
    "lead": "Lead",
    "author": "Author",
    "purpose": "Purpose",
    "recommendation": "Recommendation",
    "ceiling": "What may be in it",
    "pseudonyms": "Pseudonyms",
    "marking": "Marking",
    "template": "Your Word template",
    "add": "The paper",
}
"""What each field is called on the page, and in what is said of it."""
_FRONT = ("title", "meeting", "date", "item", "lead", "author", "purpose", "recommendation")
_RECOMMENDED = (
    "The Board is asked to note what the map shows, and to agree who takes each next step."
)


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What was typed, as it was typed, and all that is wrong with it."""

    texts: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    file_sent: bool = False
    """Whether a template came along: a browser does not keep the file that was chosen."""

    def with_problems(self, problems: Iterable[Problem]) -> "Entered":
        return Entered(
            texts=self.texts, problems=(*self.problems, *problems), file_sent=self.file_sent
        )

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong by field."""
        found: dict[str, str] = {}
        for problem in self.problems:
            found.setdefault(_field(problem), problem.message)
        return found

    @property
    def summary(self) -> list[dict[str, str]]:
        """The problems for the error summary at the top of the page."""
        return [{"field": _field(each), "message": _said(each)} for each in self.problems]


def beginning() -> Entered:
    """The form before anything is typed."""
    return Entered(texts=_texts(ceiling="open", recommendation=_RECOMMENDED))


def sent() -> Entered:
    """What the form was sent with."""
    # A browser ends each line of a form in carriage return and line feed, whatever was typed.
    texts = {name: request.form.get(name, "").replace("\r\n", "\n") for name in LABELS}
    file = request.files.get("template")
    return Entered(texts=texts, file_sent=bool(file and file.filename))


def again(asked: Mapping[str, Any]) -> Entered:
    """The form as it was when a paper was made that is on record."""
    told = {name: str(asked["front_sheet"].get(name, "")) for name in _FRONT}
    return Entered(
        texts=_texts(
            **told,
            ceiling=asked["ceiling"],
            pseudonyms="true" if asked["pseudonyms"] else "",
            marking=asked.get("marking", ""),
        )
    )


def _texts(**given: str) -> dict[str, str]:
    return {**dict.fromkeys(LABELS, ""), **given}


def wanted(whole: PowerMap, draft: Draft, entered: Entered) -> PaperAsked:
    """The paper that the draft and the form ask for, or `InvalidValue` at the fields."""
    typed = {name: text.strip() for name, text in entered.texts.items() if text.strip()}
    body: dict[str, Any] = {
        "questions": [
            {"name": one.name, "parameters": dict(one.parameters), "picture": one.picture}
            for one in draft.questions
        ],
        "figures": [figure.text() for figure in draft.figures],
        "front_sheet": {name: typed[name] for name in _FRONT if name in typed},
        "ceiling": typed.get("ceiling", "open"),
        "pseudonyms": "pseudonyms" in typed,
    }
    if "marking" in typed:
        body["marking"] = typed["marking"]
    if not draft.questions:
        raise InvalidValue.at("add", "needs a question to answer: choose one and add it")
    try:
        asked = paper_asked(PaperBody().load(body))
    except ValidationError as error:
        raise InvalidValue(*problems_in(error.messages)) from None
    if above := above_the_ceiling(whole, draft, asked.ceiling):
        raise InvalidValue(*above)
    return asked


def template_sent() -> Template | None:
    """The look of the Word document that came along, or `InvalidValue` at `template`."""
    file = request.files.get("template")
    return read_template(file.read()) if file and file.filename else None


def _field(problem: Problem) -> str:
    """The id of the input, or of the item, that a problem is about."""
    if not problem.path:
        return ""
    first, *rest = problem.path
    if first == "front_sheet" and rest:
        return str(rest[0])
    if first in ("questions", "figures"):
        number = rest[0] if rest and isinstance(rest[0], int) else None
        return "add" if number is None else f"{str(first)[:-1]}-{number + 1}"
    return str(first) if first in LABELS else ""


def _said(problem: Problem) -> str:
    field = _field(problem)
    kind, _, number = field.partition("-")
    called = LABELS.get(field) or f"{kind.capitalize()} {number}".strip()
    words = [called] if called else []
    if "parameters" in problem.path and problem.path[-1] in PARAMETERS:
        words.append(PARAMETERS[str(problem.path[-1])][0].lower())
    return ": ".join([*words, f"{problem.message}."])
