"""The content of a view in words and rows: the strip, the panel and the tables."""

from collections.abc import Sequence
from itertools import pairwise
from string import ascii_uppercase
from typing import Any, TypeVar

from flask import g, url_for

from api.mark import MarkKind
from api.pages.assets import ONE_FILE
from api.pages.beside import first_gap, latest_change, trust
from api.pages.copying import CopyLinks, sentence_links, table_links
from api.pages.drawing import NOUNS, picture_of, summary
from api.pages.figure import links_of
from api.pages.map_view import MapView
from api.pages.map_words import passages_of
from api.pages.maps_page import opening_sentence
from api.pages.rows import accountability_rows, line_rows, name_in, party_rows, proofs
from api.pages.words import count, day, in_words, listed, sources
from powermap.model import PowerMap
from visual.lines import Views
from visual.sectors import LOOKS, NO_SECTOR

T = TypeVar("T")
MOST_ROWS = 300
FEW_ROWS = 100
"""How many rows a table beside a picture has, and how many where that is not enough: the pages of
people, organisations, accountabilities and ties hold them all."""


def told_of(map_id: str, whole: PowerMap, found: MapView) -> dict[str, Any]:
    """What the template of the map page says of a view."""
    view, shown = found.view, found.shown
    lines = line_rows(shown, _few(found.lines, found.drawn_lines))
    beside = _few(found.admitted, found.picture.parties)
    accountabilities = accountability_rows(shown)
    parties = party_rows(shown, beside, found.drawn, lines)
    organisations = sorted(shown.organisations.values(), key=lambda o: (o.name, o.id))
    on = view.on or whole.header.as_at
    noun = NOUNS[view.unit]
    told = {
        "header": whole.header,
        "opening": opening_sentence(whole.header),
        "revision": whole.revision,
        "withheld": whole.withheld,
        "seen": found,
        "emphasis_missing": found.emphasis_missing,
        "view": view,
        "figure": None if g.get(ONE_FILE) else links_of(map_id, view),
        "answer": found.answer,
        "pairs": [*found.answer.pairs, *found.answer.more][:MOST_ROWS],
        "names": found.names,
        "fragment": picture_of(found),
        "on": on,
        "on_words": day(on),
        "other_day": on != whole.header.as_at,
        "as_at_words": day(whole.header.as_at),
        "parties": parties,
        "party_of": {row.id: row for row in parties},
        "lines": lines,
        "accountabilities": _few(accountabilities, accountabilities),
        "organisations": _few(organisations, organisations),
        "totals": {
            "parties": len(found.admitted),
            "lines": len(found.lines),
            "accountabilities": len(accountabilities),
            "organisations": len(organisations),
        },
        "tables": {
            name: None if g.get(ONE_FILE) else url_for(f"pages.{name}", map_id=map_id)
            for name in ("leaders", "organisations", "accountabilities", "relationships")
        },
        "noun": noun,
        "strip": _strip(found, noun, day(on)),
        "partial": len(found.drawn) < len(found.admitted)
        or len(found.drawn_lines) < len(found.lines),
        "summary": summary(found),
        "marked": _marked(whole, found),
        "matters": [
            matter
            for matter in (first_gap(found, map_id), latest_change(whole, found, map_id))
            if matter
        ],
        "brokers_address": url_for("pages.question", map_id=map_id, name="brokers"),
        "trust": trust(found, on),
        "source_words": f"Source: {cited}" if (cited := sources(found.sources)) else "Unsourced",
        "legend": _legend(found),
        "in_words": in_words,
        "listed": listed,
        "proofs": proofs,
        "count": count,
        "thin": _thin(found),
    }
    return {**told, "copies": {} if g.get(ONE_FILE) else _copies(whole, told)}


def _copies(whole: PowerMap, told: dict[str, Any]) -> dict[str, CopyLinks]:
    """What can be copied: the words of the panel, and each table."""
    on, query = told["on"], told["view"].address()
    names = {
        "parties": told["noun"][1],
        "ties": "ties",
        "accountabilities": "accountabilities",
        "pairs": "pairs",
        "organisations": "organisations",
    }
    words = sentence_links(whole, on, "map", "pages.map_answer", query, passages_of(told))
    return {"words": words} | {
        table: table_links(
            whole, on, name, "pages.map_table", {"table": table, **query}, table=table, about=name
        )
        for table, name in names.items()
    }


def _few(everything: Sequence[T], drawn: Sequence[T]) -> Sequence[T]:
    """All of it where that is not too long; else what is drawn, as far as it goes."""
    if len(everything) <= MOST_ROWS:
        return everything
    return drawn if len(drawn) <= MOST_ROWS else drawn[:FEW_ROWS]


def _strip(found: MapView, noun: tuple[str, ...], on: str) -> list[str]:
    """The strip over the map: how much of it is drawn, and how sure it is."""
    people, lines = len(found.admitted), len(found.lines)
    drawn, drawn_lines = len(found.drawn), len(found.drawn_lines)
    said = [
        f"{drawn:,} of {count(people, *noun)} drawn" if drawn < people else count(people, *noun),
        f"{drawn_lines:,} of {count(lines, 'tie')}" if drawn_lines < lines else count(lines, "tie"),
    ]
    if one_sided := found.counted(Views.ONE_SIDED):
        said.append(f"{one_sided:,} one-sided")
    if differing := found.counted(Views.DIFFERING):
        said.append(f"{differing // 2:,} seen differently")
    if doubtful := sum(line.doubtful for line in found.drawn_lines):
        said.append(f"{doubtful:,} may be held")
    return [*said, f"as at {on}"]


def _marked(whole: PowerMap, found: MapView) -> list[tuple[str, list[tuple[str, str]]]]:
    """What stands out, line by line: its number or letter, and the ids and names it is about."""
    mark = found.view.mark
    named = [(party, name_in(whole, party)) for party in mark.parties]
    if mark.kind is MarkKind.PATH:
        return [(str(step), list(ends)) for step, ends in enumerate(pairwise(named), start=1)]
    if mark.kind is MarkKind.PAIRS:
        pairs = zip(ascii_uppercase, named[1::2], named[2::2], strict=False)
        return [(letter, [one, other]) for letter, one, other in pairs]
    if mark.kind is MarkKind.GAP:
        return [("", named[:2]), *(("", [each]) for each in named[2:])]
    return [("", [each]) for each in named]


def _legend(found: MapView) -> list[Any]:
    """The sectors that are on the picture, in the order of the closed list."""
    present = {sector for party in found.picture.parties for sector in party.sectors}
    looks = [look for sector, look in LOOKS.items() if sector in present]
    return looks + [NO_SECTOR] * any(not party.sectors for party in found.picture.parties)


def _thin(found: MapView) -> str | None:
    """What to do next where there is nothing, or next to nothing, to see."""
    if not found.shown.leaders and not found.shown.organisations:
        return "empty"
    if not found.parties:
        return "no_parties"
    if not found.admitted:
        return "all_filtered"
    if not found.lines:
        return "no_ties"
    return None
