"""What stands beside the map: the first gap, the latest change, how far to trust it all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for

from api.context import store, viewer
from api.mark import Mark, MarkKind
from api.pages.log_words import told
from api.pages.map_view import MapView
from api.pages.words import count, day, written
from api.view import View
from graph.findings.answer import Row
from graph.findings.gaps import gaps
from graph.findings.gaps.kinds import Gap
from graph.network import Unit
from powermap.changes import Entry
from powermap.model import Leader, PowerMap, Relationship
from powermap.usecases.narrowing import up_to
from visual.lines import Views

MOST_SEARCHED = 600
"""On a map of more people the gaps are asked for on their own page: they take too long here."""

_LACKS = {Gap.SHARED_ACCOUNTABILITY, Gap.DEPENDENT_BODIES, Gap.GROUPS_WITHOUT_TIE}


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A sentence that matters now, where it is shown on the map, and where to read on."""

    heading: str
    sentence: str
    view: View | None
    more: str | None
    more_words: str


def first_gap(found: MapView, map_id: str) -> Matter | None:
    """The first row of the gaps, which come with the worst first."""
    more = url_for("pages.question", map_id=map_id, name="gaps")
    if len(found.shown.leaders) > MOST_SEARCHED:
        return Matter(
            heading="Gaps",
            sentence="A map of this size is searched for gaps on a page of its own.",
            view=None,
            more=more,
            more_words="Find the gaps",
        )
    answer = gaps(found.shown, found.network.on)
    if not answer.rows:
        return None
    row = answer.rows[0]
    view = _view_of_gap(found.shown, row)
    return Matter(
        heading="The first gap",
        sentence=row.sentence,
        view=view and _kept_as(found.view, view),
        more=more,
        more_words=f"All {len(answer.rows):,} gaps" if len(answer.rows) > 1 else "Why",
    )


def _view_of_gap(shown: PowerMap, row: Row) -> View | None:
    """The people it is about (or else the bodies), and the tie that is not there."""
    people = tuple(dict.fromkeys(id for id in row.parties if id in shown.leaders))
    parties = people or tuple(dict.fromkeys(id for id in row.parties if id in shown.organisations))
    if not parties:
        return None
    lacks = row.kind in _LACKS and len(parties) > 1
    return View(
        unit=Unit.LEADERS if people else Unit.ORGANISATIONS,
        mark=Mark(kind=MarkKind.GAP, parties=parties[:2]) if lacks else Mark(parties=parties[:12]),
    )


def latest_change(whole: PowerMap, found: MapView, map_id: str) -> Matter | None:
    """What was done to the map last, as far as this viewer may see it."""
    permitted = up_to(whole, found.view.ceiling)
    when = day(whole.changed_at.date())
    if whole.revision == 1:
        return Matter(
            heading="The latest change",
            sentence=f"The map was made on {when}, with {count(len(permitted.records), 'record')}.",
            view=None,
            more=url_for("pages.changes", map_id=map_id),
            more_words="All changes",
        )
    entries = [
        entry
        for entry in store().changes(map_id, viewer(), after=whole.revision - 1, limit=1)
        if permitted is whole or entry.id in permitted.records
    ]
    if not entries:
        return None
    view = _view_of_change(found, entries)
    return Matter(
        heading="The latest change",
        sentence=f"{told(entries, permitted).removesuffix('.')}, on {when}.",
        view=view and _kept_as(found.view, view),
        more=url_for("pages.changes", map_id=map_id),
        more_words="All changes",
    )


def _view_of_change(found: MapView, entries: Sequence[Entry]) -> View | None:
    people = dict.fromkeys(
        party
        for entry in entries
        if isinstance(entry.record, Relationship | Leader)
        for party in (
            (entry.record.source, entry.record.target)
            if isinstance(entry.record, Relationship)
            else (entry.record.id,)
        )
        if party in found.shown.leaders
    )
    return View(mark=Mark(parties=tuple(people))) if 0 < len(people) <= 12 else None


def _kept_as(view: View, wanted: View) -> View:
    """The same highlight, on the day, at the ceiling and in the places that are looked at."""
    return replace(
        wanted, on=view.on, ceiling=view.ceiling, arrangement=view.arrangement, show=view.show
    )


def trust(found: MapView, on: date) -> list[str]:
    """How old, how well sourced and how one-sided it is, a sentence each."""
    shown = found.shown
    records = [*shown.relationships.values(), *shown.accountabilities.values()]
    dates = [e.observed_on for r in records for e in r.evidence if e.observed_on]
    said = []
    if dates:
        newest = max(dates, key=lambda when: (when.latest, when.earliest))
        said.append(f"The newest source is of {written(newest)}{_age(newest.latest, on)}.")
    elif records:
        said.append("No source has a date.")
    if records:
        bare = sum(not record.evidence for record in records)
        said.append(
            f"{bare:,} of {count(len(records), 'tie or post', 'ties and posts')} name no source."
            if bare
            else "Every tie and post names its source."
        )
    differing = sum(line.views is Views.DIFFERING for line in found.lines) // 2
    sided = sum(line.views is Views.ONE_SIDED for line in found.lines)
    ties = sided + differing + sum(line.views is Views.AGREED for line in found.lines)
    if ties:
        said.append(
            f"{sided:,} of {count(ties, 'tie')} here {'rests' if sided == 1 else 'rest'} on one "
            f"side's word" + (f"; {differing:,} are seen differently." if differing else ".")
        )
    return said


def _age(newest: date, on: date) -> str:
    months = (on.year - newest.year) * 12 + on.month - newest.month
    if months >= 24:
        return f", {count(months // 12, 'year')} before this day"
    return f", {count(months, 'month')} before this day" if months > 1 else ""
