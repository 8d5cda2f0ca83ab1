"""Joint posts are found: two bodies, one leader, one day."""

from datetime import date

from graph.findings.joint_posts import joint_posts
from powermap.dates import Held, PartialDate
from powermap.vocabulary import Level
from tests.unit.made_maps import body, leader, made_map, post

BODIES = [leader("Asha"), body("Trust"), body("Council", "local_government")]


def test_two_posts_in_one_body_are_no_joint_post():
    power_map = made_map(*BODIES, post("a", "Asha", "Trust"), post("b", "Asha", "Trust"))

    assert joint_posts(power_map) == []


def test_a_seat_on_a_board_is_no_post():
    power_map = made_map(
        *BODIES, post("a", "Asha", "Trust"), post("b", "Asha", "Council", kind="board_member")
    )

    assert joint_posts(power_map) == []


def test_a_secondment_and_a_statutory_duty_are_posts():
    for kind in ("secondment", "statutory"):
        power_map = made_map(
            *BODIES, post("a", "Asha", "Trust"), post("b", "Asha", "Council", kind=kind)
        )

        assert [joint.leader.name for joint in joint_posts(power_map)] == ["Asha"]


def test_says_how_far_apart_the_levels_are_and_whom_each_line_leads_to():
    power_map = made_map(
        *BODIES,
        leader("Ben"),
        post("chief", "Asha", "Trust", Level.CHIEF_OFFICER, acting=True),
        post("boss", "Ben", "Council", Level.CHIEF_OFFICER),
        post("director", "Asha", "Council", Level.DIRECTOR, reports_to="boss"),
    )

    (joint,) = joint_posts(power_map)

    assert joint.rungs_apart == 2
    assert [post.body.name for post in joint.posts] == ["Trust", "Council"]
    assert [post.answers_to for post in joint.posts] == [None, "Ben, boss"]
    assert joint.sentence == (
        "Asha is acting chief of Trust and director of Council. "
        "Chief officer in one body and director in another."
    )


def test_levels_beside_the_ladder_are_not_compared():
    power_map = made_map(
        *BODIES,
        post("a", "Asha", "Trust", Level.CLINICAL_LEAD),
        post("b", "Asha", "Council", Level.DIRECTOR),
    )

    (joint,) = joint_posts(power_map)

    assert joint.rungs_apart is None
    assert "not recorded" in joint.sentence


def test_a_post_that_may_be_held_makes_the_joint_post_uncertain():
    power_map = made_map(
        *BODIES,
        post("a", "Asha", "Trust"),
        post("b", "Asha", "Council", active_from=PartialDate("2009-05")),
    )

    (may,) = joint_posts(power_map, date(2009, 5, 10))
    (june,) = joint_posts(power_map, date(2009, 6, 1))

    assert not may.certain
    assert {post.held for post in may.posts} == {Held.YES, Held.MAYBE}
    assert june.certain
    assert joint_posts(power_map, date(2009, 4, 30)) == []


def test_a_body_that_is_no_more_has_no_posts():
    power_map = made_map(
        leader("Asha"),
        body("Trust", active_to=PartialDate("2009")),
        body("Council", "local_government"),
        post("a", "Asha", "Trust"),
        post("b", "Asha", "Council"),
    )

    assert joint_posts(power_map) == []
    assert len(joint_posts(power_map, date(2008, 1, 1))) == 1
