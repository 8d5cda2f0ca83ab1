"""What is written is what is read, in every field of every kind of record."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date
from enum import StrEnum
from typing import Any

import pytest

from powermap.changes import Create, Update
from powermap.dates import PartialDate
from powermap.model import CLASSES, Leader, MapHeader, Record
from powermap.vocabulary import RecordKind, Sensitivity
from tests.contract.board import OWNER, Board, body, header, leader, post, small_map, tie

TEXTS = [
    "Ångström Ltd — «Ωmega» 東京 🏥 \u202bعربي\u202c",
    "'; DROP TABLE record; -- \" \\ ` $map {id: 1} %s",
    "0",
    "null",
    "e\u0301 in one piece",
]
REFERENCES = {
    ("Organisation", "succeeded_by"): ("trust", "council"),
    ("Accountability", "holder"): "kim",
    ("Accountability", "to"): "council",
    ("Accountability", "reports_to"): "chief",
    ("Relationship", "source"): "kim",
    ("Relationship", "target"): "trust",
    ("Assessment", "leader"): "lee",
}


def full(cls: type[Any], text: str, **given: Any) -> Any:
    """One with something in every field, so that a field the store forgets is noticed."""
    hints = typing.get_type_hints(cls)
    values = {
        field.name: value(cls, field.name, hints[field.name], text)
        for field in dataclasses.fields(cls)
    }
    return cls(**{**values, **given})


def value(cls: type[Any], name: str, hint: Any, text: str) -> Any:
    if (cls.__name__, name) in REFERENCES:
        return REFERENCES[cls.__name__, name]
    if typing.get_origin(hint) is types.UnionType:
        hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
    if typing.get_origin(hint) is tuple:
        item = typing.get_args(hint)[0]
        return (full(item, text), full(item, text + " (second)"))
    if dataclasses.is_dataclass(hint):
        if hint is PartialDate:
            return PartialDate("2011" if name == "active_to" else "2009-05")
        return full(typing.cast(type, hint), text)
    if issubclass(hint, StrEnum):
        return list(hint)[0]
    return {str: text, int: 4, bool: True, date: date(2010, 3, 1)}[hint]


def wholly(kind: RecordKind, text: str, map_id: str) -> Record:
    level = Sensitivity.OPEN if kind is RecordKind.MAP else Sensitivity.CONFIDENTIAL
    given = {"id": map_id if kind is RecordKind.MAP else "whole", "sensitivity": level}
    given |= {"version": 1, "author": "ann"}
    return typing.cast(Record, full(CLASSES[kind], text, **given))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", [kind for kind in RecordKind if kind is not RecordKind.MAP])
def test_every_field_of_a_record_comes_back(board: Board, kind: RecordKind, text: str) -> None:
    board.add(*small_map())
    record = wholly(kind, text, board.id)

    outcome = board.make(Create(record))

    assert board.get("whole") == record
    assert board.read().records["whole"] == record
    assert board.history("whole")[0].record == record
    assert outcome.entries[0].record == record


@pytest.mark.parametrize("text", TEXTS)
def test_every_field_of_a_header_comes_back(board: Board, text: str) -> None:
    record = typing.cast(MapHeader, wholly(RecordKind.MAP, text, board.id))

    board.make(Update(record, 1))

    written = dataclasses.replace(record, version=2)
    assert board.read().header == written
    assert board.get(board.id) == written
    assert [s.header for s in board.store.maps(OWNER) if s.header.id == board.id] == [written]


@pytest.mark.parametrize("kind", [kind for kind in RecordKind if kind is not RecordKind.MAP])
def test_what_a_change_takes_away_is_gone(board: Board, kind: RecordKind) -> None:
    """No value of an earlier version shows through where the later one says nothing."""
    board.add(*small_map())
    before = wholly(kind, "before", board.id)
    board.make(Create(before))
    bare = bare_version_of(before)

    board.make(Update(bare, 1))

    after = dataclasses.replace(bare, version=2, author="ann")
    assert board.get("whole") == after
    assert board.read().records["whole"] == after


def bare_version_of(record: Record) -> Record:
    """The same record with each field that has a default left to it."""
    kept = {"id", "version", "author", "source", "target", "leader", "power"}
    said = {
        field.name: getattr(record, field.name)
        for field in dataclasses.fields(record)
        if field.default is dataclasses.MISSING or field.name in kept
    }
    if hasattr(record, "holder_status"):
        said["holder_status"] = "vacant"
    return type(record)(**said)


def test_a_level_that_is_not_said_is_confidential(board: Board) -> None:
    board.add(Leader(id="kim", name="Kim"))

    assert board.get("kim").sensitivity is Sensitivity.CONFIDENTIAL


@pytest.mark.parametrize("written", ["2009", "2009-05", "2009-05-14", "0001", "9999-12-31"])
def test_a_date_comes_back_as_it_was_written(board: Board, written: str) -> None:
    board.add(body("trust", active_from=PartialDate(written)))

    assert str(board.read().organisations["trust"].active_from) == written


def test_long_text_with_line_breaks_comes_back(board: Board) -> None:
    text = "\n".join(["\tline " + "é" * 90] * 19)
    board.add(body("trust"), post("chief", "trust", scope=text))

    assert board.read().accountabilities["chief"].scope == text.strip()


def test_many_records_come_back_in_one_piece(board: Board) -> None:
    leaders = [leader(f"l{number:04}") for number in range(1200)]
    ties = [tie(f"t{number:04}", f"l{number:04}", f"l{number + 1:04}") for number in range(1199)]

    board.add(*leaders, *ties)

    found = board.read()
    assert list(found.leaders) == [record.id for record in leaders]
    assert list(found.relationships) == [record.id for record in ties]


def test_records_of_all_kinds_may_be_written_in_any_order(board: Board) -> None:
    board.add(*reversed(small_map()))

    assert board.ids() == {record.id for record in small_map()}


def test_organisations_may_succeed_each_other(board: Board) -> None:
    """Two bodies that exchange duties: each names the other, and a delete lets go of one."""
    board.add(body("a", succeeded_by=("b",)), body("b", succeeded_by=("a",)))

    outcome = board.drop(body("a"), 1)

    assert [(e.id, e.op.value) for e in outcome.entries] == [("a", "delete"), ("b", "update")]
    assert board.read().organisations["b"].succeeded_by == ()


def test_a_map_says_what_it_is_of(board: Board) -> None:
    board.make(Update(header(board.id, title="Calderdale", illustrative=True), 1))

    assert board.read().header.title == "Calderdale"
    assert board.read().header.illustrative is True
