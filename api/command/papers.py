"""The command that lists the papers made of a map, and says what in them reads differently now."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import click

from api.command.options import json_option, map_argument, print_json
from api.command.progress import told_when_slow
from api.command.session import MOST_SHOWN, Session, find_map, on_failure
from powermap.model import PowerMap
from powermap.papers import KeptPaper

if TYPE_CHECKING:
    from api.paper.moved_on import AnswerSince, MovedOn, Reading

SHORT = 8
"""So many characters of an id are shown; as few as tell it from the others may be typed."""


@click.command()
@map_argument
@click.argument("wanted", metavar="[PAPER]", required=False)
@click.option("--forget", is_flag=True, help="No longer keep it on record; the file stays.")
@json_option
@click.pass_obj
@on_failure
def papers(
    session: Session, map_name: str, wanted: str | None, forget: bool, as_json: bool
) -> None:
    """List the papers you made of a map; with a PAPER, see what in it reads differently now.

    PAPER is its id or the beginning of it, as listed. Nobody else sees what you made.
    """
    if forget and wanted is None:
        raise click.UsageError("Say which paper: put its id, as listed, after the map.")
    # Imported here: the other commands start faster without what makes papers.
    from api.paper.moved_on import moved_on, plain_answers
    from api.paper.record import plain_paper

    with session.open() as store, told_when_slow("Looking"):
        viewer = session.viewer
        map_id = find_map(store, viewer, map_name)
        kept = store.papers(map_id, viewer)
        if wanted is not None and forget:
            one = _found(kept, wanted)
            store.forget_paper(map_id, viewer, one.id)
            click.echo(f"Forgotten: {one.title}", err=as_json)
            return

        @cache
        def read(revision: int | None) -> PowerMap:
            return store.read(map_id, viewer, revision=revision)

        header, revision = read(None).header, read(None).revision
        if wanted is not None:
            moved = moved_on(_found(kept, wanted), read)
            if as_json:
                told = plain_paper(moved.paper, revision)
                asked, answers = dict(moved.paper.asked), plain_answers(moved)
                facts = {"revision": revision, "differing": moved.differing}
                print_json({"paper": told, "asked": asked, **facts, "answers": answers})
            else:
                _print_one(moved)
        elif as_json:
            print_json(
                {"revision": revision, "items": [plain_paper(one, revision) for one in kept]}
            )
        elif kept:
            # Each as soon as it is worked out: the newest is the one most often asked about.
            _print_list(moved_on(one, read) for one in kept[:MOST_SHOWN])
            if len(kept) > MOST_SHOWN:
                click.echo(f"… and {len(kept) - MOST_SHOWN} older (all with --json)")
        else:
            click.echo(f"You have made no paper of {header.title}.")


def _found(kept: Sequence[KeptPaper], wanted: str) -> KeptPaper:
    found = [one for one in kept if one.id.startswith(wanted.casefold())] if wanted else []
    if len(found) == 1:
        return found[0]
    if found:
        raise click.ClickException(f"{wanted!r} may be any of {len(found)} papers; say more of it.")
    raise click.ClickException(f"There is no paper {wanted!r} of this map; `papers` lists them.")


def _print_list(found: "Iterable[MovedOn]") -> None:
    for moved in found:
        click.echo(f"{moved.paper.id[:SHORT]}  {moved.paper.title}")
        click.echo(f"  {_facts(moved.paper)}")
        click.echo(f"  {_since(moved)}")


def _print_one(moved: "MovedOn") -> None:
    click.echo(moved.paper.title)
    click.echo(f"{_facts(moved.paper)} SHA-256 {moved.paper.digest}.")
    click.echo(_since(moved))
    for answer in moved.answers:
        click.echo()
        shown = answer.then or answer.now
        click.echo(shown.heading if shown else answer.asked.name)
        _print_answer(answer)


def _print_answer(answer: "AnswerSince") -> None:
    from api.paper.moved_on import only_in

    if answer.differs is False:
        click.echo("  Reads as it did.")
        return
    then, now = _said(answer.then), _said(answer.now)
    if answer.then is None:
        click.echo("  What the paper says can no longer be told.")
    _print_lines("The paper says:", only_in(then, now))
    if answer.now is None:
        click.echo(f"  It cannot be asked of the map as it stands: {answer.why_not}.")
    _print_lines("It would now say:", only_in(now, then))


def _print_lines(heading: str, lines: Sequence[str]) -> None:
    if lines:
        click.echo(f"  {heading}")
    for line in lines:
        click.echo(f"  - {line}")


def _said(reading: "Reading | None") -> list[str]:
    """All that is read, line by line."""
    if reading is None:
        return []
    rows = [" ".join(filter(None, (line.sentence, line.next_step))) for line in reading.lines]
    shown = f"Shown are {len(rows)} of {reading.of}."
    caution = [reading.caution] if reading.caution else []
    return [reading.heading, *reading.sentences, *caution, *rows, shown]


def _facts(paper: KeptPaper) -> str:
    disguised = ", pseudonyms" if paper.pseudonyms else ""
    records = "open" if paper.ceiling.value == "open" else "open and confidential"
    return (
        f"Made on {paper.made_at:%Y-%m-%d at %H:%M} UTC from revision {paper.revision} ({records} "
        f"records{disguised}, {paper.format})."
    )


def _since(moved: "MovedOn") -> str:
    if not moved.by:
        return "The map is as it was."
    revisions = f"{moved.by} revision{'' if moved.by == 1 else 's'}"
    answers, differing = len(moved.answers), moved.differing
    of = f"{differing or 'none'} of {answers} answer{'' if answers == 1 else 's'}"
    told = f"The map has moved on by {revisions}; {of} read{'s' if differing < 2 else ''} "
    untold = sum(answer.differs is None for answer in moved.answers)
    more = f", and what it said can no longer be told of {untold}" if untold else ""
    return f"{told}differently now{more}."
