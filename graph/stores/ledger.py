"""How a map may change, written once for all stores.

A store opens a transaction, takes the map's lock and hands over a `Ledger`; `carry_out` answers
with the log entries to write. What to do when a leader with ties is deleted (`editing`), what
undo refuses (`reversal`) and which level a tie must have (`rules`) are decided here, in no store.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from graph.stores import editing, reversal, rules
from graph.stores.draft import Draft, Ledger
from powermap.access import Act, Viewer, permit
from powermap.changes import Change, Create, Delete, Entry, Request, Restore, Undo, Update
from powermap.errors import Conflict, InvalidValue, PowerMapError, UnknownMap
from powermap.model import MapHeader
from powermap.vocabulary import RecordKind

__all__ = ["Ledger", "carry_out"]


def carry_out(
    ledger: Ledger,
    map_id: str,
    viewer: Viewer,
    changes: Sequence[Change],
    *,
    revision: int,
    at: datetime,
    request: Request,
) -> list[Entry]:
    """The log entries that make these changes, or the error that explains why there are none.

    `revision` is the one they would have, so 1 says that there never was such a map.
    """
    draft = Draft(ledger, map_id, viewer, revision=revision, at=at, request=request.key)
    draft.load(_ids_in(changes) | {map_id})
    _require_map(draft, changes)
    editing.foresee(draft, changes)
    for position, change in enumerate(changes):
        draft.position = position
        try:
            _make(draft, change, alone=len(changes) == 1)
        except InvalidValue as error:
            raise error.under(position) from None
        except PowerMapError as error:
            error.position = position
            raise
    rules.settle(draft)
    return draft.entries


def _ids_in(changes: Iterable[Change]) -> set[str]:
    ids = set()
    for change in changes:
        if isinstance(change, Create | Update):
            ids.add(change.record.id)
            ids.update(reference.id for reference in change.record.references())
        elif isinstance(change, Delete | Restore):
            ids.add(change.id)
    return ids


def _require_map(draft: Draft, changes: Sequence[Change]) -> None:
    """There must be a map, unless the first change makes one or brings it back."""
    first = changes[0] if changes else None
    if isinstance(first, Create) and isinstance(first.record, MapHeader):
        permit(draft.viewer, Act.MANAGE)
        if draft.revision > 1:
            error = Conflict("This map exists already.")
            error.position = 0
            raise error
        return
    revives = isinstance(first, Undo) or (
        isinstance(first, Restore) and first.kind is RecordKind.MAP
    )
    if draft.revision == 1 or (draft.find(draft.map_id) is None and not revives):
        raise UnknownMap(draft.map_id)


def _make(draft: Draft, change: Change, *, alone: bool) -> None:
    match change:
        case Create(record):
            editing.create(draft, record)
        case Update(record, version):
            editing.update(draft, record, version)
        case Delete(kind, record_id, version):
            editing.delete(draft, kind, record_id, version)
        case Restore(kind, record_id):
            reversal.restore(draft, kind, record_id)
        case Undo(revision):
            if not alone:
                raise Conflict("An undo must be the only change of its request.")
            try:
                reversal.undo(draft, revision)
            except InvalidValue as error:
                raise Conflict(f"It cannot be undone: {error}") from None
