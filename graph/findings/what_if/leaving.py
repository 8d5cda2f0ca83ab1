"""What is lost and what remains if somebody leaves."""

from datetime import date

from graph.findings.answer import Finding
from graph.findings.what_if.consequences import Consequences
from graph.findings.what_if.differences import DIFFERENCES_RULE, difference_rows, gaps_sentence
from graph.findings.what_if.duties import headless_rows
from graph.findings.what_if.network_shape import SHAPE_RULE
from graph.findings.what_if.rehearsal import leader_on, shown_on, without_leaders
from graph.findings.what_if.rows import (
    body_rows,
    joint_post_rows,
    link_rows,
    part_rows,
    vacancy_rows,
)
from graph.findings.what_if.told import (
    NOTHING_WRITTEN,
    broker_sentence,
    change_told,
    day_told,
    joint_post_sentence,
    parting_sentence,
    remaining_sentence,
    thin,
    unlinked_sentence,
    vacancy_sentence,
)
from powermap.model import PowerMap


def what_if_leaves(power_map: PowerMap, leader: str, on: date | None = None) -> Finding:
    """What is lost and what remains if one leader leaves the map."""
    shown = shown_on(power_map, on)
    person = leader_on(shown, leader)
    found = Consequences(shown, without_leaders(shown, [leader]), [leader])
    rows = [
        *link_rows(found),
        *part_rows(found),
        *vacancy_rows(found),
        *headless_rows(found),
        *joint_post_rows(found),
        *body_rows(found),
        *difference_rows(found),
    ]
    sentences = [
        f"If {person.name} leaves, {change_told(found, person.name)}.",
        joint_post_sentence(rows),
        remaining_sentence(found),
        vacancy_sentence(found),
        parting_sentence(found),
        unlinked_sentence(found),
        broker_sentence(found),
        gaps_sentence(rows),
    ]
    return Finding(
        question=f"What changes if {person.name} leaves?",
        sentences=tuple(sentence for sentence in sentences if sentence),
        rows=tuple(rows),
        rule=f"On {day_told(shown)}, relationships between people. Posts and seats of whoever "
        f"leaves stay, without a holder; their ties go. {SHAPE_RULE} {DIFFERENCES_RULE} "
        f"{NOTHING_WRITTEN}",
        thin=thin(found, leader),
    )
