"""UK government organograms: the CSV of senior posts that departments publish twice a year.

What becomes of a file:

- A post is an accountability of kind `post`, held to the organisation that the row names, and it
  reports to another post of the file. It stands whoever holds it: `Vacant` is vacant; `N/D` and an
  empty name are both undisclosed, and so is a name that is the department's or the post's own.
- A person is a leader, one for each row with a real name. The same name on two rows stays two
  people, and is reported: only somebody who knows may join them.
- The function of the post, and the unit it stands in, are its scope. A unit is no organisation
  here: it is a part of a department and holds nobody to account.
- A job share (a reference on several rows) is one post for each named holder, the holders in
  alphabetical order, and one for all its nameless holders together: nothing tells those apart.
- The level is that of the grade; but the post at the top of the line is the chief officer of its
  body whatever its grade (see `_GRADES`).
- Reference `0` (paid but not in a post) and eliminated posts are reported and not imported.

Pay, the cost of reports, telephone numbers and e-mail addresses are in the file and are not
imported: a map of who answers to whom does not need them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from operator import attrgetter

from graph.exchange.csv_file import Row, Table, read_csv
from powermap.dates import PartialDate
from powermap.errors import InvalidValue, Malformed, Problem
from powermap.model import (
    Accountability,
    Evidence,
    Identifier,
    Leader,
    MapHeader,
    Organisation,
    Record,
)
from powermap.schema import new_id
from powermap.usecases.importing import Incoming, Key, RowProblem
from powermap.vocabulary import (
    AccountabilityKind,
    Basis,
    Confidence,
    HolderStatus,
    Level,
    Nature,
    OrganisationKind,
    RecordKind,
    Sector,
    Sensitivity,
)

REFERENCE = "Post Unique Reference"
NAME = "Name"
GRADE = "Grade (or equivalent)"
TITLE = "Job Title"
FUNCTION = "Job/Team Function"
PARENT = "Parent Department"
ORGANISATION = "Organisation"
UNIT = "Unit"
REPORTS_TO = "Reports to Senior Post"

_NEEDED = (REFERENCE, NAME, TITLE, ORGANISATION, REPORTS_TO)
_EXPECTED = (GRADE, FUNCTION, PARENT, UNIT)
_ALSO_CALLED = {GRADE: ("Grade",)}
"""What the first round of 2011 called a column."""
_SOURCE = "source_file"
"""The published file a row came from, in the copies made by data.gov.uk."""

TOP = "XX"
_GRADES = {
    "scs4": Level.CHIEF_OFFICER,
    "scs3": Level.EXECUTIVE_DIRECTOR,
    "scs2": Level.DIRECTOR,
    "scs1a": Level.DEPUTY_DIRECTOR,
    "scs1": Level.DEPUTY_DIRECTOR,
    "of9": Level.CHIEF_OFFICER,
    "of8": Level.EXECUTIVE_DIRECTOR,
    "of7": Level.DIRECTOR,
    "of6": Level.DEPUTY_DIRECTOR,
}
"""Permanent secretary, director general, director, deputy director; admiral to commodore."""

_SAYS = {
    # Its kind and sector are our reading; whoever corrects them on the map is right.
    RecordKind.ORGANISATION: frozenset({"name"}),
    RecordKind.LEADER: frozenset({"name"}),
    RecordKind.ACCOUNTABILITY: frozenset(
        {"holder", "holder_status", "to", "reports_to", "kind", "title", "level", "scope"}
    ),
}

_MOST_PROBLEMS = 100
_MOST_ROWS_NAMED = 10
_LONGEST_REFERENCE = 100
_LONGEST_NAME = 200
_LONGEST_TITLE = 400
_LONGEST_SCOPE = 2000
_NOT_SAID = frozenset({"", "nd", "na", "none", "nil", "tbc", "tba", "unknown"})
_NOT_DISCLOSED = _NOT_SAID | {"notdisclosed", "undisclosed", "nondisclosed", "withheld", "redacted"}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def read_organogram(content: bytes, *, source: str, as_at: date | None = None) -> Incoming:
    """The posts and people of a senior-staff file, with all that is wrong in it by row and cell.

    `source` is the name of the file; the day it describes is `as_at`, or is read from that name
    or from the file. Raises `InvalidValue`, `Malformed` or `TooMuch` where it is no such file.
    """
    return _Reading(read_csv(content), source, as_at).incoming()


class _Holder(Enum):
    """What a Name cell says about who holds the post."""

    NAMED = auto()
    VACANT = auto()
    UNDISCLOSED = auto()
    ELIMINATED = auto()
    NOT_IN_POST = auto()
    THE_BODY = auto()
    THE_POST = auto()


@dataclass(frozen=True, kw_only=True)
class _Share:
    """A row that can be used: one holder, or none, of one post."""

    row: int
    reference: str
    name: str
    holder: _Holder
    grade: str
    title: str
    scope: str | None
    organisation: str
    parent: str
    reports_to: str


class _Reading:
    """One file being read, and what is found wrong with it."""

    def __init__(self, table: Table, source: str, as_at: date | None) -> None:
        self._table = table
        self._source = _one_line(source)[:300] or "a file without a name"
        self._problems = list(table.problems)
        self._columns = self._find_columns()
        self._day = self._find_day(as_at)
        self._bodies = {
            _letters(self._cell(row, column))
            for row in table.rows
            for column in (ORGANISATION, PARENT)
        }
        self._mentioned: set[Key] = set()
        self._eliminated: set[str] = set()
        self._blank_names = 0

    def incoming(self) -> Incoming:
        if not self._table.count:
            raise Malformed("The file has headings and no rows under them.")
        shares = [share for row in self._table.rows if (share := self._share(row))]
        if not shares:
            raise InvalidValue(
                Problem((), "no row of the file can be used"),
                *(_as_problem(found) for found in self._problems[:_MOST_PROBLEMS]),
            )
        posts = self._posts(shares)
        if self._blank_names:
            self._tell(
                None,
                NAME,
                f"{self._blank_names} rows have no name; they were read as not disclosed. "
                "The rules ask for N/D.",
                used=True,
            )
        self._tell_namesakes(posts)
        above = self._lines(posts)
        publisher = _publisher(shares)
        evidence = self._evidence(publisher)
        organisations = _organisations(posts, evidence)
        records: list[Record] = list(organisations.values())
        levels = _levels(posts, above)
        ids = {reference: [new_id() for _ in shared] for reference, shared in posts.items()}
        for reference, shared in posts.items():
            for place, share in enumerate(shared):
                higher = above.get(reference)
                records += _records(
                    share,
                    place,
                    id=ids[reference][place],
                    to=organisations[_slug(share.organisation)].id,
                    reports_to=ids[higher][0] if higher is not None else None,
                    level=levels[reference],
                    evidence=evidence,
                )
        return Incoming(
            header=self._header(publisher, evidence),
            records=tuple(records),
            problems=tuple(sorted(self._problems, key=lambda p: p.row or 0)),
            rows=self._table.count,
            says=_SAYS,
            registers=frozenset(map(_scheme, organisations)),
            mentioned=frozenset(self._mentioned),
        )

    # -- the file as a whole ------------------------------------------------------------------

    def _tell(self, row: int | None, cell: str | None, message: str, *, used: bool = False) -> None:
        self._problems.append(RowProblem(row=row, cell=cell, message=message, used=used))

    def _find_columns(self) -> dict[str, str]:
        """The heading in this file for each column that is read."""
        there = {_letters(heading): heading for heading in reversed(self._table.headings)}
        columns: dict[str, str] = {}
        for name in (*_NEEDED, *_EXPECTED):
            for called in (name, *_ALSO_CALLED.get(name, ())):
                if _letters(called) in there:
                    columns.setdefault(name, there[_letters(called)])
        missing = [name for name in _NEEDED if name not in columns]
        if missing:
            hint = "It is not the senior-staff file of an organogram."
            if _letters("Reporting Senior Post") in there:
                hint = "It is the file of junior posts; import the one of senior posts."
            raise InvalidValue(
                *(
                    Problem(
                        (f"row {self._table.heading_row}",), f"there is no column {name!r}. {hint}"
                    )
                    for name in missing
                )
            )
        for name in _EXPECTED:
            if name not in columns:
                self._tell(
                    self._table.heading_row,
                    name,
                    "There is no such column; the posts were imported without it.",
                    used=True,
                )
        return columns

    def _find_day(self, as_at: date | None) -> date | None:
        """The day the file describes: as given, else in the file's name, else in its rows."""
        in_name = _day_in(self._source)
        in_rows = None
        if _SOURCE in self._table.headings:
            days = Counter(_day_in(row[_SOURCE]) for row in self._table.rows)
            days.pop(None, None)
            in_rows = days.most_common(1)[0][0] if days else None
        day = as_at or in_name or in_rows
        for where, other in (("name of the file", in_name), (f"column {_SOURCE}", in_rows)):
            if day is not None and other is not None and other != day:
                self._tell(
                    None,
                    None,
                    f"The {where} says {_spoken(other)}; {_spoken(day)} was taken as the day that "
                    "the file describes.",
                    used=True,
                )
        if day is None:
            self._tell(
                None,
                None,
                "Neither the name of the file nor its rows say which day it describes, so the "
                "evidence has no date, and a new map cannot be made of it. Say the day, or put it "
                "into the name of the file: 2011-03-31.",
                used=True,
            )
        return day

    def _evidence(self, publisher: str) -> Evidence:
        at = f" at {_spoken(self._day)}" if self._day else ""
        return Evidence(
            basis=Basis.PUBLIC_REGISTER,
            citation=f"{publisher}, organogram of senior posts{at}; file {self._source}",
            observed_on=PartialDate(self._day.isoformat()) if self._day else None,
            confidence=Confidence.HIGH,
            nature=Nature.FACT,
        )

    def _header(self, publisher: str, evidence: Evidence) -> MapHeader | None:
        if self._day is None:
            return None
        return MapHeader(
            id=new_id(),
            title=f"{publisher[:150]}, senior posts at {_spoken(self._day)}",
            purpose=(
                "Who holds the senior posts, and who reports to whom, as the department published "
                "it. Contains public sector information licensed under the Open Government "
                "Licence v3.0."
            ),
            as_at=self._day,
            # Known by these, a later file of the same department finds the map again.
            identifiers=(Identifier(scheme="organogram", value=_slug(publisher)),),
            evidence=(evidence,),
        )

    # -- one row ------------------------------------------------------------------------------

    def _cell(self, row: Row, column: str) -> str:
        return row[self._columns[column]] if column in self._columns else ""

    def _share(self, row: Row) -> _Share | None:
        """What a row says, or None where it cannot be used; either way what is wrong with it."""
        reference = self._reference(row)
        organisation = self._organisation(row)
        if reference is None or organisation is None:
            return None
        parent = self._text(row, PARENT)
        title = self._text(row, TITLE)
        unit = self._text(row, UNIT)
        name = self._text(row, NAME)
        holder = _holder(name, self._bodies, {_letters(text) for text in (title, unit)})
        if _letters(title) == "notinpost":
            holder = _Holder.NOT_IN_POST
        if holder in (_Holder.ELIMINATED, _Holder.NOT_IN_POST):
            self._tell_out_of_line(row.number, reference, title, holder)
            key = Identifier(scheme=_scheme(_slug(organisation)), value=_escaped(reference))
            self._mentioned.add((RecordKind.ACCOUNTABILITY, key))
            self._eliminated.add(reference)
            return None
        holder = self._checked_holder(row.number, name, holder)
        return _Share(
            row=row.number,
            reference=reference,
            name=name,
            holder=holder,
            grade=self._grade(row),
            title=self._title(row.number, title, reference),
            scope=self._scope(row, unit, {*map(_letters, (organisation, parent, title))}),
            organisation=organisation,
            parent=parent,
            reports_to=self._reports_to(row),
        )

    def _text(self, row: Row, column: str) -> str:
        """A cell as one line of text; what cannot be shown in it is reported."""
        cell = self._cell(row, column)
        if not (cell.isascii() and cell.isprintable()) and any(map(_is_lost, cell)):
            self._tell(
                row.number,
                column,
                "Holds characters that were lost before the file was published (shown as \ufffd "
                "or as a gap); they can be put right in the file.",
                used=True,
            )
        return _one_line(cell)

    def _reference(self, row: Row) -> str | None:
        reference = _one_line(self._cell(row, REFERENCE))
        said = _shown(reference)
        if reference == "0":
            self._tell(
                row.number,
                REFERENCE,
                "Reference 0 stands for somebody who is paid but not in a post: not imported.",
            )
        elif _letters(reference) in _NOT_SAID:
            self._tell(
                row.number,
                REFERENCE,
                f"{said} is no reference; without one the post cannot be recognised again. Give "
                "it a reference of letters, digits and hyphens that no other post has.",
            )
        elif reference.upper() == TOP:
            self._tell(
                row.number,
                REFERENCE,
                f"{said} is kept for the top of the line, in the column {REPORTS_TO}. Give the "
                "post a reference of its own.",
            )
        elif len(_escaped(reference)) > _LONGEST_REFERENCE:
            self._tell(
                row.number,
                REFERENCE,
                f"{said} is {len(reference)} characters long; the most is {_LONGEST_REFERENCE}.",
            )
        else:
            if not re.fullmatch(r"[0-9A-Za-z-]+", reference):
                self._tell(
                    row.number,
                    REFERENCE,
                    f"{said} was used as it is; the rules ask for letters, digits and hyphens.",
                    used=True,
                )
            return reference
        return None

    def _reports_to(self, row: Row) -> str:
        higher = _one_line(self._cell(row, REPORTS_TO))
        return TOP if higher.upper() == TOP else higher

    def _organisation(self, row: Row) -> str | None:
        name = self._text(row, ORGANISATION)
        if _letters(name) in _NOT_SAID:
            parent = _one_line(self._cell(row, PARENT))
            if _letters(parent) in _NOT_SAID:
                self._tell(
                    row.number,
                    ORGANISATION,
                    f"{_shown(name)} does not say which organisation the post is in. Name it.",
                )
                return None
            self._tell(
                row.number,
                ORGANISATION,
                f"{_shown(name)} does not say which organisation the post is in; the parent "
                f"department was taken, {_shown(parent)}.",
                used=True,
            )
            name = parent
        if len(name) > _LONGEST_NAME:
            self._tell(
                row.number,
                ORGANISATION,
                f"The name is {len(name)} characters long; the most is {_LONGEST_NAME}.",
            )
            return None
        return name

    def _tell_out_of_line(self, row: int, reference: str, title: str, holder: _Holder) -> None:
        if holder is _Holder.ELIMINATED:
            message = (
                f"Post {_shown(reference)} is marked as eliminated: not imported. If it is on the "
                "map, give it a last day there."
            )
        else:
            message = (
                f"Post {_shown(reference)} is marked as 'Not in post': somebody is paid and is not "
                "in a post, so there is nothing to import."
            )
        self._tell(row, TITLE if _letters(title) == "notinpost" else NAME, message)

    def _checked_holder(self, row: int, name: str, holder: _Holder) -> _Holder:
        if not name:
            self._blank_names += 1
        if holder is _Holder.NAMED and len(name) > _LONGEST_NAME:
            self._tell(
                row,
                NAME,
                f"The name is {len(name)} characters long, and the most is {_LONGEST_NAME}: the "
                "holder was taken as not disclosed.",
                used=True,
            )
            return _Holder.UNDISCLOSED
        if holder in (_Holder.THE_BODY, _Holder.THE_POST):
            whose = "department" if holder is _Holder.THE_BODY else "unit or the post"
            self._tell(
                row,
                NAME,
                f"{_shown(name)} is the name of the {whose}, not of a person: the post was "
                "imported with its holder not disclosed.",
                used=True,
            )
        elif holder is _Holder.UNDISCLOSED and _letters(name) not in _NOT_DISCLOSED:
            self._tell(
                row,
                NAME,
                f"{_shown(name)} is not a person's name; the holder was taken as not disclosed. "
                "Write the name, N/D or Vacant.",
                used=True,
            )
        return holder

    def _grade(self, row: Row) -> str:
        grade = self._text(row, GRADE)
        if GRADE in self._columns and _letters(grade) not in _GRADES:
            self._tell(
                row.number,
                self._columns[GRADE],
                f"{_shown(grade)} is not a senior grade; the post was imported without a level. "
                "The grades are SCS4, SCS3, SCS2, SCS1A, SCS1, OF-9, OF-8, OF-7 and OF-6.",
                used=True,
            )
        return _letters(grade)

    def _title(self, row: int, title: str, reference: str) -> str:
        if _letters(title) in _NOT_SAID:
            self._tell(
                row,
                TITLE,
                f"{_shown(title)} does not say what the post is called; the post was imported as "
                f"'Post {reference}'. Give its title.",
                used=True,
            )
            return f"Post {reference}"
        if len(title) > _LONGEST_TITLE:
            self._tell(row, TITLE, _too_long(title, _LONGEST_TITLE), used=True)
            return title[: _LONGEST_TITLE - 1] + "…"
        return title

    def _scope(self, row: Row, unit: str, said_already: set[str]) -> str | None:
        """What the post is for, and on a line of its own the unit it stands in."""
        function = _without_stray_quotes(self._text(row, FUNCTION))
        parts = [] if _letters(function) in _NOT_SAID | said_already else [function]
        if _letters(unit) not in _NOT_SAID | said_already:
            if len(unit) > _LONGEST_NAME:
                self._tell(row.number, UNIT, _too_long(unit, _LONGEST_NAME), used=True)
                unit = unit[: _LONGEST_NAME - 1] + "…"
            parts.append(f"Unit: {unit}")
        room = _LONGEST_SCOPE - len("\n".join(parts[1:])) - 1
        if parts and len(parts[0]) > room:
            self._tell(row.number, FUNCTION, _too_long(parts[0], room), used=True)
            parts[0] = parts[0][: room - 1] + "…"
        return "\n".join(parts) or None

    # -- rows that belong together --------------------------------------------------------------

    def _posts(self, shares: Iterable[_Share]) -> dict[str, list[_Share]]:
        """The posts by reference: most have one row, a job share has one for each holder."""
        posts: dict[str, list[_Share]] = {}
        for share in shares:
            shared = posts.setdefault(share.reference, [])
            if not shared or self._belongs(shared[0], share):
                shared.append(share)
        return {
            reference: self._holders(shared) if len(shared) > 1 else shared
            for reference, shared in posts.items()
        }

    def _belongs(self, first: _Share, share: _Share) -> bool:
        differing = [
            column
            for column, value in (
                (GRADE, attrgetter("grade")),
                (TITLE, attrgetter("title")),
                (f"{FUNCTION} or {UNIT}", attrgetter("scope")),
                (PARENT, attrgetter("parent")),
                (ORGANISATION, attrgetter("organisation")),
                (REPORTS_TO, attrgetter("reports_to")),
            )
            if value(first) != value(share)
        ]
        if differing:
            self._tell(
                share.row,
                REFERENCE,
                f"{_shown(share.reference)} is the reference of row {first.row} already, and the "
                f"two differ in {', '.join(differing)}: not imported. Rows of a job share are "
                "alike but for name and contact; another post needs another reference.",
            )
        return not differing

    def _holders(self, shared: Sequence[_Share]) -> list[_Share]:
        """A job share as one post for each named holder, and one for all that are nameless."""
        kept: dict[str, _Share] = {}
        for share in sorted(shared, key=_in_order_of_holders):
            named = share.holder is _Holder.NAMED
            first = kept.setdefault(share.name if named else str(_status(share)), share)
            if share is not first and named:
                self._tell(
                    share.row,
                    NAME,
                    f"{_shown(share.name)} holds this post on row {first.row} already: imported "
                    "once.",
                )
        posts = "one post" if len(kept) == 1 else f"{len(kept)} posts, one for each holder"
        self._tell(
            shared[0].row,
            REFERENCE,
            f"{_shown(shared[0].reference)} is also on {_rows_of(shared, but=shared[0])}: a job "
            f"share, imported as {posts}"
            + (", since nothing tells its holders apart." if len(kept) == 1 else "."),
            used=True,
        )
        return list(kept.values())

    def _tell_namesakes(self, posts: Mapping[str, Sequence[_Share]]) -> None:
        by_name: dict[str, list[_Share]] = {}
        for shared in posts.values():
            for share in shared:
                if share.holder is _Holder.NAMED:
                    by_name.setdefault(_letters(share.name), []).append(share)
        for namesakes in by_name.values():
            for share in namesakes:
                if len(namesakes) > 1:
                    self._tell(
                        share.row,
                        NAME,
                        f"{_shown(share.name)} is also on {_rows_of(namesakes, but=share)}. Each "
                        "row was imported as a person; if they are one, join them on the map.",
                        used=True,
                    )

    # -- who reports to whom ------------------------------------------------------------------

    def _lines(self, posts: Mapping[str, Sequence[_Share]]) -> dict[str, str]:
        """The post above each post; a line that leads nowhere, or back, is left out."""
        above: dict[str, str] = {}
        tops: list[_Share] = []
        lower_case = {reference.casefold(): reference for reference in posts}
        for reference, shared in posts.items():
            share = shared[0]
            higher = share.reports_to
            if higher == TOP:
                tops.append(share)
            elif higher == reference:
                self._tell_no_line(share, f"{_shown(higher)} is the post itself.")
            elif higher in posts:
                above[reference] = higher
            elif _letters(higher) in _NOT_SAID:
                self._tell_no_line(share, f"{_shown(higher)} is no reference.")
            elif higher in self._eliminated:
                self._tell_no_line(share, f"Post {_shown(higher)} was not imported (see its row).")
            else:
                near = lower_case.get(higher.casefold())
                hint = f" Is it {_shown(near)}?" if near else ""
                self._tell_no_line(
                    share, f"No post that could be used has the reference {_shown(higher)}.{hint}"
                )
        for reference in _on_loops(above):
            share = posts[reference][0]
            self._tell_no_line(share, f"{_shown(share.reports_to)} leads back here: a loop.")
            del above[reference]
        self._tell_tops(tops)
        return above

    def _tell_no_line(self, share: _Share, why: str) -> None:
        self._tell(
            share.row,
            REPORTS_TO,
            f"{why} The post was imported without its line. Give the reference of the post that "
            f"it reports to, or {TOP} at the top.",
            used=True,
        )

    def _tell_tops(self, tops: Sequence[_Share]) -> None:
        if not tops:
            self._tell(
                None,
                REPORTS_TO,
                f"No post has {TOP} here, so the file does not say who is at the top.",
                used=True,
            )
        for share in tops if len(tops) > 1 else ():
            self._tell(
                share.row,
                REPORTS_TO,
                f"{TOP} stands here and on {_rows_of(tops, but=share)}. The rules ask for one top "
                "post; all were imported as such.",
                used=True,
            )


def _holder(name: str, bodies: set[str], posts: set[str]) -> _Holder:
    words = _words(name)
    letters = "".join(words)
    if letters in _NOT_DISCLOSED or not any(map(str.isalpha, letters)):
        return _Holder.UNDISCLOSED
    if "eliminated" in words:
        return _Holder.ELIMINATED
    if "vacant" in words or "vacancy" in words:
        return _Holder.VACANT
    if letters == "notinpost":
        return _Holder.NOT_IN_POST
    if letters in bodies:
        return _Holder.THE_BODY
    if letters in posts:
        return _Holder.THE_POST
    return _Holder.NAMED


def _status(share: _Share) -> HolderStatus:
    if share.holder is _Holder.NAMED:
        return HolderStatus.NAMED
    if share.holder is _Holder.VACANT:
        return HolderStatus.VACANT
    return HolderStatus.UNDISCLOSED


def _in_order_of_holders(share: _Share) -> tuple[bool, bool, str, str, int]:
    return (
        share.holder is not _Holder.NAMED,
        share.holder is _Holder.VACANT,
        share.name.casefold(),
        share.name,
        share.row,
    )


def _levels(
    posts: Mapping[str, Sequence[_Share]], above: Mapping[str, str]
) -> dict[str, Level | None]:
    """The level of each post: by grade, but chief officer at the head of the line.

    A post that stands for the department itself has no level, and those right under it are heads.
    Of several heads only those of the highest grade are meant: the others are likely mistakes.
    """
    stand_ins = {
        reference for reference, shared in posts.items() if shared[0].holder is _Holder.THE_BODY
    }
    levels = {
        reference: None if reference in stand_ins else _GRADES.get(shared[0].grade)
        for reference, shared in posts.items()
    }
    heads = [
        reference
        for reference, shared in posts.items()
        if reference not in stand_ins
        and (shared[0].reports_to == TOP or above.get(reference) in stand_ins)
    ]
    rungs = {head: _rung(levels[head]) for head in heads}
    highest = max(rungs.values(), default=0)
    for head, rung in rungs.items():
        if rung == highest:
            levels[head] = Level.CHIEF_OFFICER
    return levels


def _rung(level: Level | None) -> int:
    return (level.rung if level else None) or 0


def _on_loops(above: Mapping[str, str]) -> list[str]:
    """The posts from which the line leads back to themselves."""
    settled: set[str] = set()
    found = []
    for reference in above:
        line: dict[str, None] = {}
        step: str | None = reference
        while step is not None and step not in settled and step not in line:
            line[step] = None
            step = above.get(step)
        if step in line:
            walked = list(line)
            found += walked[walked.index(str(step)) :]
        settled.update(line)
    return found


def _organisations(
    posts: Mapping[str, Sequence[_Share]], evidence: Evidence
) -> dict[str, Organisation]:
    """The bodies that posts are held to; spellings that differ in case or marks are one."""
    found: dict[str, Organisation] = {}
    for shared in posts.values():
        share = shared[0]
        slug = _slug(share.organisation)
        if slug in found:
            continue
        itself = _letters(share.parent) in _NOT_SAID | {_letters(share.organisation)}
        found[slug] = Organisation(
            id=new_id(),
            name=share.organisation,
            kind=(
                OrganisationKind.GOVERNMENT_DEPARTMENT
                if itself
                else OrganisationKind.ARMS_LENGTH_BODY
            ),
            sector=Sector.CENTRAL_GOVERNMENT,
            sensitivity=Sensitivity.OPEN,
            identifiers=(Identifier(scheme="organogram", value=slug),),
            evidence=(evidence,),
        )
    return found


def _records(
    share: _Share,
    place: int,
    *,
    id: str,
    to: str,
    reports_to: str | None,
    level: Level | None,
    evidence: Evidence,
) -> Iterator[Record]:
    scheme, reference = _scheme(_slug(share.organisation)), _escaped(share.reference)
    holder = None
    if share.holder is _Holder.NAMED:
        holder = Leader(
            id=new_id(),
            name=share.name,
            sensitivity=Sensitivity.OPEN,
            identifiers=(Identifier(scheme=scheme, value=f"{reference}/{share.name}"),),
            evidence=(evidence,),
        )
        yield holder
    value = reference if place == 0 else f"{reference}/{place + 1}"
    yield Accountability(
        id=id,
        holder=holder.id if holder else None,
        holder_status=_status(share),
        to=to,
        reports_to=reports_to,
        kind=AccountabilityKind.POST,
        title=share.title,
        level=level,
        scope=share.scope,
        sensitivity=Sensitivity.OPEN,
        identifiers=(Identifier(scheme=scheme, value=value),),
        evidence=(evidence,),
    )


def _publisher(shares: Sequence[_Share]) -> str:
    """Whose file it is: its one organisation, or the department that several of them share."""
    organisations = {_slug(share.organisation) for share in shares}
    named: Callable[[_Share], str] = attrgetter("organisation")
    if len(organisations) > 1 and any(_letters(s.parent) not in _NOT_SAID for s in shares):
        named = attrgetter("parent")
    names = Counter(n for share in shares if _letters(n := named(share)) not in _NOT_SAID)
    return names.most_common(1)[0][0][:_LONGEST_NAME]


def _scheme(slug: str) -> str:
    """References are unique in an organisation, so each has a scheme of its own."""
    return f"organogram:{slug}"


def _escaped(reference: str) -> str:
    """The reference without a slash, which ends it where the name of a holder follows."""
    return reference.replace("%", "%25").replace("/", "%2F")


def _slug(name: str) -> str:
    words = _words(name.replace("&", " and "))
    return "-".join(words)[:150] or "-"


def _words(text: str) -> list[str]:
    """The words of a text without case, marks and characters that cannot be seen."""
    if not text.isascii():
        normal = unicodedata.normalize("NFKC", text)
        text = "".join(c for c in normal if unicodedata.category(c) != "Cf")
    return re.findall(r"[^\W_]+", text.casefold())


def _letters(text: str) -> str:
    return "".join(_words(text))


def _is_lost(character: str) -> bool:
    if character in "\t\n\r\x0b\x0c":
        return False
    return character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cs")


def _one_line(text: str) -> str:
    """Text in normal form on one line; what cannot be shown is a space."""
    if not (text.isascii() and text.isprintable()):
        normal = unicodedata.normalize("NFC", text)
        text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in normal)
    return " ".join(text.split())


def _without_stray_quotes(text: str) -> str:
    """Text without the quotes that spreadsheets leave around it; apostrophes stay."""
    for quote in "'\"":
        # A quote that opens or closes, unlike an apostrophe, does not stand between two letters.
        others = re.findall(rf"(?<!\w){quote}|{quote}(?!\w)", text[1:-1])
        starts, ends = text.startswith(quote), text.endswith(quote)
        if starts and (ends or not others):
            text = text[1:]
        if ends and (starts or not others):
            text = text[:-1]
    return text.strip()


def _as_problem(found: RowProblem) -> Problem:
    row = () if found.row is None else (f"row {found.row}",)
    return Problem((*row, *(() if found.cell is None else (found.cell,))), found.message)


def _shown(text: str) -> str:
    """A cell as a message quotes it."""
    if not text:
        return "An empty cell"
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _rows_of(shares: Sequence[_Share], *, but: _Share) -> str:
    """The rows of some posts in words; where they are many, the first few."""
    rows = [str(share.row) for share in shares[:_MOST_ROWS_NAMED] if share is not but]
    more = len(shares) - 1 - len(rows)
    return ("rows " if len(rows) > 1 or more else "row ") + ", ".join(
        [*rows, *([f"and {more} more"] if more else [])]
    )


def _too_long(text: str, longest: int) -> str:
    return f"The text is {len(text)} characters long; the first {longest - 1} were imported."


def _spoken(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _day_in(text: str) -> date | None:
    """A day written in a text as 2011-03-31 or 31-March-2011, if there is one."""
    written = re.search(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)", text, re.ASCII)
    if written:
        return _day(*(int(part) for part in written.groups()))
    spoken = re.search(
        rf"(?<!\d)(\d{{1,2}})[\s_-]*({'|'.join(_MONTHS)})[\s_-]*(\d{{4}})(?!\d)", text, re.I | re.A
    )
    if spoken:
        month = [name.lower() for name in _MONTHS].index(spoken[2].lower()) + 1
        return _day(int(spoken[3]), month, int(spoken[1]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
