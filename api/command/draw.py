"""The command that writes a view of a map as one HTML file."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from api.command import files, tables
from api.command.progress import told_when_slow
from api.command.session import Session, find_map, find_party, on_failure
from api.view import Extent, view_from, view_from_text
from graph.network import Unit
from powermap.access import Role
from powermap.vocabulary import Layer


@click.command()
@click.argument("map_name", metavar="MAP")
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)
@click.option(
    "--view",
    "text",
    default="",
    metavar="TEXT",
    help="A link to a view, or what follows its question mark; the options below change it.",
)
@click.option("--on", metavar="YYYY-MM-DD", help="The day; the map's as-at date if left out.")
@click.option("--layer", type=click.Choice([one.value for one in Layer]))
@click.option("--unit", type=click.Choice([unit.value for unit in Unit]))
@click.option("--focus", metavar="NAME", help="Draw this leader or organisation and their ties.")
@click.option("--all", "show_all", is_flag=True, help="Draw everybody, however many.")
@click.option(
    "--everything", is_flag=True, help="Include confidential records, and your private ones."
)
@click.pass_obj
@on_failure
def draw(
    session: Session,
    /,
    map_name: str,
    target: Path,
    text: str,
    focus: str | None,
    show_all: bool,
    everything: bool,
    **given: Any,
) -> None:
    """Write the influence map as one HTML file, which a colleague opens without a server.

    Only what is open is in it, unless you ask for everything; it is arranged anew, so that gaps
    do not show where something was left out.
    """
    from api.command.drawing import draw_file

    settings = session.settings()
    reader = session.viewer if everything else replace(session.viewer, role=Role.VIEWER)
    with session.open(settings) as store, told_when_slow("Drawing"):
        map_id = find_map(store, session.viewer, map_name)
        whole, shown = store.read(map_id, session.viewer), store.read(map_id, reader)
        changed = {name: value for name, value in given.items() if value is not None}
        if focus:
            changed["focus"] = find_party(shown, focus)
        if show_all:
            changed["show"] = Extent.ALL.value
        view = view_from(view_from_text(text).address(**changed))
        files.write_whole(target, draw_file(settings, reader, map_id, view))
    click.echo(tables.export_note(whole, shown, session.viewer.name))
