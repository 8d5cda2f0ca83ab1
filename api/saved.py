"""Saved questions, for the API and the command alike: what may be saved, and asking one again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from api.parameters import AtRevision, answered, query_schema
from graph.findings.answer import Finding
from graph.findings.plain import plain_finding
from graph.findings.questions import QUESTIONS
from powermap.errors import Conflict, InvalidValue, Problem, UnknownRevision
from powermap.model import PowerMap
from powermap.saved import QuestionToSave, SavedQuestion
from powermap.schema import problems_in

SINCE = {"gaps": "gaps-since"}
"""Questions that can tell for each row whether it is new, by the question that does."""


@dataclass(frozen=True, kw_only=True)
class Again:
    """A saved question asked again, beside its answer at the revision that was last seen."""

    saved: SavedQuestion
    now: Finding
    differs: bool | None = None
    """Whether the answer is another one; None where it could not be asked then."""
    then: tuple[str, ...] = ()
    """The sentences of then, where they differ."""
    since: Finding | None = None
    """What is new and what is gone, for the questions that can tell."""


def to_save(
    power_map: PowerMap, name: str, question: str, parameters: Mapping[str, Any], at: AtRevision
) -> tuple[QuestionToSave, Finding]:
    """The question as it can be kept, and its answer: what cannot be answered is not to be kept.

    Raises `InvalidValue` at the field that is not right.
    """
    if question not in QUESTIONS:
        raise InvalidValue.at("question", "must be one of: " + ", ".join(QUESTIONS))
    wanted = QuestionToSave(
        name=name,
        question=question,
        parameters=dict(parameters),
        seen_revision=power_map.revision,
    )
    try:
        return wanted, asked(power_map, question, parameters, at)
    except InvalidValue as error:
        raise error.under("parameters") from None


def asked_again(power_map: PowerMap, saved: SavedQuestion, at: AtRevision) -> Again:
    """The answer now beside the one that was last seen; nothing is changed by asking.

    Raises `Conflict` for a question that cannot be asked of the map as it stands.
    """
    if saved.question not in QUESTIONS:
        raise _cannot(saved, f"there is no question {saved.question!r} any more")
    try:
        now = asked(power_map, saved.question, saved.parameters, at)
    except InvalidValue as error:
        raise _cannot(saved, str(error)) from None
    try:
        if saved.question in SINCE:
            told = {**saved.parameters, "from_revision": str(saved.seen_revision)}
            since = asked(power_map, SINCE[saved.question], told, at)
            differs = any(row.facts["change"] != "still_there" for row in since.rows)
            return Again(saved=saved, now=now, differs=differs, since=since)
        then = asked(at(saved.seen_revision), saved.question, saved.parameters, at)
    except (InvalidValue, UnknownRevision):
        return Again(saved=saved, now=now)
    differs = (now.sentences, now.rows, now.thin) != (then.sentences, then.rows, then.thin)
    return Again(saved=saved, now=now, differs=differs, then=then.sentences if differs else ())


def plain_saved(saved: SavedQuestion) -> dict[str, Any]:
    """A saved question as JSON."""
    asked = QUESTIONS.get(saved.question)
    return {
        "id": saved.id,
        "name": saved.name,
        "question": saved.question,
        **({"asks": asked.asks} if asked else {}),
        "parameters": dict(saved.parameters),
        "seen_revision": saved.seen_revision,
        "seen_at": saved.seen_at.isoformat(),
        "saved_at": saved.saved_at.isoformat(),
        "saved_by": saved.saved_by,
        "version": saved.version,
    }


def plain_again(power_map: PowerMap, again: Again) -> dict[str, Any]:
    """A saved question asked again, as JSON; what cannot be told is left out."""
    told: dict[str, Any] = {
        "saved": plain_saved(again.saved),
        "revision": power_map.revision,
    }
    if again.differs is not None:
        told["differs"] = again.differs
    told["answer"] = plain_finding(power_map, again.now)
    if again.then:
        told["then"] = list(again.then)
    if again.since is not None:
        told["since"] = plain_finding(power_map, again.since)
    return told


def asked(
    power_map: PowerMap, question: str, parameters: Mapping[str, Any], at: AtRevision
) -> Finding:
    """The answer to a question whose parameters are text, or `InvalidValue` that names them."""
    wrong = [key for key, value in parameters.items() if not isinstance(value, str)]
    if wrong:
        why = "must be text, as in the address of the question"
        raise InvalidValue(*(Problem((key,), why) for key in wrong))
    try:
        sent = query_schema(question)().load(parameters)
    except ValidationError as error:
        raise InvalidValue(*problems_in(error.messages)) from None
    return answered(power_map, QUESTIONS[question], sent, at)


def _cannot(saved: SavedQuestion, why: str) -> Conflict:
    return Conflict(
        f"The saved question {saved.name!r} cannot be asked of the map as it stands: {why}. "
        "Save another in its place, or forget it."
    )
