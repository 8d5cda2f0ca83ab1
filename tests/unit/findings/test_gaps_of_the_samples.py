"""What the sample maps must show, and how the gaps are put together."""

import time

import pytest

from graph.findings.gaps import RULES, Gap, gaps
from graph.findings.introductions import honest_broker, introductions, stuck_pairs
from powermap.errors import InvalidValue
from tests.unit.findings.readings import id_of, pairs, sample
from tests.unit.made_maps import body, leader, made_map, post, tie

SAMPLES = (
    "leading-as-peers",
    "leeds-health-and-wellbeing-board",
    "health-and-care-system",
    "senior-joint-posts",
    "peer-challenge",
)


OF_TWO = (
    Gap.SHARED_ACCOUNTABILITY,
    Gap.DEPENDENT_BODIES,
    Gap.GROUPS_WITHOUT_TIE,
    Gap.SEEN_DIFFERENTLY,
    Gap.GONE_COLD,
    Gap.CONFLICT_AVOIDED,
)


def test_nobody_but_rob_webster_joins_the_two_chief_executives():
    power_map = sample("leading-as-peers")

    first = gaps(power_map).rows[0]

    assert first.sentence == (
        "Diane Whittingham and Steven Michael share Joint bid for Transforming Community Services "
        "and Leading as Peers, and no tie between them is recorded. Nobody but Rob Webster has "
        "ties with both that are seen from both sides."
    )
    assert first.next_step == "Rob Webster could introduce Diane Whittingham to Steven Michael."
    diane, steven = (id_of(power_map, n) for n in ("Diane Whittingham", "Steven Michael"))
    assert (
        introductions(power_map, diane, steven)
        .rows[0]
        .sentence.startswith("Rob Webster could introduce Diane Whittingham to Steven Michael:")
    )


def test_five_ties_of_the_peer_challenge_are_seen_differently():
    power_map = sample("peer-challenge")

    assert pairs(power_map, gaps(power_map, kinds=["seen_differently"])) == [
        {"Caspian Threlfall-Udo", "Dr Balthazar Quill"},
        {"Lucian Adeyemi-Frost", "Marguerite Achterberg"},
        {"Araminta Kovač-Steele", "Gudrun Palliser"},
        {"Clementine Agyei-Ford", "Sigrid Balogun-Hay"},
        {"Kezia Strand-Ogilvie", "Thaddeus Munro-Iyer"},
    ]


def test_the_stuck_pairs_of_the_peer_challenge_and_their_honest_brokers():
    power_map = sample("peer-challenge")

    finding = stuck_pairs(power_map)

    assert finding.sentences == (
        "In the recorded map on 28 February 2018 two pairs of leaders are stuck.",
        "Constance Nakashima-Reid and Thaddeus Munro-Iyer are stuck, since both record a conflict. "
        "Kezia Strand-Ogilvie and Nerys Gopalakrishnan could be the honest broker.",
        "Lucian Adeyemi-Frost and Torvald Inskip are stuck, since both record a conflict. "
        "Mortimer Dacosta-Lee could be the honest broker.",
    )
    lucian, torvald = finding.rows[1].parties
    assert honest_broker(power_map, torvald, lucian).rows[0].facts["name"] == "Mortimer Dacosta-Lee"


def test_the_close_pair_who_never_disagree_aloud_come_first():
    power_map = sample("health-and-care-system")

    found = pairs(power_map, gaps(power_map, kinds=["conflict_avoided"]))

    assert found[0] == {"Cordelia Vasquez-Hume", "Roderic Amponsah"}
    assert {"Idris Farrimond", "Nkechi Stallworthy"} not in found, "they disagree aloud"


def test_whose_voice_is_at_the_edge_in_leeds():
    power_map = sample("leeds-health-and-wellbeing-board")

    finding = gaps(power_map, kinds=["voice_at_the_edge"])

    assert pairs(power_map, finding) == [{"Umar Pellow"}, {"Agnieszka Holroyd-Bains"}]


def test_bodies_that_only_a_joint_post_holder_joins():
    finding = gaps(sample("senior-joint-posts"), kinds=["dependent_bodies"])

    assert any(
        row.sentence == "Torbay Care Trust answers for delegated functions to Torbay Council, and "
        "Anthony Farnsworth, who answers to both, is the only person who joins them."
        for row in finding.rows
    )
    assert finding.thin == (
        "Ties are recorded of 2 of 9 leaders only: a tie that is missing here may be missing from "
        "the map alone."
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_names_its_people_its_records_and_a_next_step(name):
    power_map = sample(name)

    finding = gaps(power_map)

    assert [row.kind for row in finding.rows] == sorted(
        (row.kind for row in finding.rows), key=list(Gap).index
    ), "in the listed order"
    for row in finding.rows:
        assert row.sentence.endswith(".") and "None" not in row.sentence
        assert row.next_step and row.next_step.endswith(".")
        assert set(row.parties) | set(row.records) <= set(power_map.records)
        assert row.parties
        assert row.records or row.kind == Gap.NO_ACCOUNTABILITY, "who is on the map and no more"
        if row.kind in OF_TWO:
            assert "introducer" in row.facts


@pytest.mark.parametrize("name", SAMPLES)
def test_a_copy_of_the_map_under_other_ids_says_the_same(name):
    first, second = gaps(sample(name)), gaps(sample(name))

    assert first.sentences == second.sentences
    assert [(row.sentence, row.next_step) for row in first.rows] == [
        (row.sentence, row.next_step) for row in second.rows
    ]


def test_the_rule_of_every_kind_asked_for_is_printed():
    finding = gaps(sample("leading-as-peers"), kinds=[Gap.ONE_WAY, "gone_cold"])

    assert set(RULES) == set(Gap)
    assert RULES[Gap.ONE_WAY] in finding.rule
    assert "or than 180 days where none is recorded" in finding.rule
    assert RULES[Gap.NO_HOLDER] not in finding.rule
    assert {row.kind for row in finding.rows} == {"one_way"}


def test_an_unknown_kind_is_refused():
    with pytest.raises(InvalidValue, match="must be one of shared_accountability"):
        gaps(sample("leading-as-peers"), kinds=["gossip"])


def test_a_map_without_gaps_says_so():
    power_map = made_map(
        body("Trust"),
        leader("Asha"),
        leader("Ben"),
        post("a", "Asha", "Trust"),
        post("b", "Ben", "Trust"),
        tie("Asha", "Ben"),
        tie("Ben", "Asha"),
    )

    finding = gaps(power_map, kinds=["shared_accountability"])

    assert finding.sentences == (
        "In the recorded map on 1 March 2010 no gap of this kind is found.",
    )
    assert finding.thin is None


def test_an_empty_map_is_too_thin():
    finding = gaps(made_map())

    assert finding.rows == ()
    assert finding.thin == "No leader is on the map on this day."


def test_500_leaders_and_3000_ties_take_less_than_three_seconds():
    people = [f"P{number:03}" for number in range(500)]
    records = [leader(name) for name in people]
    records += [body(f"B{number}") for number in range(50)]
    records += [post(f"post {name}", name, f"B{n % 50}") for n, name in enumerate(people)]
    records += [post(f"duty {name}", name, f"B{n % 7}") for n, name in enumerate(people)]
    records += [
        post(f"contract {number}", f"B{number}", f"B{(number + 9) % 50}", kind="commissioning")
        for number in range(50)
    ]
    records += [
        tie(name, people[(n + step) % 500], strength=1 + (n + step) % 5)
        for n, name in enumerate(people)
        for step in (1, -1, 17, -17, 101, 230)
    ]
    power_map = made_map(*records)

    started = time.process_time()
    gaps(power_map)

    assert time.process_time() - started < 3
