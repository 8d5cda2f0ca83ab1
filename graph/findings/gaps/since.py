"""Which gaps are new since an earlier revision, which are gone, and which are still there."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from graph.findings.answer import Finding, Row, named_in
from graph.findings.gaps.answer import rule_of, wanted_kinds
from graph.findings.gaps.choices import Choices
from graph.findings.gaps.families import find_gaps
from graph.findings.gaps.found import FoundGaps
from graph.findings.gaps.kinds import Gap
from graph.findings.gaps.reading import Reading
from graph.findings.phrases import counted, is_are, listed, number, on_day, sentence_case
from powermap.errors import InvalidValue
from powermap.model import PowerMap

TOLD = 3
"""So many of what is new, and of what is gone, are told in full."""
GATHERED = frozenset(
    {
        Gap.ONE_WAY,
        Gap.HOLDER_LEFT,
        Gap.BODY_ABOLISHED,
        Gap.EVIDENCE_MISSING,
        Gap.EVIDENCE_OLD,
        Gap.ONE_SIDES_WORD,
    }
)
"""One row for several records: such a gap can grow wider without being new."""


def gaps_since(
    before: PowerMap,
    now: PowerMap,
    on: date | None = None,
    *,
    kinds: Iterable[str] | None = None,
    **choices: Any,
) -> Finding:
    """The gaps of a map beside those it had at an earlier revision.

    Both are read as one viewer may see them, each on its own as-at date unless a day is given,
    and with the same choices, which are those of `gaps`. The rows may name records that are no
    longer on the map.

    Raises `InvalidValue` for two different maps, for the later one first, and as `gaps` does.
    """
    if before.header.id != now.header.id or before.revision > now.revision:
        raise InvalidValue.at("from_revision", "must be an earlier revision of the same map")
    wanted = wanted_kinds(kinds)
    chosen = Choices(**choices)
    then, here = (Reading(power_map, on, chosen) for power_map in (before, now))
    earlier, later = find_gaps(then, wanted), find_gaps(here, wanted)
    rows = list(_rows(earlier, later))
    return Finding(
        question=f"Which gaps are new since revision {before.revision}?",
        sentences=tuple(_told(before.revision, earlier, later, rows)),
        rows=tuple(rows),
        rule=f"Revision {now.revision} as on {on_day(here.day)} beside revision {before.revision} "
        f"as on {on_day(then.day)}, as far as you may see both. A gap is the same gap while its "
        "kind and those it is about stay the same; one told once for several records is wider "
        f"where it covers records that it did not. {rule_of(wanted, chosen)}",
        past=named_in(rows, before),
    )


_ORDER = ("new", "wider", "gone", "still_there")


def _rows(earlier: FoundGaps, later: FoundGaps) -> Iterator[Row]:
    """New, wider, gone and still there, each in the order of gaps; the change is in the facts."""
    was, now = earlier.rows, later.rows
    sorted_out: dict[str, list[tuple[str, Row]]] = {change: [] for change in _ORDER}
    for key, row in now.items():
        change = "still_there" if key in earlier.keys else "new"
        if key in was and row.kind in GATHERED and set(row.records) - set(was[key].records):
            change = "wider"
        sorted_out[change].append((key, row))
    for key, row in was.items():
        if key not in later.keys:
            said = f"No longer so: {row.sentence}"
            sorted_out["gone"].append((key, replace(row, sentence=said, next_step=None)))
    for change, rows in sorted_out.items():
        for key, row in rows:
            yield replace(row, facts={"change": change, "key": key, **row.facts})


def _told(revision: int, earlier: FoundGaps, later: FoundGaps, rows: list[Row]) -> Iterator[str]:
    since = f"since revision {revision}"
    new, gone = len(later.keys - earlier.keys), len(earlier.keys - later.keys)
    wider = sum(1 for row in rows if row.facts["change"] == "wider")
    still = len(later.keys & earlier.keys) - wider
    parts = [
        f"{counted(count, 'gap') if place == 0 else number(count)} {is_are(count)} {what}"
        for place, (count, what) in enumerate(
            (count, what)
            for count, what in ((new, "new"), (wider, "wider than it was"), (gone, "gone"))
            if count
        )
    ]
    if parts:
        yield f"{sentence_case(since)}, {listed(parts)}."
    else:
        yield f"No gap is new or gone {since}."
    if still:
        yield f"{sentence_case(counted(still, 'gap'))} {is_are(still)} still there."
    for change, count in (("new", new), ("wider", wider), ("gone", gone)):
        told = [row.sentence for row in rows if row.facts["change"] == change][:TOLD]
        yield from told
        if count > len(told) > 0:
            yield f"And {number(count - len(told))} more that {is_are(count - len(told))} {change}."
