"""The records of a file: its bodies, the posts held to them, the people in the posts."""

from collections.abc import Iterator, Mapping

from graph.exchange.organogram import identifiers
from graph.exchange.organogram.posts import Posts
from graph.exchange.organogram.shares import Share
from graph.exchange.organogram.words import letters, says_something
from powermap.model import Accountability, Evidence, Leader, Organisation, Record
from powermap.schema import new_id
from powermap.vocabulary import (
    AccountabilityKind,
    HolderStatus,
    Level,
    OrganisationKind,
    RecordKind,
    Sector,
    Sensitivity,
)

SAYS = {
    # Its kind and sector are our reading; whoever corrects them on the map is right.
    RecordKind.ORGANISATION: frozenset({"name"}),
    RecordKind.LEADER: frozenset({"name"}),
    RecordKind.ACCOUNTABILITY: frozenset(
        {"holder", "holder_status", "to", "reports_to", "kind", "title", "level", "scope"}
    ),
}
"""The fields that an organogram speaks of."""


def records_of(
    posts: Posts, above: Mapping[str, str], levels: Mapping[str, Level | None], evidence: Evidence
) -> Iterator[Record]:
    bodies: dict[str, Organisation] = {}
    for share, *_ in posts.values():
        bodies.setdefault(identifiers.slug(share.organisation), _body(share, evidence))
    yield from bodies.values()
    ids = {reference: [new_id() for _ in shared] for reference, shared in posts.items()}
    for reference, shared in posts.items():
        for place, share in enumerate(shared):
            holder = _person(share, evidence) if share.holder is HolderStatus.NAMED else None
            if holder:
                yield holder
            yield Accountability(
                id=ids[reference][place],
                holder=holder.id if holder else None,
                holder_status=share.holder,
                to=bodies[identifiers.slug(share.organisation)].id,
                # Of a job share, the first holder stands for the post.
                reports_to=ids[above[reference]][0] if reference in above else None,
                kind=AccountabilityKind.POST,
                title=share.title,
                level=levels[reference],
                scope=share.scope,
                sensitivity=Sensitivity.OPEN,
                identifiers=(identifiers.post(share.organisation, reference, place),),
                evidence=(evidence,),
            )


def _body(share: Share, evidence: Evidence) -> Organisation:
    """A department, unless its row names another body above it."""
    under = says_something(share.parent) and letters(share.parent) != letters(share.organisation)
    kind = OrganisationKind.ARMS_LENGTH_BODY if under else OrganisationKind.GOVERNMENT_DEPARTMENT
    return Organisation(
        id=new_id(),
        name=share.organisation,
        kind=kind,
        sector=Sector.CENTRAL_GOVERNMENT,
        sensitivity=Sensitivity.OPEN,
        identifiers=(identifiers.body(share.organisation),),
        evidence=(evidence,),
    )


def _person(share: Share, evidence: Evidence) -> Leader:
    return Leader(
        id=new_id(),
        name=share.name,
        sensitivity=Sensitivity.OPEN,
        identifiers=(identifiers.person(share.organisation, share.reference, share.name),),
        evidence=(evidence,),
    )
