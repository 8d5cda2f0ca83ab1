"""An invalid record cannot exist: what each field may hold, and what a whole record must."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powermap.dates import PartialDate
from powermap.errors import InvalidValue, UnknownRecord
from powermap.model import (
    CLASSES,
    KINDS,
    MAY_NAME,
    Accountability,
    Assessment,
    Evidence,
    FiveFactors,
    Identifier,
    Leader,
    MapHeader,
    Organisation,
    PowerMap,
    Record,
    Relationship,
    kind_of,
    name_of,
)
from powermap.shape import plain, rebuilt, shape_of
from powermap.vocabulary import (
    AccountabilityKind,
    Basis,
    HolderStatus,
    Nature,
    OrganisationKind,
    RecordKind,
    RelationshipKind,
    Sector,
    Sensitivity,
)


def leader(**said: Any) -> Leader:
    return Leader(**{"id": "kim", "name": "Kim", **said})


def body(**said: Any) -> Organisation:
    kind, sector = OrganisationKind.COUNCIL, Sector.LOCAL_GOVERNMENT
    return Organisation(**{"id": "o", "name": "Council", "kind": kind, "sector": sector, **said})


def post(**said: Any) -> Accountability:
    kind = AccountabilityKind.POST
    return Accountability(
        **{"id": "a", "holder": "kim", "to": "o", "kind": kind, "title": "Chief", **said}
    )


def tie(**said: Any) -> Relationship:
    kind = RelationshipKind.TRUSTS
    return Relationship(**{"id": "t", "source": "kim", "target": "lee", "kind": kind, **said})


def judgement(**said: Any) -> Assessment:
    day = PartialDate("2010-02")
    return Assessment(**{"id": "j", "leader": "kim", "power": 3, "assessed_on": day, **said})


def header(**said: Any) -> MapHeader:
    return MapHeader(
        **{"id": "m", "title": "A map", "purpose": "To see", "as_at": date(2010, 3, 1), **said}
    )


def evidence(**said: Any) -> Evidence:
    return Evidence(**{"basis": Basis.MINUTES, "citation": "Item 6", "nature": Nature.FACT, **said})


Refusal = tuple[Callable[[], object], str, str]

REFUSALS: dict[str, Refusal] = {
    "no name": (lambda: leader(name=""), "name", "visible character"),
    "white space": (lambda: leader(name=" \t "), "name", "visible character"),
    "zero width": (lambda: leader(name="\u200b\u200d"), "name", "visible character"),
    "marks alone": (lambda: leader(name="\u0301"), "name", "visible character"),
    "line break": (lambda: leader(name="Kim\nLee"), "name", "control character U+000A"),
    "null": (lambda: leader(name="Kim\x00"), "name", "control character U+0000"),
    "lone surrogate": (lambda: leader(name="Kim \ud800"), "name", "control character U+D800"),
    "too long": (lambda: leader(name="x" * 201), "name", "at most 200 characters long; it is 201"),
    "no text": (lambda: leader(name=7), "name", "must be text"),
    "nothing": (lambda: leader(name=None), "name", "must be text"),
    "unknown level": (lambda: leader(sensitivity="secret"), "sensitivity", "must be one of: open"),
    "no level": (lambda: leader(sensitivity=None), "sensitivity", "must be one of"),
    "unknown kind": (lambda: body(kind="guild"), "kind", "must be one of: acute_trust"),
    "strength 0": (lambda: tie(strength=0), "strength", "whole number from 1 to 5"),
    "strength 6": (lambda: tie(strength=6), "strength", "whole number from 1 to 5"),
    "half": (lambda: tie(strength=2.5), "strength", "whole number"),
    "true": (lambda: tie(strength=True), "strength", "whole number"),
    "huge": (lambda: tie(strength=2**64), "strength", "whole number"),
    "NaN": (lambda: tie(strength=float("nan")), "strength", "whole number"),
    "factor": (lambda: FiveFactors(altruism=9), "altruism", "whole number from 1 to 5"),
    "date as text": (lambda: body(active_from="2009"), "active_from", "must be a PartialDate"),
    "day as text": (lambda: header(as_at="2010-03-01"), "as_at", "must be a date"),
    "truth as text": (lambda: header(illustrative="yes"), "illustrative", "must be a bool"),
    "hidden header": (lambda: header(sensitivity="private"), "sensitivity", "always open"),
    "ended first": (
        lambda: body(active_from=PartialDate("2010"), active_to=PartialDate("2009")),
        "active_to",
        "must not be before active_from",
    ),
    "itself": (lambda: tie(target="kim"), "target", "must differ from source"),
    "own heir": (lambda: body(succeeded_by=("o",)), "succeeded_by", "cannot succeed itself"),
    "own master": (lambda: post(to="kim"), "to", "must differ from holder"),
    "own line": (lambda: post(reports_to="a"), "reports_to", "cannot report to itself"),
    "nobody named": (lambda: post(holder=None), "holder", "is needed, unless"),
    "vacant and held": (lambda: post(holder_status="vacant"), "holder", "must be left out"),
    "secret and held": (lambda: post(holder_status="undisclosed"), "holder", "must be left out"),
    "no judgement": (lambda: judgement(power=None), "power", "say at least one of"),
    "too many": (lambda: leader(evidence=(evidence(),) * 101), "evidence", "at most 100"),
    "no evidence": (lambda: leader(evidence=("hearsay",)), "evidence/0", "must be a Evidence"),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS.keys())
def test_what_a_record_may_not_hold(refusal: Refusal) -> None:
    make, where, why = refusal

    with pytest.raises(InvalidValue) as refused:
        make()

    assert why in str(refused.value)
    assert ["/".join(map(str, problem.path)) for problem in refused.value.problems] == [where]


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(InvalidValue) as refused:
        tie(source="", strength=9, sentiment="cold")

    assert [problem.path for problem in refused.value.problems] == [
        ("source",),
        ("strength",),
        ("sentiment",),
    ]


def test_text_is_kept_in_one_normal_form_without_outer_white_space() -> None:
    assert leader(name=" \u00a0Zoe\u0308 ").name == "Zoë"
    assert evidence(citation="one\n\ttwo").citation == "one\n\ttwo"


def test_text_as_long_as_allowed_is_kept() -> None:
    assert len(leader(name="é" * 200).name) == 200


def test_words_become_members_of_their_lists() -> None:
    assert leader(sensitivity="open").sensitivity is Sensitivity.OPEN
    assert post(holder=None, holder_status="vacant").holder_status is HolderStatus.VACANT


def test_a_level_that_is_not_said_is_confidential_save_for_the_header() -> None:
    for record in (leader(), body(), post(), tie(), judgement()):
        assert record.sensitivity is Sensitivity.CONFIDENTIAL
    assert header().sensitivity is Sensitivity.OPEN


def test_a_record_cannot_be_changed_in_place() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        leader().name = "Lee"  # type: ignore[misc]


# -- naming -------------------------------------------------------------------------------------

RECORDS = [
    header(),
    leader(),
    body(succeeded_by=("p", "q")),
    post(reports_to="b"),
    tie(),
    judgement(),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: kind_of(record).value)
def test_each_reference_is_known_to_the_rules(record: Record) -> None:
    named = {reference.field for reference in record.references()}

    assert named == {shape.name for shape in shape_of(type(record)) if shape.refers}
    for field in named:
        assert (kind_of(record), field) in MAY_NAME


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: kind_of(record).value)
def test_a_record_lets_go_of_what_it_can_do_without(record: Record) -> None:
    for reference in record.references():
        if reference.essential:
            continue
        left = record.without(reference.id)
        assert reference.id not in {other.id for other in left.references()}
        assert left.id == record.id


def test_a_post_without_its_holder_is_vacant() -> None:
    assert post().without("kim").holder_status is HolderStatus.VACANT
    assert post(reports_to="b").without("b").reports_to is None
    assert post(reports_to="b").without("b").holder == "kim"


def test_each_kind_has_its_class_and_its_name() -> None:
    assert {KINDS[cls]: cls for cls in KINDS} == CLASSES
    assert CLASSES.keys() == set(RecordKind)
    assert [name_of(record) for record in RECORDS] == [
        "A map",
        "Kim",
        "Council",
        "Chief",
        None,
        None,
    ]


# -- plain values -------------------------------------------------------------------------------


def values_for(cls: type[Any]) -> st.SearchStrategy[Any]:
    """Any valid values of a class's fields, by what it says of them itself."""
    fields = {}
    for shape in shape_of(cls):
        one = _value(shape)
        if shape.many:
            one = st.lists(one, max_size=2).map(tuple)
        fields[shape.name] = st.none() | one if shape.optional else one
    return st.builds(lambda **said: said, **fields)


def _value(shape: Any) -> st.SearchStrategy[Any]:
    if shape.type is str:
        return st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=9)
    if shape.type is int:
        return st.integers(shape.low or 0, shape.high or 9)
    if shape.type is bool:
        return st.booleans()
    if shape.type is date:
        return st.dates()
    if shape.type is PartialDate:
        return st.sampled_from(["2009", "2009-05", "2009-05-14"]).map(PartialDate)
    if issubclass(shape.type, StrEnum):
        return st.sampled_from(list(shape.type))
    return values_for(shape.type).map(lambda said: shape.type(**said))


@given(data=st.data(), cls=st.sampled_from(list(CLASSES.values())))
def test_a_record_survives_being_written_as_plain_values(
    data: st.DataObject, cls: type[Record]
) -> None:
    said = data.draw(values_for(cls))
    try:
        record = cls(**said)
    except InvalidValue:
        # A holder without a name, an end before its start: not about how it is written.
        return

    assert rebuilt(cls, plain(record)) == record


def test_what_is_not_known_is_left_out_of_plain_values() -> None:
    assert plain(tie()) == {
        "id": "t",
        "version": 0,
        "author": "-",
        "sensitivity": "confidential",
        "source": "kim",
        "target": "lee",
        "kind": "trusts",
    }
    assert plain(leader(identifiers=(Identifier(scheme="ODS", value="R"),)))["identifiers"] == [
        {"scheme": "ODS", "value": "R"}
    ]


# -- a map --------------------------------------------------------------------------------------


def a_map(*records: Record) -> PowerMap:
    return PowerMap(
        header=header(),
        revision=1,
        changed_at=datetime(2010, 3, 1),
        records={record.id: record for record in records},
    )


def test_a_map_sorts_its_records_by_kind() -> None:
    found = a_map(*RECORDS[1:])

    assert list(found.leaders) == ["kim"]
    assert list(found.organisations) == ["o"]
    assert list(found.accountabilities) == ["a"]
    assert list(found.relationships) == ["t"]
    assert list(found.assessments) == ["j"]
    assert found.party("kim") == leader()
    for wrong in ("nobody", "t"):
        with pytest.raises(UnknownRecord):
            found.party(wrong)


def test_a_tie_is_held_no_more_surely_than_those_it_names() -> None:
    found = a_map(
        leader(),
        body(active_from=PartialDate("2009"), active_to=PartialDate("2011")),
        body(id="q", active_to=PartialDate("2008")),
        tie(target="o", active_from=PartialDate("2009-01-01")),
        tie(id="u", target="q"),
        post(active_from=PartialDate("2010")),
    )

    then = found.held_on(date(2009, 6, 1))
    assert set(then.records) == {"kim", "o", "t"}
    assert then.doubtful == {"o", "t"}
    assert then.on == date(2009, 6, 1)
    later = found.held_on(date(2010, 6, 1))
    assert later.doubtful == {"a"}


def test_a_post_outlives_the_line_above_it_but_not_its_holder() -> None:
    found = a_map(
        leader(),
        body(),
        post(id="b", holder="kim", active_to=PartialDate("2008")),
        post(reports_to="b"),
    )

    then = found.held_on(date(2010, 1, 1))

    assert set(then.records) == {"kim", "o", "a"}
    assert then.accountabilities["a"].reports_to is None
    assert then.accountabilities["a"].holder == "kim"
