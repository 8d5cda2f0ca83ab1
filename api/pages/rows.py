"""The content of the picture as rows of tables; the panel beside the map shows the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from api.pages.words import in_words, period, written
from powermap.model import (
    Accountability,
    Assessment,
    Evidence,
    FiveFactors,
    PowerMap,
    Record,
    Relationship,
    name_of,
)
from powermap.vocabulary import FACTOR_QUESTIONS, HolderStatus
from visual.lines import Line, Views
from visual.picture import Party
from visual.sectors import SectorLook, look_of

BAND_WORDS = {None: "not defined", 1: "low", 2: "middle", 3: "high"}

_VIEWS = {
    Views.AGREED: "Both sides recorded, alike",
    Views.DIFFERING: "Seen differently from the two sides",
    Views.ONE_SIDED: "One side only",
    Views.STRUCTURE: "Accountability",
}


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One reason why we say so, in words."""

    basis: str
    citation: str
    facts: str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One record in a sentence, what more is known of it, and why we say so."""

    id: str
    text: str
    facts: tuple[str, ...]
    doubtful: bool
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, kw_only=True)
class AccountabilityRow:
    """Who answers to whom, for what."""

    statement: Statement
    holder: str
    holder_id: str | None
    title: str
    to: str
    kind: str
    when: str


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """One line of the picture, with every view it stands for."""

    line: Line
    title: str
    source: str
    target: str
    how: str
    kinds: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, kw_only=True)
class PartyRow:
    """One card of the picture."""

    id: str
    name: str
    role: str
    looks: tuple[SectorLook, ...]
    band: str
    drawn: bool
    doubtful: bool
    proofs: tuple[Proof, ...]
    accountabilities: tuple[Statement, ...]
    lines: tuple[LineRow, ...]


def proofs(evidence: Sequence[Evidence]) -> tuple[Proof, ...]:
    return tuple(_proof(each) for each in evidence)


def _proof(evidence: Evidence) -> Proof:
    facts = []
    if evidence.said_by:
        facts.append(f"said by {evidence.said_by}")
    if evidence.observed_on:
        facts.append(written(evidence.observed_on))
    facts += [f"{evidence.confidence} confidence", str(evidence.nature)]
    return Proof(
        basis=in_words(evidence.basis).capitalize(),
        citation=evidence.citation,
        facts=" · ".join(facts),
    )


def name_in(shown: PowerMap, party_id: str) -> str:
    """What a leader or organisation is called."""
    return shown.party(party_id).name


def accountability_rows(shown: PowerMap) -> list[AccountabilityRow]:
    rows = [_accountability(shown, each) for each in shown.accountabilities.values()]
    return sorted(rows, key=lambda row: (row.to, row.holder, row.title, row.statement.id))


def _accountability(shown: PowerMap, held: Accountability) -> AccountabilityRow:
    holder = {HolderStatus.VACANT: "Vacant", HolderStatus.UNDISCLOSED: "Not disclosed"}.get(
        held.holder_status
    ) or name_in(shown, held.holder or "")
    title = f"{held.title} (acting)" if held.acting else held.title
    to = name_in(shown, held.to)
    facts = [in_words(held.kind)]
    if held.level:
        facts.append(f"level: {in_words(held.level)}")
    if above := shown.accountabilities.get(held.reports_to or ""):
        by = f" ({name_in(shown, above.holder)})" if above.holder else ""
        facts.append(f"reports to: {above.title}{by}")
    if held.scope:
        facts.append(f"for: {held.scope}")
    if when := period(held.period):
        facts.append(when)
    return AccountabilityRow(
        statement=Statement(
            id=held.id,
            text=f"{title}, {to}",
            facts=tuple(facts),
            doubtful=held.id in shown.doubtful,
            proofs=proofs(held.evidence),
        ),
        holder=holder,
        holder_id=held.holder,
        title=title,
        to=to,
        kind=in_words(held.kind),
        when=period(held.period),
    )


def line_rows(shown: PowerMap, lines: Sequence[Line]) -> list[LineRow]:
    rows = [_line(shown, line) for line in lines]
    return sorted(rows, key=lambda row: (row.source, row.target, row.line.id))


def _line(shown: PowerMap, line: Line) -> LineRow:
    source, target = name_in(shown, line.source), name_in(shown, line.target)
    both = line.views is Views.AGREED
    found = [shown.records[tie] for tie in line.ties]
    statements = []
    for record in found:
        if isinstance(record, Relationship):
            statements.append(_view(shown, record))
        elif isinstance(record, Accountability):
            row = _accountability(shown, record)
            statements.append(row.statement)
    kinds = dict.fromkeys(
        in_words(record.kind)
        for record in found
        if isinstance(record, Relationship | Accountability)
    )
    return LineRow(
        line=line,
        title=f"{source} and {target}" if both else f"{source} to {target}",
        source=source,
        target=target,
        how=_VIEWS[line.views],
        kinds=", ".join(kinds),
        statements=tuple(statements),
    )


def _view(shown: PowerMap, tie: Relationship) -> Statement:
    source, target = name_in(shown, tie.source), name_in(shown, tie.target)
    facts = []
    if tie.strength is not None:
        facts.append(f"strength {tie.strength} of 5")
    if tie.sentiment:
        facts.append(in_words(tie.sentiment))
    if tie.cadence:
        facts.append(f"contact {in_words(tie.cadence)}")
    if tie.last_contact:
        facts.append(f"last in contact {written(tie.last_contact)}")
    for factor in fields(FiveFactors):
        if (rated := getattr(tie.factors, factor.name)) is not None:
            facts.append(f"{FACTOR_QUESTIONS[factor.name]} {rated} of 5")
    if when := period(tie.period):
        facts.append(when)
    return Statement(
        id=tie.id,
        text=f"{source} {_VERBS.get(tie.kind, in_words(tie.kind))} {target}",
        facts=tuple(facts),
        doubtful=tie.id in shown.doubtful,
        proofs=proofs(tie.evidence),
    )


def statement_of(shown: PowerMap, record: Record) -> Statement:
    """Any record in a line that stands alone, with why we say so."""
    if isinstance(record, Accountability):
        row = _accountability(shown, record)
        return replace(row.statement, text=f"{row.holder}: {row.statement.text}")
    if isinstance(record, Relationship):
        return _view(shown, record)
    facts: tuple[str, ...] = ()
    text = name_of(record) or record.id
    if isinstance(record, Assessment):
        judged = {"power": record.power, "interest": record.interest}
        facts = tuple(f"{what} {mark} of 5" for what, mark in judged.items() if mark is not None)
        facts += (in_words(record.stance),) if record.stance else ()
        text = f"Assessment of {name_in(shown, record.leader)}, {written(record.assessed_on)}"
    return Statement(
        id=record.id,
        text=text,
        facts=facts,
        doubtful=record.id in shown.doubtful,
        proofs=proofs(record.evidence),
    )


_VERBS = {
    kind: f"{kind} with" for kind in ("collaborates", "competes", "conflicts")
}  # the others stand before a name as they are: trusts, advises, …


def party_rows(
    shown: PowerMap,
    parties: Sequence[Party],
    drawn: set[str],
    lines: Sequence[LineRow],
) -> list[PartyRow]:
    held: dict[str, list[Statement]] = {}
    for row in accountability_rows(shown):
        if row.holder_id:
            held.setdefault(row.holder_id, []).append(row.statement)
    by_end: dict[str, list[LineRow]] = {}
    for line in lines:
        by_end.setdefault(line.line.source, []).append(line)
        by_end.setdefault(line.line.target, []).append(line)
    rows = [_party(shown, party, drawn, held, by_end) for party in parties]
    return sorted(rows, key=lambda row: (row.name, row.id))


def _party(
    shown: PowerMap,
    party: Party,
    drawn: set[str],
    held: Mapping[str, list[Statement]],
    by_end: Mapping[str, list[LineRow]],
) -> PartyRow:
    record = shown.party(party.id)
    return PartyRow(
        id=party.id,
        name=party.name,
        role=party.role,
        looks=tuple(look_of(sector) for sector in party.sectors) or (look_of(None),),
        band=BAND_WORDS[party.band],
        drawn=party.id in drawn,
        doubtful=party.doubtful,
        proofs=proofs(record.evidence),
        accountabilities=tuple(held.get(party.id, ())),
        lines=tuple(by_end.get(party.id, ())),
    )
