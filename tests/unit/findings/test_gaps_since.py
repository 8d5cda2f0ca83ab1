"""Gaps at two revisions: new, wider, gone, still there."""

import dataclasses
from itertools import combinations

import pytest

from graph.findings.gaps import Gap, gaps, gaps_since, row_key
from graph.findings.gaps.families import FAMILIES
from graph.findings.gaps.reading import Reading
from powermap.errors import InvalidValue
from tests.unit.findings.readings import sample
from tests.unit.findings.test_gaps_of_the_samples import SAMPLES
from tests.unit.made_maps import body, leader, made_map, post, tie

PEOPLE = [leader(name) for name in ("Asha", "Ben", "Carys", "Dele")]
BOARD = [body("Board"), *(post(f"Seat of {one.name}", one.name, "Board") for one in PEOPLE)]


def later(power_map, *records, without=(), revision=2):
    """The same map some revisions on, with records more, and some fewer."""
    kept = {id: record for id, record in power_map.records.items() if id not in without}
    kept |= {record.id: record for record in records}
    return dataclasses.replace(power_map, revision=revision, records=kept)


def changes(finding) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in finding.rows:
        found.setdefault(row.facts["change"], []).append("-".join(row.parties))
    return found


def test_a_new_tie_closes_one_gap_and_a_new_member_opens_three():
    before = made_map(*PEOPLE[:3], *BOARD[:4])
    now = later(before, tie("Asha", "Ben"), PEOPLE[3], BOARD[4], revision=13)

    finding = gaps_since(before, now, kinds=["shared_accountability"])

    assert finding.sentences == (
        "Since revision 1, three gaps are new and one is gone.",
        "Two gaps are still there.",
        "Asha and Dele share Board, and no tie between them is recorded.",
        "Ben and Dele share Board, and no tie between them is recorded.",
        "Carys and Dele share Board, and no tie between them is recorded.",
        "No longer so: Asha and Ben share Board, and no tie between them is recorded.",
    )
    assert changes(finding) == {
        "new": ["Asha-Dele", "Ben-Dele", "Carys-Dele"],
        "gone": ["Asha-Ben"],
        "still_there": ["Asha-Carys", "Ben-Carys"],
    }


def test_nothing_is_new_where_only_the_introducer_changed():
    before = made_map(*PEOPLE[:3], *BOARD[:4], tie("Asha", "Ben"))
    now = later(before, tie("Ben", "Asha"), tie("Ben", "Carys"))

    finding = gaps_since(before, now, kinds=["shared_accountability"])

    assert finding.sentences[0] == "Since revision 1, one gap is gone."
    assert changes(finding) == {"gone": ["Ben-Carys"], "still_there": ["Asha-Carys"]}
    assert finding.rows[1].next_step.startswith("Ben could introduce Asha to Carys")


def test_a_silent_side_asked_about_more_ties_is_wider_not_new():
    before = made_map(*PEOPLE[:3], tie("Asha", "Ben"))
    now = later(before, tie("Carys", "Ben"))

    finding = gaps_since(before, now, kinds=["one_way"])

    assert finding.sentences == (
        "Since revision 1, one gap is wider than it was.",
        "Two ties with Ben are recorded as Asha and Carys see them; no view from the other side "
        "is recorded. No view that Ben has of any tie is recorded.",
    )


def test_the_same_revision_twice_has_nothing_new():
    power_map = sample("leading-as-peers")

    finding = gaps_since(power_map, power_map)

    assert finding.sentences[0] == "No gap is new or gone since revision 1."
    assert {row.facts["change"] for row in finding.rows} == {"still_there"}
    assert len(finding.rows) == len(gaps(power_map).rows)


def test_no_gap_then_and_none_now():
    finding = gaps_since(made_map(), later(made_map()))

    assert finding.sentences == ("No gap is new or gone since revision 1.",)


def test_another_map_and_a_later_revision_first_are_refused():
    here = made_map()
    other = dataclasses.replace(here, header=dataclasses.replace(here.header, id="other"))

    for pair in ((other, here), (later(here), here)):
        with pytest.raises(InvalidValue, match="an earlier revision of the same map"):
            gaps_since(*pair)


def test_what_is_not_listed_is_still_counted():
    people = [leader(f"P{n:02}") for n in range(40)]
    seats = [post(f"seat {one.name}", one.name, "Board") for one in people]
    before = made_map(body("Board"), *people, *seats)
    tied = [tie(one.name, other.name) for one, other in combinations(people, 2)]

    finding = gaps_since(before, later(before, *tied[:100]), kinds=["shared_accountability"])

    assert finding.sentences[0] == "Since revision 1, 100 gaps are gone."
    assert finding.sentences[1] == "680 gaps are still there.", "40 x 39 / 2, less 100"
    assert not [row for row in finding.rows if row.facts["change"] == "new"]


@pytest.mark.parametrize("name", SAMPLES)
def test_no_two_gaps_of_a_map_are_one_and_every_row_is_counted(name):
    reading = Reading(sample(name))

    for kind in Gap:
        found = FAMILIES[kind](reading)
        keys = [row_key(row) for row in found.rows]
        assert len(set(keys)) == len(keys)
        assert set(keys) == found.keys, "no sample has more than can be listed"
