"""Who share an accountability, or belong to sectors, and have no recorded tie."""

from graph.findings.gaps import gaps
from powermap.dates import PartialDate
from tests.unit.findings.readings import row, sentences
from tests.unit.made_maps import body, leader, made_map, post, tie

BOARD = [body("Board"), leader("Asha"), leader("Ben"), leader("Carys")]
SEATS = [post(f"seat {name}", name, "Board", kind="board_member") for name in ("Asha", "Ben")]


def both(one, other, **values):
    return [tie(one, other, **values), tie(other, one, **values)]


def test_two_who_share_a_board_and_have_no_tie():
    found = row(made_map(*BOARD, *SEATS), "shared_accountability")

    assert found.sentence == "Asha and Ben share Board, and no tie between them is recorded."
    assert found.parties == ("Asha", "Ben")
    assert found.records == ("seat Asha", "seat Ben")
    assert found.next_step == "Ask Asha and Ben whom they work with: no tie of either is recorded."


def test_a_tie_of_any_kind_from_either_side_is_a_tie():
    for kind in ("trusts", "conflicts", "competes"):
        assert sentences(made_map(*BOARD, *SEATS, tie("Ben", "Asha", kind)), KIND) == []


def test_having_been_introduced_is_no_tie():
    assert len(sentences(made_map(*BOARD, *SEATS, tie("Ben", "Asha", "introduced")), KIND)) == 1


def test_names_the_only_person_who_joins_them():
    found = row(made_map(*BOARD, *SEATS, *both("Asha", "Carys"), *both("Ben", "Carys")), KIND)

    assert found.sentence == (
        "Asha and Ben share Board, and no tie between them is recorded. Nobody but Carys has ties "
        "with both that are seen from both sides."
    )
    assert found.next_step == "Carys could introduce Asha to Ben."
    assert found.facts["introducer"] == found.facts["only_joined_by"] == "Carys"


def test_an_introduction_over_a_tie_seen_from_one_side_says_so():
    found = row(made_map(*BOARD, *SEATS, tie("Asha", "Carys"), *both("Ben", "Carys")), KIND)

    assert found.facts["only_joined_by"] is None
    assert found.next_step == (
        "Carys could introduce Asha to Ben (a tie on the way is seen from one side only)."
    )


def test_without_a_path_the_chair_could_bring_them_together():
    found = row(
        made_map(
            *BOARD,
            *SEATS,
            leader("Dele"),
            leader("Eve"),
            post("chair", "Dele", "Board", kind="chair"),
            tie("Asha", "Carys"),
            tie("Ben", "Eve"),
            tie("Dele", "Asha", "conflicts"),
            tie("Dele", "Ben", "conflicts"),
        ),
        KIND,
    )

    assert found.next_step == "Dele, who chairs Board, could bring Asha and Ben together."


def test_a_seat_that_may_be_held_is_told_apart():
    late = post("late", "Carys", "Board", kind="board_member", active_from=PartialDate("2010-03"))

    found = sentences(made_map(*BOARD, SEATS[0], late), KIND)

    assert found == ["Asha and Carys may share Board, and no tie between them is recorded."]


def test_a_chief_officer_shares_the_partnerships_of_their_body():
    power_map = made_map(
        *BOARD,
        body("Trust"),
        body("Council", "local_government"),
        post("chief", "Asha", "Trust", "chief_officer"),
        post("director", "Ben", "Council", "director"),
        post("leader", "Carys", "Council", "chief_officer"),
        post("p1", "Trust", "Board", kind="partnership_member"),
        post("p2", "Council", "Board", kind="partnership_member"),
        tie("Ben", "Carys"),
    )

    assert sentences(power_map, KIND) == [
        "Asha and Carys share Board, and no tie between them is recorded."
    ]


def test_the_more_they_share_the_higher_then_the_weaker_path():
    more = [body("Team"), *(post(f"t {name}", name, "Team") for name in ("Asha", "Carys"))]
    power_map = made_map(
        *BOARD,
        *SEATS,
        post("seat Carys", "Carys", "Board", kind="board_member"),
        leader("Dele"),
        *more,
        *both("Asha", "Dele"),
        *both("Ben", "Dele"),
    )

    finding = gaps(power_map, kinds=[KIND])

    assert [found.parties for found in finding.rows] == [
        ("Asha", "Carys"),
        ("Ben", "Carys"),
        ("Asha", "Ben"),
    ]
    assert finding.sentences[:2] == (
        "In the recorded map on 1 March 2010 there are three gaps.",
        "Three pairs of leaders share an accountability (one of them two or more), and no tie "
        "between the two is recorded. First: Asha and Carys share Board and Team, and no tie "
        "between them is recorded.",
    )


SECTORS = [
    body("Trust"),
    body("Council", "local_government"),
    leader("Asha"),
    leader("Ben"),
    leader("Carys"),
    leader("Dele"),
    post("a", "Asha", "Trust"),
    post("b", "Ben", "Trust"),
    post("c", "Carys", "Council"),
    post("d", "Dele", "Council"),
]


def test_two_sectors_without_a_tie():
    power_map = made_map(*SECTORS, tie("Asha", "Ben"), tie("Carys", "Dele"))

    assert sentences(power_map, "groups_without_tie") == [
        "No tie is recorded between local government (two leaders) and the NHS (two leaders)."
    ]


def test_two_sectors_with_one_tie_only():
    found = row(made_map(*SECTORS, tie("Asha", "Carys"), tie("Carys", "Asha")), GROUPS)

    assert found.sentence == (
        "The tie between Asha and Carys is the only one recorded between local government (two "
        "leaders) and the NHS (two leaders)."
    )


def test_two_ties_or_a_joint_post_are_enough():
    ties = [tie("Asha", "Carys"), tie("Ben", "Carys")]
    joint = post("joint", "Asha", "Council")

    assert sentences(made_map(*SECTORS, *ties), GROUPS) == []
    assert sentences(made_map(*SECTORS, joint, ties[0]), GROUPS) == []


def test_a_sector_of_whose_people_no_tie_is_recorded_is_told_apart():
    finding = gaps(made_map(*SECTORS, tie("Asha", "Ben")), kinds=[GROUPS])

    assert finding.rows == ()
    assert finding.sentences[1] == (
        "What these sectors have with others cannot be told, since no tie of their people is "
        "recorded: local government (two leaders)."
    )


def test_groups_can_be_kinds_of_body_or_bodies():
    two_of_a_kind = [body("Clinic"), leader("Eve"), post("e", "Eve", "Clinic")]
    power_map = made_map(*SECTORS, *two_of_a_kind, tie("Asha", "Eve"), tie("Carys", "Dele"))

    assert sentences(power_map, GROUPS, group_by="kind") == [
        "No tie is recorded between acute trusts (three leaders) and councils (two leaders)."
    ]
    assert sentences(power_map, GROUPS, group_by="organisation") == [
        "No tie is recorded between Clinic (one leader) and Council (two leaders).",
        "No tie is recorded between Council (two leaders) and Trust (two leaders).",
        "The tie between Asha and Eve is the only one recorded between Clinic (one leader) and "
        "Trust (two leaders).",
    ]


def test_more_groups_than_anyone_would_read_are_not_compared():
    many = [body(f"B{n}") for n in range(101)] + [leader(f"L{n}") for n in range(101)]
    many += [post(f"p{n}", f"L{n}", f"B{n}") for n in range(101)]

    finding = gaps(made_map(*many), kinds=[GROUPS], group_by="organisation")

    assert finding.sentences[1] == (
        "Groups without a tie are listed for up to 100 bodies; this map has 101."
    )


KIND = "shared_accountability"
GROUPS = "groups_without_tie"
