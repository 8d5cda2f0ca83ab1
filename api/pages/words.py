"""The closed lists and dates in the words a reader uses."""

from datetime import UTC, date, datetime
from enum import StrEnum

from powermap.dates import PartialDate, Period
from powermap.vocabulary import Basis, Layer, Level, Sector

_MONTHS = (
    "January February March April May June July August September October November December"
).split()

_SPECIAL: dict[StrEnum, str] = {
    Level.NON_EXECUTIVE: "non-executive",
    Basis.OWN_KNOWLEDGE: "own knowledge",
    Sector.NHS: "NHS",
    Layer.RELATIONSHIPS: "Relationships",
    Layer.TENSIONS: "Tensions",
    Layer.ACCOUNTABILITIES: "Accountabilities",
}

_SOURCES = {
    Basis.INTERVIEW: ("interview", "interviews"),
    Basis.MINUTES: ("set of minutes", "sets of minutes"),
    Basis.PUBLIC_REGISTER: ("public register entry", "public register entries"),
    Basis.PUBLISHED: ("publication", "publications"),
    Basis.SURVEY: ("survey", "surveys"),
    Basis.OWN_KNOWLEDGE: ("note from own knowledge", "notes from own knowledge"),
}


def in_words(value: StrEnum) -> str:
    """The word for a value of a closed list."""
    return _SPECIAL.get(value) or value.value.replace("_", " ")


def headed(value: StrEnum) -> str:
    """The same where it stands by itself: `Chief officer`, `NHS`."""
    words = in_words(value)
    return words[:1].upper() + words[1:]


def day(when: date) -> str:
    """1 March 2010."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def ago(when: datetime, now: datetime | None = None) -> str:
    """`today`, `yesterday`, `12 days ago`; the day itself when it is longer ago than a month."""
    days = ((now or datetime.now(UTC)).date() - when.date()).days
    if days < 1:
        return "today"
    if days > 31:
        return f"on {day(when.date())}"
    return "yesterday" if days == 1 else f"{days} days ago"


def written(when: PartialDate) -> str:
    """A date as precisely as it is known: 2009, May 2009 or 14 May 2009."""
    parts = [int(part) for part in when.text.split("-")]
    if len(parts) == 3:
        return day(when.earliest)
    return str(parts[0]) if len(parts) == 1 else f"{_MONTHS[parts[1] - 1]} {parts[0]}"


def period(when: Period) -> str:
    """From when to when, as far as it is known; empty if nothing is."""
    start = f"from {written(when.start)}" if when.start else ""
    end = f"until {written(when.end)}" if when.end else ""
    return " ".join(part for part in (start, end) if part)


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 tie`, `3 ties`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def sources(bases: dict[Basis, int]) -> str:
    """`3 interviews, 1 publication`."""
    return ", ".join(count(bases[basis], *_SOURCES[basis]) for basis in Basis if bases.get(basis))


def listed(names: list[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
