"""One question asked of a map: the answer, the rows and their evidence, the highlighted map."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from api.context import power_map
from api.pages.copying import CopyLinks, List, Passage, sentence_links, table_links
from api.pages.drawing import drawn
from api.pages.me import remember_me
from api.pages.naming import labels
from api.pages.papers.draft import item_text
from api.pages.questions import kept
from api.pages.questions.both_sides import links_of_both
from api.pages.questions.form import Asked, read
from api.pages.questions.rows import Telling
from api.pages.questions.wording import asked_as, kind_words
from api.pages.shell import me, render_on_map
from api.pages.words import count, day
from api.paper.asked import AskedQuestion
from api.parameters import answered
from graph.findings.answer import Finding, Row
from graph.findings.gaps import Gap
from graph.findings.questions import QUESTIONS
from powermap.errors import InvalidValue, Problem, TooMuch
from powermap.model import PowerMap

PER_PAGE = 25
_SHOWN = ("row", "page", "kind")
"""What of an answer is looked at; the rest of an address is what the question takes."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Which rows are looked at: of which kind, on which page, and the one that is on the map."""

    kind: str | None
    page: int
    pages: int
    numbered: list[tuple[int, Row]]
    chosen: tuple[int, Row] | None


def show_question(map_id: str, name: str) -> ResponseReturnValue:
    whole = _map_with(map_id, name)
    chosen_me = me(whole)
    asked = read(whole, name, request.args, typed=False, me=chosen_me.id if chosen_me else None)
    strange = set(request.args) - set(QUESTIONS[name].parameters) - {*_SHOWN, "done"}
    asked = asked.with_problems(
        Problem((key,), "is not something this question takes") for key in sorted(strange)
    )
    return _page(whole, name, asked)


def ask_question(map_id: str, name: str) -> ResponseReturnValue:
    """The form was sent: to the address of the answer, which holds ids and no names."""
    whole = _map_with(map_id, name)
    asked = read(whole, name, request.form, typed=True, me=None).requiring_all()
    if asked.problems:
        return _page(whole, name, asked)
    address = url_for("pages.question", map_id=map_id, name=name, _anchor="answer", **asked.texts)
    response = redirect(address, 303)
    if request.form.get("remember") and "me" in asked.texts:
        remember_me(response, map_id, asked.texts["me"])
    return response


def _map_with(map_id: str, name: str) -> PowerMap:
    whole = power_map(map_id)
    if name not in QUESTIONS:
        abort(404, "There is no such question. The list of questions has all there are.")
    return whole


def _page(whole: PowerMap, name: str, asked: Asked) -> ResponseReturnValue:
    map_id = whole.header.id
    finding, too_much = None, ""
    if asked.complete and not asked.problems:
        try:
            finding = current_app.extensions[kept.EXTENSION].get(
                whole, name, asked.texts, lambda: _worked_out(whole, name, asked)
            )
        except InvalidValue as error:
            asked = asked.with_problems(error.problems)
        except TooMuch as error:
            too_much = str(error)
    told: dict[str, Any] = {"finding": None}
    if finding is not None:
        part, problems = _part(finding, request.args)
        asked = asked.with_problems(problems)
        told = _answer(whole, name, asked, finding, part)
    page = render_on_map(
        "pages/questions/question.html",
        map_id,
        "questions",
        name=name,
        heading=_heading(name, asked, finding),
        asked=asked,
        parties=labels(whole).values(),
        too_much=too_much,
        address_with=lambda **values: _address(whole, name, asked, **values),
        count=count,
        **told,
    )
    return (page, 422) if asked.problems or too_much else page


def _worked_out(whole: PowerMap, name: str, asked: Asked) -> Finding:
    def known_at(revision: int) -> PowerMap:
        return power_map(whole.header.id, revision)

    return answered(whole, QUESTIONS[name], asked.values, known_at)


def _heading(name: str, asked: Asked, finding: Finding | None) -> str:
    """As the index asks it, or as the answer repeats it, with the names in it."""
    asks = asked_as(name, asked.texts)
    return finding.question if finding and asks == QUESTIONS[name].asks else asks


def _address(whole: PowerMap, name: str, asked: Asked, **values: Any) -> str:
    return url_for("pages.question", map_id=whole.header.id, name=name, **asked.texts, **values)


def _answer(
    whole: PowerMap, name: str, asked: Asked, finding: Finding, part: Part
) -> dict[str, Any]:
    on = day_of(whole, asked.values)
    about = [id for text in asked.texts.values() for id in text.split(";")]
    telling = Telling(whole, finding, on, about)
    rows = telling.rows(part.numbered)
    views = {row.number: row.view for row in rows}
    chosen = views.get(part.chosen[0]) if part.chosen else None
    kinds = Counter(row.kind for row in finding.rows)
    said = telling.sentences()
    pieces = [*said, *(each for row in rows for each in (row.sentence, row.others, row.next_step))]
    pieces += [fact.said for row in rows for fact in row.facts]
    return {
        "finding": finding,
        "sentences": said,
        "rows": rows,
        "rule": [_in_words(line) for line in finding.rule.splitlines()],
        "part": part,
        "kinds": [(kind, kind_words(kind), number) for kind, number in kinds.items()],
        "addresses": telling.addresses({s.party for piece in pieces for s in piece if s.party}),
        "drawing": drawn(whole.header.id, chosen) if chosen else None,
        "copy_both": links_of_both(whole, name, asked.texts) if chosen else None,
        "on_words": day(on),
        "json": url_for(
            f"findings.ask_{name.replace('-', '_')}", map_id=whole.header.id, **asked.texts
        ),
        "paper_item": item_text(
            AskedQuestion(name=name, parameters=asked.texts, picture=chosen is not None)
        ),
        "copy_sentences": sentence_links(
            whole,
            on,
            name,
            "pages.question_answer",
            {"name": name, **asked.texts},
            passages_of(finding),
        ),
        "copy_rows": _copied_rows(whole, name, asked, finding, part, on),
    }


def passages_of(finding: Finding) -> list[Passage]:
    """The answer as it is copied, and as it is had as a file."""
    thin = finding.thin if finding.thin not in finding.sentences else None
    said = (*finding.sentences, *((thin,) if thin else ()))
    return [Passage(sentences=said)]


def _copied_rows(
    whole: PowerMap, name: str, asked: Asked, finding: Finding, part: Part, on: date
) -> CopyLinks:
    """The rows on this page; the file has all of them."""
    shown, all_rows = len(part.numbered), len(finding.rows)
    some = f"{shown:,} of {count(all_rows, 'row')}" if shown < all_rows else count(shown, "row")
    rows = List(
        caption=f"{finding.question} ({some})",
        columns=("Number", "Finding", "Next step"),
        rows=tuple(
            (str(number), row.sentence, row.next_step or "") for number, row in part.numbered
        ),
    )
    values = {"name": name, **asked.texts}
    return table_links(whole, on, name, "pages.question_rows", values, listed=rows)


def _part(finding: Finding, given: "MultiDict[str, str]") -> tuple[Part, list[Problem]]:
    """Which of the rows are looked at; what cannot be is said, and the first page shown."""
    problems: list[Problem] = []
    every = list(enumerate(finding.rows, 1))
    kind = given.get("kind") or None
    if kind is not None and kind not in {row.kind for row in finding.rows}:
        problems.append(Problem(("kind",), "none of the rows is of this kind"))
        kind = None
    of_kind = [each for each in every if kind in (None, each[1].kind)]
    row = _whole(given, "row", len(every), problems)
    chosen = next((each for each in of_kind if each[0] == row), None)
    pages = max(1, -(-len(of_kind) // PER_PAGE))
    page = _whole(given, "page", pages, problems)
    if page is None:
        page = of_kind.index(chosen) // PER_PAGE + 1 if chosen else 1
    on_page = of_kind[(page - 1) * PER_PAGE : page * PER_PAGE]
    if chosen is None:
        chosen = next((each for each in on_page if each[1].parties), None)
    return Part(kind=kind, page=page, pages=pages, numbered=on_page, chosen=chosen), problems


def _whole(
    given: "MultiDict[str, str]", key: str, highest: int, problems: list[Problem]
) -> int | None:
    text = given.get(key, "")
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= highest:
        return int(text)
    problems.append(Problem((key,), f"must be a whole number from 1 to {highest}"))
    return None


def _in_words(line: str) -> str:
    """A line of a rule that begins with a kind of gap, as that kind is called on the page."""
    kind, colon, rest = line.partition(": ")
    return f"{kind_words(kind)}{colon}{rest}" if colon and kind in set(Gap) else line


def day_of(whole: PowerMap, values: Mapping[str, Any]) -> date:
    """The day asked about; of several the latest."""
    days = [value for value in values.values() if isinstance(value, date)]
    return max(days, default=whole.header.as_at)


def register(blueprint: Blueprint) -> None:
    rule = "/maps/<map_id>/questions/<name>"
    blueprint.add_url_rule(rule, "question", show_question)
    blueprint.add_url_rule(rule, "ask_question", ask_question, methods=["POST"])
