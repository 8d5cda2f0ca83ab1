"""What a map is made of, and the rules each record keeps: an invalid record cannot exist."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple, TypeVar, cast

from powermap.dates import Held, PartialDate, Period
from powermap.errors import InvalidValue, UnknownRecord
from powermap.shape import tidy, told
from powermap.vocabulary import (
    AccountabilityKind,
    Basis,
    Cadence,
    Confidence,
    HolderStatus,
    Level,
    Nature,
    OrganisationKind,
    RecordKind,
    RelationshipKind,
    Sector,
    Sensitivity,
    Sentiment,
    Stance,
)


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Anything with described fields: its text is normalised and its values are checked."""

    def __post_init__(self) -> None:
        tidy(self)


@dataclass(frozen=True, kw_only=True)
class Identifier(_Part):
    """What another register, or a file, calls the same thing."""

    scheme: str = told("The register or file: ODS, GSS, Companies House, …", example="ODS")
    value: str = told("What the thing is called there.", longest=400, example="RWY")


@dataclass(frozen=True, kw_only=True)
class Evidence(_Part):
    """Why we say so: what kind of source, which one, who said it and when."""

    basis: Basis = told("The kind of source.", example="minutes")
    citation: str = told(
        "What the source is and where to find it.",
        longest=1000,
        lines=True,
        example="Health and wellbeing board, minutes of 14 May 2009, item 6",
    )
    said_by: str | None = told("Who said it, where that matters.", default=None)
    observed_on: PartialDate | None = told(
        "When it was said or seen: 2009, 2009-05 or 2009-05-14.", default=None, example="2009-05"
    )
    confidence: Confidence = told("How sure we are.", default=Confidence.MEDIUM)
    nature: Nature = told("A fact, or somebody's opinion.", example="fact")


@dataclass(frozen=True, kw_only=True)
class FiveFactors(_Part):
    """The five factors of leading across a system, each 1 (weak) to 5 (strong), each optional."""

    shared_purpose: int | None = told("Shared purpose.", default=None, low=1, high=5)
    frequent_contact: int | None = told("Frequent personal contact.", default=None, low=1, high=5)
    surfacing_conflict: int | None = told(
        "Surfacing and resolving conflict.", default=None, low=1, high=5
    )
    altruism: int | None = told("Behaving altruistically.", default=None, low=1, high=5)
    long_term: int | None = told("Committing for the longer term.", default=None, low=1, high=5)


class Reference(NamedTuple):
    """That one record names another. Without an `essential` one the record itself cannot stand."""

    field: str
    id: str
    essential: bool


@dataclass(frozen=True, kw_only=True)
class Record(_Part):
    """What every record carries."""

    id: str = told("Minted by the server; opaque.", by_server=True)
    version: int = told(
        "How often the record has been written; 1 when new.", default=0, by_server=True
    )
    author: str = told("Who recorded it; set by the server.", default="-", by_server=True)
    sensitivity: Sensitivity = told(
        "Who may see the whole record, its evidence included. Private: its author alone.",
        default=Sensitivity.CONFIDENTIAL,
        example="open",
    )
    identifiers: tuple[Identifier, ...] = told(
        "What registers and files call it; a re-import recognises it by these.", default=()
    )
    evidence: tuple[Evidence, ...] = told(
        "Why we say so. A record without any is shown as unsourced.", default=()
    )

    def references(self) -> Iterator[Reference]:
        """The other records that this one names."""
        return iter(())

    def without(self, record_id: str) -> "Record":
        """The same record, no longer naming `record_id` where it can do without it."""
        raise NotNeeded(f"{type(self).__name__} has no reference that it can do without")

    @property
    def period(self) -> Period | None:
        """When it was so, for records that begin and end."""
        return None


class NotNeeded(Exception):
    """A request to drop a reference that the record cannot do without, or does not have."""


@dataclass(frozen=True, kw_only=True)
class MapHeader(Record):
    """What a map is of, and what it is for."""

    title: str = told("The system under study.", example="Calderdale and Kirklees, March 2010")
    purpose: str = told(
        "What the map is for; shown on it.",
        longest=2000,
        lines=True,
        example="Who can bring the partners to one bid?",
    )
    as_at: date = told("The day the map describes.", example="2010-03-01")
    illustrative: bool = told("Whether people and opinions in it are invented.", default=False)
    sensitivity: Sensitivity = told(
        "Always open: whoever may see the map may see what it is called.",
        default=Sensitivity.OPEN,
        by_server=True,
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.sensitivity is not Sensitivity.OPEN:
            raise InvalidValue.at("sensitivity", "is always open for what a map says of itself")


@dataclass(frozen=True, kw_only=True)
class _Dated(Record):
    active_from: PartialDate | None = told(
        "The first day, as far as it is known: 2009, 2009-05 or 2009-05-14. "
        "None: since before we know.",
        default=None,
        example="2009-05",
    )
    active_to: PartialDate | None = told(
        "The last day, as far as it is known. None: still so.", default=None
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        _ = self.period

    @property
    def period(self) -> Period:
        return Period(self.active_from, self.active_to)


@dataclass(frozen=True, kw_only=True)
class Organisation(_Dated):
    """A body: a trust, a council, a board, a programme. Bodies are born, abolished, succeeded."""

    name: str = told("Its name.", example="NHS Calderdale")
    kind: OrganisationKind = told("What kind of body it is.", example="primary_care_trust")
    sector: Sector = told("Which sector it belongs to.", example="nhs")
    succeeded_by: tuple[str, ...] = told(
        "The organisations that took over from it.", default=(), refers=True
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.id in self.succeeded_by:
            raise InvalidValue.at("succeeded_by", "an organisation cannot succeed itself")

    def references(self) -> Iterator[Reference]:
        for successor in self.succeeded_by:
            yield Reference("succeeded_by", successor, essential=False)

    def without(self, record_id: str) -> "Organisation":
        kept = tuple(successor for successor in self.succeeded_by if successor != record_id)
        return dataclasses.replace(self, succeeded_by=kept)


@dataclass(frozen=True, kw_only=True)
class Leader(Record):
    """A person who can act for an organisation or for a community."""

    name: str = told("Their name, as they use it.", example="Rob Webster")


@dataclass(frozen=True, kw_only=True)
class Accountability(_Dated):
    """Who answers to whom, for what. The post exists without its holder."""

    holder: str | None = told(
        "The leader or organisation that holds it; none when vacant or undisclosed.",
        default=None,
        refers=True,
    )
    holder_status: HolderStatus = told(
        "Whether the holder is named, not disclosed, or the post is vacant.",
        default=HolderStatus.NAMED,
    )
    to: str = told("The organisation or leader it is held to.", refers=True)
    reports_to: str | None = told(
        "The accountability above it in the line.", default=None, refers=True
    )
    kind: AccountabilityKind = told("What kind of accountability it is.", example="post")
    title: str = told("What the post or duty is called.", example="Chief executive", longest=400)
    level: Level | None = told("The seniority in that body.", default=None, example="chief_officer")
    scope: str | None = told("What it is for.", default=None, longest=2000, lines=True)
    acting: bool = told("Whether it is held for the time being.", default=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.holder_status is HolderStatus.NAMED and self.holder is None:
            raise InvalidValue.at(
                "holder", "is needed, unless holder_status is vacant or undisclosed"
            )
        if self.holder_status is not HolderStatus.NAMED and self.holder is not None:
            raise InvalidValue.at(
                "holder", f"must be left out when holder_status is {self.holder_status}"
            )
        if self.holder == self.to:
            raise InvalidValue.at("to", "must differ from holder")
        if self.reports_to == self.id:
            raise InvalidValue.at("reports_to", "an accountability cannot report to itself")

    def references(self) -> Iterator[Reference]:
        yield Reference("to", self.to, essential=True)
        if self.holder is not None:
            yield Reference("holder", self.holder, essential=False)
        if self.reports_to is not None:
            yield Reference("reports_to", self.reports_to, essential=False)

    def without(self, record_id: str) -> "Accountability":
        left = self
        if left.holder == record_id:
            left = dataclasses.replace(left, holder=None, holder_status=HolderStatus.VACANT)
        if left.reports_to == record_id:
            left = dataclasses.replace(left, reports_to=None)
        return left


@dataclass(frozen=True, kw_only=True)
class Relationship(_Dated):
    """A tie as one side sees it: the view of `source`, not of `target`."""

    source: str = told("Whose view it is: a leader or an organisation.", refers=True)
    target: str = told("Whom it is about: a leader or an organisation.", refers=True)
    kind: RelationshipKind = told("What kind of tie it is.", example="collaborates")
    strength: int | None = told("1 (weak) to 5 (strong).", default=None, low=1, high=5, example=4)
    sentiment: Sentiment | None = told("How it feels from the source's side.", default=None)
    factors: FiveFactors = told("The five factors, as the source sees them.", default=FiveFactors())
    cadence: Cadence | None = told("How often the two are in contact.", default=None)
    last_contact: PartialDate | None = told("When they were last in contact.", default=None)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.source == self.target:
            raise InvalidValue.at("target", "must differ from source")

    def references(self) -> Iterator[Reference]:
        yield Reference("source", self.source, essential=True)
        yield Reference("target", self.target, essential=True)


@dataclass(frozen=True, kw_only=True)
class Assessment(Record):
    """Somebody's dated judgement of a leader. Never a bare number on the person."""

    leader: str = told("The leader it is about.", refers=True)
    power: int | None = told("Power, 1 (little) to 5 (much).", default=None, low=1, high=5)
    interest: int | None = told("Interest, 1 (little) to 5 (much).", default=None, low=1, high=5)
    stance: Stance | None = told("Where they stand on the map's purpose.", default=None)
    assessed_on: PartialDate = told("When it was judged.", example="2010-02")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.power is None and self.interest is None and self.stance is None:
            raise InvalidValue.at("power", "say at least one of power, interest or stance")

    def references(self) -> Iterator[Reference]:
        yield Reference("leader", self.leader, essential=True)


CLASSES: dict[RecordKind, type[Record]] = {
    RecordKind.MAP: MapHeader,
    RecordKind.ORGANISATION: Organisation,
    RecordKind.LEADER: Leader,
    RecordKind.ACCOUNTABILITY: Accountability,
    RecordKind.RELATIONSHIP: Relationship,
    RecordKind.ASSESSMENT: Assessment,
}
KINDS: dict[type[Record], RecordKind] = {cls: kind for kind, cls in CLASSES.items()}

MAY_NAME: dict[tuple[RecordKind, str], frozenset[RecordKind]] = {
    (RecordKind.ORGANISATION, "succeeded_by"): frozenset({RecordKind.ORGANISATION}),
    (RecordKind.ACCOUNTABILITY, "to"): frozenset({RecordKind.ORGANISATION, RecordKind.LEADER}),
    (RecordKind.ACCOUNTABILITY, "holder"): frozenset({RecordKind.ORGANISATION, RecordKind.LEADER}),
    (RecordKind.ACCOUNTABILITY, "reports_to"): frozenset({RecordKind.ACCOUNTABILITY}),
    (RecordKind.RELATIONSHIP, "source"): frozenset({RecordKind.ORGANISATION, RecordKind.LEADER}),
    (RecordKind.RELATIONSHIP, "target"): frozenset({RecordKind.ORGANISATION, RecordKind.LEADER}),
    (RecordKind.ASSESSMENT, "leader"): frozenset({RecordKind.LEADER}),
}
"""Which kinds of record each reference may name."""


def kind_of(record: Record) -> RecordKind:
    return KINDS[type(record)]


def name_of(record: Record) -> str | None:
    """The name or title of a record that has one."""
    if isinstance(record, Organisation | Leader):
        return record.name
    if isinstance(record, Accountability | MapHeader):
        return record.title
    return None


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True)
class PowerMap:
    """One map as one viewer may see it: its header and its records, by id."""

    header: MapHeader
    revision: int
    changed_at: datetime
    records: Mapping[str, Record]
    withheld: int | None = None
    """How many private records of others the owner does not see; None for other viewers."""
    on: date | None = None
    """The day it is shown as on, after `held_on`."""
    doubtful: frozenset[str] = frozenset()
    """Records that may or may not have been so on that day."""
    latest: Mapping[str, Sensitivity] = field(default_factory=dict)
    """Of a map as it was known earlier: how sensitive each record is by now, or was in the end."""

    @property
    def organisations(self) -> Mapping[str, Organisation]:
        return cast("Mapping[str, Organisation]", self._of(RecordKind.ORGANISATION))

    @property
    def leaders(self) -> Mapping[str, Leader]:
        return cast("Mapping[str, Leader]", self._of(RecordKind.LEADER))

    @property
    def accountabilities(self) -> Mapping[str, Accountability]:
        return cast("Mapping[str, Accountability]", self._of(RecordKind.ACCOUNTABILITY))

    @property
    def relationships(self) -> Mapping[str, Relationship]:
        return cast("Mapping[str, Relationship]", self._of(RecordKind.RELATIONSHIP))

    @property
    def assessments(self) -> Mapping[str, Assessment]:
        return cast("Mapping[str, Assessment]", self._of(RecordKind.ASSESSMENT))

    def _of(self, kind: RecordKind) -> Mapping[str, Record]:
        return self._by_kind[kind]

    @cached_property
    def _by_kind(self) -> dict[RecordKind, dict[str, Record]]:
        sorted_out: dict[RecordKind, dict[str, Record]] = {kind: {} for kind in RecordKind}
        for record in self.records.values():
            sorted_out[kind_of(record)][record.id] = record
        return sorted_out

    @cached_property
    def is_open(self) -> bool:
        """Whether nothing in it is more sensitive than open."""
        return all(each.sensitivity is Sensitivity.OPEN for each in self.records.values())

    def record(self, record_id: str) -> Record:
        try:
            return self.records[record_id]
        except KeyError:
            raise UnknownRecord(record_id) from None

    def party(self, record_id: str) -> Leader | Organisation:
        """The leader or organisation with this id."""
        record = self.record(record_id)
        if not isinstance(record, Leader | Organisation):
            raise UnknownRecord(record_id)
        return record

    def held_on(self, day: date) -> "PowerMap":
        """The map as it was on a day: what was so, and what may have been (in `doubtful`).

        A post or tie is held no more surely than the bodies and people it names.
        """
        held: dict[str, Held] = {}

        def judge(record: Record) -> Held:
            if record.id not in held:
                verdicts = [record.period.held_on(day) if record.period else Held.YES]
                verdicts += [
                    judge(self.records[reference.id])
                    for reference in record.references()
                    if reference.essential or reference.field == "holder"
                ]
                held[record.id] = max(verdicts, key=list(Held).index)
            return held[record.id]

        kept = {
            record.id: record for record in self.records.values() if judge(record) is not Held.NO
        }
        for record in list(kept.values()):
            for reference in list(record.references()):
                if reference.id not in kept and not reference.essential:
                    kept[record.id] = kept[record.id].without(reference.id)
        return dataclasses.replace(
            self,
            records=kept,
            on=day,
            doubtful=frozenset(id for id in kept if held[id] is Held.MAYBE),
        )
