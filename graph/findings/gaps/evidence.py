"""What rests on no evidence, on old evidence, or on one side's word."""

from collections import Counter
from collections.abc import Callable, Sequence

from graph.findings.answer import Row
from graph.findings.gaps.found import Found
from graph.findings.gaps.kinds import Gap
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.steps import share
from graph.findings.gaps.ties import Tie, months_before
from graph.findings.phrases import counted, has_have, listed, on_day, sentence_case
from powermap.model import Accountability, Assessment, Record, Relationship
from powermap.vocabulary import Basis

OWN_WORD = frozenset({Basis.INTERVIEW, Basis.SURVEY, Basis.OWN_KNOWLEDGE})
_SORTS: tuple[tuple[type[Record], str, str], ...] = (
    (Accountability, "accountability", "accountabilities"),
    (Relationship, "view of a tie", "views of ties"),
    (Assessment, "assessment", "assessments"),
)


def evidence_missing(reading: Reading) -> Found:
    """Records without any evidence: one row for each sort of record."""
    return _by_sort(
        reading,
        Gap.EVIDENCE_MISSING,
        lambda record: not record.evidence,
        "no evidence recorded",
        "Say for each where it comes from, or take it off the map.",
    )


def evidence_old(reading: Reading) -> Found:
    """Records whose newest dated evidence is older on the day than was chosen."""
    before = months_before(reading.day, reading.choices.evidence_months)

    def old(record: Record) -> bool:
        dates = [said.observed_on.latest for said in record.evidence if said.observed_on]
        return bool(dates) and max(dates) < before

    undated = sum(
        1
        for record in _evidenced(reading)
        if record.evidence and not any(said.observed_on for said in record.evidence)
    )
    found = _by_sort(
        reading,
        Gap.EVIDENCE_OLD,
        old,
        f"no evidence newer than {on_day(before)}",
        "Ask again, or look the source up again, starting with those that matter most.",
    )
    if not undated:
        return found
    return Found(
        kind=found.kind,
        rows=found.rows,
        counting=found.counting,
        apart=(
            f"{sentence_case(counted(undated, 'record'))} {has_have(undated)} evidence without a "
            "date, so its age cannot be told.",
        ),
    )


def _evidenced(reading: Reading) -> list[Record]:
    return [record for sort, *_ in _SORTS for record in _of(reading, sort)]


def _of(reading: Reading, sort: type[Record]) -> list[Record]:
    return [record for record in reading.shown.records.values() if isinstance(record, sort)]


def _by_sort(
    reading: Reading, kind: Gap, lacking: Callable[[Record], bool], what: str, step: str
) -> Found:
    rows = []
    for sort, one, many in _SORTS:
        every = _of(reading, sort)
        found = [record for record in every if lacking(record)]
        if found:
            rows.append(_sort_row(reading, kind, found, len(every), (one, many), what, step))
    number = sum(row.facts["records"] for row in rows)
    return Found(
        kind=kind,
        rows=tuple(rows),
        counting=sentence_case(f"{counted(number, 'record')} {has_have(number)} {what}"),
    )


def _sort_row(
    reading: Reading,
    kind: Gap,
    found: Sequence[Record],
    every: int,
    words: tuple[str, str],
    what: str,
    step: str,
) -> Row:
    told = share(len(found), every, *words)
    named = listed(sorted(_named(reading, record) for record in found), most=3)
    return Row(
        kind=kind,
        sentence=f"{told} {has_have(len(found))} {what}: {named}.",
        parties=_about(reading, found),
        records=tuple(record.id for record in found),
        next_step=step,
        facts={"sort": words[0], "records": len(found), "of": every},
    )


def _about(reading: Reading, records: Sequence[Record]) -> tuple[str, ...]:
    """The people and bodies that some records are about, those of most of them first."""
    times = Counter(
        reference.id
        for record in records
        for reference in record.references()
        if reference.id in reading.shown.leaders or reference.id in reading.shown.organisations
    )
    return tuple(sorted(reading.in_order(times), key=lambda party: -times[party]))


def _named(reading: Reading, record: Record) -> str:
    if isinstance(record, Accountability):
        holder = f" ({reading.name(record.holder)})" if record.holder else ""
        return f"{record.title} at {reading.name(record.to)}{holder}"
    if isinstance(record, Relationship):
        return f"{_possessive(reading.name(record.source))} view of {reading.name(record.target)}"
    return f"the assessment of {reading.name(getattr(record, 'leader', ''))}"


def one_sides_word(reading: Reading) -> Found:
    """Ties that only one side is recorded as seeing, on nothing but that side's own say."""
    ties = [tie for tie in reading.ties.values() if tie.relationships]
    alone = [tie for tie in ties if _rests_on_one_word(reading, tie)]
    if not alone:
        return Found(kind=Gap.ONE_SIDES_WORD)
    named = sorted(_told_by(reading, tie) for tie in alone)
    asked = Counter(tie.other(tie.relationships[0].source) for tie in alone)
    row = Row(
        kind=Gap.ONE_SIDES_WORD,
        sentence=(
            f"{share(len(alone), len(ties), 'tie', 'ties')} "
            f"{'rests' if len(alone) == 1 else 'rest'} on one side's word: "
            f"{listed(named, most=3)}."
        ),
        parties=tuple(sorted(reading.in_order(asked), key=lambda party: -asked[party])),
        records=tuple(record for tie in alone for record in tie.records),
        next_step=f"Ask the other side ({listed(reading.names(asked), most=3)}), or find a paper "
        f"that shows the {'tie' if len(alone) == 1 else 'ties'}.",
        facts={"ties": len(alone), "of": len(ties)},
    )
    return Found(kind=Gap.ONE_SIDES_WORD, rows=(row,))


def _rests_on_one_word(reading: Reading, tie: Tie) -> bool:
    if tie.from_both_sides:
        return False
    teller = reading.name(tie.relationships[0].source).casefold()
    said = [evidence for view in tie.relationships for evidence in view.evidence]
    return bool(said) and all(
        evidence.basis in OWN_WORD
        and (evidence.said_by is None or evidence.said_by.casefold() == teller)
        for evidence in said
    )


def _told_by(reading: Reading, tie: Tie) -> str:
    view = tie.relationships[0]
    return f"{_possessive(reading.name(view.source))} view of {reading.name(view.target)}"


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"
