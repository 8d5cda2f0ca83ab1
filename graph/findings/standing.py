"""Standing as people judge it, beside position in the recorded network."""

from datetime import date
from statistics import fmean

from graph.findings.answer import Finding, Row
from graph.findings.judgements import judgements
from graph.findings.phrases import (
    by_name,
    counted,
    decimal,
    has_have,
    listed,
    name,
    number,
    on_day,
    people,
    sentence_case,
)
from graph.findings.position_bands import PositionBand, position_bands, thirds_of
from graph.findings.power_over import power_over
from graph.network import network
from powermap.errors import TooMuch
from powermap.model import Assessment, PowerMap

__all__ = ["power_over", "standing_beside_position"]

FEWEST = 6
"""Fewer people cannot be told apart in thirds."""
THIRDS = ("low", "middle", "high")
RULE = (
    "Standing: power times interest (each 1 to 5) from the latest assessment of each assessor, "
    "averaged, in thirds of those assessed. Position: betweenness, and freedom from constraint, "
    "each in thirds of those with a tie; betweenness 0 is low. Every tie is dropped in turn, and "
    "only who stands above (or below) both in every case is named, those furthest apart first. "
    "Position is that in the recorded map; neither is a measure of worth."
)


def standing_beside_position(power_map: PowerMap, on: date | None = None) -> Finding:
    """Whose standing lies above or below their position, beyond what one tie could change."""
    on = on or power_map.header.as_at
    shown = power_map if power_map.on == on else power_map.held_on(on)
    question = "Whose standing differs from their position in the network?"
    rule = f"On {on_day(on)}. {RULE}"
    judged = judgements(shown, on)
    try:
        bands = position_bands(network(shown, on=on).graph)
    except TooMuch as error:
        return Finding(
            question=question, sentences=(str(error),), rows=(), rule=rule, thin=str(error)
        )
    compared = [leader for leader in by_name(shown, judged) if leader in bands]
    if len(compared) < FEWEST:
        said = _too_few(len(judged), len(compared))
        return Finding(question=question, sentences=(said,), rows=(), rule=rule, thin=said)
    scores = {leader: fmean(_product(a) for a in judged[leader]) for leader in compared}
    thirds = dict(zip(compared, thirds_of(list(scores.values())).tolist(), strict=True))
    rows = [
        _row(shown, leader, scores[leader], thirds[leader], bands[leader], judged[leader])
        for leader in compared
    ]
    rows.sort(key=lambda row: (_KINDS.index(row.kind), -row.facts["thirds_apart"]))
    sentences = [*_told(shown, rows), _coverage(shown, judged, compared)]
    return Finding(
        question=question,
        sentences=tuple(sentences),
        rows=tuple(rows),
        rule=rule,
        thin=None if 2 * len(compared) >= len(bands) else sentences[-1],
    )


_KINDS = ("standing_above_position", "standing_below_position", "in_line")


def _product(assessment: Assessment) -> int:
    return (assessment.power or 0) * (assessment.interest or 0)


def _row(
    shown: PowerMap,
    leader: str,
    score: float,
    third: int,
    band: PositionBand,
    judged: list[Assessment],
) -> Row:
    who = name(shown, leader)
    apart = third - band.highest if third > band.highest else min(0, third - band.lowest)
    kind = "in_line"
    said = f"{who} stands in line with position, as far as the ties can tell."
    step = None
    if apart > 0:
        kind = "standing_above_position"
        said = f"{who} has a standing above position: {_bands(third, band)}."
        step = f"Ask whether ties of {who} are missing from the map, or who could bring some."
    elif apart < 0:
        kind = "standing_below_position"
        said = f"{who} has a standing below position: {_bands(third, band)}."
        step = f"Others reach each other through {who}: ask for help there."
    return Row(
        kind=kind,
        sentence=said,
        parties=(leader,),
        records=tuple(assessment.id for assessment in judged),
        next_step=step,
        facts={
            "power_times_interest": score,
            "assessments": len(judged),
            "standing": THIRDS[third],
            "position_lowest": THIRDS[band.lowest],
            "position_highest": THIRDS[band.highest],
            "betweenness": band.betweenness,
            "constraint": band.constraint,
            "thirds_apart": abs(apart),
        },
    )


def _bands(third: int, band: PositionBand) -> str:
    position = THIRDS[band.lowest]
    if band.highest != band.lowest:
        position = f"{position} to {THIRDS[band.highest]}"
    return (
        f"power and interest judged {THIRDS[third]}, position {position} "
        f"(betweenness {decimal(band.betweenness)}, constraint {decimal(band.constraint, 2)})"
    )


def _told(shown: PowerMap, rows: list[Row]) -> list[str]:
    said = []
    for kind, word in ((_KINDS[0], "above"), (_KINDS[1], "below")):
        found = [name(shown, row.parties[0]) for row in rows if row.kind == kind]
        if found:
            said.append(
                f"{listed(found)} {has_have(len(found))} a standing {word} "
                "their position in the recorded map."
            )
    return said or [
        "Nobody's standing differs from their position by more than one tie could change."
    ]


def _coverage(shown: PowerMap, judged: dict[str, list[Assessment]], compared: list[str]) -> str:
    alone = len(judged) - len(compared)
    tail = (
        f"; {number(alone)} more {'is' if alone == 1 else 'are'} assessed but "
        f"{has_have(alone)} no recorded tie"
        if alone
        else ""
    )
    return (
        f"This compares {counted(len(compared), 'person', 'people')} of "
        f"{len(shown.leaders)} who are both assessed and tied{tail}."
    )


def _too_few(judged: int, compared: int) -> str:
    if not judged:
        return "Nobody's power and interest is assessed on this date, so standing is not known."
    return (
        f"{sentence_case(people(compared))} {'is' if compared == 1 else 'are'} both assessed and "
        f"tied; {number(FEWEST)} are needed to tell thirds apart."
    )
