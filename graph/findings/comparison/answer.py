"""What has changed: the difference that matters first, and every row of it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from graph.findings.answer import Finding, Row, named_in
from graph.findings.comparison.other_changes import (
    accountability_rows,
    body_rows,
    joint_post_rows,
    people_rows,
)
from graph.findings.comparison.rank_changes import RANK_RULE, rank_rows
from graph.findings.comparison.sides import Sides
from graph.findings.comparison.tie_changes import tie_rows
from graph.findings.phrases import counted, listed, names, number, on_day, sentence_case
from graph.findings.what_if.network_shape import SHAPE_RULE, NetworkShape, network_shape
from graph.network import network
from powermap.errors import InvalidValue
from powermap.model import Accountability, PowerMap, Record, Relationship
from powermap.vocabulary import RelationshipKind

SHOWN = 3
COUNTED = {
    "turned": ("tie turned", "ties turned"),
    "strengthened": ("tie strengthened", "ties strengthened"),
    "weakened": ("tie weakened", "ties weakened"),
    "changed_kind": ("tie changed in kind", "ties changed in kind"),
    "tie_opened": ("tie opened", "ties opened"),
    "tie_closed": ("tie closed", "ties closed"),
    "joint_post_begun": ("joint post began", "joint posts began"),
    "joint_post_ended": ("joint post ended", "joint posts ended"),
    "body_born": ("body began", "bodies began"),
    "body_abolished": ("body ended", "bodies ended"),
    "person_came": ("person came in", "people came in"),
    "person_went": ("person went", "people went"),
    "post_begun": ("post or task was taken up", "posts or tasks were taken up"),
    "post_ended": ("post or task was given up", "posts or tasks were given up"),
    "vacancy_begun": ("post came without a named holder", "posts came without a named holder"),
    "duty_begun": ("duty between bodies began", "duties between bodies began"),
    "duty_ended": ("duty between bodies ended", "duties between bodies ended"),
}
"""What the first sentence counts, in this order; seats only have their rows."""
HEADLINES = (
    "turned",
    "joint_post_begun",
    "joint_post_ended",
    "strengthened",
    "weakened",
    "changed_kind",
    "body_abolished",
    "body_born",
    "person_came",
    "person_went",
)
"""What is told in full sentences, in this order, a few of each."""


def what_changed(power_map: PowerMap, before: date, after: date) -> Finding:
    """What began, ended, strengthened or turned between two days, as the map knows it now."""
    if before >= after:
        raise InvalidValue.at("after", f"must be later than {before.isoformat()}")
    sides = Sides(before=power_map.held_on(before), after=power_map.held_on(after), as_known=False)
    between = f"between {on_day(before)} and {on_day(after)}"
    passing = _passing(power_map, sides, before, after)
    return _finding(
        sides,
        question=f"What changed {between}?",
        between=sentence_case(between),
        nothing=f"Nothing recorded changed {between}.",
        more=[passing] if passing else [],
        rule=f"What is held on {on_day(after)} and was not on {on_day(before)}, and the reverse, "
        "by the dates recorded now. A partial date that allows both readings is told as 'may "
        "have'. A tie of one kind that ends and one of another that begins in the same person's "
        f"view is one tie that turned. {_ORDER} {SHAPE_RULE}",
    )


def what_changed_since(earlier: PowerMap, later: PowerMap) -> Finding:
    """What the map says now that it did not say at an earlier revision, and the reverse."""
    if earlier.header.id != later.header.id:
        raise InvalidValue.at("from_revision", "must be an earlier revision of the same map")
    if earlier.revision > later.revision:
        why = f"must not be later than the revision it is compared with, which is {later.revision}"
        raise InvalidValue.at("from_revision", why)
    sides = Sides(
        before=earlier.held_on(earlier.header.as_at),
        after=later.held_on(later.header.as_at),
        as_known=True,
    )
    since = f"since revision {earlier.revision}"
    return _finding(
        sides,
        question=f"What has changed in the record {since}?",
        between=sentence_case(since),
        nothing=f"Nothing recorded has changed {since}.",
        more=_reworded(sides),
        rule=f"What the map says at revision {later.revision}, as at "
        f"{on_day(later.header.as_at)}, beside revision {earlier.revision}, as at "
        f"{on_day(earlier.header.as_at)}: changes of what is recorded, which need not be changes "
        f"of what is so. {_ORDER} {SHAPE_RULE}",
    )


_ORDER = (
    "Order: ties that turned, strengthened, weakened, changed in kind, opened and closed; joint "
    "posts; bodies; people; posts, seats and duties."
)


def _finding(
    sides: Sides,
    *,
    question: str,
    between: str,
    nothing: str,
    more: Sequence[Row],
    rule: str,
) -> Finding:
    changes = [
        *tie_rows(sides),
        *joint_post_rows(sides),
        *body_rows(sides),
        *people_rows(sides),
        *accountability_rows(sides),
        *more,
    ]
    rule = f"{rule} {RANK_RULE}"
    if not changes:
        return Finding(question=question, sentences=(nothing,), rows=(), rule=rule)
    shapes, ranks = _shapes(sides), rank_rows(sides)
    told = [_group_told(kind, changes) for kind in HEADLINES]
    sentences = [_counts(between, changes), *[said for said in told if said]]
    sentences += [row.sentence for row in more]
    network_told = _network_told(sides, *shapes)
    if network_told:
        sentences.append(network_told)
    if ranks:
        sentences.append(_ranks_told(ranks))
    whole = Row(
        kind="whole_network",
        sentence=network_told or "The network of relationships between people is as it was.",
        facts={"before": shapes[0].numbers, "after": shapes[1].numbers},
    )
    return Finding(
        question=question,
        sentences=tuple(sentences),
        rows=(*changes, *ranks, whole),
        rule=rule,
        past=named_in(changes, sides.before) if sides.as_known else {},
    )


def _counts(between: str, rows: Sequence[Row]) -> str:
    kinds = Counter(row.kind for row in rows)
    parts = [counted(kinds[kind], *COUNTED[kind]) for kind in COUNTED if kinds[kind]]
    unsure = sum(row.facts.get("sure") is False for row in rows)
    partial = ""
    if unsure:
        count = sentence_case(counted(unsure, "change"))
        partial = f" {count} may lie outside these days, as far as the dates tell."
    if not parts:
        return f"{between}, only seats and details changed in the recorded map.{partial}"
    return f"{between}, in the recorded map, {listed(parts, 20)}.{partial}"


def _ranks_told(ranks: Sequence[Row]) -> str:
    said = counted(len(ranks), "rank")
    return f"{sentence_case(said)} moved by more than any one tie could account for."


def _group_told(kind: str, rows: Sequence[Row]) -> str | None:
    """The first sentences of one kind, told one after the other."""
    found = [row.sentence for row in rows if row.kind == kind]
    if not found:
        return None
    rest = len(found) - SHOWN
    more = f" And {number(rest)} more." if rest > 0 else ""
    return " ".join(found[:SHOWN]) + more


def _passing(power_map: PowerMap, sides: Sides, before: date, after: date) -> Row | None:
    """Records that began after the first day and ended before the second."""
    found = []
    for record in power_map.records.values():
        if record.period is None or record.id in sides.either.records:
            continue
        start, _, _, end = record.period.bounds
        if start and end and start > before and end < after:
            found.append(record)
    if not found:
        return None
    sorts = Counter(_sort(record) for record in found)
    parts = [counted(sorts[sort], *sort) for sort in sorted(sorts)]
    return Row(
        kind="came_and_went",
        sentence=f"{sentence_case(listed(parts))} came and went between the two days.",
        records=tuple(record.id for record in found),
    )


def _sort(record: Record) -> tuple[str, str]:
    if isinstance(record, Relationship):
        introduction = record.kind is RelationshipKind.INTRODUCED
        return ("introduction", "introductions") if introduction else ("tie", "ties")
    if isinstance(record, Accountability):
        return ("post, seat or duty", "posts, seats or duties")
    return ("body", "bodies")


def _reworded(sides: Sides) -> list[Row]:
    found = sides.reworded()
    if not found:
        return []
    changed = counted(len(found), "record was", "records were")
    return [
        Row(
            kind="reworded",
            sentence=f"{sentence_case(changed)} changed in other ways: names, dates, evidence "
            "or how a tie is described.",
            records=tuple(found),
        )
    ]


def _shapes(sides: Sides) -> tuple[NetworkShape, NetworkShape]:
    return (
        network_shape(network(sides.before, on=sides.before.on)),
        network_shape(network(sides.after, on=sides.after.on)),
    )


def _network_told(sides: Sides, before: NetworkShape, after: NetworkShape) -> str | None:
    if before.numbers == after.numbers:
        return None
    said = []
    if before.ties != after.ties:
        said.append(f"from {counted(before.ties, 'tie')} to {number(after.ties)}")
    if len(before.isolated) != len(after.isolated):
        without = counted(len(before.isolated), "person", "people")
        said.append(f"from {without} without any tie to {number(len(after.isolated))}")
    size = f"The network of relationships went {listed(said)}. " if said else ""
    if before.brokers & after.brokers or not after.brokers:
        return size.strip() or None
    who = listed(names(sides.either, after.brokers))
    join = "joins" if len(after.brokers) == 1 else "join"
    was = f", in place of {listed(names(sides.either, before.brokers))}" if before.brokers else ""
    return f"{size}{who} now {join} the most pairs who have no tie of their own{was}."
