"""What counts as another reading of an answer, line by line."""

from __future__ import annotations

import pytest

from api.paper.asked import AskedQuestion
from api.paper.moved_on import AnswerSince, Line, Reading


def reading(*sentences: str, **values: object) -> Reading:
    said = {"heading": "Who?", "sentences": ("So.",), "caution": None, "of": len(sentences)}
    lines = tuple(Line(sentence, None) for sentence in sentences)
    return Reading(**{**said, "lines": lines, **values})  # type: ignore[arg-type]  # many kinds


def since(then: Reading | None, now: Reading | None) -> AnswerSince:
    return AnswerSince(asked=AskedQuestion(name="gaps", parameters={}), then=then, now=now)


def told(lines: tuple[Line, ...]) -> list[str]:
    return [line.sentence for line in lines]


@pytest.mark.parametrize(
    ("then", "now", "gone", "new"),
    [
        ("abc", "abc", "", ""),
        ("abc", "ac", "b", ""),
        ("ac", "abc", "", "b"),
        ("abc", "xbc", "a", "x"),
        ("abc", "xabc", "", "x"),
        ("abc", "acb", "bc", "cb"),
        ("abc", "bax", "c", "x"),
        ("aab", "ab", "a", ""),
        ("abc", "", "abc", ""),
        ("", "abc", "", "abc"),
    ],
)
def test_lines_that_went_came_or_changed_places(then: str, now: str, gone: str, new: str) -> None:
    answer = since(reading(*then), reading(*now))

    assert answer.differs is (then != now)
    assert (told(answer.gone), told(answer.new)) == (list(gone), list(new))


@pytest.mark.parametrize(
    "now",
    [
        reading("a", heading="Whom?"),
        reading("a", sentences=("Not so.",)),
        reading("a", caution="Few ties."),
        reading("a", of=2),
        reading(lines=(Line("a", "Ask a."),), of=1),
        None,
    ],
)
def test_anything_that_is_read_makes_a_difference(now: Reading | None) -> None:
    assert since(reading("a"), now).differs is True


def test_what_can_no_longer_be_told_is_not_said_to_differ() -> None:
    assert since(None, reading("a")).differs is None
    assert since(None, None).differs is None
