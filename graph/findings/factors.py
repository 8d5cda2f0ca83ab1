"""The five factors of leading across a system: of a pair, of a body's members, of a map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from graph.findings.answer import Finding, Row
from graph.findings.factor_pairs import (
    DIFFERENT,
    FACTOR_SOURCE,
    pair_finding,
    pair_rows,
    views_among,
)
from graph.findings.phrases import (
    counted,
    decimal,
    listed,
    number,
    on_day,
    pair_named,
    pairs_by_name,
    sentence_case,
)
from powermap.errors import InvalidValue
from powermap.model import Organisation, PowerMap, Relationship
from powermap.vocabulary import FACTOR_QUESTIONS

FEWEST_RATERS = 3
"""Below this a mean of several people's views is not shown: it would give single views away."""
LONG_TERM = 4
SHORT_TERM = 2

GROUP_RULE = (
    f"{FACTOR_SOURCE} The mean of all views held on the date, with the number of views and of "
    f"people who gave them; no mean from fewer than {FEWEST_RATERS} people. The weakest has the "
    f"lowest mean. Ties are called long-term from {LONG_TERM} upwards. A factor nobody rated was "
    "not asked, which is not a low rating."
)


def five_factors(
    power_map: PowerMap,
    one: str | None = None,
    other: str | None = None,
    group: str | None = None,
    on: date | None = None,
) -> Finding:
    """The profile of a pair (`one` and `other`), of a body's people (`group`), or of the map."""
    on = on or power_map.header.as_at
    shown = power_map if power_map.on == on else power_map.held_on(on)
    if (one is None) != (other is None) or (one is not None and group is not None):
        raise InvalidValue.at("one", "name both people of a pair, or a group, or neither")
    if one is not None and other is not None:
        return pair_finding(shown, one, other, on)
    if group is None:
        return _several(shown, set(shown.leaders), "across the map", on)
    body = shown.record(group)
    if not isinstance(body, Organisation):
        raise InvalidValue.at("group", "must be an organisation on the map on this date")
    return _several(shown, members_of(shown, group), f"among the people of {body.name}", on)


def members_of(shown: PowerMap, body: str) -> set[str]:
    """The leaders with any post or seat in a body."""
    return {
        duty.holder
        for duty in shown.accountabilities.values()
        if duty.to == body and duty.holder is not None and duty.holder in shown.leaders
    }


@dataclass(frozen=True, kw_only=True)
class FactorProfile:
    """One factor over several views."""

    factor: str
    ratings: tuple[int, ...]
    raters: int
    records: tuple[str, ...]

    @property
    def mean(self) -> float | None:
        """None where too few rated it for a mean to be shown."""
        return fmean(self.ratings) if self.raters >= FEWEST_RATERS else None


def _profiles(views: Sequence[Relationship]) -> list[FactorProfile]:
    found = []
    for factor in FACTOR_QUESTIONS:
        rated = [tie for tie in views if getattr(tie.factors, factor) is not None]
        found.append(
            FactorProfile(
                factor=factor,
                ratings=tuple(getattr(tie.factors, factor) for tie in rated),
                raters=len({tie.source for tie in rated}),
                records=tuple(tie.id for tie in rated),
            )
        )
    return found


def _several(shown: PowerMap, among: set[str], where: str, on: date) -> Finding:
    views = views_among(shown, among)
    profiles = _profiles(views)
    question = f"How do the five factors look {where}?"
    raters = len({tie.source for tie in views})
    rule = f"On {on_day(on)}. {GROUP_RULE}"
    rows = tuple(_profile_row(profile) for profile in profiles)
    if raters < FEWEST_RATERS:
        said = (
            f"{sentence_case(number(raters) if raters else 'none')} of "
            f"{counted(len(among), 'person', 'people')} rated the five factors {where}; a mean is "
            f"shown from {number(FEWEST_RATERS)}."
        )
        return Finding(question=question, sentences=(said,), rows=rows, rule=rule, thin=said)
    known = [profile for profile in profiles if profile.mean is not None]
    sentences = [_weakest_told(known, where), _long_term_told(profiles), _coverage(views, among)]
    differing = _differing_pairs(shown, views)
    if differing:
        sentences.insert(2, _differing_told(shown, differing))
    return Finding(
        question=question,
        sentences=tuple(sentence for sentence in sentences if sentence),
        rows=(
            *rows,
            *[row for pair in differing for row in _different_rows(shown, pair, views)],
        ),
        rule=rule,
        thin=_thin(raters, among),
    )


def _profile_row(profile: FactorProfile) -> Row:
    what = sentence_case(FACTOR_QUESTIONS[profile.factor])
    views = counted(len(profile.ratings), "view")
    if not profile.ratings:
        said = f"{what} was not asked."
    elif profile.mean is None:
        said = f"{what} has ratings from too few people for a mean ({number(profile.raters)})."
    else:
        raters = counted(profile.raters, "person", "people")
        said = f"{what} is rated {decimal(profile.mean)} on average, in {views} of {raters}."
    return Row(
        kind="factor",
        sentence=said,
        records=profile.records if profile.mean is not None else (),
        facts={
            "factor": profile.factor,
            "mean": profile.mean,
            "views": len(profile.ratings),
            "raters": profile.raters,
        },
    )


def _weakest_told(profiles: Sequence[FactorProfile], where: str) -> str:
    means = {profile.factor: profile.mean or 0.0 for profile in profiles}
    lowest, highest = min(means.values()), max(means.values())
    weakest = [factor for factor, mean in means.items() if mean == lowest]
    strongest = [factor for factor, mean in means.items() if mean == highest]
    if lowest == highest:
        return f"All rated factors stand equal {where}, at {decimal(lowest)} of 5."
    names = listed([FACTOR_QUESTIONS[factor] for factor in weakest])
    best = listed([FACTOR_QUESTIONS[factor] for factor in strongest])
    verb = "is the weakest factor" if len(weakest) == 1 else "are the weakest factors"
    return (
        f"In the recorded map {names} {verb} {where}, at {decimal(lowest)} of 5; "
        f"{best} {'is' if len(strongest) == 1 else 'are'} highest, at {decimal(highest)}."
    )


def _long_term_told(profiles: Iterable[FactorProfile]) -> str | None:
    profile = next(profile for profile in profiles if profile.factor == "long_term")
    if profile.mean is None:
        return "Whether ties are long-term was rated by too few people to say."
    ratings = profile.ratings
    long = sum(rating >= LONG_TERM for rating in ratings)
    short = sum(rating <= SHORT_TERM for rating in ratings)
    return (
        f"{sentence_case(number(long)) if long else 'None'} of {counted(len(ratings), 'view')} "
        f"{'calls its tie' if long == 1 else 'call their tie'} long-term "
        f"({LONG_TERM} or 5), and {number(short) if short else 'none'} "
        f"{'rates' if short < 2 else 'rate'} it {SHORT_TERM} or less."
    )


def _coverage(views: Sequence[Relationship], among: set[str]) -> str:
    raters = len({tie.source for tie in views})
    return (
        f"This rests on {counted(len(views), 'view')} given by {number(raters)} of "
        f"{counted(len(among), 'person', 'people')}."
    )


def _thin(raters: int, among: set[str]) -> str | None:
    if 2 * raters >= len(among):
        return None
    return (
        f"{sentence_case(number(raters))} of {counted(len(among), 'person', 'people')} "
        "gave a view; the others were not asked or did not answer."
    )


def _differing_pairs(shown: PowerMap, views: Sequence[Relationship]) -> list[tuple[str, str]]:
    pairs = pairs_by_name(shown, {(tie.source, tie.target) for tie in views})
    return [pair for pair in pairs if _different_rows(shown, pair, views)]


def _different_rows(
    shown: PowerMap, pair: tuple[str, str], views: Sequence[Relationship]
) -> list[Row]:
    return [row for row in pair_rows(shown, *pair, views) if row.kind == "seen_differently"]


def _differing_told(shown: PowerMap, pairs: Sequence[tuple[str, str]]) -> str:
    shown_pairs = "; ".join(pair_named(shown, pair) for pair in pairs[:3])
    among = "" if len(pairs) <= 3 else ", among them"
    many = counted(len(pairs), "pair")
    return (
        f"{sentence_case(many)} {'sees' if len(pairs) == 1 else 'see'} a factor of their tie "
        f"differently by {DIFFERENT} points or more{among or ':'} {shown_pairs}."
    )
