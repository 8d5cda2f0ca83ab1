"""What both stores do with their rows on the way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from graph.stores.rows import (
    positions_of,
    present,
    shown,
    slice_of,
    text_of_positions,
    visible,
    whole_revisions,
)
from powermap.access import Act, Role, Viewer, permit
from powermap.changes import Entry, Op
from powermap.errors import UnknownRevision
from powermap.model import Leader, MapHeader, Record, Relationship
from powermap.vocabulary import RecordKind, RelationshipKind, Sensitivity

READER = permit(Viewer("vic", Role.VIEWER), Act.READ)
OPEN, CONFIDENTIAL, PRIVATE = Sensitivity


def entry(id: str, revision: int, level: Sensitivity = OPEN, record: Record | None = None) -> Entry:
    return Entry(
        revision=revision,
        ordinal=7,
        id=id,
        version=1,
        kind=RecordKind.LEADER,
        op=Op.CREATE,
        at=datetime(2010, 3, 1, tzinfo=UTC),
        actor="ann",
        request="key",
        cause=None,
        sensitivity=level,
        author="ann",
        record=record,
    )


def tie(source: str, target: str) -> Relationship:
    kind = RelationshipKind.TRUSTS
    return Relationship(id="t", source=source, target=target, kind=kind, sensitivity=OPEN)


def test_ordinals_count_what_is_shown() -> None:
    entries = [entry("a", 1), entry("b", 1, CONFIDENTIAL), entry("c", 1), entry("d", 2)]

    assert [(e.id, e.ordinal) for e in visible(entries, READER)] == [("a", 0), ("c", 1), ("d", 0)]


def test_an_entry_that_names_somebody_hidden_is_not_shown() -> None:
    entries = [entry("t", 1, record=tie("kim", "lee")), entry("u", 2, record=tie("kim", "kit"))]
    last = {"lee": entry("lee", 3, CONFIDENTIAL), "kim": entry("kim", 3)}

    assert [e.id for e in shown(entries, last, READER)] == ["u"]


@pytest.mark.parametrize("limit", [0, 1, 2, 5])
def test_pages_are_filled_past_what_is_hidden(limit: int) -> None:
    stored = [entry(f"e{n}", n, OPEN if n % 3 == 0 else CONFIDENTIAL) for n in range(1, 13)]

    def page(after: int, limit: int) -> Sequence[Entry]:
        return [e for e in stored if e.revision > after][:limit]

    found = whole_revisions(page, lambda entries: visible(entries, READER), 0, limit)

    assert [e.revision for e in found] == [3, 6, 9, 12][:limit]


def test_a_record_is_not_presented_without_those_it_names() -> None:
    header = MapHeader(id="m", title="A map", purpose="To see", as_at=date(2010, 3, 1))
    records = [Leader(id="kim", name="Kim"), tie("kim", "lee"), header]

    found = present(4, "2010-03-01T00:00:00+00:00", records, None)

    assert list(found.records) == ["kim"]
    assert (found.header, found.revision) == (header, 4)


def test_a_map_without_a_header_was_not_there_then() -> None:
    with pytest.raises(UnknownRevision):
        present(4, "2010-03-01T00:00:00+00:00", [Leader(id="kim", name="Kim")], None)


def test_those_who_see_the_same_share_a_slice() -> None:
    def part(name: str, role: Role) -> str:
        return slice_of(permit(Viewer(name, role), Act.READ))

    assert part("vic", Role.VIEWER) == part("una", Role.VIEWER)
    assert part("ann", Role.OWNER) == part("ann", Role.EDITOR)
    assert part("ann", Role.OWNER) != part("ed", Role.OWNER)
    assert part("ann", Role.OWNER) != part("ann", Role.VIEWER)


def test_positions_come_back_for_what_is_visible() -> None:
    text = text_of_positions({"kim": (0.1, -2.0), "lee": (1.0, 1.0)})

    assert positions_of(text, {"kim"}) == {"kim": (0.1, -2.0)}
