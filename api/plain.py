"""Log entries and findings as JSON: the same for the API and for the command."""

from typing import Any

from graph.findings.joint_posts import JointPost
from powermap.changes import Entry
from powermap.schema import plain


def plain_entry(entry: Entry) -> dict[str, Any]:
    """A line of the log as JSON."""
    written: dict[str, Any] = {
        "op": entry.op.value,
        "kind": entry.kind.value,
        "id": entry.id,
        "version": entry.version,
        "revision": entry.revision,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
    }
    if entry.cause is not None:
        written["cause"] = entry.cause
    if entry.record is not None:
        written["record"] = plain(entry.record)
    return written


def plain_joint_post(joint: JointPost) -> dict[str, Any]:
    """A joint post as JSON."""
    return {
        "leader": plain(joint.leader),
        "sentence": joint.sentence,
        "certain": joint.certain,
        "rungs_apart": joint.rungs_apart,
        "posts": [
            {
                "body": plain(post.body),
                "accountability": plain(post.accountability),
                "held": post.held.value,
                "answers_to": post.answers_to,
            }
            for post in joint.posts
        ],
    }
