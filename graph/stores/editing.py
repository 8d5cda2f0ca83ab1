"""Creating, changing and deleting records, and what follows for the records that name them."""

from collections.abc import Iterable, Mapping, Sequence

from graph.stores import rules
from graph.stores.draft import Draft
from powermap.access import Act, permit
from powermap.changes import Change, Create, Delete, Op, Update
from powermap.errors import Conflict
from powermap.model import MapHeader, Record, kind_of
from powermap.shape import stamped
from powermap.vocabulary import RecordKind


def foresee(draft: Draft, changes: Sequence[Change]) -> None:
    """Read at once what many changes will ask for one by one."""
    draft.load_naming(
        [c.id for c in changes if isinstance(c, Delete) and c.kind is not RecordKind.MAP]
        + [
            c.record.id
            for c in changes
            if isinstance(c, Update)
            and (current := draft.find(c.record.id)) is not None
            and current.sensitivity.rank < c.record.sensitivity.rank
        ]
    )
    rules.remember_used_ids(draft, [c.record.id for c in changes if isinstance(c, Create)])


def create(draft: Draft, record: Record) -> None:
    if isinstance(record, MapHeader) and (record.id != draft.map_id or draft.revision > 1):
        raise Conflict("A map has one header.")
    rules.refuse_used_id(draft, record.id)
    record = stamped(record, author=draft.viewer.name, version=1)
    rules.may_write(draft, record)
    draft.put(record, Op.CREATE)


def update(draft: Draft, record: Record, version: int) -> None:
    current = draft.seen(record.id, kind_of(record))
    rules.may_write(draft, current)
    rules.at_version(current, version)
    rules.same_ends(current, record)
    record = stamped(record, author=current.author, version=version + 1)
    rules.may_write(draft, record)
    rules.may_hide(current, record)
    draft.put(record, Op.UPDATE)
    if record.sensitivity.rank > current.sensitivity.rank:
        raise_those_naming(draft, [record], cause=record.id)


def delete(draft: Draft, kind: RecordKind, record_id: str, version: int) -> None:
    record = draft.seen(record_id, kind)
    if kind is RecordKind.MAP:
        permit(draft.viewer, Act.MANAGE)
    rules.may_write(draft, record)
    rules.at_version(record, version)
    if kind is RecordKind.MAP:
        for other in draft.everything():
            if other.id != record_id:
                draft.drop(other, cause=record_id)
    drop_with_dependants(draft, [(record, None)])


def raise_those_naming(draft: Draft, records: Iterable[Record], *, cause: str) -> None:
    """What names a record becomes at least as sensitive as the record itself."""
    raised = list(records)
    while raised:
        named, raised = raised, []
        draft.load_naming([record.id for record in named])
        for record in named:
            for naming in draft.naming(record.id):
                if naming.sensitivity.rank < record.sensitivity.rank:
                    higher = stamped(
                        naming, sensitivity=record.sensitivity, version=naming.version + 1
                    )
                    draft.put(higher, Op.UPDATE, cause)
                    raised.append(higher)


def drop_with_dependants(draft: Draft, leaving: Sequence[tuple[Record, str | None]]) -> None:
    """Take records off the map, each for its cause, with all that cannot stand without them."""
    gone = {record.id: cause or record.id for record, cause in leaving}
    for record, cause in leaving:
        draft.drop(record, cause)
    dropped = list(gone)
    while dropped:
        below = []
        draft.load_naming(dropped)
        for id in dropped:
            for naming in draft.naming(id):
                if any(r.essential for r in naming.references() if r.id == id):
                    draft.drop(naming, gone[id])
                    gone[naming.id] = gone[id]
                    below.append(naming.id)
        dropped = below
    _let_go(draft, gone)


def _let_go(draft: Draft, gone: Mapping[str, str]) -> None:
    """Rewrite, once each, the records that can do without those that are gone."""
    causes: dict[str, str] = {}
    for id, root in gone.items():
        for naming in draft.naming(id):
            causes.setdefault(naming.id, root)
    for id, root in causes.items():
        left = draft.find(id)
        if left is None:
            continue
        version = left.version + 1
        for reference in list(left.references()):
            if reference.id in gone:
                left = left.without(reference.id)
        draft.put(stamped(left, version=version), Op.UPDATE, root)
