"""A row as a share of a post: who holds it, what it is, where it stands."""

import re
from collections.abc import Set
from dataclasses import dataclass

from graph.exchange.csv_file import Row
from graph.exchange.organogram import identifiers
from graph.exchange.organogram.holders import holder_status, is_left_out
from graph.exchange.organogram.sheet import TOP, Column, Sheet
from graph.exchange.organogram.words import letters, says_something, shown, without_stray_quotes
from powermap.vocabulary import HolderStatus, RecordKind

_LONGEST_REFERENCE = 60
_LONGEST_TITLE = 400
_LONGEST_FUNCTION = 1793
"""As much as a scope has room for beside the longest name of a unit."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """A row that can be used: one holder, or none, of one post."""

    row: int
    reference: str
    name: str
    holder: HolderStatus
    stands_for_body: bool
    grade: str
    title: str
    scope: str | None
    organisation: str
    parent: str
    reports_to: str


def read_shares(sheet: Sheet) -> list[Share]:
    """The rows that can be used; what is wrong with these and the others is reported."""
    columns = (Column.ORGANISATION, Column.PARENT)
    bodies = {letters(sheet.cell(row, column)) for row in sheet.rows for column in columns}
    shares = [share for row in sheet.rows if (share := _share(sheet, row, bodies))]
    if blank := sum(not share.name for share in shares):
        message = f"{blank} rows have no name; they were read as N/D, which the rules ask for."
        sheet.note(None, Column.NAME, message)
    return shares


def _share(sheet: Sheet, row: Row, bodies: Set[str]) -> Share | None:
    reference = _reference(sheet, row)
    parent = sheet.text(row, Column.PARENT)
    organisation = _organisation(sheet, row, parent)
    if reference is None or organisation is None:
        return None
    name = sheet.text(row, Column.NAME)
    title = sheet.text(row, Column.TITLE, longest=_LONGEST_TITLE)
    if is_left_out(sheet, row, name, title):
        post = identifiers.post(organisation, reference)
        sheet.mentioned.add((RecordKind.ACCOUNTABILITY, post))
        return None
    if not says_something(title):
        sheet.note(row.number, Column.TITLE, f"{shown(title)} is no title; named by reference.")
        title = f"Post {reference}"
    unit = sheet.text(row, Column.UNIT)
    posts = {letters(title), letters(unit)}
    holder = holder_status(sheet, row, name, bodies=bodies, posts=posts)
    higher = sheet.text(row, Column.REPORTS_TO)
    return Share(
        row=row.number,
        reference=reference,
        name=name,
        holder=holder,
        stands_for_body=says_something(name) and letters(name) in bodies,
        grade=sheet.text(row, Column.GRADE),
        title=title,
        scope=_scope(sheet, row, unit, {*map(letters, (organisation, parent, title))}),
        organisation=organisation,
        parent=parent,
        reports_to=TOP if higher.upper() == TOP else higher,
    )


def _reference(sheet: Sheet, row: Row) -> str | None:
    reference = sheet.text(row, Column.REFERENCE)
    said, rule = shown(reference), "The rules ask for letters, digits and hyphens."
    if reference == "0":
        wrong = "0 stands for somebody who is paid but not in a post."
    elif not says_something(reference) or reference.upper() == TOP:
        wrong = f"{said} is no reference. {rule}"
    elif len(reference) > _LONGEST_REFERENCE:
        wrong = f"{said} is longer than {_LONGEST_REFERENCE} characters."
    else:
        if not re.fullmatch(r"[0-9A-Za-z-]+", reference):
            sheet.note(row.number, Column.REFERENCE, f"{said} was used as it is. {rule}")
        return reference
    sheet.refuse(row.number, Column.REFERENCE, wrong)
    return None


def _organisation(sheet: Sheet, row: Row, parent: str) -> str | None:
    name = sheet.text(row, Column.ORGANISATION)
    if says_something(name):
        return name
    wrong = f"{shown(name)} does not say which organisation the post is in"
    if says_something(parent):
        sheet.note(row.number, Column.ORGANISATION, f"{wrong}; {shown(parent)} was taken.")
        return parent
    sheet.refuse(row.number, Column.ORGANISATION, f"{wrong}. Name it.")
    return None


def _scope(sheet: Sheet, row: Row, unit: str, known: Set[str]) -> str | None:
    """What the post is for, and on a line of its own the unit it stands in."""
    function = without_stray_quotes(sheet.text(row, Column.FUNCTION, longest=_LONGEST_FUNCTION))
    parts = ((function, function), (unit, f"Unit: {unit}"))
    new = [part for text, part in parts if says_something(text) and letters(text) not in known]
    return "\n".join(new) or None
