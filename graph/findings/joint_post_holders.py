"""Who holds posts in two bodies or more on a day, as an answer beside the year before."""

from collections.abc import Sequence
from datetime import date

from graph.findings.answer import Finding, Row
from graph.findings.joint_posts import JointPost, joint_posts
from graph.findings.phrases import counted, has_have, listed, on_day, sentence_case
from powermap.model import PowerMap

RULE = (
    "A joint post is one person who holds accountabilities of kind post, statutory or secondment "
    "to two bodies or more on the day. Order: by how far apart the levels of the posts are on the "
    "ladder of seniority (chief officer 6 to manager 1), then by name. The year before is the same "
    "day one year earlier, by the dates that are recorded now."
)


def joint_post_holders(power_map: PowerMap, on: date | None = None) -> Finding:
    """Every joint post on a day (the map's as-at date unless given), and what it was before."""
    day = on or power_map.header.as_at
    found = joint_posts(power_map, day)
    earlier = _a_year_before(day)
    before = joint_posts(power_map, earlier)
    return Finding(
        question=f"Who holds posts in two bodies or more on {on_day(day)}?",
        sentences=(_how_many(found, day), *_how_senior(found), *_since(found, before, earlier)),
        rows=tuple(_row(joint, before) for joint in found),
        rule=RULE,
        thin=_thin(power_map, day),
    )


def _how_many(found: Sequence[JointPost], day: date) -> str:
    if not found:
        return f"In the recorded map nobody holds posts in two bodies or more on {on_day(day)}."
    unsure = [joint for joint in found if not joint.certain]
    told = (
        f"On {on_day(day)} {counted(len(found), 'person', 'people')} "
        f"{'holds' if len(found) == 1 else 'hold'} posts in two bodies or more"
    )
    if len(unsure) == len(found):
        return f"{sentence_case(told)}, as far as the dates tell."
    if unsure:
        open_for = counted(len(unsure), "of them", "of them")
        return f"{sentence_case(told)}; for {open_for} the dates leave it open."
    return f"{sentence_case(told)}."


def _how_senior(found: Sequence[JointPost]) -> tuple[str, ...]:
    apart = [joint for joint in found if joint.rungs_apart]
    if not apart:
        return ()
    if len(found) == 1:
        return (f"{found[0].leader.name} has a higher rank in one body than in the other.",)
    named = listed([joint.leader.name for joint in apart])
    return (
        f"{sentence_case(counted(len(apart), 'of them', 'of them'))} "
        f"{has_have(len(apart))} a higher rank in one body than in the other: {named}.",
    )


def _since(
    found: Sequence[JointPost], before: Sequence[JointPost], earlier: date
) -> tuple[str, ...]:
    """Who was not there a year earlier, and who no longer is."""
    if not found and not before:
        return ()
    now, then = ({joint.leader.id: joint.leader.name for joint in each} for each in (found, before))
    begun = [name for id, name in now.items() if id not in then]
    ended = sorted((name for id, name in then.items() if id not in now), key=str.casefold)
    if now.keys() == then.keys():
        return (f"It was the same {'person' if len(now) == 1 else 'people'} a year earlier.",)
    did = counted(len(then), "person", "people") if then else "nobody"
    told = f"A year earlier, on {on_day(earlier)}, {did} did"
    if begun:
        told += f"; new since then: {listed(sorted(begun, key=str.casefold), most=8)}"
    if ended:
        told += f"; no longer: {listed(ended, most=8)}"
    return (f"{told}.",)


def _row(joint: JointPost, before: Sequence[JointPost]) -> Row:
    bodies = list(dict.fromkeys(post.body.id for post in joint.posts))
    earlier = next((each for each in before if each.leader.id == joint.leader.id), None)
    return Row(
        kind="different_rank" if joint.rungs_apart else "same_rank",
        sentence=f"{joint.sentence}{_lines(joint)}",
        parties=(joint.leader.id, *bodies),
        records=tuple(post.accountability.id for post in joint.posts),
        facts={
            "rungs_apart": joint.rungs_apart,
            "certain": joint.certain,
            "posts": [
                {
                    "body": post.body.id,
                    "title": post.accountability.title,
                    "level": post.accountability.level,
                    "answers_to": post.answers_to,
                }
                for post in joint.posts
            ],
            "a_year_earlier": earlier.sentence if earlier else None,
        },
    )


def _lines(joint: JointPost) -> str:
    """The two lines of accountability."""
    told = [f"{post.answers_to}, in {post.body.name}" for post in joint.posts if post.answers_to]
    return f" The line above: {'; '.join(told)}." if told else ""


def _thin(power_map: PowerMap, day: date) -> str | None:
    if power_map.held_on(day).leaders:
        return None
    return "No leader is on the map on this day."


def _a_year_before(day: date) -> date:
    # 29 February has no year before.
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
