"""What in a paper reads differently now: the same questions of the map as it was and as it is."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from api.paper.asked import AskedQuestion, Ceiling
from api.paper.content import MOST_SENTENCES, Read, allowed_by, answers_to, chosen_of
from api.paper.pseudonyms import Pseudonyms
from api.paper.record import questions_of
from powermap.errors import InvalidValue, TooMuch, UnknownRevision
from powermap.model import PowerMap
from powermap.papers import KeptPaper

T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """A row of an answer as it stands in the paper."""

    sentence: str
    next_step: str | None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a paper says to one question; its evidence and its picture are not compared."""

    heading: str
    sentences: tuple[str, ...]
    caution: str | None
    """Why the map is too thin to answer surely."""
    lines: tuple[Line, ...]
    of: int
    """How many rows the whole answer has, of which the lines are the foremost."""


@dataclass(frozen=True, kw_only=True)
class AnswerSince:
    """One question of a paper, then and now."""

    asked: AskedQuestion
    then: Reading | None
    """None where it can no longer be told: what it rested on may be hidden by now."""
    now: Reading | None
    why_not: str | None = None
    """Why the question cannot be asked of the map as it stands."""

    @property
    def differs(self) -> bool | None:
        """Whether the paper would read differently; None where what it said cannot be told."""
        return None if self.then is None else self.then != self.now

    @property
    def gone(self) -> tuple[Line, ...]:
        """Lines of the paper that it would not have now; where they only changed places, those."""
        return only_in(_lines(self.then), _lines(self.now))

    @property
    def new(self) -> tuple[Line, ...]:
        """Lines that it would have now and has not, likewise."""
        return only_in(_lines(self.now), _lines(self.then))


@dataclass(frozen=True, kw_only=True)
class MovedOn:
    """A paper beside the map as it is now."""

    paper: KeptPaper
    revision: int
    """The revision that the map has come to."""
    answers: tuple[AnswerSince, ...]

    @property
    def by(self) -> int:
        """How many revisions the map has moved on since the paper was made."""
        return self.revision - self.paper.revision

    @property
    def differing(self) -> int:
        """How many answers read differently now."""
        return sum(answer.differs is True for answer in self.answers)


def moved_on(paper: KeptPaper, read: Read) -> MovedOn:
    """The paper's questions again, of its revision and of the present one.

    Both are seen as its reader may see them today, up to the paper's ceiling as it was drawn at
    each: what was open then stands in the paper, whatever became of it. Where it has pseudonyms,
    each person has one for both. Nothing is changed by asking.
    """
    pseudonyms = Pseudonyms() if paper.pseudonyms else None
    ceiling = Ceiling(paper.ceiling.value)

    def read_then(revision: int | None) -> PowerMap:
        return read(paper.revision if revision is None else revision)

    seen_then = allowed_by(ceiling, pseudonyms, read_then)
    seen_now = allowed_by(ceiling, pseudonyms, read)

    def reading(question: AskedQuestion, shown: PowerMap, seen: Read) -> Reading:
        (answer,) = answers_to([question], shown, seen, pseudonyms)
        finding = answer.finding
        return Reading(
            heading=answer.heading,
            sentences=finding.sentences[:MOST_SENTENCES],
            caution=finding.thin,
            lines=tuple(Line(row.sentence, row.next_step) for _, row in chosen_of(finding.rows)),
            of=len(finding.rows),
        )

    # First as it was, so that people have the letters they have in the paper.
    then = None
    with suppress(UnknownRevision):
        then = seen_then(None)
    now = seen_now(None)

    def since(question: AskedQuestion) -> AnswerSince:
        was = None
        if then is not None:
            with suppress(InvalidValue, TooMuch):
                was = reading(question, then, seen_then)
            if was and then.revision == now.revision:
                return AnswerSince(asked=question, then=was, now=was)
        try:
            return AnswerSince(asked=question, then=was, now=reading(question, now, seen_now))
        except (InvalidValue, TooMuch) as error:
            return AnswerSince(asked=question, then=was, now=None, why_not=_in_short(error))

    return MovedOn(
        paper=paper, revision=now.revision, answers=tuple(map(since, questions_of(paper)))
    )


def only_in(mine: Sequence[T], theirs: Sequence[T]) -> tuple[T, ...]:
    """What stands in one list alone; of two that hold the same, what stands elsewhere."""
    there, only = list(theirs), []
    for each in mine:
        if each in there:
            there.remove(each)
        else:
            only.append(each)
    if not only and not there:
        only = [each for each, other in zip(mine, theirs, strict=True) if each != other]
    return tuple(only)


def plain_answers(moved: MovedOn) -> list[dict[str, Any]]:
    """The answers as JSON: both sides where they differ, and of the rows what is gone and new.

    Without what the questions are told: beside pseudonyms that would say who is who.
    """
    return [_plain(answer) for answer in moved.answers]


def _in_short(error: InvalidValue | TooMuch) -> str:
    """What is wrong with a parameter, without the place of its question in the paper."""
    if isinstance(error, TooMuch):
        return str(error)
    return "; ".join(f"{problem.path[-1]}: {problem.message}" for problem in error.problems)


def _lines(reading: Reading | None) -> Sequence[Line]:
    return reading.lines if reading else ()


def _plain(answer: AnswerSince) -> dict[str, Any]:
    shown = answer.then or answer.now
    told: dict[str, Any] = {
        "question": answer.asked.name,
        **({"asks": shown.heading} if shown else {}),
    }
    if answer.differs is not None:
        told["differs"] = answer.differs
    if answer.why_not:
        told["cannot_be_asked"] = answer.why_not
    if answer.differs is not False:
        for name, reading, lines in (
            ("then", answer.then, answer.gone),
            ("now", answer.now, answer.new),
        ):
            if reading:
                told[name] = _plain_reading(reading, lines)
    return told


def _plain_reading(reading: Reading, lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "asks": reading.heading,
        "sentences": list(reading.sentences),
        **({"thin": reading.caution} if reading.caution else {}),
        "rows": [
            {"sentence": line.sentence, **({"next_step": line.next_step} if line.next_step else {})}
            for line in lines
        ],
        "rows_in_all": reading.of,
    }
