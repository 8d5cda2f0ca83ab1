"""UK government organograms: the CSV of senior posts that departments publish twice a year.

What becomes of a file:

- A post is an accountability of kind `post`, held to the organisation that the row names, and it
  reports to another post of the file. It stands whoever holds it: `Vacant` is vacant; `N/D` and an
  empty name are both undisclosed, and so is a name that is the department's or the post's own.
- A person is a leader, one for each row with a real name. The same name on two rows stays two
  people, and is reported: only somebody who knows may join them.
- The function and the unit are the scope of the post: a unit holds nobody to account.
- A job share (a reference on several rows) is one post for each named holder, the holders in
  alphabetical order, and one for all its nameless holders together: nothing tells those apart.
- The level is that of the grade, but at the top of the line it is that of a chief officer.
- Reference `0` (paid but not in a post) and eliminated posts are reported and not imported.

Pay, the cost of reports, telephone numbers and e-mail addresses are in the file and are not
imported: a map of who answers to whom does not need them.
"""

from datetime import date

from graph.exchange.csv_file import read_csv
from graph.exchange.organogram.identifiers import posts_register
from graph.exchange.organogram.levels import levels_of
from graph.exchange.organogram.lines import lines_of
from graph.exchange.organogram.posts import posts_of
from graph.exchange.organogram.publication import day_in, evidence, header, publisher_of
from graph.exchange.organogram.records import SAYS, records_of
from graph.exchange.organogram.shares import read_shares
from graph.exchange.organogram.sheet import Sheet
from powermap.errors import InvalidValue, Malformed, Problem
from powermap.usecases.importing import Incoming


def read_organogram(content: bytes, *, source: str, as_at: date | None = None) -> Incoming:
    """The posts and people of a senior-staff file, with all that is wrong in it by row and cell.

    `source` is the name of the file; the day it describes is `as_at`, or is read from that name.
    Raises `InvalidValue`, `Malformed` or `TooMuch` where it is no such file.
    """
    table = read_csv(content)
    sheet = Sheet(table)
    if not table.count:
        raise Malformed("The file has headings and no rows under them.")
    shares = read_shares(sheet)
    if not shares:
        raise InvalidValue(
            Problem((), "no row of the file can be used"),
            *(Problem((f"row {p.row}", p.cell or ""), p.message) for p in sheet.problems if p.row),
        )
    publisher, day = publisher_of(shares), as_at or day_in(source)
    if day is None:
        message = "The name of the file holds no day, as 2011-03-31: it makes no new map."
        sheet.note(None, None, message)
    origin = evidence(publisher, day, source)
    posts = posts_of(sheet, shares)
    above = lines_of(sheet, posts)
    levels = levels_of(sheet, posts, above)
    return Incoming(
        header=header(publisher, day, origin) if day else None,
        records=tuple(records_of(posts, above, levels, origin)),
        problems=tuple(sorted(sheet.problems, key=lambda problem: problem.row or 0)),
        rows=table.count,
        says=SAYS,
        registers=frozenset(posts_register(share.organisation) for share, *_ in posts.values()),
        mentioned=frozenset(sheet.mentioned),
    )
