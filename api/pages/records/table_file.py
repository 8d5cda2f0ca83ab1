"""A table of records as CSV: every row that the page would list, not one page of them."""

from functools import partial

from flask import Blueprint, Response, request

from api.bodies import InvalidQuery
from api.context import power_map
from api.pages.downloads import cited, csv_file, permitted
from api.pages.records.kinds import ON_A_MAP, WORDS
from api.pages.records.table_page import listing_of, query_of
from api.pages.rows import proofs
from powermap.vocabulary import RecordKind


def download_table(kind: RecordKind, map_id: str) -> Response:
    """The columns of the page, whether it surely held on the day, and the evidence in full."""
    whole = permitted(power_map(map_id))
    query, problems = query_of(kind, whole, request.args)
    if problems:
        raise InvalidQuery(*problems)
    listing = listing_of(kind, whole, query)
    rows = (
        {
            **{
                column.words: "; ".join((cell.text, *cell.more))
                for column in listing.columns
                for cell in (column.cell(record),)
            },
            "Certain": "no" if record.id in listing.contents.shown.doubtful else "yes",
            "Sources": cited(proofs(record.evidence)),
        }
        for record in listing.found
    )
    columns = [*(column.words for column in listing.columns), "Certain", "Sources"]
    return csv_file(WORDS[kind].many, whole, query.on, columns, rows)


def register(blueprint: Blueprint) -> None:
    for kind in ON_A_MAP:
        blueprint.add_url_rule(
            f"/maps/<map_id>/{kind.plural}.csv",
            f"{kind.plural}_file",
            partial(download_table, kind),
        )
