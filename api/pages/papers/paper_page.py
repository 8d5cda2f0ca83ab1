"""One paper in the making: what it answers and shows, its front sheet, its pages, its file."""

from collections.abc import Mapping

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from api.context import power_map, store, viewer
from api.figures.asked import FigureAsked, Shows
from api.pages.papers.draft import Draft, item_from_text, keep_draft, kept_draft
from api.pages.papers.form import LABELS, Entered, beginning, sent, template_sent, wanted
from api.pages.papers.preview import Preview, deck_of, preview_of
from api.pages.papers.told import heading_of, offers, told_of
from api.pages.shell import render_on_map, within_map
from api.pages.words import count, day, headed
from api.paper.answering import handed_out, maker
from api.paper.asked import MOST_FIGURES, MOST_QUESTIONS, AskedQuestion, Purpose
from api.paper.writing import Kind
from powermap.errors import InvalidValue, Problem, TooMuch
from powermap.model import PowerMap

USUAL = Draft(
    tuple(AskedQuestion(name=name, parameters={}) for name in ("brokers", "central", "gaps")),
    (FigureAsked(),),
)
"""What a first paper holds where somebody does not know yet what to ask."""
PICTURES: Mapping[str, tuple[str, FigureAsked]] = {
    "map": ("Add the map as it opens", FigureAsked()),
    "matrix": ("Add who with whom, as a table", FigureAsked(shows=Shows.MATRIX)),
    "grid": (
        "Add the power–interest grid: opinions of people by name",
        FigureAsked(shows=Shows.POWER_INTEREST, opinions=True),
    ),
}
"""What can be added here with one press: the button that asks for it, its words, and the figure."""
NAMES: Mapping[str, str] = {"word": "Word", "pdf": "PDF", "powerpoint": "PowerPoint"}
"""What each sort of document is called."""
_STEPS = {"up": -1, "down": 1}


def show_paper(map_id: str) -> ResponseReturnValue:
    return paper_page(power_map(map_id), kept_draft(), beginning())


def change_paper(map_id: str) -> ResponseReturnValue:
    """The form was sent by one of its buttons: all that is typed stays in it."""
    whole = power_map(map_id)
    verb, _, what = request.form.get("do", "preview").partition(" ")
    if verb == "empty":
        response = redirect(url_for("pages.paper", map_id=map_id), 303)
        keep_draft(response, map_id, Draft())
        return response
    entered = sent()
    draft = kept_draft().pictured(
        ticked=set(request.form.getlist("picture")), listed=set(request.form.getlist("listed"))
    )
    preview = None
    try:
        if verb == "preview":
            kind = Kind.POWERPOINT if what == Kind.POWERPOINT else Kind.PDF
            found = maker(map_id).paper(wanted(whole, draft, entered), kind)
            preview = deck_of(found) if kind is Kind.POWERPOINT else preview_of(found)
        elif verb == "save":
            return _saved(whole, draft, entered, what)
        else:
            draft = _rearranged(draft, verb, what)
    except InvalidValue as error:
        entered = entered.with_problems(error.problems)
    except TooMuch as error:
        entered = entered.with_problems([Problem((), str(error).removesuffix("."))])
    return paper_page(whole, draft, entered, preview=preview, moved=what if verb in _STEPS else "")


def _saved(whole: PowerMap, draft: Draft, entered: Entered, kind: str) -> Response:
    """The paper as a file, on record like any other."""
    map_id = whole.header.id
    asked, template = wanted(whole, draft, entered), template_sent()
    if kind not in set(Kind):
        raise InvalidValue(Problem((), "A paper is saved as one of: " + ", ".join(Kind)))
    response = handed_out(maker(map_id).make(asked, Kind(kind), template))
    keep_draft(response, map_id, draft)
    return response


def _rearranged(draft: Draft, verb: str, what: str) -> Draft:
    """The draft with an item added, taken out or moved, or `InvalidValue` at `add`."""
    if verb == "add":
        text = request.form.get("add", "")
        if not text:
            raise InvalidValue.at("add", "has nothing new to hold: choose a question first")
        return draft.adding(item_from_text(text))
    if verb == "usual":
        return draft.adding(*USUAL.items)
    if verb in PICTURES:
        return draft.adding(PICTURES[verb][1])
    if verb == "remove":
        return draft.without(what)
    if verb in _STEPS:
        return draft.moved(what, _STEPS[verb])
    raise InvalidValue(Problem((), "The button that was pressed is not known here"))


def paper_page(
    whole: PowerMap,
    draft: Draft,
    entered: Entered,
    *,
    preview: Preview | None = None,
    moved: str = "",
) -> Response:
    """The page; `moved` is the key of the item whose button was pressed last."""
    map_id = whole.header.id
    questions, figures = told_of(whole, draft)
    page = render_on_map(
        "pages/papers/paper.html",
        map_id,
        "paper",
        draft=draft,
        questions=questions,
        figures=figures,
        offers=offers(draft, store().saved_questions(map_id, viewer())),
        entered=entered,
        labels=LABELS,
        purposes={one: headed(one) for one in Purpose},
        preview=preview,
        moved=moved,
        made_before=store().papers(map_id, viewer()),
        day=day,
        names=NAMES,
        news=_news(whole, draft),
        back=within_map(map_id, request.args.get("back", "")),
        kinds={kind.value: NAMES.get(kind.value, headed(kind)) for kind in Kind},
        pictures=_offered(whole, draft),
        count=count,
    )
    response = make_response(page, 422 if entered.problems else 200)
    keep_draft(response, map_id, draft)
    return response


def _offered(whole: PowerMap, draft: Draft) -> dict[str, str]:
    """The pictures that can be added, with the words of their buttons; no grid of nobody."""
    judged = any(
        one.power is not None and one.interest is not None for one in whole.assessments.values()
    )
    return {
        verb: words
        for verb, (words, figure) in PICTURES.items()
        if not draft.holds(figure) and (judged or figure.shows is not Shows.POWER_INTEREST)
    }


def _news(whole: PowerMap, draft: Draft) -> dict[str, str]:
    """What came of putting something into the paper on another page: its words under what it is."""
    if "full" in request.args:
        most = f"{MOST_QUESTIONS} answers and {MOST_FIGURES} pictures are the most"
        return {"full": f"{most}, and fewer where the questions are long"}
    for news in ("added", "there"):
        given = request.args.get(news, "")
        if given.isascii() and given.isdigit() and 1 <= int(given[:4]) <= len(draft.items):
            return {news: heading_of(whole, draft.items[int(given[:4]) - 1])}
    return {}


def register(blueprint: Blueprint) -> None:
    rule = "/maps/<map_id>/paper"
    blueprint.add_url_rule(rule, "paper", show_paper)
    blueprint.add_url_rule(rule, "change_paper", change_paper, methods=["POST"])
