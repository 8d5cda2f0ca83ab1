"""A map as shapes that can be moved: cards, and connectors glued to them, as on the sheet."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from powermap.vocabulary import Layer
from visual.document.slides.cards import card, rectangle
from visual.document.slides.connectors import Course, courses
from visual.document.slides.drawn import DASHES, Numbers, box
from visual.document.slides.nodes import POINTS, about, border, frame, node, preset
from visual.document.slides.wording import Paragraph, Words, body
from visual.figure.card import RING
from visual.figure.curves import Path
from visual.figure.description import tie_told
from visual.figure.line import BADGE_SIZE, DASH, DOTS, badge_place, badge_width, pill, width_for
from visual.figure.plan import Plan
from visual.figure.shapes import ACCENT, FAINT, LINE
from visual.lines import Line, Views
from visual.routing import Point

_FORMS = {
    "straight": "straightConnector1",
    "bow": "curvedConnector2",
    "wave": "curvedConnector3",
    "elbow": "bentConnector3",
}


class NativeMap:
    """The cards and connectors of one plan, so far moved on the slide."""

    def __init__(self, plan: Plan, number: Numbers) -> None:
        self._plan = plan
        self._number = number
        self._names = {
            party.id: party.name.strip() or "(no name)" for party in plan.content.parties
        }

        self._courses = self._chosen()

    def extent(self) -> tuple[float, float]:
        """Where it begins and ends on the sheet, from top to bottom."""
        half = self._plan.style.height / 2 + RING
        reach = [y + side for _, y in self._plan.positions.values() for side in (-half, half)]
        for course in self._courses.values():
            reach += [float(course.points[:, 1].min()), float(course.points[:, 1].max())]
        return min(reach, default=0.0), max(reach, default=0.0)

    def elements(self, across: float, down: float) -> Iterator[Any]:
        """Connectors first, so that they lie under the cards; then cards, then badges."""
        plan = self._plan
        glued: dict[str, int] = {}
        cards: list[Any] = []
        for party in plan.content.parties:
            x, y = plan.positions[party.id]
            made, glued[party.id] = card(plan, party, (x + across, y + down), self._number)
            cards.append(made)
        found = {id: course.moved(across, down) for id, course in self._courses.items()}
        ends = self._ends()
        for id, course in found.items():
            source, target = ends[id]
            yield self._connector(id, course, glued[source], glued[target])
        yield from cards
        yield from self._badges(found, across, down)

    def _ends(self) -> dict[str, tuple[str, str]]:
        """Of every line; those that stand out come last, and lie on top."""
        content = self._plan.content
        lines = sorted(content.lines, key=lambda one: one.id in self._plan.accented)
        found = {line.id: (line.source, line.target) for line in lines}
        if content.highlight.gap:
            found["gap"] = content.highlight.gap
        return found

    def _chosen(self) -> dict[str, Course]:
        plan = self._plan
        cards = {
            party.id: rectangle(plan, party, plan.positions[party.id])
            for party in plan.content.parties
        }
        return courses([(id, *ends) for id, ends in self._ends().items()], cards)

    def _connector(self, id: str, course: Course, source: int, target: int) -> Any:
        line = next((one for one in self._plan.content.lines if one.id == id), None)
        if line is None:
            one, other = (self._names[end] for end in self._ends()[id])
            name = told = f"No tie is recorded between {one} and {other}"
            look = border(ACCENT, 3.0, dash="sysDot", round_=True)
        else:
            letter = self._plan.content.highlight.letters.get(id, "")
            name, told = tie_told(line, self._names), _described(line, self._names, letter)
            look = self._look(line)
        glue = node(
            "p:cNvCxnSpPr",
            node("a:stCxn", id=source, idx=course.begins),
            node("a:endCxn", id=target, idx=course.ends),
        )
        return node(
            "p:cxnSp",
            node("p:nvCxnSpPr", about(self._number(), name, told), glue, node("p:nvPr")),
            node("p:spPr", _placed(course), _form(course), look),
        )

    def _look(self, line: Line) -> Any:
        accent = line.id in self._plan.accented
        structure = line.layer is Layer.ACCOUNTABILITIES
        strong = accent or not self._plan.stands_back
        dash = DOTS if line.doubtful else DASH if line.layer is Layer.TENSIONS else ""
        return border(
            ACCENT if accent else LINE if strong else FAINT,
            4.4 if structure else width_for(line.strength) + (1.2 if accent else 0.0),
            dash=DASHES[dash],
            double=structure,
            arrow=line.views is not Views.AGREED,
        )

    def _badges(self, found: dict[str, Course], across: float, down: float) -> Iterator[Any]:
        style = self._plan.style
        boxes = np.array([(x + across, y + down) for x, y in self._plan.positions.values()])
        taken: list[tuple[Point, float]] = []
        for id, text in self._plan.badges:
            place = badge_place(text, _as_path(found[id]), boxes, style, taken)
            taken.append((place, badge_width(text)))
            one, other = (self._names[end] for end in self._ends()[id])
            words = Words(text=text, bold=True, ink=ACCENT)
            told = Paragraph(words=(words,), size=BADGE_SIZE * POINTS, align="ctr")
            named = about(self._number(), f"{text}: {one} and {other}")
            yield box(pill(text, place), named, body([told], wraps=False))


def _described(line: Line, names: Mapping[str, str], letter: str) -> str:
    told = [tie_told(line, names, letter)]
    if line.layer is Layer.TENSIONS:
        told.append("tension")
    if line.strength is not None:
        told.append(f"strength {line.strength} of 5")
    if line.doubtful:
        told.append("may have ended or not begun")
    return "; ".join(told)


def _placed(course: Course) -> Any:
    """The box of a connector, turned so that it leaves to its own right."""
    (x1, y1), (x2, y2) = course.start, course.end
    if course.form == "straight":
        turned = {"flipH": int(x2 < x1), "flipV": int(y2 < y1)}
        return frame(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1), **_said(turned))
    ahead, aside = course.run
    width, height = max(abs(ahead), 1.0 if course.form == "wave" else 0.0), abs(aside)
    turned = {"rot": 60_000 * course.leaves, "flipH": int(ahead < 0), "flipV": int(aside < 0)}
    left, top = (x1 + x2) / 2 - width / 2, (y1 + y2) / 2 - height / 2
    return frame(left, top, width, height, **_said(turned))


def _said(turned: Mapping[str, int]) -> dict[str, int]:
    return {name: value for name, value in turned.items() if value}


def _form(course: Course) -> Any:
    turned = {"adj1": round(100_000 * course.turn)} if course.form in ("wave", "elbow") else {}
    return preset(_FORMS[course.form], **turned)


def _as_path(course: Course) -> Path:
    points = [(float(x), float(y)) for x, y in course.points]
    halves = [((ax + bx) / 2, (ay + by) / 2) for (ax, ay), (bx, by) in pairwise(points)]
    return tuple(zip(points, halves, points[1:], strict=False))
