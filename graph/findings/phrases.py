"""How findings put names, numbers, dates and posts into a sentence."""

from collections.abc import Iterable
from datetime import date

from powermap.dates import PartialDate
from powermap.model import Accountability, PowerMap
from powermap.vocabulary import AccountabilityKind, Layer, Level, RelationshipKind

SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
TIED_BY: dict[RelationshipKind, str] = {
    RelationshipKind.COLLABORATES: "collaborating",
    RelationshipKind.TRUSTS: "trusting",
    RelationshipKind.INFLUENCES: "influencing",
    RelationshipKind.ADVISES: "advising",
    RelationshipKind.SUPPORTS: "supporting",
    RelationshipKind.CHALLENGES: "challenging",
    RelationshipKind.COMPETES: "competing",
    RelationshipKind.CONFLICTS: "being in conflict",
    RelationshipKind.INTRODUCED: "introducing",
}
MUTUALLY: dict[RelationshipKind, str] = {
    RelationshipKind.COLLABORATES: "collaborating",
    RelationshipKind.TRUSTS: "trusting each other",
    RelationshipKind.INFLUENCES: "influencing each other",
    RelationshipKind.ADVISES: "advising each other",
    RelationshipKind.SUPPORTS: "supporting each other",
    RelationshipKind.CHALLENGES: "challenging each other",
    RelationshipKind.COMPETES: "competing",
    RelationshipKind.CONFLICTS: "being in conflict",
    RelationshipKind.INTRODUCED: "introducing each other",
}
TOWARDS: dict[RelationshipKind, str] = {
    **TIED_BY,
    RelationshipKind.COLLABORATES: "collaborating with",
    RelationshipKind.COMPETES: "competing with",
    RelationshipKind.CONFLICTS: "being in conflict with",
}
DEPENDENCE: dict[AccountabilityKind, str] = {
    AccountabilityKind.COMMISSIONING: "commissions",
    AccountabilityKind.REGULATION: "regulates",
    AccountabilityKind.FUNDING: "funds",
    AccountabilityKind.DELEGATION: "delegates functions to",
    AccountabilityKind.STATUTORY: "holds to account by law",
    AccountabilityKind.LINE_MANAGEMENT: "manages",
}
"""What the one answered to does, in the order of how directly it binds."""


DEPENDED_ON: dict[AccountabilityKind, str] = {
    AccountabilityKind.COMMISSIONING: "commissioning",
    AccountabilityKind.REGULATION: "regulation",
    AccountabilityKind.FUNDING: "funding",
    AccountabilityKind.DELEGATION: "delegation",
    AccountabilityKind.STATUTORY: "duty by law",
    AccountabilityKind.LINE_MANAGEMENT: "line management",
}


HELD_AS_DUTY = frozenset(
    {
        AccountabilityKind.COMMISSIONING,
        AccountabilityKind.REGULATION,
        AccountabilityKind.FUNDING,
        AccountabilityKind.DELEGATION,
    }
)
ONE_OF_MANY = frozenset({AccountabilityKind.BOARD_MEMBER, AccountabilityKind.PARTNERSHIP_MEMBER})
SAYS: dict[RelationshipKind, tuple[str, str]] = {
    RelationshipKind.COLLABORATES: ("collaborates with", "may collaborate with"),
    RelationshipKind.TRUSTS: ("trusts", "may trust"),
    RelationshipKind.INFLUENCES: ("influences", "may influence"),
    RelationshipKind.ADVISES: ("advises", "may advise"),
    RelationshipKind.SUPPORTS: ("supports", "may support"),
    RelationshipKind.CHALLENGES: ("challenges", "may challenge"),
    RelationshipKind.COMPETES: ("competes with", "may compete with"),
    RelationshipKind.CONFLICTS: ("is in conflict with", "may be in conflict with"),
    RelationshipKind.INTRODUCED: ("introduced", "may have introduced"),
}
"""What one does towards another, surely and not."""


def number(of: int) -> str:
    """`three`, `12`: in words below ten."""
    return SMALL_NUMBERS[of] if 0 <= of < len(SMALL_NUMBERS) else f"{of:,}"


def counted(of: int, one: str, many: str | None = None) -> str:
    """`one pair`, `12 pairs`."""
    return f"{number(of)} {one if of == 1 else many or one + 's'}"


def people(of: int) -> str:
    return counted(of, "person", "people")


def is_are(of: int) -> str:
    return "is" if of == 1 else "are"


def has_have(of: int) -> str:
    return "has" if of == 1 else "have"


def listed(names: Iterable[str], most: int = 5) -> str:
    """`A, B and C`; beyond `most`, the first of them `and 4 more`."""
    every = list(names)
    shown = every[:most] if len(every) > most + 1 else every
    if len(shown) < len(every):
        return f"{', '.join(shown)} and {len(every) - len(shown)} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(title: str) -> str:
    """`Chief executive` inside a sentence; `GP lead` as it stands."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def on_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def when(written: PartialDate) -> str:
    """A date as exact as it is known: `2007`, `May 2009` or `14 May 2009`."""
    parts = written.text.split("-")
    month = [MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    day = [str(int(parts[2]))] if len(parts) > 2 else []
    return " ".join([*day, *month, parts[0]])


def name(power_map: PowerMap, party: str) -> str:
    return power_map.party(party).name


def names(power_map: PowerMap, parties: Iterable[str]) -> list[str]:
    """Their names in alphabetical order."""
    return sorted((name(power_map, party) for party in parties), key=str.casefold)


def by_name(power_map: PowerMap, parties: Iterable[str]) -> list[str]:
    """Their ids in the order of their names: the same on every copy of the map."""
    return sorted(parties, key=lambda party: (name(power_map, party).casefold(), party))


def pairs_by_name(power_map: PowerMap, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs without direction, each and all of them in the order of names."""

    def order(pair: tuple[str, str]) -> list[tuple[str, str]]:
        return [(name(power_map, party).casefold(), party) for party in pair]

    ordered = {(found[0], found[1]) for found in (by_name(power_map, pair) for pair in pairs)}
    return sorted(ordered, key=order)


def pair_named(power_map: PowerMap, pair: Iterable[str]) -> str:
    return " and ".join(names(power_map, pair))


def post_named(power_map: PowerMap, accountability: Accountability) -> str:
    """`chief executive of NHS Calderdale`, `programme lead of One Northmere (Twelve teams)`."""
    title = lower_first(accountability.title)
    acting = "acting " if accountability.acting else ""
    if accountability.kind is AccountabilityKind.LINE_MANAGEMENT:
        return f"managed by {name(power_map, accountability.to)}"
    if accountability.kind in HELD_AS_DUTY:
        title = f"holder of {title}"
    to = name(power_map, accountability.to)
    joint = "to" if accountability.to in power_map.leaders else "of"
    matter = f" ({accountability.scope})" if _needs_scope(accountability) else ""
    return f"{acting}{title} {joint} {to}{matter}"


def dependence_told(power_map: PowerMap, duty: Accountability) -> str:
    """`NHS Leeds commissions Leeds Teaching Hospitals NHS Trust (Hospital services)`."""
    below = name(power_map, duty.holder or "")
    scope = f" ({duty.scope})" if duty.scope and len(duty.scope) <= 80 else ""
    unsure = ", as it may be on this date" if duty.id in power_map.doubtful else ""
    verb = DEPENDENCE[duty.kind]
    if duty.kind is AccountabilityKind.STATUTORY:
        return f"{name(power_map, duty.to)} holds {below} to account by law{scope}{unsure}"
    return f"{name(power_map, duty.to)} {verb} {below}{scope}{unsure}"


def post_held(power_map: PowerMap, accountability: Accountability) -> str:
    """The post after `is` or `became`: one of several members is `a member`."""
    named = post_named(power_map, accountability)
    one_of_many = accountability.kind in ONE_OF_MANY or accountability.level is Level.MEMBER
    if not one_of_many or accountability.title.casefold().startswith(("lead ", "chair")):
        return named
    return f"{'an' if named[:1].lower() in 'aeiou' else 'a'} {named}"


def _needs_scope(accountability: Accountability) -> bool:
    """Whether the title alone does not tell one from the next, and the scope is short enough."""
    leads = accountability.kind is AccountabilityKind.PROGRAMME_LEAD
    scope = accountability.scope
    return bool(leads and scope and len(scope) <= 80)


def oldest_first(accountability: Accountability) -> tuple[date, str]:
    start = accountability.active_from
    return (start.earliest if start else date.min, accountability.id)


def layer_of(kind: RelationshipKind) -> Layer | None:
    """Whether a tie of this kind binds or strains; None for an introduction."""
    if kind is RelationshipKind.INTRODUCED:
        return None
    strains = (
        RelationshipKind.CHALLENGES,
        RelationshipKind.COMPETES,
        RelationshipKind.CONFLICTS,
    )
    return Layer.TENSIONS if kind in strains else Layer.RELATIONSHIPS


def percent(share: float) -> str:
    """A share as people say it: `38%`."""
    return f"{round(100 * share)}%"


def decimal(value: float, places: int = 1) -> str:
    # Noise in the last digits must not decide which way a half is rounded.
    return f"{round(value, 9):.{places}f}"
