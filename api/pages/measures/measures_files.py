"""The measures of a network as files: every figure unrounded as CSV, the words as text."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from api.bodies import InvalidQuery
from api.context import power_map
from api.pages.downloads import csv_file, permitted, records_asked, text_file
from api.pages.measures.asked import LOWEST_FIRST, Asked, read
from api.pages.measures.measures_page import OF_THE_PAGE, as_measured, passages_of, report_of
from api.pages.measures.told import ordered, title_of
from graph.measures import Role
from powermap.errors import InvalidValue
from powermap.model import PowerMap
from powermap.vocabulary import Sensitivity

_RANKS = {"rank": "rank", "best": "best rank", "worst": "worst rank"}


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was asked of the records that a file may tell of, and the report on it."""

    whole: PowerMap
    asked: Asked
    report: Mapping[str, Any]


def download_figures(map_id: str) -> Response:
    """Everybody with the columns of the page; beside a rank the best and worst it may have."""
    found = _measured(map_id)
    nodes = ordered(found.report, found.asked.sort)
    # A rank counts from the highest value; where the lowest comes first it would mislead.
    ranked = {name for node in nodes for name in node.get("bands") or {}} - LOWEST_FIRST
    rows = [dict(_cells(node, found.asked.names, ranked)) for node in nodes]
    columns = list(rows[0]) if rows else ["Name"]
    return csv_file("measures", found.whole, _on(found), columns, rows)


def download_words(map_id: str) -> Response:
    """What the report says in words."""
    found = _measured(map_id)
    return text_file("measures", found.whole, _on(found), passages_of(found.report))


def _measured(map_id: str) -> Measured:
    every = power_map(map_id)
    whole = permitted(every)
    # Where nothing is left out, what was worked out before (in a job, perhaps) is as good.
    narrowed = len(whole.records) < len(every.records)
    ceiling = records_asked().ceiling if narrowed else Sensitivity.PRIVATE
    given = {name: text for name, text in request.args.items() if name not in OF_THE_PAGE}
    asked = read(whole, given)
    if asked.problems:
        raise InvalidQuery(*asked.problems)
    try:
        report = report_of(whole, asked, ceiling)
    except InvalidValue as error:
        raise InvalidQuery(*error.problems) from None
    return Measured(whole=as_measured(whole, report), asked=asked, report=report)


def _on(found: Measured) -> Any:
    return found.asked.question.get("on") or found.whole.header.as_at


def _cells(
    node: Mapping[str, Any], names: Sequence[str], ranked: Collection[str]
) -> Iterator[tuple[str, Any]]:
    yield "Name", node["name"]
    if tuple(names) == ("brokerage",):
        roles = node.get("brokerage") or {}
        for role in Role:
            for part in ("raw", "expected"):
                words = role.value.capitalize() + (", expected" if part == "expected" else "")
                yield words, roles.get(role.value, {}).get(part, "")
        return
    bands = node.get("bands") or {}
    for name in names:
        value, band = node.get(name), bands.get(name) or {}
        yield title_of(name), "" if value is None else value
        if name in ranked:
            for part, words in _RANKS.items():
                yield f"{title_of(name)}, {words}", band.get(part, "")


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/measures.csv", "measures_file", download_figures)
    blueprint.add_url_rule("/maps/<map_id>/measures.txt", "measures_words", download_words)
