"""The command that writes a view of a map as a board figure."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import g

from api.command import files
from api.command.options import map_argument
from api.command.progress import told_when_slow
from api.command.session import Session, find_map, on_failure
from api.settings import Settings
from api.view import View, view_from_text
from powermap.access import Viewer
from powermap.vocabulary import Sensitivity
from visual.figure.preset import SIZES, Preset

_ENDINGS = ("svg", "png", "pdf")
_MOST = max(size.most_names for size in SIZES.values())


@click.command()
@map_argument
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: .svg, .png or .pdf.",
)
@click.option(
    "--view",
    "text",
    default="",
    metavar="TEXT",
    help="A link to a view, or what follows its question mark.",
)
@click.option(
    "--preset",
    type=click.Choice([preset.value for preset in Preset]),
    default=Preset.PORTRAIT.value,
    show_default=True,
    help="16 cm wide for up to 25 names, or 25 cm for up to 40.",
)
@click.option(
    "--ceiling",
    type=click.Choice([level.value for level in Sensitivity]),
    default=Sensitivity.OPEN.value,
    show_default=True,
    help="Nothing more sensitive than this is in it.",
)
@click.option("--marking", default="", help="The protective marking, as OFFICIAL.")
@click.option("--names", type=click.IntRange(1, _MOST), help="At most so many names.")
@click.pass_obj
@on_failure
def figure(
    session: Session,
    map_name: str,
    target: Path,
    text: str,
    preset: str,
    ceiling: str,
    marking: str,
    names: int | None,
) -> None:
    """Write a view of a map as a picture for a board paper, legible in print and in grey.

    Title, legend, date, source and what was left out are on its face.
    """
    ending = target.suffix.lower().removeprefix(".")
    if ending not in _ENDINGS:
        raise click.ClickException(f"{target} must end in .svg, .png or .pdf.")
    settings = session.settings()
    with session.open(settings) as store, told_when_slow("Drawing"):
        map_id = find_map(store, session.viewer, map_name)
        content = _drawn(
            settings,
            session.viewer,
            map_id,
            view_from_text(text),
            ending,
            preset=Preset(preset),
            ceiling=Sensitivity(ceiling),
            marking=marking,
            names=names,
        )
        files.write_whole(target, content)


def _drawn(
    settings: Settings,
    viewer: Viewer,
    map_id: str,
    view: View,
    ending: str,
    *,
    preset: Preset,
    ceiling: Sensitivity,
    marking: str,
    names: int | None,
) -> bytes:
    # Imported here: the other commands start faster without the web.
    from api.app import create_app
    from api.board_figure import Format, Wanted, file_of, sheet_of
    from api.context import EXTENSION

    made_on = datetime.now(UTC).date()
    wanted = Wanted(
        maker=viewer.name,
        made_on=made_on,
        preset=preset,
        ceiling=ceiling,
        marking=marking,
        names=names,
    )
    app = create_app(settings)
    try:
        with app.test_request_context():
            g.viewer = viewer
            return file_of(sheet_of(map_id, view, wanted), Format(ending), made_on)
    finally:
        app.extensions[EXTENSION].store.close()
