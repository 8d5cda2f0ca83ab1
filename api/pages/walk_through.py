"""The walk-through: four steps over the pages of a sample, told in a strip above each."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for

_STEPS: tuple[tuple[str, dict[str, Any], str], ...] = (
    (
        "pages.map",
        {},
        "The map opens on its answer, in red: who joins people that have no tie of their own. "
        "Click a box or a line, or a name beside the map, to see who said so and when.",
    ),
    (
        "pages.questions",
        {},
        "These are the questions a map answers. Each has one page: the answer in sentences, the "
        "rows behind it, the evidence of each, and what to do next.",
    ),
    (
        "pages.question",
        {"name": "gaps"},
        "One of them in full: what is missing, weak or out of date, the worst first, and who "
        "could introduce whom.",
    ),
    (
        "pages.leaders",
        {},
        "Keep it true here. Open a person for their page, their sources and their history; every "
        "change says who made it and can be undone.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """Where the reader is on the walk-through, and where it leads from there."""

    number: int
    of: int
    text: str
    onward: str | None
    away: str


def walk_through(map_id: str) -> Step | None:
    """The step of this page, where the reader is on the walk-through (`?tour=1` to `4`)."""
    given = request.args.get("tour", "")
    if given not in {str(number + 1) for number in range(len(_STEPS))}:
        return None
    number = int(given)
    endpoint, arguments, text = _STEPS[number - 1]
    if endpoint != request.endpoint:
        return None
    onward = None
    if number < len(_STEPS):
        next_endpoint, next_arguments, _ = _STEPS[number]
        onward = url_for(next_endpoint, map_id=map_id, tour=number + 1, **next_arguments)
    return Step(
        number=number,
        of=len(_STEPS),
        text=text,
        onward=onward,
        away=url_for(endpoint, map_id=map_id, **arguments),
    )


def register(blueprint: Blueprint) -> None:
    blueprint.add_app_template_global(walk_through)
