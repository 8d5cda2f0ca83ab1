"""The command that writes a view of a map as a board figure."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from api.command import files
from api.command.options import map_argument
from api.command.progress import told_when_slow
from api.command.session import Session, find_map, on_failure
from api.figures.asked import MOST_NAMES, Making, figure_from_text
from powermap.vocabulary import Sensitivity
from visual.figure.preset import Preset

_ENDINGS = ("svg", "png", "pdf")


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
    help="A link to a view or a figure, or what follows its question mark.",
)
@click.option(
    "--preset",
    type=click.Choice([preset.value for preset in Preset]),
    default=Preset.PORTRAIT.value,
    show_default=True,
    help="16 cm wide for up to 25 names, 25 cm for up to 40, a slide for up to 20.",
)
@click.option(
    "--ceiling",
    type=click.Choice([level.value for level in Sensitivity]),
    default=Sensitivity.OPEN.value,
    show_default=True,
    help="Nothing more sensitive than this is in it.",
)
@click.option("--marking", default="", help="The protective marking, as OFFICIAL.")
@click.option("--names", type=click.IntRange(1, MOST_NAMES), help="At most so many names.")
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
    # Imported here: the other commands start faster without the figure.
    from api.figures.drawing import Format, figure_of, file_of
    from api.figures.ground import kept_ground

    made_on = datetime.now(UTC).date()
    making = Making(
        maker=session.viewer.name, made_on=made_on, preset=Preset(preset), marking=marking
    )
    asked = figure_from_text(text)
    if names is not None:
        asked = replace(asked, names=names)
    allowed = min(Sensitivity(ceiling), asked.view.ceiling, key=lambda level: level.rank)
    with session.open() as store, told_when_slow("Drawing"):
        whole = store.read(find_map(store, session.viewer, map_name), session.viewer)
        ground = kept_ground(store, whole, session.viewer, allowed)
        sheet = figure_of(asked, ground, making).sheet
    files.write_whole(target, file_of(sheet, Format(ending), made_on))
