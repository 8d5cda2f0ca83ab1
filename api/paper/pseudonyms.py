"""People A, B, C …: a map in which nobody has a name, taken before anything is worked out from it.

So every sentence, row, picture and description made from it speaks of the same Person B.
"""

import hashlib
import re
from dataclasses import replace

from api.pages.words import headed
from graph.findings.judgements import said_by
from powermap.model import (
    Accountability,
    Assessment,
    Evidence,
    Leader,
    Organisation,
    PowerMap,
    Record,
    Relationship,
)

FEW = 5
"""Of fewer people than this, each may be known by their ties alone."""


class Pseudonyms:
    """Who is who, for one paper. The key is kept nowhere."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._assessors: dict[str, str] = {}

    @property
    def people(self) -> int:
        return len(self._letters)

    def disguised(self, power_map: PowerMap) -> PowerMap:
        """The map without names, offices and the words of sources."""
        self._learn(power_map)
        header = replace(
            power_map.header,
            title=self.in_text(power_map.header.title),
            purpose=self.in_text(power_map.header.purpose),
            evidence=(),
        )
        records = {id: self._without_names(record) for id, record in power_map.records.items()}
        return replace(power_map, header=header, records=records)

    def in_text(self, text: str) -> str:
        """The text with everybody's full name replaced, however it is written."""
        if not self._names:
            return text
        longest_first = sorted(self._names, key=lambda name: (-len(name), name))
        known = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
        return re.sub(
            rf"(?<!\w)(?:{known})(?!\w)",
            lambda found: self._names[_key(found[0])],
            text,
            flags=re.IGNORECASE,
        )

    def _learn(self, power_map: PowerMap) -> None:
        """In an order that tells nothing: neither of names nor of who was recorded first."""
        new = [leader for id, leader in power_map.leaders.items() if id not in self._letters]
        for leader in sorted(new, key=lambda leader: _shuffled(power_map.header.id, leader.id)):
            self._letters[leader.id] = f"Person {_letters(len(self._letters))}"
        for leader in power_map.leaders.values():
            self._names.setdefault(_key(leader.name), self._letters[leader.id])
        said = {_said_by(one) for one in power_map.assessments.values()} - self._assessors.keys()
        for name in sorted(said - {""}, key=lambda name: _shuffled(power_map.header.id, name)):
            self._assessors[name] = f"Assessor {_letters(len(self._assessors))}"

    def _without_names(self, record: Record) -> Record:
        evidence = tuple(map(_bare, record.evidence))
        if isinstance(record, Leader):
            name = self._letters[record.id]
            return replace(record, name=name, identifiers=(), evidence=evidence)
        if isinstance(record, Organisation):
            return replace(record, name=self.in_text(record.name), evidence=evidence)
        if isinstance(record, Accountability):
            # Whoever knows the body knows who its chief executive is.
            title = headed(record.kind)
            return replace(record, title=title, level=None, scope=None, evidence=evidence)
        if isinstance(record, Assessment) and (assessor := self._assessors.get(_said_by(record))):
            # Two people's judgements stay two: as one, the earlier would no longer count.
            known = tuple(replace(proof, said_by=assessor) for proof in evidence)
            return replace(record, evidence=known)
        if isinstance(record, Relationship | Assessment):
            return replace(record, evidence=evidence)
        return record


def _bare(evidence: Evidence) -> Evidence:
    """What kind of source it is and from when; its words may name anybody."""
    return replace(evidence, citation="source not named in this paper", said_by=None)


def _said_by(assessment: Assessment) -> str:
    return said_by(assessment) or ""


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _shuffled(map_id: str, leader_id: str) -> str:
    return hashlib.sha256(f"{map_id} {leader_id}".encode()).hexdigest()


def _letters(place: int) -> str:
    """A to Z, then AA, AB …"""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
