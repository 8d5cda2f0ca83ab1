"""What a board figure says about itself: title, sentence, what is left out, source and method."""

from collections.abc import Mapping
from string import ascii_uppercase

from api.figures.asked import Making
from api.figures.ground import Ground
from api.mark import MarkKind
from api.pages.drawing import NOUNS
from api.pages.emphasis import EMPHASIS_WORDS
from api.pages.map_controls import filters_in_words
from api.pages.map_view import MapView
from api.pages.words import count, day, in_words, listed, sources
from api.view import View
from graph.findings.phrases import counted, sentence_case
from graph.network import Unit
from powermap.vocabulary import Basis, Layer, Sensitivity
from visual.figure.plan import Content
from visual.figure.words import Words

_BETWEEN = {
    Layer.RELATIONSHIPS: "Relationships between {}",
    Layer.TENSIONS: "Tensions between {}",
    Layer.ACCOUNTABILITIES: "Who answers to whom: {}",
}
_ABOVE = {
    Sensitivity.OPEN: "confidential or private",
    Sensitivity.CONFIDENTIAL: "private",
}


def words_of(ground: Ground, found: MapView, content: Content, making: Making) -> Words:
    """The words for what is drawn of a view of what the ceiling allows."""
    view, header = found.view, ground.whole.header
    noun = NOUNS[view.unit]
    kind = [_BETWEEN[view.layer].format(noun[1]), *shown_of(ground, view)]
    border = EMPHASIS_WORDS[view.emphasis].lower()
    return Words(
        title=header.title,
        kind=", ".join(kind),
        sentence=making.sentence or _sentence(found, content),
        noun=noun,
        border="" if found.emphasis_missing else border,
        notes=notes(
            ground, _left_out(found, content, noun), _method(found, content), found.sources, making
        ),
        marking=making.marking,
        maker=making.maker,
    )


def shown_of(ground: Ground, view: View) -> list[str]:
    """Of which day a view is, and through which filters."""
    on = view.on or ground.whole.header.as_at
    return [f"as at {day(on)}", *filters_in_words(view)]


def notes(
    ground: Ground, left_out: str, method: str, cited: Mapping[Basis, int], making: Making
) -> tuple[str, ...]:
    """What stands below every figure: what it leaves out, how to read it, where it is from."""
    header, told = ground.whole.header, sources(dict(cited))
    illustrative = "Illustrative: invented people. " if header.illustrative else ""
    made = (
        (f"Source: {told}. " if told else "Unsourced. ")
        + f"Map as at {day(header.as_at)}, revision {ground.whole.revision}. "
        f"Made on {day(making.made_on)} by {making.maker}."
    )
    said = (illustrative + left_out, _withheld(ground), method, made)
    return tuple(note for note in said if note)


def _sentence(found: MapView, content: Content) -> str:
    """The answer of the view."""
    view, names = found.view, found.names
    mark = view.mark
    marked = [names.get(party, found.shown.party(party).name) for party in mark.parties]
    if mark.kind is MarkKind.PATH:
        steps = count(len(marked) - 1, "step")
        return f"From {marked[0]} to {marked[-1]} in {steps}: " + ", then ".join(marked[1:]) + "."
    if mark.kind is MarkKind.PAIRS:
        pairs = zip(ascii_uppercase, marked[1::2], marked[2::2], strict=False)
        joined = [f"{one} and {other} ({letter})" for letter, one, other in pairs]
        return f"{marked[0]} joins {listed(joined)}."
    if mark.kind is MarkKind.GAP:
        return f"No tie is recorded between {marked[0]} and {marked[1]}."
    if marked:
        return f"It is about {listed(marked)}."
    if view.focus is not None:
        near = len(content.parties) - 1
        if not near:
            return f"{names[view.focus]} has no tie of this kind on the map."
        return (
            f"{names[view.focus]} and the {count(near, *NOUNS[view.unit])} within "
            f"{count(view.distance, 'step')}."
        )
    answer = found.answer
    joint = sentence_case(counted(len(answer.joint), "person holds", "people hold"))
    told = f"{joint} posts in two or more bodies. " if answer.joint else ""
    return told + "".join(piece.text for piece in answer.sentence)


def _left_out(found: MapView, content: Content, noun: tuple[str, str]) -> str:
    usual = [line for line in content.lines if not line.aside]
    people, lines = len(content.parties), len(usual)
    of_people, of_lines = len(found.parties), len(found.lines)
    if people == of_people and lines == of_lines:
        everybody = f"all {count(people, *noun)}" if people > 1 else count(people, *noun)
        every_tie = f"all {count(lines, 'tie')}" if lines > 1 else count(lines, "tie")
        return f"Shows {everybody} and {every_tie} of this kind."
    return (
        f"Shows {people:,} of {count(of_people, *noun)} and {lines:,} of "
        f"{count(of_lines, 'tie')} of this kind; the others are left out."
    )


def _withheld(ground: Ground) -> str:
    """How much is more sensitive than the ceiling, and of the private notes of others."""
    whole, allowed, ceiling = ground.whole, ground.allowed, ground.ceiling
    ties = len(whole.relationships) - len(allowed.relationships)
    records = len(whole.records) - len(allowed.records) - ties
    said = [count(ties, "tie")] if ties else []
    said += [count(records, "other record" if ties else "record")] if records else []
    told = f"{listed(said)} withheld: {_ABOVE[ceiling]}." if said else ""
    if any(one.sensitivity is not Sensitivity.OPEN for one in allowed.records.values()):
        told += " Holds records that are not open."
    if whole.withheld:
        told += f" {count(whole.withheld, 'private record')} of others left out."
    return told.strip()


def _method(found: MapView, content: Content) -> str:
    view = found.view
    bands = {party.band for party in content.parties} - {None}
    parts = ["Boxes stand near those they are tied to; place means nothing else."]
    if len(bands) > 1:
        words = EMPHASIS_WORDS[view.emphasis].lower()
        parts.append(
            f"Border: {words} ({in_words(view.emphasis)}), in thirds of the highest value; "
            "it describes the recorded map, not the person."
            if view.unit is Unit.LEADERS
            else f"Border: {words} ({in_words(view.emphasis)}), in thirds of the highest value."
        )
    if view.layer is not Layer.ACCOUNTABILITIES:
        parts.append("A tie that nobody recorded is not drawn.")
    return " ".join(parts)
