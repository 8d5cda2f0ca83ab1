"""The questions in the words people use, sorted by what they are after; and words for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.findings.gaps import Gap
from graph.findings.questions import QUESTIONS


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A question on the index, perhaps with some of what it takes chosen beforehand."""

    name: str
    tells: str
    """One line on what the answer holds."""
    asks: str = ""
    """In which words, where they are not those of the question itself."""
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        return self.asks or QUESTIONS[self.name].asks


def _gaps(asks: str, tells: str, *kinds: Gap) -> Entry:
    return Entry(name="gaps", asks=asks, tells=tells, chosen={"kinds": ",".join(kinds)})


_INDEX: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "Who matters",
        (
            Entry(name="central", tells="First places in six senses, and how sure they are."),
            Entry(name="reach-everyone", tells="Whom to tell first, so that all hear soon."),
            Entry(name="hold-together", tells="For whom to have somebody who could stand in."),
            Entry(name="brokers", tells="Whom others go through, pair by pair, and as what."),
            Entry(name="power-over", tells="Who holds whose money, contract or line."),
            Entry(name="standing", tells="Where reputation and the network say different things."),
            Entry(name="joint-posts", tells="Who, at which rank, and to whom they answer."),
            Entry(name="one-page", tells="One page on anybody: duties, ties, what is due."),
            Entry(name="outside-accountabilities", tells="What else each member answers for."),
        ),
    ),
    (
        "How do I reach somebody",
        (
            Entry(name="introductions", tells="The best way there, and who else could help."),
            Entry(name="honest-broker", tells="Whom both sides know well and owe nothing."),
            Entry(name="stuck-pairs", tells="Those in open conflict, or with two weak views."),
            Entry(name="best-new-tie", tells="Which introduction would bring most closer."),
        ),
    ),
    (
        "Where are the gaps",
        (
            Entry(name="gaps", tells="All sixteen sorts of gap, the most pressing first."),
            _gaps(
                "Which leaders share an accountability and have no tie?",
                "Who should know each other, and who could bring them together.",
                Gap.SHARED_ACCOUNTABILITY,
            ),
            _gaps(
                "Which bodies depend on each other and hang by one person, or nobody?",
                "Contracts and duties without enough people behind them.",
                Gap.DEPENDENT_BODIES,
            ),
            _gaps(
                "Whose voice is at the edge?",
                "The public's and voluntary bodies' people whom few listen to.",
                Gap.VOICE_AT_THE_EDGE,
            ),
            _gaps(
                "Where do two people see their tie differently?",
                "Ties that look strong from one side and weak from the other.",
                Gap.SEEN_DIFFERENTLY,
            ),
            _gaps(
                "Where is conflict avoided?",
                "Close partners who rate surfacing conflict low.",
                Gap.CONFLICT_AVOIDED,
            ),
            _gaps(
                "Which ties have gone cold?",
                "No contact for longer than the two are used to.",
                Gap.GONE_COLD,
            ),
            _gaps(
                "Which accountabilities have no holder, or one who has left?",
                "Posts and duties that nobody carries today.",
                Gap.NO_HOLDER,
                Gap.HOLDER_LEFT,
                Gap.BODY_ABOLISHED,
            ),
            _gaps(
                "On what evidence does the map rest?",
                "What is unsourced, old, or one side's word.",
                Gap.EVIDENCE_MISSING,
                Gap.EVIDENCE_OLD,
                Gap.ONE_SIDES_WORD,
            ),
        ),
    ),
    (
        "What if",
        (
            Entry(name="if-leaves", tells="What is left without a holder, and who loses touch."),
            Entry(name="if-joins", tells="What a newcomer with these ties would bring."),
            Entry(name="if-abolished", tells="Which posts, duties and ties go with it."),
            Entry(name="if-merged", tells="What is doubled, and what becomes internal."),
            Entry(name="if-tied", tells="Who comes closer to whom."),
            Entry(name="if-mended", tells="What a repaired tie would change."),
        ),
    ),
    (
        "How are we doing",
        (
            Entry(name="five-factors", tells="Of a pair, a board or the whole map."),
            Entry(name="spread-of-leadership", tells="Who carries which lead, and who none."),
        ),
    ),
    (
        "What has changed",
        (
            Entry(name="what-changed", tells="Ties that turned, posts that passed, by the dates."),
            Entry(name="what-changed-since", tells="What was added or corrected on this map."),
            Entry(name="gaps-since", tells="Progress on gaps since you last looked."),
        ),
    ),
)


def index() -> list[tuple[str, list[Entry]]]:
    """Every question there is, in groups; one that no group names yet stands at the end."""
    groups = [
        (title, [entry for entry in entries if entry.name in QUESTIONS])
        for title, entries in _INDEX
    ]
    named = {entry.name for _, entries in groups for entry in entries}
    rest = [Entry(name=name, tells="") for name in QUESTIONS if name not in named]
    return groups + ([("More questions", rest)] if rest else [])


def asked_as(name: str, texts: Mapping[str, str]) -> str:
    """The question in the words of the index, where what is chosen is one of its entries."""
    for _, entries in _INDEX:
        for entry in entries:
            if entry.name == name and entry.chosen:
                if all(_same(texts.get(key, ""), text) for key, text in entry.chosen.items()):
                    return entry.heading
    return QUESTIONS[name].asks


def _same(one: str, other: str) -> bool:
    return set(one.split(",")) == set(other.split(","))


LABELS: Mapping[str, tuple[str, str | None]] = {
    "on": ("On which day", "The map's own day, {as_at}, unless you choose another."),
    "before": ("The earlier day", ""),
    "after": ("The later day", ""),
    "me": ("Who asks", "Yourself, or whom you ask for."),
    "target": ("Whom to reach", "A person or an organisation."),
    "one": ("One of the two", "A person."),
    "other": ("The other", "A person."),
    "a": ("One of the two", "A person or an organisation."),
    "b": ("The other", "Another of the same sort."),
    "party": ("Person or organisation", ""),
    "leader": ("Person", None),
    "organisation": ("Organisation", None),
    "successor": ("Its successor", "Which body takes over, if one does."),
    "body": ("Board or other body", None),
    "group": ("Or a body", "For the profile of its people."),
    "organisations": ("Organisations", "Two or more."),
    "tied_to": ("With ties to", "The people they would know."),
    "called": ("What to call them", "It stands in the address of the answer: initials will do."),
    "strength": ("How strong it would be", "1 to 5; 4 if left empty."),
    "kinds": ("Only these sorts of gap", "All of them if none is chosen."),
    "group_by": ("Groups are", "Between which groups a tie is looked for."),
    "cold_days": (
        "Cold after how many days",
        "For ties without a usual rhythm; 180 if left empty.",
    ),
    "evidence_months": (
        "Evidence is old after how many months",
        "12 if left empty.",
    ),
    "views_apart": (
        "Views differ from how many points",
        "Of five; 2 if left empty.",
    ),
    "from_revision": ("Since revision", "1 to {revision}, as in Changes."),
    "to_revision": ("Until revision", "The newest, {revision}, if left empty."),
}
"""How a parameter is asked for, and a hint (None: what the question says of it)."""

_KINDS: Mapping[str, str] = {
    Gap.SHARED_ACCOUNTABILITY: "Shared accountability, no tie",
    Gap.DEPENDENT_BODIES: "Bodies that depend on each other, barely joined",
    Gap.GROUPS_WITHOUT_TIE: "Groups without a tie",
    Gap.ONE_WAY: "Only one side's view recorded",
    Gap.SEEN_DIFFERENTLY: "Seen differently from the two sides",
    Gap.GONE_COLD: "Gone cold",
    Gap.CONFLICT_AVOIDED: "Conflict avoided",
    Gap.NO_HOLDER: "No holder",
    Gap.TWO_CHIEF_OFFICERS: "Two chief officers in one body",
    Gap.HOLDER_LEFT: "The holder has left",
    Gap.BODY_ABOLISHED: "Owed to a body that has gone",
    Gap.NO_ACCOUNTABILITY: "People without an accountability",
    Gap.EVIDENCE_MISSING: "No evidence",
    Gap.EVIDENCE_OLD: "Old evidence",
    Gap.ONE_SIDES_WORD: "One side's word only",
    Gap.VOICE_AT_THE_EDGE: "Voices at the edge",
}


def worded(name: str) -> str:
    """A name from a closed list or of a figure as words: `path_score`, `path score`."""
    return name.replace("_", " ").replace("-", " ")


def kind_words(kind: str) -> str:
    """What a sort of row is called as a heading."""
    return _KINDS.get(kind) or worded(kind).capitalize()
