"""Every page of the web app on one blueprint."""

from flask import Blueprint

from api.pages import (
    arrangement_form,
    assets,
    form_key,
    help_page,
    map_files,
    map_page,
    maps_page,
    matrix_file,
    matrix_page,
    me,
    measures,
    papers,
    questions,
    records,
    start_page,
    walk_through,
)

blueprint = Blueprint("pages", __name__, template_folder="templates")
assets.register(blueprint)
form_key.register(blueprint)
maps_page.register(blueprint)
start_page.register(blueprint)
help_page.register(blueprint)
walk_through.register(blueprint)
map_page.register(blueprint)
map_files.register(blueprint)
arrangement_form.register(blueprint)
matrix_page.register(blueprint)
matrix_file.register(blueprint)
me.register(blueprint)
measures.register(blueprint)
questions.register(blueprint)
papers.register(blueprint)
records.register(blueprint)
