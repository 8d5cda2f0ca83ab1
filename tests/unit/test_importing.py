"""Laying what a file says over a map: recognised, added to, never taken from."""

from datetime import UTC, date, datetime

import pytest

from powermap.changes import Create, Update
from powermap.dates import PartialDate
from powermap.model import (
    Accountability,
    Evidence,
    Identifier,
    Leader,
    MapHeader,
    Organisation,
    PowerMap,
    Record,
    Relationship,
)
from powermap.shape import stamped
from powermap.usecases.importing import ImportPlan, Incoming, plan_import
from powermap.vocabulary import (
    AccountabilityKind,
    Basis,
    HolderStatus,
    Level,
    Nature,
    OrganisationKind,
    RecordKind,
    RelationshipKind,
    Sector,
    Sensitivity,
)

HEADER = MapHeader(id="map", title="Bridges", purpose="Who keeps them up?", as_at=date(2011, 3, 31))
SAYS = {
    RecordKind.LEADER: frozenset({"name"}),
    RecordKind.ORGANISATION: frozenset({"name"}),
    RecordKind.ACCOUNTABILITY: frozenset({"holder", "holder_status", "to", "reports_to", "title"}),
}


def known_as(value: str) -> tuple[Identifier, ...]:
    return (Identifier(scheme="register", value=value),)


def source(citation: str) -> tuple[Evidence, ...]:
    return (Evidence(basis=Basis.PUBLIC_REGISTER, citation=citation, nature=Nature.FACT),)


def body(id: str = "body", **others: object) -> Organisation:
    values: dict[str, object] = {
        "name": "Department of Bridges",
        "kind": OrganisationKind.GOVERNMENT_DEPARTMENT,
        "sector": Sector.CENTRAL_GOVERNMENT,
        "identifiers": known_as("bridges"),
    }
    return Organisation(id=id, **(values | others))  # type: ignore[arg-type]


def leader(id: str, name: str, *values: str, **others: object) -> Leader:
    identifiers = tuple(i for value in values for i in known_as(value))
    return Leader(id=id, name=name, identifiers=identifiers, **others)  # type: ignore[arg-type]


def post(id: str, reference: str, holder: str | None = None, **others: object) -> Accountability:
    values: dict[str, object] = {
        "holder": holder,
        "holder_status": HolderStatus.NAMED if holder else HolderStatus.UNDISCLOSED,
        "to": "body",
        "kind": AccountabilityKind.POST,
        "title": "Director",
        "identifiers": known_as(reference),
    }
    return Accountability(id=id, **(values | others))  # type: ignore[arg-type]


def on_map(*records: Record) -> PowerMap:
    kept = [stamped(record, version=3, author="asha") for record in records]
    return PowerMap(
        header=HEADER,
        revision=7,
        changed_at=datetime(2011, 4, 1, tzinfo=UTC),
        records={record.id: record for record in kept},
    )


def planned(current: PowerMap, *records: Record, **others: object) -> ImportPlan:
    """What a file that speaks of some fields, and is the whole of its register, would change."""
    values: dict[str, object] = {"says": SAYS, "registers": frozenset({"register"})}
    return plan_import(
        current,
        Incoming(header=None, records=records, **(values | others)),  # type: ignore[arg-type]
    )


def only_update(plan: ImportPlan) -> Record:
    (change,) = plan.changes
    assert isinstance(change, Update) and change.version == 3
    return change.record


class TestRecognising:
    def test_a_record_is_recognised_by_any_identifier_and_keeps_its_id(self) -> None:
        current = on_map(body(), leader("a", "Asha", "other", "1"))

        plan = planned(current, leader("x", "Asha Rao", "1"))

        updated = only_update(plan)
        assert (updated.id, updated.author) == ("a", "asha")
        assert plan.updated == {RecordKind.LEADER: 1}
        assert plan.rewritten == {RecordKind.LEADER: {"name": 1}}

    def test_other_records_are_told_the_id_it_has_on_the_map(self) -> None:
        current = on_map(body(), leader("a", "Asha", "1"))

        plan = planned(current, body("new-body"), leader("x", "Asha", "1"), post("p", "P", "x"))

        assert plan.changes == (Create(post("p", "P", "a")),)

    def test_without_an_identifier_a_record_is_new_even_under_the_same_name(self) -> None:
        current = on_map(leader("a", "Asha"))

        plan = planned(current, leader("x", "Asha"))

        assert plan.changes == (Create(leader("x", "Asha")),)
        assert plan.notes == (
            "Called like somebody on the map already; kept as another person (1): Asha.",
        )

    def test_an_identifier_of_another_kind_of_record_is_another(self) -> None:
        plan = planned(on_map(leader("a", "Asha", "1")), body("x", identifiers=known_as("1")))

        assert plan.created == {RecordKind.ORGANISATION: 1}

    def test_two_on_the_map_under_one_identifier_are_noted(self) -> None:
        current = on_map(leader("a", "Asha", "1"), leader("b", "Asha R", "1"))

        plan = planned(current, leader("x", "Asha", "1"))

        assert plan.changes == ()
        assert "more than once under the same identifier" in plan.notes[0]


class TestFileThatSaysEverything:
    def test_the_record_becomes_what_the_file_says(self) -> None:
        current = on_map(leader("a", "Asha", "1", evidence=source("interview")))

        plan = planned(current, leader("x", "Asha", "1"), says=None)

        assert only_update(plan).evidence == ()

    def test_the_sensitivity_stays(self) -> None:
        current = on_map(leader("a", "Asha", "1", sensitivity=Sensitivity.PRIVATE))

        plan = planned(current, leader("x", "Asha", "1", sensitivity=Sensitivity.OPEN), says=None)

        assert plan.changes == () and plan.unchanged == {RecordKind.LEADER: 1}


class TestFileThatSaysSomeThings:
    def test_what_people_added_to_the_record_stays(self) -> None:
        added = {
            "level": Level.DIRECTOR,
            "active_from": PartialDate("2009"),
            "evidence": source("interview"),
            "identifiers": (Identifier(scheme="ODS", value="X1"), *known_as("P")),
        }
        current = on_map(body(), post("p", "P", **added))

        plan = planned(current, post("x", "P", title="Head", evidence=source("register")))

        assert only_update(plan) == stamped(
            current.records["p"],
            title="Head",
            evidence=source("interview") + source("register"),
        )

    def test_the_same_facts_from_a_later_file_change_nothing(self) -> None:
        current = on_map(body(), post("p", "P", evidence=source("March")))

        plan = planned(current, post("x", "P", evidence=source("September")))

        assert plan.changes == ()

    def test_a_record_holds_no_more_evidence_than_it_may(self) -> None:
        full = tuple(e for n in range(100) for e in source(f"file {n}"))
        current = on_map(body(), post("p", "P", evidence=full))

        plan = planned(current, post("x", "P", title="Head", evidence=source("one more")))

        assert only_update(plan).evidence == full

    def test_not_disclosed_takes_no_name_away_that_the_map_has_from_elsewhere(self) -> None:
        current = on_map(body(), leader("a", "Asha"), post("p", "P", "a"))

        plan = planned(current, post("x", "P", title="Head"))

        updated = only_update(plan)
        assert isinstance(updated, Accountability) and updated.holder == "a"
        assert "the map's holder was kept (1): Director (P)" in plan.notes[0]

    def test_not_disclosed_ends_what_the_register_itself_had_said(self) -> None:
        current = on_map(body(), leader("a", "Asha", "P/Asha"), post("p", "P", "a"))

        updated = only_update(planned(current, post("x", "P")))

        assert isinstance(updated, Accountability)
        assert updated.holder_status is HolderStatus.UNDISCLOSED

    def test_a_new_holder_of_a_dated_post_is_noted(self) -> None:
        current = on_map(body(), leader("a", "Asha", "P/A"), post("p", "P", "a", acting=True))

        plan = planned(current, leader("b", "Ben", "P/B"), post("x", "P", "b"))

        assert any("check the dates" in note for note in plan.notes)


class TestAbsent:
    def test_what_left_the_register_is_named_and_stays(self) -> None:
        current = on_map(body(), post("p", "P"), leader("a", "Asha", "P/Asha"), leader("b", "Ben"))

        plan = planned(current, body("x"))

        assert plan.changes == ()
        assert {record.id for record in plan.absent} == {"p", "a"}
        assert plan.notes == (
            "Accountabilities on the map and not in this file; nothing was removed (1): "
            "Director (P).",
            "Leaders on the map and not in this file; nothing was removed (1): Asha (P/Asha).",
        )

    def test_what_the_file_names_without_a_record_has_not_left(self) -> None:
        (identifier,) = known_as("P")
        mentioned = frozenset({(RecordKind.ACCOUNTABILITY, identifier)})

        plan = planned(on_map(body(), post("p", "P")), body("x"), mentioned=mentioned)

        assert plan.absent == ()

    def test_a_file_that_is_part_of_a_register_says_nothing_of_the_rest(self) -> None:
        plan = planned(on_map(body(), post("p", "P")), body("x"), registers=frozenset())

        assert plan.absent == () and plan.notes == ()

    def test_many_are_not_all_named(self) -> None:
        current = on_map(body(), *(post(f"p{n}", f"P{n}") for n in range(25)))

        plan = planned(current, body("x"))

        assert len(plan.absent) == 25
        assert plan.notes[0].endswith("Director (P4) and 5 more.")


class TestJoinedOnTheMap:
    """Somebody found that two records of the file are one, and joined them on the map."""

    @pytest.fixture
    def current(self) -> PowerMap:
        both = known_as("1") + known_as("2")
        return on_map(body(), leader("a", "Asha", "1", "2"), post("p", "1", "a", identifiers=both))

    def test_one_person_is_not_updated_twice(self, current: PowerMap) -> None:
        plan = planned(current, leader("x", "Asha", "1"), leader("y", "A. Rao", "2"))

        assert plan.changes == ()
        assert plan.unchanged == {RecordKind.LEADER: 2}
        assert "one record on the map and two in the file" in plan.notes[0].lower()

    def test_a_post_does_not_come_to_report_to_itself(self, current: PowerMap) -> None:
        records = (leader("l", "Asha", "1"), post("x", "1", "l", reports_to="y"), post("y", "2"))

        plan = planned(current, *records)

        assert plan.changes == ()

    def test_a_tie_between_the_two_is_left_out_and_noted(self, current: PowerMap) -> None:
        tie = Relationship(id="t", source="x", target="y", kind=RelationshipKind.TRUSTS)

        plan = planned(current, leader("x", "Asha", "1"), leader("y", "Asha", "2"), tie)

        assert plan.changes == ()
        assert any("one and the same" in note for note in plan.notes)


def test_a_file_of_another_day_is_noted() -> None:
    header = stamped(HEADER, as_at=date(2011, 9, 30))

    plan = plan_import(on_map(), Incoming(header=header, records=()))

    assert plan.notes == (
        "The file describes 2011-09-30, and the map says it describes 2011-03-31: "
        "change its date and title if it is now of that day.",
    )
