"""The posts of a file: most have one row, a job share has one for each holder."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from graph.exchange.organogram.shares import Share
from graph.exchange.organogram.sheet import Column, Sheet
from graph.exchange.organogram.words import letters, shown
from powermap.vocabulary import HolderStatus

Posts = Mapping[str, Sequence[Share]]
"""The shares of each post, by its reference."""

_ALIKE = {
    "grade": Column.GRADE,
    "title": Column.TITLE,
    "scope": f"{Column.FUNCTION} or {Column.UNIT}",
    "parent": Column.PARENT,
    "organisation": Column.ORGANISATION,
    "reports_to": Column.REPORTS_TO,
}
"""In what the rows of a job share have to agree."""


def posts_of(sheet: Sheet, shares: Iterable[Share]) -> Posts:
    rows: dict[str, list[Share]] = {}
    for share in shares:
        shared = rows.setdefault(share.reference, [])
        if not shared or _agree(sheet, shared[0], share):
            shared.append(share)
    posts = {
        reference: _holders(sheet, shared) if len(shared) > 1 else shared
        for reference, shared in rows.items()
    }
    _note_namesakes(sheet, posts)
    return posts


def _agree(sheet: Sheet, first: Share, share: Share) -> bool:
    differing = [c for field, c in _ALIKE.items() if getattr(first, field) != getattr(share, field)]
    if differing:
        sheet.refuse(
            share.row,
            Column.REFERENCE,
            f"Has the reference of row {first.row} and differs in {', '.join(differing)}. The rows "
            "of a job share are alike; another post needs another reference.",
        )
    return not differing


def _holders(sheet: Sheet, shared: Sequence[Share]) -> list[Share]:
    """The named holders in alphabetical order, then one share for all who are nameless alike."""
    # In the alphabet, "named" stands before "undisclosed" and "vacant".
    kept: dict[str, Share] = {}
    for share in sorted(shared, key=lambda share: (share.holder, share.name.casefold())):
        named = share.holder is HolderStatus.NAMED
        first = kept.setdefault(share.name if named else share.holder, share)
        if named and share is not first:
            message = f"{shown(share.name)} holds this post on row {first.row} already."
            sheet.refuse(share.row, Column.NAME, message)
    again = f"Also on row {shared[1].row}: a job share"
    message = f"{again}, imported as a post for each holder who can be told apart."
    sheet.note(shared[0].row, Column.REFERENCE, message)
    return list(kept.values())


def _note_namesakes(sheet: Sheet, posts: Posts) -> None:
    by_name: dict[str, list[Share]] = {}
    for share in chain.from_iterable(posts.values()):
        if share.holder is HolderStatus.NAMED:
            by_name.setdefault(letters(share.name), []).append(share)
    for namesakes in by_name.values():
        for share in namesakes if len(namesakes) > 1 else ():
            other = next(namesake for namesake in namesakes if namesake is not share)
            message = f"Also on row {other.row}: two people, unless you join them on the map."
            sheet.note(share.row, Column.NAME, message)
