"""The kinds of record in the words of the pages, and where the pages of each record are."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from powermap.vocabulary import RecordKind


@dataclass(frozen=True, kw_only=True)
class KindWords:
    """How the pages speak of one kind of record."""

    one: str
    many: str
    add: str
    empty: str
    """What to do where there is none yet."""
    section: str
    """Where in the navigation of the map its pages are."""


WORDS: dict[RecordKind, KindWords] = {
    RecordKind.LEADER: KindWords(
        one="person",
        many="people",
        add="Add a person",
        empty="Add the people who can act for the bodies on this map.",
        section="leaders",
    ),
    RecordKind.ORGANISATION: KindWords(
        one="organisation",
        many="organisations",
        add="Add an organisation",
        empty="Add the bodies of the system: trusts, councils, boards, programmes.",
        section="organisations",
    ),
    RecordKind.ACCOUNTABILITY: KindWords(
        one="accountability",
        many="accountabilities",
        add="Add an accountability",
        empty="Add who answers to whom: posts first, then seats on boards and what bodies owe "
        "each other.",
        section="accountabilities",
    ),
    RecordKind.RELATIONSHIP: KindWords(
        one="tie",
        many="ties",
        add="Add a tie",
        empty="Add who trusts, advises or works with whom, as each side sees it.",
        section="relationships",
    ),
    RecordKind.ASSESSMENT: KindWords(
        one="assessment",
        many="assessments",
        add="Add an assessment",
        empty="Add a dated judgement of a person: their power, their interest, where they stand.",
        section="leaders",
    ),
    RecordKind.MAP: KindWords(
        one="description of the map",
        many="maps",
        add="Add a map",
        empty="",
        section="changes",
    ),
}

ON_A_MAP = tuple(kind for kind in WORDS if kind is not RecordKind.MAP)
"""The kinds that have a table, in the order people meet them."""


def table_address(map_id: str, kind: RecordKind, /, **query: Any) -> str:
    return url_for(f"pages.{kind.plural}", map_id=map_id, **query)


def record_address(map_id: str, kind: RecordKind, record_id: str, /, **query: Any) -> str:
    """The page of one record; of the map's own description, the log it heads."""
    if kind is RecordKind.MAP:
        return url_for("pages.changes", map_id=map_id, **query)
    return url_for(f"pages.{kind.value}", map_id=map_id, record_id=record_id, **query)


def act_address(act: str, map_id: str, kind: RecordKind, record_id: str, /, **query: Any) -> str:
    """Where something is done with one record: edit, delete, restore or history."""
    endpoint = f"pages.{act}_{kind.value}"
    if kind is RecordKind.MAP:
        return url_for(endpoint, map_id=map_id, **query)
    return url_for(endpoint, map_id=map_id, record_id=record_id, **query)


def add_address(map_id: str, kind: RecordKind, /, **values: Any) -> str:
    """The form for a new record, with these values filled in."""
    return url_for(f"pages.add_{kind.value}", map_id=map_id, **values)
