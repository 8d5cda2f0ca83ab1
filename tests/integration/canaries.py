"""A map with a word of its own in every text that a ceiling must keep back, and where to look.

It is made twice: in one world what is hidden stands in the middle of everything, in the other as
many hidden records stand apart. Below the ceiling the two must look the same to the last byte.
"""

from __future__ import annotations

import html
import io
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from powermap.access import Role, Viewer
from powermap.changes import Change, Create, Delete, Request, Update
from powermap.dates import PartialDate
from powermap.model import (
    Accountability,
    Assessment,
    Evidence,
    FiveFactors,
    Identifier,
    Leader,
    MapHeader,
    Organisation,
    Record,
    Relationship,
    kind_of,
)
from powermap.ports import MapStore
from powermap.vocabulary import (
    AccountabilityKind,
    Basis,
    Cadence,
    HolderStatus,
    Level,
    Nature,
    OrganisationKind,
    RelationshipKind,
    Sector,
    Sensitivity,
    Sentiment,
    Stance,
)

MAP = "riverside"
OWNER = Viewer("owner", Role.OWNER)
ANALYST = Viewer("una", Role.ANALYST)
OPEN, CONFIDENTIAL, PRIVATE = Sensitivity

ABOVE_CONFIDENTIAL = ("privquill", "otherquill", "pastprivquill")
"""Private now, private of somebody else, and what was private before it was shared."""
ABOVE_OPEN = (*ABOVE_CONFIDENTIAL, "confquill", "oncequill", "gonequill", "pastconfquill")
"""Also: confidential now; open once; open once and deleted since; confidential before."""
PERSONAL = "openquill"
"""In everything open that a paper with pseudonyms must not hold, ids included."""
AVA, BEN, CARA, DEV, ESME, FINN = PEOPLE = [
    f"{PERSONAL}-{name}" for name in ("ava", "ben", "cara", "dev", "esme", "finn")
]
TRUST, COUNCIL, BOARD, AGENCY = BODIES = ["b-trust", "b-council", "b-board", "b-agency"]
REVISIONS = 6

_KINDS = (
    RelationshipKind.TRUSTS,
    RelationshipKind.CONFLICTS,
    RelationshipKind.COLLABORATES,
    RelationshipKind.COMPETES,
    RelationshipKind.ADVISES,
    RelationshipKind.INTRODUCED,
)


def evidence(word: str) -> tuple[Evidence, ...]:
    return (
        Evidence(
            basis=Basis.INTERVIEW,
            citation=f"{word} citation",
            said_by=f"{word} speaker",
            observed_on=PartialDate("2010-02"),
            nature=Nature.OPINION,
        ),
    )


def common(word: str, level: Sensitivity) -> dict[str, object]:
    return {
        "sensitivity": level,
        "evidence": evidence(word),
        "identifiers": (Identifier(scheme=f"{word} scheme", value=f"{word}-value"),),
    }


def leader(word: str, id: str, level: Sensitivity) -> Leader:
    return Leader(
        id=id, name=f"{word.title()} {id.rpartition('-')[2].title()}", **common(word, level)
    )


def body(word: str, id: str, name: str, level: Sensitivity, place: int = 0) -> Organisation:
    kinds, sectors = list(OrganisationKind), list(Sector)
    return Organisation(
        id=id,
        name=name,
        kind=kinds[place % len(kinds)],
        sector=sectors[place % len(sectors)],
        **common(word, level),
    )


def post(
    word: str, id: str, holder: str | None, to: str, sensitivity: Sensitivity, **more: object
) -> Accountability:
    said: dict[str, object] = {
        "kind": AccountabilityKind.POST,
        "level": Level.CHIEF_OFFICER,
        "title": f"{word} title",
        "scope": f"{word} scope",
        "active_from": PartialDate("2009-05"),
    }
    if holder is None:
        said["holder_status"] = HolderStatus.VACANT
    return Accountability(
        id=id, holder=holder, to=to, **{**said, **more}, **common(word, sensitivity)
    )


def tie(
    word: str, id: str, ends: tuple[str, str], level: Sensitivity, place: int = 0, **more: object
) -> Relationship:
    said: dict[str, object] = {
        "kind": _KINDS[place % len(_KINDS)],
        "strength": 1 + place % 5,
        "sentiment": list(Sentiment)[place % 5],
        "cadence": Cadence.QUARTERLY,
        "last_contact": PartialDate("2009-12"),
        "factors": FiveFactors(shared_purpose=1 + place % 5, altruism=4, long_term=2),
    }
    return Relationship(
        id=id, source=ends[0], target=ends[1], **{**said, **more}, **common(word, level)
    )


def judgement(word: str, id: str, about: str, level: Sensitivity, place: int = 0) -> Assessment:
    return Assessment(
        id=id,
        leader=about,
        power=1 + place % 5,
        interest=5 - place % 5,
        stance=list(Stance)[place % 5],
        assessed_on=PartialDate("2010-01"),
        **common(word, level),
    )


def _open_records() -> Iterator[Record]:
    names = ("Trust", "Council", "Board", "Agency")
    for place, (id, name) in enumerate(zip(BODIES, names, strict=True)):
        yield body(PERSONAL, id, f"Riverside {name}", OPEN, place)
    for id in PEOPLE:
        yield leader(PERSONAL, id, OPEN)
    ahead = f"{PERSONAL}-p0"
    for place, id in enumerate(PEOPLE):
        more = {"reports_to": ahead} if place else {}
        yield post(PERSONAL, f"{PERSONAL}-p{place}", id, BODIES[place % 4], OPEN, **more)
    member = {"kind": AccountabilityKind.BOARD_MEMBER, "level": Level.MEMBER}
    for id in (AVA, BEN, CARA):
        yield post(PERSONAL, f"{id}-m", id, BOARD, OPEN, **member)
    yield post(PERSONAL, f"{PERSONAL}-v", None, TRUST, OPEN)
    yield post(PERSONAL, f"{PERSONAL}-j", DEV, AGENCY, OPEN, level=Level.DIRECTOR)
    yield post(PERSONAL, f"{PERSONAL}-c", TRUST, COUNCIL, OPEN, kind=AccountabilityKind.FUNDING)
    trusts = {"kind": RelationshipKind.TRUSTS}
    pairs = [(AVA, BEN), (BEN, AVA), (AVA, CARA), (CARA, DEV), (DEV, ESME), (ESME, AVA)]
    for place, pair in enumerate(pairs):
        yield tie(PERSONAL, f"{PERSONAL}-t{place}", pair, OPEN, place, **trusts)
    conflict = {"kind": RelationshipKind.CONFLICTS, "sentiment": Sentiment.HOSTILE}
    yield tie(PERSONAL, f"{PERSONAL}-x1", (BEN, CARA), OPEN, 1, **conflict)
    yield tie(PERSONAL, f"{PERSONAL}-x2", (TRUST, COUNCIL), OPEN, 2, **trusts)
    for place, id in enumerate(PEOPLE[:5]):
        yield judgement(PERSONAL, f"{PERSONAL}-a{place}", id, OPEN, place)


def _hidden_records(word: str, level: Sensitivity, *, apart: bool) -> list[Record]:
    """Of every kind, naming what is open; or as many that name one another alone."""
    one, other, there, elsewhere = (f"{word}-{end}" for end in ("kim", "lee", "hall", "yard"))
    people = [one] * 6 if apart else PEOPLE
    bodies = [there, elsewhere] if apart else [TRUST, COUNCIL]
    near, far = (one, other) if apart else (AVA, FINN)
    records: list[Record] = [
        leader(word, one, level),
        leader(word, other, level),
        body(word, there, f"{word.title()} Hall", level),
        body(word, elsewhere, f"{word.title()} Yard", level, 3),
        post(word, f"{word}-p1", near, bodies[0], level),
        post(word, f"{word}-p2", one, bodies[1], level),
        post(word, f"{word}-p3", far, there, level),
        post(word, f"{word}-p4", None, bodies[0], level),
        judgement(word, f"{word}-a1", near, level, 4),
        judgement(word, f"{word}-a2", one, level, 1),
    ]
    for place in range(5):
        ends = (other if apart else people[place], one)
        records.append(tie(word, f"{word}-t{place}", ends, level, place))
        records.append(tie(word, f"{word}-u{place}", ends[::-1], level, place + 2))
    direct = (one, other) if apart else (FINN, BEN)
    records.append(tie(word, f"{word}-d", direct, level, 4))
    return records


def _named_last(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda one: isinstance(one, Leader | Organisation))


def build(store: MapStore, *, apart: bool, also_confidential: bool = True) -> None:
    """Make the map; with `also_confidential` false only what is private stands apart."""
    apart_conf = apart and also_confidential
    first = CONFIDENTIAL if apart_conf else OPEN
    keys = iter(range(100))

    def make(*changes: Change, by: Viewer = OWNER) -> None:
        request = Request(f"key-{next(keys)}", "digest")
        store.apply(MAP, by, changes, request=request)

    def raised(records: Iterable[Record], version: int) -> list[Change]:
        return [Update(replace(one, sensitivity=CONFIDENTIAL), version) for one in records]

    hidden = _hidden_records("confquill", CONFIDENTIAL, apart=apart_conf)
    private = _hidden_records("privquill", PRIVATE, apart=apart)
    once = _hidden_records("oncequill", first, apart=apart_conf)
    gone = _hidden_records("gonequill", first, apart=apart_conf)
    header = MapHeader(
        id=MAP, title="Riverside", purpose="Who brings partners together?", as_at=date(2010, 3, 1)
    )
    # Whoever goes or is raised takes along what names them: that is done first.
    once, gone = _named_last(once), _named_last(gone)
    # 1: what is open, and what was hidden all along.
    make(
        Create(header),
        *map(Create, _open_records()),
        *map(Create, hidden),
        *map(Create, private),
        Create(leader("pastconfquill", "o-gil", CONFIDENTIAL)),
    )
    # 2: what is open for a while, and a private note that is to be shared.
    past = leader("pastprivquill", "o-hal", PRIVATE)
    make(*map(Create, [*once, *gone, past]))
    # 3: by now all that is confidential.
    make(*raised(once, 1), *raised(gone, 1))
    # 4: part of it goes, each record by itself.
    make(*(Delete(kind_of(one), one.id, 2) for one in gone))
    # 5: two come down a level, and under another name.
    make(
        Update(leader(PERSONAL, "o-gil", OPEN), 1),
        Update(leader("confquill", "o-hal", CONFIDENTIAL), 1),
    )
    # 6: somebody else's notes.
    make(*map(Create, _hidden_records("otherquill", PRIVATE, apart=apart)), by=ANALYST)


# -- where to look --------------------------------------------------------------------------------


def insides(content: bytes) -> Iterator[bytes]:
    """The bytes, and everything in them that is packed away."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from insides(archive.read(name))
    if content.startswith(b"%PDF-"):
        for found in re.finditer(rb"stream\r?\n", content):
            try:
                yield zlib.decompressobj().decompress(content[found.end() :])
            except zlib.error:
                continue
        told = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True)
        yield told.stdout


def found_in(content: bytes, words: Iterable[str]) -> list[str]:
    """Those of the words that a file or an answer holds, in whatever form."""
    every = list(insides(content))
    text = b"\0".join(every).lower()
    # A word may be cut by markup, by the end of a line, or written for the web.
    plain = re.sub(rb"<[^>]*>|\s|\xc2\xad", b"", text)
    plain += html.unescape(plain.decode("utf-8", "replace")).encode()
    return [word for word in words if any(form in text or form in plain for form in _forms(word))]


def _forms(word: str) -> list[bytes]:
    wide = word.encode("utf-16-be")
    return [word.encode(), wide, word.encode("utf-16-le"), wide.hex().encode()]
