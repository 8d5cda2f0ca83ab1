"""One page on a person or a body, and what pulls on the members of a board."""

import pytest

from graph.findings.person import one_page, outside_accountabilities
from powermap.dates import PartialDate
from powermap.errors import InvalidValue, UnknownRecord
from powermap.model import Evidence
from tests.unit.findings_more.samples import called, sample, told
from tests.unit.made_maps import body, leader, made_map, post, tie


def seen(day, **values):
    return {"last_contact": PartialDate(day), **values}


def a_chief_executive(*more):
    return made_map(
        *[leader(name) for name in ("Asha", "Ben", "Carys")],
        body("Trust"),
        body("Board"),
        post("chief executive", "Asha", "Trust", "chief_officer"),
        post("member", "Asha", "Board", kind="board_member", active_from=PartialDate("2010")),
        post("director", "Ben", "Trust", reports_to="chief executive"),
        tie("Ben", "Asha", **seen("2010-02", strength=4)),
        tie("Asha", "Carys", "advises", **seen("2009-06-30", cadence="monthly")),
        tie("Carys", "Asha", "challenges"),
        *more,
    )


def test_the_page_in_sentences():
    page = one_page(a_chief_executive(), "Asha")

    assert page.question == "What does the map say of Asha?"
    assert page.sentences == (
        "Asha is chief executive of Trust. Asha may be a member of Board.",
        "Ben answers to Asha in a line.",
        "Asha reaches Carys.",
        "Ben reaches Asha.",
        "A tension is recorded with Carys.",
        "Asha is the only link in two steps between Ben and Carys.",
        "Contact is due with Carys.",
        "This rests on five records; five have no evidence.",
    )


def test_the_rows_say_what_is_due_and_on_what_evidence():
    proof = Evidence(
        basis="interview",
        citation="Talk",
        nature="opinion",
        observed_on=PartialDate("2010-02"),
    )
    power_map = a_chief_executive(tie("Asha", "Ben", "trusts", evidence=(proof,)))

    page = one_page(power_map, "Asha")

    due = next(row for row in page.rows if row.kind == "due")
    assert due.sentence == (
        "Asha and Carys were last in contact on 30 June 2009, though monthly contact is usual."
    )
    assert due.next_step == "Get in touch with Carys."
    assert told(page, "evidence") == [
        "This rests on six records, one of opinion alone; five have no evidence."
    ]
    assert page.rows[-1].facts["last_seen"] == "2010-02"


def test_a_body_has_a_page_too():
    power_map = a_chief_executive(
        body("Commissioner"),
        body("Charity", "voluntary"),
        post("a", "Trust", "Commissioner", kind="commissioning", scope="Beds"),
        post("b", "Charity", "Trust", kind="funding"),
    )

    page = one_page(power_map, "Trust")

    assert page.sentences == (
        "Commissioner commissions Trust (Beds).",
        "Asha and Ben hold posts or seats in it. Charity answers to it.",
        "No tie of Trust is recorded on this date.",
        "This rests on one record; one has no evidence.",
    )
    assert page.thin == "No tie of Trust is recorded on this date."


def test_somebody_without_anything_recorded():
    page = one_page(made_map(leader("Asha")), "Asha")

    assert page.sentences == (
        "Nothing that Asha answers for is recorded on this date.",
        "No tie of Asha is recorded on this date.",
    )
    with pytest.raises(UnknownRecord):
        one_page(made_map(leader("Asha")), "Ben")


def test_what_pulls_on_each_member_from_outside():
    power_map = made_map(
        *[leader(name) for name in ("Asha", "Ben", "Carys", "Dele")],
        body("Board"),
        body("Visits", kind="programme", sector="other"),
        body("Trust"),
        body("Regulator"),
        post("chair", "Asha", "Board", kind="chair"),
        *[post(f"m {n}", n, "Board", kind="board_member") for n in ("Ben", "Carys")],
        post("chief executive", "Dele", "Trust"),
        post("director", "Ben", "Trust", reports_to="chief executive", scope="Savings"),
        post("lead", "Asha", "Visits", kind="programme_lead"),
        post("own", "Visits", "Board", kind="delegation"),
        post("licence", "Trust", "Regulator", kind="regulation"),
    )

    found = outside_accountabilities(power_map, "Board")

    assert found.sentences == (
        "One of three people with a post or seat in Board has recorded accountabilities elsewhere.",
        "Ben is also director of Trust (Savings), answering to Dele. Regulator regulates Trust.",
        "Nothing outside is recorded of Asha and Carys.",
    )
    assert set(found.rows[0].records) == {"director", "licence"}
    with pytest.raises(InvalidValue):
        outside_accountabilities(power_map, "Asha")


def test_a_body_nobody_sits_in():
    found = outside_accountabilities(made_map(body("Board")), "Board")

    assert found.thin == "No member of Board is recorded on this date."


def test_what_pulls_on_the_leeds_board():
    leeds = sample("leeds-health-and-wellbeing-board")

    found = outside_accountabilities(leeds, called(leeds, "Leeds Health and Wellbeing Board"))

    assert found.sentences[:3] == (
        "All 14 people with a post or seat in Leeds Health and Wellbeing Board have recorded "
        "accountabilities elsewhere.",
        "Leeds City Council and NHS Commissioning Board pull on the most of them: "
        "five members each.",
        "Delphine Ashgrove is also director of Leeds City Council (Adult social care budget and "
        "savings), answering to the chief executive.",
    )


def test_a_page_on_a_broker():
    peers = sample("leading-as-peers")

    page = one_page(peers, called(peers, "Rob Webster"))

    assert (
        "Rob Webster is the only link in two steps between Diane Whittingham and Steven Michael."
    ) in page.sentences
