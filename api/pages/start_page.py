"""Starting a map: from a sample, from a file, or empty."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from api.answers import make
from api.context import maps, store, viewer
from api.importing import Imported, import_content, load_sample, samples
from api.pages.words import count
from powermap.changes import Create
from powermap.errors import InvalidValue, PowerMapError, Problem
from powermap.model import MapHeader
from powermap.schema import new_id, parse
from powermap.vocabulary import RecordKind

_WORDS = {
    RecordKind.LEADER: ("person", "people"),
    RecordKind.ORGANISATION: ("organisation", "organisations"),
    RecordKind.ACCOUNTABILITY: ("accountability", "accountabilities"),
    RecordKind.RELATIONSHIP: ("relationship", "relationships"),
    RecordKind.ASSESSMENT: ("assessment", "assessments"),
    RecordKind.MAP: ("map", "maps"),
}


def show_start() -> str:
    return _page()


def start_from_sample() -> Response | tuple[str, int]:
    name = request.form.get("sample", "")
    if name not in samples():
        return _again("sample", Problem(("sample",), "Choose one of the samples."))
    done = load_sample(store(), viewer(), name)
    return redirect(url_for("pages.map", map_id=done.map_id, tour=1), 303)


def start_empty() -> Response | tuple[str, int]:
    # A browser ends each line of a form in carriage return and line feed, whatever was typed.
    values: dict[str, Any] = {
        name: request.form.get(name, "").replace("\r\n", "\n").strip()
        for name in ("title", "purpose", "as_at")
    }
    values = {name: value for name, value in values.items() if value}
    values["illustrative"] = "illustrative" in request.form
    try:
        header = parse(MapHeader, values, id=new_id())
        done = make(header.id, Create(header))
    except InvalidValue as error:
        return _again("empty", *(_named(problem) for problem in error.problems))
    return redirect(url_for("pages.map", map_id=header.id, done=done.revision), 303)


def start_from_file() -> Response | str | tuple[str, int]:
    """A map file makes a map at once; of an organogram is said what could not be used."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _again("file", Problem(("file",), "Choose a file."))
    into = request.form.get("into") or None
    if into is not None and into not in {each.header.id for each in maps()}:
        return _again("file", Problem(("into",), "Choose one of the maps."))
    trying = "try" in request.form
    try:
        done = import_content(
            store(), viewer(), sent.filename, sent.read(), into=into, dry_run=trying
        )
    except InvalidValue as error:
        listed = (Problem(("file",), _in_file(problem)) for problem in error.problems)
        return _again("file", *list(listed)[:20])
    except PowerMapError as error:
        return _again("file", Problem(("file",), str(error)))
    if not trying and not done.problems and not done.notes:
        return redirect(url_for("pages.map", map_id=done.map_id, done=done.revision), 303)
    return render_template("pages/imported.html", done=done, counted=_counted(done))


def _in_file(problem: Problem) -> str:
    where = ", ".join(str(step) for step in problem.path)
    return f"{where}: {problem.message}." if where else f"The file: {problem.message}."


def _named(problem: Problem) -> Problem:
    """The problem as a sentence that names the field as the form calls it."""
    names = {"title": "Title", "purpose": "What it is for", "as_at": "The day it describes"}
    field = str(problem.path[0]) if problem.path else ""
    return Problem((field,), f"{names.get(field, field)} {problem.message}.")


def _counted(done: Imported) -> list[tuple[str, str]]:
    """`Added`: `12 people, 3 ties`; and so on for what changed and what stays."""
    rows = (("Added", done.created), ("Changed", done.updated), ("As it was", done.unchanged))
    return [
        (word, ", ".join(count(number, *_WORDS[kind]) for kind, number in counts.items() if number))
        for word, counts in rows
        if any(counts.values())
    ]


def _again(way: str, *problems: Problem) -> tuple[str, int]:
    """The same page with what is wrong, and all that was typed."""
    told = [{"field": str(problem.path[0]), "message": problem.message} for problem in problems]
    return _page(way=way, problems=told), 422


def _page(**values: Any) -> str:
    there = maps()
    titles = {each.header.title for each in there}
    return render_template(
        "pages/start.html",
        samples=[
            {"name": name, "header": header, "there": header.title in titles}
            for name, header in samples().items()
        ],
        maps=there,
        given=request.form,
        **values,
    )


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/new", "start", show_start)
    for way, view in (
        ("sample", start_from_sample),
        ("file", start_from_file),
        ("empty", start_empty),
    ):
        blueprint.add_url_rule(f"/maps/new/{way}", f"start_{way}", view, methods=["POST"])
