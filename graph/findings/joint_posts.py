"""Who holds posts in two or more bodies at the same time, and what that asymmetry looks like."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from graph.posts import posts_held
from powermap.dates import Held
from powermap.model import Accountability, Leader, Organisation, PowerMap
from powermap.vocabulary import Level


@dataclass(frozen=True, kw_only=True)
class Post:
    """One of a leader's posts, with the body it is in and the line above it."""

    accountability: Accountability
    body: Organisation
    held: Held
    answers_to: str | None
    """Who holds the post above, by name and title; None when no line is recorded."""


@dataclass(frozen=True, kw_only=True)
class JointPost:
    """A leader who holds posts in two or more bodies on a day. Found, never typed in."""

    leader: Leader
    posts: tuple[Post, ...]
    """Most senior first."""
    rungs_apart: int | None
    """Between the highest and the lowest level on the ladder; None when fewer than two are."""
    sentence: str

    @property
    def certain(self) -> bool:
        """Whether every reading of the dates puts the posts in two bodies on that day."""
        return len({post.body.id for post in self.posts if post.held is Held.YES}) > 1


def joint_posts(power_map: PowerMap, on: date | None = None) -> list[JointPost]:
    """Every joint post on a day (the map's as-at date unless given), the most asymmetric first.

    A post is an accountability of kind post, statutory or secondment to a body on the map.
    """
    shown = power_map.held_on(on or power_map.header.as_at)
    found = []
    for leader_id, held in posts_held(shown).items():
        if len({post.to for post in held}) > 1:
            found.append(_joint_post(shown, shown.leaders[leader_id], held))
    return sorted(
        found, key=lambda joint: (-(joint.rungs_apart or 0), joint.leader.name.casefold())
    )


def _joint_post(shown: PowerMap, leader: Leader, held: tuple[Accountability, ...]) -> JointPost:
    posts = tuple(
        Post(
            accountability=post,
            body=shown.organisations[post.to],
            held=Held.MAYBE if post.id in shown.doubtful else Held.YES,
            answers_to=_line_above(shown, post),
        )
        for post in held
    )
    best: dict[str, int] = {}
    for post in held:
        rung = post.level.rung if post.level else None
        if rung is not None:
            best[post.to] = max(rung, best.get(post.to, 0))
    apart = max((abs(a - b) for a, b in combinations(best.values(), 2)), default=None)
    return JointPost(
        leader=leader, posts=posts, rungs_apart=apart, sentence=_sentence(leader, posts, apart)
    )


def _line_above(shown: PowerMap, post: Accountability) -> str | None:
    above = shown.accountabilities.get(post.reports_to or "")
    if above is None:
        return None
    holder = shown.records.get(above.holder or "")
    if isinstance(holder, Leader | Organisation):
        return f"{holder.name}, {above.title}"
    return f"{above.title} ({above.holder_status})"


def _sentence(leader: Leader, posts: tuple[Post, ...], apart: int | None) -> str:
    phrases = [
        f"{'acting ' if post.accountability.acting else ''}"
        f"{_lower_first(post.accountability.title)} of {post.body.name}"
        + (" (may have been held)" if post.held is Held.MAYBE else "")
        for post in posts
    ]
    if apart is None:
        balance = "How senior the posts are beside each other is not recorded."
    elif apart == 0:
        balance = "The posts are of the same seniority."
    else:
        levels = [post.accountability.level for post in posts if post.accountability.level]
        ladder = [level for level in levels if level.rung is not None]
        highest = max(ladder, key=_rung)
        lowest = min(ladder, key=_rung)
        balance = f"{_level(highest)} in one body and {_level(lowest).lower()} in another."
    return f"{leader.name} is {' and '.join(phrases)}. {balance}"


def _rung(level: Level) -> int:
    return level.rung or 0


def _level(level: Level) -> str:
    return level.value.replace("_", " ").capitalize()


def _lower_first(title: str) -> str:
    """`Chief executive` inside a sentence; `NHS lead` as it stands."""
    second = title[1:2]
    return title if second.isupper() else title[:1].lower() + title[1:]
