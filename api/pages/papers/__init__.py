"""Pages on which a board paper is put together, seen before it is saved, and found again."""

from flask import Blueprint


def register(blueprint: Blueprint) -> None:
    # Imported here: the parts of this package import each other by its name.
    from api.pages.papers import adding, kept_page, paper_page

    for page in (paper_page, adding, kept_page):
        page.register(blueprint)
