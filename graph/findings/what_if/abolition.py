"""What goes with a body that is abolished, and what passes to its successor."""

from collections.abc import Sequence
from datetime import date

from graph.findings.answer import Finding, Row
from graph.findings.phrases import (
    by_name,
    counted,
    listed,
    lower_first,
    name,
    names,
    oldest_first,
    people,
    post_named,
    when,
)
from graph.findings.what_if.consequences import Consequences
from graph.findings.what_if.differences import DIFFERENCES_RULE, difference_rows, gaps_sentence
from graph.findings.what_if.duties import dependence_rows
from graph.findings.what_if.network_shape import SHAPE_RULE
from graph.findings.what_if.rehearsal import body_on, shown_on, without_body, without_leaders
from graph.findings.what_if.rows import (
    body_rows,
    joint_post_rows,
    link_rows,
    part_rows,
    vacancy_rows,
)
from graph.findings.what_if.told import (
    NOTHING_WRITTEN,
    broker_sentence,
    day_told,
    links_sentence,
    thin,
    vacancy_sentence,
)
from graph.posts import posts_held
from powermap.errors import InvalidValue
from powermap.model import Accountability, Organisation, PowerMap
from powermap.vocabulary import POST_KINDS


def what_if_abolished(
    power_map: PowerMap,
    organisation: str | Sequence[str],
    successor: str | None = None,
    on: date | None = None,
) -> Finding:
    """What goes with a body, or with several on one day, and what passes to a successor.

    Without a successor, people whose only posts go are taken to leave with them.
    """
    shown = shown_on(power_map, on)
    bodies = [organisation] if isinstance(organisation, str) else list(dict.fromkeys(organisation))
    for body in bodies:
        body_on(shown, body)
        if successor == body:
            raise InvalidValue.at("successor", "an organisation cannot succeed itself")
    if successor is not None:
        body_on(shown, successor)
    after, postless, later = if_abolished(power_map, shown, bodies, successor)
    leaving = [leader for leader in postless if leader not in later]
    found = Consequences(shown, after, leaving)
    dependent = dependence_rows(shown, bodies, passed_on=successor is not None)
    rows = [
        *_leaving_rows(shown, postless, later),
        *link_rows(found),
        *part_rows(found),
        *vacancy_rows(found),
        *dependent,
        *joint_post_rows(found),
        *body_rows(found),
        *difference_rows(found),
    ]
    said = listed(names(shown, bodies))
    sentences = [
        _abolition_sentence(shown, bodies, successor, postless),
        *[row.sentence for row in rows if row.kind == "goes_on_elsewhere"],
        _links_if_gone(found, leaving),
        _dependence_sentence(dependent, len(bodies)),
        vacancy_sentence(found),
        _successor_sentence(power_map, bodies) if successor is None else None,
        broker_sentence(found),
        gaps_sentence(rows),
    ]
    return Finding(
        question=f"What changes if {said} {'is' if len(bodies) == 1 else 'are'} abolished?",
        sentences=tuple(sentence for sentence in sentences if sentence),
        rows=tuple(rows),
        rule=f"On {day_told(shown)}. With a successor, posts, duties and ties pass to it. "
        "Without one, they go, and people whose only posts go are taken to leave with them, "
        "unless a later post is recorded for them; should they stay, the ties between people are "
        f"as now. {SHAPE_RULE} {DIFFERENCES_RULE} {NOTHING_WRITTEN}",
        thin=thin(found),
    )


def if_abolished(
    power_map: PowerMap, shown: PowerMap, bodies: Sequence[str], successor: str | None
) -> tuple[PowerMap, list[str], dict[str, Accountability]]:
    """The map as it would be, who would lose their only post, and the later posts of some.

    Those without a later post are not in it any more.
    """
    after = shown
    for body in bodies:
        after = without_body(after, body, successor)
    postless = _postless(shown, after)
    later = _later_posts(power_map, shown, postless)
    leaving = [leader for leader in postless if leader not in later]
    return without_leaders(after, leaving), postless, later


def _postless(shown: PowerMap, after: PowerMap) -> list[str]:
    """Leaders who hold a post now and would hold none."""
    remaining = posts_held(after)
    return by_name(shown, [leader for leader in posts_held(shown) if leader not in remaining])


def _later_posts(
    power_map: PowerMap, shown: PowerMap, leaders: Sequence[str]
) -> dict[str, Accountability]:
    """The next post recorded for each leader that begins after the day."""
    day = shown.on or shown.header.as_at
    found: dict[str, Accountability] = {}
    for post in sorted(power_map.accountabilities.values(), key=oldest_first):
        if (
            post.kind in POST_KINDS
            and post.active_from
            and post.active_from.earliest > day
            and post.holder is not None
            and post.holder in leaders
        ):
            found.setdefault(post.holder, post)
    return found


def _leaving_rows(
    shown: PowerMap, postless: Sequence[str], later: dict[str, Accountability]
) -> list[Row]:
    held = posts_held(shown)
    return [
        _goes_on_row(shown, leader, later[leader])
        if leader in later
        else Row(
            kind="post_goes",
            sentence=f"{name(shown, leader)} would hold no post on the recorded map: no longer "
            f"{listed([post_named(shown, post) for post in held[leader]])}.",
            parties=(leader,),
            records=tuple(post.id for post in held[leader]),
            next_step=f"Ask {name(shown, leader)} what comes next, and who takes on these ties.",
        )
        for leader in postless
    ]


def _goes_on_row(shown: PowerMap, leader: str, post: Accountability) -> Row:
    start = when(post.active_from) if post.active_from else ""
    where = shown.records.get(post.to)
    place = f" of {where.name}" if isinstance(where, Organisation) else ""
    return Row(
        kind="goes_on_elsewhere",
        sentence=f"{name(shown, leader)} is recorded as "
        f"{lower_first(post.title)}{place} from {start}.",
        parties=(leader,),
        records=(post.id,),
    )


def _abolition_sentence(
    shown: PowerMap, bodies: Sequence[str], successor: str | None, leaving: Sequence[str]
) -> str:
    said = listed(names(shown, bodies))
    verb = "is" if len(bodies) == 1 else "are"
    if successor is not None:
        return (
            f"If {said} {verb} abolished and {name(shown, successor)} takes over, "
            f"{'its' if len(bodies) == 1 else 'their'} posts, duties and ties pass on."
        )
    if not leaving:
        return f"If {said} {verb} abolished, nobody on the recorded map loses their only post."
    lose = "loses" if len(leaving) == 1 else "lose"
    return (
        f"If {said} {verb} abolished, {people(len(leaving))} {lose} their only post: "
        f"{listed(names(shown, leaving))}."
    )


def _links_if_gone(found: Consequences, leaving: Sequence[str]) -> str | None:
    if not leaving:
        return "The ties between people stay as they are."
    they = name(found.before, leaving[0]) if len(leaving) == 1 else "they"
    goes = "goes" if len(leaving) == 1 else "go"
    return f"If {they} {goes} too, {links_sentence(found)}."


def _dependence_sentence(rows: Sequence[Row], bodies: int) -> str | None:
    lost = [row for row in rows if row.kind == "answers_to_it"]
    it = "it" if bodies == 1 else "them"
    if not lost:
        return None
    if not any(row.next_step for row in lost):
        return f"{counted(len(lost), 'duty', 'duties').capitalize()} held to {it} would pass on."
    count = counted(len(lost), f"duty held to {it} needs", f"duties held to {it} need")
    that = "that" if len(lost) == 1 else "those"
    below = list(dict.fromkeys(row.facts["from"] for row in lost))
    return f"{count.capitalize()} another home: {that} of {listed(below)}."


def _successor_sentence(power_map: PowerMap, bodies: Sequence[str]) -> str:
    heirs = [
        power_map.organisations[heir]
        for body in bodies
        for heir in power_map.organisations[body].succeeded_by
        if heir in power_map.organisations and heir not in bodies
    ]
    if not heirs:
        return "No successor is recorded."
    return f"Recorded as taking over: {listed(sorted({heir.name for heir in heirs}), 8)}."
