"""The form of a question, generated from its parameters, and what was entered in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from api.pages.naming import labels, meant
from api.pages.questions.wording import LABELS, kind_words, worded
from api.pages.words import day
from api.parameters import query_schema
from graph.findings.gaps import Gap
from graph.findings.questions import QUESTIONS, Parameter, Takes
from powermap.errors import Problem
from powermap.model import PowerMap
from powermap.schema import problems_in

MOST_NAMES = 12
"""How many people or bodies one question is asked about at once."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing a question takes: how it is asked for, and what was entered."""

    name: str
    takes: Takes
    label: str
    hint: str
    required: bool
    texts: tuple[str, ...] = ()
    """As typed, or what the person or body is called where it is known who is meant."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What there is to choose from, with the words for it; empty where it is typed."""
    lowest: int = 1
    highest: int = 1
    problem: str = ""
    offers: tuple[tuple[str, str], ...] = ()
    """Those who could be meant: the id, and what they are called."""

    @property
    def id(self) -> str:
        return f"ask-{self.name}"

    @property
    def places(self) -> Sequence[str]:
        """The texts, and room for more where several are asked for."""
        if self.takes is not Takes.PARTIES:
            return self.texts or ("",)
        return [*self.texts, *[""] * max(1, 3 - len(self.texts))][:MOST_NAMES]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was entered: its text form, its values, and all that is wrong with it."""

    fields: tuple[Field, ...]
    texts: Mapping[str, Any]
    """The parameters, each as text, as the API takes them, and as they stand in an address."""
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()

    @property
    def complete(self) -> bool:
        return not any(f.required and f.name not in self.texts for f in self.fields)

    @property
    def summary(self) -> list[dict[str, str]]:
        """The problems for the error summary at the top of the page."""
        known = {field.name: field for field in self.fields}
        told = []
        for problem in self.problems:
            about = known.get(str(problem.path[0])) if problem.path else None
            words = f"{about.label}: {problem.message}." if about else _about(problem)
            told.append({"field": about.id if about else "", "message": words})
        return told

    def with_problems(self, problems: Iterable[Problem]) -> "Asked":
        """The same, with what turned out wrong when the question was asked."""
        found = tuple(problems)
        about = {str(p.path[0]): p.message for p in reversed(found) if p.path}
        fields = tuple(
            replace(f, problem=about[f.name]) if f.name in about else f for f in self.fields
        )
        return replace(self, fields=fields, problems=(*self.problems, *found))

    def requiring_all(self) -> "Asked":
        """The same, where what is needed and was left empty is a problem."""
        return self.with_problems(
            Problem((f.name,), "is needed")
            for f in self.fields
            if f.required and f.name not in self.texts and not f.problem
        )


def read(
    whole: PowerMap, name: str, sent: "MultiDict[str, str]", *, typed: bool, me: str | None
) -> Asked:
    """Read what was sent to a question: by its form, where names are typed, or in an address."""
    fields: list[Field] = []
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    called = labels(whole)
    for key, parameter in QUESTIONS[name].parameters.items():
        given = [text.strip() for text in sent.getlist(key) if text.strip()]
        if key == "me" and not given and me is not None:
            given = [me]
        entered = _field(key, parameter, whole)
        if parameter.takes in (Takes.PARTY, Takes.PARTIES):
            if parameter.takes is Takes.PARTIES and not typed:
                # Names may hold semicolons; an address holds ids.
                given = [one.strip() for text in given for one in text.split(";") if one.strip()]
            entered, ids = _resolved(whole, entered, given, called)
            text = ";".join(ids) if not entered.problem else ""
        else:
            if parameter.takes is Takes.GAPS:
                given = [one.strip() for text in given for one in text.split(",") if one.strip()]
            entered = replace(entered, texts=tuple(given))
            text = ",".join(given) if parameter.takes is Takes.GAPS else "".join(given[:1])
        if len(given) > 1 and parameter.takes not in (Takes.PARTIES, Takes.GAPS):
            entered = replace(entered, problem="is given more than once")
        if entered.problem:
            problems.append(Problem((key,), entered.problem))
        elif text:
            texts[key] = text
        fields.append(entered)
    values: Mapping[str, Any] = {}
    wrong: list[Problem] = []
    try:
        values = query_schema(name)().load(texts, partial=True)
    except ValidationError as error:
        wrong = problems_in(error.messages)
    asked = Asked(fields=tuple(fields), texts=texts, values=values, problems=tuple(problems))
    return asked.with_problems(wrong)


def _resolved(
    whole: PowerMap, entered: Field, given: Sequence[str], called: Mapping[str, str]
) -> tuple[Field, list[str]]:
    """Whom the names mean, each; the first that is not clear is the problem of the field."""
    ids, shown = [], []
    problem = ""
    offers: tuple[tuple[str, str], ...] = ()
    if len(given) > MOST_NAMES:
        problem = f"names more than {MOST_NAMES}"
    for text in given[:MOST_NAMES]:
        found = meant(whole, text)
        if found.id is not None:
            ids.append(found.id)
        elif not problem:
            problem = found.message
            offers = tuple((id, called[id]) for id in found.offers)
        shown.append(called[found.id] if found.id else text)
    return replace(entered, texts=tuple(shown), problem=problem, offers=offers), ids


def _field(key: str, parameter: Parameter, whole: PowerMap) -> Field:
    options: dict[str, str] = {}
    if parameter.takes is Takes.GAPS:
        options = {kind: kind_words(kind) for kind in Gap}
    elif parameter.options is not None:
        options = {option: worded(option).capitalize() for option in parameter.options}
    label, hint = LABELS.get(key, (worded(key).capitalize(), None))
    hint = parameter.doc if hint is None else hint
    return Field(
        name=key,
        takes=parameter.takes,
        label=label,
        hint=hint.format(as_at=day(whole.header.as_at), revision=whole.revision),
        required=parameter.required,
        options=options,
        lowest=parameter.lowest,
        highest=whole.revision if parameter.takes is Takes.REVISION else parameter.highest,
    )


def _about(problem: Problem) -> str:
    where = ".".join(map(str, problem.path))
    return f"{where}: {problem.message}." if where else f"{problem.message}."
