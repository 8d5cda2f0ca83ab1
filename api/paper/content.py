"""A board paper's content, worked out from what its ceiling allows and nothing else."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from api.figures.asked import Making
from api.figures.ground import Ground, new_ground
from api.pages.questions.wording import asked_as, kind_words, worded
from api.pages.words import count, day
from api.paper.asked import AskedQuestion, Ceiling, FrontSheet, PaperAsked
from api.paper.evidence import EvidenceList
from api.paper.figures import Artist
from api.paper.pseudonyms import FEW, Pseudonyms
from api.saved import asked
from graph.findings.answer import Finding, Row
from graph.findings.questions import QUESTIONS
from powermap.errors import InvalidValue
from powermap.model import PowerMap
from powermap.usecases.narrowing import as_known, up_to
from powermap.vocabulary import Sensitivity
from visual.document.paper import Paper, Section, Table
from visual.figure.preset import Preset

MOST_ROWS = 12
MOST_SENTENCES = 5
MOST_KEY_POINTS = 6

_SLUG = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
"""A name from a closed list, as rules print it."""

Read = Callable[[int | None], PowerMap]
"""The maker's part of the map, as it is or as it was known at a revision."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A question of the paper, in its own words, and what the map says."""

    heading: str
    finding: Finding
    asked: AskedQuestion


Ask = Callable[[PowerMap, str, Mapping[str, Any], Read], Finding]
"""Answers a question: about which map, which one, what it is told, and the map at a revision."""

Kept = Callable[[PowerMap, Sensitivity], Ground]
"""The maker's map up to a ceiling, at the places of the screen."""


def paper(
    wanted: PaperAsked,
    read: Read,
    kept: Kept,
    *,
    maker: str,
    made_at: datetime,
    presets: Sequence[Preset] = (Preset.PORTRAIT, Preset.LANDSCAPE),
    ask: Ask = asked,
) -> Paper:
    """The content of a paper; the same map, places, maker and time give the same content.

    Each figure has the first of the `presets` that holds it. Raises `InvalidValue` that names
    the question, the figure or the part of the front sheet that is wrong.
    """
    pseudonyms = Pseudonyms() if wanted.pseudonyms else None
    seen = allowed_by(wanted.ceiling, pseudonyms, read)
    shown = seen(None)
    answers = list(answers_to(wanted.questions, shown, seen, pseudonyms, ask))
    evidence = EvidenceList()
    whole, ceiling = read(None), wanted.ceiling.sensitivity
    # At the places of a picture with names, people without names would be known again.
    ground = (
        new_ground(replace(whole, header=shown.header), shown, ceiling, seen)
        if pseudonyms
        else kept(whole, ceiling)
    )
    artist = Artist(
        ground=ground,
        making=Making(maker=maker, made_on=made_at.date(), marking=wanted.marking_told),
        presets=tuple(presets),
    )
    sections = tuple(_section(shown, answer, evidence, artist) for answer in answers)
    title = wanted.front.title or f"Stakeholder map: {shown.header.title}"
    front = wanted.front
    if pseudonyms:
        title = pseudonyms.in_text(title)
        recommendation = pseudonyms.in_text(front.recommendation or "") or None
        front = replace(front, recommendation=recommendation)
    marking, as_at = wanted.marking_told, day(shown.header.as_at)
    points = [answer.finding.sentences[0] for answer in answers]
    return Paper(
        title=title,
        subtitle=(
            f"From the power map “{shown.header.title}”, as at {as_at}"
            if wanted.front.title
            else f"As at {as_at}"
        ),
        subject=shown.header.title,
        marking=marking,
        notice=(
            "Illustrative: people, and what is said of them, are invented."
            if shown.header.illustrative
            else None
        ),
        front=tuple(_front_rows(front, shown, marking)),
        recommendation=front.recommendation,
        key_points=tuple(points[:MOST_KEY_POINTS]) if len(points) > 1 else (),
        figures=tuple(artist.asked_for(wanted.figures)),
        sections=sections,
        evidence=evidence.table,
        evidence_remark=_evidence_remark(evidence),
        method=tuple(
            _method(wanted, whole, shown, answers, pseudonyms, maker=maker, made_at=made_at)
        ),
        maker=maker,
        made_at=made_at,
        revision=shown.revision,
    )


def allowed_by(ceiling: Ceiling, pseudonyms: Pseudonyms | None, read: Read) -> Read:
    """Reads what a paper may show of the map, and nothing else."""

    def seen(revision: int | None) -> PowerMap:
        now = read(None)
        if revision is None:
            allowed = up_to(now, ceiling.sensitivity)
        else:
            allowed = as_known(read(revision), now, ceiling.sensitivity)
        return pseudonyms.disguised(allowed) if pseudonyms else allowed

    return seen


def answers_to(
    questions: Iterable[AskedQuestion],
    shown: PowerMap,
    seen: Read,
    pseudonyms: Pseudonyms | None,
    ask: Ask = asked,
) -> Iterator[Answered]:
    """What the map says, question by question; raises `InvalidValue` at one that is wrong."""
    for place, question in enumerate(questions):
        if question.name not in QUESTIONS:
            raise InvalidValue.at("name", "must be one of: " + ", ".join(QUESTIONS)).under(
                "questions", place
            )
        given = dict(question.parameters)
        if pseudonyms:
            given = {
                key: pseudonyms.in_text(value) if isinstance(value, str) else value
                for key, value in given.items()
            }
        try:
            finding = ask(shown, question.name, given, seen)
        except InvalidValue as error:
            raise error.under("questions", place, "parameters") from None
        asks = QUESTIONS[question.name].asks
        told = asked_as(question.name, {key: str(value) for key, value in given.items()})
        heading = finding.question if told == asks else told
        yield Answered(heading=heading, finding=finding, asked=replace(question, parameters=given))


def _front_rows(front: FrontSheet, shown: PowerMap, marking: str) -> Iterator[tuple[str, str]]:
    filled = {
        "Meeting": front.meeting,
        "Date": day(front.held_on) if front.held_on else None,
        "Agenda item": front.item,
        "Lead": front.lead,
        "Author": front.author,
        "Purpose": f"For {front.purpose}" if front.purpose else None,
        "Marking": marking,
        "Map as at": f"{day(shown.header.as_at)} (revision {shown.revision} of the map)",
        "What the map is for": shown.header.purpose,
    }
    return ((label, value) for label, value in filled.items() if value)


def _section(shown: PowerMap, answer: Answered, evidence: EvidenceList, artist: Artist) -> Section:
    finding = answer.finding
    known = replace(shown, records={**finding.past, **shown.records})
    rows = chosen_of(finding.rows)
    table = None
    if rows:
        stepped = any(row.next_step for _, row in rows)
        headings = ("No.", "Finding", *(("What could be done",) if stepped else ()), "Evidence")
        table = Table(
            caption=answer.heading.rstrip("?"),
            headings=headings,
            widths=(1.1, 7.2, 5.4, 2.3) if stepped else (1.1, 12.0, 2.9),
            rows=[
                (
                    str(number),
                    row.sentence,
                    *((row.next_step or "–",) if stepped else ()),
                    evidence.cited(known, row),
                )
                for number, row in rows
            ],
        )
    more = len(finding.rows) - len(rows)
    return Section(
        heading=answer.heading,
        lead=finding.sentences[0],
        sentences=finding.sentences[1:MOST_SENTENCES],
        caution=finding.thin,
        table=table,
        remark=(
            f"Shown are {len(rows)} of {len(finding.rows)}, the foremost of each kind, with their "
            "numbers in the full list; the map has the others."
            if more
            else None
        ),
        figure=artist.answering(finding, answer.asked) if answer.asked.picture else None,
    )


def chosen_of(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """As many as a reader takes in, the foremost of every kind, with their places from 1."""
    kinds = dict.fromkeys(row.kind for row in rows)
    of_each = max(1, MOST_ROWS // max(1, len(kinds)))
    taken: Counter[str] = Counter()
    chosen: list[tuple[int, Row]] = []
    spare: list[tuple[int, Row]] = []
    for number, row in enumerate(rows, 1):
        taken[row.kind] += 1
        (chosen if taken[row.kind] <= of_each else spare).append((number, row))
    chosen = chosen[:MOST_ROWS]
    return sorted(chosen + spare[: MOST_ROWS - len(chosen)], key=lambda each: each[0])


def _evidence_remark(evidence: EvidenceList) -> str | None:
    if evidence.table is None:
        return "No single record stands behind these findings: they rest on the map as a whole."
    if evidence.left_out:
        told = count(evidence.left_out, "further record")
        return f"Not listed here: {told} behind the findings. The map shows them, row by row."
    return None


def _method(
    wanted: PaperAsked,
    whole: PowerMap,
    shown: PowerMap,
    answers: list[Answered],
    pseudonyms: Pseudonyms | None,
    *,
    maker: str,
    made_at: datetime,
) -> Iterator[str]:
    yield (
        f"The map records {count(len(shown.leaders), 'person', 'people')}, "
        f"{count(len(shown.organisations), 'organisation')}, "
        f"{count(len(shown.accountabilities), 'accountability', 'accountabilities')} and "
        f"{count(len(shown.relationships), 'tie')}. A tie is how one side sees it."
    )
    yield (
        "What is not on the map is not known, which is not the same as absent. Positions are "
        "positions in the recorded map; they do not judge anybody."
    )
    yield _withheld(wanted, whole, shown)
    unsourced = sum(not record.evidence for record in shown.records.values())
    if unsourced:
        yield f"{_records_standing(unsourced)} without a source on the map."
    if pseudonyms:
        yield from _disguise(pseudonyms)
    for answer in answers:
        yield from _rule(answer)
    at = made_at.astimezone(UTC)
    yield (
        f"Made by {maker} on {day(at.date())} at {at:%H:%M} UTC from revision {shown.revision} of "
        f"the map, last changed on {day(shown.changed_at.astimezone(UTC).date())}. The map may "
        "have moved on since."
    )


def _rule(answer: Answered) -> Iterator[str]:
    """What counts, in words; of a rule for each kind of row only the kinds there are."""
    found = {row.kind for row in answer.finding.rows}
    asks = f"{answer.heading} "
    for line in answer.finding.rule.splitlines():
        kind, colon, told = line.partition(": ")
        if colon and _SLUG.fullmatch(kind):
            if kind not in found:
                continue
            line = f"{kind_words(kind)}: {told}"
        line = _SLUG.sub(lambda slug: worded(slug[0]), line)
        yield asks + line[:1].upper() + line[1:]
        asks = ""


def _records_standing(number: int) -> str:
    return f"{count(number, 'record')} {'stands' if number == 1 else 'stand'}"


def _withheld(wanted: PaperAsked, whole: PowerMap, shown: PowerMap) -> str:
    kept = "open records" if wanted.ceiling.value == "open" else "open and confidential records"
    ties = len(whole.relationships) - len(shown.relationships)
    others = len(whole.records) - len(shown.records) - ties
    if not ties and not others:
        return f"Built from {kept} alone; nothing that its maker may see is withheld."
    told = f"Built from {kept} alone; {count(ties, 'tie')}"
    if others:
        told += f" and {count(others, 'other record')}"
    return f"{told} withheld, and left out of every figure and number here."


def _disguise(pseudonyms: Pseudonyms) -> Iterator[str]:
    yield (
        "People are called Person A, B, C and so on, the same throughout; their posts are given "
        "by kind alone and sources are not named. Whoever knows the bodies well may still "
        "recognise somebody."
    )
    if pseudonyms.people < FEW:
        yield (
            f"Fewer than {FEW} people are on the map, so a pseudonym hides little: "
            "treat this paper as if it named them."
        )
