"""The figure of before and after that goes with a question of what would change, or what did."""

from collections.abc import Callable, Mapping
from typing import Any

from api.figures.asked import FigureAsked, Shows
from api.figures.supposed import MOST_PARTIES, Supposed, WhatIf
from api.view import View
from powermap.schema import read_day

Given = Mapping[str, Any]
"""What a question was told, each as text."""


def comparing(name: str, given: Given) -> FigureAsked | None:
    """The figure that compares what the question compares; None where no figure does."""
    if name == "what-changed":
        return FigureAsked(
            shows=Shows.BEFORE_AFTER,
            view=View(on=read_day(given["after"])),
            before=read_day(given["before"]),
        )
    if name == "what-changed-since" and not given.get("to_revision"):
        return FigureAsked(shows=Shows.BEFORE_AFTER, since=int(given["from_revision"]))
    if name not in _SUPPOSED:
        return None
    supposed = _SUPPOSED[name](given)
    if len(supposed.parties) > MOST_PARTIES:
        return None
    on = read_day(given["on"]) if given.get("on") else None
    return FigureAsked(shows=Shows.BEFORE_AFTER, view=View(on=on), what_if=supposed)


def _mended(given: Given) -> Supposed:
    strength = given.get("strength")
    return Supposed(
        what=WhatIf.MENDED,
        parties=(given["a"], given["b"]),
        strength=int(strength) if strength else None,
    )


def _abolished(given: Given) -> Supposed:
    heir = given.get("successor")
    parties = (given["organisation"], *((heir,) if heir else ()))
    return Supposed(what=WhatIf.ABOLISHED, parties=parties)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


_SUPPOSED: Mapping[str, Callable[[Given], Supposed]] = {
    "if-leaves": lambda given: Supposed(what=WhatIf.LEAVES, parties=(given["leader"],)),
    "if-abolished": _abolished,
    "if-merged": lambda given: Supposed(what=WhatIf.MERGED, parties=_parts(given["organisations"])),
    "if-tied": lambda given: Supposed(what=WhatIf.TIED, parties=(given["a"], given["b"])),
    "if-mended": _mended,
    "if-joins": lambda given: Supposed(
        what=WhatIf.JOINS, parties=(given["organisation"], *_parts(given["tied_to"]))
    ),
}
