"""What rests on too little, and whose voice is at the edge."""

import dataclasses

from graph.findings.gaps import gaps
from powermap.dates import PartialDate
from tests.unit.findings.readings import row, said, sentences
from tests.unit.made_maps import body, leader, made_map, post, tie

PAIR = [leader("Asha"), leader("Ben")]


def test_records_without_evidence_are_told_once_for_each_sort():
    power_map = made_map(
        *PAIR,
        body("Trust"),
        post("Chief", "Asha", "Trust"),
        dataclasses.replace(post("Nurse", "Ben", "Trust"), evidence=said()),
        tie("Asha", "Ben"),
    )

    assert sentences(power_map, "evidence_missing") == [
        "One accountability of 2 has no evidence recorded: Chief at Trust (Asha).",
        "The only view of a tie has no evidence recorded: Asha's view of Ben.",
    ]


def test_evidence_older_than_a_year_before_the_day():
    old = tie("Asha", "Ben", evidence=said(PartialDate("2009-02")))
    fresh = tie("Ben", "Asha", evidence=said(PartialDate("2009-03")) + old.evidence)

    assert sentences(made_map(*PAIR, old, fresh), "evidence_old") == [
        "One view of a tie of 2 has no evidence newer than 1 March 2009: Asha's view of Ben."
    ]


def test_evidence_without_a_date_is_counted_apart():
    finding = gaps(made_map(*PAIR, tie("Asha", "Ben", evidence=said())), kinds=["evidence_old"])

    assert finding.rows == ()
    assert finding.sentences[1] == (
        "One record has evidence without a date, so its age cannot be told."
    )


def test_one_sides_word():
    own = tie("Asha", "Ben", evidence=said(said_by="Asha"))

    assert sentences(made_map(*PAIR, own), "one_sides_word") == [
        "The only tie rests on one side's word: Asha's view of Ben."
    ]


def test_a_second_view_a_paper_or_another_speaker_is_more_than_one_sides_word():
    own = said(said_by="Asha")
    minutes = said(basis="minutes")

    for views in (
        [tie("Asha", "Ben", evidence=own), tie("Ben", "Asha", evidence=said(said_by="Ben"))],
        [tie("Asha", "Ben", evidence=own + minutes)],
        [tie("Asha", "Ben", evidence=said(said_by="Carys"))],
    ):
        assert sentences(made_map(*PAIR, *views), "one_sides_word") == []


NAMES = [f"N{number}" for number in range(9)]


def ring(*more, names=NAMES):
    """Post-holders of the NHS in a ring, and a voice of the public beside them."""
    return made_map(
        body("Trust"),
        body("Voices", "public_voice", kind="patient_or_public_body"),
        leader("Umar"),
        post("voice", "Umar", "Voices"),
        *(leader(name) for name in names),
        *(post(f"post {name}", name, "Trust") for name in names),
        *(tie(name, names[place - 1]) for place, name in enumerate(names)),
        *more,
    )


def test_a_voice_whom_nobody_outside_its_sector_names():
    found = row(ring(tie("Umar", "N1")), "voice_at_the_edge")

    assert found.sentence == (
        "Umar (Voices) is at the edge: nobody outside their sector who holds a post is recorded as "
        "naming them, and fewer than a quarter of the leaders on the map are harder to reach."
    )


def test_a_voice_that_many_name_is_not_at_the_edge():
    assert sentences(ring(*(tie(name, "Umar") for name in NAMES[:5])), "voice_at_the_edge") == []


def test_a_voice_without_a_recorded_tie_is_not_judged():
    assert sentences(ring(), "voice_at_the_edge") == [
        "No tie of Umar is recorded; whether they are heard cannot be told."
    ]


def test_nothing_is_said_of_the_edge_on_a_map_of_fewer_than_ten():
    finding = gaps(ring(tie("Umar", "N1"), names=NAMES[:8]), kinds=["voice_at_the_edge"])

    assert finding.rows == ()
    assert finding.sentences[1] == (
        "With fewer than 10 leaders on the map it is not said whose voice is at the edge."
    )
