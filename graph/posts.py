"""Who holds which post in which body, and from that the group each leader belongs to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from powermap.model import Accountability, Organisation, PowerMap
from powermap.vocabulary import POST_KINDS, AccountabilityKind

Posts = dict[str, tuple[Accountability, ...]]

_SEATS = (
    AccountabilityKind.CHAIR,
    AccountabilityKind.BOARD_MEMBER,
    AccountabilityKind.PROGRAMME_LEAD,
    AccountabilityKind.PARTNERSHIP_MEMBER,
    AccountabilityKind.LINE_MANAGEMENT,
)
"""Where a leader without a post belongs: the kind of seat that ties a person to a body most."""


def posts_held(power_map: PowerMap) -> Posts:
    """Each leader's posts in bodies on the map, the most senior first.

    Equal seniority is settled by the earlier start, then by the name of the body (which a
    restored copy of the map keeps, as it does not the ids), then by id. Seniority beside the
    ladder (chair, elected member, …) counts below it.
    """
    return _held(power_map, POST_KINDS)


def places_held(power_map: PowerMap) -> Posts:
    """Each leader's posts; for a leader without any, the seats that tie them to a body.

    A council leader or a patient's voice on a board holds no post, yet speaks for somebody.
    """
    places = posts_held(power_map)
    for kind in _SEATS:
        for leader, seats in _held(power_map, {kind}).items():
            places.setdefault(leader, seats)
    return places


def bodies_of(power_map: PowerMap, places: Iterable[Accountability]) -> tuple[Organisation, ...]:
    """The bodies of some places, each once, in order."""
    return tuple({place.to: power_map.organisations[place.to] for place in places}.values())


def _held(power_map: PowerMap, kinds: Iterable[AccountabilityKind]) -> Posts:
    found: dict[str, list[Accountability]] = defaultdict(list)
    for accountability in power_map.accountabilities.values():
        holder = accountability.holder
        if (
            holder is not None
            and holder in power_map.leaders
            and accountability.kind in kinds
            and accountability.to in power_map.organisations
        ):
            found[holder].append(accountability)

    def seniority(post: Accountability) -> tuple[int, date, str, str]:
        rung = (post.level.rung if post.level else None) or 0
        start = post.active_from.earliest if post.active_from else date.min
        return -rung, start, power_map.organisations[post.to].name.casefold(), post.id

    return {leader: tuple(sorted(posts, key=seniority)) for leader, posts in found.items()}
