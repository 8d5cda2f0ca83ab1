"""Whose file it is and which day it describes: the evidence in it, and the map it would make."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from graph.exchange.organogram import identifiers
from graph.exchange.organogram.shares import Share
from graph.exchange.organogram.words import says_something
from powermap.dates import PartialDate
from powermap.model import Evidence, MapHeader
from powermap.schema import new_id
from powermap.vocabulary import Basis, Confidence, Nature


def publisher_of(shares: Sequence[Share]) -> str:
    """The one organisation of the file, or the department that several of them share."""
    organisations = [share.organisation for share in shares]
    parents = [share.parent for share in shares if says_something(share.parent)]
    several = len(set(map(identifiers.slug, organisations))) > 1
    return Counter(parents if several and parents else organisations).most_common(1)[0][0]


def day_in(name: str) -> date | None:
    """The day in the name of a file, written as 2011-03-31."""
    written = re.search(r"\d{4}-\d{2}-\d{2}", name)
    try:
        return date.fromisoformat(written[0]) if written else None
    except ValueError:
        return None


def evidence(publisher: str, day: date | None, source: str) -> Evidence:
    at = f" at {_spoken(day)}" if day else ""
    return Evidence(
        basis=Basis.PUBLIC_REGISTER,
        citation=f"{publisher}, organogram of senior posts{at}; file {source}",
        observed_on=PartialDate(day.isoformat()) if day else None,
        confidence=Confidence.HIGH,
        nature=Nature.FACT,
    )


def header(publisher: str, day: date, origin: Evidence) -> MapHeader:
    return MapHeader(
        id=new_id(),
        title=f"{publisher[:150]}, senior posts at {_spoken(day)}",
        purpose=(
            "Who holds the senior posts, and who reports to whom, as the department published it. "
            "Contains public sector information licensed under the Open Government Licence v3.0."
        ),
        as_at=day,
        # Known by these, a later file of the same department finds the map again.
        identifiers=(identifiers.body(publisher),),
        evidence=(origin,),
    )


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
