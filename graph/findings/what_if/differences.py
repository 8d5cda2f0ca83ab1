"""Before and after for every gap, other answer and measure: what differs, row by row."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from graph.findings.answer import Finding, Row
from graph.findings.factors import five_factors
from graph.findings.gaps.families import find_gaps
from graph.findings.gaps.kinds import Gap
from graph.findings.gaps.reading import Reading
from graph.findings.honest_broker import stuck_pairs
from graph.findings.leadership import spread_of_leadership
from graph.findings.phrases import counted, sentence_case
from graph.findings.power_over import power_over
from graph.findings.standing import standing_beside_position
from graph.findings.what_if.consequences import Consequences
from graph.findings.what_if.numbers import number_rows
from graph.findings.what_if.rows import network_row, position_rows
from powermap.model import PowerMap

MOST = 500
"""Beyond this many people or bodies, nobody should wait for every number twice."""
TOLD = 2
"""So many gaps that would close are told in full."""
OF_EVIDENCE = frozenset({Gap.EVIDENCE_MISSING, Gap.EVIDENCE_OLD, Gap.ONE_SIDES_WORD})
"""What is made up in a rehearsal has no evidence, and needs none."""
ANSWERS: tuple[Callable[[PowerMap], Finding], ...] = (
    stuck_pairs,
    spread_of_leadership,
    power_over,
    standing_beside_position,
    five_factors,
)
DIFFERENCES_RULE = (
    "Before and after are compared for every kind of gap but those of evidence, for the questions "
    "asked of a whole map (pairs that are stuck, the five factors, spread of leadership, standing, "
    f"power over others) and for every measure, on maps of up to {MOST} people and {MOST} bodies; "
    "what does not differ, or not in its first sentence, has no row."
)


def difference_rows(found: Consequences) -> list[Row]:
    """Gaps that open and close first; then the network, other answers, and every number."""
    if max(len(found.before.leaders), len(found.before.organisations)) > MOST:
        return [*position_rows(found), network_row(found)]
    return [
        *_gap_rows(found),
        *position_rows(found),
        network_row(found),
        *_answer_rows(found),
        *number_rows(found),
    ]


def gaps_sentence(rows: Iterable[Row]) -> str:
    """`Three gaps would open and one would close.`; empty where none would."""
    kinds = [row.kind for row in rows]
    opens, closes = kinds.count("gap_opens"), kinds.count("gap_closes")
    if not opens and not closes:
        return ""
    first = f"{sentence_case(counted(opens, 'gap'))} would open" if opens else ""
    if not closes:
        return f"{first}."
    if not opens:
        return f"{sentence_case(counted(closes, 'gap'))} would close."
    return f"{first} and {counted(closes, 'gap') if closes > 1 else 'one'} would close."


def gains_told(rows: Iterable[Row]) -> list[str]:
    """How many gaps would open and close, and the first of those that would close."""
    rows = list(rows)
    closes = [row.sentence for row in rows if row.kind == "gap_closes"]
    return [gaps_sentence(rows), *closes[:TOLD]]


def _gap_rows(found: Consequences) -> Iterator[Row]:
    kinds = [kind for kind in Gap if kind not in OF_EVIDENCE]
    before, after = (find_gaps(Reading(side), kinds) for side in (found.before, found.after))
    told_already = {duty.id for duty in found.vacated}
    for key, row in after.rows.items():
        vacancy = row.kind == Gap.NO_HOLDER and row.records[0] in told_already
        if key not in before.keys and not vacancy:
            yield _only_known(found, _gap_row(row, "gap_opens", "Would open"))
    for key, row in before.rows.items():
        # What goes with those who go is not mended by their going.
        stays = all(party in found.after.records for party in row.parties)
        if key not in after.keys and stays:
            yield replace(_gap_row(row, "gap_closes", "Would close"), next_step=None)


def _gap_row(row: Row, kind: str, word: str) -> Row:
    facts = {"gap": row.kind, **row.facts}
    return replace(row, kind=kind, sentence=f"{word}: {row.sentence}", facts=facts)


def _only_known(found: Consequences, row: Row) -> Row:
    """Without those, and what, the rehearsal made up."""
    known = found.before.records
    return replace(
        row,
        parties=tuple(party for party in row.parties if party in known),
        records=tuple(record for record in row.records if record in known),
    )


def _answer_rows(found: Consequences) -> Iterator[Row]:
    for answer in ANSWERS:
        before, after = answer(found.before), answer(found.after)
        too_thin = before.thin is not None and after.thin is not None
        if before.sentences[0] != after.sentences[0] and not too_thin:
            yield Row(
                kind="answer_changes",
                sentence=f"{before.question} Now: {before.sentences[0]} Then: {after.sentences[0]}",
                facts={
                    "question": before.question,
                    "before": list(before.sentences),
                    "after": list(after.sentences),
                },
            )
