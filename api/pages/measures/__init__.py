"""Pages of numbers: every measure of a network, and those that take long as a job."""

from flask import Blueprint


def register(blueprint: Blueprint) -> None:
    # Imported here: the parts of this package import each other by its name.
    from api.pages.measures import job_page, measures_files, measures_page

    for page in (measures_page, measures_files, job_page):
        page.register(blueprint)
