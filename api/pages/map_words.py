"""What the panel beside the map says, in sentences alone: to be copied, or had as a file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api.mark import MarkKind
from api.pages.answer import Answer, Pair, Said
from api.pages.copying import Passage
from api.pages.rows import LineRow
from api.pages.words import count, day

_THIN = {
    "empty": "Nobody is on this map.",
    "all_filtered": "Nobody passes the filters.",
    "no_parties": "There is nobody to draw on {on}.",
    "no_ties": "No tie of this kind is recorded on {on}.",
}


def passages_of(told: Mapping[str, Any]) -> list[Passage]:
    """The panel under its headings, from what the page is told (`api.pages.map_told`)."""
    return [passage for passage in _passages(told) if passage.sentences]


def _passages(told: Mapping[str, Any]) -> Iterator[Passage]:
    view, answer = told["view"], told["answer"]
    if told["marked"]:
        yield Passage(heading="Highlighted", sentences=tuple(_marked(told)))
    if view.focus:
        yield _focus(told)
    elif answer.broker:
        yield Passage(
            heading="The strongest broker",
            sentences=(
                _plain(answer.sentence),
                *(() if told["marked"] else _pairs(answer, told["names"])),
            ),
        )
    elif answer.joint:
        yield Passage(heading="Joint posts", sentences=tuple(map(_plain, answer.joint)))
    elif not told["thin"]:
        yield Passage(heading="No broker stands out", sentences=(_plain(answer.sentence),))
    else:
        sentence = _THIN[told["thin"]].format(on=day(told["on"]))
        yield Passage(heading="Not enough is recorded yet", sentences=(sentence,))
    if not view.focus:
        for matter in told["matters"]:
            yield Passage(heading=matter.heading, sentences=(matter.sentence,))
    yield Passage(heading="How far to trust it", sentences=tuple(told["trust"]))


def _marked(told: Mapping[str, Any]) -> Iterator[str]:
    kind = told["view"].mark.kind
    for place, (label, ends) in enumerate(told["marked"]):
        names = (" to " if kind is MarkKind.PATH else " and ").join(name for _, name in ends)
        lacks = ": no tie between the two is recorded" if kind is MarkKind.GAP and not place else ""
        yield f"{label + ': ' if label else ''}{names}{lacks}."


def _focus(told: Mapping[str, Any]) -> Passage:
    """Whom the picture is about, and each of their ties in this layer."""
    row = told["party_of"].get(told["view"].focus)
    if row is None:
        return Passage(sentences=("Not on the map on this day.",))
    near = count(len(told["seen"].drawn) - 1, *told["noun"])
    return Passage(
        heading=row.name,
        sentences=(
            f"In the recorded map, {row.name} has ties with {near}.",
            *_ties(row.lines),
        ),
    )


def _ties(lines: Sequence[LineRow]) -> Iterator[str]:
    for each in lines:
        yield f"{each.title}: {each.kinds}. {each.how}."


def _pairs(answer: Answer, names: Mapping[str, str]) -> Iterator[str]:
    for pair in answer.pairs:
        yield f"{pair.letter}: {_both(pair, names)}."
    if more := answer.joined - len(answer.pairs):
        yield f"And {count(more, 'more pair')}."


def _both(pair: Pair, names: Mapping[str, str]) -> str:
    return f"{names[pair.one]} and {names[pair.other]}"


def _plain(pieces: Sequence[Said]) -> str:
    return "".join(piece.text for piece in pieces)
