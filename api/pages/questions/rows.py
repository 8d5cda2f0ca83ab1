"""The rows of an answer as the page shows them: names linked, evidence behind each, figures."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import url_for

from api.pages.answer import Said
from api.pages.questions.highlight import view_of_row
from api.pages.questions.wording import kind_words, worded
from api.pages.rows import Statement, statement_of
from api.view import View
from graph.findings.answer import Finding, Row
from powermap.errors import UnknownRecord
from powermap.model import Leader, Organisation, PowerMap

MOST_STATEMENTS = 12
_UNTOLD = frozenset({"path_score"})
"""Figures that only order the rows."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A figure or a name behind a row."""

    key: str
    label: str
    said: tuple[Said, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A figure before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """One row of the answer; `number` is its place among all of them, from 1."""

    number: int
    kind: str
    heading: str
    """What rows of its kind are called, on the first of them; else empty."""
    sentence: tuple[Said, ...]
    others: tuple[Said, ...]
    """Whom it is about and does not name."""
    next_step: tuple[Said, ...]
    statements: tuple[Statement, ...]
    """The evidence, as far as the page shows it; `more` is how many records it leaves out."""
    more: int
    facts: tuple[Fact, ...]
    changes: tuple[Change, ...]
    view: View | None
    """How it stands out on the map; None where there is nobody to draw."""
    row: Row


class Telling:
    """What is needed to put an answer about one map on a page."""

    def __init__(
        self, whole: PowerMap, finding: Finding, on: date, asked_about: Sequence[str] = ()
    ) -> None:
        # What has gone since an earlier revision is told, but has no page of its own.
        self.known = replace(whole, records={**finding.past, **whole.records})
        self.whole = whole
        self.shown = whole.held_on(on)
        self.finding = finding
        self.asked_about = [id for id in asked_about if self.name(id)]
        self._ids: dict[str, list[str]] = {}
        for id in (*self.known.leaders, *self.known.organisations):
            self._ids.setdefault(self.known.party(id).name, []).append(id)

    def rows(
        self, numbered: Iterable[tuple[int, Row]], most: int = MOST_STATEMENTS
    ) -> list[ShownRow]:
        """Rows with their numbers, each with at most so many records of its evidence."""
        found: list[ShownRow] = []
        for number, row in numbered:
            heading = kind_words(row.kind)
            fresh = not found or found[-1].kind != row.kind
            found.append(self._row(number, row, heading if fresh else "", most))
        return found

    def sentences(self) -> list[tuple[Said, ...]]:
        """The answer, with the names in it set apart."""
        about = [*self.asked_about, *(id for row in self.finding.rows for id in row.parties)]
        return [self._linked(sentence, about) for sentence in self.finding.sentences]

    def addresses(self, ids: Iterable[str]) -> dict[str, str]:
        """Where to read on about each person or body that is on the map now."""
        found = {}
        for id in ids:
            record = self.whole.records.get(id)
            if isinstance(record, Leader | Organisation):
                found[id] = brief_address(self.whole.header.id, record)
        return found

    def name(self, id: str) -> str | None:
        record = self.known.records.get(id)
        return record.name if isinstance(record, Leader | Organisation) else None

    def _row(self, number: int, row: Row, heading: str, most: int) -> ShownRow:
        about = [*row.parties, *_texts(row.facts), *self.asked_about]
        sentence = self._linked(row.sentence, about)
        told = {said.party for said in sentence}
        others = [id for id in row.parties if id not in told and self.name(id)]
        return ShownRow(
            number=number,
            kind=row.kind,
            heading=heading,
            sentence=sentence,
            others=tuple(Said(text=self.name(id) or "", party=id) for id in others),
            next_step=self._linked(row.next_step or "", about),
            statements=tuple(self._statements(row))[:most],
            more=max(0, len(row.records) - most),
            facts=tuple(self._facts(row.facts)),
            changes=tuple(_changes(row.facts)),
            view=view_of_row(self.whole, self.shown, row, self.asked_about),
            row=row,
        )

    def _linked(self, sentence: str, about: Collection[str]) -> tuple[Said, ...]:
        """The sentence with the names in it set apart; a name that two have is nobody's link.

        Unless one of the two is whom it is `about`.
        """
        named = {}
        for name, ids in self._ids.items():
            if name in sentence:
                likely = ids if len(ids) == 1 else [id for id in ids if id in about]
                if len(likely) == 1:
                    named[name] = likely[0]
        return linked(sentence, named)

    def _statements(self, row: Row) -> Iterator[Statement]:
        for id in row.records:
            record = self.known.records.get(id)
            if record is not None:
                try:
                    yield statement_of(self.known, record)
                except UnknownRecord:
                    continue  # It names somebody who has gone with an earlier revision.

    def _facts(self, facts: Mapping[str, Any]) -> Iterator[Fact]:
        for key, value in facts.items():
            if key in _UNTOLD or (said := self._said(value)) is None:
                continue
            yield Fact(key=key, label=worded(key).capitalize(), said=said)

    def _said(self, value: Any) -> tuple[Said, ...] | None:
        """A value in words; None where it says nothing, or is no single thing."""
        if isinstance(value, list | tuple):
            parts = [part for each in value if (part := self._said(each))]
            if not parts or any(len(part) > 1 for part in parts):
                return None
            told: list[Said] = []
            for part in parts:
                told += [Said(text=", "), *part] if told else part
            return tuple(told)
        if value is None or isinstance(value, dict):
            return None
        if isinstance(value, str) and (name := self.name(value)):
            return (Said(text=name, party=value),)
        return (Said(text=figure(value)),)


def linked(sentence: str, named: Mapping[str, str]) -> tuple[Said, ...]:
    """The sentence in pieces, the names in it apart; of two that overlap the longer."""
    if not named:
        return (Said(text=sentence),) if sentence else ()
    longest_first = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    pieces = re.split(rf"(?<!\w)({longest_first})(?!\w)", sentence)
    return tuple(Said(text=piece, party=named.get(piece)) for piece in pieces if piece)


def figure(value: Any) -> str:
    """A number with as many digits as tell something, a truth as yes or no, else the text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
        return f"{value:,.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:,.0f}"
    return worded(value) if re.fullmatch(r"[a-z]+(_[a-z]+)+", str(value)) else str(value)


def brief_address(map_id: str, record: Leader | Organisation) -> str:
    """The page on a person or body."""
    endpoint = "pages.leader" if isinstance(record, Leader) else "pages.organisation"
    return url_for(endpoint, map_id=map_id, record_id=record.id)


def _changes(facts: Mapping[str, Any]) -> Iterator[Change]:
    """Figures that stand as `before` and `after`, where they differ or not."""
    before, after = facts.get("before"), facts.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [key for key in before if key in after]:
            pair = before[key], after[key]
            if all(isinstance(each, int | float) for each in pair):
                yield Change(
                    label=worded(key).capitalize(), before=figure(pair[0]), after=figure(pair[1])
                )


def _texts(value: Any) -> Iterator[str]:
    """Every text in the figures of a row: some are ids."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
