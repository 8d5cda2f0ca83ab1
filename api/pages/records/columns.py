"""The columns of each table: what a cell says, where it leads, and how the column is sorted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.pages.records.cells import Cell, Contents
from api.pages.records.references import title_of
from api.pages.words import count, headed, in_words, period, written
from powermap.dates import Period
from powermap.model import (
    Accountability,
    Assessment,
    Leader,
    Record,
)
from powermap.vocabulary import Basis, HolderStatus, RecordKind
from visual.sectors import look_of


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column; `order` gives what it is sorted by, None for what is not known."""

    name: str
    words: str
    cell: Callable[[Any], Cell]
    order: Callable[[Any], Any]


def columns_of(kind: RecordKind, contents: Contents) -> tuple[Column, ...]:
    """The columns of a kind, the one that opens the record first."""
    made = {
        RecordKind.LEADER: _leader,
        RecordKind.ORGANISATION: _organisation,
        RecordKind.ACCOUNTABILITY: _accountability,
        RecordKind.RELATIONSHIP: _relationship,
        RecordKind.ASSESSMENT: _assessment,
    }[kind](contents)
    return (*made, _EVIDENCE, _SENSITIVITY)


def _leader(it: Contents) -> tuple[Column, ...]:
    def posts(leader: Leader) -> list[str]:
        return [f"{held.title}, {it.name(held.to)}" for held in it.places.get(leader.id, ())]

    def posts_cell(leader: Leader) -> Cell:
        held = posts(leader)
        return Cell(text=held[0], more=tuple(held[1:])) if held else Cell()

    return (
        _named(it),
        Column(
            name="post",
            words="Post or seat",
            cell=posts_cell,
            order=lambda leader: "; ".join(posts(leader)).casefold() or None,
        ),
        _sector(it),
        _ties(it),
    )


def _organisation(it: Contents) -> tuple[Column, ...]:
    return (
        _named(it),
        _kind(),
        _sector(it),
        Column(
            name="people",
            words="People",
            cell=lambda body: Cell(text=str(it.holders[body.id])),
            order=lambda body: it.holders[body.id],
        ),
        _ties(it),
        _when(),
    )


def _accountability(it: Contents) -> tuple[Column, ...]:
    def holder(duty: Accountability) -> Cell:
        if duty.holder_status is HolderStatus.NAMED:
            return it.of(duty.holder)
        vacant = duty.holder_status is HolderStatus.VACANT
        return Cell(text="Vacant" if vacant else "Not disclosed", quiet=True)

    return (
        Column(
            name="name",
            words="Title",
            cell=lambda duty: it.itself(duty, f"{duty.title}{' (acting)' if duty.acting else ''}"),
            order=lambda duty: duty.title.casefold(),
        ),
        Column(
            name="holder",
            words="Holder",
            cell=holder,
            order=lambda duty: it.name(duty.holder).casefold() or None,
        ),
        Column(
            name="to",
            words="Held to",
            cell=lambda duty: it.of(duty.to),
            order=lambda duty: it.name(duty.to).casefold(),
        ),
        _kind(),
        Column(
            name="level",
            words="Seniority",
            cell=lambda duty: Cell(text=headed(duty.level) if duty.level else ""),
            order=lambda duty: -(duty.level.rung or 0) if duty.level else None,
        ),
        _when(),
    )


def _relationship(it: Contents) -> tuple[Column, ...]:
    return (
        Column(
            name="name",
            words="Tie",
            cell=lambda tie: it.itself(tie, title_of(it.shown, tie)),
            order=lambda tie: (it.name(tie.source).casefold(), it.name(tie.target).casefold()),
        ),
        _kind(),
        Column(
            name="strength",
            words="Strength",
            cell=lambda tie: Cell(text=f"{tie.strength} of 5" if tie.strength else ""),
            order=lambda tie: tie.strength,
        ),
        Column(
            name="contact",
            words="Last in contact",
            cell=lambda tie: Cell(text=written(tie.last_contact) if tie.last_contact else ""),
            order=lambda tie: tie.last_contact.latest if tie.last_contact else None,
        ),
        _when(),
    )


def _assessment(it: Contents) -> tuple[Column, ...]:
    def rated(field: str) -> Column:
        def text(made: Assessment) -> str:
            value = getattr(made, field)
            return f"{value} of 5" if value else ""

        return Column(
            name=field,
            words=field.capitalize(),
            cell=lambda made: Cell(text=text(made)),
            order=lambda made: getattr(made, field),
        )

    return (
        Column(
            name="name",
            words="Person",
            cell=lambda made: it.itself(made, it.name(made.leader)),
            order=lambda made: it.name(made.leader).casefold(),
        ),
        rated("power"),
        rated("interest"),
        Column(
            name="stance",
            words="Stance",
            cell=lambda made: Cell(text=headed(made.stance) if made.stance else ""),
            order=lambda made: str(made.stance) if made.stance else None,
        ),
        Column(
            name="judged",
            words="Judged",
            cell=lambda made: Cell(text=written(made.assessed_on)),
            order=lambda made: made.assessed_on.latest,
        ),
    )


def _named(it: Contents) -> Column:
    return Column(
        name="name",
        words="Name",
        cell=lambda party: it.itself(party, party.name),
        order=lambda party: party.name.casefold(),
    )


def _sector(it: Contents) -> Column:
    def cell(party: Record) -> Cell:
        looks = tuple(look_of(sector) for sector in it.sectors(party))
        return Cell(text=", ".join(look.name for look in looks), looks=looks)

    return Column(
        name="sector",
        words="Sector",
        cell=cell,
        order=lambda party: ", ".join(it.sectors(party)) or None,
    )


def _ties(it: Contents) -> Column:
    return Column(
        name="ties",
        words="Ties",
        cell=lambda party: Cell(text=str(it.ties[party.id])),
        order=lambda party: it.ties[party.id],
    )


def _kind() -> Column:
    return Column(
        name="kind",
        words="Kind",
        cell=lambda record: Cell(text=headed(record.kind)),
        order=lambda record: in_words(record.kind),
    )


def _when() -> Column:
    def start(when: Period) -> date | None:
        return when.start.earliest if when.start else when.end.latest if when.end else None

    return Column(
        name="when",
        words="When",
        cell=lambda record: Cell(text=period(record.period)),
        order=lambda record: start(record.period),
    )


def _proved(record: Record) -> Cell:
    if not record.evidence:
        return Cell(text="Unsourced", quiet=True)
    bases = {proof.basis for proof in record.evidence}
    if len(record.evidence) == 1:
        return Cell(text=headed(record.evidence[0].basis))
    kinds = ", ".join(in_words(basis) for basis in Basis if basis in bases)
    return Cell(text=count(len(record.evidence), "source"), more=(kinds,))


_EVIDENCE = Column(
    name="evidence", words="Evidence", cell=_proved, order=lambda record: len(record.evidence)
)
_SENSITIVITY = Column(
    name="sensitivity",
    words="Sensitivity",
    cell=lambda record: Cell(text=headed(record.sensitivity)),
    order=lambda record: record.sensitivity.rank,
)
