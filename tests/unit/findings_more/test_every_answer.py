"""What every answer keeps, on every sample: evidence that exists, plain facts, the same words."""

import json
import re
from datetime import date

import pytest

from graph.findings.comparison import what_changed
from graph.findings.factors import five_factors
from graph.findings.leadership import spread_of_leadership
from graph.findings.person import one_page, outside_accountabilities
from graph.findings.standing import power_over, standing_beside_position
from graph.findings.what_if import (
    best_new_tie,
    what_if_abolished,
    what_if_joins,
    what_if_leaves,
    what_if_mended,
    what_if_merge,
    what_if_tie,
)
from tests.unit.findings_more.samples import FIXTURES, sample
from tests.unit.made_maps import leader, made_map

STEMS = sorted(path.stem for path in FIXTURES.glob("*.json"))
JUDGEMENTS = re.compile(r"over-?rated|under-?rated|controls|weak leader|significant", re.IGNORECASE)


def answers(power_map):
    """One of each question, for the first people and bodies by name."""
    shown = power_map.held_on(power_map.header.as_at)
    people = sorted(shown.leaders, key=lambda id: shown.leaders[id].name)[:6]
    bodies = sorted(shown.organisations, key=lambda id: shown.organisations[id].name)[:6]
    yield best_new_tie(power_map)
    yield five_factors(power_map)
    yield spread_of_leadership(power_map)
    yield standing_beside_position(power_map)
    yield power_over(power_map)
    yield what_changed(power_map, date(2009, 3, 1), power_map.header.as_at)
    # What would change is worked out from everything else, and takes its time.
    for person, body in zip(people[:2], bodies[:2], strict=True):
        yield what_if_leaves(power_map, person)
        yield what_if_abolished(power_map, body)
    for person in people:
        yield one_page(power_map, person)
    for body in bodies:
        yield one_page(power_map, body)
        yield outside_accountabilities(power_map, body)
        yield five_factors(power_map, group=body)
    yield what_if_abolished(power_map, bodies[0], bodies[1])
    yield what_if_merge(power_map, bodies[:3])
    yield what_if_tie(power_map, people[0], people[1])
    yield what_if_tie(power_map, bodies[0], bodies[1])
    yield what_if_joins(power_map, bodies[0], people[:2])
    yield what_if_mended(power_map, people[0], people[1])
    yield five_factors(power_map, people[0], people[1])


@pytest.mark.parametrize("stem", STEMS)
def test_rests_on_records_that_exist_and_reads_as_sentences(stem):
    power_map = sample(stem)

    for found in answers(power_map):
        assert found.sentences
        assert found.rule
        for said in (*found.sentences, *(row.sentence for row in found.rows)):
            assert said[0].isupper() or said[0].isdigit()
            assert said.endswith(".")
            assert not re.search(r"  |\.\.|\bNone\b(?! of)|\bnan\b|\b[0-9a-f]{32}\b", said), said
            assert not JUDGEMENTS.search(said)
        for row in found.rows:
            assert all(id in power_map.records for id in (*row.parties, *row.records))
            json.dumps(row.facts, allow_nan=False)


@pytest.mark.parametrize("stem", STEMS)
def test_the_same_map_under_other_ids_is_told_in_the_same_words(stem):
    sample.cache_clear()
    one, other = sample(stem), None
    sample.cache_clear()
    other = sample(stem)
    assert one.records.keys().isdisjoint(other.records)

    for here, there in zip(answers(one), answers(other), strict=True):
        assert here.sentences == there.sentences
        assert [row.sentence for row in here.rows] == [row.sentence for row in there.rows]


def test_an_empty_map_and_a_map_of_one_are_answered():
    for power_map in (made_map(), made_map(leader("Asha"))):
        for question in (
            best_new_tie,
            five_factors,
            spread_of_leadership,
            standing_beside_position,
            power_over,
        ):
            assert question(power_map).sentences
