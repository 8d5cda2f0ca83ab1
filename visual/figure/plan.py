"""One view of a map, planned: where everybody stands and how every line runs.

A sheet and a slide are drawn from the same plan, so they show the same picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from powermap.errors import InvalidValue
from visual.cards import CardStyle
from visual.figure.card import RING
from visual.figure.curves import OFF, Bounds, Path, courses, cut
from visual.figure.lettering import Cards, cards
from visual.figure.margins import heading
from visual.figure.preset import SIZES, Preset, Size
from visual.figure.seats import most_lines, seats
from visual.figure.words import Words
from visual.lines import Line
from visual.picture import Highlight, Party
from visual.routing import Point

SWING = 34.0
"""How far above and below the boxes a line may swing."""
HEADROOM = 30.0
"""Above the boxes: for the heading of a region, or a line that swings."""


@dataclass(frozen=True)
class _Missing:
    """A tie that is not there, as far as its course is concerned."""

    id: str
    source: str
    target: str
    layer: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What is drawn: the same parties, lines, places and highlight as on the screen."""

    parties: Sequence[Party]
    lines: Sequence[Line]
    screen: Mapping[str, Point]
    highlight: Highlight

    def by_name(self) -> "Content":
        """The same with everybody called by their place among the names.

        Ids are minted by chance: on them no figure may hang.
        """
        parties = sorted(self.parties, key=lambda party: (party.name, party.role, party.id))
        key = {party.id: f"{place:04}" for place, party in enumerate(parties)}
        lines = [
            replace(line, source=key[line.source], target=key[line.target]) for line in self.lines
        ]
        return Content(
            parties=[replace(party, id=key[party.id]) for party in parties],
            lines=sorted(lines, key=lambda line: (line.source, line.target, line.layer)),
            screen={key[id]: self.screen[id] for id in key},
            highlight=_renamed(self.highlight, key),
        )


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that is decided before anything is drawn; lengths in units of the sheet."""

    content: Content
    """With everybody called by their place among the names."""
    words: Words
    size: Size
    lettered: Cards
    positions: Mapping[str, Point]
    """The middle of everybody's box."""
    paths: Mapping[str, Path]
    """The course of every line, from box to box; under `gap`, of the one that is missing."""

    @property
    def style(self) -> CardStyle:
        return self.lettered.style

    @property
    def ringed(self) -> frozenset[str]:
        """Whose boxes have the accent."""
        return _ringed(self.content.highlight)

    @property
    def accented(self) -> frozenset[str]:
        """The lines that have it."""
        return frozenset(self.content.highlight.letters)

    @property
    def stands_back(self) -> bool:
        """Whether what is not highlighted stands back behind what is."""
        highlight = self.content.highlight
        return bool(highlight.letters or highlight.parties or highlight.gap)

    def stands_out(self, party: Party) -> bool:
        """Whether this is not one of those that stand back."""
        highlighted = self.content.highlight.parties
        return not highlighted or party.id in highlighted

    @property
    def badges(self) -> list[tuple[str, str]]:
        """The lines that carry a number, a letter or a word, and which."""
        letters = self.content.highlight.letters
        found = [(line.id, letters[line.id]) for line in self.content.lines if letters.get(line.id)]
        return [*found, ("gap", "no tie")] if self.content.highlight.gap else found


def planned(content: Content, words: Words, preset: Preset, size: Size | None = None) -> Plan:
    """The plan; within another `size` than the preset's where one is given.

    Raises `InvalidValue` when more is asked for than can be read at this size.
    """
    size, content = size or SIZES[preset], content.by_name()
    _check_room(len(content.parties), preset, words.noun)
    lettered = cards(content.parties, size, most_lines(len(content.parties), size))
    positions: Mapping[str, Point] = {}
    paths: Mapping[str, Path] = {}
    if content.parties:
        style = lettered.style
        positions = _placed(
            seats(content.parties, content.lines, content.screen, content.highlight, style, size),
            style,
            size,
            heading(words, size.width)[1],
        )
        low = max(y for _, y in positions.values()) + style.height / 2
        high = min(y for _, y in positions.values()) - style.height / 2
        bounds = Bounds((4.0, high - SWING), (size.width - 4.0, low + SWING))
        paths = _paths(content, positions, style, bounds)
    return Plan(
        content=content,
        words=words,
        size=size,
        lettered=lettered,
        positions=positions,
        paths=paths,
    )


def _renamed(highlight: Highlight, key: Mapping[str, str]) -> Highlight:
    found = highlight.among(key.keys())
    return replace(
        found,
        centre=key[found.centre] if found.centre else None,
        parties=frozenset(key[party] for party in found.parties),
        accented=frozenset(key[party] for party in found.accented),
        gap=(key[found.gap[0]], key[found.gap[1]]) if found.gap else None,
    )


def _check_room(count: int, preset: Preset, noun: tuple[str, str]) -> None:
    most = SIZES[preset].most_names
    if count <= most:
        return
    wide = SIZES[Preset.LANDSCAPE].most_names
    choices = [
        f"the top {most} by a measure (show=top&names={most})",
        "one in focus with those around them (focus=…)",
        "organisations instead of people (unit=organisations)",
        "a filter by sector, kind or strength",
    ]
    if preset is not Preset.LANDSCAPE and count <= wide:
        choices.insert(0, f"landscape, which holds {wide} (preset=landscape)")
    where = "on a slide" if preset is Preset.SLIDE else "in print"
    raise InvalidValue.at(
        "preset",
        f"{preset.value} holds at most {most} {noun[1]} that can be read {where}, and this view "
        f"has {count:,}; choose one of: " + "; ".join(choices),
    )


def _placed(
    found: Mapping[str, Point], style: CardStyle, size: Size, top: float
) -> dict[str, Point]:
    xs, ys = zip(*found.values(), strict=True)
    across = size.width / 2 - (min(xs) + max(xs)) / 2
    down = top + HEADROOM + style.height / 2 - min(ys)
    return {id: (round(x + across, 1), round(y + down, 1)) for id, (x, y) in found.items()}


def _paths(
    content: Content, positions: Mapping[str, Point], style: CardStyle, bounds: Bounds
) -> dict[str, Path]:
    """The course of every line, from box to box; under `gap`, of the one that is missing."""
    whole = courses(content.lines, positions, style, bounds)
    ends = {one.id: (one.source, one.target) for one in content.lines}
    if content.highlight.gap:
        missing = _Missing("gap", *content.highlight.gap)
        whole |= courses([missing], positions, style, bounds)
        ends["gap"] = content.highlight.gap
    ringed = _ringed(content.highlight)
    found = {}
    for id, path in whole.items():
        source, target = ends[id]
        off = OFF + RING * (source in ringed), OFF + RING * (target in ringed)
        found[id] = cut(path, (positions[source], positions[target]), style, off)
    return found


def _ringed(highlight: Highlight) -> frozenset[str]:
    return frozenset(highlight.accented or ([highlight.centre] if highlight.centre else []))
