"""How two people see the five factors of their tie: both views, and where they differ."""

from collections.abc import Mapping, Sequence
from datetime import date
from statistics import fmean
from typing import Any

from graph.findings.answer import Finding, Row
from graph.findings.phrases import (
    listed,
    name,
    on_day,
    pair_named,
    sentence_case,
)
from powermap.errors import InvalidValue
from powermap.model import PowerMap, Relationship
from powermap.vocabulary import FACTOR_QUESTIONS, RelationshipKind

DIFFERENT = 2
"""From here on two views of one tie are told as different."""
FACTOR_SOURCE = (
    "The five factors are those of The King's Fund (2017), each rated 1 to 5 by one side."
)
PAIR_RULE = (
    f"{FACTOR_SOURCE} Both views are shown as they are, with no mean; several ties in one "
    f"direction are averaged. Two views differ from {DIFFERENT} points upwards."
)


def views_among(shown: PowerMap, among: set[str]) -> list[Relationship]:
    return [
        tie
        for tie in shown.relationships.values()
        if tie.source in among
        and tie.target in among
        and tie.kind is not RelationshipKind.INTRODUCED
        and any(getattr(tie.factors, factor) is not None for factor in FACTOR_QUESTIONS)
    ]


def pair_finding(shown: PowerMap, one: str, other: str, on: date) -> Finding:
    people = [shown.party(one).name, shown.party(other).name]
    if one == other:
        raise InvalidValue.at("other", "must differ from one")
    views = views_among(shown, {one, other})
    question = f"How do {listed(people)} see the five factors of their tie?"
    rule = f"On {on_day(on)}. {PAIR_RULE}"
    if not views:
        said = f"No view of the five factors between {listed(people)} is recorded on this date."
        return Finding(question=question, sentences=(said,), rows=(), rule=rule, thin=said)
    rows = pair_rows(shown, one, other, views)
    given = {tie.source for tie in views}
    sentences = [*_pair_headline(shown, one, other, rows)]
    thin = None
    if len(given) == 1:
        silent = people[1] if one in given else people[0]
        thin = f"Only one side is recorded: {silent} was not asked, or did not answer."
        sentences.append(thin)
    return Finding(
        question=question, sentences=tuple(sentences), rows=tuple(rows), rule=rule, thin=thin
    )


def pair_rows(shown: PowerMap, one: str, other: str, views: Sequence[Relationship]) -> list[Row]:
    rows = []
    for factor, asked in FACTOR_QUESTIONS.items():
        sides: dict[str, float | None] = {}
        records: list[str] = []
        for source, target in ((one, other), (other, one)):
            rated = [
                tie
                for tie in views
                if (tie.source, tie.target) == (source, target)
                and getattr(tie.factors, factor) is not None
            ]
            records += [tie.id for tie in rated]
            sides[source] = fmean(getattr(tie.factors, factor) for tie in rated) if rated else None
        rows.append(_pair_row(shown, factor, asked, sides, records))
    return rows


def _pair_headline(shown: PowerMap, one: str, other: str, rows: Sequence[Row]) -> list[str]:
    both = f"{name(shown, one)} and {name(shown, other)}"
    lows = {row.facts["factor"]: _lowest(row.facts["views"]) for row in rows}
    rated = {factor: low for factor, low in lows.items() if low is not None}
    lowest = min(rated.values())
    weakest = [FACTOR_QUESTIONS[factor] for factor, low in rated.items() if low == lowest]
    least = f"The lowest rating between {both} is {_plain(lowest)} of 5, for {listed(weakest)}."
    different = [row for row in rows if row.kind == "seen_differently"]
    if not different:
        sides = {who for row in rows for who, rating in row.facts["views"].items() if rating}
        agree = [f"No factor is seen differently by {DIFFERENT} points or more."]
        return [least, *(agree if len(sides) > 1 else [])]
    return [*[row.sentence for row in different], least]


def _lowest(views: Mapping[str, float | None]) -> float | None:
    return min((rating for rating in views.values() if rating is not None), default=None)


def _pair_row(
    shown: PowerMap,
    factor: str,
    asked: str,
    sides: Mapping[str, float | None],
    records: Sequence[str],
) -> Row:
    (one, here), (other, there) = sides.items()
    facts: dict[str, Any] = {"factor": factor, "views": dict(sides), "difference": None}
    what = sentence_case(asked)
    kind, step = "factor", None
    if here is None and there is None:
        said = f"{what} was not asked."
    elif here is None or there is None:
        who, rating = (other, there) if here is None else (one, here)
        said = f"{what} is rated {_plain(rating)} by {name(shown, who)}; the other side not asked."
    else:
        facts["difference"] = abs(here - there)
        said = (
            f"{what} is rated {_plain(here)} by {name(shown, one)} and {_plain(there)} by "
            f"{name(shown, other)}."
        )
        if abs(here - there) >= DIFFERENT:
            kind = "seen_differently"
            step = f"Ask {pair_named(shown, sides)} what each has in mind."
    return Row(
        kind=kind,
        sentence=said,
        parties=tuple(sides),
        records=tuple(records),
        next_step=step,
        facts=facts,
    )


def _plain(rating: float | None) -> str:
    return "" if rating is None else f"{rating:g}"
