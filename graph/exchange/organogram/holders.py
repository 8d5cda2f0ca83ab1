"""Who holds a post: what stands in the column of names, which is not always a name."""

from collections.abc import Set

from graph.exchange.csv_file import Row
from graph.exchange.organogram.sheet import Column, Sheet
from graph.exchange.organogram.words import letters, says_something, shown, words
from powermap.vocabulary import HolderStatus


def holder_status(
    sheet: Sheet, row: Row, name: str, *, bodies: Set[str], posts: Set[str]
) -> HolderStatus:
    """Named only where it is no marking, and no name of a body, a unit or a post."""
    if not says_something(name):
        return HolderStatus.UNDISCLOSED
    if {"vacant", "vacancy"}.intersection(words(name)):
        return HolderStatus.VACANT
    if letters(name) not in bodies | posts:
        return HolderStatus.NAMED
    whose = "department" if letters(name) in bodies else "unit or the post"
    message = f"{shown(name)} is the name of the {whose}, not of a person: read as N/D."
    sheet.note(row.number, Column.NAME, message)
    return HolderStatus.UNDISCLOSED


def is_left_out(sheet: Sheet, row: Row, name: str, title: str) -> bool:
    """Whether the row is of somebody paid but not in a post, or of a post that is no more."""
    for column, text in ((Column.TITLE, title), (Column.NAME, name)):
        if letters(text) == "notinpost":
            message = "Somebody is paid and not in a post: there is nothing to import."
            sheet.refuse(row.number, column, message)
            return True
    if "eliminated" not in words(name):
        return False
    message = "The post is no more: not imported. If it is on the map, give it a last day there."
    sheet.refuse(row.number, Column.NAME, message)
    return True
