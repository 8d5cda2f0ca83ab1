"""Bringing deleted records back, and undoing what one request did.

What others did meanwhile and the viewer may not see is left as it is, and never mentioned.
"""

from collections.abc import Collection, Mapping

from graph.stores import rules
from graph.stores.draft import Draft
from graph.stores.editing import drop_with_dependants, raise_those_naming
from powermap.access import Act, permit
from powermap.changes import Entry, Op
from powermap.errors import Conflict, Forbidden, UnknownRecord, UnknownRevision
from powermap.model import Record
from powermap.shape import stamped
from powermap.vocabulary import RecordKind


def restore(draft: Draft, kind: RecordKind, record_id: str) -> None:
    last = draft.last([record_id]).get(record_id)
    if last is None or last.kind is not kind or not _admits(draft, last):
        raise UnknownRecord(record_id)
    if last.op is not Op.DELETE:
        raise Conflict(f"Record {record_id!r} has not been deleted.", [record_id])
    if kind is RecordKind.MAP:
        permit(draft.viewer, Act.MANAGE)
    if not draft.writes.admits(last.sensitivity, last.author):
        raise Forbidden("Your role does not allow restoring this record.")
    first: dict[str, Entry] = {record_id: last}
    final: dict[str, Entry] = {record_id: last}
    for entry in draft.done_in(last.revision):
        if entry.cause == record_id:
            first.setdefault(entry.id, entry)
            final[entry.id] = entry
    latest = draft.last(list(final))
    earlier = draft.versions(
        [
            (id, entry.version - 1)
            for id, entry in first.items()
            if latest[id].version == final[id].version
        ]
    )
    back = {
        id: found.record
        for id in final
        if (found := earlier.get(id)) is not None and found.record is not None
    }
    draft.load(back.keys())
    back = _standing(draft, back, optional=back.keys() - {record_id})
    _bring_back(draft, back, final, asked={record_id}, root=record_id)


def undo(draft: Draft, revision: int) -> None:
    entries = draft.done_in(revision)
    latest = draft.last({entry.id for entry in entries})
    asked = [
        entry
        for entry in entries
        if entry.cause is None and _admits(draft, entry) and _admits(draft, latest[entry.id])
    ]
    if not asked:
        raise UnknownRevision(revision)
    if not all(draft.writes.admits(entry.sensitivity, entry.author) for entry in asked):
        raise Forbidden("Your role does not allow undoing this.")
    if any(entry.id == draft.map_id and entry.op is not Op.UPDATE for entry in asked):
        permit(draft.viewer, Act.MANAGE)
    roots = {entry.id for entry in asked}
    first: dict[str, Entry] = {}
    final: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in roots or entry.cause in roots:
            first.setdefault(entry.id, entry)
            final[entry.id] = entry
    changed = [id for id, entry in final.items() if latest[id].version != entry.version]
    told = sorted(id for id in changed if _admits(draft, latest[id]))
    if told:
        raise Conflict(f"It cannot be undone: {_records(len(told))} changed since.", told)
    for id in changed:
        del first[id], final[id]
    before = draft.versions([(id, e.version - 1) for id, e in first.items() if e.version > 1])
    draft.load(first.keys())
    back = {
        id: found.record
        for id in final
        if (found := before.get(id)) is not None and found.record is not None
    }
    leaving = [id for id in final if id not in back]
    hidden = {id for id in back if not _admits(draft, latest[id])}
    back = _standing(draft, back, optional=hidden, without=leaving)
    _bring_back(draft, back, final, asked=roots, root=None)
    _take_away(draft, leaving, final, roots)


def _admits(draft: Draft, entry: Entry) -> bool:
    return draft.reads.admits(entry.sensitivity, entry.author)


def _standing(
    draft: Draft,
    back: Mapping[str, Record],
    *,
    optional: Collection[str],
    without: Collection[str] = (),
) -> dict[str, Record]:
    """Those that can come back, since all they name is there or comes back with them.

    Only `optional` ones are left out; what else is missing is an error, found at the end.
    """
    draft.load({reference.id for record in back.values() for reference in record.references()})
    standing = dict(back)
    gone = set(without)

    def stands(record: Record) -> bool:
        return all(
            reference.id in standing
            or (reference.id not in gone and draft.find(reference.id) is not None)
            for reference in record.references()
        )

    while falling := [id for id in standing if id in optional and not stands(standing[id])]:
        for id in falling:
            del standing[id]
    return standing


def _bring_back(
    draft: Draft,
    back: Mapping[str, Record],
    final: Mapping[str, Entry],
    *,
    asked: Collection[str],
    root: str | None,
) -> None:
    """Write records as they were, and as sensitive as what they name is now."""
    levels = {id: record.sensitivity for id, record in back.items()}
    settled = False
    while not settled:
        settled = True
        for id, record in back.items():
            for reference in record.references():
                named = draft.find(reference.id)
                level = levels.get(reference.id) or (named.sensitivity if named else None)
                if level is not None and level.rank > levels[id].rank:
                    levels[id], settled = level, False
    raised: list[tuple[Record, str]] = []
    for id, record in back.items():
        current = draft.find(id)
        version = (current.version if current else final[id].version) + 1
        record = stamped(record, sensitivity=levels[id], version=version)
        cause = None if id in asked else (root or final[id].cause)
        if id in asked:
            rules.may_write(draft, record)
        if current is not None:
            rules.may_hide(current, record)
            if record.sensitivity.rank > current.sensitivity.rank:
                raised.append((record, cause or id))
        draft.brought_back.add(id)
        draft.put(record, Op.UPDATE if current else Op.RESTORE, cause)
    for record, cause in raised:
        raise_those_naming(draft, [record], cause=cause)


def _take_away(
    draft: Draft, leaving: Collection[str], final: Mapping[str, Entry], roots: Collection[str]
) -> None:
    """Delete what the request being undone had made, unless others have built on it."""
    draft.load_naming(leaving)
    standing_on = [record for id in leaving for record in draft.naming(id)]
    if draft.map_id in leaving:
        standing_on = [record for record in draft.everything() if record.id != draft.map_id]
    going = set(leaving)
    later = sorted(
        {record.id for record in standing_on if record.id not in going and draft.sees(record)}
    )
    if later:
        raise Conflict(
            f"It cannot be undone: {_records(len(later))} recorded since "
            f"{'names' if len(later) == 1 else 'name'} what it would remove.",
            later,
        )
    causes = {id: None if id in roots else final[id].cause for id in leaving}
    if draft.map_id in leaving:
        causes |= {record.id: draft.map_id for record in standing_on if record.id not in causes}
    gone = [(record, causes[id]) for id in causes if (record := draft.find(id)) is not None]
    drop_with_dependants(draft, gone)


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"
