"""Pages on which a reader asks a map a question, and reads the answer with its evidence."""

from flask import Blueprint


def register(blueprint: Blueprint) -> None:
    # Imported here: the parts of this package import each other by its name.
    from api.pages.questions import download, index_page, kept, question_page

    for page in (kept, index_page, question_page, download):
        page.register(blueprint)
