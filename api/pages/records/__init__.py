"""The pages that keep a map true: tables, briefs, one form for every record, history and undo."""

from flask import Blueprint

from api.pages.records import (
    brief_file,
    changes_file,
    changes_page,
    deletion_page,
    form_page,
    history_page,
    names_page,
    party_page,
    quick_tie_page,
    record_page,
    restore_page,
    table_file,
    table_page,
)


def register(blueprint: Blueprint) -> None:
    for page in (
        table_page,
        table_file,
        party_page,
        brief_file,
        record_page,
        form_page,
        quick_tie_page,
        deletion_page,
        restore_page,
        history_page,
        changes_page,
        changes_file,
        names_page,
    ):
        page.register(blueprint)
