"""How senior a post is: by its grade, and by its place at the head of the line."""

from collections.abc import Mapping

from graph.exchange.organogram.posts import Posts
from graph.exchange.organogram.shares import Share
from graph.exchange.organogram.sheet import TOP, Column, Sheet
from graph.exchange.organogram.words import letters, shown
from powermap.vocabulary import Level

_GRADES = {
    "SCS4": Level.CHIEF_OFFICER,
    "SCS3": Level.EXECUTIVE_DIRECTOR,
    "SCS2": Level.DIRECTOR,
    "SCS1A": Level.DEPUTY_DIRECTOR,
    "SCS1": Level.DEPUTY_DIRECTOR,
    "OF-9": Level.CHIEF_OFFICER,
    "OF-8": Level.EXECUTIVE_DIRECTOR,
    "OF-7": Level.DIRECTOR,
    "OF-6": Level.DEPUTY_DIRECTOR,
}
"""Permanent secretary, director general, director, deputy director; admiral to commodore."""
_LEVELS = {letters(grade): level for grade, level in _GRADES.items()}


def levels_of(sheet: Sheet, posts: Posts, above: Mapping[str, str]) -> dict[str, Level | None]:
    """By reference: the level of the grade, but chief officer at the head of the line.

    A post that stands for the department itself has no level, and those right under it are heads.
    Of several heads only those of the highest grade are meant: the others are likely mistakes.
    """
    levels = {reference: _level(sheet, share) for reference, (share, *_) in posts.items()}
    stand_ins = {reference for reference, (share, *_) in posts.items() if share.stands_for_body}
    rungs = {
        reference: (level.rung if (level := levels[reference]) else None) or 0
        for reference, (share, *_) in posts.items()
        if reference not in stand_ins
        and (share.reports_to == TOP or above.get(reference) in stand_ins)
    }
    highest = max(rungs.values(), default=0)
    heads = {reference for reference, rung in rungs.items() if rung == highest}
    return levels | dict.fromkeys(heads, Level.CHIEF_OFFICER) | dict.fromkeys(stand_ins)


def _level(sheet: Sheet, share: Share) -> Level | None:
    level = _LEVELS.get(letters(share.grade))
    if level is None and sheet.has(Column.GRADE):
        message = f"{shown(share.grade)} gives no level; the grades are {', '.join(_GRADES)}."
        sheet.note(share.row, Column.GRADE, message)
    return level
