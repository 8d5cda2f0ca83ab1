"""Ties seen from one side only, seen differently from the two, and gone cold."""

from collections import defaultdict
from datetime import timedelta

from graph.findings.answer import Row
from graph.findings.gaps.choices import Choices
from graph.findings.gaps.found import Found
from graph.findings.gaps.identity import gap_key, row_key
from graph.findings.gaps.kinds import MOST_LISTED, Gap
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.steps import go_between, share, with_go_between
from graph.findings.gaps.ties import Tie
from graph.findings.phrases import counted, has_have, is_are, listed, on_day, sentence_case, when
from powermap.model import Relationship
from powermap.vocabulary import FACTOR_QUESTIONS, Cadence

DAYS: dict[Cadence, int] = {
    Cadence.WEEKLY: 7,
    Cadence.MONTHLY: 31,
    Cadence.QUARTERLY: 92,
    Cadence.YEARLY: 366,
    Cadence.RARER: 366,
}


COLD = Choices().cold_after
"""Unless something else is chosen."""


def one_way(reading: Reading) -> Found:
    """Whose view is not recorded, and of which ties: one row for each silent side."""
    silent: dict[str, list[Tie]] = defaultdict(list)
    for tie in reading.ties.values():
        if tie.relationships and not tie.from_both_sides:
            silent[tie.other(tie.relationships[0].source)].append(tie)
    ties = sum(len(found) for found in silent.values())
    ranked = sorted(silent, key=lambda party: (-len(silent[party]), reading.name(party).casefold()))
    return Found(
        kind=Gap.ONE_WAY,
        rows=tuple(_one_way_row(reading, party, silent[party]) for party in ranked[:MOST_LISTED]),
        every=frozenset(gap_key(Gap.ONE_WAY, party) for party in silent),
        counting=sentence_case(
            f"{counted(ties, 'tie')} {is_are(ties)} recorded from one side only, and "
            f"{counted(len(silent), 'person or body', 'people or bodies')} could be asked for the "
            "other view"
        ),
    )


def _one_way_row(reading: Reading, party: str, ties: list[Tie]) -> Row:
    others = reading.in_order(tie.other(party) for tie in ties)
    gave = sum(1 for tie in reading.ties.values() if party in tie.ends and tie.views_of(party))
    name = reading.name(party)
    told = listed([reading.name(other) for other in others], most=4)
    one = len(ties) == 1
    sentence = (
        f"The tie between {told} and {name} is recorded as {told} sees it; no view from the other "
        "side is recorded."
        if one
        else f"{sentence_case(counted(len(ties), 'tie'))} with {name} are recorded as {told} see "
        "them; no view from the other side is recorded."
    )
    if not gave:
        sentence += f" No view that {name} has of any tie is recorded."
    return Row(
        kind=Gap.ONE_WAY,
        sentence=sentence,
        parties=(party, *others),
        records=tuple(record for tie in ties for record in tie.records),
        next_step=f"Ask {name} how {'this tie looks' if one else 'these ties look'} from there.",
        facts={"ties": len(ties), "views_given": gave, "shared": None},
    )


def seen_differently(reading: Reading) -> Found:
    """Both views exist, and strength or a factor differs by as much as was chosen."""
    rows, of_other_kinds = [], 0
    for tie in reading.ties.values():
        if tie.from_both_sides:
            one, other = reading.in_order(tie.ends)
            apart = differences(tie, one, other, reading.choices.views_apart)
            if apart:
                rows.append(_differently_row(reading, tie, apart))
            elif _kinds_differ(tie, one, other):
                of_other_kinds += 1
    rows.sort(key=lambda row: (-row.facts["shared"], -row.facts["widest"], row.sentence.casefold()))
    apart_told = (
        f"{sentence_case(counted(of_other_kinds, 'tie'))} {is_are(of_other_kinds)} seen by the two "
        "sides as of different kinds, and not compared.",
    )
    return Found(
        kind=Gap.SEEN_DIFFERENTLY,
        rows=tuple(rows[:MOST_LISTED]),
        every=frozenset(map(row_key, rows)),
        counting=sentence_case(
            f"{counted(len(rows), 'tie')} {is_are(len(rows))} seen differently from the two sides"
        ),
        apart=apart_told if of_other_kinds else (),
    )


def _compared(tie: Tie, one: str, other: str) -> tuple[Relationship, Relationship] | None:
    """The two views of the same kind to lay side by side, the strongest; None without such."""
    return max(
        (
            (here, there)
            for here in tie.views_of(one)
            for there in tie.views_of(other)
            if here.kind is there.kind
        ),
        key=lambda pair: ((pair[0].strength or 0) + (pair[1].strength or 0), pair[0].id),
        default=None,
    )


def _kinds_differ(tie: Tie, one: str, other: str) -> bool:
    return _compared(tie, one, other) is None


def differences(tie: Tie, one: str, other: str, least: int) -> dict[str, tuple[int, int]]:
    """What the two rate so far apart at least, as (one's, other's)."""
    views = _compared(tie, one, other)
    if views is None:
        return {}
    here, there = views
    rated = {"strength": (here.strength, there.strength)}
    for factor in FACTOR_QUESTIONS:
        rated[factor] = (getattr(here.factors, factor), getattr(there.factors, factor))
    return {
        what: (mine, theirs)
        for what, (mine, theirs) in rated.items()
        if mine is not None and theirs is not None and abs(mine - theirs) >= least
    }


def _differently_row(reading: Reading, tie: Tie, apart: dict[str, tuple[int, int]]) -> Row:
    one, other = reading.in_order(tie.ends)
    told = ", ".join(
        f"{FACTOR_QUESTIONS.get(what, what)} {mine} and {theirs}"
        for what, (mine, theirs) in apart.items()
    )
    between = go_between(reading, one, other)
    return Row(
        kind=Gap.SEEN_DIFFERENTLY,
        sentence=(
            f"{reading.name(one)} and {reading.name(other)} see their tie differently: {told} "
            f"(of 5, in that order).{_may_be_past(reading, tie)}"
        ),
        parties=(one, other),
        records=tuple(view.id for view in tie.relationships),
        next_step=with_go_between(
            reading,
            "Ask each of them, apart from the other, what lies behind the difference.",
            between,
            "ask",
        ),
        facts={
            "introducer": between,
            "shared": len(reading.shared(one, other)),
            "widest": max(abs(mine - theirs) for mine, theirs in apart.values()),
            "apart": {what: list(pair) for what, pair in apart.items()},
            "certain": not reading.doubtful(tie.records),
        },
    )


def gone_cold(reading: Reading) -> Found:
    """Ties without contact for twice their cadence."""
    rows, undated = [], 0
    kept = [tie for tie in reading.ties.values() if tie.relationships]
    for tie in kept:
        if tie.last_contact is None:
            undated += 1
        elif reading.day - tie.last_contact.latest > allowed(tie, reading.choices.cold_after):
            rows.append(_cold_row(reading, tie))
    rows.sort(key=lambda r: (-r.facts["shared"], -r.facts["days_since"], r.sentence.casefold()))
    apart = (
        f"{share(undated, len(kept), 'tie', 'ties')} {has_have(undated)} no date of last contact, "
        f"so whether {'it has' if undated == 1 else 'they have'} gone cold cannot be told.",
    )
    return Found(
        kind=Gap.GONE_COLD,
        rows=tuple(rows[:MOST_LISTED]),
        every=frozenset(map(row_key, rows)),
        counting=sentence_case(f"{counted(len(rows), 'tie')} {has_have(len(rows))} gone cold"),
        apart=apart if undated else (),
    )


def allowed(tie: Tie, without_cadence: timedelta = COLD) -> timedelta:
    """How long a tie may go without contact."""
    return timedelta(days=2 * DAYS[tie.cadence]) if tie.cadence else without_cadence


def _cold_row(reading: Reading, tie: Tie) -> Row:
    assert tie.last_contact is not None
    one, other = reading.in_order(tie.ends)
    here, there = reading.name(one), reading.name(other)
    between = go_between(reading, one, other)
    usual = (
        f"though {'contact less than yearly' if tie.cadence is Cadence.RARER else tie.cadence} "
        f"{'' if tie.cadence is Cadence.RARER else 'contact '}is recorded as usual"
        if tie.cadence
        else f"more than {reading.choices.cold_days} days before {on_day(reading.day)}"
    )
    return Row(
        kind=Gap.GONE_COLD,
        sentence=(
            f"{here} and {there} were last in contact in {when(tie.last_contact)}, {usual}."
            f"{_may_be_past(reading, tie)}"
        ).replace(" in contact in ", " in contact on " if _is_day(tie) else " in contact in "),
        parties=(one, other),
        records=tie.records,
        next_step=with_go_between(
            reading,
            "Ask one of them to get in touch, or record the later contact, or end the tie.",
            between,
            "bring them together",
        ),
        facts={
            "introducer": between,
            "shared": len(reading.shared(one, other)),
            "last_contact": str(tie.last_contact),
            "days_since": (reading.day - tie.last_contact.latest).days,
            "cadence": str(tie.cadence) if tie.cadence else None,
            "from_both_sides": tie.from_both_sides,
            "certain": not reading.doubtful(tie.records),
        },
    )


def _is_day(tie: Tie) -> bool:
    return tie.last_contact is not None and tie.last_contact.text.count("-") == 2


def _may_be_past(reading: Reading, tie: Tie) -> str:
    """A word of doubt, where the tie may not have been held on the day."""
    if not reading.doubtful(tie.records):
        return ""
    return f" It may be that the tie was not held on {on_day(reading.day)}."
