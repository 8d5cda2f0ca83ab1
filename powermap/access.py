"""Who may see and do what. One function decides, and its answer is what the stores filter by."""

from dataclasses import dataclass
from enum import StrEnum

from powermap.errors import Forbidden
from powermap.vocabulary import Sensitivity


class Role(StrEnum):
    OWNER = "owner"
    EDITOR = "editor"
    ANALYST = "analyst"
    VIEWER = "viewer"


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks, and the role they have on the map they ask about."""

    name: str
    role: Role


class Act(StrEnum):
    READ = "read"
    WRITE = "write"
    MANAGE = "manage"
    """Make a map, or delete one."""


@dataclass(frozen=True)
class Scope:
    """The records an act may touch: those of some levels, and one author's own private ones."""

    levels: frozenset[Sensitivity]
    author: str | None

    def admits(self, level: Sensitivity, author: str) -> bool:
        return level in self.levels or (level is Sensitivity.PRIVATE and author == self.author)


_SHARED = frozenset({Sensitivity.OPEN, Sensitivity.CONFIDENTIAL})
_OPEN = frozenset({Sensitivity.OPEN})
_NONE: frozenset[Sensitivity] = frozenset()

_RIGHTS: dict[tuple[Role, Act], tuple[frozenset[Sensitivity], bool]] = {
    (Role.OWNER, Act.READ): (_SHARED, True),
    (Role.OWNER, Act.WRITE): (_SHARED, True),
    (Role.OWNER, Act.MANAGE): (_SHARED, True),
    (Role.EDITOR, Act.READ): (_SHARED, True),
    (Role.EDITOR, Act.WRITE): (_SHARED, True),
    (Role.ANALYST, Act.READ): (_SHARED, True),
    (Role.ANALYST, Act.WRITE): (_NONE, True),
    (Role.VIEWER, Act.READ): (_OPEN, False),
}
"""Levels anybody's records may have, and whether the viewer's own private ones are included."""


def permit(viewer: Viewer, act: Act) -> Scope:
    """What `viewer` may do this to, or raise `Forbidden` when there is nothing."""
    if (viewer.role, act) not in _RIGHTS:
        raise Forbidden(f"The role {viewer.role} does not allow this ({act}).")
    levels, own = _RIGHTS[viewer.role, act]
    return Scope(levels, viewer.name if own else None)
