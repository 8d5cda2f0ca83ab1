"""What is put on record of a paper: enough to make it again, but for a template."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from api.paper.asked import AskedQuestion, PaperAsked
from powermap.papers import KeptPaper, PaperToKeep
from visual.document.paper import Paper


def to_keep(asked: PaperAsked, made: Paper, content: bytes, *, format: str) -> PaperToKeep:
    """The record of a paper, given what was asked, what came of it and its file."""
    return PaperToKeep(
        title=made.title,
        format=format,
        revision=made.revision,
        made_at=made.made_at,
        ceiling=asked.ceiling.sensitivity,
        pseudonyms=asked.pseudonyms,
        digest=hashlib.sha256(content).hexdigest(),
        asked={"kind": format, **plain_asked(asked)},
    )


def plain_asked(asked: PaperAsked) -> dict[str, Any]:
    """What was asked, as it could be sent to ask for the same again."""
    front = {key: value for key, value in asdict(asked.front).items() if value is not None}
    if isinstance(day := front.pop("held_on", None), date):
        front["date"] = day.isoformat()
    return {
        "questions": [_plain_question(one) for one in asked.questions],
        "figures": [figure.text() for figure in asked.figures],
        "front_sheet": {key: str(value) for key, value in front.items()},
        "ceiling": asked.ceiling.value,
        "pseudonyms": asked.pseudonyms,
        **({"marking": asked.marking} if asked.marking else {}),
    }


def questions_of(paper: KeptPaper) -> tuple[AskedQuestion, ...]:
    """The questions that the paper answers, in its order."""
    return tuple(_question(each) for each in paper.asked["questions"])


def plain_paper(paper: KeptPaper, revision: int) -> dict[str, Any]:
    """A paper in a list, as JSON, beside the revision that the map has come to."""
    return {
        "id": paper.id,
        "title": paper.title,
        "format": paper.format,
        "made_at": paper.made_at.isoformat(),
        "made_by": paper.made_by,
        "revision": paper.revision,
        "moved_on_by": revision - paper.revision,
        "ceiling": paper.ceiling.value,
        "pseudonyms": paper.pseudonyms,
        "digest": paper.digest,
    }


def _plain_question(question: AskedQuestion) -> dict[str, Any]:
    told = {"name": question.name, "parameters": dict(question.parameters)}
    return {**told, "picture": True} if question.picture else told


def _question(told: Mapping[str, Any]) -> AskedQuestion:
    return AskedQuestion(
        name=told["name"], parameters=told["parameters"], picture=told.get("picture", False)
    )
