"""The tables of a map: people, organisations, accountabilities, ties, assessments."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, make_response, request

from api.context import power_map
from api.pages.copying import table_links
from api.pages.records.cells import Cell, Contents
from api.pages.records.columns import Column, columns_of
from api.pages.records.fields import LABELS, in_sentence, label_of
from api.pages.records.inputs import Wrong
from api.pages.records.kinds import (
    ON_A_MAP,
    WORDS,
    act_address,
    add_address,
    table_address,
)
from api.pages.records.quick_tie import QuickTie
from api.pages.records.table_query import PER_PAGE, TableQuery, filters, query_from
from api.pages.shell import render_on_map
from api.pages.words import count, day
from powermap.errors import Problem
from powermap.model import Accountability, PowerMap, Record, name_of
from powermap.usecases.listing import matching
from powermap.vocabulary import RecordKind


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The head of a column: a link that sorts by it."""

    words: str
    address: str
    sorted: str
    """ascending or descending, where the table is sorted by it; else none."""


@dataclass(frozen=True, kw_only=True)
class TableRow:
    id: str
    title: str
    cells: tuple[Cell, ...]
    doubtful: bool
    edit: str


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What a table is asked to list, all of it, in its order."""

    contents: Contents
    columns: tuple[Column, ...]
    found: list[Record]


_ABOUT_OTHERS = (RecordKind.ACCOUNTABILITY, RecordKind.RELATIONSHIP, RecordKind.ASSESSMENT)


def show_table(kind: RecordKind, map_id: str) -> Any:
    return table(kind, map_id, QuickTie.on_table(map_id) if _takes_ties(kind) else None)


def _takes_ties(kind: RecordKind) -> bool:
    return kind is RecordKind.RELATIONSHIP


def table(kind: RecordKind, map_id: str, quick: QuickTie | None) -> Any:
    """The page of a table; with the short form of a tie, as it was sent or empty."""
    whole = power_map(map_id)
    query, problems = query_of(kind, whole, request.args)
    listing = listing_of(kind, whole, query)
    contents, columns, found = listing.contents, listing.columns, listing.found
    pages = max(1, -(-len(found) // PER_PAGE))
    query = replace(query, page=min(query.page, pages))
    first = (query.page - 1) * PER_PAGE
    some = found[first : first + PER_PAGE]
    recorded = sum(1 for _ in matching(whole, kind, fields={}))
    labels = {**LABELS, "sensitivity": "Sensitivity"}
    page = render_on_map(
        "pages/records/table.html",
        map_id,
        WORDS[kind].section,
        kind=kind,
        words=WORDS[kind],
        query=query,
        problems=[
            Wrong(field=f"filter-{p.path[0]}", message=in_sentence(_label(p.path[0]), p.message))
            for p in problems
        ],
        typed=request.args,
        filters=filters(kind, query, labels),
        narrowed_to=_about(whole, query),
        headings=[_heading(map_id, kind, query, column) for column in columns],
        rows=[_row(map_id, kind, contents, columns, record) for record in some],
        said=_said(kind, query, contents.shown, found, recorded),
        recorded=recorded,
        nobody=kind in _ABOUT_OTHERS and not (whole.leaders or whole.organisations),
        range=(first + 1, first + len(some), len(found)),
        pages=pages,
        turn={
            "back": _turned(map_id, kind, query, -1) if query.page > 1 else "",
            "on": _turned(map_id, kind, query, 1) if query.page < pages else "",
        },
        copy=table_links(
            whole,
            query.on,
            WORDS[kind].many,
            f"pages.{kind.plural}_file",
            query.address(page=None),
            table="records",
        ),
        here=table_address(map_id, kind),
        add=add_address(map_id, kind),
        quick=quick,
    )
    wrong = problems or (quick and quick.form.problems)
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


def query_of(
    kind: RecordKind, whole: PowerMap, arguments: Mapping[str, str]
) -> tuple[TableQuery, list[Problem]]:
    """The state of the table asked for; what is wrong is left out of it and told."""
    names = tuple(column.name for column in columns_of(kind, Contents(whole.header.id, whole)))
    return query_from(kind, arguments, names)


def listing_of(kind: RecordKind, whole: PowerMap, query: TableQuery) -> Listing:
    """Everything that a state of the table lists, on all its pages."""
    shown = whole.held_on(query.on) if query.on else whole
    contents = Contents(whole.header.id, shown)
    columns = columns_of(kind, contents)
    found = _sorted(_narrowed(kind, query, contents), query, columns)
    return Listing(contents=contents, columns=columns, found=found)


def _narrowed(kind: RecordKind, query: TableQuery, contents: Contents) -> list[Record]:
    sector = query.choices.get("sector")
    fields = {name: value for name, value in query.choices.items() if name != "sector"}
    found = matching(contents.shown, kind, fields={**fields, **query.about})
    if query.words:
        sought = query.words.casefold().split()
        found = [each for each in found if _holds(contents, each, sought)]
    if sector:
        found = [each for each in found if sector in contents.sectors(each)]
    return found


def _holds(contents: Contents, record: Record, sought: list[str]) -> bool:
    """Whether all words are in its name, or in the names of those it is about."""
    named = [name_of(record) or "", *(contents.name(r.id) for r in record.references())]
    if isinstance(record, Accountability):
        named.append(record.scope or "")
    text = " ".join(named).casefold()
    return all(word in text for word in sought)


def _sorted(found: list[Record], query: TableQuery, columns: tuple[Column, ...]) -> list[Record]:
    """Sorted by a column, what is not known last; equals stay in the order of names."""
    order = next(column.order for column in columns if column.name == query.sort)
    known = [(key, record) for record in found if (key := order(record)) is not None]
    if query.downwards:
        known.reverse()
    known.sort(key=lambda each: each[0], reverse=query.downwards)
    return [each for _, each in known] + [each for each in found if order(each) is None]


def _heading(map_id: str, kind: RecordKind, query: TableQuery, column: Column) -> Heading:
    mine = column.name == query.sort
    sort = f"-{column.name}" if mine and not query.downwards else column.name
    changed = query.address(sort=sort if sort != "name" else None, page=None)
    return Heading(
        words=column.words,
        address=table_address(map_id, kind, **changed),
        sorted=("descending" if query.downwards else "ascending") if mine else "",
    )


def _row(
    map_id: str,
    kind: RecordKind,
    contents: Contents,
    columns: tuple[Column, ...],
    record: Record,
) -> TableRow:
    cells = tuple(column.cell(record) for column in columns)
    return TableRow(
        id=record.id,
        title=cells[0].text,
        cells=cells,
        doubtful=record.id in contents.shown.doubtful,
        edit=act_address("edit", map_id, kind, record.id),
    )


def _said(
    kind: RecordKind, query: TableQuery, shown: PowerMap, found: list[Record], recorded: int
) -> str:
    """How many there are, told apart from those that may be."""
    words = WORDS[kind]
    if query.on:
        maybe = sum(record.id in shown.doubtful for record in found)
        sure = count(len(found) - maybe, words.one, words.many)
        doubt = f", and {maybe:,} that may have been held" if maybe else ""
        return f"{sure} on {day(query.on)}{doubt} · {recorded:,} recorded in all"
    if query.narrowed:
        return f"{count(len(found), words.one, words.many)} of {recorded:,} recorded"
    return f"{count(recorded, words.one, words.many)} recorded, of any date"


def _about(whole: PowerMap, query: TableQuery) -> list[str]:
    found = [whole.records.get(record_id) for record_id in query.about.values()]
    return [(name_of(record) or "") if record else "somebody who has gone" for record in found]


def _label(name: Any) -> str:
    return {"on": "On a date", "sort": "The order", "page": "The page"}.get(name) or label_of(name)


def _turned(map_id: str, kind: RecordKind, query: TableQuery, pages: int) -> str:
    number = query.page + pages
    return table_address(map_id, kind, **query.address(page=str(number) if number > 1 else None))


def register(blueprint: Blueprint) -> None:
    for kind in ON_A_MAP:
        blueprint.add_url_rule(
            f"/maps/<map_id>/{kind.plural}",
            kind.plural,
            partial(show_table, kind),
        )
