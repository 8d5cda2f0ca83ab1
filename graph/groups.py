"""Who belongs to which group: by their body, or by their level in it."""

from enum import StrEnum

from graph.posts import Posts
from powermap.model import Accountability, PowerMap


class GroupBy(StrEnum):
    """What makes two people of one group: their body's sector or kind, the body, or their level."""

    SECTOR = "sector"
    KIND = "kind"
    ORGANISATION = "organisation"
    LEVEL = "level"


Groups = dict[str, tuple[str, ...]]


def groups_of_bodies(shown: PowerMap, group_by: GroupBy) -> Groups:
    """The group of each body; bodies have no level."""
    return {body: (_group(shown, body, group_by),) for body in shown.organisations}


def groups_of_leaders(shown: PowerMap, places: Posts, group_by: GroupBy) -> Groups:
    """The groups of each leader with a place, that of the first place first."""

    def group(place: Accountability) -> str | None:
        if group_by is GroupBy.LEVEL:
            return str(place.level) if place.level else None
        return _group(shown, place.to, group_by)

    found = {
        leader: tuple(dict.fromkeys(own for place in held if (own := group(place))))
        for leader, held in places.items()
    }
    return {leader: groups for leader, groups in found.items() if groups}


def _group(shown: PowerMap, body_id: str, group_by: GroupBy) -> str:
    body = shown.organisations[body_id]
    if group_by is GroupBy.ORGANISATION:
        return body.id
    return str(body.sector if group_by is GroupBy.SECTOR else body.kind)
