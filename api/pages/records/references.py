"""What a form shows for a record that another names, and which record a typed name means."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.pages.naming import MOST_OFFERED, Meant, labels, meant
from api.pages.records.fields import NamedBy
from api.pages.words import written
from graph.findings.phrases import SAYS
from powermap.model import Accountability, Assessment, PowerMap, Record, Relationship, name_of
from powermap.vocabulary import HolderStatus, RecordKind


def called(whole: PowerMap, kinds: Iterable[RecordKind]) -> dict[str, str]:
    """A text for each record of these kinds; no two alike."""
    kinds = tuple(kinds)
    if kinds == (RecordKind.ACCOUNTABILITY,):
        return _posts(whole)
    return labels(whole, kinds)


def record_meant(whole: PowerMap, typed: str, kinds: Iterable[RecordKind]) -> Meant:
    """Which record a typed text means; where that is not one alone, what is wrong."""
    kinds = tuple(kinds)
    if kinds != (RecordKind.ACCOUNTABILITY,):
        what = {RecordKind.LEADER: "person", RecordKind.ORGANISATION: "organisation"}
        return meant(whole, typed, kinds, what[kinds[0]] if len(kinds) == 1 else "")
    posts = _posts(whole)
    sought = " ".join(typed.casefold().split())
    if typed in posts:
        return Meant(id=typed)
    found = [id for id, text in posts.items() if " ".join(text.casefold().split()) == sought]
    if len(found) == 1:
        return Meant(id=found[0])
    words = sought.split()
    near = [id for id, text in posts.items() if all(word in text.casefold() for word in words)]
    return Meant(
        message="does not name one accountability on this map"
        + (": choose below, or type more of it" if near else ""),
        offers=tuple(near[:MOST_OFFERED]),
    )


def title_of(whole: PowerMap, record: Record, named: NamedBy | None = None) -> str:
    """A line that says what a record is: of a tie or an assessment, in a few words.

    `named` says what those were called who are no longer on the map.
    """
    name = _Naming(whole, named)
    if isinstance(record, Relationship):
        says = SAYS[record.kind][record.id in whole.doubtful]
        return f"{name(record.source)} {says} {name(record.target)}"
    if isinstance(record, Accountability):
        return _post(name, record)
    if isinstance(record, Assessment):
        return f"Assessment of {name(record.leader)}, {written(record.assessed_on)}"
    return name_of(record) or record.id


def _posts(whole: PowerMap) -> dict[str, str]:
    name = _Naming(whole, None)
    found = {id: _post(name, post) for id, post in whole.accountabilities.items()}
    alike: dict[str, list[str]] = {}
    for id, text in found.items():
        alike.setdefault(text.casefold(), []).append(id)
    found |= {id: f"{found[id]} ({id})" for ids in alike.values() if len(ids) > 1 for id in ids}
    return dict(sorted(found.items(), key=lambda each: (each[1].casefold(), each[0])))


def _post(name: NamedBy, post: Accountability) -> str:
    holder = {HolderStatus.VACANT: "vacant", HolderStatus.UNDISCLOSED: "not disclosed"}.get(
        post.holder_status
    ) or name(post.holder or "")
    acting = "acting, " if post.acting else ""
    return f"{post.title}, {name(post.to)} ({acting}{holder})"


@dataclass(frozen=True)
class _Naming:
    whole: PowerMap
    named: NamedBy | None

    def __call__(self, record_id: str) -> str:
        record = self.whole.records.get(record_id)
        if record is None and self.named is not None:
            return self.named(record_id)
        return (name_of(record) if record else None) or "somebody who has gone"
