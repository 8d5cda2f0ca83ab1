"""Ties seen from one side, seen differently, gone cold; conflict avoided."""

from datetime import date

from graph.findings.gaps import gaps
from powermap.dates import PartialDate
from tests.unit.findings.readings import factors, row, sentences
from tests.unit.made_maps import body, leader, made_map, post, tie

PEOPLE = [leader("Asha"), leader("Ben"), leader("Carys")]
TOGETHER = [
    body("Board"),
    *(post(f"p {n}", n, "Board", kind="board_member") for n in ("Asha", "Ben")),
]


def last(text, **values):
    return tie("Asha", "Ben", last_contact=PartialDate(text), **values)


def test_says_that_no_view_from_the_other_side_is_recorded():
    found = row(made_map(*PEOPLE, tie("Asha", "Ben")), "one_way")

    assert found.sentence == (
        "The tie between Asha and Ben is recorded as Asha sees it; no view from the other side is "
        "recorded. No view that Ben has of any tie is recorded."
    )
    assert found.next_step == "Ask Ben how this tie looks from there."


def test_gathers_the_ties_that_one_side_is_silent_about():
    power_map = made_map(*PEOPLE, tie("Asha", "Ben"), tie("Carys", "Ben"))

    assert sentences(power_map, "one_way") == [
        "Two ties with Ben are recorded as Asha and Carys see them; no view from the other side is "
        "recorded. No view that Ben has of any tie is recorded."
    ]


def test_a_tie_seen_from_both_sides_is_not_one_way():
    assert sentences(made_map(*PEOPLE, tie("Asha", "Ben"), tie("Ben", "Asha")), "one_way") == []


def test_seen_differently_from_two_apart():
    def views(strength, **ratings):
        return made_map(
            *PEOPLE,
            tie("Asha", "Ben", strength=5, factors=factors(altruism=4)),
            tie("Ben", "Asha", strength=strength, factors=factors(**ratings)),
        )

    assert sentences(views(4, altruism=3), "seen_differently") == []
    assert sentences(views(3, altruism=1), "seen_differently") == [
        "Asha and Ben see their tie differently: strength 5 and 3, behaving altruistically 4 and 1 "
        "(of 5, in that order)."
    ]
    assert sentences(views(None), "seen_differently") == []


def test_views_of_two_kinds_of_tie_are_counted_apart():
    power_map = made_map(
        *PEOPLE, tie("Asha", "Ben", strength=5), tie("Ben", "Asha", "advises", strength=1)
    )

    finding = gaps(power_map, kinds=["seen_differently"])

    assert finding.rows == ()
    assert finding.sentences[1] == (
        "One tie is seen by the two sides as of different kinds, and not compared."
    )


def test_cold_after_twice_the_cadence():
    assert sentences(made_map(*PEOPLE, last("2009-08-01", cadence="quarterly")), "gone_cold") == [
        "Asha and Ben were last in contact on 1 August 2009, though quarterly contact is recorded "
        "as usual."
    ]
    assert sentences(made_map(*PEOPLE, last("2009-09-01", cadence="quarterly")), "gone_cold") == []


def test_cold_after_180_days_without_a_cadence():
    assert sentences(made_map(*PEOPLE, last("2009-08")), "gone_cold") == [
        "Asha and Ben were last in contact in August 2009, more than 180 days before 1 March 2010."
    ]
    assert sentences(made_map(*PEOPLE, last("2009-09-02")), "gone_cold") == []


def test_a_contact_as_vague_as_a_year_is_given_the_benefit_of_the_doubt():
    assert sentences(made_map(*PEOPLE, last("2009", cadence="monthly")), "gone_cold") == []


def test_the_later_contact_and_the_rarer_cadence_of_the_two_views_count():
    other = tie("Ben", "Asha", last_contact=PartialDate("2010-02"), cadence="yearly")

    assert sentences(made_map(*PEOPLE, last("2008", cadence="weekly"), other), "gone_cold") == []


def test_ties_without_a_date_are_counted_apart():
    finding = gaps(made_map(*PEOPLE, tie("Asha", "Ben"), last("2010-02")), kinds=["gone_cold"])

    assert finding.rows == ()
    dated = gaps(made_map(*PEOPLE, tie("Asha", "Ben")), kinds=["gone_cold"])
    assert dated.sentences[1] == (
        "The only tie has no date of last contact, so whether it has gone cold cannot be told."
    )


def test_a_tie_that_may_have_ended_is_told_apart():
    ending = last("2008", active_to=PartialDate("2010"))

    assert sentences(made_map(*PEOPLE, ending), "gone_cold")[0].endswith(
        " It may be that the tie was not held on 1 March 2010."
    )


def avoided(*more, **values):
    close = tie(
        "Asha",
        "Ben",
        "collaborates",
        **{"cadence": "weekly", "factors": factors(surfacing_conflict=1), **values},
    )
    return sentences(made_map(*PEOPLE, *TOGETHER, close, *more), "conflict_avoided")


def test_conflict_avoided():
    assert avoided() == [
        "Asha and Ben share Board and are in contact weekly; surfacing conflict is rated 1 of 5, "
        "and no conflict or challenge between them is recorded: conflict may be avoided rather "
        "than absent."
    ]


def test_conflict_that_is_said_aloud_is_not_avoided():
    for kind in ("conflicts", "challenges"):
        assert avoided(tie("Ben", "Asha", kind)) == []
    assert len(avoided(tie("Ben", "Asha", "competes"))) == 1


def test_what_nobody_was_asked_is_not_avoided():
    assert avoided(factors=factors(frequent_contact=5)) == []
    assert avoided(factors=factors(surfacing_conflict=3)) == []


def test_contact_is_often_by_the_factor_or_the_cadence():
    assert avoided(cadence="quarterly") == []
    assert len(avoided(cadence="monthly")) == 1
    assert (
        "often (rated 4 of 5)"
        in avoided(cadence="quarterly", factors=factors(surfacing_conflict=2, frequent_contact=4))[
            0
        ]
    )


def test_the_two_must_need_each_other():
    close = tie("Asha", "Ben", cadence="weekly", factors=factors(surfacing_conflict=1))
    apart = [
        body("Trust"),
        body("Council"),
        post("a", "Asha", "Trust"),
        post("b", "Ben", "Council"),
    ]
    contract = post("c", "Trust", "Council", kind="commissioning")

    assert sentences(made_map(*PEOPLE, *apart, close), "conflict_avoided") == []
    assert sentences(made_map(*PEOPLE, *apart, contract, close), "conflict_avoided")[0].startswith(
        "Asha and Ben act for bodies that depend on each other and are in contact weekly;"
    )


def test_another_day_is_asked_about_by_its_date():
    power_map = made_map(*PEOPLE, last("2009-12-01", cadence="monthly"))

    assert sentences(power_map, "gone_cold", on=date(2010, 1, 15)) == []
    assert len(sentences(power_map, "gone_cold", on=date(2010, 3, 1))) == 1


def test_whoever_has_the_better_ties_with_both_could_go_between():
    apart = [tie("Asha", "Ben", strength=5), tie("Ben", "Asha", strength=2)]
    near = [
        tie(one, other, strength=strength)
        for go_between, strength in (("Carys", 3), ("Dele", 4))
        for one, other in ((go_between, "Asha"), (go_between, "Ben"))
    ]
    returned = [tie("Asha", "Carys", strength=3), tie("Ben", "Carys", strength=3)]
    people = [leader(name) for name in ("Asha", "Ben", "Carys", "Dele")]

    stronger = row(made_map(*people, *apart, *near), "seen_differently")
    mutual = row(made_map(*people, *apart, *near, *returned), "seen_differently")

    assert stronger.facts["introducer"] == "Dele", "the weaker of the two ties is stronger"
    assert mutual.facts["introducer"] == "Carys", "seen from both sides goes first"
    assert mutual.next_step == (
        "Ask each of them, apart from the other, what lies behind the difference. Carys, who has "
        "ties with both, could ask."
    )
