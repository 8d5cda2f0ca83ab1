"""Accountabilities without a holder, past an end, or held twice; leaders with none."""

from datetime import date

from graph.findings.gaps import gaps
from powermap.dates import PartialDate
from tests.unit.findings.readings import row, sentences
from tests.unit.made_maps import body, leader, made_map, post

TRUST = [leader("Asha"), leader("Ben"), body("Trust"), body("Council", "local_government")]
OLD = body("Old trust", active_to=PartialDate("2009-12-31"), succeeded_by=("Trust",))


def test_vacant_is_named_and_undisclosed_counted_apart():
    power_map = made_map(
        *TRUST,
        post("Chief executive", "Asha", "Trust"),
        post("Chief nurse", None, "Trust", reports_to="Chief executive"),
        post("Matron", "Ben", "Trust", reports_to="Chief nurse"),
        post("Chair", None, "Trust", status="undisclosed"),
    )

    finding = gaps(power_map, kinds=["no_holder"])

    assert [found.sentence for found in finding.rows] == [
        "Chief nurse at Trust is vacant. One accountability reports to it."
    ]
    assert finding.rows[0].next_step == (
        "Ask Asha (chief executive) who answers for it until it is filled."
    )
    assert finding.sentences[-1] == (
        "One accountability has a holder whose name is not disclosed on the map."
    )


def test_a_vacancy_that_may_be_over_may_be():
    power_map = made_map(*TRUST, post("Nurse", None, "Trust", active_to=PartialDate("2010")))

    assert sentences(power_map, "no_holder") == ["Nurse at Trust may be vacant."]


def test_two_chief_officers_in_one_body():
    found = row(
        made_map(
            *TRUST,
            post("Chief", "Asha", "Trust", "chief_officer"),
            post("Acting chief", "Ben", "Trust", "chief_officer"),
        ),
        "two_chief_officers",
    )

    assert found.sentence == "Asha and Ben hold chief officers' posts in Trust at the same time."


def test_a_handover_known_to_the_month_may_be_two():
    power_map = made_map(
        *TRUST,
        post("Chief", "Asha", "Trust", "chief_officer", active_to=PartialDate("2010-03")),
        post("New", "Ben", "Trust", "chief_officer", active_from=PartialDate("2010-03")),
    )

    assert sentences(power_map, "two_chief_officers") == [
        "Asha and Ben may hold chief officers' posts in Trust at the same time on 1 March 2010."
    ]
    assert sentences(power_map, "two_chief_officers", on=date(2010, 4, 1)) == []


def test_one_person_with_two_chief_officers_posts_is_one():
    power_map = made_map(
        *TRUST,
        post("Chief", "Asha", "Trust", "chief_officer"),
        post("Accounting officer", "Asha", "Trust", "chief_officer", kind="statutory"),
        post("Deputy", "Ben", "Trust", "executive_director"),
    )

    assert sentences(power_map, "two_chief_officers") == []


def test_a_body_that_has_ended_with_accountabilities_past_the_end():
    power_map = made_map(*TRUST, OLD, post("Chief", "Asha", OLD.id), post("Chair", "Ben", OLD.id))

    found = row(power_map, "body_abolished")

    assert found.sentence == (
        "Old trust ended (31 December 2009), and two accountabilities to it are recorded past that "
        "day: Chief (Asha) and Chair (Ben)."
    )
    assert found.next_step == "End them, or record what passed to Trust."
    assert sentences(power_map, "body_abolished", on=date(2009, 12, 31)) == []


def test_accountabilities_that_ended_with_the_body_are_in_order():
    ended = post("Chief", "Asha", OLD.id, active_to=PartialDate("2009-12-31"))

    assert sentences(made_map(*TRUST, OLD, ended), "body_abolished") == []


def test_a_holder_that_is_no_more():
    power_map = made_map(*TRUST, OLD, post("Partner", OLD.id, "Council", kind="partnership_member"))

    assert sentences(power_map, "holder_left") == [
        "Old trust ended (31 December 2009), yet it is still recorded as holding Partner at "
        "Council."
    ]


def test_a_leader_all_of_whose_posts_have_ended():
    seat = post("Member", "Asha", "Council", kind="board_member")
    once = post("Chief", "Asha", "Trust", active_to=PartialDate("2009"))

    assert sentences(made_map(*TRUST, seat, once), "holder_left") == [
        "Every recorded post of Asha has ended, yet Member at Council is still recorded as held."
    ]
    assert sentences(made_map(*TRUST, seat), "holder_left") == []
    assert (
        sentences(made_map(*TRUST, seat, once, post("New", "Asha", "Trust")), "holder_left") == []
    )


def test_a_leader_with_no_accountability():
    once = post("Peer", "Ben", "Council", active_to=PartialDate("2009"))
    power_map = made_map(*TRUST, leader("Carys"), post("Chief", "Asha", "Trust"), once)

    assert sentences(power_map, "no_accountability") == [
        "Ben holds no recorded accountability on 1 March 2010. At another time: Peer at Council.",
        "Carys holds no recorded accountability on 1 March 2010.",
    ]
