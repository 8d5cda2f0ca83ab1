"""Who reports to whom: the post above each post, up to the top of the file."""

from itertools import chain

import networkx as nx

from graph.exchange.organogram.posts import Posts
from graph.exchange.organogram.shares import Share
from graph.exchange.organogram.sheet import TOP, Column, Sheet
from graph.exchange.organogram.words import shown


def lines_of(sheet: Sheet, posts: Posts) -> dict[str, str]:
    """By reference; a line that leads nowhere, or back, is reported and left out."""
    firsts = {reference: share for reference, (share, *_) in posts.items()}
    above = {r: share.reports_to for r, share in firsts.items() if share.reports_to != TOP}
    astray = {reference for reference, higher in above.items() if higher not in posts}
    loops = set(chain.from_iterable(nx.simple_cycles(nx.DiGraph(above.items()))))
    for reference in astray | loops:
        wrong = "is the post itself, or leads back to it"
        if reference in astray:
            wrong = "is no reference of a post that was imported"
        sheet.note(
            firsts[reference].row,
            Column.REPORTS_TO,
            f"{shown(above.pop(reference))} {wrong}: imported without its line. Give the reference "
            f"of the post that it reports to, or {TOP} at the top.",
        )
    _note_tops(sheet, [share for share in firsts.values() if share.reports_to == TOP])
    return above


def _note_tops(sheet: Sheet, tops: list[Share]) -> None:
    if not tops:
        message = f"No post has {TOP} here, so the file does not say who is at the top."
        sheet.note(None, Column.REPORTS_TO, message)
    for share in tops if len(tops) > 1 else ():
        other = next(top for top in tops if top is not share)
        message = f"{TOP} is also on row {other.row}; the rules ask for one top post."
        sheet.note(share.row, Column.REPORTS_TO, message)
