"""A typed name is resolved only when it can mean one; else those near it are offered."""

import pytest

from api.pages.naming import labels, meant
from powermap.model import Leader, Organisation
from powermap.vocabulary import RecordKind
from tests.unit.made_maps import made_map, post


def organisation(id, name):
    return Organisation(id=id, name=name, sector="nhs", kind="acute_trust")


def leader(id, name):
    return Leader(id=id, name=name)


@pytest.fixture
def two_smiths():
    return made_map(
        organisation("trust", name="Riverside Trust"),
        organisation("council", name="Hill Council"),
        leader("anna", name="Anna Smith"),
        leader("other", name="anna  smith"),
        leader("jose", name="José Müller"),
        post("Chief executive", "anna", "trust"),
        post("Director", "other", "council"),
    )


@pytest.mark.parametrize("typed", ["José Müller", "jose muller", "JOSÉ  MÜLLER", "jose"])
def test_capitals_accents_and_ids_do_not_matter(two_smiths, typed):
    assert meant(two_smiths, typed).id == "jose"


def test_two_of_one_name_are_told_apart_by_their_posts(two_smiths):
    called = labels(two_smiths)

    assert called["anna"] == "Anna Smith (Chief executive, Riverside Trust)"
    assert called["other"] == "anna  smith (Director, Hill Council)"
    assert meant(two_smiths, called["other"]).id == "other"


def test_a_name_that_two_have_is_not_guessed(two_smiths):
    found = meant(two_smiths, "anna smith")

    assert found.id is None
    assert set(found.offers) == {"anna", "other"}
    assert "choose which is meant" in found.message


def test_part_of_a_name_and_a_slip_of_the_pen_are_offered_not_taken(two_smiths):
    part, slip, none = (meant(two_smiths, typed) for typed in ("river", "Hil Counsil", "zzzz"))

    assert (part.id, part.offers) == (None, ("trust", "anna"))
    assert (slip.id, slip.offers) == (None, ("council",))
    assert (none.id, none.offers) == (None, ())


def test_only_the_sorts_asked_for_are_meant(two_smiths):
    found = meant(two_smiths, "Riverside Trust", (RecordKind.LEADER,), "person")

    assert found.id is None
    assert found.message.startswith("no person on this map is called")


def test_every_label_is_its_own_even_with_the_same_post_and_none(two_smiths):
    crowd = made_map(
        organisation("trust", name="Riverside Trust"),
        *(leader(f"l{n}", name="Sam Jones") for n in range(4)),
        post("p1", "l0", "trust"),
        post("p2", "l1", "trust"),
    )

    called = labels(crowd)

    assert len(set(called.values())) == 5
    assert all(meant(crowd, label).id == id for id, label in called.items())
