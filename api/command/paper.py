"""The command that writes a board paper."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import click

from api.command import files
from api.command.options import Day, map_argument
from api.command.progress import told_when_slow
from api.command.session import Session, find_map, find_party, on_failure
from api.figures.asked import figure_from_text
from api.importing import UnreadableFile
from api.paper.asked import (
    MOST_FIGURES,
    AskedQuestion,
    Ceiling,
    FrontSheet,
    PaperAsked,
    Purpose,
)
from graph.findings.questions import QUESTIONS, Takes
from powermap.errors import InvalidValue, Problem
from powermap.model import PowerMap
from powermap.shape import clean_text


class Line(click.ParamType[str]):
    """Text as the service takes it."""

    name = "TEXT"

    def __init__(self, longest: int, *, lines: bool = False) -> None:
        self._longest, self._lines = longest, lines

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        try:
            return clean_text(value, longest=self._longest, lines=self._lines)
        except InvalidValue as error:
            self.fail(f"{error.problems[0].message}.", param, ctx)


_KEY = re.compile(r"(?:^|\s)([a-z_]+)=")
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@map_argument
@click.option(
    "--to", "target", required=True, type=_FILE, help="The file to write: .docx, .pdf or .pptx."
)
@click.option(
    "--question",
    "typed",
    multiple=True,
    required=True,
    metavar="'NAME KEY=VALUE …'",
    help="A question and what it is told, as 'if-leaves leader=Rob Webster'; several stand in this "
    "order.",
)
@click.option(
    "--figure",
    "texts",
    multiple=True,
    metavar="TEXT",
    help="A figure: a link to a view or a figure, or what follows its question mark; several "
    "stand in this order. The view that the map opens on unless given.",
)
@click.option("--no-figure", is_flag=True, help="No such figure.")
@click.option(
    "--pictures", is_flag=True, help="With each question a picture of its foremost finding."
)
@click.option("--title", type=Line(200), help="What the paper is called.")
@click.option("--meeting", type=Line(200), help="Which meeting it is for.")
@click.option("--date", "held_on", type=Day(), help="When the meeting is.")
@click.option("--item", type=Line(40), help="The number of the item on the agenda.")
@click.option("--lead", type=Line(200), help="Who brings it.")
@click.option("--author", type=Line(200), help="Who wrote it.")
@click.option("--purpose", type=click.Choice([one.value for one in Purpose]))
@click.option(
    "--recommendation", type=Line(4000, lines=True), help="What the board is asked to do."
)
@click.option(
    "--ceiling",
    type=click.Choice([one.value for one in Ceiling]),
    default=Ceiling.OPEN.value,
    show_default=True,
    help="The most sensitive records it may rest on.",
)
@click.option("--pseudonyms", is_flag=True, help="People A, B, C instead of names and offices.")
@click.option("--marking", type=Line(80), help="In header and footer, instead of OFFICIAL.")
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A Word document whose styles, page size and logo are used.",
)
@click.pass_obj
@on_failure
def paper(
    session: Session,
    /,
    map_name: str,
    target: Path,
    typed: tuple[str, ...],
    texts: tuple[str, ...],
    no_figure: bool,
    pictures: bool,
    held_on: date | None,
    purpose: str | None,
    ceiling: str,
    pseudonyms: bool,
    marking: str | None,
    template: Path | None,
    **front: str | None,
) -> None:
    """Write a board paper: answers, picture, evidence and method, for Word, PowerPoint or as PDF.

    Only what is open is in it, unless you set the ceiling higher; what is private never is.
    `powermap papers` tells later whether the map has moved on.
    """
    # Imported here: the other commands start faster without Word and the figure.
    from api.paper.making import Maker
    from api.paper.writing import WRITINGS, Kind, check_template
    from visual.document.template import read_template

    kinds: dict[str, Kind] = {f".{writing.ending}": kind for kind, writing in WRITINGS.items()}
    kind = kinds.get(target.suffix.lower())
    if kind is None:
        *others, last = kinds
        raise click.ClickException(f"{target} must end in {', '.join(others)} or {last}.")
    look = read_template(template.read_bytes()) if template else None
    check_template(kind, look)
    if no_figure and texts:
        raise click.UsageError("--figure and --no-figure contradict each other.")
    if len(texts) > MOST_FIGURES:
        raise click.UsageError(f"--figure may be given at most {MOST_FIGURES} times.")
    figures = () if no_figure else tuple(map(figure_from_text, texts or ("",)))
    with session.open() as store, told_when_slow("Writing"):
        map_id = find_map(store, session.viewer, map_name)
        whole = store.read(map_id, session.viewer)
        asked = PaperAsked(
            questions=tuple(
                _question(whole, one, place, pictures) for place, one in enumerate(typed, start=1)
            ),
            figures=figures,
            front=FrontSheet(
                held_on=held_on, purpose=Purpose(purpose) if purpose else None, **front
            ),
            ceiling=Ceiling(ceiling),
            pseudonyms=pseudonyms,
            marking=marking,
        )
        maker = Maker(
            map_id=map_id,
            viewer=session.viewer,
            store=store,
            read=lambda revision: store.read(map_id, session.viewer, revision=revision),
        )
        made = maker.make(asked, kind, look)
        try:
            files.write_whole(target, made.content)
        except UnreadableFile:
            store.forget_paper(map_id, session.viewer, made.kept.id)
            raise
    click.echo(
        f"Wrote {target} for {made.paper.maker}: revision {made.paper.revision}, {ceiling} "
        f"records, {made.paper.marking}; SHA-256 {made.kept.digest}. On record as "
        f"{made.kept.id[:8]}.",
        err=True,
    )


def _question(power_map: PowerMap, typed: str, place: int, picture: bool) -> AskedQuestion:
    """`if-leaves leader=Rob Webster`: people and bodies by name or by id."""
    name, _, told = typed.strip().partition(" ")
    if name not in QUESTIONS:
        why = "must begin with one of: " + ", ".join(QUESTIONS)
        raise InvalidValue(Problem((f"--question {place}",), why))
    begun, *pairs = _KEY.split(told)
    parameters = {}
    for key, value in zip(pairs[::2], pairs[1::2], strict=True):
        known = QUESTIONS[name].parameters.get(key)
        if known is None:
            begun = key
            break
        parameters[key] = _value(power_map, known.takes, value.strip().strip("\"'"))
    if begun.strip():
        takes = ", ".join(f"{each}=…" for each in QUESTIONS[name].parameters)
        raise click.ClickException(
            f"{begun.strip()!r} has no meaning for the question {name}, which takes {takes}."
        )
    return AskedQuestion(name=name, parameters=parameters, picture=picture)


def _value(power_map: PowerMap, takes: Takes, text: str) -> str:
    if takes is Takes.PARTY:
        return find_party(power_map, text)
    if takes is Takes.PARTIES:
        parts = [part.strip() for part in text.split(";") if part.strip()]
        return ";".join(find_party(power_map, part) for part in parts)
    return text
