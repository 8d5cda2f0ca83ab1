"""What the map says of one person or body, in the order one wants it before a meeting."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.pages.copying import Passage
from api.pages.records.kinds import record_address
from api.pages.records.references import title_of
from api.pages.rows import Proof, proofs
from api.pages.words import in_words, written
from graph.findings.answer import Finding, Row
from powermap.model import Assessment, Leader, Organisation, PowerMap, Record, kind_of, name_of


@dataclass(frozen=True, kw_only=True)
class Said:
    """A piece of a sentence: plain text, or a name that leads to its page."""

    text: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A record that something rests on, and why it is said."""

    title: str
    address: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that is so, why we say so, and what to do about it."""

    said: tuple[Said, ...]
    grounds: tuple[Ground, ...]
    next_step: str
    facts: tuple[str, ...] = ()
    edit: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One heading of the brief; where it is empty, what that means and what to do."""

    name: str
    heading: str
    lines: tuple[Line, ...]
    empty: str


_SECTIONS = (
    ("answers_for", "What {they} {answer} for", ("answers_for",)),
    ("answered_to", "Who answers to {them}", ("answered_to",)),
    ("reaches", "Whom {they} {reach}", ("reaches",)),
    ("is_reached_by", "Who reaches {them}", ("is_reached_by",)),
    ("tension", "Tensions", ("tension",)),
    ("depends", "What depends on {them}", ("depends",)),
    ("due", "What is due", ("due", "contact_not_dated")),
)
_EMPTY = {
    "answers_for": "Nothing that {they} {answer} for is recorded on this day.",
    "answered_to": "Nobody is recorded as answering to {them} on this day.",
    "reaches": "No tie as {they} {see} it is recorded: ask {them} whom {they} {work} with.",
    "is_reached_by": "No tie as somebody else sees {them} is recorded: ask those around {them}.",
    "tension": "No tension is recorded. That may mean that nobody was asked.",
    "depends": "No two others are joined by {them} alone.",
    "due": "No contact is overdue, as far as dates of contact are recorded.",
}
_PERSON = {
    "they": "they",
    "them": "them",
    "answer": "answer",
    "reach": "reach",
    "see": "see",
    "work": "work",
}
_BODY = {
    "they": "it",
    "them": "it",
    "answer": "answers",
    "reach": "reaches",
    "see": "sees",
    "work": "works",
}


def sections(
    map_id: str, shown: PowerMap, party: Leader | Organisation, found: Finding
) -> list[Section]:
    """The rows of the finding under the headings of the brief."""
    words = _PERSON if isinstance(party, Leader) else _BODY
    telling = Telling(map_id, shown, party.id)
    return [
        Section(
            name=name,
            heading=heading.format(**words),
            lines=tuple(telling.line(row) for row in found.rows if row.kind in kinds),
            empty=_EMPTY[name].format(**words),
        )
        for name, heading, kinds in _SECTIONS
    ]


def passages_of(
    sentences: Iterable[str], parts: Iterable[Section], judged: Iterable[Line]
) -> list[Passage]:
    """The brief in sentences alone; headings with nothing under them are left out."""
    found = [Passage(sentences=tuple(sentences))]
    found += [Passage(heading=part.heading, sentences=_told(part.lines)) for part in parts]
    found.append(Passage(heading="How they are judged", sentences=_told(judged)))
    return [passage for passage in found if passage.sentences]


def _told(lines: Iterable[Line]) -> tuple[str, ...]:
    said = (("".join(piece.text for piece in line.said), line.next_step) for line in lines)
    return tuple(f"{text} Next step: {step}" if step else text for text, step in said)


@dataclass(frozen=True)
class Telling:
    """Rows and records of one map as lines of a page."""

    map_id: str
    shown: PowerMap
    about: str
    """Whose page it is."""

    def line(self, row: Row) -> Line:
        return Line(
            said=self.linked(row.sentence, row.parties),
            grounds=self.grounds(row.records),
            next_step=row.next_step or "",
        )

    def assessment(self, made: Assessment, edit: str) -> Line:
        facts = [
            f"{name} {value} of 5"
            for name in ("power", "interest")
            if (value := getattr(made, name))
        ]
        if made.stance:
            facts.append(in_words(made.stance))
        text = f"{', '.join(facts).capitalize()}. Judged {written(made.assessed_on)}."
        grounds = self.grounds([made.id])
        return Line(said=(Said(text=text),), grounds=grounds, next_step="", edit=edit)

    def grounds(self, records: Iterable[str]) -> tuple[Ground, ...]:
        found = (self.shown.records.get(id) for id in dict.fromkeys(records))
        return tuple(self._ground(record) for record in found if record)

    def _ground(self, record: Record) -> Ground:
        return Ground(
            title=title_of(self.shown, record),
            address=record_address(self.map_id, kind_of(record), record.id),
            proofs=proofs(record.evidence),
        )

    def linked(self, sentence: str, parties: Iterable[str]) -> tuple[Said, ...]:
        """The sentence, with the names in it leading to their pages; one's own leads nowhere."""
        addresses: dict[str, str] = {}
        for id in parties:
            record = self.shown.records.get(id)
            if record is not None and (called := name_of(record)):
                address = record_address(self.map_id, kind_of(record), id)
                addresses[called] = "" if id == self.about else address
        return pieces(sentence, addresses)


def pieces(sentence: str, addresses: Mapping[str, str]) -> tuple[Said, ...]:
    """The sentence cut at the names; longer names are found before those they hold."""
    if not addresses:
        return (Said(text=sentence),)
    longest_first = sorted(addresses, key=len, reverse=True)
    found = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", sentence)
    return tuple(Said(text=piece, address=addresses.get(piece, "")) for piece in found if piece)
