"""The `powermap` command: a second face over the same subject and engines."""

import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from api import importing
from api.command import files, tables
from api.command.asking import option, told
from api.command.draw import draw
from api.command.figure import figure
from api.command.measures import measures
from api.command.options import Day, json_option, map_argument, on_option, print_json
from api.command.paper import paper
from api.command.papers import papers
from api.command.progress import told_when_slow
from api.command.saved import saved
from api.command.session import Session, find_map, on_failure
from api.parameters import as_text
from api.plain import plain_entry, plain_joint_post
from api.saved import to_save
from api.settings import Settings
from graph.exchange.map_file import write_map_file
from graph.findings.joint_posts import joint_posts
from graph.findings.plain import plain_finding
from graph.findings.questions import QUESTIONS, Takes, all_parameters
from powermap.model import PowerMap
from powermap.usecases.narrowing import up_to
from powermap.vocabulary import Sensitivity


def _file() -> click.Path:
    return click.Path(dir_okay=False, path_type=Path)


_TYPED: dict[Takes, click.ParamType[Any]] = {
    Takes.DAY: Day(),
    Takes.NUMBER: click.INT,
    Takes.REVISION: click.IntRange(min=1),
}


def _question_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for everything that some question takes; what it is for, by question."""
    for name, (takes, doc) in sorted(all_parameters().items(), reverse=True):
        kind = _TYPED.get(takes, click.STRING)
        command = click.option(option(name), type=kind, help=doc)(command)
    return command


@click.group()
@click.version_option(package_name="powermap")
@click.option("--store", metavar="ADDRESS", help="Where the maps are, instead of POWERMAP_STORE.")
@click.pass_context
def main(context: click.Context, store: str | None) -> None:
    """Stakeholder maps: who answers to whom, who is connected to whom, and who bridges whom.

    MAP is a map's title, the beginning of it, or its id.
    """
    context.obj = Session(store)


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Instead of POWERMAP_PORT.")
@click.pass_obj
@on_failure
def demo(session: Session, port: int | None) -> None:
    """Load the sample maps, where they are missing, and serve them on this machine."""
    settings = session.settings(host="127.0.0.1", port=port)
    with session.open(settings) as store:
        for title, loaded in importing.load_samples(store, session.viewer):
            click.echo(f"{'loaded   ' if loaded else 'there    '} {title}")
    _serve(settings)


@main.command()
@click.option("--host", help="Instead of POWERMAP_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Instead of POWERMAP_PORT.")
@click.pass_obj
@on_failure
def serve(session: Session, host: str | None, port: int | None) -> None:
    """Serve the pages and the API; beyond this machine that needs POWERMAP_OWNER_TOKEN."""
    _serve(session.settings(host=host, port=port))


def _serve(settings: Settings) -> None:
    # Imported here: the other commands start faster without the web.
    from waitress import create_server

    from api.app import create_app

    app = create_app(settings)
    try:
        server = create_server(app, host=settings.host, port=settings.port, threads=8, ident=None)
    except OSError as error:
        raise click.ClickException(
            f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}). "
            "Choose another with --port."
        ) from None
    click.echo(f"Open http://{settings.host}:{settings.port}/ (the API is described at /docs).")
    click.echo("Stop with Ctrl-C.")
    # An ordinary end also when told to stop by the system, so that jobs are ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server.run()


@main.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", metavar="MAP", help="The map to bring up to the file; else a new one.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["map", "organogram"]),
    help="What the file is; told by its ending if left out (.json or .csv).",
)
@click.option("--as-at", type=Day(), help="The day the file describes, where it does not say so.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@json_option
@click.pass_obj
@on_failure
def import_(
    session: Session,
    path: Path,
    into: str | None,
    format_name: str | None,
    as_at: date | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring a file onto a map: all of it, or nothing; one `undo` takes it back.

    A map file (.json) makes a new map. A government organogram (.csv) makes a map, or brings one
    up to date: importing it again changes nothing.
    """
    with session.open() as store, told_when_slow("Importing"):
        done = files.import_file(
            store,
            session.viewer,
            path,
            into=find_map(store, session.viewer, into) if into else None,
            format_name=format_name,
            as_at=as_at,
            dry_run=dry_run,
        )
    if as_json:
        print_json(done.plain())
    else:
        tables.print_import(done)


@main.command()
@map_argument
@click.option("--to", "target", type=_file(), help="The file to write; else it is printed.")
@click.option(
    "--ceiling",
    type=click.Choice([level.value for level in Sensitivity]),
    default=Sensitivity.PRIVATE.value,
    show_default=True,
    help="Leave out what is more sensitive than this.",
)
@click.pass_obj
@on_failure
def export(session: Session, map_name: str, target: Path | None, ceiling: str) -> None:
    """Write a map as a file: readable, and complete unless a ceiling is given."""
    with session.open() as store, told_when_slow("Exporting"):
        found = store.read(find_map(store, session.viewer, map_name), session.viewer)
        exported = up_to(found, Sensitivity(ceiling))
        text = write_map_file(exported)
    if target is None:
        sys.stdout.write(text)
    else:
        files.write_whole(target, text)
    click.echo(tables.export_note(found, exported, session.viewer.name), err=True)


main.add_command(measures)
main.add_command(draw)
main.add_command(figure)
main.add_command(paper)
main.add_command(papers)
main.add_command(saved)


@main.command("joint-posts")
@map_argument
@on_option
@json_option
@click.pass_obj
@on_failure
def joint_posts_(session: Session, map_name: str, on: date | None, as_json: bool) -> None:
    """Say who holds posts in two or more bodies on a day."""
    with session.open() as store:
        found = store.read(find_map(store, session.viewer, map_name), session.viewer)
    day = on or found.header.as_at
    joint = joint_posts(found, day)
    if as_json:
        print_json({"on": day.isoformat(), "items": [plain_joint_post(one) for one in joint]})
    else:
        tables.print_joint_posts(joint, day)


@main.command()
@map_argument
@click.argument("question", type=click.Choice(list(QUESTIONS)))
@_question_options
@click.option("--save", metavar="NAME", help="Keep the question, to ask it again with `saved`.")
@json_option
@click.pass_obj
@on_failure
def ask(
    session: Session,
    /,
    map_name: str,
    question: str,
    save: str | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Ask a map a question, and see on what evidence it answers.

    People and bodies are named as on the map. `powermap ask MAP gaps` is a good first question.
    """
    with session.open() as store, told_when_slow("Looking"):
        map_id = find_map(store, session.viewer, map_name)
        found = store.read(map_id, session.viewer)

        def at(revision: int) -> PowerMap:
            return store.read(map_id, session.viewer, revision=revision)

        asks = QUESTIONS[question]
        values = told(found, asks, given, at)
        if save is None:
            finding = asks.answer(found, **values)
        else:
            wanted, finding = to_save(found, save, question, as_text(values, asks), at)
            store.save_question(map_id, session.viewer, wanted)
            click.echo(f"Saved: {wanted.name}", err=True)
    if as_json:
        print_json(plain_finding(found, finding))
    else:
        tables.print_finding(found, finding)


@main.command()
@map_argument
@click.argument("revision", type=click.IntRange(min=1), required=False)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@json_option
@click.pass_obj
@on_failure
def undo(
    session: Session, map_name: str, revision: int | None, dry_run: bool, as_json: bool
) -> None:
    """Reverse all that one revision of a map did; the latest, if none is named."""
    with session.open() as store, told_when_slow("Undoing"):
        map_id = find_map(store, session.viewer, map_name)
        undone = revision or store.revision(map_id, session.viewer)
        outcome = files.undo(store, session.viewer, map_id, undone, dry_run=dry_run)
    if as_json:
        print_json(
            {
                "undone": undone,
                "revision": outcome.revision,
                "dry_run": dry_run,
                "changes": [plain_entry(entry) for entry in outcome.entries],
            }
        )
    else:
        tables.print_undo(outcome, undone, dry_run=dry_run)


@main.command()
@json_option
@click.pass_obj
@on_failure
def check(session: Session, as_json: bool) -> None:
    """Say whether the settings are right and the store is well."""
    settings = session.settings()
    with session.open(settings) as store:
        state = store.check()
        count = len(store.maps(session.viewer))
    if as_json:
        print_json(
            {"store": state.store, "version": state.version, "schema": state.schema, "maps": count}
        )
    else:
        click.echo(f"{state.store} {state.version}, schema {state.schema}: well. Maps: {count}.")
